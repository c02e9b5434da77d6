"""The demo's magazines: they load, they hold together, and every state has its article."""

import json
import re
from datetime import timedelta
from io import StringIO
from itertools import chain

import pytest
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from wagtail.documents import get_document_model
from wagtail.models import ReferenceIndex, TaskState

from config.demo import accounts, loading, publishing
from directory.models import Commune, Listing
from home.models import OutgoingMail, User
from tests.config.test_demo_listings import FICTION_PHONE, SLUGS, all_strings
from tests.webmag import books
from tests.webmag import factories as magazines
from webmag import reading_time
from webmag.blocks import ARTICLE_BLOCKS
from webmag.models import Application, Article, Author, Issue, Magazine, Role

pytestmark = pytest.mark.django_db

ROWS = publishing.article_rows()
PUBLISHED = [row for row in ROWS if row["state"] == "published"]
MAGAZINES = {row["slug"]: row for row in loading.read("magazines.json")}
AUTHORS = {row["slug"]: row for row in loading.read("authors.json")}
DRAWINGS = loading.read("drawings/alt.json")
STATES = {"published", "draft", "waiting", "sent-back", "planned"}
PHONE = re.compile(r"\b0\d(?:[ .\u00a0]?\d\d){4}\b")
MAIL = re.compile(r"[\w.+-]+@([\w.-]+)")
LOOSE = re.compile(r" [:;?!»]|« ")
PROMOTION = re.compile(r"!|lavande|olivier|incontournable|pépite|écrin|authentique", re.IGNORECASE)
WORDS_OF_AN_ARTICLE = range(200, 700)
NAME_IN_BODY = {"photo": DRAWINGS, "listing": SLUGS, "file": loading.read("files/titles.json")}


def named(value, name):
    """Every value that a body gives to fields of this name, however deep."""
    if isinstance(value, list):
        for one in value:
            yield from named(one, name)
    elif isinstance(value, dict):
        for key, one in value.items():
            if key == name:
                yield one
            yield from named(one, name)


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    """The whole demo, loaded once for this module; each test undoes what it changes.

    One small photo stands for all drawings: making these takes a minute.
    """
    with django_db_blocker.unblock(), transaction.atomic(), pytest.MonkeyPatch.context() as patch:
        photos = dict.fromkeys(DRAWINGS, magazines.photo(alt_text="Une couleur"))
        patch.setattr(loading, "load_photos", lambda: photos)
        call_command("load_demo", stdout=StringIO())
        yield photos
        transaction.set_rollback(True)


@pytest.fixture
def demo(loaded, db):
    """The whole demo; what it returns are its photos."""
    return loaded


@pytest.fixture
def emptied(demo):
    """The same, without magazines and people."""
    Article.objects.all().delete()
    for magazine in Magazine.objects.all():
        magazine.delete()
    Author.objects.all().delete()
    User.objects.all().delete()
    return demo


@pytest.fixture
def as_person(demo, client):
    """Return a function that logs somebody of the demo in."""

    def log_in(email):
        person = User.objects.get(email=email)
        client.force_login(person)
        return person

    return log_in


def slugs(articles):
    """Their slugs, as a set."""
    return set(articles.values_list("slug", flat=True))


def in_state(*states):
    """The slugs of the demo's articles in these states."""
    return {row["slug"] for row in ROWS if row["state"] in states}


# The files


def test_a_dozen_articles_are_published_and_each_state_has_one():
    assert len(PUBLISHED) == 12
    assert {row["state"] for row in ROWS} == STATES
    assert {row["magazine"] for row in PUBLISHED} == set(MAGAZINES)


def test_every_kind_of_block_is_used_in_something_published():
    used = {block["type"] for row in PUBLISHED for block in row["body"]}
    assert used == {kind for kind, _ in ARTICLE_BLOCKS}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["slug"])
def test_an_article_names_only_what_exists(row):
    magazine = MAGAZINES[row["magazine"]]
    assert slugify(row["slug"]) == row["slug"]
    assert row["section"] in {section["slug"] for section in magazine["sections"]}
    assert set(row["by"]) <= set(magazine["team"]) <= set(AUTHORS)
    assert set(row["listings"]) <= set(SLUGS)
    assert row["main_image"] in {"", *DRAWINGS}
    assert Commune.objects.filter(pk__in=row["communes"]).count() == len(row["communes"])
    for field, known in NAME_IN_BODY.items():
        assert set(named(row["body"], field)) <= set(known)
    assert set(chain(*named(row["body"], "listings"))) <= set(SLUGS)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["slug"])
