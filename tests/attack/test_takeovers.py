"""Nobody gets a listing that is not theirs: claims attacked over HTTP, as threats.md says."""

from datetime import timedelta

import pytest
from django.core.cache import caches
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from directory.models import ContactChange, Listing, ListingManager
from directory.moderation.merging import KEEP, merge
from label.models import Claim, ClaimCode
from tests import factories
from tests.attack.claims import ask_code, begin, decide, nobody_took, press, send_off
from tests.home.accounts import letters, masked
from tests.label import claiming as cast
from tests.label.claiming import CONTACT, client_of

pytestmark = pytest.mark.django_db
State = Claim.State
THIEF = "voleur@example.org"


@pytest.fixture
def thief():
    return client_of(factories.user(THIEF))


@pytest.fixture
def monique():
    return client_of(cast.volunteer())


def test_the_flow_itself_over_http(client, monique):
    listing = cast.pottery()
    start = reverse("claims:start", args=[listing.slug])
    assert start in client.get(listing.get_absolute_url()).content.decode()
    assert f"next={start.replace('/', '%2F')}" in client.get(start).content.decode()
    solene = client_of(cast.potter())
    claim = begin(solene, listing)
    code = ask_code(solene, claim)
    assert press(solene, "code", claim, code=code)["Location"].endswith("/contact/")
    receipt = solene.get(send_off(solene, claim)["Location"]).content.decode()
    assert claim.number in receipt
    assert "Rien ne change tant qu’elle n’est pas validée." in receipt
    assert "Le contact actuel est prévenu." in receipt
    assert nobody_took(listing)
    decide(monique, claim, "accepter")
    assert nobody_took(listing, "solene@example.org")


def test_a_bare_request_never_takes_anything(thief, monique):
    listing = cast.pottery()
    claim = begin(thief, listing)
    send_off(thief, claim)
    decide(monique, claim, "accepter")
    assert nobody_took(listing)
    for action in ("accepter", "annuler", "rouvrir", "maintenir"):
        assert decide(thief, claim, action).status_code in (302, 403, 404)
    assert nobody_took(listing)


def test_without_login_nothing_begins(client):
    listing = cast.pottery()
    answer = client.post(reverse("claims:start", args=[listing.slug]))
    assert answer["Location"].startswith("/compte/connexion/?next=")
    assert not Claim.objects.exists()


def test_anothers_claim_cannot_be_opened_or_driven(thief):
    listing = cast.pottery()
    solene = client_of(cast.potter())
    claim = begin(solene, listing)
    code = ask_code(solene, claim)
    for name in ("claim", "code", "site", "contact", "charter"):
        assert thief.get(reverse(f"claims:{name}", args=[claim.number])).status_code == 404
    for name, data in (
        ("send", {"moyen": "contact"}),
        ("code", {"code": code}),
        ("contact", {"name": "x"}),
        ("charter", {}),
        ("withdraw", {}),
    ):
        assert press(thief, name, claim, **data).status_code == 404
    claim.refresh_from_db()
    assert (claim.state, claim.codes.exclude(used_at=None).count()) == (State.BEGUN, 0)


@pytest.mark.parametrize("number", ["1", "AAAAAAAA", "x" * 300, "%00", "é", "..", "-1"])
def test_altered_numbers_open_nothing(thief, number):
    cast.begun()
    for part in ("", "code/", "charte/"):
        assert thief.get(f"/label/demande/{number}/{part}").status_code == 404


def test_a_code_of_anothers_claim_proves_nothing_for_mine(thief):
    listing = cast.pottery()
    solene = client_of(cast.potter())
    code = ask_code(solene, begin(solene, listing))
    mine = begin(thief, listing)
    press(thief, "code", mine, code=code)
    ask_code(thief, mine)
    press(thief, "code", mine, code=code)
    assert not mine.codes.exclude(used_at=None).exists()


