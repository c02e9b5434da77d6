"""One article of an old blog into the database: created, put right, or left as somebody made it.

Everything here runs in the caller's transaction; images are there already.
"""

from __future__ import annotations

import hashlib
import json
import re
from urllib.parse import unquote, urlsplit
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils import timezone
from django.utils.html import escape
from django.utils.text import slugify

from home.models.tags import clean_tag
from home.rich_text import for_keeping
from webmag.blocks.photos import FEWEST
from webmag.importing.addresses import known_as, web_address
from webmag.importing.originals import Original
from webmag.importing.pieces import Image, Mapped, Piece, shortened
from webmag.models import Article, ImportedArticle, ImportLine, Magazine

Outcome = ImportLine.Outcome
MOST_TAGS = 30
LONGEST_SLUG = 200
LONGEST_JOINED = 15_000  # characters of HTML, fewer than the signs that a text may have
# Addresses below a magazine that are no articles'.
TAKEN = {"devenir-contributeur", "rubrique"}
is_address = URLValidator(schemes=["http", "https"])


def digest_of(original: Original, with_canonical: bool) -> str:
    """What tells whether an original has changed since it was brought here."""
    shown = [
        *(original.title, original.html, original.excerpt, original.address),
        *(list(original.tags), original.published and original.published.isoformat()),
        *(original.lead and original.lead.url, with_canonical),
    ]
    return hashlib.sha256(json.dumps(shown, ensure_ascii=True).encode()).hexdigest()


def plan(known: ImportedArticle | None, digest: str, again: bool) -> str:
    """What is to be done with an original: an `Outcome`. One whose images lack is tried again."""
    if known is None:
        return Outcome.CREATED
    if known.article is None:
        return Outcome.CREATED if again else Outcome.REMOVED
    if not known.is_as_we_left_it:
        return Outcome.UNCHANGED if known.digest == digest else Outcome.KEPT
    if known.digest == digest and not known.missing:
        return Outcome.UNCHANGED
    return Outcome.UPDATED


def write(run, line, original: Original, article: Mapped, photos: dict):
    """Create the article or put it right: (outcome, article, images that lack)."""
    magazine = Magazine.objects.select_for_update().get(pk=run.magazine_id)
    rows = ImportedArticle.objects.select_for_update(of=["self"]).select_related("article")
    known = rows.filter(owner=run.owner_id, magazine=magazine, key=line.key).first()
    digest = digest_of(original, run.with_canonical)
    todo = plan(known, digest, run.again)
    missing = len({one.name for one in article.images() if not photos.get(one.name)})
    if todo == Outcome.UPDATED and known.digest == digest and missing >= known.missing:
        todo = Outcome.UNCHANGED
    if todo not in (Outcome.CREATED, Outcome.UPDATED):
        return todo, known.article, known.missing
    page = known.article.get_latest_revision_as_object() if todo == Outcome.UPDATED else None
    page = page or Article(owner=run.owner, live=False)
    fill(page, run, original, article, photos)
    if todo == Outcome.CREATED:
        page.slug = free_slug(magazine, original, article.title)
        magazine.add_child(instance=page)
    else:
        page.save()
    revision = page.save_revision(user=run.owner)
    ImportedArticle.objects.update_or_create(
        owner=run.owner,
        magazine=magazine,
        key=line.key,
        defaults={
            "address": line.address,
            "also": sorted({known_as(one) for one in original.also} - {""}),
            "digest": digest,
            "article_id": page.pk,
            "revision": revision.pk,
            "missing": missing,
        },
    )
    return todo, page, missing


