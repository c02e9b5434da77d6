"""Who looks after the letter: the volunteers, and whom an administrator gives the right."""

from django.apps import apps as all_apps

from directory.moderation.volunteers import NAME

RIGHT = "change_letter"


def give_right(apps=all_apps, **_kwargs):
    """Give the volunteers the right once: where nobody has it yet.

    Runs after migrations, because Django makes the rights themselves only then.
    """
    Group, Permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    ours = Permission.objects.filter(content_type__app_label="letter", codename=RIGHT).first()
    group = Group.objects.filter(name=NAME).first()
    if ours and group and not Group.objects.filter(permissions=ours).exists():
        group.permissions.add(ours)
