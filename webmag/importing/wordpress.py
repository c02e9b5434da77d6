"""WordPress's own export, WXR 1.0 to 1.2 (wp-admin/includes/export.php writes it)."""

from __future__ import annotations

import re
from html import escape

from webmag.importing import dates, gutenberg
from webmag.importing.addresses import link_address
from webmag.importing.originals import TOO_LONG, Kind, Media, Original, Status
from webmag.importing.records import Element

KINDS = {"post": Kind.ARTICLE, "page": Kind.PAGE}
STATUSES = {
    "publish": Status.PUBLISHED,
    "draft": Status.DRAFT,
    "pending": Status.DRAFT,
    "future": Status.DRAFT,
    "auto-draft": Status.TRASH,
    "inherit": Status.TRASH,
    "trash": Status.TRASH,
    "private": Status.PRIVATE,
}
TAXONOMIES = {"category", "post_tag", "tag"}
NOT_FILED = {"non classé", "non-classe", "uncategorized", "sans catégorie"}
# PHP's own way of writing values down: s:6:"credit";s:11:"Odile Marie";
CREDIT = re.compile(r's:\d+:"(credit|copyright)";s:\d+:"([^"]{1,200})"')
# s:5:"large";a:4:{s:4:"file";s:18:"haie-1024x768.jpg";
SIZE = re.compile(
    r's:\d+:"(2048x2048|1536x1536|large|medium_large)";a:\d+:\{s:4:"file";s:\d+:"([^"/]{1,200})"'
)
SIZES = ("2048x2048", "1536x1536", "large", "medium_large")
BLOCKS = "<!-- wp:"
REUSED = re.compile(r'<!-- wp:block \{"ref":(\d{1,12})[^}]{0,500}\} /-->')
NUMBERS = re.compile(r"(?:wp-image-|attachment_|\"id\":|data-id=\")(\d{1,12})")
GALLERY = re.compile(
    r"\[(?:gallery|et_pb_|vc_|ux_|av_|fusion_)[^\[\]]{0,2000}?"
    r"(?:ids?|images?)=[\"'“”&;#\w]{0,9}?([\d, ]{1,2000})"
)
# What the block editor wraps whole pages of builders in says nothing of line ends.
BUILDERS = "<!-- wp:divi/"
# Records that are no texts of anybody's: of WordPress itself, and of plug-ins.
MACHINERY = re.compile(
    r"attachment|nav_menu_item|revision|customize_changeset|custom_css|oembed_cache|user_request|"
    r"wp_\w+|acf-\w+|wpcf7\w*|feedback|elementor\w*|shop_\w+|product_variation|jp_\w+|"
    r"mc4wp\w*|nf_sub|et_\w+|vc_\w+|fusion_\w+|amn_\w+|scheduled-action|tablepress\w*"
)
MOST_MEDIA = 50_000
MOST_ATTACHED = 100  # images of one article
MOST_REUSED, LONGEST_REUSED = 500, 50_000
MOST_AUTHORS = 2_000


class Library:
    """What other records of the file say that articles refer to by number; bounded."""

    def __init__(self):
        self.media: dict[str, Media] = {}
        self.attached: dict[str, list[str]] = {}
        self.reused: dict[str, str] = {}

    def add(self, record: Element) -> None:
        """Remember an image of the library, or a block that articles share."""
        kind, number = record.first("wp:post_type"), record.first("wp:post_id")
        if kind == "attachment" and len(self.media) < MOST_MEDIA:
            url = record.first("wp:attachment_url", "guid")
            if url:
                self.media[number] = media_of(record, url[:500])
                self.attached.setdefault(record.first("wp:post_parent"), []).append(number)
        elif kind == "wp_block" and len(self.reused) < MOST_REUSED:
            self.reused[number] = record.first("content:encoded")[:LONGEST_REUSED]

    def named_in(self, html: str, number: str) -> dict[str, Media]:
        """The images that an article names by number, or that were sent while it was written."""
        wanted = dict.fromkeys(NUMBERS.findall(html))
        for ids in GALLERY.findall(html):
            wanted |= dict.fromkeys(re.findall(r"\d+", ids))
        if "[gallery" in html:
            wanted |= dict.fromkeys(self.attached.get(number, ())[:MOST_ATTACHED])
        return {one: self.media[one] for one in wanted if one in self.media}


def media_of(record: Element, url: str) -> Media:
    """What the library says of an image: its title, legend, description and credit."""
    metas = metas_of(record)
    credits = dict(CREDIT.findall(metas.get("_wp_attachment_metadata", "")))
    return Media(
        url=url,
        title=record.first("title")[:250],
        caption=record.first("excerpt:encoded")[:1000],
        alt=metas.get("_wp_attachment_image_alt", "")[:250],
        credit=(credits.get("credit") or credits.get("copyright") or "")[:120],
        page=record.first("link")[:500],
        smaller=smaller_of(url, metas.get("_wp_attachment_metadata", "")),
    )


