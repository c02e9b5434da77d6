"""Words that stand in unpublished things only, each in one place: none may come out."""

from django.utils import timezone

from directory.models import (
    HoursException,
    ListingLink,
    ListingRequest,
    ListingSource,
    MarketStand,
    Tombstone,
)
from home.models import HomePage, PlainPage
from tests import factories

# Each is one word that no French text holds, so that searching for it is a fair question.
CANARIES = {
    "draft name": "zorglubnom",
    "draft text": "zorglubtexte",
    "draft product": "zorglubproduit",
    "draft tag": "zorglubmot",
    "draft stand": "zorglubetal",
    "draft link": "zorglublien",
    "draft mail": "zorglubmel",
    "draft market": "zorglubmarche",
    "draft parent": "zorglubmere",
    "draft outlet": "zorglubfille",
    "revision": "zorglubrevision",
    "withdrawn": "zorglubretire",
    "hidden street": "zorglubrue",
    "no visits street": "zorglubimpasse",
    "imported street": "zorglubimport",
    "request message": "zorglubdemande",
    "request name": "zorglubdemandeur",
    "request mail": "zorglubcourriel",
    "request answer": "zorglubreponse",
    "request details": "zorglubdetail",
    "page": "zorglubpage",
    "page revision": "zorglubbrouillon",
    "removal reason": "zorglubmotif",
    "account": "zorglubcompte",
}
# The exact point of the hidden listing, far enough from its commune's to be told apart.
HIDDEN_LAT, HIDDEN_LNG = 48.612347, 1.871653
HIDDEN_DIGITS = ("48.6123", "1.8716", "48,6123", "1,8716")
HIDDEN_SLUG = "atelier-cache"


def plant():
    """Make a small site with a canary in each thing that is not public."""
    c = CANARIES
    market = factories.listing("Marché du Samedi", kind="marche", category="marche")
    secret_market = factories.listing(f"Marché {c['draft market']}", kind="marche", live=False)
    mother = factories.listing(f"Maison {c['draft parent']}", live=False)
    public = factories.listing(
        "Chèvrerie du Perray",
        slug="chevrerie",
        category="fromager-fermier",
        products=["chèvre frais"],
        hours="24/7",
        street="1 rue Publique",
        parent=mother,
    )
    public.stands = [
        MarketStand(market=market),
        MarketStand(market=secret_market, hours="Sa 08:00-12:00"),
    ]
    public.save()
    factories.listing(f"Comptoir {c['draft outlet']}", parent=public, live=False)
    draft(market)
    revised(public)
    hidden()
    requests(public)
    pages()
    withdrawn = factories.listing(f"Fiche {c['withdrawn']}", slug="reprise", category="cremerie")
    withdrawn.live = False
    withdrawn.save()
    Tombstone.objects.create(slug="partie", reason=c["removal reason"])
    factories.user(f"{c['account']}@example.org", first_name=c["account"])


def draft(market):
    """A listing that was never published, full of things."""
    c = CANARIES
    made = factories.listing(
        f"Ferme {c['draft name']}",
        category="fromager-fermier",
        summary=c["draft text"],
        description=c["draft text"],
        products=[c["draft product"]],
        tags=[c["draft tag"]],
        email=f"{c['draft mail']}@example.org",
        live=False,
    )
    made.stands = [MarketStand(market=market, note=c["draft stand"]), stand()]
    made.links = [ListingLink(label=c["draft link"], url=f"https://{c['draft link']}.example/")]
    made.save()


def stand():
    """A stand at a place that has no listing."""
    return MarketStand(place=CANARIES["draft stand"], hours="Su 08:00-12:00")


def revised(listing):
    """A published listing somebody is working on: everything in the draft is changed."""
    word = CANARIES["revision"]
    listing.name = f"Ferme {word}"
    for field in ("summary", "description", "street", "hours_note", "season_note", "phone"):
        setattr(listing, field, word)
    listing.products.add(word)
    listing.exceptions = [
        HoursException(start=timezone.localdate(), end=timezone.localdate(), note=word)
    ]
    listing.save_revision()


def hidden():
    """A workshop at somebody's home, one that nobody visits, and where each came from."""
    c = CANARIES
    workshop = factories.listing(
        "Atelier Caché",
        slug=HIDDEN_SLUG,
        category="ceramiste",
        street=f"9 rue {c['hidden street']}",
        postal_code="78120",
        hide_address=True,
        lat=HIDDEN_LAT,
        lng=HIDDEN_LNG,
    )
    ListingSource.objects.create(
        listing=workshop,
        source="Essai",
        source_id=f"clef:atelier cache|{c['imported street']}",
        imported_values={"street": c["imported street"], "lat": HIDDEN_LAT, "lng": HIDDEN_LNG},
        licence="ODbL-1.0",
        retrieved_at=timezone.now(),
    )
    factories.listing(
        "Savons sans visite",
        category="savons",
        street=f"2 {c['no visits street']}",
        visits="aucune",
        lat=HIDDEN_LAT,
        lng=HIDDEN_LNG,
    )


def requests(listing):
    """What somebody wrote to the moderator, and what was answered."""
    c = CANARIES
    ListingRequest.objects.create(
        listing=listing,
        listing_name=listing.name,
        kind="corriger",
        message=c["request message"],
        name=c["request name"],
        email=f"{c['request mail']}@example.org",
        details={"Concerne": c["request details"]},
        answer=c["request answer"],
    )


def pages():
    """A page that is not published, and a published one with a draft."""
    home = HomePage.objects.get()
    home.add_child(
        instance=PlainPage(
            title=CANARIES["page"], slug=CANARIES["page"], live=False, show_in_menus=True
        )
    )
    open_page = PlainPage(title="À propos", slug="a-propos", show_in_menus=True)
    home.add_child(instance=open_page)
    open_page.title = CANARIES["page revision"]
    open_page.standfirst = CANARIES["page revision"]
    open_page.save_revision()
