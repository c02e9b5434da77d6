"""The badge as an image: what each size and each ground shows."""

from dataclasses import dataclass
from textwrap import wrap
from urllib.parse import urlencode

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html

from home.templatetags.frame import site_settings
from home.xml_text import fit
from label import qr
from label.models import Membership

Verdict = Membership.Verdict
# Width and height in units; an image as wide as this many pixels unless its page says otherwise.
SIZES = {"petite": (96, 96), "moyenne": (160, 200), "grande": (320, 136)}
# How many signs of a name fit on a line, and how many lines.
ROOM = {"petite": (1, 1), "moyenne": (24, 2), "grande": (15, 3)}
USUAL = "moyenne"
PARAMETERS = frozenset(["taille", "fond", "encre"])


@dataclass(frozen=True)
class Colours:
    """The colours of a badge; an empty ground lets the page's own show through."""

    ground: str
    stamp: str
    ink: str
    plate: str = "#fff"
    dots: str = "#1C231E"


COLOURS = {
    ("clair", False): Colours("#FAF5EA", "#A8321A", "#1C231E"),
    ("sombre", False): Colours("#0F1913", "#FF9D7A", "#F2EBDC"),
    ("clair", True): Colours("", "#000", "#000", plate="", dots="#000"),
    # White ink: the code stands on a white plate, as scanners want dark on light.
    ("sombre", True): Colours("", "#fff", "#fff", dots="#000"),
}


def draw(membership, size, ground, one_ink) -> str:
    """The badge of a genuine member; unknown words count as the usual ones."""
    size = size if size in SIZES else USUAL
    width, height = SIZES[size]
    name = fit(membership.name) if membership.is_shown else ""
    dots, modules = qr.modules(qr.verify_url(membership.code))
    context = {
        "size": size,
        "width": width,
        "height": height,
        "colours": COLOURS[ground if ground == "sombre" else "clair", one_ink],
        "label": fit(site_settings().label_name),
        "member": name,
        "lines": lines(name, size),
        "since": membership.since,
        "code": membership.spelled_code,
        "dots": dots,
        "modules": modules,
        "signed": signed_url(membership) if membership.is_shown else "",
    }
    return render_to_string("label/badge.svg", context)


def signed_url(membership) -> str:
    """Where the signed statement behind a badge is."""
    return settings.SITE_URL + reverse("badge:statement", args=[membership.code])


def draw_refusal(verdict, ground) -> str:
    """What stands where a badge is not, or no longer, genuine."""
    colours = COLOURS[ground if ground == "sombre" else "clair", False]
    words = {
        Verdict.EXPIRED: ("Badge", "plus valable"),
        Verdict.REVOKED: ("Badge", "retiré"),
        Verdict.UNKNOWN: ("Badge", "inconnu"),
    }[verdict]
    return render_to_string("label/badge_refused.svg", {"colours": colours, "words": words})


def lines(name: str, size: str) -> list[str]:
    """A name on as many lines as there is room for, cut where it is longer."""
    width, most = ROOM[size]
    return wrap(name, width, max_lines=most, placeholder="…", break_on_hyphens=False)


@dataclass(frozen=True)
class Choice:
    """One way to show the badge, with the two lines to paste for it."""

    title: str
    behind: str
    address: str
    width: int
    height: int
    snippet: str


OFFERED = (
    ("Sur fond clair", "on-light", "moyenne", {}),
    ("Sur fond sombre", "on-dark", "moyenne", {"fond": "sombre"}),
    ("En largeur, avec le QR", "on-light", "grande", {"taille": "grande"}),
    ("Le tampon seul, petit", "on-light", "petite", {"taille": "petite"}),
    ("D’une seule encre, à imprimer", "on-white", "grande", {"taille": "grande", "encre": "une"}),
)


def choices(membership) -> list[Choice]:
    """What is offered to take away."""
    path = reverse("badge:badge", args=[membership.code])
    label = site_settings().label_name
    found = []
    for title, behind, size, parameters in OFFERED:
        query = f"?{urlencode(parameters)}" if parameters else ""
        width, height = SIZES[size]
        snippet = format_html(
            '<a href="{}" data-badge-signe="{}"><img src="{}" width="{}" height="{}" alt="{}"></a>',
            qr.verify_url(membership.code),
            signed_url(membership),
            f"{settings.SITE_URL}{path}{query}",
            width,
            height,
            f"{membership.name}, membre du label {label}",
        )
        found.append(Choice(title, behind, f"{path}{query}", width, height, snippet))
    return found
