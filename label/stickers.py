"""A sheet of stickers for the shop's window: A4, to print and cut; the QR leads to the check.

All of it is drawn as vectors, in the badge's light colours, with a font that is embedded. The
same member gives the same bytes.
"""

from datetime import UTC, datetime
from importlib.resources import files
from io import BytesIO
from unicodedata import normalize

import segno
from defusedxml import ElementTree
from django.template.loader import render_to_string
from fpdf import FPDF
from fpdf.enums import MethodReturnValue

from home.templatetags.frame import site_settings
from label import qr
from label.badge import COLOURS
from webmag.feeds.content import fit

# Millimetres. Printers leave five or so at the edges: cut marks stand in what is safe.
PAGE = 210, 297
LEFT, TOP = 15, 14
BIG, SMALL = (90, 119), (60, 50)
COLUMNS_OF_BIG, COLUMNS_OF_SMALL, ROWS_OF_SMALL = 2, 3, 3
BLEED, PAD = 2, 5
MARK_FROM, MARK_TO = 3, 7
PLATE, INK_OF_CODE = "#FFFFFF", "#000000"
# Modules of white around a code: the standard's four.
QUIET = 4
FONT = "Source Serif Pro"
FACES = {"": "SourceSerifPro-Regular.ttf", "B": "SourceSerifPro-Bold.ttf"}
POINT = 25.4 / 72
COLOUR = COLOURS["clair", False]


class Sheet(FPDF):
    """A page with our font, that draws marks, codes and names that fit."""

    def __init__(self, title):
        super().__init__(format="A4")
        folder = files("font_source_serif_pro") / "files"
        for style, name in FACES.items():
            self.add_font(FONT, style, str(folder / name))
        self.set_title(title)
        self.set_lang("fr-FR")
        self.set_creation_date(datetime(2000, 1, 1, tzinfo=UTC))
        self.set_auto_page_break(False)
        self.set_margin(0)
        self.c_margin = 0
        self.add_page()

    def drawable(self, text):
        """The signs of a text that the font has, on one line.

        A letter and its accent as one sign: the font draws them apart otherwise.
        """
        self.set_font(FONT, "B", 12)
        known, text = self.current_font.cmap, normalize("NFC", text)
        return " ".join("".join(one for one in text if ord(one) in known).split())

    def one_line(self, text, x, y, width, size, style="", colour=COLOUR.ink, align="C"):
        """One line of text, smaller where it is too long; `size` in points, y of its top."""
        self.set_font(FONT, style, size)
        wide = self.get_string_width(text)
        if wide > width:
            self.set_font(FONT, style, size * width / wide)
        self.set_text_color(colour)
        self.set_xy(x, y)
        self.cell(width, size * POINT * 1.2, text, align=align)

    def block(self, text, x, y, width, height, size, align="C"):
        """A name in bold, as large as fits into this box and no larger than `size`, centred."""
        text = self.drawable(text)
        self.set_text_color(COLOUR.ink)
        while True:
            self.set_font(FONT, "B", size)
            step = size * POINT * 1.15
            ask = {"dry_run": True, "output": MethodReturnValue.LINES, "align": align}
            found = self.multi_cell(width, step, text, **ask) if text else []
            whole = max(map(self.get_string_width, text.split()), default=0) <= width
            if (len(found) * step <= height and whole) or size < 6:
                break
            size -= 0.5
        self.set_xy(x, y + max(0, height - len(found) * step) / 2)
        shown = found[: max(1, int(height / step))]
        if len(shown) < len(found):
            shown[-1] = shown[-1][:-2].rstrip() + "…"
        self.multi_cell(width, step, "\n".join(shown), align=align)

    def code(self, text, x, y, side):
        """A QR code on its white plate, `side` millimetres with the quiet zone."""
        rows = segno.make(text, error="m", micro=False).matrix
        one = side / (len(rows) + 2 * QUIET)
        self.set_fill_color(PLATE)
        self.rect(x, y, side, side, style="F")
        self.set_fill_color(INK_OF_CODE)
        for row, column, length in runs(rows):
            left, top = x + (column + QUIET) * one, y + (row + QUIET) * one
            # A hair taller, so that no white shows between rows on a screen.
            self.rect(left, top, length * one, one * 1.02, style="F")

    def mark(self, x, y, side):
        """The label's mark."""
        self.image(BytesIO(mark()), x, y, side, side)


def runs(rows):
    """The dark runs of a code: row, first column, length."""
    for y, row in enumerate(rows):
        x = 0
        while x < len(row):
            length = next((n for n, dark in enumerate(row[x:]) if not dark), len(row) - x)
            if length:
                yield y, x, length
            x += length or 1


