"""/oembed?url=…: what stands at an address of ours, as another site can show it."""

from xml.etree.ElementTree import Element, SubElement, tostring

import orjson
from django.conf import settings
from django.http import Http404, HttpResponse
from django.utils.html import format_html
from django.views.decorators.http import require_safe

from home.oembed.things import Thing, thing_at
from home.open_data import Rule, problem
from home.templatetags.frame import site_settings
from home.xml_text import fit

PATH = "/oembed"
RULE = Rule(frozenset(["url", "format", "maxwidth", "maxheight"]))
CACHE_SECONDS = 24 * 3600
# Pixels. A card lies on its side from SIDEWAYS on, and stands up below it; frames.py has the page.
USUAL_WIDTH, SIDEWAYS = 600, 460
LYING_HEIGHT, WORDS_HEIGHT, TALL_HEIGHT = 220, 210, 600
LEAST_HEIGHT, MOST_PIXELS = 60, 10_000


@require_safe
def answer(request):
    """The thing as JSON or XML; 400, 404 or 501 as the standard says."""
    # People paste a space or a line's end along, and fill in forms by half.
    address, form = request.GET.get("url", "").strip(), request.GET.get("format") or "json"
    if form not in WRITERS:
        return problem(501, "Seuls les formats json et xml existent.")
    try:
        most = [most_pixels(request.GET.get(name, "")) for name in ("maxwidth", "maxheight")]
    except ValueError:
        return problem(400, f"maxwidth et maxheight sont des nombres de 1 à {MOST_PIXELS}.")
    if not address:
        return problem(400, "Il manque url, l’adresse d’une page de ce site.")
    try:
        found = thing_at(address)
    except Http404:
        return problem(404, "Rien de ce site ne se montre à cette adresse.")
    return WRITERS[form](described(found, *most))


def most_pixels(text: str) -> int | None:
    """A limit as somebody wrote it, None without one; raises `ValueError`."""
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= 5 and 1 <= int(text) <= MOST_PIXELS):
        raise ValueError
    return int(text)


def described(thing: Thing, most_width: int | None, most_height: int | None) -> dict:
    """The answer's fields, within these limits in pixels."""
    site = settings.SITE_URL
    width, height = size(thing, most_width, most_height)
    name, page = thing.author
    return {
        "version": "1.0",
        "type": "rich",
        "title": thing.title,
        "provider_name": site_settings().site_name,
        "provider_url": site + "/",
        "cache_age": CACHE_SECONDS,
        **({"author_name": name} if name else {}),
        **({"author_url": site + page} if page else {}),
        **thumbnail(thing, most_width, most_height),
        "html": html(thing, width, height),
        "width": width,
        "height": height,
    }


def size(thing: Thing, most_width: int | None, most_height: int | None) -> tuple[int, int]:
    """Width and height of the frame: what the card needs, cut to what there is room for."""
    width = min(USUAL_WIDTH, most_width or USUAL_WIDTH)
    if thing.tall:
        height = TALL_HEIGHT
    elif width >= SIDEWAYS:
        height = LYING_HEIGHT
    else:
        # A 4:3 photo above the words.
        height = WORDS_HEIGHT + (width * 3 // 4 if thing.pictures or thing.sign else 0)
    return width, min(height, most_height or height)


def thumbnail(thing: Thing, most_width: int | None, most_height: int | None) -> dict:
    """The largest size of its photo that there is room for; {} without one."""
    for picture in thing.pictures:
        fits_width = picture["width"] <= (most_width or MOST_PIXELS)
        if fits_width and picture["height"] <= (most_height or MOST_PIXELS):
            return {
                "thumbnail_url": settings.SITE_URL + picture["src"],
                "thumbnail_width": picture["width"],
                "thumbnail_height": picture["height"],
            }
    return {}


def html(thing: Thing, width: int, height: int) -> str:
    """The frame, and a link for where frames are taken away.

    `hidden` is taken away there too, and by WordPress, which shows the link until the frame says
    that it is there (framed.js).
    """
    site = settings.SITE_URL
    return format_html(
        '<blockquote hidden><a href="{}">{}</a></blockquote>'
        '<iframe src="{}" width="{}" height="{}" title="{}" frameborder="0" scrolling="{}" '
        'loading="lazy"></iframe>',
        *(site + thing.page, thing.title, site + thing.frame, width, height, thing.title),
        "auto" if thing.tall else "no",
    )


def as_json(fields: dict) -> HttpResponse:
    """The fields as JSON."""
    return HttpResponse(orjson.dumps(fields), content_type="application/json")


def as_xml(fields: dict) -> HttpResponse:
    """The fields as XML, without what XML cannot hold."""
    root = Element("oembed")
    for name, value in fields.items():
        SubElement(root, name).text = fit(str(value))
    body = b'<?xml version="1.0" encoding="utf-8" standalone="yes"?>\n' + tostring(root, "utf-8")
    return HttpResponse(body, content_type="text/xml; charset=utf-8")


WRITERS = {"json": as_json, "xml": as_xml}
