"""Who may do what: contributors with their own, editors in their magazine, nobody elsewhere."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import Workflow
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from directory.models import Listing
from home.models import Photo
from tests import factories
from tests.webmag import factories as magazines
from webmag.models import Article, Author, Role
from webmag.team import rights

pytestmark = pytest.mark.django_db

EDIT = "wagtailadmin_pages:edit"


def page_url(name, page):
    return reverse(name, args=[page.pk])


def statuses(client, person, urls):
    client.force_login(person)
    return [client.get(url).status_code for url in urls]


def photo_of(user, magazine, title="Photo"):
    return magazines.photo(title, uploaded_by_user=user, collection=magazine.photos)


def test_a_new_magazine_has_its_groups_its_photos_and_its_workflow(echo):
    assert echo.editors.name.startswith("Rédaction : L’Écho")
    assert echo.contributors.name.startswith("Plumes : L’Écho")
    assert echo.photos.name == "L’Écho des étangs"
    assert echo.get_workflow().name == "la rédaction, L’Écho des étangs"


def test_two_magazines_of_one_title_do_not_share_a_group(echo):
    twin = magazines.magazine("L’Écho des étangs", slug="echo-2")
    assert twin.editors_id != echo.editors_id


def test_a_deleted_magazine_leaves_no_right_behind(echo, team):
    groups = [echo.editors_id, echo.contributors_id]
    echo.delete()
    assert not Group.objects.filter(pk__in=groups).exists()
    assert not Workflow.objects.filter(name__contains="Écho").exists()
    assert not team.paul.groups.exists()


def test_a_renamed_magazine_renames_its_groups(echo):
    echo.title = "L’Écho du bois"
    echo.save_revision().publish()
    echo.refresh_from_db()
    echo.editors.refresh_from_db()
    assert "Écho du bois" in echo.editors.name
    assert "Écho du bois" in echo.get_workflow().name


def test_an_author_may_open_and_change_their_draft(client, draft, team):
    client.force_login(team.paul)
    assert client.get(page_url(EDIT, draft)).status_code == 200


def test_whose_session_ended_is_led_back_to_their_draft(client, draft):
    url = page_url(EDIT, draft)
    answer = client.get(url)
    assert answer.status_code == 302
    assert url in answer["Location"]


def test_nobody_else_but_the_editors_may(client, draft, team, stranger):
    """Another contributor, another magazine's people, somebody without any role."""
    url = page_url(EDIT, draft)
    refused = {
        person.email: statuses(client, person, [url])
        for person in (team.ines, team.lucas, team.zoe, stranger)
    }
    assert {status for (status,) in refused.values()} <= {302, 403, 404}
    assert statuses(client, team.odile, [url]) == [200]


def test_a_contributor_cannot_publish(client, echo, team, draft):
    client.force_login(team.paul)
    tester = draft.permissions_for_user(team.paul)
    assert not tester.can_publish()
    form = client.get(page_url(EDIT, draft)).content.decode()
    assert "action-publish" not in form
    draft.permissions_for_user(team.odile).can_publish()
    assert statuses(client, team.paul, [page_url("wagtailadmin_pages:unpublish", draft)]) != [200]


def test_an_editor_has_no_hand_on_another_magazine(client, panier, team):
    other = magazines.article("Chez Lucas", "Texte", magazine=panier, owner=team.lucas)
    assert not other.permissions_for_user(team.odile).can_edit()
    assert not panier.permissions_for_user(team.odile).can_edit()
    assert not panier.permissions_for_user(team.odile).can_add_subpage()


def test_co_authors_write_together(client, echo, team):
    both = Author.objects.filter(user__in=[team.paul, team.ines])
    shared = magazines.article(
        "À deux", "Texte", magazine=echo, owner=team.paul, by=list(both), live=False
    )
    assert statuses(client, team.ines, [page_url(EDIT, shared)]) == [200]


def test_whoever_is_taken_off_the_bylines_writes_no_more(client, echo, team):
    both = Author.objects.filter(user__in=[team.paul, team.ines])
    shared = magazines.article(
        "À deux", "Texte", magazine=echo, owner=team.paul, by=list(both), live=False
    )
    shared.bylines = [one for one in shared.bylines.all() if one.author.user_id == team.paul.pk]
    shared.save_revision()
    assert statuses(client, team.ines, [page_url(EDIT, shared)]) != [200]