def test_replay_of_a_code(thief):
    claim = begin(thief, cast.pottery())
    code = ask_code(thief, claim)
    press(thief, "code", claim, code=code)
    press(thief, "withdraw", claim)
    again = begin(thief, claim.listing)
    assert again != claim
    assert press(thief, "code", again, code=code).status_code == 422
    assert not ClaimCode.objects.exclude(used_at=None).exists()


def test_brute_force_of_codes(thief):
    """As many tries and new codes as the site lets through: a few dozen of a hundred million."""
    claim = begin(thief, cast.pottery())
    for _ in range(40):
        press(thief, "send", claim, moyen="contact")
        for guess in range(12):
            press(thief, "code", claim, code=f"{guess:08}")
    tried = sum(ClaimCode.objects.values_list("tries", flat=True))
    assert tried <= 30
    assert not ClaimCode.objects.exclude(used_at=None).exists()
    assert ClaimCode.objects.count() <= 6


def test_expired_codes(thief):
    claim = begin(thief, cast.pottery())
    code = ask_code(thief, claim)
    ClaimCode.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert press(thief, "code", claim, code=code).status_code == 422


@pytest.mark.parametrize("field", ["email", "website"])
def test_a_contact_changed_a_minute_before(thief, monique, field):
    """Somebody had the listing changed to what is theirs, and claims by it."""
    listing = cast.pottery()
    now = {"email": THIEF, "website": "https://voleur.example/"}[field]
    Listing.objects.filter(pk=listing.pk).update(**{field: now})
    claim = begin(thief, listing)
    page = thief.get(reverse("claims:claim", args=[claim.number])).content.decode()
    ways = {"email": ["contact"], "website": ["domaine", "site"]}[field]
    for way in ways:
        assert f'value="{way}"' not in page
    sent = {"moyen": ways[0], "adresse": "moi@voleur.example"}
    assert press(thief, "send", claim, **sent).status_code == 422
    assert thief.get(reverse("claims:site", args=[claim.number])).status_code in (200, 422)
    assert not [letter for letter in letters() if "code" in letter.subject]
    send_off(thief, claim)
    decide(monique, claim, "accepter")
    assert nobody_took(listing)


def test_a_contact_changed_between_the_code_and_the_decision(thief, monique):
    listing = cast.pottery()
    claim = begin(thief, listing)
    press(thief, "code", claim, code=ask_code(thief, claim))
    send_off(thief, claim)
    Listing.objects.filter(pk=listing.pk).update(email="neuf@terre-grise.example")
    decide(monique, claim, "accepter")
    assert nobody_took(listing)
    page = monique.get(reverse("label_admin:claim", args=[claim.pk])).content.decode()
    assert "ne compte plus" in page


def test_two_listings_made_one_tell_the_contact_of_the_one_that_stays(thief, monique, moderator):
    """Claimed while it was a listing of its own, decided once it is somebody else's."""
    own = factories.listing("Doublon", email="voleur@doublon.example")
    claim = begin(thief, own)
    press(thief, "code", claim, code=ask_code(thief, claim))
    send_off(thief, claim)
    true = cast.pottery()
    merge(true, own, {"email": KEEP}, moderator)
    decide(monique, claim, "accepter")
    assert nobody_took(true)
    decide(monique, claim, "accepter", evidence="visite")
    contest = cast.link_sent_to(CONTACT)
    Client().post(contest, {"action": "contester"})
    claim.refresh_from_db()
    assert claim.state == State.CONTESTED


def test_what_a_moderator_typed_counts_at_once_and_only_that(monique, thief):
    listing = cast.pottery()
    ContactChange.objects.create(listing=listing, field="email", after="x@y.example")
    last = ContactChange.objects.last_pk()
    assert ContactChange.objects.vouch(listing, after=last) == 0
    Listing.objects.update(email="neuf@terre-grise.example")
    assert ContactChange.objects.vouch(listing, after=last) == 1
    assert ContactChange.objects.unvouched(timezone.now() - timedelta(days=1)).count() == 1


