"""What tests of claims do again and again: a listing with a contact, a claim, its code."""

import re

from django.contrib.auth.models import Group
from django.test import Client

from label import claiming
from label.models import Claim
from tests import factories
from tests.home.accounts import last_letter, letters

CONTACT = "atelier@terre-grise.example"
CODE = re.compile(r"^\d{4}-\d{4}$", re.MULTILINE)
LINK = re.compile(r"https?://\S+")


def pottery(**fields):
    """A listing with an e-mail and a website of its own."""
    fields.setdefault("email", CONTACT)
    fields.setdefault("website", "https://www.terre-grise.example/")
    fields.setdefault("phone", "06 39 98 40 17")
    return factories.listing("Atelier de la Terre grise", **fields)


def potter(email="solene@example.org", **fields):
    """Somebody with an account who says it is theirs."""
    return factories.user(email, display_name="Solène", **fields)


def volunteer(email="monique@example.org"):
    """Who decides."""
    user = factories.user(email, display_name=email.partition("@")[0].title())
    user.groups.add(Group.objects.get(name="Bénévoles"))
    return user


def client_of(user):
    """A browser in which this person is logged in."""
    client = Client()
    client.force_login(user)
    return client


def code_sent_to(address):
    """The code in the newest mail to somebody."""
    return CODE.search(last_letter(address).body)[0]


def link_sent_to(address, part="/label/demande/contester/"):
    """The path of the newest link of this kind that was mailed to somebody."""
    found = [
        link
        for letter in letters()
        if letter.to == [address]
        for link in LINK.findall(letter.body)
        if part in link
    ]
    return "/" + found[-1].split("/", 3)[3]


def begun(user=None, listing=None):
    """A claim that was begun."""
    return claiming.begin(user or potter(), listing or pottery())


def proven(user=None, listing=None):
    """A claim proved by the code at the contact on file."""
    claim = begun(user, listing)
    claiming.send_code(claim, Claim.Way.CONTACT)
    claiming.prove(claim, code_sent_to(claim.listing.email))
    return claim


def submitted(user=None, listing=None, charter=None, is_proven=True):
    """A claim that waits for a volunteer."""
    claim = (proven if is_proven else begun)(user, listing)
    claiming.submit(claim, "Solène", "", "Je suis au marché le samedi", charter)
    return claim


def accepted(by, user=None, listing=None, **kwargs):
    """A claim that a volunteer accepted."""
    claim = submitted(user, listing)
    claiming.accept(claim, by, claim.state, **kwargs)
    return claim


def managers(listing):
    """Who manages a listing, by e-mail."""
    return sorted(listing.managers.values_list("user__email", flat=True))
