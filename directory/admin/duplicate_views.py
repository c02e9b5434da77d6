"""« Doublons possibles » : two listings side by side, to be made one or left two."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.views.decorators.http import require_POST
from wagtail.admin.auth import permission_required

from directory import hours
from directory.admin.deciding import crumbs
from directory.models import Listing, NotDuplicate
from directory.models.listings import PAYMENT_MEANS
from directory.moderation import merging
from directory.moderation.duplicates import possible_duplicates

PER_PAGE = 20
MERGE = "directory.publish_listing"
SHOWN = ("Genre", "Métier", "Commune", "Rue", "Téléphone", "Site", "Horaires", "Vérifiée", "État")


@permission_required("directory.change_listing")
def duplicates(request):
    """The pairs, the likeliest first."""
    page = Paginator(possible_duplicates(), PER_PAGE).get_page(request.GET.get("p"))
    keys = {pk for pair in page for pk in (pair.first, pair.second)}
    listings = Listing.objects.select_related("category", "commune").in_bulk(keys)
    rows = [
        {
            "pair": pair,
            "one": listings[pair.first],
            "other": listings[pair.second],
            "facts": facts(listings[pair.first], listings[pair.second]),
        }
        for pair in page
    ]
    context = {
        "page": page,
        "rows": rows,
        "edit_name": Listing.snippet_viewset.get_url_name("edit"),
        "can_merge": request.user.has_perm(MERGE),
        "breadcrumbs_items": crumbs(("", "Doublons possibles")),
        "header_title": "Doublons possibles",
        "header_icon": "copy",
    }
    return render(request, "directory/admin/duplicates.html", context)


def facts(one, other):
    """What tells two listings apart, as (label, one's, other's, whether equal)."""
    pairs = zip(SHOWN, said(one), said(other), strict=True)
    return [
        (label, mine, theirs, mine == theirs) for label, mine, theirs in pairs if mine or theirs
    ]


def said(listing):
    """A listing's facts as text, in the order of `SHOWN`."""
    return (
        listing.get_kind_display(),
        str(listing.category or ""),
        str(listing.commune or ""),
        listing.street,
        listing.phone,
        listing.website,
        hours.describe(listing.hours) if listing.hours else "",
        date_format(listing.verified_on, "j F Y") if listing.verified_on else "",
        "Publiée" if listing.live else "Brouillon",
    )


@permission_required("directory.change_listing")
@require_POST
def not_a_duplicate(request):
    """Remember that they are two."""
    one, other = two_of(request.POST)
    if one and other and one != other:
        NotDuplicate.note(one, other)
        messages.success(request, f"Noté : « {one} » et « {other} » sont deux fiches.")
    else:
        messages.warning(request, "L’une des deux fiches n’existe plus.")
    return redirect("directory_admin:duplicates")


@permission_required(MERGE)
def merge(request):
    """Choose what stays (`garder` and `reunir` are the two listings), then make them one."""
    given = request.POST if request.method == "POST" else request.GET
    keep, drop = two_of(given, "garder", "reunir")
    if not keep or not drop or keep == drop:
        messages.warning(request, "Choisissez deux fiches différentes, qui existent encore.")
        return redirect("directory_admin:duplicates")
    if request.method == "POST":
        choices = {
            key.removeprefix("choix-"): value
            for key, value in request.POST.items()
            if key.startswith("choix-")
        }
        try:
            kept = merging.merge(keep, drop, choices, request.user)
        except merging.MergeError as error:
            messages.error(request, str(error))
            return redirect("directory_admin:duplicates")
        messages.success(
            request, f"« {drop.name} » est réunie avec « {kept.name} » ; son adresse y mène."
        )
        return redirect(kept.snippet_viewset.get_url_name("edit"), kept.pk)
    context = {
        "keep": keep,
        "drop": drop,
        "groups": [row_of(keep, drop, group) for group in merging.differing(keep, drop)],
        "joined": joined(keep, drop),
        "breadcrumbs_items": crumbs(
            (reverse("directory_admin:duplicates"), "Doublons possibles"), ("", "Réunir")
        ),
        "header_title": "Réunir deux fiches",
        "header_icon": "copy",
    }
    return render(request, "directory/admin/merge.html", context)


def two_of(given, first="one", second="other"):
    """The two listings that a request names; None for those that don't exist."""
    listings = Listing.objects.select_related("category", "commune", "parent")
    return tuple(
        listings.filter(pk=int(value)).first() if value.isdecimal() and len(value) < 15 else None
        for value in (given.get(first, ""), given.get(second, ""))
    )


def row_of(keep, drop, group):
    """One choice: (group, what each says, the default)."""
    return {
        "group": group,
        "sides": [
            (merging.KEEP, worded(keep, group)),
            (merging.DROP, worded(drop, group)),
            *([(merging.BOTH, "Les deux textes, l’un après l’autre")] if group.joins else []),
        ],
        "chosen": merging.default_choice(keep, drop, group),
    }


def worded(listing, group):
    """What a listing says in a group of fields, in French."""
    if group.key == "point":
        return f"{listing.lat:.5f}, {listing.lng:.5f}" if listing.lat is not None else ""
    if group.key == "live":
        return "Publiée" if listing.live else "Brouillon"
    if group.key == "itinerant":
        return "Oui" if listing.itinerant else "Non"
    if group.key == "visits":
        hidden = ", adresse cachée" if listing.hide_address else ""
        return f"{listing.get_visits_display()}{hidden}"
    if group.key == "hours" and listing.hours:
        return " · ".join(filter(None, [hours.describe(listing.hours), listing.hours_note]))
    return " · ".join(filter(None, (text_of(listing, field) for field in group.fields)))


def text_of(listing, field):
    """One value as text."""
    value = getattr(listing, field)
    if field == "payment":
        return ", ".join(PAYMENT_MEANS.get(code, code) for code in value)
    if field == "verified_on":
        return date_format(value, "j F Y") if value else ""
    display = getattr(listing, f"get_{field}_display", None)
    return str(display() if display else value or "")


def joined(keep, drop):
    """What the dropped listing brings along, as sentences."""
    counts = [
        (drop.photos.count(), "photo"),
        (drop.links.count(), "lien"),
        (drop.exceptions.count(), "jour exceptionnel", "jours exceptionnels"),
        (drop.stands.count(), "présence sur un marché", "présences sur un marché"),
        (drop.stand_holders.count(), "exposant"),
        (drop.products.count() + drop.tags.count(), "étiquette"),
        (drop.sources.count(), "source"),
        (drop.requests.count(), "demande de visiteur", "demandes de visiteurs"),
        (drop.outlets.count(), "point de vente", "points de vente"),
        (drop.former_slugs.count() + 1, "adresse qui redirige", "adresses qui redirigent"),
    ]
    return [
        f"{count} {one if count == 1 else (plural[0] if plural else one + 's')}"
        for count, one, *plural in counts
        if count
    ]
