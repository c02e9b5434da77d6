"""The label: a member's page, a local-production page, the list of members."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import cycle, islice

from django.db import transaction
from django.utils import timezone

from benchmarks.bench import Bench
from benchmarks.row import Row, at_most
from benchmarks.rows.pictures import keep, photo
from benchmarks.visit import queries_of
from directory.models import Listing
from home.models import ContentVersion, HomePage, SiteSettings
from label import standing
from label.models import (
    Charter,
    Fact,
    LocalProductionIndex,
    LocalProductionPage,
    Membership,
    Post,
)

# Of the members one in four has no listing; each has told something twice.
MEMBERS, WITHOUT_LISTING, POSTS = 200, 4, 400
ASKED = 24
SMALL = (800, 600)
SLUG = "mesure"
STORY = "La terre vient de la carrière d’à côté, le bois aussi. On ouvre le four le samedi. " * 6


def label(bench: Bench) -> Iterator[Row]:
    """Two hundred members who tell, and a page on which all of it gathers."""
    if not Membership.objects.exists():
        plant()
    yield from members(bench)
    yield from production(bench)
    address = "/label/membres/"
    row = bench.first_view("label-list", "liste des membres, première vue", [address])
    row.facts |= {"queries": len(queries_of(bench.visitor, address)), "members": MEMBERS}
    yield row.promise(at_most(12, row.facts["queries"], "requêtes"))
    yield cached(bench, "label-list-cached", "liste des membres, en cache", address)


def members(bench: Bench) -> Iterator[Row]:
    """Pages of members with a listing and without."""
    slugs = Membership.objects.order_by("pk").values_list("slug", flat=True)[:ASKED]
    addresses = [f"/label/membres/{slug}/" for slug in slugs]
    count = max(len(queries_of(bench.visitor, address)) for address in addresses)
    row = bench.first_view("label", "page d’un membre, première vue", addresses)
    row.facts |= {"queries": count, "pages": len(addresses)}
    yield row.promise(at_most(12, count, "requêtes"), at_most(30, row.ratio, "×"))
    yield cached(bench, "label-cached", "page d’un membre, en cache", addresses[0])


def production(bench: Bench) -> Iterator[Row]:
    """The page « fait ici » that asks for the label's hashtag and nothing else."""
    address = f"/fait-ici/{SLUG}/"
    row = bench.first_view("label-made-here", "page « fait ici », première vue", [address])
    row.facts |= {"queries": len(queries_of(bench.visitor, address)), "gathered": POSTS + MEMBERS}
    yield row.promise(at_most(12, row.facts["queries"], "requêtes"))
    yield cached(bench, "label-made-here-cached", "page « fait ici », en cache", address)


def cached(bench: Bench, name: str, title: str, address: str) -> Row:
    """A page that is in the cache, as goals.md asks of all."""
    row = bench.again(name, title, address)
    return row.promise(at_most(2, row.ratio, "×"))


@transaction.atomic
def plant() -> None:
    """Members, what they tell, and the page on which it stands."""
    picture = keep(photo(*SMALL), *SMALL, title="Label", credit="Mesure")
    charter = Charter.objects.create(title="La charte", text="<p>Fait ici.</p>", published_at=now())
    listings = list(Listing.objects.public().trading().order_by("pk")[:MEMBERS])
    accepted = [
        one(number, listings, charter, picture if number % 3 == 0 else None)
        for number in range(MEMBERS)
    ]
    members = Membership.objects.bulk_create(accepted)
    standing.put_right()
    tell(members, picture)
    index = HomePage.objects.get().add_child(instance=LocalProductionIndex(title="Fait ici"))
    page = LocalProductionPage(title="Mesure", slug=SLUG, standfirst="Tout.", cover=picture)
    index.add_child(instance=page)
    page.save_revision().publish()
    ContentVersion.bump()


def one(number, listings, charter, picture) -> Membership:
    """A member: of a listing while there are some, three times out of four."""
    listing = listings[number] if number % WITHOUT_LISTING and number < len(listings) else None
    place = listings[number % len(listings)]
    return Membership(
        holder=listing.name if listing else f"Atelier {number}",
        slug=f"membre-{number}",
        listing=listing,
        trade_id=None if listing else place.category_id,
        commune_id=None if listing else place.commune_id,
        story=STORY,
        photo=picture,
        charter=charter,
        state=Membership.State.ACTIVE,
        since=timezone.localdate(),
    )


def tell(members, picture) -> None:
    """Posts with the label's hashtag, every second one with a photo, and checked facts."""
    hashtag = SiteSettings.load().hashtag
    for number, member in enumerate(islice(cycle(members), POSTS)):
        Post.objects.create(
            text=f"Four ouvert ce samedi, venez voir https://exemple.example/{number} #{hashtag}",
            listing=member.listing,
            membership=member,
            photo=None if number % 2 else picture,
            state=Post.State.PUBLISHED,
            published_at=now() - timedelta(hours=number),
        )
    Fact.objects.bulk_create(
        Fact(listing=member.listing, kind="marche", on=timezone.localdate())
        for member in members
        if member.listing
    )


def now():
    """This moment."""
    return timezone.now()