def smaller_of(url: str, written: str) -> str:
    """The largest size that WordPress made of an image, beside it; "" where it made none."""
    found = dict(SIZE.findall(written))
    name = next((found[size] for size in SIZES if found.get(size)), "")
    return f"{url.rpartition('/')[0]}/{name}"[:500] if name else ""


def metas_of(record: Element) -> dict[str, str]:
    """The fields that plug-ins and WordPress hang on a record."""
    return {
        one.first("wp:meta_key"): one.first("wp:meta_value") for one in record.all("wp:postmeta")
    }


def names_of_authors(header: Element) -> dict[str, str]:
    """What the logins stand for: {login: name}."""
    names, login = {}, ""
    for child in header.children[:MOST_AUTHORS]:
        if child.name == "wp:author_login":
            login = child.text.strip()
        elif child.name == "wp:author_display_name" and login:
            names[login] = child.text.strip()
    return names


def is_of_wordpress(record: Element) -> bool:
    """Whether it is from an export, not from a feed."""
    return bool(record.first("wp:post_type"))


def read(record: Element, library: Library, authors: dict[str, str]) -> Original | None:
    """An article or a page; None for what is neither."""
    kind = KINDS.get(record.first("wp:post_type"))
    if not kind:
        return None
    written = record.first("content:encoded")
    html = REUSED.sub(lambda match: library.reused.get(match[1], ""), written)
    metas = metas_of(record)
    html = gutenberg.told(html, metas) + recording(metas, html)
    number, login = record.first("wp:post_id"), record.first("dc:creator")
    return Original(
        title=record.first("title"),
        html=html,
        guid=record.first("guid") or number,
        address=record.first("link"),
        slug=record.first("wp:post_name"),
        excerpt=record.first("excerpt:encoded"),
        author=authors.get(login, login),
        published=dates.first_of(
            (record.first("wp:post_date_gmt"), True),
            (record.first("wp:post_date"), False),
            (record.first("pubDate", "pubdate"), True),
        ),
        status=status_of(record),
        kind=kind,
        tags=tuple(tags_of(record)),
        lead=library.media.get(metas.get("_thumbnail_id", "")),
        media=library.named_in(html, number),
        breaks=BLOCKS not in written.replace(BUILDERS, ""),
        notes=tuple(notes_of(record)),
        is_cut=record.is_cut,
        also=tuple(filter(None, other_addresses(record, library))),
    )


def recording(metas: dict[str, str], html: str) -> str:
    """The sound or film that podcasts hang on an article."""
    # Its address, its size in bytes, its sort, a line each.
    url, *said = metas.get("enclosure", "").split() or [""]
    tag = next((one[:5] for one in said if one.startswith(("audio/", "video/"))), "")
    is_new = tag and url.startswith(("http://", "https://")) and url not in html
    return f'\n\n<{tag} src="{escape(url)}"></{tag}>' if is_new else ""


def other_sort(record: Element) -> str:
    """What somebody wrote that is neither article nor page: a recipe, a portfolio; else ""."""
    kind = record.first("wp:post_type")
    is_text = kind not in KINDS and not MACHINERY.fullmatch(kind)
    return kind[:40] if is_text and record.first("wp:status") == "publish" else ""


def other_addresses(record: Element, library: Library):
    """Its short ones, and those of the pages where its images stood alone.

    WordPress finds an article by its last name too, whatever its addresses looked like before.
    """
    number, link = record.first("wp:post_id"), record.first("link")
    name = "page_id" if record.first("wp:post_type") == "page" else "p"
    yield record.first("guid")
    yield link_address(f"/?{name}={number}", link) if number.isdecimal() else ""
    yield link_address(f"/{record.first('wp:post_name')}/", link)
    for one in library.attached.get(number, ())[:MOST_ATTACHED]:
        yield library.media[one].page
        yield link_address(f"/?attachment_id={one}", link)


def status_of(record: Element) -> Status:
    """How public it was; what was behind a password was not."""
    if record.first("wp:post_password"):
        return Status.PRIVATE
    return STATUSES.get(record.first("wp:status"), Status.PUBLISHED)


def tags_of(record: Element):
    """Its categories and tags, by name."""
    for one in record.all("category"):
        words = one.text.strip()
        is_filed = one.attributes.get("domain", "category") in TAXONOMIES
        if is_filed and words and words.casefold() not in NOT_FILED:
            yield words


def notes_of(record: Element):
    """What is said of it in the report."""
    if record.left_out:
        yield comments(record.left_out)
    if any(one.is_cut for one in record.all("content:encoded")):
        yield TOO_LONG


def comments(count: int) -> str:
    """« 3 commentaires : pas repris »."""
    return f"{count} commentaire{'s' if count > 1 else ''} : pas repris"
