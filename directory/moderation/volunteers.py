"""The group « Bénévoles » : who keeps listings right and answers visitors, and nothing else."""

from django.apps import apps as all_apps
from django.db.models import Q

from directory.moderation.queue import RIGHT
from home.models import User

NAME = "Bénévoles"
RIGHTS = (
    ("wagtailadmin", "access_admin"),
    ("directory", "add_listing"),
    ("directory", "change_listing"),
    ("directory", "publish_listing"),
    ("directory", "lock_listing"),
    ("directory", "unlock_listing"),
    ("directory", "view_category"),
    ("directory", "change_listingrequest"),
    ("directory", "view_tombstone"),
    ("home", "add_tag"),
    ("home", "change_tag"),
)
PHOTO_RIGHTS = ("add_image", "change_image", "choose_image")


def handlers():
    """Active people who were given the right to handle requests; they are written to."""
    app, _, codename = RIGHT.partition(".")
    right = {"codename": codename, "content_type__app_label": app}
    in_groups = {f"groups__permissions__{name}": value for name, value in right.items()}
    own = {f"user_permissions__{name}": value for name, value in right.items()}
    return User.objects.filter(Q(**in_groups) | Q(**own), is_active=True).distinct()


def deciders():
    """Active people who may handle requests: those, and who may do everything."""
    everything = User.objects.filter(is_superuser=True, is_active=True)
    return User.objects.filter(Q(pk__in=handlers()) | Q(pk__in=everything))


def make_group(apps=all_apps, **_kwargs):
    """Make the group where it is missing; a group whose rights somebody changed stays as it is.

    Runs after migrations, because Django makes the rights themselves only then.
    """
    Group, Permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    group, is_new = Group.objects.get_or_create(name=NAME)
    if not is_new:
        return
    for app, codename in RIGHTS:
        group.permissions.add(
            Permission.objects.get(content_type__app_label=app, codename=codename)
        )
    root = apps.get_model("wagtailcore", "Collection").objects.filter(depth=1).first()
    for codename in PHOTO_RIGHTS if root else ():
        apps.get_model("wagtailcore", "GroupCollectionPermission").objects.create(
            group=group,
            collection=root,
            permission=Permission.objects.get(
                content_type__app_label="wagtailimages", codename=codename
            ),
        )
