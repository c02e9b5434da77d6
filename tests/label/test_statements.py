"""Signed badges follow the members: who gets one, what it says, when it is taken back."""

import json
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from directory.models import Listing
from home.models import ContentVersion, SiteSettings
from label import memberships
from label.models import Membership, SigningKey, Statement
from label.statements import facts, issuing, keys, publishing
from label.statements.check import Verdict, check
from label.statements.signed import read_keys, read_revocations
from tests import factories
from tests.label.factories import charter, member

pytestmark = pytest.mark.django_db
State = Membership.State
SITE = "https://www.terre-grise.example/"
HIDDEN = "canari-cache"


def potter(**fields):
    """A member with a listing that has a site of its own."""
    listing = factories.listing("Atelier de la Terre grise", website=SITE)
    return member(listing, until=timezone.localdate() + timedelta(days=200), **fields)


def signed_of(client, member):
    """The published statement of a badge."""
    return client.get(f"/badge/{member.code}.json")


def verdict(client, raw, site="", now=None):
    """What somebody finds who took keys and list from the site."""
    known = read_keys(client.get("/label/cles.json").content)
    listed = read_revocations(client.get("/label/revocations.json").content, known)
    return check(raw, known, listed, site, now).verdict


def said(response):
    """What a published statement says."""
    return json.loads(response.content)["statement"]


def test_a_members_badge_is_signed_and_published(client, settings):
    settings.SITE_URL = "https://label.example"
    one = potter()
    response = signed_of(client, one)
    assert (response.status_code, response["Access-Control-Allow-Origin"]) == (200, "*")
    assert response["Content-Type"].startswith("application/json")
    told = said(response)
    assert told["holder"] == "Atelier de la Terre grise"
    assert (told["code"], told["sites"]) == (one.code, ["terre-grise.example"])
    assert told["page"] == f"https://label.example{one.get_absolute_url()}"
    assert told["expires"] == facts.as_told(facts.midnight(one.until + timedelta(days=1)))
    assert verdict(client, response.content, SITE) == Verdict.GENUINE
    assert verdict(client, response.content, "https://copieur.example") == Verdict.OTHER_SITE


@pytest.mark.parametrize(
    "address", ["/badge/{}.json", "/label/cles.json", "/label/revocations.json"]
)
def test_what_is_published_is_kept_and_the_same_for_everybody(client, address):
    path = address.format(potter().code)
    first = client.get(path)
    assert not first.cookies
    assert "public" in first["Cache-Control"]
    again = client.get(path, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, client.get(path).content) == (304, first.content)
    assert client.post(path).status_code == 405


def test_only_a_codes_own_address_is_kept(client):
    one = potter(code="D2C5E6H8KV")
    typed = client.get("/badge/d2c5-e6h-8ku.json")
    assert (typed.status_code, typed["Cache-Control"]) == (200, "no-cache")
    assert typed.content == signed_of(client, one).content


@pytest.mark.parametrize("act", ["leave", "revoke", "delete_listing", "end", "undo"])
def test_what_ends_a_membership_takes_the_badge_back(client, moderator, act):
    one = potter()
    raw = signed_of(client, one).content
    if act == "leave":
        memberships.leave(one, None)
    elif act == "revoke":
        memberships.revoke(one, moderator, "motif")
    elif act == "undo":
        memberships.reopen(one, moderator)
    elif act == "delete_listing":
        one.listing.delete()
    else:
        Membership.objects.filter(pk=one.pk).update(until=timezone.localdate() - timedelta(days=1))
        assert memberships.end_those_due() == 1
    assert signed_of(client, one).status_code in (404, 410)
    assert verdict(client, raw, SITE) == Verdict.REVOKED
    assert "motif" not in client.get("/label/revocations.json").content.decode()


def test_a_badge_that_came_to_its_end_is_expired_and_not_listed(client):
    one = potter()
    raw = signed_of(client, one).content
    later = timezone.now() + timedelta(days=202)
    assert Statement.objects.taken_back(later).count() == 0
    known = read_keys(keys.published())
    assert check(raw, known, now=later).verdict == Verdict.EXPIRED


def test_a_renewal_signs_anew_and_leaves_the_older_one_alone(client):
    one = potter()
    Membership.objects.filter(pk=one.pk).update(until=timezone.localdate() + timedelta(days=20))
    one.refresh_from_db()
    issuing.follow(one)
    raw = signed_of(client, one).content
    charter()
    assert memberships.renew(one, None)
    new = signed_of(client, one)
    assert said(new)["expires"] > json.loads(raw)["statement"]["expires"]
    assert verdict(client, raw, SITE) == verdict(client, new.content, SITE) == Verdict.GENUINE


