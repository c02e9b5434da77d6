"""What every form that anybody may send has in common: it keeps robots out, without puzzles.

Four things that a person never sees: a trap that only robots fill in, the signed time of display,
a proof of work that the browser computes (home/proof.py), and the memory of what was already sent.
A form without a proof (no JavaScript) is worth less, but is not refused: see
docs/decisions/0015-preuve-de-travail.md.
"""

import hashlib
import re
import unicodedata

from django import forms
from django.core import signing
from django.core.cache import caches

from home import proof

SALT = "public form"
FASTEST_SECONDS = 2
SLOWEST_SECONDS = 24 * 3600
# Within it, the very same words from the very same form are one sending: a double tap, a reload.
REMEMBERED_SECONDS = 3600
# Not compared, as a browser may send them anew.
NOT_CONTENT = {"csrfmiddlewaretoken", "preuve"}
CONTROLS = {"Cc", "Zl", "Zp", "Cs"}
# Overrides and isolates turn the direction of what stands behind them.
TURNS_TEXT = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
HOW_ADDRESSES_ARE = "Vérifiez l’adresse, qui s’écrit comme nom@exemple.fr."
MAILBOX = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[^@\s]+")


def one_line(text):
    """A text on one line, without signs that steer: nothing that could end a mail's header."""
    plain = TURNS_TEXT.sub("", text)
    plain = "".join(" " if unicodedata.category(sign) in CONTROLS else sign for sign in plain)
    return " ".join(plain.split())


class OneLineField(forms.CharField):
    """A text of one line, whatever was pasted into it."""

    def to_python(self, value):
        """Line ends become spaces; NUL is left for Django to refuse."""
        text = super().to_python(value)
        return text if "\x00" in text else one_line(text)


class ReplyAddressField(forms.EmailField):
    """Where to answer: one plain address; no quoted names, which can hold anything."""

    def __init__(self, **kwargs):
        kwargs.setdefault("label", "Votre adresse e-mail")
        kwargs.setdefault("widget", forms.EmailInput(attrs={"autocomplete": "email"}))
        kwargs.setdefault("error_messages", {"invalid": HOW_ADDRESSES_ARE})
        super().__init__(max_length=254, **kwargs)

    def clean(self, value):
        """Raises `ValidationError` for what is no address to write to."""
        address = super().clean(value)
        if address and not MAILBOX.fullmatch(address):
            raise forms.ValidationError(HOW_ADDRESSES_ARE, code="invalid")
        return address


class ProofInput(forms.HiddenInput):
    """Carries the challenge to public-form.js, and its solution back."""

    def __init__(self, purpose):
        super().__init__()
        self.purpose = purpose

    def get_context(self, name, value, attrs):
        """A fresh challenge each time it is shown, unless a solution comes back with it."""
        context = super().get_context(name, value, attrs)
        if not value:
            context["widget"]["attrs"]["data-challenge"] = proof.challenge(self.purpose)
        return context


class PublicForm(forms.Form):
    """A form for anybody; `purpose` is what its proof of work counts for."""

    site_internet_bis = forms.CharField(
        label="Ne remplissez pas ce champ",
        required=False,
        max_length=500,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )
    affiche_a = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)
    preuve = forms.CharField(required=False, max_length=proof.LONGEST)

    def __init__(self, *args, purpose="", **kwargs):
        super().__init__(*args, **kwargs)
        self.purpose = purpose
        self.fields["preuve"].widget = ProofInput(purpose)
        # When the form is shown; one that comes back gets a new time in `_again`.
        self.initial["affiche_a"] = signing.dumps("shown", salt=SALT)
        self.is_proven = False
        if self.is_bound and self.data.get("preuve"):
            self.is_proven = proof.is_good(self.data["preuve"], purpose)
            if not self.is_proven:
                # It would come back with the form and stand in the way of a good one.
                self._replace("preuve", "")

    @property
    def is_from_a_robot(self):
        """Whether the trap was filled in."""
        return bool(self.data.get("site_internet_bis"))

    @property
    def was_sent_before(self):
        """Whether these very words came from this very form already: a double tap, a reload."""
        return bool(caches["counters"].get(self._key()))

    def claim(self):
        """Take the form in, before anything is kept; False when another request just did."""
        return caches["counters"].add(self._key(), True, REMEMBERED_SECONDS)

    def release(self):
        """Nothing was kept after all: it may be sent again as it is."""
        caches["counters"].delete(self._key())

    def spend_proof(self):
        """Whether the proof counts; it does so once."""
        return self.is_proven and proof.spend(self.data["preuve"])

    def clean(self):
        """Refuse what was sent too fast or a day late; the text stays in the form."""
        cleaned = super().clean()
        stamp = self.data.get("affiche_a", "")
        try:
            signing.loads(stamp, salt=SALT, max_age=SLOWEST_SECONDS)
        except signing.BadSignature:
            raise self._again(
                "Ce formulaire a expiré. Relisez-le et envoyez-le de nouveau."
            ) from None
        if _younger_than(stamp, FASTEST_SECONDS):
            raise self._again("C’était très rapide : relisez, puis envoyez de nouveau.")
        return cleaned

    def _again(self, message):
        """An error after which the same form, with a fresh time, can be sent as it is."""
        self._replace("affiche_a", self.initial["affiche_a"])
        return forms.ValidationError(message)

    def _replace(self, name, value):
        self.data = self.data.copy()
        self.data[name] = value

    def _key(self):
        lists = getattr(self.data, "lists", self.data.items)()
        content = sorted((name, str(sent)) for name, sent in lists if name not in NOT_CONTENT)
        digest = hashlib.sha256(f"{self.purpose} {content}".encode("utf-8", "replace"))
        return f"sent:{digest.hexdigest()}"


def _younger_than(stamp, seconds):
    try:
        signing.loads(stamp, salt=SALT, max_age=seconds)
    except signing.SignatureExpired:
        return False
    return True
