"""Choosing communes by typing: 35,000 rows are no list to scroll through.

A commune is written « Rambouillet (78120) »; the name or the postal code alone will do where it
leaves no doubt.
"""

import re

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q
from django.http import JsonResponse
from django.urls import reverse_lazy
from wagtail.permissions import page_permission_policy

from directory.models import Commune
from directory.places.names import fold_name
from home.models import SiteSettings

MOST_PROPOSED = 12
LABEL = re.compile(r"(?P<name>.*?)\s*\(?\s*(?P<code>\d[\dAB]\d{3})?\s*\)?", re.IGNORECASE)


def label(commune):
    """Return « Rambouillet (78120) »."""
    return f"{commune.name} ({commune.main_postal_code or commune.insee})"


def candidates(text):
    """The communes that a text may mean; those of exactly this name before all others."""
    found = LABEL.fullmatch(" ".join(text.replace("\x00", "").split())[:120])
    name, code = (fold_name(found["name"]), found["code"]) if found else (fold_name(text), "")
    if not name and not code:
        return Commune.objects.none()
    communes = Commune.objects.all()
    if code:
        communes = communes.filter(Q(postal_codes__contains=code) | Q(insee=code.upper()))
    if name:
        exact = communes.filter(folded=name)
        communes = exact if exact.exists() else communes.filter(folded__startswith=name)
    return communes


def resolve(text):
    """Return the commune that a text means; raises `ValidationError` naming the choices."""
    found = list(candidates(text).order_by("-population")[: MOST_PROPOSED + 1])
    if not found:
        raise ValidationError(
            f"« {text[:60]} » : commune inconnue. Tapez son début et choisissez dans la liste."
        )
    if len(found) > 1:
        named = ", ".join(label(commune) for commune in found[:5])
        raise ValidationError(f"« {text[:60]} » peut être {named}… Laquelle ? Copiez-la ici.")
    return found[0]


def propose(request):
    """Answer what is being typed with at most a dozen communes, the territory's first.

    For those who write listings, and those who write pages: both say where something is.
    """
    writes_pages = page_permission_policy.user_has_any_permission(request.user, {"add", "change"})
    if not writes_pages and not request.user.has_perm("directory.change_listing"):
        raise PermissionDenied
    typed = request.GET.get("q", "")[:80]
    if len(typed.strip()) < 2:
        return JsonResponse({"communes": []})
    codes = SiteSettings.load(request).insee_codes
    found = Commune.objects.matching(typed, codes, MOST_PROPOSED)
    return JsonResponse({"communes": [label(commune) for commune in found]})


class CommuneInput(forms.TextInput):
    """A text input that proposes communes while one types (admin.js)."""

    def __init__(self, attrs=None):
        given = {
            "data-communes": reverse_lazy("directory_admin:communes"),
            "autocomplete": "off",
            "placeholder": "Nom ou code postal",
        }
        super().__init__(given | (attrs or {}))


class CommunesInput(forms.Textarea):
    """One commune a line; with JavaScript, an input above adds to it."""

    def __init__(self, attrs=None):
        given = {"data-communes-list": reverse_lazy("directory_admin:communes"), "rows": 3}
        super().__init__(given | (attrs or {}))


class CommuneField(forms.CharField):
    """Cleans to a `Commune`, or None."""

    widget = CommuneInput

    def prepare_value(self, value):
        """Show the stored commune by its name."""
        return shown(value)

    def clean(self, value):
        """Return the commune; raises `ValidationError` where there is a doubt."""
        text = super().clean(value)
        return resolve(text) if text else None

    def has_changed(self, initial, data):
        """Whether another commune is meant."""
        return shown(initial) != (data or "").strip()


class CommunesField(forms.CharField):
    """Cleans to a list of communes, one a line."""

    widget = CommunesInput

    def prepare_value(self, value):
        """Show the stored communes by their names."""
        if value is None or isinstance(value, str):
            return value
        return "\n".join(shown(commune) for commune in value)

    def clean(self, value):
        """Return the communes; raises one `ValidationError` for each line in doubt."""
        lines = [
            line for line in super().clean(value).replace(";", "\n").splitlines() if line.strip()
        ]
        communes, errors = [], []
        for line in dict.fromkeys(lines):
            try:
                communes.append(resolve(line))
            except ValidationError as error:
                errors.append(error)
        if errors:
            raise ValidationError(errors)
        return communes

    def has_changed(self, initial, data):
        """Whether other communes are meant."""
        before = (self.prepare_value(initial) or "").split("\n")
        return sorted(before) != sorted((data or "").split("\n"))


def shown(value):
    """Return a stored commune (object or INSEE code) as its label; leave typed text alone."""
    if value in (None, ""):
        return ""
    if isinstance(value, Commune):
        return label(value)
    commune = Commune.objects.filter(pk=value).first() if len(str(value)) == 5 else None
    return label(commune) if commune else str(value)