@pytest.mark.parametrize(
    "change",
    [{"name": "Autre nom"}, {"website": "https://ailleurs.example"}, {"website": ""}],
)
def test_what_is_no_longer_true_is_taken_back_and_signed_anew(client, change):
    one = potter()
    raw = signed_of(client, one).content
    for name, value in change.items():
        setattr(one.listing, name, value)
    one.listing.save()
    new = signed_of(client, one)
    assert said(new)["id"] != json.loads(raw)["statement"]["id"]
    assert verdict(client, raw, SITE) == Verdict.REVOKED
    assert verdict(client, new.content) == Verdict.GENUINE


def test_what_changes_nothing_signs_nothing():
    one = potter()
    before = list(Statement.objects.values())
    one.listing.summary = "Autre chose"
    one.listing.save()
    one.save()
    assert issuing.sweep() == 0
    assert list(Statement.objects.values()) == before


def test_a_change_in_bulk_is_signed_at_night(client):
    one = potter()
    Listing.objects.update(website="https://ailleurs.example")
    assert issuing.sweep() == 1
    assert said(signed_of(client, one))["sites"] == ["ailleurs.example"]


def test_a_hidden_member_is_named_nowhere(client):
    listing = factories.listing(HIDDEN, website=SITE, live=False)
    one = member(listing, slug="membre-cache")
    waiting = member(holder=HIDDEN, state=State.WAITING, since=None)
    shown = member(holder=HIDDEN)
    memberships.leave(shown, None)
    issuing.sweep()
    for path in (
        *(
            f"/badge/{each.code}.{ending}"
            for each in (one, waiting, shown)
            for ending in ("json", "svg")
        ),
        *(f"/label/verifier/{each.code}/" for each in (one, waiting, shown)),
        "/label/cles.json",
        "/label/revocations.json",
    ):
        answer = client.get(path)
        assert HIDDEN not in answer.content.decode(), path
        assert "terre-grise" not in answer.content.decode(), path
    assert [signed_of(client, each).status_code for each in (one, waiting, shown)] == [
        404,
        404,
        410,
    ]


def test_a_badge_hidden_for_a_while_is_handed_out_again(client):
    one = potter()
    raw = signed_of(client, one).content
    Listing.objects.update(live=False)
    one.listing.refresh_from_db()
    one.listing.save()
    assert signed_of(client, one).status_code == 404
    one.listing.live = True
    one.listing.save()
    assert signed_of(client, one).content == raw


def test_unknown_codes_have_no_statement(client):
    for code in ("ACDEFHJKMN", "x", "..", "é", "%00", "A" * 3000):
        assert client.get(f"/badge/{code}.json").status_code == 404


@pytest.mark.parametrize(
    ("website", "bound"),
    [
        ("https://www.terre-grise.example/accueil", "terre-grise.example"),
        ("http://boutique.terre-grise.example:8080/", "boutique.terre-grise.example:8080"),
        ("https://chèvrerie.example", "xn--chvrerie-20a.example"),
        ("https://www.facebook.com/terregrise/", "facebook.com/terregrise"),
        ("https://terregrise.wixsite.com/", "terregrise.wixsite.com"),
        ("https://terregrise.wixsite.com/atelier", "terregrise.wixsite.com/atelier"),
        ("https://facebook.com/", ""),
        ("https://m.facebook.com", ""),
        ("https://facebook.com/profile.php?id=3", ""),
        ("https://facebook.com/a/../b", ""),
        ("http://127.0.0.1:8000/", ""),
        ("https://nom@terre-grise.example", ""),
        ("localhost", ""),
        ("javascript:alert(1)", ""),
        ("", ""),
    ],
)
def test_a_statement_is_bound_to_what_is_ones_own(website, bound):
    assert facts.place_of_website(website) == bound


def test_a_member_without_site_is_signed_for_the_label_page_only(client, settings):
    settings.SITE_URL = "https://label.example"
    one = member(holder="Zoé")
    response = signed_of(client, one)
    assert said(response)["sites"] == []
    assert verdict(client, response.content, "https://label.example/label/") == Verdict.GENUINE
    assert verdict(client, response.content, "https://autre.example/") == Verdict.OTHER_SITE


@pytest.mark.parametrize("zone", ["Europe/Paris", "Indian/Reunion", "America/Cayenne", "UTC"])
def test_the_last_day_is_the_sites_own(zone, settings):
    settings.TIME_ZONE = zone
    with timezone.override(zone):
        one = member(holder="Zoé", until=timezone.localdate() + timedelta(days=200))
        statement = Statement.objects.get(membership=one)
        last = timezone.localtime(statement.expires_at - timedelta(seconds=1))
        assert last.date() == one.until
        known = read_keys(keys.published())
        before, after = (statement.expires_at + timedelta(seconds=n) for n in (-1, 0))
        raw = statement.body.encode()
        assert check(raw, known, now=before).verdict == Verdict.GENUINE
        assert check(raw, known, now=after).verdict == Verdict.EXPIRED