@pytest.mark.parametrize(
    "address",
    [
        "moi@terre-grise.example.voleur.example",
        "moi@terre-grise.example@voleur.example",
        "moi@tеrre-grise.example",  # a Cyrillic е
        "moi@xn--trre-grise-l2k.example",
        "moi@terre-grise.exаmple",
        "moi@mail.terre-grise.example",
        "moi@www.terre-grise.example",
        "moi@example",
        "moi@terre-grise.example\r\nBcc: tous@example.org",
        '"x@terre-grise.example"@voleur.example',
        "moi@[127.0.0.1]",
        "moi@terre-grise．example",
        "",
    ],
)
def test_addresses_that_only_look_like_the_websites(thief, address):
    claim = begin(thief, cast.pottery())
    answer = press(thief, "send", claim, moyen="domaine", adresse=address)
    assert answer.status_code == 422
    assert not letters()


@pytest.mark.parametrize(
    "website",
    [
        "https://www.facebook.com/terre-grise",
        "https://terre-grise.wixsite.com/poterie",
        "https://terre-grise.wordpress.com/",
        "https://sites.google.com/view/terre-grise",
        "https://linktr.ee/terregrise",
        "https://gmail.com/",
        "https://xn--trre-grise-l2k.example/",
        "https://tеrre-grise.example/",
        "https://terre-grise.example@voleur.example/",
        "https://127.0.0.1/",
        "https://[::1]/",
        "",
    ],
)
def test_websites_at_which_an_address_proves_nothing(thief, website):
    claim = begin(thief, cast.pottery(website=website))
    host = website.partition("://")[2].partition("/")[0].rpartition("@")[2].removeprefix("www.")
    answer = press(thief, "send", claim, moyen="domaine", adresse=f"moi@{host or 'x.example'}")
    assert answer.status_code == 422
    assert not letters()


def test_opening_links_never_acts(monique):
    """Mail scanners open what is in mails; so do previews."""
    claim = cast.submitted()
    contest = cast.link_sent_to(CONTACT)
    anybody = client_of(factories.user("scanner@example.org"))
    for who in (anybody, monique):
        for _ in range(2):
            assert who.get(contest).status_code == 200
            who.head(contest)
    claim.refresh_from_db()
    assert claim.state == State.WAITING
    for name in ("send", "withdraw"):
        solene = client_of(claim.user)
        assert solene.get(reverse(f"claims:{name}", args=[claim.number])).status_code == 405
    decided = monique.get(reverse("label_admin:decide_claim", args=[claim.pk]))
    assert decided.status_code == 405


def test_the_link_of_the_contact_contests_without_account(client, monique):
    claim = cast.submitted()
    link = cast.link_sent_to(CONTACT)
    client.post(link, {"action": "contester", "why": "C’est mon atelier"})
    claim.refresh_from_db()
    assert claim.state == State.CONTESTED
    decide(monique, claim, "accepter")
    assert nobody_took(claim.listing)
    page = monique.get(reverse("label_admin:claim", args=[claim.pk])).content.decode()
    assert "C’est mon atelier" in page


@pytest.mark.parametrize("spoil", [lambda t: t[:-2], lambda t: t.swapcase(), lambda t: "x" + t])
def test_altered_links_contest_nothing(client, spoil):
    claim = cast.submitted()
    link = cast.link_sent_to(CONTACT).rstrip("/")
    head, _, token = link.rpartition("/")
    answer = client.post(f"{head}/{spoil(token)}/", {"action": "contester"})
    claim.refresh_from_db()
    assert (answer.status_code, claim.state) == (410, State.WAITING)


def test_the_thief_cannot_agree_in_the_managers_name(thief, monique):
    """The claimant's own mails hold no link to agree, nor does the contact's link agree."""
    listing = cast.pottery()
    manager = factories.user("responsable@example.org")
    ListingManager.objects.create(user=manager, listing=listing)
    claim = begin(thief, listing)
    press(thief, "code", claim, code=ask_code(thief, claim))
    send_off(thief, claim)
    assert not [x for x in letters() if x.to == [THIEF] and "/contester/" in x.body]
    thief.post(cast.link_sent_to(CONTACT), {"action": "accord"})
    claim.refresh_from_db()
    assert claim.agreed_at is None
    decide(monique, claim, "accepter", replace="on")
    decide(monique, claim, "accepter", evidence="visite", replace="on")
    assert nobody_took(listing, "responsable@example.org")
    assert [x for x in letters() if x.to == ["responsable@example.org"]]


