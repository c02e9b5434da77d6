"""What waits for the volunteers of the browser's site: one case of each kind, and one's own."""

from datetime import timedelta

from django.utils import timezone

# Who decides, and the titles of what waits, by kind.
VOLUNTEER = "jeanne@example.org"
TITLES = {
    "correction": "Le Verger aux mille poires d’antan",
    "proposal": "Les Œufs de la Poule Rousse",
    "removal": "Bijoux d’Ambre",
    "to manage": "La Cave à Cidre",
    "claim": "Les Laines du Plateau",
    "signature": "Terre et Cendre, céramique au feu de bois",
    "own signature": "Jeanne, vannière du dimanche",
    "post": "Miel des Trois Ruches",
    "collected": "Nadège du Grand-Étang",
    "collected, changed": "Sylvain, tourneur sur bois",
    "collected, to go": "Ondine relieuse",
}
FEED = "https://reseau.example/@nadege.rss"


def fill(listing, photo, password):
    """Two volunteers, so that nobody is alone, and all kinds of cases."""
    from django.contrib.auth.models import Group

    from home.models import User

    for email in (VOLUNTEER, "armand@example.org"):
        person = User.objects.create_user(email, password, display_name=email.split("@")[0].title())
        person.groups.add(Group.objects.get(name="Bénévoles"))
    requests(listing)
    of_the_label(listing, photo)
    collected(photo)


def requests(listing):
    """What comes without an account."""
    from directory.models import Commune, ListingRequest

    farm = listing(TITLES["correction"], phone="06 39 98 00 01", hours="Sa 09:00-12:30")
    ListingRequest.objects.create(
        kind="corriger",
        listing=farm,
        listing_name=farm.name,
        message="Fermé le lundi depuis la Toussaint.",
        email="lise@example.org",
        name="Lise",
        changes={
            "phone": {"before": "06 39 98 00 01", "after": "06 39 98 00 02"},
            "hours": {"before": "Sa 09:00-12:30", "after": "Sa 09:00-18:00"},
            "summary": {"before": "", "after": "Poires, pommes, coings " * 5},
        },
    )
    commune = Commune.objects.get(pk="78517")
    facts = dict.fromkeys(("summary", "street", "postal_code", "phone", "website", "hours"), "")
    facts |= {"name": TITLES["proposal"], "commune": commune.pk, "category": "cremerie"}
    ListingRequest.objects.create(
        kind="proposer",
        listing_name=facts["name"],
        facts=facts | {"lat": commune.lat, "lng": commune.lng},
        email="lise@example.org",
        message="Portail vert, sonner fort.",
    )
    for kind, title in (("retirer", "removal"), ("gerer", "to manage")):
        ListingRequest.objects.create(
            kind=kind,
            listing=listing(TITLES[title]),
            listing_name=TITLES[title],
            message="S’il vous plaît.",
        )


def of_the_label(listing, photo):
    """A claim, two signatures, a post with a photo; one of the signatures is the volunteer's."""
    from directory.models import ListingManager
    from home.models import User
    from label.models import Claim, Membership, Post
    from tests.label import factories

    someone = User.objects.create_user("ambroise@example.org", display_name="Ambroise")
    now = timezone.now()
    claimed = listing(TITLES["claim"], email="laines@example.org")
    Claim.objects.create(
        number="G-2026-900",
        user=someone,
        listing=claimed,
        listing_name=claimed.name,
        name="Ambroise",
        message="Je suis au marché le samedi.",
        state=Claim.State.WAITING,
        submitted_at=now,
        expires_at=now + timedelta(days=30),
    )
    for title, user in (
        ("signature", someone),
        ("own signature", User.objects.get(email=VOLUNTEER)),
    ):
        factories.member(
            holder=TITLES[title],
            user=user,
            state=Membership.State.WAITING,
            since=None,
            story="Je tourne, je cuis, je raconte.\n\nVenez voir le four.",
        )
    told = listing(TITLES["post"])
    ListingManager.objects.create(user=someone, listing=told)
    factories.post(
        "Extraction samedi, venez goûter. #mis78",
        author=someone,
        listing=told,
        photo=photo("apiculteur"),
        state=Post.State.WAITING,
        published_at=None,
    )


def collected(photo):
    """Sources that are well and one that is not; what waits of what they brought."""
    from label.models import Item, Sighting, Source
    from tests.label import factories

    now = timezone.now()
    long_ago = now - timedelta(days=90)
    well = Source.objects.create(
        kind=Source.Kind.FEED,
        address="https://reseau.example/@nadege",
        url=FEED,
        title="Nadège, sur un serveur au nom plutôt long",
        consent=Source.Consent.GIVEN,
        consent_on=now.date(),
        consent_note="au marché",
        state=Source.State.PAUSED,
        brought=3,
        polled_at=now,
        succeeded_at=now,
    )
    Source.objects.create(
        kind=Source.Kind.TIMELINE,
        address="https://panne.example/tags/mis78",
        url="https://panne.example/api/v1/timelines/tag/mis78",
        title="#mis78 sur panne.example",
        failures=7,
        last_error="Ce site n’a pas répondu en entier en 10 s.",
        polled_at=now,
        next_poll_at=now + timedelta(days=2),
    )
    words = "<p>Onze bols, deux plats. <a href='https://ami.example/'>La suite</a> #mis78</p>"
    waiting = factories.item(
        words, "mis78", author=TITLES["collected"], state=Item.State.WAITING, photo=photo("amap")
    )
    factories.item(
        words,
        author=TITLES["collected, changed"],
        published_at=long_ago,
        seen_at=long_ago,
        changed_at=now,
        change={"title": "Treize bols", "html": f"{words}<p>Et une théière.</p>"},
    )
    factories.item(
        words,
        author=TITLES["collected, to go"],
        state=Item.State.HIDDEN,
        taken_down_at=now,
        reason="C’est moi qui l’ai écrite.",
    )
    Sighting.objects.create(
        item=waiting, source=well, guid="1", url=waiting.url, digest=waiting.digest
    )