def test_who_leaves_the_team_writes_no_more(client, draft, team):
    Role.objects.get(author__user=team.paul).delete()
    assert statuses(client, team.paul, [page_url(EDIT, draft)]) != [200]


def test_a_deleted_account_leaves_its_name_and_its_articles(echo, team):
    article = magazines.article("Signé Paul", "Texte", magazine=echo, owner=team.paul)
    team.paul.delete()
    article.refresh_from_db()
    assert [byline.author.name for byline in article.bylines.all()] == ["Paul"]
    assert article.live


def test_an_article_is_signed_by_who_begins_it(draft):
    assert [byline.author.name for byline in draft.bylines.all()] == ["Paul"]


@pytest.mark.parametrize(
    "path",
    [
        "/gestion/pages/{magazine}/",
        "/gestion/pages/{draft}/",
        "/gestion/pages/search/?q=Paul",
        "/gestion/pages/search/results/?q=Paul",
        "/gestion/choose-page/?page_type=wagtailcore.page",
        "/gestion/choose-page/{magazine}/",
        "/gestion/choose-page/{draft}/",
        "/gestion/choose-page/search/?q=Paul",
        "/gestion/api/main/pages/?child_of={magazine}&for_explorer=1",
        "/gestion/api/main/pages/?child_of={magazine}",
        "/gestion/api/main/pages/?search=Paul",
        "/gestion/api/main/pages/{draft}/",
        "/gestion/pages/{draft}/history/",
        "/gestion/pages/{draft}/edit/preview/",
        "/gestion/pages/{draft}/view_draft/",
        "/gestion/pages/{draft}/revisions/{revision}/view/",
        "/gestion/pages/{draft}/revisions/compare/earliest...latest/",
        "/gestion/pages/{draft}/delete/",
        "/gestion/pages/{draft}/copy/",
        "/gestion/pages/{draft}/move/",
        "/gestion/pages/{draft}/usage/",
        "/gestion/pages/workflow/status/{draft}/",
        "/gestion/pages/{draft}/workflow_history/",
        "/gestion/reports/site-history/",
        "/gestion/reports/workflow/",
        "/gestion/reports/workflow_tasks/",
        "/gestion/reports/aging-pages/",
        "/gestion/reports/page-types-usage/",
        "/gestion/reports/locked/",
        "/gestion/",
    ],
)
def test_another_contributors_draft_shows_nowhere(client, echo, draft, team, path):
    revision = draft.latest_revision_id
    url = path.format(magazine=echo.pk, draft=draft.pk, revision=revision)
    for person in (team.ines, team.lucas, team.zoe):
        client.force_login(person)
        assert "canari" not in client.get(url, follow=True).content.decode(), (person, url)


def test_an_editor_elsewhere_who_contributes_here_sees_no_more(client, echo, draft, team):
    rights.appoint(team.zoe, echo, Role.Kind.CONTRIBUTOR)
    client.force_login(team.zoe)
    for url in (f"/gestion/pages/{echo.pk}/", f"/gestion/pages/{draft.pk}/", "/gestion/"):
        assert "canari" not in client.get(url).content.decode()


def test_the_explorer_shows_contributors_their_own(client, echo, draft, team):
    client.force_login(team.paul)
    assert "canari" in client.get(f"/gestion/pages/{echo.pk}/").content.decode()


def test_contributors_choose_among_their_own_photos(client, echo, team):
    mine = photo_of(team.ines, echo, "Les oies d’Ines")
    theirs = photo_of(team.paul, echo, "Les ânes de Paul")
    client.force_login(team.ines)
    offered = client.get("/gestion/images/chooser/").json()["html"]
    assert "oies" in offered
    assert "ânes" not in offered
    assert client.get(reverse("wagtailimages_chooser:chosen", args=[mine.pk])).status_code == 200
    refused = client.get(reverse("wagtailimages_chooser:chosen", args=[theirs.pk]))
    assert refused.status_code != 200
    several = client.get(
        reverse("wagtailimages_chooser:chosen_multiple"), {"id": [mine.pk, theirs.pk]}
    )
    assert "ânes" not in str(several.json())
    assert "ânes" not in client.get("/gestion/images/").content.decode()
    assert client.get(f"/gestion/images/{theirs.pk}/").status_code != 200


