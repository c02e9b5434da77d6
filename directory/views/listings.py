"""/annuaire/fiche/…: one listing, its contact card, its QR code."""

import io

import segno
from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from directory import card_markup, cards, listing_page
from directory.models import Commune, FormerSlug, Listing, Tombstone
from directory.nearby import nearby
from directory.tree import category_tree
from directory.vcards import as_vcard
from home import social_card
from home.prepared import Prepared
from home.versions import remembered_by

PUBLIC_LISTING = Prepared(lambda slug: Listing.objects.public().filter(slug=slug).order_by())


def listing(request, slug):
    """A listing's page; a former address redirects, a removed listing answers 410."""
    [found] = PUBLIC_LISTING.models(slug) or [None]
    if not found:
        return elsewhere(request, slug, "directory:listing")
    found.category = category_tree().by_pk.get(found.category_id)
    found.commune = commune_of(found)
    now = timezone.now()
    context = {
        "listing": found,
        "nearby": cards.of(nearby(found), now, listing_page.point_of(found)),
    }
    return render(request, "directory/listing.html", context)


def commune_of(found):
    """The commune of a listing, read once per content version."""
    insee = found.commune_id
    return insee and remembered_by(insee, "communes", lambda: Commune.objects.get(pk=insee))


def card(request, slug):
    """The card that lists show, alone: for a map's pin that is not on the list's page."""
    found = cards.make(Listing.objects.public().filter(slug=slug), timezone.now())
    if not found:
        return elsewhere(request, slug, "directory:card")
    response = HttpResponse(card_markup.markup(found[0]))
    response["X-Robots-Tag"] = "noindex"
    return response


def vcard(request, slug):
    """The contact card, for the telephone's address book."""
    found = public_listing(slug)
    if not found:
        return elsewhere(request, slug, "directory:vcard")
    response = HttpResponse(as_vcard(found), content_type="text/vcard; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{found.slug}.vcf"'
    return response


def qr(request, slug):
    """A QR code that leads to the listing, to print."""
    found = public_listing(slug)
    if not found:
        return elsewhere(request, slug, "directory:qr")
    image = io.BytesIO()
    code = segno.make(settings.SITE_URL + found.get_absolute_url(), error="m")
    code.save(image, kind="svg", scale=8, border=4, xmldecl=True, title=found.name)
    return HttpResponse(image.getvalue(), content_type="image/svg+xml")


def drawn_card(request, slug):
    """What a link to a listing without photo looks like where it is shared: a PNG."""
    found = public_listing(slug)
    if not found:
        return elsewhere(request, slug, "directory:drawn_card")
    trade = category_tree().by_pk.get(found.category_id)
    detail = " · ".join(str(part) for part in (trade and trade.name, found.commune) if part)
    return social_card.answer(found.name, detail, is_member=found.labelled)


def public_listing(slug):
    """The published listing with this slug, or None."""
    return Listing.objects.public().select_related("commune").filter(slug=slug).first()


def elsewhere(request, slug, name):
    """Where a listing went that is not at this address: redirect, 410, or `Http404`."""
    former = FormerSlug.objects.select_related("listing").filter(slug=slug).first()
    if former and former.listing.live:
        return redirect(reverse(name, args=[former.listing.slug]), permanent=True)
    if Tombstone.objects.filter(slug=slug).exists():
        return render(request, "directory/gone.html", status=410)
    raise Http404
