"""Bodies for tests: one of each block, and the page that shows them."""

from django.core.files.base import ContentFile
from django.template import engines
from django.test import RequestFactory
from wagtail.documents.models import Document

from tests import factories as directory
from tests.webmag import factories

PAGE = engines["django"].from_string(
    "{% extends 'base.html' %}{% load webmag_body %}"
    "{% block css %}{% article_styles page %}{% endblock %}"
    "{% block content %}<article><h1>{{ page.title }}</h1>{% article_body page %}</article>"
    "{% endblock %}{% block scripts %}{% article_scripts page %}{% endblock %}"
)
VIDEO = "https://www.youtube.com/watch?v=aB3_dE6-hIj"


def page_of(article):
    """The HTML of a page with the article's body in the site's frame."""
    return PAGE.render({"page": article}, RequestFactory().get("/"))


def document(title="Le calendrier des fournées", name="fournees.pdf", content=b"%PDF-1.4 rien"):
    """A file of the library."""
    return Document.objects.create(title=title, file=ContentFile(content, name=name))


def recipe(**fields):
    """A recipe with everything."""
    return {
        "name": "Pain de seigle",
        "serves": "4 personnes",
        "preparation": 20,
        "resting": 720,
        "cooking": 65,
        "photo": None,
        "ingredients": ["500 g de farine de seigle", "10 g de sel"],
        "steps": ["Mêler.", "Laisser lever.", "Cuire."],
        "tip": "Meilleur le lendemain.",
    } | fields


def table(**fields):
    """A table of markets."""
    return {
        "columns": [{"type": "text", "heading": heading} for heading in ("Marché", "Jour")],
        "rows": [{"values": ["Rambouillet", "samedi"]}, {"values": ["Dourdan", "samedi"]}],
        "caption": "Où trouver le pain",
    } | fields


def one_of_each(photos=None, listings=None, file=None):
    """One block of each kind, in the order in which the editor offers them."""
    photos = photos or [factories.photo(credit="Odile", alt_text="Un four à bois.") for _ in "123"]
    listings = listings or [directory.listing(f"Fournil no {number}") for number in range(3)]
    file = file or document()
    return [
        ("heading", "Au bout du chemin"),
        ("text", "<p>Le mercredi, <b>Odile</b> pétrit.</p><ul><li>le pain</li></ul>"),
        ("quote", {"text": "On n’attend pas la pâte.", "author": "Odile"}),
        (
            "interview",
            {
                "who": "Odile, boulangère",
                "exchanges": [{"question": "Pourquoi ?", "answer": "<p>Parce que.</p>"}],
            },
        ),
        ("photo", {"photo": photos[0].pk, "caption": "La fournée", "alt": ""}),
        (
            "gallery",
            {
                "title": "Un matin au fournil",
                "slides": [{"photo": one.pk, "caption": f"Vue {one.pk}"} for one in photos],
            },
        ),
        ("embed", {"url": VIDEO, "title": "Le façonnage", "photo": None, "caption": "Au fournil"}),
        ("recipe", recipe(photo=photos[0].pk)),
        (
            "practical",
            {
                "title": "Y aller",
                "listing": listings[0].pk,
                "rows": [{"label": "À vélo", "text": "Vingt minutes"}],
            },
        ),
        ("listing", {"listing": listings[0].pk}),
        ("map", {"title": "Les fournils", "listings": [one.pk for one in listings]}),
        ("table", {"table": table(), "row_headings": True}),
        ("file", {"file": file.pk, "label": ""}),
    ]
