"""The cover of an e-book: the magazine's name, its colour, the issue's photo and title."""

import io
from dataclasses import dataclass
from functools import cache, lru_cache

import font_source_serif_pro as fonts
from PIL import Image, ImageDraw, ImageFont, ImageOps

WIDTH, HEIGHT = 1200, 1600
EDGE, RULE = 80, 6
TOP, FOOT = 330, 430
# As in webmag/static/webmag/css/magazine.css, by day: the ground, and what is written on it.
COLOURS = {
    "foret": ("#1F4A34", "#FFFDF8"),
    "ble": ("#E2B13C", "#1C231E"),
    "meuliere": ("#E9D8CD", "#1C231E"),
    "brique": ("#9A2F1E", "#FFFDF8"),
    "ciel": ("#34536E", "#FFFDF8"),
    "encre": ("#1C231E", "#FFFDF8"),
}
QUALITY = 82
MOST_SIGNS = 160


@dataclass(frozen=True)
class CoverWords:
    """What stands on a cover."""

    magazine: str
    title: str
    line: str
    number: str
    colour: str


def drawn(words: CoverWords, photo: bytes | None) -> bytes:
    """The cover as a JPEG of 1200 × 1600 pixels."""
    ground, ink = COLOURS[words.colour]
    sheet = Image.new("RGB", (WIDTH, HEIGHT), ground)
    pen = ImageDraw.Draw(sheet)
    write(pen, words.magazine, (EDGE, 70), 200, (150, 44), ink)
    box = (WIDTH - 2 * EDGE, HEIGHT - TOP - FOOT)
    if photo:
        with Image.open(io.BytesIO(photo)) as image:
            sheet.paste(ImageOps.fit(image.convert("RGB"), box), (EDGE, TOP))
    else:
        pen.rectangle((EDGE, TOP, WIDTH - EDGE, TOP + RULE), fill=ink)
        pen.rectangle((EDGE, HEIGHT - FOOT - RULE, WIDTH - EDGE, HEIGHT - FOOT), fill=ink)
        large = fonts_of(fonts.SourceSerifProBlack, 620)
        number = readable(words.number, large)[:3]
        pen.text((WIDTH / 2, TOP + box[1] / 2), number, font=large, fill=ink, anchor="mm")
    write(pen, words.title, (EDGE, HEIGHT - FOOT + 40), 240, (96, 36), ink)
    small = fonts_of(fonts.SourceSerifPro, 44)
    pen.text((EDGE, HEIGHT - 120), readable(words.line, small), font=small, fill=ink)
    made = io.BytesIO()
    sheet.save(made, "JPEG", quality=QUALITY, optimize=True)
    return made.getvalue()


def write(pen, text, place, room, sizes, ink):
    """Write a title as large as it fits into so many pixels of height."""
    largest, smallest = sizes
    for size in range(largest, smallest - 1, -6):
        font = fonts_of(fonts.SourceSerifProBold, size)
        lines = broken(readable(text, font), font)
        if len(lines) * size * 1.1 <= room:
            break
    for number, line in enumerate(lines[: int(room / (size * 1.1))]):
        pen.text((place[0], place[1] + number * size * 1.1), line, font=font, fill=ink)


def broken(text, font):
    """The text in lines as wide as the page; a word that is wider is cut."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if font.getlength(longer) <= WIDTH - 2 * EDGE:
            lines[-1] = longer
            continue
        while font.getlength(word) > WIDTH - 2 * EDGE:
            word = word[: len(word) * 3 // 4]
        lines.append(word)
    return [line for line in lines if line]


def readable(text, font):
    """The text without the signs that the font cannot draw: they would be boxes."""
    known = (sign for sign in text[:MOST_SIGNS] if sign.isspace() or draws(font.path, sign))
    return " ".join("".join(known).split())


@lru_cache(2048)
def draws(path, sign):
    """Whether a font has a sign."""
    font = fonts_of(path, 40)
    return bytes(font.getmask(sign)) != bytes(font.getmask("\uffff"))


@cache
def fonts_of(path, size):
    """An opened font; `size` in pixels."""
    return ImageFont.truetype(path, size)
