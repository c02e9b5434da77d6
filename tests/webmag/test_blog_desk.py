"""« Reprendre un ancien blog » in the administration, from the file to the drafts."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from home.holders import HOST
from tests.webmag import factories
from tests.webmag.blogs.wordpress import export, item
from webmag.importing import leases, working
from webmag.models import Article, BlogImport, ImportLine, Role

pytestmark = pytest.mark.django_db
FORM = reverse("webmag_admin:imports")


@pytest.fixture
def paul(client, team):
    """Paul's browser."""
    client.force_login(team.paul)
    return client


@pytest.fixture(autouse=True)
def asked(monkeypatch):
    """What the worker was asked to do; nothing is done before `done` says so."""
    runs = []
    monkeypatch.setattr(working, "soon", runs.append)
    return runs


def sent(*items, name="export.xml"):
    """A file as a browser sends it."""
    return SimpleUploadedFile(name, export(*items).encode(), "text/xml")


def send(client, magazine, file=None, **values):
    """Send the form."""
    values = {"magazine": magazine.pk, **values}
    return client.post(FORM, values | ({"sent": file} if file else {}))


def address(run, name="import", *more):
    """One of a run's addresses."""
    return reverse(f"webmag_admin:{name}", args=[run.pk, *more])


def test_from_the_file_to_the_drafts(paul, echo, team, asked, django_capture_on_commit_callbacks):
    private = item("Non", status="private", post_id=2)
    with django_capture_on_commit_callbacks(execute=True):
        answer = send(paul, echo, sent(item("Une haie", "Bonjour"), private))
    run = BlogImport.objects.get()
    assert answer.url == address(run)
    assert (run.owner, asked) == (team.paul, [run])
    name = run.file.name
    storage = run.file.storage
    assert "Lecture en cours" in paul.get(address(run)).content.decode()

    working.advance.func(run.pk)
    assert not storage.exists(name)
    page = paul.get(address(run)).content.decode()
    assert "Rien n’est encore écrit" in page
    assert "Une haie" in page and "privé ou derrière un mot de passe" in page
    assert not Article.objects.exists()

    paul.post(address(run, "import_start"))
    working.advance.func(run.pk)
    run.refresh_from_db()
    assert run.state == BlogImport.State.DONE
    draft = Article.objects.get()
    assert (draft.title, draft.live, draft.owner) == ("Une haie", False, team.paul)
    page = paul.get(address(run)).content.decode()
    assert reverse("wagtailadmin_pages:edit", args=[draft.pk]) in page
    table = paul.get(address(run, "import_redirects", "csv"))
    assert "attachment" in table.headers["Content-Disposition"]
    assert draft.slug in table.content.decode()


def test_nobody_else_finds_it(client, echo, team):
    run = factories.blog_import("La haie", team.paul, echo)
    for stranger in (team.ines, team.odile, team.lucas):
        client.force_login(stranger)
        assert client.get(address(run)).status_code == 404
        assert client.post(address(run, "import_start")).status_code == 404
        assert client.post(address(run, "import_forget")).status_code == 404
        assert client.get(address(run, "import_redirects", "csv")).status_code == 404
        assert "La haie" not in client.get(FORM).content.decode()
    run.refresh_from_db()
    assert run.state == BlogImport.State.READY


def test_who_writes_nowhere_is_refused(client, stranger, moderator):
    client.force_login(stranger)
    assert client.get(FORM).status_code in (302, 403)
    assert client.post(FORM, {}).status_code in (302, 403)


def test_another_magazine_cannot_be_chosen(paul, panier):
    answer = send(paul, panier, sent(item()))
    assert answer.status_code == 400
    assert not BlogImport.objects.exists()


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({}, "l’un des deux"),
        ({"address": "javascript:alert(1)"}, "adresse"),
        ({"address": "ftp://x.example/"}, "ne commence ni par"),
        ({"address": "https://moi:secret@x.example/"}, "mot de passe"),
        ({"address": "x" * 600}, ""),
    ],
)
def test_what_cannot_be_read_is_said_in_the_form(paul, echo, values, words):
    answer = send(paul, echo, **values)
    assert answer.status_code == 400
    assert words in answer.content.decode()
    assert not BlogImport.objects.exists()


def test_both_at_once_are_one_too_many(paul, echo):
    assert send(paul, echo, sent(item()), address="https://x.example/").status_code == 400


def test_an_address_needs_no_scheme(paul, echo):
    send(paul, echo, address="mon-blog.example")
    assert BlogImport.objects.get().address == "https://mon-blog.example/"


def test_a_file_that_is_no_blog_is_told(paul, echo):
    send(paul, echo, SimpleUploadedFile("photo.png", b"\x89PNG\r\n"))
    run = BlogImport.objects.get()
    working.advance.func(run.pk)
    assert "C’est une image" in paul.get(address(run)).content.decode()


