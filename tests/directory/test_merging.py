"""Two listings become one and nothing is lost."""

from datetime import date

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone

from directory.models import (
    FormerSlug,
    HoursException,
    Listing,
    ListingLink,
    ListingPhoto,
    ListingRequest,
    ListingSource,
    MarketStand,
    NotDuplicate,
)
from directory.moderation.merging import BOTH, DROP, KEEP, MergeError, merge
from directory.moderation.moving import JOINED
from home.models import Photo, SearchEntry
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def odile():
    """Who merges."""
    return factories.user("odile@example.org")


def photo(title):
    """A photo without a picture behind it."""
    return Photo.objects.bulk_create([Photo(title=title, file=f"{title}.jpg", width=1, height=1)])[
        0
    ]


def source(listing, number, **values):
    """A source that said so of a listing."""
    return ListingSource.objects.create(
        listing=listing,
        source="Mairie",
        source_id=number,
        licence="x",
        imported_values=values,
        retrieved_at=timezone.now(),
    )


def full(name, market, **fields):
    """A listing with one of everything that can hang on it, named after it."""
    listing = factories.listing(name, **fields)
    listing.tags.add("commun", f"tag {name}")
    listing.products.add("chèvre", f"produit {name}")
    listing.links.add(ListingLink(label="Commun", url="https://a.example"))
    listing.links.add(ListingLink(label=name, url="https://b.example"))
    listing.exceptions.add(HoursException(start=date(2026, 12, 24), end=date(2026, 12, 25)))
    listing.exceptions.add(HoursException(start=date(2026, 8, 1), end=date(2026, 8, 2), note=name))
    listing.stands.add(MarketStand(market=market), MarketStand(place=name))
    listing.save()
    source(listing, name)
    FormerSlug.objects.create(slug=f"ancien-{listing.slug}", listing=listing)
    ListingRequest.objects.create(listing=listing, listing_name=name, kind="corriger", message="x")
    return listing


def content(*listings):
    """All that hangs on some listings, as sets."""
    pks = [listing.pk for listing in listings]
    found = Listing.objects.filter(pk__in=pks)
    return {
        "tags": {tag.name for listing in found for tag in listing.tags.all()},
        "products": {tag.name for listing in found for tag in listing.products.all()},
        "links": set(ListingLink.objects.filter(listing__in=pks).values_list("label", "url")),
        "exceptions": set(
            HoursException.objects.filter(listing__in=pks).values_list("start", "note")
        ),
        "stands": set(MarketStand.objects.filter(listing__in=pks).values_list("market", "place")),
        "sources": set(ListingSource.objects.filter(listing__in=pks).values_list("source_id")),
        "slugs": set(FormerSlug.objects.filter(listing__in=pks).values_list("slug")),
        "requests": set(ListingRequest.objects.filter(listing__in=pks).values_list("pk")),
        "serves": {commune.pk for listing in found for commune in listing.serves.all()},
        "categories": {
            category.pk
            for listing in found
            for category in (listing.category, *listing.more_categories.all())
            if category
        },
        "outlets": set(Listing.objects.filter(parent__in=pks).values_list("pk")),
        "photos": set(ListingPhoto.objects.filter(listing__in=pks).values_list("photo")),
    }


