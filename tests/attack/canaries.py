"""Words that stand in unpublished things only, each in one place: none may come out."""

from django.utils import timezone
from wagtail.models import PageViewRestriction

from directory.models import (
    HoursException,
    ListingLink,
    ListingRequest,
    ListingSource,
    MarketStand,
    Tombstone,
)
from home.models import HomePage, OutgoingMail, PlainPage
from label.models import Membership
from tests import factories
from tests.attack.claim_canaries import CLAIM_CANARIES, plant_claims
from tests.attack.item_canaries import ITEM_CANARIES, plant_items
from tests.label import factories as label
from tests.webmag import factories as webmag

# Behind a listing's own address: everything that is about it.
LISTING_ENDS = (
    *("", "contact.vcf", "qr.svg", "apercu.png"),
    *("corriger/", "gerer/", "retirer/", "merci/"),
)
# Each is one word that no French text holds, so that searching for it is a fair question.
CANARIES = (
    {
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
        "request reply": "zorglubretour",
        "correction": "zorglubcorrection",
        "proposal name": "zorglubpropose",
        "proposal facts": "zorglubfait",
        "proposal mail": "zorglubexpediteur",
        "unconfirmed proposal": "zorglubattente",
        "waiting mail": "zorgluboutbox",
        "page": "zorglubpage",
        "page revision": "zorglubbrouillon",
        "removal reason": "zorglubmotif",
        "account": "zorglubcompte",
        "draft article": "zorglubarticle",
        "draft article text": "zorglubrecit",
        "draft article tag": "zorglubsujet",
        "draft article author": "zorglubplume",
        "withdrawn article": "zorglubefface",
        "article revision": "zorglubrature",
        "article behind a password": "zorglubverrou",
        "withdrawn magazine": "zorglubrevue",
        "article of a withdrawn magazine": "zorglubpapier",
        "waiting post": "zorglubattend",
        "hidden post": "zorglubcache",
        "post of a hidden listing": "zorglubfuite",
        "reason of a post": "zorglubraison",
        "draft local production": "zorglubfabrique",
        "local production revision": "zorglubretouche",
        "membership reason": "zorglubblame",
        "membership note": "zorglubcarnet",
        "waiting member": "zorglubpostulant",
        "former member": "zorglubancien",
        "revoked member": "zorglubexclu",
        "member of a draft": "zorglubocculte",
        "draft charter": "zorglubserment",
    }
    | CLAIM_CANARIES
    | ITEM_CANARIES
)
# The exact point of the hidden listing, far enough from its commune's to be told apart.
HIDDEN_LAT, HIDDEN_LNG = 48.612347, 1.871653
HIDDEN_DIGITS = ("48.6123", "1.8716", "48,6123", "1,8716")
HIDDEN_SLUG = "atelier-cache"
CODES = {
    state: f"D2C5E6H8K{letter}" for state, letter in zip(Membership.State, "ACDEFHJ", strict=True)
}


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
    magazines(public)
    made_here(public, withdrawn)
    members(public, withdrawn)
    plant_claims(public)


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
        reply=c["request reply"],
        changes={"summary": {"before": "", "after": c["correction"]}},
    )
    for state, name in (("en-attente", "proposal name"), ("a-confirmer", "unconfirmed proposal")):
        ListingRequest.objects.create(
            kind="proposer",
            listing_name=f"Ferme {c[name]}",
            email=f"{c['proposal mail']}@example.org",
            state=state,
            facts={
                **dict.fromkeys(
                    ("street", "summary", "website", "hours_words"), c["proposal facts"]
                ),
                "name": f"Ferme {c[name]}",
                "commune": "78517",
                "postal_code": "78120",
                "phone": "",
                "hours": "",
                "category": "",
                "hide_address": False,
            },
        )
    OutgoingMail.objects.create(
        recipient=f"{c['waiting mail']}@example.org", subject=c["waiting mail"], body="x"
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


def members(listing, withdrawn):
    """A member and what is noted of them, and those who are none, or not any more."""
    c, State = CANARIES, Membership.State
    label.charter(title="La charte")
    label.charter(title=c["draft charter"], text=c["draft charter"], published_at=None)
    shown = label.member(listing, slug="chevrerie", reason=c["membership reason"])
    shown.events.create(state=State.ACTIVE, note=c["membership note"])
    label.member(withdrawn, slug="reprise", story=c["member of a draft"])
    for state, word in (
        (State.WAITING, c["waiting member"]),
        (State.ASKED, c["waiting member"]),
        (State.REFUSED, c["waiting member"]),
        (State.LEFT, c["former member"]),
        (State.REVOKED, c["revoked member"]),
    ):
        since = None if word == c["waiting member"] else timezone.localdate()
        label.member(
            holder=word,
            story=word,
            slug=state.value,
            code=CODES[state],
            state=state,
            since=since,
            reason=c["membership reason"],
            question=c["membership note"],
        )


def magazines(listing):
    """Articles that are not public, beside one that is and has everything in common with them."""
    c = CANARIES
    shared = {"tags": ["fromage"], "listings": [listing], "communes": [factories.commune()]}
    magazine = webmag.magazine("Le Bissac", slug="bissac", sections=["portraits"])
    public = webmag.article("Paru", "Du fromage.", magazine=magazine, slug="paru", **shared)
    webmag.article(
        f"Le {c['draft article']}",
        c["draft article text"],
        magazine=magazine,
        live=False,
        slug="prochain",
        standfirst=c["draft article text"],
        by=webmag.author(c["draft article author"]),
        **shared | {"tags": ["fromage", c["draft article tag"]]},
    )
    words = (c["withdrawn article"], c["article behind a password"])
    withdrawn, locked = (webmag.article(word, word, magazine=magazine, **shared) for word in words)
    withdrawn.unpublish()
    PageViewRestriction.objects.create(page=locked, restriction_type="password", password="x")
    hidden = webmag.magazine(c["withdrawn magazine"], slug="retiree")
    word = c["article of a withdrawn magazine"]
    lost = webmag.article(word, word, magazine=hidden, slug="perdu", **shared)
    hidden.unpublish()
    webmag.issue("Le lait", [public, withdrawn, locked, lost], magazine=magazine, slug="lait")
    for field in ("title", "standfirst", "main_caption"):
        setattr(public, field, c["article revision"])
    public.tags.add(c["article revision"])
    public.save_revision()


def made_here(listing, withdrawn):
    """Posts that are not public beside one that is, and pages on which all would gather."""
    c = CANARIES
    tag = "#fromage"
    label.post(f"Traite du matin {tag}", listing=listing)
    label.post(f"{c['waiting post']} {tag}", listing=listing, state="en-attente")
    hidden = {"state": "retiree", "reason": c["reason of a post"]}
    label.post(f"{c['hidden post']} {tag}", listing=listing, **hidden)
    asked = {"state": "precision", "reason": c["reason of a post"]}
    label.post(f"{c['waiting post']} {tag}", listing=listing, **asked)
    label.post(f"{c['post of a hidden listing']} {tag}", listing=withdrawn)
    plant_items(listing, withdrawn)
    label.production(c["draft local production"], slug="fabrique", live=False, tags=["fromage"])
    page = label.production("Fromages d’ici", slug="fromages", tags=["fromage"])
    page.title = page.standfirst = c["local production revision"]
    page.save_revision()
