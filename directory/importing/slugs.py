"""Slugs for many new listings at once, by the same rule as `Listing.free_slug`."""

from collections.abc import Iterable

from django.utils.text import slugify

from directory.models import FormerSlug, Listing, Tombstone

SPANS = (range(2), range(2, 10), range(10, 100), range(100, 1000))


def give_slugs(listings: list[Listing]) -> None:
    """Give each listing without a slug the first free one: name, with commune, with a number."""
    waiting = [listing for listing in listings if not listing.slug]
    taken = {listing.slug for listing in listings if listing.slug}
    for span in SPANS:
        offers = [(listing, list(_offers(listing, span))) for listing in waiting]
        taken |= slugs_in_use({slug for _, slugs in offers for slug in slugs})
        waiting = []
        for listing, slugs in offers:
            listing.slug = next((slug for slug in slugs if slug not in taken), "")
            taken.add(listing.slug)
            if not listing.slug:
                waiting.append(listing)
    for listing in waiting:
        listing.slug = listing.free_slug()


def _offers(listing: Listing, numbers: range) -> Iterable[str]:
    """The slugs number 0 (name), 1 (name and commune), 2 … (with the number)."""
    from_name = slugify(listing.name)[:120] or "fiche"
    with_commune = slugify(f"{listing.name} {listing.commune or ''}")[:130] or from_name
    for number in numbers:
        if number == 0:
            yield from_name
        elif number == 1:
            yield with_commune
        else:
            yield f"{with_commune}-{number}"


def slugs_in_use(slugs: set[str]) -> set[str]:
    """Those of the slugs that a listing has or had, or that were removed for good."""
    wanted = list(slugs)
    found: set[str] = set()
    for start in range(0, len(wanted), 5000):
        part = wanted[start : start + 5000]
        for model in (Listing, FormerSlug, Tombstone):
            found |= set(model.objects.filter(slug__in=part).values_list("slug", flat=True))
    return found
