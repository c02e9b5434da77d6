"""What is mailed to members and to whoever wrote a post: written down within the act's
transaction, sent by the worker.

Nothing of the team's private reasons is in them.
"""

from django.conf import settings
from django.urls import reverse

from home import mailing
from home.templatetags.frame import site_settings


def signed(membership):
    """The signature has come; nothing changes before somebody has read it."""
    _to(membership, "Votre signature est arrivée", "signed")


def accepted(membership):
    """Welcome: the page, the badge, the card."""
    _to(membership, "Bienvenue dans le label {label}", "accepted")


def asked(membership):
    """Something is missing: the question, and where to answer."""
    _to(membership, "Votre demande de label : une précision", "asked")


def refused(membership, reply=""):
    """Not this time, with what the team wants to say of it."""
    _to(membership, "Votre demande de label", "refused", reply=reply.strip())


def left(membership, was_waiting=False):
    """They went: what becomes of page and badge."""
    subject = "Votre demande de label est annulée" if was_waiting else "Vous avez quitté le label"
    _to(membership, subject, "left", was_waiting=was_waiting)


def passed_on(membership):
    """Somebody else looks after the listing now: the signature of before no longer counts."""
    _to(
        membership,
        "Votre label {label} s’arrête pour une fiche que vous ne gérez plus",
        "passed_on",
    )


def given_back(membership):
    """That was undone: the label is theirs as before."""
    _to(membership, "Votre label {label} est rétabli", "given_back")


def revoked(membership, reply=""):
    """The label was taken away, and how to answer."""
    _to(membership, "Votre label {label} est retiré", "revoked", reply=reply.strip())


def renewed(membership):
    """Another year."""
    _to(membership, "Votre label {label} est renouvelé", "renewed")


def ending(membership):
    """The year is nearly over."""
    _to(membership, "Votre label {label} : à renouveler", "ending")


def ended(membership):
    """The year is over; it can still be renewed."""
    _to(membership, "Votre label {label} est arrivé à échéance", "ended")


def post_asked(post):
    """Something is missing in a post: the question, and where to put it right."""
    _to_author(post, "Votre publication : une précision", "post_asked")


def post_refused(post):
    """A post does not appear, or no longer, and why."""
    _to_author(post, "Votre publication", "post_refused")


def _to_author(post, subject, template):
    """To whoever wrote it, if there still is an account that can log in."""
    person = post.author
    if not person or not person.is_active:
        return
    link = settings.SITE_URL + reverse("space:posts")
    mailing.write(person.email, subject, f"label/{template}", {"post": post, "link": link})


def _to(membership, subject, template, **context):
    """To whoever signed, if there still is an account that can log in."""
    person = membership.user
    if not person or not person.is_active:
        return
    label = site_settings().label_name
    known = {
        "name": str(person),
        "member": membership,
        "label": label,
        "link": settings.SITE_URL + reverse("label:member", args=[membership.slug]),
        "space_url": settings.SITE_URL + reverse("space:home"),
        "label_url": settings.SITE_URL + reverse("label:label"),
    }
    mailing.write(person.email, subject.format(label=label), f"label/{template}", known | context)
