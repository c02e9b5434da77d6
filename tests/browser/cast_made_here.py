"""What the browser's site holds of the label's posts: two local-production pages, posts with and
without a photo, and a producer who looks after a listing. Called by `cast.fill`, last of all."""

PRODUCER, TEXT = "potiere@example.org", "Défournement ce matin, les bols sont encore tièdes. "
FILLERS = 14


def fill(photo, password):
    """Make everything; `photo` makes one of the demo's drawings by its name."""
    from directory.models import ListingManager
    from home.models import User
    from tests import factories as base
    from tests.label import factories

    pottery = base.listing(
        "Poterie des Étangs", slug="poterie-des-etangs", category="ceramiste", hours="24/7"
    )
    producer = User.objects.create_user(PRODUCER, password, display_name="Lise")
    ListingManager.objects.create(user=producer, listing=pottery)
    one = factories.member(pottery, user=producer)
    factories.post(
        f"{TEXT}#mis78 #bols\nVoir https://poterie.example/four",
        listing=pottery,
        membership=one,
        author=producer,
        photo=photo("ceramiste"),
    )
    for number in range(FILLERS):
        factories.post(f"{TEXT}No {number + 1}. #mis78", listing=pottery, membership=one)
    factories.production(
        "Poterie d’ici",
        slug="poterie",
        standfirst="Des bols, des plats, et des cuissons au bois.",
        cover=photo("ceramiste"),
        categories=[base.category("ceramiste")],
    )
    factories.production("Vannerie d’ici", slug="vannerie", tags=["osier"])