def test_what_an_article_shows_of_the_directory_it_is_also_about(row):
    shown = {*named(row["body"], "listing"), *chain(*named(row["body"], "listings"))}
    assert shown <= set(row["listings"])


@pytest.mark.parametrize(
    "name", ["magazines.json", "authors.json", "issues.json", "applications.json", "comments.json"]
)
def test_nothing_in_the_other_files_looks_real(name):
    check_words(json.dumps(loading.read(name), ensure_ascii=False))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["slug"])
def test_the_texts_sound_like_a_local_paper(row):
    text = " ".join(all_strings([row["title"], row["standfirst"], row["body"]]))
    check_words(text.replace("https://www.youtube.com/watch?v=", ""))
    assert not PROMOTION.search(text)


def check_words(text):
    """No telephone and no address that could be somebody's; no sign loose at a line's end."""
    assert all(FICTION_PHONE.fullmatch(found) for found in PHONE.findall(text))
    assert set(MAIL.findall(text)) <= {"example.org"}
    assert not LOOSE.search(text)
    assert "'" not in text


# Loaded


def test_it_loads_with_the_rest(demo):
    assert Magazine.objects.public().count() == 2
    assert slugs(Article.objects.public()) == in_state("published")
    assert Article.objects.count() == len(ROWS)


def test_it_loads_again_once_the_base_is_empty(emptied):
    assert publishing.load_magazines(emptied) == len(ROWS)
    assert slugs(Article.objects.public()) == in_state("published")
    assert len(accounts.load_accounts()) == 6
    assert Role.objects.filter(author__user__email="redaction@example.org").exists()


def test_texts_keep_within_the_limits_of_their_blocks(demo):
    for article in Article.objects.all():
        article.body.stream_block.clean(article.body)
        article.full_clean()


def test_texts_are_of_unequal_length_and_worth_a_read(demo):
    lengths = [reading_time.words(article.body) for article in Article.objects.live()]
    assert all(length in WORDS_OF_AN_ARTICLE for length in lengths)
    assert max(lengths) > 1.8 * min(lengths)


def test_dates_are_in_the_past_and_spread(demo):
    days = [article.first_published_at.date() for article in Article.objects.live()]
    assert max(days) < timezone.localdate()
    assert len(set(days)) == len(days)
    newest = Article.objects.public().newest_first().first()
    assert newest.slug == max(PUBLISHED, key=lambda row: int(row["day"][:-1]))["slug"]
    for article in Article.objects.live():
        due = article.updated_on or timezone.localdate(article.first_published_at)
        assert timezone.localdate(article.last_published_at) == due


def test_the_issue_has_its_articles_in_order(demo):
    issue = Issue.objects.public().get()
    contents = [entry.article.slug for entry in issue.entries.all()]
    assert contents == loading.read("issues.json")[0]["contents"]
    assert set(contents) <= in_state("published")
    assert issue.number == 1 and issue.editorial and issue.signed_by and issue.cover


def test_one_article_has_several_names_under_it_and_one_was_mended(demo):
    assert max(article.bylines.count() for article in Article.objects.live()) == 3
    [mended] = Article.objects.live().exclude(updated_on=None)
    assert mended.updated_on > mended.first_published_at.date()


def test_two_contributors_at_least_cover_communes(demo):
    covering = Author.objects.exclude(covers=None).filter(roles__kind=Role.Kind.CONTRIBUTOR)
    assert covering.distinct().count() >= 2


def test_the_file_can_be_taken_away(demo):
    file = get_document_model().objects.get()
    with file.open_file() as content:
        assert content.read(5) == b"%PDF-"


# Who sees what


def test_readers_see_nothing_that_is_not_published(demo, client):
    for article in Article.objects.not_live():
        assert client.get(article.url).status_code == 404


@pytest.mark.parametrize("row", PUBLISHED, ids=lambda row: row["slug"])
def test_a_body_is_shown_with_its_headings_and_cards(demo, row):
    shown = str(Article.objects.get(slug=row["slug"]).body)
    headings = [block["value"] for block in row["body"] if block["type"] == "heading"]
    assert all(heading in shown for heading in headings)
    cards = [*named(row["body"], "listing"), *chain(*named(row["body"], "listings"))]
    assert all(f"/annuaire/fiche/{slug}/" in shown for slug in cards)


