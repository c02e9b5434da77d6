"""`import_blog`, from the file to the drafts: what comes, what stays, what a second run does."""

import io
import re
from datetime import UTC, datetime

import pytest
from django.core.management import CommandError, call_command
from PIL import Image

from home.models import Photo
from tests.outside import page
from tests.webmag import factories
from tests.webmag.blogs import others
from tests.webmag.blogs.served import OldBlog, image
from tests.webmag.blogs.wordpress import attachment, export, item
from webmag.models import Article, BlogImport, ImportedImage, Section

pytestmark = pytest.mark.django_db


@pytest.fixture
def blog(settings):
    """A server that the door may reach."""
    served = OldBlog()
    settings.ALLOW_PRIVATE_FETCH = [served.entry]
    yield served
    served.close()


@pytest.fixture
def bring(tmp_path, team, echo):
    """Run the command on a document or an address: (summary, standard error, exit code)."""

    def bringing(source, *options, author="paul@example.org"):
        if not source.startswith("http"):
            path = tmp_path / "export.xml"
            path.write_text(source)
            source = str(path)
        out, err, code = io.StringIO(), io.StringIO(), 0
        try:
            call_command(
                "import_blog", source, "--magazine=echo", f"--author={author}", *options,
                stdout=out, stderr=err,
            )  # fmt: skip
        except SystemExit as exit_:
            code = exit_.code
        bringing.out = out.getvalue()
        last = bringing.out.strip().splitlines()[-1]
        return dict(pair.split("=") for pair in last.split()), err.getvalue(), code

    return bringing


def two_articles(blog, **values):
    """An export with a photo each, the second one by its library."""
    return export(
        item(
            "La haie",
            f'<p>Bonjour</p><figure><img src="{blog.url}/1.png" alt="Un">'
            "<figcaption>Vue © Odile</figcaption></figure>",
            post_id=1,
            post_name="la-haie",
            tags=[("category", "Balades"), ("post_tag", "#Haie")],
            excerpt="Deux phrases.",
        ),
        item("Le lavoir", "<p>Deux</p>", post_id=2, metas=[("_thumbnail_id", "9")]),
        attachment(9, f"{blog.url}/9.png", alt="Le lavoir"),
        **values,
    )


def counts(summary, *names):
    """Some of the summary's numbers."""
    return tuple(int(summary[name]) for name in names)


def test_articles_come_as_drafts_with_all_that_is_theirs(bring, blog, echo, team):
    summary, err, code = bring(two_articles(blog))
    assert (code, counts(summary, "articles", "created", "images", "failed")) == (0, (2, 2, 2, 0))
    haie, lavoir = Article.objects.order_by("pk")
    assert (haie.live, haie.owner, haie.get_parent().specific) == (False, team.paul, echo)
    assert [str(one) for one in haie.bylines.all()] == ["Paul"]
    assert (haie.slug, haie.standfirst) == ("la-haie", "Deux phrases.")
    assert sorted(haie.tags.names()) == ["balades", "haie"]
    photo = haie.body[1].value["photo"]
    assert (photo.credit, photo.alt_text) == ("Odile", "Un")
    assert (photo.uploaded_by_user, photo.collection) == (team.paul, echo.photos)
    assert lavoir.main_image.alt_text == "Le lavoir"
    assert haie.canonical_url == ""


def test_publishing_shows_the_date_it_had(bring, blog, client):
    bring(two_articles(blog))
    draft = Article.objects.get(slug="la-haie")
    assert client.get(draft.url).status_code == 404
    draft.get_latest_revision().publish()
    draft.refresh_from_db()
    assert draft.first_published_at == datetime(2014, 3, 4, 10, tzinfo=UTC)
    assert "4 mars 2014" in client.get(draft.url).content.decode()


def test_a_second_run_changes_nothing_and_asks_for_nothing(bring, blog):
    bring(two_articles(blog))
    before = [*Article.objects.values_list("pk", "latest_revision"), Photo.objects.count()]
    asked = len(blog.paths)
    summary, _, code = bring(two_articles(blog))
    assert (code, counts(summary, "articles", "created", "unchanged")) == (0, (2, 0, 2))
    assert [*Article.objects.values_list("pk", "latest_revision"), Photo.objects.count()] == before
    assert len(blog.paths) == asked


def test_what_was_edited_here_stays_and_the_rest_follows(bring, blog, team):
    bring(two_articles(blog))
    mine = Article.objects.get(slug="la-haie")
    mine.title = "Ma haie à moi"
    mine.save_revision(user=team.paul)
    changed = two_articles(blog).replace("Bonjour", "Bonsoir").replace("Deux</p>", "Trois</p>")
    summary, _, _ = bring(changed)
    assert counts(summary, "created", "updated", "kept") == (0, 1, 1)
    assert mine.get_latest_revision_as_object().title == "Ma haie à moi"
    other = Article.objects.exclude(pk=mine.pk).get()
    assert "Trois" in str(other.get_latest_revision_as_object().body)


