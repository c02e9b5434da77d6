"""How much script and style a page makes a telephone load (goals.md), counted without a browser.

Whatever a page names counts, also what it loads later or only when it is needed: `import`,
`import()`, and addresses kept in data attributes.
"""

import gzip
import re
from functools import cache
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from directory.models import Listing
from home.models import HomePage, PlainPage
from tests import factories
from tests.label import factories as label
from tests.webmag import factories as webmag

pytestmark = pytest.mark.django_db

SCRIPTS_WITH_MAP, SCRIPTS, STYLES = 80_000, 15_000, 20_000
MAP = "leaflet.js"
NAMED = re.compile(r"/static/([\w./-]+\.(?:js|css))\b")
IMPORTED = re.compile(r"""(?:\bfrom|\bimport)\s*\(?\s*["'](\.[^"']+)["']""")

PAGES = {
    "home": "/",
    "search": "/annuaire/",
    "search with results": "/annuaire/?q=fromage&ou=Rambouillet",
    "search without results": "/annuaire/?q=zzyzxqv",
    "unknown place": "/annuaire/?ou=Zzyzxqvland",
    "listing": "/annuaire/fiche/chez-zelie/",
    "correction": "/annuaire/fiche/chez-zelie/corriger/",
    "commune": "/annuaire/commune/rambouillet/",
    "commune and category": "/annuaire/commune/rambouillet/fromager-fermier/",
    "category": "/annuaire/categorie/fromager-fermier/",
    "communes": "/annuaire/commune/",
    "proposal": "/annuaire/proposer/",
    "markets": "/marches/",
    "plain page": "/le-label/",
    "magazines": "/magazines/",
    "magazine": "/magazines/bissac/",
    "article": "/magazines/bissac/un-matin/",
    "issue": "/magazines/bissac/numero/",
    "articles of a tag": "/magazines/etiquette/fromage/",
    "author": "/magazines/auteur/odile/",
    "site search": "/recherche/?q=fromage",
    "label": "/label/",
    "members": "/label/membres/",
    "member": "/label/membres/chez-zelie/",
    "member's badge": "/label/membres/chez-zelie/badge/",
    "member's card": "/label/membres/chez-zelie/carte/",
    "charter": "/label/charte/",
    "badge check": "/label/verifier/inconnu/",
    "made here": "/fait-ici/",
    "made here, by rules": "/fait-ici/poterie-dici/",
    "wall": "/mur/",
    "what is collected": "/mur/ce-que-nous-prenons/",
    "on another site": "/integrer/",
    "embedded wall": "/embed/mur",
    "embedded map": "/embed/carte",
    "404": "/nulle-part/",
}


@pytest.fixture
def pages(client, categories):
    """Ask for a page by its name; a site with one listing, one market and one plain page."""
    fields = {"category": "fromager-fermier", "hours": "24/7", "summary": "Fromages de chèvre."}
    label.member(factories.listing("Chez Zélie", **fields), slug="chez-zelie")
    factories.listing("Marché du samedi", kind="marche", category="marche", hours="24/7")
    article = webmag.article(
        "Un matin",
        "Du fromage.",
        magazine=webmag.magazine("Le Bissac", slug="bissac"),
        slug="un-matin",
        by=webmag.author("Odile"),
        tags=["fromage"],
        communes=[factories.commune()],
        listings=list(Listing.objects.all()),
    )
    webmag.issue("Numéro", [article], slug="numero")
    label.post("Four ouvert #mis78", listing=Listing.objects.get(slug="chez-zelie"))
    label.production("Poterie d’ici", slug="poterie-dici")
    HomePage.objects.get().add_child(instance=PlainPage(title="Le label", slug="le-label"))
    return lambda name: client.get(PAGES[name]).content.decode()


def loaded(html):
    """Every script and style that a page names, and what those import: paths of static files."""
    waiting, found = NAMED.findall(html), set()
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        found.add(name)
        if name.endswith(".js"):
            folder = Path("/", name).parent
            waiting += [
                (folder / other).resolve().as_posix().lstrip("/")
                for other in IMPORTED.findall(text_of(name))
            ]
    return found


@cache
def text_of(name):
    """What a static file holds; a page may name only files that there are."""
    path = finders.find(name)
    assert path, f"{name} is nowhere"
    return Path(path).read_text(encoding="utf-8")


def weight(names, ending):
    """Bytes of the files with this ending, each compressed on its own, as they are sent."""
    return sum(
        len(gzip.compress(text_of(name).encode(), 6, mtime=0))
        for name in names
        if name.endswith(ending)
    )


@pytest.mark.parametrize("name", PAGES)
def test_a_page_stays_within_its_budget(pages, name):
    names = loaded(pages(name))
    has_map = any(name.endswith(MAP) for name in names)
    assert weight(names, ".js") <= (SCRIPTS_WITH_MAP if has_map else SCRIPTS), names
    assert 0 < weight(names, ".css") <= STYLES, names


def test_what_is_loaded_later_counts_too(tmp_path, settings):
    files = {
        "first.js": 'import { a } from "./deep/second.js";\nconst late = import("./late.js");',
        "deep/second.js": 'import "../third.js"; export * from "./fourth.js";',
        "third.js": "1;",
        "deep/fourth.js": "2;",
        "late.js": "3;",
        "library.js": "4;",
        "looks.css": "a{}",
    }
    for name, text in files.items():
        (tmp_path / "weight" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "weight" / name).write_text(text)
    settings.STATICFILES_DIRS = [tmp_path]
    finders.get_finder.cache_clear()
    html = (
        '<script type="module" src="/static/weight/first.js"></script>'
        '<some-map data-library="/static/weight/library.js" data-looks="/static/weight/looks.css">'
    )
    try:
        assert loaded(html) == {f"weight/{name}" for name in files}
    finally:
        finders.get_finder.cache_clear()