@pytest.mark.parametrize("swapped", [False, True])
def test_the_union_of_what_hangs_on_both_stays(categories, client, odile, swapped, monkeypatch):
    monkeypatch.setattr("directory.snapshots.snapshot", lambda listing: {})
    market = factories.listing("Marché", kind="marche")
    keep = full("Une", market, category="cremerie")
    drop = full("Deux", market, category="boulangerie")
    drop.more_categories.add(factories.category("maraicher"))
    drop.serves.add(factories.commune("Houdan"))
    ListingPhoto.objects.create(listing=drop, photo=photo("b"))
    drop = Listing.objects.get(pk=drop.pk)
    drop.serves.add(factories.commune("Houdan"))
    drop.more_categories.add(factories.category("maraicher"))
    drop.save()
    factories.listing("Succursale", parent=drop)
    if swapped:
        keep, drop = drop, keep
    before, address = content(keep, drop), drop.get_absolute_url()
    dropped_slug = drop.slug

    kept = merge(keep, drop, {}, odile)

    after = content(kept)
    assert after.pop("slugs") == before.pop("slugs") | {(dropped_slug,)}
    assert after == before
    assert kept.links.count() == 3
    assert not Listing.objects.filter(slug=dropped_slug).exists()
    assert not SearchEntry.objects.filter(object_id=drop.pk).exists()
    monkeypatch.undo()
    answer = client.get(address)
    assert (answer.status_code, answer["Location"]) == (301, kept.get_absolute_url())


def test_choices_decide_field_by_field(odile):
    keep = factories.listing("Une", phone="1", email="a@example.org", description="Ici.")
    drop = factories.listing("Deux", phone="2", email="b@example.org", description="Là.")
    kept = merge(keep, drop, {"phone": DROP, "email": KEEP, "description": BOTH}, odile)
    kept.refresh_from_db()
    assert (kept.phone, kept.email, kept.description) == ("2", "a@example.org", "Ici.\n\nLà.")


def test_defaults_fill_what_is_empty_and_prefer_what_a_person_typed(odile):
    keep = factories.listing("Une", website="", phone="01 imported", summary="court")
    source(keep, "1", phone="01 imported", summary="court")
    drop = factories.listing("Une", website="https://a.example", phone="02 typed", summary="long !")
    source(drop, "2", phone="02 wrong", summary="long !")
    kept = merge(keep, drop, {}, odile)
    kept.refresh_from_db()
    assert (kept.website, kept.phone, kept.summary) == (
        "https://a.example",
        "02 typed",
        "long !",
    )


def test_the_last_verified_wins(odile):
    keep = factories.listing("Une", phone="le plus long", verified_on=date(2024, 1, 1))
    drop = factories.listing("Une", phone="2", verified_on=date(2026, 1, 1))
    assert merge(keep, drop, {}, odile).phone == "2"


def test_a_hidden_address_stays_hidden(odile):
    keep = factories.listing("Une", street="")
    drop = factories.listing("Une", street="3 rue du Puits", hide_address=True)
    kept = merge(keep, drop, {}, odile)
    kept.refresh_from_db()
    assert (kept.street, kept.public_street) == ("3 rue du Puits", "")
    assert kept.public_lat == kept.commune.lat


def test_stands_at_a_dropped_market_move_in_drafts_too(odile):
    keep = factories.listing("Marché", kind="marche")
    drop = factories.listing("Le marché", kind="marche")
    holder = factories.listing("Ferme")
    holder.stands.add(MarketStand(market=drop))
    holder.save()
    holder.name = "Ferme neuve"
    draft = holder.save_revision()
    merge(keep, drop, {}, odile)
    assert Listing.objects.get(pk=holder.pk).stands.get().market == keep
    draft.refresh_from_db()
    draft.publish()
    holder = Listing.objects.get(pk=holder.pk)
    assert (holder.name, holder.stands.get().market) == ("Ferme neuve", keep)
    assert holder.snapshot["stands"][0]["slug"] == keep.slug


def test_drafts_of_both_wait_on(odile):
    keep, drop = factories.listing("Une"), factories.listing("Deux")
    keep.phone = "06 39 98 00 01"
    keep.save_revision()
    drop.website = "https://brouillon.example"
    drop.links.add(ListingLink(label="Brouillon", url="https://c.example"))
    drop.save_revision()
    kept = merge(Listing.objects.get(pk=keep.pk), Listing.objects.get(pk=drop.pk), {}, odile)
    kept = Listing.objects.get(pk=kept.pk)
    assert (kept.phone, kept.website) == ("", "")
    draft = kept.get_latest_revision_as_object()
    assert (draft.phone, draft.website) == ("06 39 98 00 01", "https://brouillon.example")
    assert [link.label for link in draft.links.all()] == ["Brouillon"]


