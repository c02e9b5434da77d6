"""The volunteers' group follows the label's tables, and keeps what somebody decided about it."""

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.db.migrations import CreateModel, Migration

from directory.moderation.volunteers import NAME
from label.models import Source
from label.volunteers import RIGHTS, give_rights
from tests import factories

pytestmark = pytest.mark.django_db
NEW = {"add_source", "change_source", "delete_source", "view_source"}


@pytest.fixture
def group():
    """« Bénévoles », as migrations leave it."""
    return Group.objects.get(name=NAME)


def rights(group):
    """What the group may do with the label."""
    ours = group.permissions.filter(content_type__app_label="label")
    return set(ours.values_list("codename", flat=True))


def without(group, *names):
    """Take rights away, as somebody does in the administration."""
    ours = Permission.objects.filter(content_type__app_label="label", codename__in=names)
    group.permissions.remove(*ours)


def plan(*names, app="label", backwards=False):
    """Migrations that make these tables."""
    migration = Migration("0002_more", app)
    migration.operations = [CreateModel(name, fields=[]) for name in names]
    return [(migration, backwards)]


def test_a_new_site_has_all_of_them_and_each_exists(group):
    assert rights(group) == set(RIGHTS)


def test_a_group_of_before_gets_the_rights_on_tables_that_are_new(group, client):
    without(group, *NEW)
    volunteer = factories.user("benevole@example.org")
    volunteer.groups.add(group)
    client.force_login(volunteer)
    health = "/gestion/label/sources/sante/"
    assert client.get(health).status_code == 302
    give_rights(apps, plan=plan("Source"))
    assert rights(group) == set(RIGHTS)
    assert client.get(health).status_code == 200


def test_what_somebody_took_away_stays_away(group):
    without(group, "delete_source", "change_post")
    for done in ([], plan("Item"), plan("Source", app="directory"), plan("Source", backwards=True)):
        give_rights(apps, plan=done)
    assert rights(group) == set(RIGHTS) - {"delete_source", "change_post"}


def test_a_group_without_any_gets_all_and_no_group_gets_nothing(group):
    without(group, *RIGHTS)
    give_rights(apps)
    assert rights(group) == set(RIGHTS)
    group.delete()
    give_rights(apps, plan=plan(Source.__name__))
    assert not Group.objects.filter(name=NAME).exists()
