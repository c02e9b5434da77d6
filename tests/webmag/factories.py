"""Small makers of magazines, authors and articles for tests."""

import io
import json
from itertools import count

from django.core.files.base import ContentFile
from django.utils.text import slugify
from PIL import Image

from home.models import HomePage, Photo
from webmag.importing.originals import Original
from webmag.models import (
    Article,
    ArticleListing,
    Author,
    BlogImport,
    Byline,
    Issue,
    IssueEntry,
    Magazine,
    MagazineIndex,
    Section,
)

numbers = count(1)


def index():
    """The page of all magazines; one for the site."""
    found = MagazineIndex.objects.first()
    home = HomePage.objects.get()
    return found or home.add_child(instance=MagazineIndex(title="Magazines", slug="magazines"))


def magazine(title=None, sections=(), **fields):
    """A published magazine; `sections` are names."""
    fields.setdefault("title", title or f"Le Bissac no {next(numbers)}")
    made = Magazine(**fields)
    made.sections = [Section(name=name, slug=slugify(name)) for name in sections]
    index().add_child(instance=made).save_revision().publish()
    return Magazine.objects.get(pk=made.pk)


def author(name=None, **fields):
    """Somebody whose name stands under articles."""
    return Author.objects.create(name=name or f"Plume no {next(numbers)}", **fields)


def body(blocks):
    """The body an editor would have saved: `[("text", "<p>…</p>"), ("heading", "…")]`."""
    if isinstance(blocks, str):
        blocks = [("text", f"<p>{blocks}</p>")]
    return json.dumps(
        [{"type": kind, "value": value, "id": str(next(numbers))} for kind, value in blocks]
    )


def article(title=None, blocks=(), *, magazine=None, by=(), live=True, **fields):
    """An article, published unless said otherwise.

    `blocks`: a text, or pairs as `body` takes them; `by`: authors; `tags`: names;
    `communes`, `listings`: objects.
    """
    magazine = magazine or Magazine.objects.first() or globals()["magazine"]()
    tags = fields.pop("tags", ())
    communes, listings = fields.pop("communes", ()), fields.pop("listings", ())
    fields.setdefault("title", title or f"Au marché no {next(numbers)}")
    made = Article(**fields, body=body(blocks), live=False)
    made.communes = list(communes)
    made.about = [
        ArticleListing(listing=one, sort_order=number) for number, one in enumerate(listings)
    ]
    made.tags.add(*tags)
    made.bylines = [
        Byline(author=one, sort_order=number)
        for number, one in enumerate([by] if isinstance(by, Author) else by)
    ]
    magazine.add_child(instance=made)
    revision = made.save_revision()
    if live:
        revision.publish()
    return Article.objects.get(pk=made.pk)


def issue(title=None, articles=(), *, magazine=None, **fields):
    """A published issue with articles in this order."""
    magazine = magazine or Magazine.objects.first() or globals()["magazine"]()
    fields.setdefault("title", title or f"Numéro {next(numbers)}")
    made = Issue(**fields)
    made.entries = [
        IssueEntry(article=one, sort_order=number) for number, one in enumerate(articles)
    ]
    magazine.add_child(instance=made)
    made.save_revision().publish()
    return Issue.objects.get(pk=made.pk)


def blog_import(title, owner, magazine, state="pret", **fields):
    """An old blog with one article, which its owner has not brought in yet."""
    run = BlogImport.objects.create(
        owner=owner, magazine=magazine, name=f"{title}.xml", title=title, state=state, **fields
    )
    run.lines.create(
        position=0,
        key="0" * 64,
        title=f"{title} 1",
        plan="cree",
        original=Original(title=f"{title} 1", html="<p>Un vieux texte.</p>").as_json(),
    )
    return run


def photo(title=None, size=(64, 48), **fields):
    """A photo of one colour; `size` in pixels."""
    file = io.BytesIO()
    Image.new("RGB", size, "olive").save(file, "PNG")
    fields["file"] = ContentFile(file.getvalue(), name="photo.png")
    return Photo.objects.create(title=title or f"Photo no {next(numbers)}", **fields)
