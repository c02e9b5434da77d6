"""What volunteers may do with the label: the same people who keep listings right."""

from django.apps import apps as all_apps
from django.db.migrations import CreateModel

from directory.moderation.volunteers import NAME

RIGHTS = (
    "view_charter",
    "add_membership",
    "change_membership",
    "view_membership",
    "add_fact",
    "change_fact",
    "delete_fact",
    "add_source",
    "change_source",
    "delete_source",
    "view_source",
    "add_moment",
    "change_moment",
    "delete_moment",
    "view_moment",
    "view_post",
    "change_post",
)


def give_rights(apps=all_apps, plan=(), **_kwargs):
    """Give the group its rights: all where it has none of ours yet, else those on new tables.

    What somebody took away stays away. Runs after migrations (`plan`, pairs of a migration and
    whether it went backwards), because Django makes the rights themselves only then.
    """
    Group, Permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    group = Group.objects.filter(name=NAME).first()
    if not group:
        return
    ours = Permission.objects.filter(content_type__app_label="label", codename__in=RIGHTS)
    if group.permissions.filter(content_type__app_label="label").exists():
        ours = ours.filter(content_type__model__in=made_by(plan))
    group.permissions.add(*ours)


def made_by(plan):
    """The names of our tables that these migrations made."""
    done = [one for one, backwards in plan if one.app_label == "label" and not backwards]
    operations = (operation for one in done for operation in one.operations)
    return [one.name_lower for one in operations if isinstance(one, CreateModel)]
