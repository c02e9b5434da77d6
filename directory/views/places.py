"""Pages that stay: a commune, a category, a category in a commune, and the list of communes."""

from django.core.exceptions import ValidationError
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import urlencode

from directory import geometry
from directory.models import Commune, Listing
from directory.search import results as search_results
from directory.search.criteria import Criteria
from directory.search.facets import facet
from directory.search.form import SearchForm
from directory.tree import category_tree
from home.templatetags.french import pluriel

NEIGHBOURS = 12
NEIGHBOUR_KM = 15


def communes(request):
    """All communes that have a listing."""
    with_listings = communes_shown().order_by("folded")
    return render(request, "directory/communes.html", {"communes": with_listings})


def communes_shown(chosen=None):
    """Communes with `shown`, the number of listings on their page; none without any.

    Those that deliver there or pass through count, as they do on the page. `chosen` is a category
    to keep to, or None.
    """
    listings = Listing.objects.public().trading().order_by()
    listings = listings.in_category(chosen) if chosen else listings
    served = Listing.serves.through.objects.filter(listing__in=listings)
    elsewhere = served.exclude(listing__commune=F("commune"))
    # The few that have any first: to count for each commune of a country would take long.
    found = Q(pk__in=listings.values("commune")) | Q(pk__in=served.values("commune"))
    return Commune.objects.filter(found).annotate(
        shown=counted(listings.filter(commune=OuterRef("pk")))
        + counted(elsewhere.filter(commune=OuterRef("pk")))
    )


def counted(rows):
    """How many rows there are, for the commune outside."""
    each = rows.order_by().values("commune").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(each), 0)


def commune(request, slug, category=None):
    """What there is in a commune, of one category or of all."""
    here = get_object_or_404(Commune, slug=slug)
    chosen = known_category(category) if category else None
    criteria = Criteria(commune=here, category=chosen, page=asked_page(request))
    results = search_results.search(criteria)

    def address(category):
        if category is None:
            return reverse("directory:commune", args=[here.slug])
        return reverse("directory:commune_category", args=[here.slug, category.slug])

    what = chosen.name if chosen else "Producteurs, commerces et créateurs"
    number = results.total
    page = {
        "name": chosen.name if chosen else here.label,
        "title": f"{chosen.name} à {here.name}" if chosen else f"{here.name} : qui vend, qui fait",
        "heading": f"{chosen.name} à {here.name}" if chosen else here.label,
        "lead": f"{number} adresse{pluriel(number)} à {here.name} ({here.main_postal_code}).",
        "description": f"{what} à {here.name} : {number} adresse{pluriel(number)}, avec horaires.",
        "crumbs": [("Communes", reverse("directory:communes"))]
        + ([(here.label, address(None))] if chosen else []),
        "search": urlencode({"ou": here.label} | ({"categorie": chosen.slug} if chosen else {})),
        "facet_title": "Par famille",
        "nothing": f"Personne encore à {here.name}. Cherchez autour, ou dites-nous qui manque.",
        "neighbours_title": "Les communes voisines",
    }
    return show(request, page, criteria, results, address, neighbours(here))


def category(request, slug):
    """Everybody of a trade or a family, wherever they are."""
    chosen = known_category(slug)
    criteria = Criteria(category=chosen, page=asked_page(request))
    results = search_results.search(criteria)
    number = results.total
    crumbs = [(chosen.parent.name, chosen.parent.get_absolute_url())] if chosen.parent else []
    page = {
        "name": chosen.name,
        "title": chosen.name,
        "heading": chosen.name,
        "lead": f"{number} adresse{pluriel(number)}.",
        "description": f"{chosen.name} : {number} adresse{pluriel(number)}, avec horaires.",
        "crumbs": crumbs,
        "search": urlencode({"categorie": chosen.slug}),
        "facet_title": "Par métier",
        "nothing": "Personne encore dans cette catégorie.",
        "neighbours_title": "Par commune",
    }

    def address(category):
        return (category or chosen).get_absolute_url()

    return show(request, page, criteria, results, address, by_commune(chosen))


def show(request, page, criteria, results, address, index):
    """The template that communes and categories share."""
    context = {
        "place_page": page,
        "criteria": criteria,
        "results": results,
        "facet": facet(results.counts, criteria, address),
        "neighbours": index,
    }
    return render(request, "directory/place.html", context)


def known_category(slug):
    """Return the category; raises `Http404`."""
    found = category_tree().by_slug.get(slug)
    if not found:
        raise Http404
    return found


def asked_page(request):
    """The page number in the address; raises `Http404` for what is none."""
    try:
        return SearchForm.base_fields["page"].clean(request.GET.get("page")) or 1
    except ValidationError:
        raise Http404 from None


def neighbours(here):
    """The nearest other communes with listings: [(name, address, count)]."""
    west, south, east, north = geometry.box_around(here.lat, here.lng, NEIGHBOUR_KM)
    around = (
        communes_shown()
        .filter(lat__range=(south, north), lng__range=(west, east))
        .exclude(pk=here.pk)
    )
    nearest = sorted(
        around, key=lambda other: geometry.distance_km(here.lat, here.lng, other.lat, other.lng)
    )[:NEIGHBOURS]
    return [
        (other.label, reverse("directory:commune", args=[other.slug]), other.shown)
        for other in sorted(nearest, key=lambda other: other.folded)
    ]


def by_commune(chosen):
    """Where a category is found: [(commune, address of both, count)]."""
    return [
        (
            place.label,
            reverse("directory:commune_category", args=[place.slug, chosen.slug]),
            place.shown,
        )
        for place in communes_shown(chosen).order_by("folded")
    ]