def test_what_was_deleted_here_comes_back_only_when_asked(bring, blog):
    bring(two_articles(blog))
    Article.objects.get(slug="la-haie").delete()
    assert counts(bring(two_articles(blog))[0], "created", "kept") == (0, 1)
    assert counts(bring(two_articles(blog), "--again")[0], "created") == (1,)
    assert Photo.objects.count() == 2


def test_an_image_that_does_not_come_is_a_warning_and_comes_later(bring, blog):
    blog.answers["/1.png"] = page(b"", "404 Not Found")
    summary, err, code = bring(two_articles(blog))
    assert (code, counts(summary, "created", "failed", "missing_images")) == (0, (2, 0, 1))
    assert "attention, article 1, « La haie » : image non reprise" in err
    assert "répond 404" in err
    body = str(Article.objects.get(slug="la-haie").body)
    assert "Image à remettre" in body and "Vue © Odile" in body
    blog.answers.clear()
    assert counts(bring(two_articles(blog))[0], "updated", "missing_images") == (1, 0)
    draft = Article.objects.get(slug="la-haie").get_latest_revision_as_object()
    assert [block.block_type for block in draft.body] == ["text", "photo"]


def test_one_image_in_three_articles_is_asked_for_once(bring, blog):
    source = export(
        *(item(f"No {n}", f'<p>x</p><img src="{blog.url}/7.png">', post_id=n) for n in range(1, 4))
    )
    bring(source)
    assert blog.paths == ["/7.png"]
    assert Photo.objects.count() == 1


def test_a_photo_too_large_for_the_door_comes_smaller(bring, blog):
    blog.answers["/9.png"] = page(b"x" * (3 * 1024 * 1024))
    source = export(
        item("Une", f'<p>x</p><a href="{blog.url}/9.png"><img src="{blog.url}/9-300x200.png"></a>')
    )
    summary, err, _ = bring(source)
    assert counts(summary, "images", "missing_images") == (1, 0)
    assert blog.paths == ["/9.png", "/9-300x200.png"]
    assert "image reprise en plus petit" in err and "plus de 2 Mo" in err


def test_who_the_file_says_has_made_it_is_credited(bring, blog):
    file, exif = io.BytesIO(), Image.Exif()
    exif[315] = "Zoe Lenoir"
    Image.new("RGB", (80, 64)).save(file, "JPEG", exif=exif)
    blog.answers["/1.jpg"] = page(file.getvalue())
    bring(export(item("Une", f'<p>x</p><img src="{blog.url}/1.jpg">')))
    assert Photo.objects.get().credit == "Zoe Lenoir"


def test_a_gif_comes_still(bring, blog):
    blog.answers["/1.gif"] = page(image(kind="GIF"))
    bring(export(item("Une", f'<p>x</p><img src="{blog.url}/1.gif">')))
    assert Photo.objects.get().file.name.endswith(".png")


def test_only_what_was_public_comes_unless_asked(bring, blog):
    source = export(
        item("Publié", "x", post_id=1),
        item("Brouillon", "x", post_id=2, status="draft"),
        item("Privé", "x", post_id=3, status="private"),
        item("Page", "x", post_id=4, post_type="page"),
    )
    assert counts(bring(source)[0], "articles", "created", "left_out") == (1, 1, 3)
    assert counts(bring(source, "--drafts-too")[0], "created", "left_out") == (1, 2)
    assert counts(bring(source, "--pages-too", "--drafts-too")[0], "created") == (1,)
    assert not Article.objects.filter(title="Privé").exists()


def test_the_old_address_stays_the_reference_where_wanted(bring, blog, client):
    bring(two_articles(blog), "--canonical")
    draft = Article.objects.get(slug="la-haie")
    assert draft.canonical_url == "https://haies.example/2014/03/article-no-1/"
    draft.get_latest_revision().publish()
    text = client.get(draft.url).content.decode()
    assert f'<link rel="canonical" href="{draft.canonical_url}">' in text


def test_redirects_are_listed(bring, blog, tmp_path, settings):
    bring(two_articles(blog), f"--redirects={tmp_path / 'r.csv'}")
    lines = (tmp_path / "r.csv").read_text().splitlines()
    assert lines[0] == "ancienne adresse,nouvelle adresse"
    old, new = lines[1].split(",")
    assert old == "https://haies.example/2014/03/article-no-1/"
    assert new == f"{settings.SITE_URL}/magazines/echo/la-haie/"
    bring(two_articles(blog), f"--redirects={tmp_path / 'r.conf'}")
    assert f'"/2014/03/article-no-1/" "{new}";' in (tmp_path / "r.conf").read_text()


def test_a_dry_run_tells_everything_and_writes_nothing(bring, blog):
    summary, _, code = bring(two_articles(blog), "--dry-run")
    assert (code, counts(summary, "articles", "created", "images")) == (0, (2, 2, 2))
    assert "1. 04/03/2014 La haie : à reprendre, 1 image" in bring.out
    assert (Article.objects.count(), BlogImport.objects.count(), blog.paths) == (0, 0, [])