def test_the_state_before_is_in_the_history(odile):
    keep = factories.listing("Une", phone="1")
    drop = factories.listing("Deux", phone="2")
    kept = merge(keep, drop, {"phone": DROP, "name": DROP}, odile)
    before, after = kept.revisions.order_by("pk")
    assert before.as_object().phone == "1"
    assert after.as_object().phone == "2"
    before.publish()
    kept = Listing.objects.get(pk=kept.pk)
    assert (kept.name, kept.phone) == ("Une", "1")


def test_a_listing_is_never_merged_with_itself(odile):
    listing = factories.listing()
    with pytest.raises(MergeError, match="elle-même"):
        merge(listing, Listing.objects.get(pk=listing.pk), {}, odile)
    assert Listing.objects.count() == 1


def test_the_second_of_two_at_once_hears_why(odile):
    keep, drop = factories.listing("Une"), factories.listing("Deux")
    late_keep, late_drop = Listing.objects.get(pk=drop.pk), Listing.objects.get(pk=keep.pk)
    merge(keep, drop, {}, odile)
    with pytest.raises(MergeError, match="n’existe plus"):
        merge(late_keep, late_drop, {}, odile)
    assert Listing.objects.count() == 1


def test_a_parent_never_becomes_its_own(odile):
    house = factories.listing("Maison")
    outlet = factories.listing("Succursale", parent=house)
    kept = merge(outlet, house, {}, odile)
    kept.refresh_from_db()
    assert kept.parent is None
    house = factories.listing("Maison")
    outlet = factories.listing("Succursale", parent=house)
    kept = merge(house, outlet, {"parent": DROP}, odile)
    kept.refresh_from_db()
    assert kept.parent is None


def test_what_was_said_of_others_is_said_of_the_kept(odile):
    keep, drop, other = (factories.listing(name) for name in ("Une", "Deux", "Trois"))
    NotDuplicate.note(drop, other)
    NotDuplicate.note(keep, drop)
    merge(keep, drop, {}, odile)
    pair = NotDuplicate.objects.get()
    assert {pair.first, pair.second} == {keep, other}


def test_nothing_is_half_merged(odile, monkeypatch):
    keep, drop = factories.listing("Une", phone="1"), factories.listing("Deux", phone="2")
    monkeypatch.setattr("directory.moderation.merging.settle", lambda *arguments: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        merge(keep, drop, {"phone": DROP}, odile)
    assert Listing.objects.count() == 2
    assert Listing.objects.get(pk=keep.pk).phone == "1"


def test_every_relation_that_is_joined_still_exists():
    relations = {
        relation.get_accessor_name()
        for relation in Listing._meta.related_objects
        if relation.one_to_many
    }
    assert relations >= JOINED


def test_the_page_merges(client, odile):
    odile.groups.add(Group.objects.get(name="Bénévoles"))
    client.force_login(odile)
    keep = factories.listing("Une", phone="1", hours="Sa 09:00-12:00")
    drop = factories.listing("Deux", phone="2")
    url = reverse("directory_admin:merge")
    pair = {"garder": keep.pk, "reunir": drop.pk}
    page = client.get(url, pair).content.decode()
    assert 'name="choix-phone"' in page
    assert "le samedi" in page
    answer = client.post(url, pair | {"choix-phone": "drop", "choix-x": "y"})
    assert f"/edit/{keep.pk}/" in answer["Location"]
    assert Listing.objects.get().phone == "2"
    history = reverse(keep.snippet_viewset.get_url_name("history"), args=[keep.pk])
    assert "Réunie avec « Deux »" in client.get(history).content.decode()
    for nonsense in ({}, {"garder": "x", "reunir": "1"}, {"garder": keep.pk, "reunir": keep.pk}):
        assert client.post(url, nonsense).status_code == 302
    assert Listing.objects.count() == 1
