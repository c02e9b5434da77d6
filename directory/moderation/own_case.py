"""Nobody decides what concerns themselves, whichever kind of case it is: somebody else does.

Where nobody else could, whoever is alone may; the history then says so.
"""

from directory.models import ListingManager
from directory.moderation.volunteers import deciders

OWN = (
    "Cette demande est la vôtre, ou touche une fiche que vous gérez : quelqu’un d’autre la décide."
)
ALONE = "Décidée par la personne concernée : l’équipe n’a personne d’autre."


def concerns(user, listing=None, people=(), email=""):
    """Whether a case is this person's own: they sent it, it speaks of them, or of a listing of
    theirs. `people` are the numbers of accounts, `email` where an answer would go.
    """
    if user.pk in people or (email and email.casefold() == user.email.casefold()):
        return True
    return bool(listing) and ListingManager.objects.filter(listing=listing, user=user).exists()


def is_alone(user):
    """Whether nobody else handles requests here."""
    return not deciders().exclude(pk=user.pk).exists()


def standing(user, **case):
    """("", "") for somebody else's case; (why not, "") for one's own; ("", what history says) for
    one's own where nobody else could decide. `case` is as in `concerns`.
    """
    if not concerns(user, **case):
        return "", ""
    return ("", ALONE) if is_alone(user) else (OWN, "")


def noted(text, alone):
    """A note for the team, with what history says of a decision in one's own case."""
    return "\n".join(filter(None, (text, alone)))
