"""Codes that page builders leave in WordPress's texts: the frame goes, what it framed stays.

Divi ([et_pb_text]…), WPBakery ([vc_column_text]…), Avada, Enfold, Flatsome and the columns, tabs
and buttons of many themes. Their codes are only about where things stand, but some carry a title,
a picture, a film or a link.
"""

from __future__ import annotations

import base64
import binascii
import html
import re
from urllib.parse import unquote

from webmag.importing.values import values_of

CODE = re.compile(r"(?<!\[)\[(/?)([a-z][a-z0-9_]{2,40})(\s[^\[\]]{0,8000}|)\](?!\])")
OURS = re.compile(r"(?:et_pb|vc|fusion|av|ux|kc|cs|mk|themify|tatsu|su)_[a-z0-9_]+")
# Words that somebody may write in brackets: codes only where they are closed too.
THEMES = re.compile(
    r"(?:(?:one|two|three|four)_(?:half|third|fourth|fifth|sixth)s?(?:_first|_last)?|rows?|"
    r"col(?:umn)?s?|section|tabs?|tabgroup|accordions?|toggles?|spoiler|button|dropcap|highlight)"
)
RAW = re.compile(r"\[vc_raw_html[^\[\]]{0,500}\]([A-Za-z0-9+/=\s]{1,200000})\[/vc_raw_html\]")
# Ends a paragraph, whether line ends mean something or not.
APART = "\n\n<hr>\n\n"
TITLES = ("title", "heading", "tab_title", "section_title")
PICTURES = ("src", "image", "image_url", "img", "image_id", "id")
MANY = ("images", "gallery_ids", "ids", "image_ids")
FILMS = ("link", "src", "url", "video_url", "id")
SHOWS_PICTURE = re.compile(r"image|blurb|slide$|team_member|testimonial|portrait")
HAS_TITLE = re.compile(r"heading|blurb|toggle|tab|section|slide$|cta|title|accordion|spoiler")
IS_FILM = re.compile(r"video|youtube|vimeo")
IS_BUTTON = re.compile(r"(?:^|_)(?:btn|button)")
SITES = {"youtube": "https://www.youtube.com/watch?v=", "vimeo": "https://vimeo.com/"}


def unwrapped(source: str, media: dict) -> str:
    """The text without these codes; `media` are the library's images by number."""
    source = RAW.sub(raw, source)
    closed = {match[2] for match in CODE.finditer(source) if match[1]}

    def said(match: re.Match) -> str:
        name = match[2]
        if not (OURS.fullmatch(name) or (name in closed and THEMES.fullmatch(name))):
            return match[0]
        if name.endswith(("dropcap", "highlight")):
            return ""
        return APART if match[1] else f"{APART}{shown(name, values_of(match[3]), media)}\n\n"

    return CODE.sub(said, source)


def shown(name: str, said: dict, media: dict) -> str:
    """What an opening code brings besides what it holds."""
    if IS_BUTTON.search(name):
        return button(said)
    if IS_FILM.search(name):
        return film(name, said)
    parts = []
    if "gallery" in name or "slider" in name or "carousel" in name:
        numbers = re.findall(r"\d{1,12}", first(said, MANY))
        rows = "".join(f"<li>{picture(one, media)}</li>" for one in numbers if one in media)
        parts.append(f'<ul class="blocks-gallery-grid">{rows}</ul>' if rows else "")
    elif SHOWS_PICTURE.search(name):
        parts.append(picture(first(said, PICTURES), media, said.get("alt", "")))
    title = first(said, TITLES) if HAS_TITLE.search(name) else ""
    title = title or (said.get("text", "") if "heading" in name else "")
    parts.append(f"<h3>{html.escape(html.unescape(title))}</h3>" if title else "")
    author = said.get("author", "") if "testimonial" in name else ""
    parts.append(f"<p>{html.escape(html.unescape(author))}</p>" if author else "")
    return "\n\n".join(filter(None, parts))


def first(said: dict, names: tuple[str, ...]) -> str:
    """The first of some values that says something."""
    return next((said[name] for name in names if said.get(name)), "")


def picture(source: str, media: dict, alt: str = "") -> str:
    """An image, by its number in the library or its address; "" for neither."""
    known = media.get(source)
    address = known.url if known else source
    if not address.startswith(("http://", "https://", "/")):
        return ""
    named = f' class="wp-image-{source}"' if known else ""
    return f'<img src="{html.escape(address)}" alt="{html.escape(alt)}"{named}>'


def film(name: str, said: dict) -> str:
    """A player, by its address or its sign."""
    address = first(said, FILMS)
    site = next((SITES[one] for one in SITES if one in name), "")
    if site and address and "/" not in address:
        address = site + address
    is_address = re.match(r"https?://\S+$", address)
    return f'<video src="{html.escape(address)}"></video>' if is_address else ""


def button(said: dict) -> str:
    """A link, where its words stand in the code; else what is between the codes says enough."""
    words = said.get("button_text") or said.get("title") or said.get("text") or ""
    address = said.get("button_url") or said.get("link") or said.get("url") or said.get("href", "")
    # WPBakery: url:https%3A%2F%2Fferme.example|title:La%20ferme
    if found := re.search(r"url:([^|]+)", address):
        address = unquote(found[1])
    if not address.startswith(("http", "/", "mailto:")):
        return f"<p>{html.escape(words)}</p>" if words else ""
    words = html.escape(words or "Suivre le lien")
    return f'<p><a href="{html.escape(address)}">{words}</a></p>'


def raw(match: re.Match) -> str:
    """HTML that WPBakery hides from WordPress: escaped, then in base64."""
    try:
        return "\n\n" + unquote(base64.b64decode(match[1]).decode()) + "\n\n"
    except (binascii.Error, ValueError):
        return match[0]
