"""One claim in each state, and each link that a mail would hold.

`python -m tests.browser.cast_claims` prints their addresses as JSON, by name.
"""

import json
from datetime import timedelta

import django
from django.utils import timezone

CLAIMANT = "demandeuse@example.org"


def fill(password):
    """Make everything; returns {name: path}."""
    from django.conf import settings
    from django.urls import reverse

    from directory.models import ListingManager
    from home.models import User
    from label.claiming import contesting, yearly
    from label.claiming.beginning import new_number
    from label.models import Charter, Claim, MemberStand
    from tests import factories as base
    from tests.label import factories

    user = User.objects.create_user(CLAIMANT, password, display_name="Solène")
    holder = User.objects.create_user("tenante@example.org", password, display_name="Lise")
    charter = Charter.objects.current() or factories.charter()
    now = timezone.now()

    def claim(state, name, **fields):
        listing = base.listing(
            f"Atelier {name}", email="a@atelier.example", website="https://www.atelier.example/"
        )
        begun = state == Claim.State.BEGUN
        return Claim.objects.create(
            number=new_number(),
            listing=listing,
            listing_name=listing.name,
            user=user,
            name="Solène",
            state=state,
            submitted_at=None if begun else now,
            expires_at=now + timedelta(days=7),
            told=["a@atelier.example"],
            **fields,
        )

    def path(link):
        return link.removeprefix(settings.SITE_URL)

    def page(name, one):
        return reverse(f"claims:{name}", args=[one.number])

    State = Claim.State
    begun = claim(State.BEGUN, "commencé")
    asked = claim(State.ASKED, "en question", question="Depuis quand ?")
    waiting = claim(State.WAITING, "en attente", wants_label=True, charter=charter)
    granted = claim(State.ACCEPTED, "accordé", granted_at=now)
    mine = ListingManager.objects.create(
        user=user, listing=granted.listing, role=ListingManager.Role.OWNER
    )
    ListingManager.objects.create(
        user=holder, listing=begun.listing, role=ListingManager.Role.OWNER
    )
    member = factories.member(user=user, holder="Solène, vannière", slug="solene-vanniere")
    MemberStand.objects.create(
        membership=member, place="Place du Jeu-de-Paume", hours="Sa 09:00-12:00"
    )
    return {
        "is it yours": reverse("claims:start", args=[base.listing("Atelier libre").slug]),
        "ways": page("claim", begun),
        "code": page("code", begun),
        "site": page("site", begun),
        "contact": page("contact", begun),
        "charter": page("charter", begun),
        "asked": page("claim", asked),
        "received": page("claim", waiting),
        "granted": page("claim", granted),
        "refused": page("claim", claim(State.REFUSED, "refusé", reason="Appelez-nous.")),
        "withdrawn": page("claim", claim(State.WITHDRAWN, "abandonné")),
        "undone": page("claim", claim(State.UNDONE, "annulé", reason="Erreur de fiche.")),
        "who manages": reverse("claims:invite", args=[granted.listing.slug]),
        "contest": path(contesting.link(waiting, "a@atelier.example")),
        "contest what was granted": path(contesting.link(granted, "a@atelier.example")),
        "link gone": reverse("claims:contest", args=["x"]),
        "still true": path(yearly.link(mine)),
        "invitation": invitation(holder, begun.listing),
        "my space": "/mon-espace/",
        "my page": reverse("space:member_page", args=[member.pk]),
        "my places": reverse("space:member_stands", args=[member.pk]),
        "my data": "/mon-espace/mes-donnees/",
        "close my account": "/mon-espace/mes-donnees/supprimer/",
        "my label page": "/label/membres/solene-vanniere/",
    }


def invitation(holder, listing):
    """The address of an invitation to the claimant."""
    from django.urls import reverse

    from label.claiming import codes
    from label.models import Invitation

    word = "un-mot-qui-ne-sert-qu-ici"
    Invitation.objects.create(
        listing=listing,
        email=CLAIMANT,
        role="aide",
        digest=codes.digest("invitation", word),
        invited_by=holder,
        expires_at=timezone.now() + timedelta(days=1),
    )
    return reverse("claims:invitation", args=[word])


if __name__ == "__main__":
    django.setup()
    from tests.browser.cast import PASSWORD

    print(json.dumps(fill(PASSWORD)))
