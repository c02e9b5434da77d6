"""What the browser's site holds of the label's posts: two local-production pages, posts with and
without a photo, and a producer who looks after a listing. Called by `cast.fill`, last of all."""

PRODUCER, TEXT = "potiere@example.org", "Défournement ce matin, les bols sont encore tièdes. "
FILLERS = 14
HOSTILE = (
    "<p onclick='alert(1)'>Bonjour<script>alert(2)</script><img src=x onerror='alert(3)'>"
    "<svg onload='alert(4)'></svg><a href='javascript:alert(5)'>ici</a></p>"
    "<style>*{color:red}</style>"
)


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
    elsewhere(factories, pottery, one, photo)


def elsewhere(factories, pottery, member, photo):
    """What was collected: one of the potter's with all there may be, and a hostile one."""
    from django.utils import timezone

    from label.models import Moment

    Moment.objects.create(tag="marchedenoel")
    factories.item(
        "<p>Les bols bleus sont sortis du four.</p><ul><li>Onze bols</li><li>Deux plats</li></ul>",
        "mis78",
        title="Cuisson d’automne",
        author="Lise, à l’atelier",
        licence="CC-BY-4.0",
        listing=pottery,
        membership=member,
        photo=photo("ceramiste"),
        published_at=timezone.now(),
    )
    factories.item(HOSTILE, "marchedenoel", author="Méchant", published_at=timezone.now())
