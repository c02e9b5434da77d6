"""How a letter is written: once for an audience, plain for every mail program, in few questions."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from letter import closing, contents, sending, writing
from letter.audiences import SITE, Audience
from letter.models import Follower, Letter
from tests import factories as directory
from tests.label import factories as label
from tests.letter import factories
from tests.webmag import factories as webmag


@pytest.mark.django_db
def test_it_is_written_once_for_an_audience(monkeypatch):
    directory.listing()
    for number in range(12):
        factories.follower(audience=("site", "c78517", "c78517 c91200")[number % 3])
    factories.letter()
    written = []
    write = writing.write
    monkeypatch.setattr(writing, "write", lambda *about: written.append(about) or write(*about))
    assert sending.send_due().sent == 12
    assert len(written) == 3


@pytest.mark.django_db
def test_words_of_anybody_are_only_words(mailoutbox):
    factories.follower()
    directory.listing("<script>alert(1)</script>\r\nBcc: x@y.lan", summary="\u202e<b>x")
    factories.letter()
    sending.send_due()
    html = mailoutbox[0].alternatives[0][0]
    assert "<script" not in html and "&lt;script" in html and "<b>x" not in html
    assert "\n" not in mailoutbox[0].subject
    assert mailoutbox[0].recipients() == [Follower.objects.get().email]


@pytest.mark.django_db
def test_questions_do_not_grow_with_what_is_told():
    def told(number):
        for _ in range(number):
            directory.listing()
            webmag.article()
            label.post()
            label.item()
        letter = closing.prepare()
        with CaptureQueriesContext(connection) as asked:
            contents.sections(SITE, letter.pk, letter.pk)
        return len(asked)

    assert told(1) == told(9)


@pytest.mark.django_db
def test_photos_are_in_the_form_that_every_mail_program_shows(mailoutbox):
    seen = webmag.photo(size=(1300, 900), description="Le four")
    label.post("Four", photo=seen)
    label.item("<p>Chèvres</p>", title="Nées", photo=webmag.photo(size=(1300, 900)))
    label.post("Sans photo")
    factories.follower()
    factories.letter()
    sending.send_due()
    html = mailoutbox[0].alternatives[0][0]
    shown = re.findall(r'(<a [^>]*>)?<img src="([^"]*)" alt="([^"]*)"', html)
    assert len(shown) == 2
    assert all(src.startswith("http") and src.endswith(".jpg") for _, src, _ in shown)
    # Without words, a photo is no link: nobody could say where it leads.
    assert all(bool(link) == bool(alt) for link, _, alt in shown)


@pytest.mark.django_db
def test_the_longest_letter_is_not_cut_by_a_large_mailbox_nor_by_an_old_server(settings):
    settings.SITE_URL = "https://" + "un-nom-de-domaine-assez-long." * 2 + "example.org"
    long = "L’été d’« Émile & fils » "
    for number in range(14):
        directory.listing((long * 8)[:118] + str(number), summary=(long * 20)[:160])
        webmag.article((long * 6)[:120] + str(number), standfirst=(long * 20)[:300])
        label.post((long * 40)[:900], photo=webmag.photo() if number < 2 else None)
    letter = closing.prepare()
    Letter.objects.filter(pk=letter.pk).update(words=("é" * 1000)[:1000])
    audience = Audience.of(False, [], [directory.commune().pk])
    for number in range(14):
        directory.listing((long * 8)[:118] + str(number), kind="marche", hours="Mo-Su 08:00-13:00")
    for who in (SITE, audience):
        written = writing.write(letter, 0, who)
        # Gmail cuts a letter after 102 kB, with the link to stop at its end.
        assert len(written.html.encode()) < 95_000
    follower = factories.follower()
    raw = writing.message(written, letter, follower).message().as_bytes()
    assert max(map(len, raw.splitlines())) <= 998