def test_a_private_address_is_not_asked(paul, echo):
    send(paul, echo, address="http://169.254.169.254/latest/")
    run = BlogImport.objects.get()
    working.advance.func(run.pk)
    assert "ne mène pas à un site public" in paul.get(address(run)).content.decode()


def test_one_at_a_time_and_not_for_ever(paul, echo, team, monkeypatch):
    factories.blog_import("La haie", team.paul, echo, state="encours")
    assert "déjà en cours" in send(paul, echo, sent(item())).content.decode()
    BlogImport.objects.all().delete()
    monkeypatch.setattr("webmag.desk.imports.MOST_A_DAY", 0)
    assert "revenez demain" in send(paul, echo, sent(item())).content.decode()
    assert not BlogImport.objects.exists()


def test_it_stops_and_goes_on(paul, echo, team):
    run = factories.blog_import("La haie", team.paul, echo, state="encours")
    paul.post(address(run, "import_stop"))
    working.advance.func(run.pk)
    assert not Article.objects.exists()
    assert "Continuer" in paul.get(address(run)).content.decode()
    paul.post(address(run, "import_start"))
    working.advance.func(run.pk)
    assert Article.objects.count() == 1


def test_off_the_list_the_articles_stay(paul, echo, team):
    run = factories.blog_import("La haie", team.paul, echo, state="encours")
    paul.post(address(run, "import_forget"))
    assert BlogImport.objects.exists()
    working.advance.func(run.pk)
    paul.post(address(run, "import_forget"))
    assert (BlogImport.objects.count(), Article.objects.count()) == (0, 1)


def test_who_left_the_team_writes_nothing_any_more(echo, team):
    run = factories.blog_import("La haie", team.paul, echo, state="encours")
    Role.objects.filter(author__user=team.paul).delete()
    working.advance.func(run.pk)
    run.refresh_from_db()
    assert (run.state, Article.objects.count()) == (BlogImport.State.STOPPED, 0)


def test_two_workers_do_not_do_it_twice(echo, team):
    run = factories.blog_import("La haie", team.paul, echo, state="encours")
    assert leases.take(run)
    other = BlogImport.objects.get(pk=run.pk)
    assert working.work(other)
    assert not Article.objects.exists()
    BlogImport.objects.update(leased_until=timezone.now() - timedelta(minutes=1))
    assert working.work(other)
    assert Article.objects.count() == 1


def test_what_a_killed_worker_left_is_taken_up(echo, team, asked):
    run = factories.blog_import("La haie", team.paul, echo, state="encours")
    dead = f"{HOST} 4194303 x"
    later = timezone.now() + timedelta(minutes=5)
    BlogImport.objects.update(leased_by=dead, leased_until=later)
    working.go_on_with_what_waits()
    assert asked == [run]
    working.advance.func(run.pk)
    assert Article.objects.count() == 1


def test_a_run_whose_task_waits_already_is_not_asked_for_twice(echo, team, asked):
    run = factories.blog_import("La haie", team.paul, echo, state="encours")
    working.advance.enqueue(run.pk)
    working.go_on_with_what_waits()
    assert asked == []
    # A worker took it and was killed.
    DBTaskResult.objects.update(status="RUNNING")
    working.go_on_with_what_waits()
    assert asked == [run]


def test_what_nobody_brought_in_is_forgotten(echo, team):
    old = factories.blog_import("La haie", team.paul, echo)
    done = factories.blog_import("Le lavoir", team.paul, echo, state="fini")
    BlogImport.objects.update(created_at=timezone.now() - timedelta(days=61))
    working.forget_old(timezone.now())
    assert list(BlogImport.objects.all()) == [done]
    assert not ImportLine.objects.filter(run=old.pk).exists()


@pytest.mark.parametrize("count", [1, 60])
def test_a_long_list_takes_no_more_questions(
    paul, echo, team, count, django_assert_max_num_queries
):
    run = factories.blog_import("La haie", team.paul, echo)
    run.lines.bulk_create(
        ImportLine(run=run, position=number, key="x", title=f"No {number}", notes=["une remarque"])
        for number in range(1, count + 1)
    )
    paul.get(address(run))
    with django_assert_max_num_queries(32):
        answer = paul.get(address(run))
    assert f"No {count}" in answer.content.decode()


def test_lines_are_sifted(paul, echo, team):
    run = factories.blog_import("La haie", team.paul, echo)
    run.lines.create(position=1, key="y", title="Écarté", outcome="ecarte", notes=["privé"])
    shown = paul.get(f"{address(run)}?voir=ecartes").content.decode()
    assert "Écarté" in shown and "La haie 1" not in shown
    assert paul.get(f"{address(run)}?voir=nimporte&page=zz").status_code == 200
