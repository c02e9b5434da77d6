"""What a link to a page without photo looks like where it is shared: a drawn card, 1200 × 630.

A PNG in the colours of the site (look.md's tokens, light) and its title's type: Source Serif,
under the SIL Open Font Licence, from its package. What was drawn follows from its words alone:
the same words are drawn once in a process, whatever else is published meanwhile.
"""

from functools import lru_cache
from io import BytesIO
from math import cos, pi, radians, sin

from django.http import HttpResponse
from django.views.decorators.http import require_safe
from font_source_serif_pro import SourceSerifPro, SourceSerifProBold
from PIL import Image, ImageDraw, ImageFont

from home.needle import TURNS, Rim
from home.templatetags.frame import site_settings

WIDTH, HEIGHT, MARGIN = 1200, 630, 72
PAPER, INK, QUIET, FOREST, ACCENT = "#FAF5EA", "#1C231E", "#565A4E", "#1F4A34", "#A8321A"
TITLE_SIZES = range(92, 43, -6)
TITLE_LINES, TITLE_LEADING, TITLE_HEIGHT = 4, 1.12, 236
MARK = 168
# The mark is drawn this much larger than it is shown, so that its edges are smooth.
FINER = 4
# How much of an icon's width the mark takes.
ICON_SHARE = 0.68
# What a title may hold at most; longer ones end in « … ».
MOST_SIGNS = 160
# Of some 25 kilobytes each.
MOST_KEPT = 128


def answer(title, detail="", is_member=False):
    """The card of something, with the site's name and mark, as an answer."""
    site = site_settings()
    stamp = f"Membre du label {site.label_name}" if is_member else ""
    drawn = card(title, detail, site.site_name, stamp, site.needle)
    return HttpResponse(drawn, content_type="image/png")


@require_safe
def of_site(_request):
    """The card of the site: for the home page, and for whatever has no picture of its own."""
    site = site_settings()
    return answer(site.tagline or site.site_name, site.territory_name)


@lru_cache(maxsize=MOST_KEPT)
def card(title, detail="", foot="", stamp="", rim=Rim.SOUTH) -> bytes:
    """A PNG: the title large, a line of detail below, the site at the foot with the mark.

    `stamp` is a short sentence in the accent colour, such as that somebody has the label; `rim`
    is where the mark's needle points.
    """
    image = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    pen = ImageDraw.Draw(image)
    inner = WIDTH - 2 * MARGIN
    font, lines = fitted(" ".join(title.split())[:MOST_SIGNS], inner)
    step = round(font.size * TITLE_LEADING)
    y = MARGIN - round(font.size * 0.2)
    for line in lines:
        pen.text((MARGIN, y), line, font=font, fill=INK)
        y += step
    small, smaller = type_of(False, 42), type_of(False, 34)
    y += 18
    if detail:
        pen.text((MARGIN, y), shortened(detail, small, inner), font=small, fill=QUIET)
        y += 62
    bottom = HEIGHT - MARGIN
    for height in (bottom - MARK - 10, bottom - MARK - 5):
        pen.line((MARGIN, height, WIDTH - MARGIN, height), fill=INK, width=2)
    image.paste(FOREST, (MARGIN, bottom - MARK + 14), mark(rim, MARK))
    left = MARGIN + MARK + 36
    width = WIDTH - MARGIN - left
    strong = type_of(True, 44)
    middle = bottom - MARK / 2 + 14
    if stamp:
        pen.text((left, middle - 54), shortened(foot, strong, width), font=strong, fill=FOREST)
        pen.text((left, middle + 6), shortened(stamp, smaller, width), font=smaller, fill=ACCENT)
    else:
        pen.text((left, middle - 28), shortened(foot, strong, width), font=strong, fill=FOREST)
    written = BytesIO()
    image.quantize(64).save(written, "PNG", optimize=True)
    return written.getvalue()


@lru_cache(maxsize=16)
def icon(rim, size) -> bytes:
    """The mark on paper, a square PNG: the site's icon on a telephone."""
    image = Image.new("RGB", (size, size), PAPER)
    drawn = round(size * ICON_SHARE)
    place = (size - drawn) // 2
    image.paste(FOREST, (place, place), mark(rim, drawn))
    written = BytesIO()
    image.quantize(32).save(written, "PNG", optimize=True)
    return written.getvalue()


@lru_cache(maxsize=32)
def type_of(is_bold, size):
    """A font in a size of pixels."""
    return ImageFont.truetype(SourceSerifProBold if is_bold else SourceSerifPro, size)


def fitted(text, width):
    """(font, lines): the largest title that fits in so many pixels and `TITLE_HEIGHT`."""
    for size in TITLE_SIZES:
        font = type_of(True, size)
        lines = broken(text, font, width)
        fits = all(font.getlength(line) <= width for line in lines)
        if fits and len(lines) * size * TITLE_LEADING <= TITLE_HEIGHT:
            return font, lines
    kept = lines[:TITLE_LINES]
    if len(lines) > TITLE_LINES:
        kept[-1] += " …"
    return font, [shortened(line, font, width) for line in kept]


def broken(text, font, width):
    """The words in lines of so many pixels; a word that is wider stands alone."""
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and font.getlength(longer) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def shortened(text, font, width):
    """The text, or as much of it as fits with « … » behind."""
    text = " ".join(text.split())[:MOST_SIGNS]
    if font.getlength(text) <= width:
        return text
    while text and font.getlength(f"{text}…") > width:
        text = text[:-1]
    return f"{text.rstrip()}…"


@lru_cache(maxsize=16)
def mark(rim, size):
    """The mark as a mask of `size` pixels (look.md: a lid of sixteen lobes, its # knocked out)."""
    scale = size * FINER / 66
    mask = Image.new("L", (size * FINER, size * FINER))
    pen = ImageDraw.Draw(mask)
    turn = radians(TURNS.get(rim, 0))

    def at(x, y):
        """A point of the 64 view box, turned about the lid's middle."""
        x, y = x - 32, y - 31
        x, y = x * cos(turn) - y * sin(turn), x * sin(turn) + y * cos(turn)
        return (x + 33) * scale, (y + 33) * scale

    def disc(x, y, radius):
        x, y = at(x, y)
        pen.ellipse(
            (x - radius * scale, y - radius * scale, x + radius * scale, y + radius * scale),
            fill=255,
        )

    disc(32, 31, 25.4)
    for lobe in range(16):
        # Arcs of radius 5.6 through points at 25.8: their middles are 22.84 from the lid's.
        disc(32 + 22.84 * sin(lobe * pi / 8), 31 - 22.84 * cos(lobe * pi / 8), 5.6)
    for start, end in (((27.5, 13), (24, 47)), ((13, 24.5), (51, 24.5)), ((12, 37), (50, 37))):
        pen.line((at(*start), at(*end)), fill=0, width=round(5 * scale))
    leg = [(39, 12.5), (44.2, 12.5), (39.2, 46), (37.6, 54), (34.3, 54), (34.2, 46)]
    if rim == Rim.NONE:
        pen.line((at(41.6, 13), at(36.6, 47)), fill=0, width=round(5 * scale))
    else:
        pen.polygon([at(*point) for point in leg], fill=0)
        tip = [(34.3, 55), (34.4, 64), (35.6, 64), (37.4, 55)]
        pen.polygon([at(*point) for point in tip], fill=255)
    return mask.resize((size, size), Image.Resampling.LANCZOS)
