"""« Sources » for volunteers: follow, note consent, see what is wrong, lists in and out."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from label.models import Moment, Source
from tests.label.hosts import Outside, source

pytestmark = pytest.mark.django_db
ADD, HEALTH = "/gestion/label/sources/add/", "/gestion/label/sources/sante/"
OPML = b'<opml version="2.0"><body>%s</body></opml>'


@pytest.fixture
def outside(settings, hashtag):
    """A host on loopback that may be asked."""
    server = Outside()
    settings.ALLOW_PRIVATE_FETCH = [server.entry]
    yield server
    server.close()


@pytest.fixture
def browser(client, moderator):
    """The browser of who runs the site."""
    client.force_login(moderator)
    return client


def form(address, **fields):
    """What the form sends."""
    return {
        "address": address,
        "title": "",
        "consent": "inconnu",
        "consent_note": "",
        "interval": "60",
        "state": "active",
    } | fields


def words(answer):
    """What a page says."""
    return " ".join(BeautifulSoup(answer.content, "html.parser").get_text(" ").split())


def test_a_page_is_followed_by_the_feed_that_it_names(browser, outside, moderator):
    outside.feed("/flux", ("pain", "#mis78"))
    link = '<link rel="alternate" type="application/rss+xml" href="/flux">'
    outside.pages["/"] = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + link.encode()
    browser.post(ADD, form(f"{outside.url}/"))
    made = Source.objects.get()
    assert (made.url, made.address) == (f"{outside.url}/flux", f"{outside.url}/")
    assert (made.title, made.created_by) == ("Le fournil", moderator)
    again = browser.post(ADD, form(f"{outside.url}/flux"))
    assert "déjà suivie" in words(again) and Source.objects.count() == 1


def test_a_site_that_does_not_answer_is_followed_with_a_word_of_why(browser, outside):
    answer = browser.post(ADD, form(f"{outside.url}/bientot"), follow=True)
    assert "Pour l’instant" in words(answer) and Source.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("https://www.instagram.com/zelie/", "instagram.com ne laisse rien lire"),
        ("facebook.com/zelie", "facebook.com ne laisse rien lire"),
        ("http://10.0.0.8/flux", "ne mène pas à un site public"),
        ("https://x.example:8080/", "seuls 80 et 443"),
        ("zelie", "n’est pas celle d’une page web"),
    ],
)
def test_what_nobody_could_ever_follow_is_said_at_once(browser, typed, said):
    answer = browser.post(ADD, form(typed))
    assert said in words(answer) and not Source.objects.exists()
    # The word stands in the form, and what was typed can be mended.
    assert BeautifulSoup(answer.content, "html.parser").find(attrs={"name": "address"})["value"]


def test_an_address_of_the_fediverse_is_followed_as_its_profile(browser):
    answer = browser.post(ADD, form("@zelie@nulle-part.invalid"), follow=True)
    made = Source.objects.get()
    assert (made.address, made.url) == (
        "https://nulle-part.invalid/@zelie",
        "https://nulle-part.invalid/@zelie.rss",
    )
    assert "Pour l’instant" in words(answer)


def test_nobody_is_published_unread_without_their_word(browser, outside):
    url = outside.feed("/flux")
    answer = browser.post(ADD, form(url, trusted="on"))
    assert "Il faut d’abord l’accord" in words(answer) and not Source.objects.exists()
    browser.post(ADD, form(url, trusted="on", consent="oui"))
    assert Source.objects.get().trusted


def test_another_address_starts_from_nothing(browser, outside):
    one = source(outside.feed("/vieux"), etag='"1"', failures=3, last_error="Rien.")
    edit = reverse(Source.snippet_viewset.get_url_name("edit"), args=[one.pk])
    browser.post(edit, form(one.address, title="Le four"))
    one.refresh_from_db()
    assert (one.etag, one.title) == ('"1"', "Le four")
    browser.post(edit, form(outside.feed("/neuf"), title="Le four"))
    one.refresh_from_db()
    assert (one.url, one.etag, one.failures) == (f"{outside.url}/neuf", "", 0)


def test_health_names_who_is_in_trouble_first_in_few_queries(
    browser, django_assert_max_num_queries
):
    assert "Aucune source n’est suivie." in words(browser.get(HEALTH))
    now = timezone.now()
    for number in range(30):
        source(f"http://bon-{number}.example/", polled_at=now, succeeded_at=now, brought=2)
    source("http://mal.example/", title="Mal", failures=4, last_error="Il n’y a rien (404).")
    with django_assert_max_num_queries(25):
        answer = browser.get(HEALTH)
    assert "1 source ne répond plus" in words(answer)
    first = BeautifulSoup(answer.content, "html.parser").select_one("[data-source]")
    assert "Mal" in first.text and "Il n’y a rien (404)." in first.text
    assert "2 publications apportées" in words(answer)


def test_the_buttons_do_what_they_say(browser):
    later = timezone.now() + timedelta(hours=3)
    one = source("http://x.example/", next_poll_at=later)
    address = reverse("label_admin:source_act", args=[one.pk])

    def press(name):
        said = words(browser.post(address, {"act": name}, follow=True))
        one.refresh_from_db()
        return said

    assert "interrogée dans la minute" in press("interroger")
    assert one.next_poll_at <= timezone.now()
    assert "en pause" in press("pause") and one.state == Source.State.PAUSED
    assert "en pause" in press("interroger")
    Source.objects.update(failures=5, last_error="Rien.")
    assert "de nouveau suivie" in press("reprendre")
    assert (one.state, one.failures, one.last_error) == (Source.State.ACTIVE, 0, "")
    Source.objects.update(wait_until=later, next_poll_at=later)
    assert "d’attendre" in press("interroger") and one.next_poll_at == later
    assert browser.get(address).status_code == 405


def test_a_list_comes_in_and_goes_out(browser):
    file = OPML % b'<outline text="Miel" xmlUrl="https://miel.example/flux"/>'
    answer = browser.post(
        reverse("label_admin:sources_import"), {"file": SimpleUploadedFile("a.opml", file)}
    )
    assert "1 source ajoutée" in words(answer)
    assert not Source.objects.get().trusted
    out = browser.get(reverse("label_admin:sources_export"))
    assert b"https://miel.example/flux" in out.content and "opml" in out["Content-Disposition"]
    wrong = browser.post(
        reverse("label_admin:sources_import"), {"file": SimpleUploadedFile("a.opml", b"<p>")}
    )
    assert wrong.status_code == 422 and "OPML" in words(wrong)


def test_a_moment_has_one_form_and_days_in_order(browser):
    add = "/gestion/label/moments/add/"
    browser.post(add, {"tag": "#MarchéDeNoël", "since": "", "until": "2027-01-06"})
    assert str(Moment.objects.get()) == "#marchédenoël"
    wrong = {"tag": "neige", "since": "2027-01-06", "until": "2026-12-01"}
    assert "avant le début" in words(browser.post(add, wrong))


@pytest.mark.parametrize("address", [ADD, HEALTH, "/gestion/label/sources/opml/"])
def test_a_stranger_sees_nothing_of_it(client, stranger, address):
    client.force_login(stranger)
    assert client.get(address).status_code in (302, 403)


def many_in_trouble():
    """Sources of every sort."""
    reasons = ["Il n’y a rien à cette adresse (404).", "Ce site refuse de nous répondre (403)."]
    for number in range(12):
        reason = reasons[number % 3 == 0]
        source(f"http://mal-{number}.example/", failures=4, last_error=reason)
    source("http://parti.example/", title="Parti", failures=9, state=Source.State.GONE)
    source("http://bon.example/", title="Le fournil", brought=3, polled_at=timezone.now())


def shown(answer):
    """The names of the sources on a page."""
    page = BeautifulSoup(answer.content, "html.parser")
    return [one.select_one("strong").text for one in page.select("[data-source]")]


def test_among_many_each_is_found_by_its_state_its_trouble_or_its_name(browser):
    many_in_trouble()
    whole = browser.get(HEALTH)
    # Who is asked no more is no trouble to be mended.
    assert shown(whole)[-1] == "Parti"
    assert "En souci (12)" in words(whole) and "Disparues (1)" in words(whole)
    troubled = browser.get(f"{HEALTH}?etat=soucis")
    assert len(shown(troubled)) == 12
    page = BeautifulSoup(troubled.content, "html.parser")
    lines = [one.text for one in page.select(".annuaire-reasons a")]
    assert lines == [
        "8 × Il n’y a rien à cette adresse (404).",
        "4 × Ce site refuse de nous répondre (403).",
    ]
    link = page.select(".annuaire-reasons a")[1]["href"]
    assert len(shown(browser.get(f"{HEALTH}{link}"))) == 4
    assert shown(browser.get(f"{HEALTH}?q=fournil")) == ["Le fournil"]
    assert shown(browser.get(f"{HEALTH}?q=bon.example")) == ["Le fournil"]
    assert "Aucune source ici." in words(browser.get(f"{HEALTH}?q=zz%00"))
    assert shown(browser.get(f"{HEALTH}?etat=disparues")) == ["Parti"]


def test_a_button_leaves_one_where_one_was(browser):
    many_in_trouble()
    one = Source.objects.filter(failures=4).first()
    address = reverse("label_admin:source_act", args=[one.pk])
    place = "etat=soucis&q=mal&p=2&next=//ailleurs.example"
    answer = browser.post(address, {"act": "pause", "place": place})
    assert answer["Location"] == f"{HEALTH}?etat=soucis&q=mal&p=2"
    assert browser.post(address, {"act": "reprendre"})["Location"] == HEALTH
