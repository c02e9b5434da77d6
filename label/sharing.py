"""Publications that their own author hands in, by a link from the telephone."""

from dataclasses import replace

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape, linebreaks, strip_tags

from label import hashtags, items, writing
from label.collecting import links, storing, wanted
from label.collecting.canonical import canonical, host_of
from label.collecting.entries import Entry
from label.models import Item, Source

AGREED = "Confiée par la personne elle-même"
TAKEN_DOWN = "Retirée par la personne elle-même"


def hand_in(user, listing, link: str, text: str, photo=None, tag: str = "") -> Item:
    """Keep a publication by its address; returns it, new or as it was already known.

    A member's appears at once, anybody else's waits for a volunteer. Without words the page is
    asked for its own: raises `FetchError` or `ValueError`, with a sentence for the person, where
    it does not give any.
    """
    entry = in_own_words(link, text) if text.strip() else links.read_link(link)
    entry = replace(entry, canonical=canonical(links.settled(entry.canonical)))
    words = hashtags.tags_in(f"{entry.title}\n{strip_tags(entry.html)}")
    tags = dict.fromkeys([*([tag] if tag else []), *(entry.tags or ()), *words])
    source = source_of(user, listing)
    today = wanted.words()
    ready = storing.prepare(source, [replace(entry, tags=tuple(tags))], today)
    if not any(one.words for one in ready):
        raise ValueError("Cette adresse n’est pas celle d’une publication.")
    with transaction.atomic():
        storing.store(source, ready, today, timezone.now())
        item = Item.objects.filter(canonical_uri=entry.canonical).first()
        if not item:
            raise ValueError("Son auteur ne veut pas qu’elle soit reprise ici.")
        if photo and not item.photo_id:
            item.photo, item.photo_due_at = photo, None
            item.save(update_fields=["photo", "photo_due_at"])
    return item


def items_of(user):
    """What came from elsewhere for the listings and memberships that somebody looks after."""
    theirs = Q(listing__managers__user=user) | Q(membership__user=user)
    return Item.objects.filter(theirs).exclude(state=Item.State.GONE).distinct()


def handed_in_by(user):
    """What came by the links of somebody's listing or membership."""
    return Item.objects.filter(
        sightings__source__kind=Source.Kind.LINKS, sightings__source__created_by=user
    ).distinct()


def take_down(item, user):
    """Whoever it belongs to does not want it to stand here any more; it can be put back."""
    return items.refuse(item, user, TAKEN_DOWN)


def put_back(item, user):
    """Undo: only what the same person took down, never what a volunteer did."""
    return item.decided_by_id == user.pk and items.undo(item)


def in_own_words(link: str, text: str) -> Entry:
    """A publication that its author describes; its page is not asked."""
    address = canonical(link)
    return Entry(
        guid=address,
        url=link,
        canonical=address,
        html=linebreaks(escape(text)),
        network=host_of(link),
        published=timezone.now(),
    )


def source_of(user, listing) -> Source:
    """Where the links of a listing, or of a member without one, come from."""
    membership = writing.membership_for(user, listing)
    owner = f"fiche-{listing.pk}" if listing else f"membre-{membership.pk}"
    page = settings.SITE_URL + reverse("space:share")
    trusted = bool(membership) or user.has_perm(writing.DECIDES)
    source, _ = Source.objects.update_or_create(
        url=f"{page}#{owner}",
        defaults={
            "kind": Source.Kind.LINKS,
            "listing": listing,
            "membership": membership,
            "trusted": trusted,
        },
        create_defaults={
            "kind": Source.Kind.LINKS,
            "address": page,
            "title": f"Liens de {listing or membership}"[:200],
            "listing": listing,
            "membership": membership,
            "consent": Source.Consent.GIVEN,
            "consent_on": timezone.localdate(),
            "consent_note": AGREED,
            "trusted": trusted,
            "everything": True,
            "created_by": user,
        },
    )
    return source
