"""The markup of cards: made once for each listing as it stands, and kept in this process.

What is kept is found by all that it shows, so it cannot be out of date: a listing that changed
is another key (docs/decisions/0020).
"""

from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from directory.cards import Card, Face
from home.static_files import static

# Some 3 kB each: at most 12 MB of a process.
MOST_KEPT = 4096
# They stand for what changes. Texts are escaped, so that nobody's can hold one.
STATE, TODAY, METRES, FAR = map(mark_safe, ("<:state>", "<:today>", "<:metres>", "<:far>"))


def markup(card: Card, level: str = "h2", large: bool = False) -> SafeString:
    """A card as `directory/_card.html` draws it, with its day's sentence and its distance.

    `level` is the heading's element, `large` puts the first photo where cards stand large.
    """
    measured = card.distance_km is not None
    html = lasting(card.face, level, large, measured, static("home/icons.svg"))
    html = html.replace(STATE, card.state).replace(TODAY, lead(card.today))
    if measured:
        html = html.replace(METRES, f"{card.distance_km:.2f}")
        html = html.replace(FAR, kilometres(card.distance_km))
    return mark_safe(html)  # noqa: S308 -- the template escaped it, and so did `lead`


@lru_cache(maxsize=MOST_KEPT)
def lasting(face: Face, level: str, large: bool, measured: bool, sprite: str) -> str:
    """The markup with marks for what changes. `sprite` is only there to tell builds apart."""
    context = {
        "face": face,
        "level": level,
        "large": large,
        "measured": measured,
        "state": STATE,
        "today": TODAY,
        "metres": METRES,
        "far": FAR,
    }
    return str(render_to_string("directory/_card.html", context))


def lead(sentence: str) -> SafeString:
    """Set the first word of today's sentence in bold: it is what people look for."""
    first, _, rest = str(sentence).partition(" ")
    return format_html("<strong>{}</strong> {}", first, rest)


def kilometres(km: float | None) -> str:
    """A distance as a person says it: « 4,2 » below 10 km, whole above.

    Below 100 m nothing finer than « 0,1 » is said: the points are no better than that.
    """
    if km is None:
        return ""
    return f"{max(km, 0.1):.1f}".replace(".", ",") if km < 9.95 else f"{km:.0f}"
