"""WordPress's codes in square brackets, made into the HTML that they stood for.

https://codex.wordpress.org/Shortcode: [caption], [gallery], [embed], [audio], [video]. Codes of
plug-ins stay as they are, and are named: their words are somebody's.
"""

from __future__ import annotations

import html
import re

from webmag.importing import builders
from webmag.importing.values import values_of

PAIR = re.compile(
    r"\[(caption|wp_caption|embed|video|audio|playlist)\b([^\]]{0,2000})\](.{0,20000}?)\[/\1\]",
    re.DOTALL,
)
SINGLE = re.compile(
    r"\[(gallery|audio|video|embed|youtube|vimeo|dailymotion)\b[:=\s]?([^\]]{0,2000})\]"
)
# Of an article with more, codes stay as they are.
MOST = 1_000
IMAGE = re.compile(
    r"\s{0,99}((?:<a\b[^>]{0,2000}>\s{0,9})?<img\b[^>]{0,20000}>(?:\s{0,9}</a>)?)(.*)", re.DOTALL
)
# Those of plug-ins: a name, perhaps values; not « [1] » nor « [sic] » nor « [L'Écho] ».
OTHER = re.compile(
    r"\[/?([a-z][a-z0-9]+(?:[_-][a-z0-9]+)+|[a-z]{3,20}(?=\s+[\w-]+=))[^\[\]\n]{0,500}\]"
)
ESCAPED = re.compile(r"\[(\[[^\]\[]{1,300}\])\]")
LEFT_GALLERY = re.compile(r"(?<!\[)\[gallery\b[^\[\]\n]{0,500}\](?!\])")
GALLERY = (
    "galerie dont les images ne sont pas dans ce fichier : dans WordPress, exportez « Tout le "
    "contenu »"
)
# Where HTML says it already: the block editor wraps these in comments.
COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)


def expanded(source: str, media: dict) -> str:
    """The HTML without codes that we know; `media` are the library's images by number."""
    bare = COMMENT.sub("", source)
    if not 0 < bare.count("[") <= MOST:
        return bare
    bare = builders.unwrapped(bare, media)
    bare = PAIR.sub(lambda match: pair(match, media), bare)
    bare = SINGLE.sub(lambda match: single(match, media), bare)
    return ESCAPED.sub(r"\1", bare)


def notes_on(source: str, written: str) -> list[str]:
    """What is to be told of codes that are left, each once; `written` is what it was before."""
    names = list(dict.fromkeys(match[1] for match in OTHER.finditer(source)))[:10]
    lost = [GALLERY] if "[gallery" in source and LEFT_GALLERY.search(written) else []
    return lost + [
        f"code [{name}] d’une extension : laissé tel quel" for name in names if name != "gallery"
    ]


def pair(match: re.Match, media: dict) -> str:
    """A code that has a text within."""
    name, values, within = match[1], values_of(match[2]), match[3]
    if "caption" in name:
        image = IMAGE.fullmatch(within)
        words = values.get("caption", "") or (image[2] if image else "")
        shown = image[1] if image else within
        caption = f"<figcaption>{words.strip()}</figcaption>" if words.strip() else ""
        return f"\n\n<figure>{shown}{caption}</figure>\n\n"
    return (
        single(match, media) if not within.strip() else player(name, values | {"": within.strip()})
    )


def single(match: re.Match, media: dict) -> str:
    """A code that stands alone."""
    name, values = match[1], values_of(match[2])
    if name == "gallery":
        return gallery(values, media) or match[0]
    return player(name, values) or match[0]


def gallery(values: dict, media: dict) -> str:
    """The images of a gallery, in its order; without numbers, those sent for this article."""
    asked = re.findall(r"\d+", values.get("ids") or values.get("include") or "")
    if not asked and "wp-image-" not in media:
        asked = list(media)
    rows = [row(number, media[number]) for number in asked if number in media]
    return f'\n\n<ul class="blocks-gallery-grid">{"".join(rows)}</ul>\n\n' if rows else ""


def row(number: str, one) -> str:
    """One image of a gallery, with its legend."""
    caption = f"<figcaption>{html.escape(one.caption)}</figcaption>" if one.caption else ""
    source, alt = html.escape(one.url), html.escape(one.alt)
    return (
        f'<li><figure><img src="{source}" alt="{alt}" class="wp-image-{number}">{caption}'
        "</figure></li>"
    )


def player(name: str, values: dict) -> str:
    """A sound or a film, by its address; the video sites' own codes name only its sign."""
    named = (values.get(key, "") for key in ("src", "url", "mp4", "webm", "m4v", "mp3", "ogg", ""))
    address = next(filter(None, named), "") or values.get("id", "")
    sites = {
        "youtube": "https://www.youtube.com/watch?v=",
        "vimeo": "https://vimeo.com/",
        "dailymotion": "https://www.dailymotion.com/video/",
    }
    if name in sites and address and "/" not in address:
        address = sites[name] + address
    if not re.match(r"https?://\S+$", html.unescape(address)):
        return ""
    if name == "audio":
        return f'\n\n<audio src="{html.escape(html.unescape(address))}"></audio>\n\n'
    return f'\n\n<video src="{html.escape(html.unescape(address))}"></video>\n\n'
