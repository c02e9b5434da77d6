"""The list with a thousand cases of each kind asks the database as often as with ten."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from directory.models import ListingRequest
from directory.moderation import queue, reminding
from home.models import OutgoingMail
from label.models import Claim, Membership, Post
from tests import factories
from tests.label import claiming as cast
from tests.label.claiming import client_of
from tests.label.factories import charter

pytestmark = pytest.mark.django_db
QUEUE = "/gestion/annuaire/demandes/"
FEW, MANY = 10, 1000
KINDS = ("corriger", "proposer", "retirer", "gerer")


def fill(first, last):
    """Cases from number `first` to `last`, of each kind in turn; the higher, the older."""
    now = timezone.now()
    signed = charter()
    listings = factories.listing("La Ferme"), factories.listing("Le Four")
    people = [factories.user(f"p{first}-{number}@example.org") for number in range(2)]
    numbers = range(first, last)
    when = {number: now - timedelta(hours=number) for number in numbers}
    ListingRequest.objects.bulk_create(
        ListingRequest(kind=KINDS[n % 4], listing=listings[n % 2], listing_name=f"Fiche {n}")
        for n in numbers
    )
    for case in ListingRequest.objects.filter(listing__in=listings):
        case.created_at = when[int(case.listing_name.split()[1])]
        case.save(update_fields=["created_at"])
    Claim.objects.bulk_create(
        Claim(
            number=f"G-{n}",
            listing_name=f"Gestion {n}",
            user=people[n % 2],
            state=Claim.State.WAITING,
            submitted_at=when[n],
            expires_at=now,
        )
        for n in numbers
    )
    Membership.objects.bulk_create(
        Membership(holder=f"Atelier {n}", slug=f"atelier-{n}", charter=signed, signed_at=when[n])
        for n in numbers
    )
    Post.objects.bulk_create(
        Post(text=f"Mot {n}", author=people[n % 2], listing=listings[n % 2], created_at=when[n])
        for n in numbers
    )


def asks(action):
    """How many queries something takes."""
    with CaptureQueriesContext(connection) as asked:
        action()
    return len(asked)


def test_neither_list_nor_case_nor_mail_asks_more_for_many():
    monique = cast.volunteer()
    desk = client_of(monique)
    fill(0, FEW)
    pages = {
        "list": (QUEUE, {}),
        "end of the list": (QUEUE, {"p": "9999"}),
        "one kind": (QUEUE, {"genre": "corriger"}),
        "handled": (QUEUE, {"etat": "traitees"}),
        "first page": ("/gestion/", {}),
        "request": (
            reverse("directory_admin:request", args=[ListingRequest.objects.first().pk]),
            {},
        ),
        "claim": (reverse("label_admin:claim", args=[Claim.objects.first().pk]), {}),
        "signature": (reverse("label_admin:member", args=[Membership.objects.first().pk]), {}),
        "post": (reverse("label_admin:post", args=[Post.objects.first().pk]), {}),
    }
    for path, query in pages.values():
        desk.get(path, query)
    few = {name: asks(lambda page=page: desk.get(*page)) for name, page in pages.items()}
    few["mail"] = asks(reminding.remind)
    fill(FEW, MANY)
    for path, query in pages.values():
        desk.get(path, query)
    many = {name: asks(lambda page=page: desk.get(*page)) for name, page in pages.items()}
    reminding.caches["counters"].clear()
    many["mail"] = asks(reminding.remind)
    # The list's second page is there now, and asks what the first one asks.
    assert {name: (few[name], count) for name, count in many.items() if count > few[name]} == {}
    assert few["list"] <= 40

    count, days = queue.summary()
    assert (count, days) == (4 * MANY, (MANY - 1) // 24)
    told = OutgoingMail.objects.order_by("-pk")[0]
    assert told.subject == f"{4 * MANY} demandes à traiter"
    for label in ("Proposition", "Correction", "Gérer la fiche", "Retirer la fiche"):
        assert f"- {label} : {MANY // 4}\n" in told.body
    for label in ("Gestion", "Label", "Publication"):
        assert f"- {label} : {MANY}\n" in told.body


def test_later_reaches_the_last_of_many():
    fill(0, 60)
    first, when = queue.following(""), None
    seen, address = 0, first
    entries = {entry.url: entry for entry in queue.Lines(queue.WAITING, "")[slice(0, 2000)]}
    while address:
        assert when is None or entries[address].when >= when
        seen, when = seen + 1, entries[address].when
        address = queue.following(address, when)
    assert seen == len(entries) == 240