def test_no_statement_lasts_longer_than_four_hundred_days_and_it_is_renewed_in_time():
    one = member(holder="Zoé", until=timezone.localdate() + timedelta(days=2000))
    (first,) = Statement.objects.filter(membership=one)
    assert first.expires_at - first.issued_at <= timedelta(days=402)
    assert issuing.sweep(first.issued_at + timedelta(days=250)) == 0
    assert issuing.sweep(first.issued_at + timedelta(days=320)) == 1
    assert Statement.objects.filter(revoked_at=None).count() == 2


def test_the_list_is_signed_lasts_a_week_and_forgets_what_expired(client):
    one = potter()
    memberships.leave(one, None)
    response = client.get("/label/revocations.json")
    listed = read_revocations(response.content, read_keys(keys.published()))
    assert list(listed.taken_back) == [Statement.objects.get().number]
    assert listed.next_update - listed.issued == publishing.LIST_LASTS
    assert publishing.revocations() == response.content, "the same bytes all day"
    much_later = timezone.now() + timedelta(days=500)
    assert json.loads(publishing.revocations(much_later))["list"]["revoked"] == []


def test_two_listings_become_one_and_both_badges_lead_to_whoever_stays(client):
    from label import merging

    stays, goes = potter(), member(factories.listing("L’autre atelier"))
    Membership.objects.filter(pk=stays.pk).update(since=timezone.localdate() - timedelta(days=9))
    raw = signed_of(client, goes).content
    merging.become_one(goes, stays.listing)
    ContentVersion.bump()
    assert said(signed_of(client, goes))["code"] == stays.code
    assert verdict(client, raw) == Verdict.REVOKED, "it names a listing that is no more"


def test_the_label_renamed_signs_anew_and_takes_nothing_back(client):
    one = potter()
    raw = signed_of(client, one).content
    site = SiteSettings.load()
    site.label_name = "Fait en Beauce"
    site.save()
    assert issuing.sweep() == 1
    assert said(signed_of(client, one))["label"] == "Fait en Beauce"
    assert verdict(client, raw, SITE) == Verdict.GENUINE


@pytest.mark.parametrize("count", [3, 30])
def test_the_nightly_round_asks_little_where_nothing_changed(django_assert_max_num_queries, count):
    for number in range(count):
        member(factories.listing(f"Atelier {number}"))
    issuing.sweep()
    with django_assert_max_num_queries(8):
        assert issuing.sweep() == 0


def test_published_documents_take_few_questions(client, django_assert_max_num_queries):
    one = potter()
    for path in (f"/badge/{one.code}.json", "/label/cles.json", "/label/revocations.json"):
        with django_assert_max_num_queries(4):
            client.get(path)
        with django_assert_max_num_queries(1):
            client.get(path)


def test_the_command_answers_for_the_sites_own_badges(client, capsys, tmp_path):
    one = potter()
    file = tmp_path / "badge.json"
    file.write_bytes(signed_of(client, one).content)
    call_command("check_badge", str(file), site=SITE)
    assert capsys.readouterr().out.endswith("verdict=genuine\n")
    memberships.leave(one, None)
    with pytest.raises(SystemExit) as ended:
        call_command("check_badge", str(file))
    assert ended.value.code == 5
    assert capsys.readouterr().out.endswith("verdict=revoked\n")


def test_with_files_the_command_opens_no_database(
    client, capsys, tmp_path, django_assert_num_queries
):
    one = potter()
    for name, path in {"b": f"/badge/{one.code}.json", "k": "/label/cles.json"}.items():
        (tmp_path / name).write_bytes(client.get(path).content)
    with django_assert_num_queries(0):
        call_command("check_badge", str(tmp_path / "b"), keys=str(tmp_path / "k"))
    assert "verdict=genuine" in capsys.readouterr().out


def test_keys_are_rotated_and_a_leaked_one_counts_for_nothing(client, capsys):
    one = potter()
    raw = signed_of(client, one).content
    call_command("badge_keys", rotate=True)
    assert SigningKey.objects.filter(until=None).count() == 1
    assert verdict(client, raw, SITE) == Verdict.GENUINE
    new = signed_of(client, one).content
    call_command("badge_keys", leaked=True)
    again = signed_of(client, one)
    assert verdict(client, again.content, SITE) == Verdict.GENUINE
    assert again.content != new
    assert "leaked" in client.get("/label/cles.json").content.decode()
    assert "keys=" in capsys.readouterr().out


def test_no_word_of_a_draft_is_signed_whoever_holds_it():
    listing = factories.listing("Four commun")
    listing.name = "Nom encore secret"
    listing.website = "https://secret.example/"
    listing.save_revision()
    signed = member(listing=listing)
    signed.listing = listing
    signed.save()
    assert listing.name == "Nom encore secret"
    told = "".join(Statement.objects.values_list("body", flat=True))
    assert "Four commun" in told and "secret" not in told


def test_the_badge_of_a_deleted_membership_is_taken_back_at_once():
    gone = member(holder="Zélie")
    assert Statement.objects.standing().exists()
    gone.delete()
    assert not Statement.objects.standing().exists()
