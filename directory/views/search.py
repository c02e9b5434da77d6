"""/annuaire/: a resident looks for something, somewhere."""

from dataclasses import dataclass, field

from django.shortcuts import render
from django.utils import timezone

from directory import hours, map_data
from directory.models import Listing
from directory.places import geocoding
from directory.search import results as search_results
from directory.search.criteria import Criteria
from directory.search.facets import facet
from directory.search.form import DEFAULT_RADIUS_KM, RADII_KM, SearchForm
from directory.tree import category_tree

Order = SearchForm.Order


@dataclass
class Trouble:
    """A place that is not found: what was typed, and communes that it may have meant."""

    text: str
    note: str = ""
    suggestions: list = field(default_factory=list)


def search(request):
    """Results for what the address says; 400 with a message where a value is impossible."""
    form = SearchForm(request.GET)
    valid = form.is_valid()
    criteria, trouble, alternatives = read(form)
    messages = form.messages
    if criteria.category is None and form.cleaned_data.get("categorie"):
        messages.append("Cette catégorie n’existe pas, ou plus : nous cherchons dans toutes.")
    context = {
        "criteria": criteria,
        "trouble": trouble,
        "alternatives": alternatives,
        "messages_about_form": messages,
        "radii": sorted({*RADII_KM, criteria.radius}),
    }
    if not trouble:
        results = search_results.search(criteria)
        context |= {
            "results": results,
            "holiday": hours.holiday_name(timezone.localdate()),
            "facet": facet(results.counts, criteria),
            "sorts": sorts(criteria),
            "active": active_filters(criteria),
            "served": map_data.slugs_counted_as_near(criteria, results),
        }
        context["heading"] = heading(criteria, results)
    else:
        context["heading"] = heading(criteria, None)
    return render(request, "directory/search.html", context, status=200 if valid else 400)


def read(form):
    """Return (criteria, trouble with the place or None, other communes of that name)."""
    cleaned = form.cleaned_data
    place, trouble, alternatives = place_asked(cleaned)
    criteria = Criteria(
        words=cleaned.get("q", ""),
        place=place,
        where=cleaned.get("ou", ""),
        radius=cleaned.get("rayon") or DEFAULT_RADIUS_KM,
        box=cleaned.get("bbox"),
        category=category_tree().by_slug.get(cleaned.get("categorie", "")),
        tag=cleaned.get("etiquette", "").lstrip("#").casefold(),
        kind=cleaned.get("genre", ""),
        labelled=cleaned.get("label", False),
        open_now=cleaned.get("ouvert", False),
        order=cleaned.get("tri", ""),
        on_map=cleaned.get("vue") == "carte",
        page=cleaned.get("page") or 1,
    )
    return criteria, trouble, alternatives


def place_asked(cleaned):
    """Where a form says to look: (place or None, trouble or None, other communes of that name)."""
    where = cleaned.get("ou", "")
    if where:
        answer = geocoding.locate(where)
        trouble = None if answer.place else Trouble(where, answer.note, answer.alternatives)
        return answer.place, trouble, answer.alternatives if answer.place else []
    if cleaned.get("lat") is not None and cleaned.get("lng") is not None:
        return geocoding.here(cleaned["lat"], cleaned["lng"]), None, []
    return None, None, []


def sorts(criteria):
    """The orders that make sense here, with their names."""
    possible = {Order.NAME: True, Order.DISTANCE: criteria.place, Order.RELEVANCE: criteria.words}
    return [(order, label) for order, label in Order.CHOICES if possible[order]]


def active_filters(criteria):
    """Filters that can be taken off again: [(label, address without it)]."""
    found = []
    if criteria.kind:
        found.append((Listing.Kind(criteria.kind).label, f"?{criteria.query(kind='')}"))
    if criteria.tag:
        found.append((f"#{criteria.tag}", f"?{criteria.query(tag='')}"))
    if criteria.box:
        found.append(("Sur la carte", f"?{criteria.query(box=None)}"))
    return found


def heading(criteria, results):
    """The sentences of the page's head: title, summary line, what is counted."""
    what = criteria.words or (criteria.category.name if criteria.category else "")
    where = criteria.place.label if criteria.place else criteria.where
    parts = [what or "Tout l’annuaire", where, f"{criteria.radius:g} km" if where else ""]
    plural = "s" if results and results.total >= 2 else ""
    about = f" pour « {criteria.words} »" if criteria.words else ""
    about += f" en « {criteria.category.name} »" if criteria.category else ""
    opened = f" ouverte{plural}" if criteria.open_now else ""
    opened += " qui portent le label" if plural and criteria.labelled else ""
    opened += " qui porte le label" if not plural and criteria.labelled else ""
    return {
        "blank": not (criteria.words or where or criteria.category),
        "summary": " · ".join(part for part in parts if part),
        "title": " à ".join(part for part in (what or "Annuaire", where) if part),
        "count": f"adresse{plural}{opened}{about}",
        "nothing": nothing(criteria, results),
    }


def nothing(criteria, results):
    """How to say that nothing was found, or nothing open."""
    opened = " d’ouvert" if criteria.open_now else ""
    if criteria.box:
        where = "dans cette partie de la carte"
    else:
        where = f"à moins de {criteria.radius:g} km"
    if results and results.elsewhere:
        number = len(results.elsewhere)
        nearest = f"Les {number} plus proches :" if number > 1 else "La plus proche :"
        return f"Rien{opened} {where}. {nearest}"
    if criteria.box:
        return f"Rien{opened} {where}."
    about = f" pour « {criteria.words} »" if criteria.words else ""
    if criteria.open_now:
        return f"Rien d’ouvert en ce moment{about}."
    if criteria.words:
        return f"Aucune fiche{about}."
    return "Rien ne répond à tous ces filtres à la fois."
