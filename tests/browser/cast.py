"""What the browser's site holds: `python -m tests.browser.cast`, once, in its own settings.

The settings and pages are the demo's; the listings are few, and each is there for one reason.
Hours are around the clock or never, so that no test depends on when it runs.
"""

from datetime import timedelta

import django
from django.core.files import File
from django.utils import timezone

ALWAYS, NEVER = "24/7", "Mo 03:00-03:05"
PHONE = "06 39 98 11 07"
# Kilometres grow from Rambouillet: 0, 12, 17, 27, in an order that names do not give away.
CHEESE = [
    ("Zélie, fromages du Parc", "Rambouillet", ALWAYS),
    ("Yourtes et Tommes", "Saint-Arnoult-en-Yvelines", NEVER),
    ("Xavière, chèvrerie", "Limours", ""),
    ("Au Bon Caillé", "Dourdan", ALWAYS),
]
FILLERS = 24
PASSWORD = "le four chauffe au bois"


def fill():
    """Make everything."""
    from config.demo import loading

    loading.load_site()
    loading.load_pages()
    cheesemakers()
    full_one()
    saturday_markets()
    odd_ones()
    magazines()
    articles()
    newsroom()
    busy_desk()
    label()
    for number in range(FILLERS):
        listing(f"Primeur du canton no {number + 1}", category="primeur", commune="Houdan")
    made_here()
    queue()


def listing(name, **fields):
    """A listing of the tests' factories; its postal code is its commune's."""
    from tests import factories

    commune = factories.commune(fields.pop("commune", "Rambouillet"))
    fields.setdefault("postal_code", commune.postal_codes.split()[0])
    return factories.listing(name, commune=commune, **fields)


def cheesemakers():
    """Those who answer to « fromage »."""
    for name, commune, hours in CHEESE:
        listing(
            name,
            commune=commune,
            category="fromager-fermier",
            summary="Tommes et fromages de chèvre au lait cru.",
            hours=hours,
            phone=PHONE,
        )


def full_one():
    """A listing with everything that a listing can have, and the market where it stands."""
    from directory.models import (
        HoursException,
        ListingLink,
        ListingPhoto,
        ListingSource,
        MarketStand,
    )

    today = timezone.localdate()
    market = listing("Marché du Samedi", kind="marche", category="marche", hours="Sa 08:00-13:00")
    mother = listing("Maison des Vaux", category="boulangerie")
    full = listing(
        "Le Fournil des Vaux",
        slug="fiche-complete",
        kind="producteur",
        category="paysan-boulanger",
        products=["pain au levain", "farine de blé ancien", "brioche du dimanche"],
        tags=["mis78", "en famille"],
        summary="Pains au levain de blés anciens, moulus sur place deux fois par semaine.",
        description="Trois hectares de blé.\n\nLe four chauffe au bois, le mardi et le vendredi.",
        street="4 chemin du Moulin",
        phone=PHONE,
        email="bonjour@fournil-des-vaux.example",
        website="https://www.fournil-des-vaux.example/",
        hours="Tu,Fr 16:00-19:00; Sa 09:00-12:30",
        hours_note="Le four est chaud dès 15 h.",
        season_note="Fermé la première quinzaine d’août.",
        payment=["especes", "carte", "cheque"],
        verified_on=today - timedelta(days=500),
        verified_by="Odile",
        parent=mother,
    )
    full.photos = [ListingPhoto(photo=photo("paysan-boulanger")), ListingPhoto(photo=photo("amap"))]
    full.links = [ListingLink(label="Instagram", url="https://social.example/fournil")]
    full.exceptions = [
        HoursException(
            start=today + timedelta(days=3), end=today + timedelta(days=9), note="congés"
        )
    ]
    full.stands = [
        MarketStand(market=market, note="face au kiosque"),
        MarketStand(place="Gare de Gazeran", hours="Th 17:00-19:00"),
    ]
    full.serves = [market.commune]
    full.save()
    ListingSource.objects.create(
        listing=full,
        source="Annuaire d’essai",
        source_id="1",
        licence="ODbL-1.0",
        retrieved_at=timezone.now(),
    )


def saturday_markets():
    """Beside the full one's market: a farther one, one called off, one of unknown hours."""
    from directory.models import HoursException, MarketStand

    today = timezone.localdate()
    farther = market("Marché du Donjon", "Sa 08:30-12:30", commune="Dourdan", street="la halle")
    called_off = market("Marché de la Foire", "Sa 08:00-12:00", commune="Limours")
    called_off.exceptions = [
        HoursException(start=today, end=today + timedelta(days=60), note="Travaux sur la place")
    ]
    called_off.save()
    market("Marché des Inconnus", "", phone=PHONE)
    stall = listing(
        "La Cave du Donjon", category="champignons", products=["pleurotes", "shiitakés"]
    )
    stall.stands = [
        MarketStand(market=farther, hours="Sa 09:00-12:00"),
        MarketStand(place="Devant la mairie, Limours", hours="Sa 15:00-17:00"),
    ]
    stall.save()


