"""The demo's magazines: who writes them, their articles in every state, an issue.

Everything goes through the pages' own doors, as if somebody had typed and published it; only the
dates are put back afterwards. Nobody has an account here: config/demo/accounts.py joins some.
"""

from datetime import datetime, time

from django.core.files import File
from django.db import transaction
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.models import Page, ReferenceIndex
from wagtail.signal_handlers import disable_reference_index_auto_update

from config.demo import reviewing
from config.demo.bodies import Shelf, body, rich
from config.demo.loading import HERE, day, read
from directory.models import Commune, Listing
from home.models import HomePage, Photo
from webmag.models import (
    Article,
    ArticleListing,
    Author,
    Byline,
    Issue,
    IssueEntry,
    Magazine,
    MagazineIndex,
    Role,
    Section,
)

EARLY = time(7, 30)


@transaction.atomic
def load_magazines(photos):
    """Make authors, magazines, articles and issues; returns how many articles."""
    today = timezone.localdate()
    authors = load_authors(photos)
    index = the_index()
    magazines = {
        row["slug"]: make_magazine(row, index, photos, authors) for row in read("magazines.json")
    }
    shelf = Shelf(photos, {one.slug: one for one in Listing.objects.all()}, load_files())
    # Each tag and byline would note anew what its article refers to: once at the end is enough.
    with disable_reference_index_auto_update():
        articles = {
            row["slug"]: make_article(row, magazines[row["magazine"]], shelf, authors, today)
            for row in article_rows()
        }
        issues = [
            make_issue(row, magazines[row["magazine"]], articles, photos, today)
            for row in read("issues.json")
        ]
    for page in (*articles.values(), *issues):
        ReferenceIndex.create_or_update_for_object(page)
    share_photos(magazines.values())
    return len(articles)


def article_rows():
    """All articles of the demo, oldest first: lists with one date keep this order."""
    rows = [read(f"articles/{path.name}") for path in sorted((HERE / "articles").glob("*.json"))]
    return sorted(rows, key=lambda row: int(row["day"].removesuffix("d")))


def load_authors(photos):
    """Return {slug: author} of those who write."""
    rows = read("authors.json")
    communes = Commune.objects.in_bulk({code for row in rows for code in row["covers"]})
    authors = {}
    for row in rows:
        author = Author.objects.create(
            name=row["name"],
            slug=row["slug"],
            about=row["about"],
            photo=photos.get(row["photo"]),
        )
        author.covers.set(communes[code] for code in row["covers"] if code in communes)
        authors[row["slug"]] = author
    return authors


def load_files():
    """Return {name: file} of what articles offer to take away."""
    files = {}
    for name, title in read("files/titles.json").items():
        with (HERE / "files" / name).open("rb") as file:
            files[name] = get_document_model().objects.create(
                title=title, file=File(file, name=name)
            )
    return files


def the_index():
    """The page above all magazines."""
    found = MagazineIndex.objects.first()
    home = HomePage.objects.get()
    return found or home.add_child(instance=MagazineIndex(title="Magazines", slug="magazines"))


def make_magazine(row, index, photos, authors):
    """A magazine with its sections and its team."""
    magazine = Magazine(
        title=row["title"],
        slug=row["slug"],
        line=row["line"],
        colour=row["colour"],
        cover=photos.get(row["cover"]),
        about=rich(row["about"]),
        search_description=row["line"],
    )
    magazine.sections = [
        Section(sort_order=number, **section) for number, section in enumerate(row["sections"])
    ]
    index.add_child(instance=magazine)
    magazine.save_revision().publish()
    for slug, kind in row["team"].items():
        Role.objects.create(magazine=magazine, author=authors[slug], kind=kind)
    return Magazine.objects.get(pk=magazine.pk)


def make_article(row, magazine, shelf, authors, today):
    """An article, in the state in which the demo wants it."""
    article = Article(
        title=row["title"],
        slug=row["slug"],
        live=False,
        standfirst=row["standfirst"],
        main_image=shelf.photos.get(row["main_image"]),
        main_caption=row["main_caption"],
        section=magazine.sections.get(slug=row["section"]),
        updated_on=day(row.get("updated_on"), today),
        body=body(row["body"], shelf),
    )
    article.tags.add(*row["tags"])
    article.communes = Commune.objects.filter(pk__in=row["communes"])
    article.about = [
        ArticleListing(listing=shelf.listings[slug], sort_order=number)
        for number, slug in enumerate(row["listings"])
    ]
    article.bylines = [
        Byline(author=authors[slug], part=part, sort_order=number)
        for number, (slug, part) in enumerate(row["by"].items())
    ]
    when = moment(row["day"], today)
    magazine.add_child(instance=article)
    reviewing.bring_to(row["state"], article, when, row.get("reasons", ""))
    return Article.objects.get(pk=article.pk)


def make_issue(row, magazine, articles, photos, today):
    """A published issue with its articles in order."""
    when = moment(row["day"], today)
    issue = Issue(
        title=row["title"],
        slug=row["slug"],
        number=row["number"],
        date=when.date(),
        cover=photos.get(row["cover"]),
        editorial=rich(row["editorial"]),
        signed_by=row["signed_by"],
    )
    issue.entries = [
        IssueEntry(article=articles[slug], sort_order=number)
        for number, slug in enumerate(row["contents"])
    ]
    magazine.add_child(instance=issue)
    reviewing.bring_to("published", issue, when)
    return Issue.objects.get(pk=issue.pk)


def moment(text, today):
    """The early morning of a day such as « -12d »."""
    return timezone.make_aware(datetime.combine(day(text, today), EARLY))


def share_photos(magazines):
    """Put the pictures of its articles within reach of each magazine's editors.

    A photo lies in one collection only: one that two magazines show goes to the first.
    """
    free = Photo.objects.filter(collection__depth=1)
    for magazine in magazines:
        pages = Page.objects.child_of(magazine)
        used = Article.objects.filter(pk__in=pages).values("main_image")
        free.filter(pk__in=list(used.values_list("main_image", flat=True))).update(
            collection=magazine.photos
        )