def test_what_an_article_shows_is_noted_as_used(demo):
    photo = demo["fromager"]
    article = Article.objects.get(slug="un-matin-a-la-chevrerie")
    users = ReferenceIndex.get_references_to(photo).values_list("object_id", flat=True)
    assert str(article.pk) in set(users)


def test_nobody_is_mailed_about_the_demo(demo):
    assert not OutgoingMail.objects.exists()


def test_the_editor_finds_something_to_read_again_and_someone_to_answer(as_person, client):
    editor = as_person("redaction@example.org")
    [review] = TaskState.objects.reviewable_by(editor)
    assert review.revision.as_object().slug in in_state("waiting")
    assert timezone.now() - review.started_at > timedelta(days=2)
    [application] = Application.objects.waiting().filter(magazine__editors__user=editor)
    assert application.name in client.get("/gestion/magazines/equipes/").content.decode()


def test_the_contributor_has_a_draft_one_that_waits_and_one_to_mend(as_person):
    writer = as_person("plume@example.org")
    own = Article.objects.written_by(writer)
    assert slugs(own.not_live()) == {
        "une-journee-au-pressoir",
        "le-lait-du-soir",
        "la-cueillette-mode-d-emploi",
    }
    to_mend = own.get(slug="la-cueillette-mode-d-emploi")
    assert to_mend.current_workflow_state.status == "needs_changes"
    step = to_mend.current_workflow_state.current_task_state
    assert "Trois choses à reprendre" in step.comment
    assert step.finished_by == User.objects.get(email="redaction@example.org")
    assert to_mend.wagtail_admin_comments.count() == 2


def test_what_is_planned_appears_by_itself_next_week(demo):
    [slug] = in_state("planned")
    article = Article.objects.get(slug=slug)
    due = article.get_latest_revision().approved_go_live_at
    assert not article.live
    assert timedelta(days=4) < due - timezone.now() < timedelta(days=8)


@pytest.mark.parametrize(
    ("email", "magazine", "kind"),
    [
        ("redaction@example.org", "le-cabas", Role.Kind.EDITOR),
        ("plume@example.org", "le-cabas", Role.Kind.CONTRIBUTOR),
        ("autre@example.org", "mains-et-chemins", Role.Kind.CONTRIBUTOR),
    ],
)
def test_everybody_has_their_place(as_person, client, email, magazine, kind):
    person = as_person(email)
    role = Role.objects.get(author__user=person)
    assert (role.magazine.slug, role.kind) == (magazine, kind)
    group = role.magazine.editors if kind == Role.Kind.EDITOR else role.magazine.contributors
    assert list(person.groups.all()) == [group]
    assert client.get("/gestion/").status_code == 200


def test_the_producer_has_no_place_yet(as_person):
    producer = as_person("producteur@example.org")
    assert not producer.groups.exists()
    assert not Role.objects.filter(author__user=producer).exists()
    assert not Application.objects.filter(user=producer).exists()


def test_logins_are_for_six_and_work(client, demo):
    User.objects.all().delete()
    logins = dict(accounts.load_accounts())
    assert set(logins) == {
        "admin@example.org",
        "moderation@example.org",
        "redaction@example.org",
        "plume@example.org",
        "autre@example.org",
        "producteur@example.org",
    }
    for email, password in logins.items():
        assert client.login(username=email, password=password)


def test_where_others_can_reach_it_there_are_articles_and_no_accounts(emptied, settings):
    settings.ON_LOOPBACK = False
    publishing.load_magazines(emptied)
    assert accounts.load_accounts() == []
    assert not User.objects.exists()
    assert not Application.objects.exists()
    assert Article.objects.live().count() == 12
    assert set(Article.objects.values_list("owner", flat=True)) == {None}
    assert Author.objects.published().count() == len(AUTHORS)


def test_listings_know_the_articles_about_them(demo):
    listing = Listing.objects.get(slug="chevrerie-du-bois-pendant")
    assert slugs(listing.articles.all()) == {"un-matin-a-la-chevrerie"}


def test_the_demo_s_issues_are_valid_books(client, demo, tmp_path):
    issues = list(Issue.objects.public())
    assert issues
    for issue in issues:
        magazine = issue.snapshot["magazine"]["slug"]
        data = books.fetched(client, issue, magazine)
        books.check_layout(data)
        assert books.said(data, tmp_path) == []
        assert client.get(f"/magazines/{magazine}/{issue.slug}/livret/").status_code == 200