def market(name, hours, **fields):
    """A market."""
    return listing(name, kind="marche", category="marche", hours=hours, **fields)


def odd_ones():
    """Sparse, hidden, closed, paused, unpublished, removed."""
    from directory.models import Tombstone

    listing("Atelier Sans Détail", slug="fiche-maigre", lat=None, lng=None)
    listing(
        "Savons de Claire",
        slug="fiche-cachee",
        category="savons",
        street="9 impasse Secrète",
        visits="aucune",
        hide_address=True,
        phone=PHONE,
    )
    listing(
        "Cordonnerie Lefèvre",
        slug="fiche-fermee",
        category="cordonnier",
        hours=ALWAYS,
        trading_state="ferme-definitivement",
        trading_note="M. Lefèvre a pris sa retraite.",
    )
    listing(
        "Auberge en Travaux",
        slug="fiche-suspendue",
        category="restaurant",
        hours=ALWAYS,
        trading_state="ferme-temporairement",
    )
    listing("Pas encore publiée", slug="fiche-brouillon", live=False)
    Tombstone.objects.create(slug="fiche-retiree")


def articles():
    """One with a block of each kind, one that is full of hostile texts."""
    from tests.webmag import bodies, factories, hostile

    drawings = [photo(name) for name in ("paysan-boulanger", "amap", "apiculteur")]
    places = [
        listing(f"Fournil du canton no {number}", lat=48.60 + number / 50, lng=1.80 + number / 40)
        for number in range(1, 4)
    ]
    magazine = factories.magazine("Le Cahier", slug="le-cahier")
    factories.article(
        "Le pain du mercredi",
        bodies.one_of_each(photos=drawings, listings=places),
        magazine=magazine,
        slug="tous-les-blocs",
    )
    factories.article(
        "Textes hostiles", hostile.blocks(), magazine=magazine, slug="textes-hostiles"
    )


def magazines():
    """Two magazines with articles and issues."""
    from tests.browser import cast_magazines

    cast_magazines.fill(photo)


def made_here():
    """Local-production pages, posts, and a producer."""
    from tests.browser import cast_made_here

    cast_made_here.fill(photo, PASSWORD)


def label():
    """A charter and members."""
    from tests.browser import cast_label

    cast_label.fill()


def queue():
    """Volunteers, and what waits for them; last, so that no number above changes."""
    from tests.browser import cast_queue

    cast_queue.fill(listing, photo, PASSWORD)


def newsroom():
    """A magazine without articles, its editor, a volunteer, and somebody who is refused."""
    from home.models import User
    from tests.webmag import factories
    from webmag.models import Role
    from webmag.team import rights

    gazette = factories.magazine("La Gazette", slug="gazette")
    people = {
        name: User.objects.create_user(f"{name}@example.org", PASSWORD, display_name=name.title())
        for name in ("redaction", "volontaire", "autre")
    }
    rights.appoint(people["redaction"], gazette, Role.Kind.EDITOR)
    rights.appoint(people["autre"], factories.magazine("Ailleurs"), Role.Kind.CONTRIBUTOR)


def busy_desk():
    """A magazine where everything waits: a wish to write, an article, one that was sent back."""
    from home.models import User
    from tests.webmag import factories
    from webmag.models import Application, Role
    from webmag.team import rights

    fanal = factories.magazine("Le Fanal", slug="le-fanal", sections=["Portraits"])
    lea, noe = (
        User.objects.create_user(f"{name}@example.org", PASSWORD, display_name=name.title())
        for name in ("lea", "noe")
    )
    rights.appoint(lea, fanal, Role.Kind.EDITOR)
    rights.appoint(noe, fanal, Role.Kind.CONTRIBUTOR)
    Application.objects.create(
        magazine=fanal, user=User.objects.get(email="autre@example.org"), name="Autre", message="!"
    )
    body = [("heading", "Un titre"), ("text", "<p>Il gèle.</p>")]
    waiting, returned = (
        factories.article(title, body, magazine=fanal, owner=person, live=False)
        for title, person in (("Attend à la porte", noe), ("Revient de loin", lea))
    )
    for article, person in ((waiting, noe), (returned, lea)):
        article.get_workflow().start(article, person)
    returned.current_workflow_task_state.reject(user=lea, comment="Le nom du four manque.")
    states = {"prêtes": "pret", "à moitié": "arrete", "finies": "fini", "illisibles": "echec"}
    for words, state in states.items():
        error = "Ce fichier n’est pas un export de blog." if state == "echec" else ""
        factories.blog_import(f"Haies {words}", lea, fanal, state=state, error=error)


def photo(name):
    """One of the demo's drawings."""
    from config.demo import loading
    from home.models import Photo

    path = loading.HERE / "drawings" / f"{name}.webp"
    made = Photo(title=name, alt_text="Un dessin à trois encres.", credit=loading.CREDIT)
    with path.open("rb") as file:
        made.file.save(path.name, File(file), save=False)
    made.save()
    return made


if __name__ == "__main__":
    django.setup()
    fill()