def fill(page: Article, run, original: Original, article: Mapped, photos: dict) -> None:
    """Give an article its words, images, tags and dates."""
    lead = article.lead and photos.get(article.lead.name)
    page.title = article.title
    page.standfirst = article.standfirst
    page.main_image = lead
    page.main_caption = shortened(article.lead.caption, 250) if lead else ""
    page.body = body_of(article, photos)
    page.canonical_url = canonical_of(original) if run.with_canonical else ""
    if original.published and original.published <= timezone.now():
        page.first_published_at = original.published
    tags = list(dict.fromkeys(filter(None, map(clean_tag, original.tags))))[:MOST_TAGS]
    page.tags.set(tags)
    page.section = section_of(run.magazine, tags)


def section_of(magazine, tags):
    """The magazine's own heading that the old blog filed it under; None for none."""
    slugs = [slugify(tag) for tag in tags]
    found = {section.slug: section for section in magazine.sections.filter(slug__in=slugs)}
    return next((found[slug] for slug in slugs if slug in found), None)


def canonical_of(original: Original) -> str:
    """Where it was, if it is an address that a page may name."""
    address = web_address(original.address)
    try:
        is_address(address)
    except ValidationError:
        return ""
    return address


def free_slug(magazine, original: Original, title: str) -> str:
    """Its old address, as far as ours can be like it and is free."""
    last = urlsplit(original.address).path.rstrip("/").rpartition("/")[2]
    written = unquote(original.slug.rstrip("/").rpartition("/")[2] or last)
    bare = re.sub(r"\.html?$", "", written)
    # Overblog's « article-12345678 » says nothing.
    named = "" if re.fullmatch(r"article-\d+|\d+", bare) else slugify(bare)
    base = (named or slugify(title) or "article")[:LONGEST_SLUG]
    begun = magazine.get_children().filter(slug__startswith=base)
    taken = TAKEN | set(begun.values_list("slug", flat=True))
    offers = (base, *(f"{base}-{number}" for number in range(2, len(taken) + 3)))
    return next(slug for slug in offers if slug not in taken)


def body_of(article: Mapped, photos: dict) -> str:
    """The body as the editor would have saved it."""
    blocks = []
    if article.lead and not photos.get(article.lead.name):
        blocks.append(("text", absent(article.lead)))
    for piece in article.pieces:
        for kind, value in blocks_of(piece, photos):
            before = blocks[-1] if blocks else ("", "")
            if kind == before[0] == "text" and len(before[1]) + len(value) < LONGEST_JOINED:
                # Lines for images that are missing would else be more blocks than an article has.
                blocks[-1] = (kind, before[1] + value)
            else:
                blocks.append((kind, value))
    return json.dumps(
        [{"type": kind, "value": value, "id": str(uuid4())} for kind, value in blocks]
    )


def blocks_of(piece: Piece, photos: dict):
    """(kind, stored value) of a piece, with what photos there are."""
    if piece.kind == "photo":
        yield shown(piece.value, photos)
    elif piece.kind == "gallery":
        images = piece.value["images"]
        come = [one for one in images if photos.get(one.name)]
        if len(come) >= FEWEST:
            slides = [{"photo": photos[one.name].pk, "caption": one.caption} for one in come]
            yield "gallery", {"title": piece.value["title"], "slides": slides}
        else:
            yield from (shown(one, photos) for one in come)
        yield from (shown(one, photos) for one in images if one not in come)
    elif piece.kind == "text":
        yield "text", for_keeping(piece.value)
    else:
        yield piece.kind, piece.value


def shown(image: Image, photos: dict):
    """A photo, or what stands for one that did not come."""
    photo = photos.get(image.name)
    if not photo:
        return "text", absent(image)
    alt = shortened(image.alt, 250)
    return "photo", {"photo": photo.pk, "caption": image.caption, "alt": alt}


def absent(image: Image) -> str:
    """A line that says which image is missing, and where it was."""
    words = escape(shortened(image.caption or image.alt or image.title or "sans légende", 500))
    link = next((one for one in image.addresses if one.startswith("http")), "")
    label = f'<a href="{escape(link)}">Image à remettre</a>' if link else "Image à remettre"
    return for_keeping(f"<p>{label} : {words}</p>")
