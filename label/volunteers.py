"""What volunteers may do with the label: the same people who keep listings right."""

from django.apps import apps as all_apps

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


def give_rights(apps=all_apps, **_kwargs):
    """Give the group its rights where it has none of ours yet; a group with some stays as it is.

    Runs after migrations, because Django makes the rights themselves only then.
    """
    Group, Permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    group = Group.objects.filter(name=NAME).first()
    if not group or group.permissions.filter(content_type__app_label="label").exists():
        return
    ours = Permission.objects.filter(content_type__app_label="label", codename__in=RIGHTS)
    group.permissions.add(*ours)