def test_a_category_that_is_a_heading_of_the_magazine_is_used(bring, blog, echo):
    Section.objects.create(magazine=echo, name="Balades", slug="balades")
    bring(two_articles(blog))
    assert Article.objects.get(slug="la-haie").section.slug == "balades"


def test_overblog_and_blogger_come_too(bring, blog):
    assert counts(bring(others.OVERBLOG)[0], "created", "left_out") == (1, 2)
    soup = Article.objects.get(title="La soupe & le pain")
    assert soup.slug == "la-soupe"
    assert counts(bring(others.BLOGGER)[0], "created", "left_out") == (1, 1)


def test_a_feed_is_followed_to_its_last_page(bring, blog):
    def answer(numbers, extra):
        items = "".join(
            others.RSS_ITEM.format(site=blog.url, slug=f"n{n}", number=n, title=f"No {n}", words=n)
            for n in numbers
        )
        return page(others.RSS.format(site=blog.url, extra=extra, items=items).encode())

    wordpress = "<generator>https://wordpress.org/?v=6.5</generator>"
    blog.answers = {
        "/": page(
            b'<html><link rel="alternate" type="application/rss+xml" href="/comments/feed/">'
            b'<link rel="alternate" type="application/rss+xml" href="/feed/">',
            content_type="text/html",
        ),
        "/feed/": answer([1, 2], wordpress),
        "/feed/?paged=2": answer([3], wordpress),
        "/feed/?paged=3": page(b"", "404 Not Found"),
    }
    assert counts(bring(blog.url + "/")[0], "created", "failed") == (3, 0)
    assert blog.paths == ["/", "/feed/", "/feed/?paged=2", "/feed/?paged=3"]
    assert not Article.objects.exclude(standfirst="").exists()


def test_a_run_that_stopped_goes_on(bring, blog, monkeypatch):
    """A line that meets a database that is away leaves the run where it is."""
    from django.db import OperationalError

    from webmag.importing import writing

    write, calls = writing.write, []

    def once(*arguments):
        calls.append(1)
        if len(calls) == 2:
            raise OperationalError("database is locked")
        return write(*arguments)

    monkeypatch.setattr(writing, "write", once)
    with pytest.raises(OperationalError):
        bring(two_articles(blog))
    assert Article.objects.count() == 1
    summary, _, _ = bring(two_articles(blog))
    assert counts(summary, "articles", "created") == (2, 2)
    assert (Article.objects.count(), BlogImport.objects.count()) == (2, 1)


def test_a_file_that_breaks_off_names_the_article(bring, blog):
    source = two_articles(blog)
    summary, err, code = bring(source[: source.index("<p>Deux") + 3])
    assert (code, counts(summary, "created", "failed")) == (2, (1, 1))
    assert "« Le lavoir » : le fichier s’arrête au milieu de cet article" in err


@pytest.mark.parametrize(
    ("source", "author", "words"),
    [
        ("<html>", "paul@example.org", "page web"),
        ("<rss><channel></channel></rss>", "paul@example.org", "Aucun article"),
        ("http://127.0.0.1:1/", "paul@example.org", "port particulier"),
        ("http://[", "paul@example.org", "pas celle d’une page"),
        ("<rss/>", "lucas@example.org", "pas de l’équipe"),
        ("<rss/>", "personne@example.org", "Pas de compte"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_done(bring, source, author, words):
    with pytest.raises(CommandError, match=words):
        bring(source, author=author)
    assert not BlogImport.objects.exists()


def test_two_articles_of_one_address_get_their_own_here(bring, echo):
    factories.article("La haie", magazine=echo, slug="la-haie")
    source = export(
        item("La haie", "x", post_id=1, post_name="la-haie", link="https://haies.example/a/"),
        item("La haie", "y", post_id=2, post_name="la-haie", link="https://haies.example/b/"),
        item("Rubrique", "y", post_id=3, post_name="rubrique", link="https://haies.example/c/"),
    )
    bring(source)
    slugs = Article.objects.order_by("pk").values_list("slug", flat=True)
    assert list(slugs) == ["la-haie", "la-haie-2", "la-haie-3", "rubrique-2"]


def test_a_host_that_does_not_answer_is_not_asked_for_ever(bring, blog, monkeypatch):
    monkeypatch.setattr("webmag.importing.pictures.MOST_SILENCES", 2)
    for number in range(6):
        blog.answers[f"/{number}.png"] = lambda connection, _: connection.close()
    images = "".join(f'<img src="{blog.url}/{number}.png">' for number in range(6))
    summary, err, code = bring(export(item("Une", f"<p>x</p>{images}")))
    assert (code, counts(summary, "created", "missing_images")) == (0, (1, 6))
    assert len(blog.paths) == 2
    assert len(re.findall("ne répond plus", err)) == 4
    assert ImportedImage.objects.filter(photo=None).count() == 6