def mark() -> bytes:
    """The mark of the site as a plain drawing: what its mask knocks out is painted over."""
    context = {"id": "m", "name": "", "title": ""}
    drawing = ElementTree.fromstring(render_to_string("components/mark.html", context))
    mask, group = drawing.find("mask"), drawing.find("g")
    lid, *tail = group.findall("path")
    del lid.attrib["mask"]
    for part in (lid, *tail):
        part.set("fill", COLOUR.stamp)
    holes = list(mask)[1:]
    for hole in holes:
        painted = "stroke" if hole.get("stroke") else "fill"
        hole.set(painted, COLOUR.ground)
    group[:] = [lid, *holes, *tail]
    drawing[:] = [group]
    drawing.set("xmlns", "http://www.w3.org/2000/svg")
    for name in ("fill", "class", "aria-hidden", "focusable"):
        drawing.attrib.pop(name, None)
    return ElementTree.tostring(drawing)


def sheet(membership) -> bytes:
    """The stickers of a member, as a PDF."""
    label = fit(site_settings().label_name)
    name = fit(membership.name)
    page = Sheet(f"Autocollants, {name}")
    width = BIG[0] * COLUMNS_OF_BIG
    height = BIG[1] + SMALL[1] * ROWS_OF_SMALL
    page.set_fill_color(COLOUR.ground)
    page.rect(LEFT - BLEED, TOP - BLEED, width + 2 * BLEED, height + 2 * BLEED, style="F")
    url = qr.verify_url(membership.code)
    words = {
        "name": name,
        "label": page.drawable(label),
        "since": f"Membre depuis {membership.since:%Y}",
        "url": url,
        "address": url.partition("//")[2].rstrip("/"),
        "code": membership.spelled_code,
    }
    for column in range(COLUMNS_OF_BIG):
        big(page, LEFT + column * BIG[0], TOP, words)
    for number in range(COLUMNS_OF_SMALL * ROWS_OF_SMALL):
        row, column = divmod(number, COLUMNS_OF_SMALL)
        small(page, LEFT + column * SMALL[0], TOP + BIG[1] + row * SMALL[1], words)
    cut_marks(page, width, height)
    foot = "Imprimez à 100 %, sur papier autocollant. Coupez d’un trait à l’autre."
    page.one_line(foot, LEFT, TOP + height + MARK_TO, width, 8, colour="#565A4E")
    return bytes(page.output())


def big(page, x, y, words):
    """For the window: the mark, the name, the code, the address to type."""
    width = BIG[0] - 2 * PAD
    left = x + PAD
    page.mark(x + (BIG[0] - 38) / 2, y + PAD, 38)
    page.one_line(words["label"], left, y + 45, width, 15, "B", COLOUR.stamp)
    page.block(words["name"], left, y + 52.5, width, 18, 20)
    page.one_line(words["since"], left, y + 71, width, 9.5)
    page.code(words["url"], x + (BIG[0] - 27) / 2, y + 77.5, 27)
    page.one_line(f"Vérifier : {words['address']}", left, y + 106, width, 8)
    page.one_line(words["code"], left, y + 110, width, 8.5, "B")


def small(page, x, y, words):
    """For the till, a parcel, a jar: the code beside the name."""
    side = 25
    left, right = x + PAD, x + PAD + side + 3
    width = SMALL[0] - 2 * PAD
    page.code(words["url"], left, y + PAD, side)
    page.mark(right + (width - side - 3 - 11) / 2, y + PAD, 11)
    page.block(words["name"], right, y + PAD + 11.5, width - side - 3, side - 11.5, 11)
    page.one_line(words["label"], left, y + 31.5, width, 9, "B", COLOUR.stamp)
    page.one_line(f"Vérifier : {words['address']}", left, y + 36.5, width, 7)
    page.one_line(words["code"], left, y + 40.5, width, 7, "B")


def cut_marks(page, width, height):
    """Short strokes outside of the stickers, in line with every cut, and crosses between them."""
    page.set_draw_color("#565A4E")
    page.set_line_width(0.15)
    edge = TOP + BIG[1]
    rows = [TOP, *(edge + n * SMALL[1] for n in range(ROWS_OF_SMALL + 1))]
    for y in rows:
        for x, way in ((LEFT, -1), (LEFT + width, 1)):
            page.line(x + way * MARK_FROM, y, x + way * MARK_TO, y)
    bigs = [LEFT + n * BIG[0] for n in range(COLUMNS_OF_BIG + 1)]
    smalls = [LEFT + n * SMALL[0] for n in range(COLUMNS_OF_SMALL + 1)]
    for xs, y, way in ((bigs, TOP, -1), (smalls, TOP + height, 1)):
        for x in xs:
            page.line(x, y + way * MARK_FROM, x, y + way * MARK_TO)
    crosses = [(x, edge) for x in {*bigs[1:-1], *smalls[1:-1]}]
    crosses += [(x, y) for x in smalls[1:-1] for y in rows[2:-1]]
    for x, y in sorted(crosses):
        page.line(x - 1.5, y, x + 1.5, y)
        page.line(x, y - 1.5, x, y + 1.5)
