"""Magazines: an article with its photos, those beside it, a magazine's page."""

import json
from collections.abc import Iterator

from django.db import transaction

from benchmarks.bench import Bench
from benchmarks.row import Row, at_most
from benchmarks.rows.pictures import keep, photo
from benchmarks.visit import queries_of
from directory.models import Listing
from home.models import HomePage
from webmag.models import (
    Article,
    ArticleListing,
    Author,
    Byline,
    Magazine,
    MagazineIndex,
    Section,
)

PEER_ARTICLE_MS = 51
NUMBER = 24
SMALL = (800, 600)
PARAGRAPH = "Le four chauffe depuis quatre heures, et le village dort encore. " * 12
SLUG = "mesure"


def articles(bench: Bench) -> Iterator[Row]:
    """A magazine of two dozen articles, each on two listings, with photos in the text."""
    if not Magazine.objects.exists():
        plant()
    addresses = [f"/magazines/{SLUG}/article-{number}/" for number in range(NUMBER)]
    count = max(len(queries_of(bench.visitor, address)) for address in addresses)
    row = bench.first_view("article", "article, première vue", addresses)
    row.facts |= {"queries": count, "pages": len(addresses)}
    yield row.promise(
        at_most(10, count, "requêtes"),
        at_most(30, row.ratio, "×"),
        at_most(round(PEER_ARTICLE_MS / 5, 1), row.ours.median, "ms"),
    )
    row = bench.again("article-cached", "article, en cache", addresses[0])
    yield row.promise(at_most(2, row.ratio, "×"))
    address = f"/magazines/{SLUG}/"
    row = bench.first_view("article-magazine", "magazine, première vue", [address])
    row.facts["queries"] = len(queries_of(bench.visitor, address))
    yield row


@transaction.atomic
def plant() -> None:
    """The magazine."""
    picture = keep(photo(*SMALL), *SMALL, title="Article", credit="Mesure")
    index = HomePage.objects.get().add_child(
        instance=MagazineIndex(title="Magazines", slug="magazines")
    )
    magazine = Magazine(title="La Mesure", slug=SLUG, cover=picture)
    magazine.sections = [Section(name="Portraits", slug="portraits")]
    index.add_child(instance=magazine)
    magazine.save_revision().publish()
    author = Author.objects.create(name="Une plume", about="Elle écrit.")
    listings = list(Listing.objects.public().select_related("commune").order_by("pk")[:NUMBER])
    for number in range(NUMBER):
        two = listings[number : number + 2] or listings[:2]
        magazine.add_child(instance=one(number, picture, author, two, magazine))
    for article in Article.objects.child_of(magazine):
        article.save_revision().publish()


def one(number, picture, author, listings, magazine) -> Article:
    """One article: three headings with text, two photos, tags, communes, listings."""
    text = {"type": "text", "value": f"<p>{PARAGRAPH}</p>"}
    shown = {"type": "photo", "value": {"photo": picture.pk, "caption": "Le four"}}
    heading = {"type": "heading", "value": "Au fournil"}
    article = Article(
        title=f"Article {number}",
        slug=f"article-{number}",
        live=False,
        standfirst="Il est cinq heures.",
        main_image=picture,
        section=magazine.sections.first(),
        body=json.dumps([text, shown, heading, text, heading, shown, text]),
    )
    article.tags.add("pain", f"thème {number % 5}")
    article.communes = [listing.commune for listing in listings if listing.commune]
    article.bylines = [Byline(author=author)]
    article.about = [ArticleListing(listing=listing) for listing in listings]
    return article
