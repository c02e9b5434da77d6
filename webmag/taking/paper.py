"""Articles as they stand on paper: words and photos, and nothing that plays, opens or changes.

One piece of markup serves the e-book, the booklet and the Markdown: each block has a template of
its own in templates/webmag/paper/, without the hours of the day, the scripts and the cards of the
site. What comes of it is well-formed XHTML. However many articles there are, they take the same
number of queries.
"""

from dataclasses import dataclass
from datetime import date, datetime

from bs4 import BeautifulSoup
from django.conf import settings
from django.template.loader import render_to_string

from directory.hours import describe
from home import page_paths
from home.models import Photo
from home.pictures import with_pictures
from home.rich_text import CleanText, expand_together
from webmag import players
from webmag.article_page import signed
from webmag.blocks import shelf
from webmag.blocks.recipes import TIMES, said
from webmag.body import texts_in
from webmag.feeds.content import fit
from webmag.taking.sheets import Sheet, Shown

# What no browser needs, and XHTML or a reader may stumble over.
KEPT_ATTRIBUTES = {
    *("href", "src", "alt", "width", "height", "class", "id", "scope", "aria-label"),
    *("start", "dir", "lang"),
}


@dataclass(frozen=True)
class Piece:
    """An article on paper; `html` is its body as XHTML, `number` its place, from 1.

    `signed` are the names below it, each with its part: « photos », "" for the text.
    """

    number: int
    title: str
    standfirst: str
    byline: str
    signed: tuple[tuple[str, str], ...]
    section: str
    published: datetime | None
    updated: date | None
    changed: datetime | None
    url: str
    picture: Shown | None
    caption: str
    html: str

    @property
    def authors(self) -> list[str]:
        """Everybody who signs it, in order."""
        return [name for name, _ in self.signed]


def pieces(articles, sheet: Sheet) -> list[Piece]:
    """The articles in this order, on a sheet; `sheet.photos` then names the photos on it."""
    articles = list(articles)
    main = {one.main_image_id for one in articles if one.main_image_id}
    with shelf.filled(*(one.body for one in articles), size="paper", photos=main) as found:
        bodies = [list(one.body) for one in articles]
    blocks = [block for body in bodies for block in body]
    expand_together([text for block in blocks for text in texts_in(block.value)])
    photos = found[Photo]
    return [
        piece(number, one, body, photos.get(one.main_image_id), sheet)
        for number, (one, body) in enumerate(zip(articles, bodies, strict=True), start=1)
    ]


def piece(number, article, blocks, photo, sheet):
    """One article; its snapshot says who signed it."""
    shown, url = article.snapshot, address_of(article)
    bylines = signed(shown.get("bylines", []))
    section = shown.get("section") or {}
    parts = (f"{name} ({part}){end}" if part else name + end for name, _, part, end in bylines)
    return Piece(
        number=number,
        title=article.title,
        standfirst=article.standfirst,
        byline="".join(parts),
        signed=tuple((name, part) for name, _, part, _ in bylines),
        section=section.get("name", ""),
        published=article.first_published_at,
        updated=article.updated_on,
        changed=article.last_published_at,
        url=url,
        picture=sheet.shown(photo),
        caption=article.main_caption,
        html=body_of(blocks, sheet, url),
    )


def address_of(page):
    """The whole address of a page."""
    return settings.SITE_URL + page_paths.address(page.url_path)


def body_of(blocks, sheet, base):
    """The blocks as XHTML; their links are read from `base`."""
    made = (drawn(block.block_type, block.value, sheet) for block in blocks)
    return well_formed("\n".join(made), sheet, base)


def rich(source, sheet, base):
    """Rich text that lies in a field of its own, an editorial, as XHTML."""
    return well_formed(CleanText(source or "").__html__(), sheet, base)


def drawn(kind, value, sheet):
    """One block by its template."""
    more = EXTRAS[kind](value, sheet) if kind in EXTRAS else {}
    return render_to_string(f"webmag/paper/{kind}.html", {"value": value, **more}).strip()


def figure(picture: Shown, caption: str) -> str:
    """A photo with its legend."""
    return render_to_string("webmag/paper/_figure.html", {"picture": picture, "caption": caption})


def well_formed(html, sheet, base):
    """HTML as XHTML, with links that lead somewhere from the sheet; a link to nowhere is words."""
    soup = BeautifulSoup(fit(html), "html.parser")
    for link in soup.find_all("a"):
        href = sheet.href(link.get("href") or "", base)
        if href:
            link["href"] = href
        else:
            link.unwrap()
    for element in soup.find_all(True):
        element.attrs = {
            name: value for name, value in element.attrs.items() if name in KEPT_ATTRIBUTES
        }
    return fit(soup.decode(formatter="minimal")).strip()


def _photo(value, sheet):
    return {"picture": sheet.shown(value["photo"], value.get("alt", ""))}


def _gallery(value, sheet):
    pairs = [(sheet.shown(one["photo"]), one["caption"]) for one in value["slides"]]
    return {"pictures": [pair for pair in pairs if pair[0]]}


def _embed(value, sheet):
    player = players.player_of(value["url"])
    link = player.page if player else players.safe_link(value["url"])
    return {"player": player, "link": link, "picture": sheet.shown(value["photo"])}


def _recipe(value, sheet):
    times = [(label, said(value[name])) for name, label, _ in TIMES if value[name]]
    return {"times": times, "picture": sheet.shown(value["photo"])}


def _practical(value, _sheet):
    return {"places": _public([value["listing"]])}


def _listing(value, _sheet):
    return {"places": _public([value["listing"]])}


def _map(value, _sheet):
    return {"places": _public(value["listings"])}


def _public(listings):
    """Listings that visitors may see, each once, with its hours in words."""
    once = {one.pk: one for one in listings if one is not None and one.live}
    return [(one, describe(one.hours)) for one in once.values()]


EXTRAS = {
    "photo": _photo,
    "gallery": _gallery,
    "embed": _embed,
    "recipe": _recipe,
    "practical": _practical,
    "listing": _listing,
    "map": _map,
}


def photos_of(*numbers, size="paper"):
    """Photos by number, with their renditions of a size."""
    return with_pictures({number for number in numbers if number}, size)