def test_editors_choose_among_all_photos_of_their_magazine(client, echo, panier, team):
    photo_of(team.paul, echo, "Les ânes de Paul")
    photo_of(team.lucas, panier, "Les paons de Lucas")
    client.force_login(team.odile)
    offered = client.get("/gestion/images/chooser/").json()["html"]
    assert "ânes" in offered
    assert "paons" not in offered


def test_a_contributor_is_offered_published_listings_only(client, team):
    factories.listing("La Ferme ouverte")
    hidden = factories.listing("La Ferme secrète", live=False)
    client.force_login(team.ines)
    base = Listing.snippet_viewset.chooser_viewset
    offered = client.get(reverse(base.get_url_name("choose"))).content.decode()
    assert "Ferme ouverte" in offered
    assert "secrète" not in offered
    chosen = reverse(base.get_url_name("chosen"), args=[hidden.pk])
    assert client.get(chosen).status_code == 404


def sent_by(person, article, **fields):
    """The form of an article as this person would send it."""
    data = {"title": article.title, "slug": article.slug, **fields}
    data.setdefault("body", streamfield([]))
    for name in ("bylines", "about", "comments"):
        data.setdefault(name, inline_formset([]))
    form_class = Article.get_edit_handler().get_form_class()
    return form_class(
        nested_form_data(data),
        instance=article,
        parent_page=article.get_parent().specific,
        for_user=person,
    )


def test_photos_of_others_are_refused_also_when_sent_by_hand(echo, team):
    theirs, mine = photo_of(team.paul, echo), photo_of(team.ines, echo)
    article = magazines.article("Le mien", "Texte", magazine=echo, owner=team.ines, live=False)
    block = ("photo", {"photo": theirs.pk, "caption": ""})
    assert "main_image" in sent_by(team.ines, article, main_image=theirs.pk).errors
    assert "body" in sent_by(team.ines, article, body=streamfield([block])).errors
    assert sent_by(team.ines, article, main_image=mine.pk).is_valid()
    assert sent_by(team.odile, article, main_image=theirs.pk).is_valid()


def test_a_co_authors_photo_may_stay(echo, team):
    theirs = photo_of(team.paul, echo)
    both = list(Author.objects.filter(user__in=[team.paul, team.ines]))
    article = magazines.article(
        "À deux", "Texte", magazine=echo, owner=team.paul, by=both, live=False, main_image=theirs
    )
    assert sent_by(team.ines, article, main_image=theirs.pk).is_valid()


def test_unpublished_listings_are_refused_also_when_sent_by_hand(echo, team):
    hidden = factories.listing("La Ferme secrète", live=False)
    shown = factories.listing("La Ferme ouverte")
    article = magazines.article("Le mien", "Texte", magazine=echo, owner=team.ines, live=False)

    def about(listing):
        return inline_formset([{"listing": listing.pk}])

    assert not sent_by(team.ines, article, about=about(hidden)).is_valid()
    assert sent_by(team.ines, article, about=about(shown)).is_valid()


def test_contributors_have_no_way_to_what_is_not_theirs(client, echo, team):
    urls = ["/gestion/users/", "/gestion/groups/", "/gestion/sites/", "/gestion/redirects/"]
    urls += ["/gestion/snippets/directory/listing/", "/gestion/workflows/list/"]
    urls += ["/gestion/annuaire/demandes/", "/gestion/magazines/equipes/"]
    urls += [f"/gestion/pages/{echo.pk}/edit/"]
    for status in statuses(client, team.paul, urls):
        assert status in (302, 403, 404)


def test_photos_stay_when_the_magazine_goes(echo, team):
    kept = photo_of(team.paul, echo)
    echo.delete()
    assert Photo.objects.filter(pk=kept.pk).exists()