def test_nobody_learns_who_manages_a_listing():
    """The same pages and the same words, managed or not."""
    seen = []
    for number in (1, 2):
        listing = factories.listing(f"Atelier {number}", email=f"a{number}@atelier.example")
        if number == 2:
            manager = factories.user("responsable@example.org", display_name="Odette")
            ListingManager.objects.create(user=manager, listing=listing)
        someone = client_of(factories.user(f"curieux{number}@example.org"))
        claim = begin(someone, listing)
        pages = [someone.get(reverse("claims:claim", args=[claim.number]))]
        press(someone, "code", claim, code=ask_code(someone, claim))
        pages.append(someone.get(send_off(someone, claim)["Location"]))
        private = (claim.number, listing.slug, listing.name, f"curieux{number}", f"a{number}@")
        seen.append([masked(page, *private) for page in pages])
    assert seen[0] == seen[1]
    assert "Odette" not in str(seen)


def test_two_hundred_pairs_of_addresses_get_the_same_answers(thief):
    """Whether an address at the website has an account or not is nobody's business."""
    listing = cast.pottery()
    claim = begin(thief, listing)
    differences = 0
    for number in range(200):
        known = f"connue{number:03}@terre-grise.example"
        factories.user(known)
        told = [one_answer(thief, claim, one) for one in (known, known.replace("connue", "aucune"))]
        differences += told[0] != told[1]
    assert differences == 0


def one_answer(client, claim, address):
    """What is told when a code is asked for to an address."""
    caches["counters"].clear()
    answer = press(client, "send", claim, moyen="domaine", adresse=address)
    page = client.get(answer["Location"]) if answer.status_code == 302 else answer
    headers = {name: value for name, value in answer.headers.items() if name != "Expires"}
    return answer.status_code, headers, sorted(answer.cookies), masked(page, address)


def test_an_invitation_counts_for_its_address_alone_and_once(thief, monique):
    claim = cast.accepted(cast.volunteer("paul@example.org"))
    solene = client_of(claim.user)
    invite = reverse("claims:invite", args=[claim.listing.slug])
    solene.post(invite, {"email": "julie@example.org", "role": "aide"})
    link = cast.link_sent_to("julie@example.org", "/invitation/")
    assert thief.post(link).status_code == 422
    assert thief.get(invite).status_code == 404
    assert thief.post(invite, {"email": THIEF, "role": "responsable"}).status_code == 404
    julie = client_of(factories.user("julie@example.org"))
    julie.get(link)
    assert nobody_took(claim.listing, "solene@example.org")
    julie.post(link)
    assert nobody_took(claim.listing, "julie@example.org", "solene@example.org")
    assert julie.post(link).status_code == 410
    # A helper neither invites nor takes anybody off.
    julie.post(invite, {"email": THIEF, "role": "aide"})
    julie.post(invite, {"retirer": str(claim.user_id)})
    assert nobody_took(claim.listing, "julie@example.org", "solene@example.org")
    assert not [letter for letter in letters() if letter.to == [THIEF]]


def test_invitations_say_the_same_to_known_and_unknown(monique):
    claim = cast.accepted(cast.volunteer("paul@example.org"))
    factories.user("connue@example.org")
    solene = client_of(claim.user)
    invite = reverse("claims:invite", args=[claim.listing.slug])
    seen = []
    for address in ("connue@example.org", "aucune@example.org"):
        answer = solene.post(invite, {"email": address, "role": "aide"})
        seen.append((answer.status_code, masked(solene.get(answer["Location"]), address)))
    assert seen[0] == seen[1]
