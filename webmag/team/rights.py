"""What a magazine's team may do: its groups, its photos, its workflow, made with the magazine.

A `Role` says who is in the team; the rights follow from it. Editors publish in their magazine and
have no hand on any other; contributors begin articles and write in those they sign.
"""

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from webmag.models import Author, EditorsReview, Role

PAGE_RIGHTS = {
    Role.Kind.EDITOR: ("add_page", "change_page", "publish_page", "lock_page", "unlock_page"),
    Role.Kind.CONTRIBUTOR: ("add_page",),
}
# A contributor chooses among their own photos and files only: team/policies.py.
FILE_RIGHTS = {
    Role.Kind.EDITOR: ("add", "change", "choose"),
    Role.Kind.CONTRIBUTOR: ("add",),
}
FILES = {"image": "wagtailimages", "document": "wagtaildocs"}
TITLES = {Role.Kind.EDITOR: "Rédaction", Role.Kind.CONTRIBUTOR: "Plumes"}
LONGEST_NAME = 150


@transaction.atomic
def establish(magazine):
    """Make what a new magazine's team needs; what is already there stays as it is."""
    if magazine.editors_id:
        return
    magazine.photos = Collection.get_first_root_node().add_child(name=magazine.title[:255])
    magazine.editors = make_group(magazine, Role.Kind.EDITOR)
    magazine.contributors = make_group(magazine, Role.Kind.CONTRIBUTOR)
    type(magazine).objects.filter(pk=magazine.pk).update(
        photos=magazine.photos, editors=magazine.editors, contributors=magazine.contributors
    )
    start_workflow(magazine)


def make_group(magazine, kind):
    """One of the two groups, with its rights on the magazine's pages and files."""
    group = Group.objects.create(name=group_name(magazine, kind))
    group.permissions.add(right("wagtailadmin", "access_admin"))
    for codename in PAGE_RIGHTS[kind]:
        GroupPagePermission.objects.create(
            group=group, page=magazine, permission=right("wagtailcore", codename)
        )
    for verb in FILE_RIGHTS[kind]:
        for what, app in FILES.items():
            GroupCollectionPermission.objects.create(
                group=group,
                collection=magazine.photos,
                permission=right(app, f"{verb}_{what}"),
            )
    return group


def group_name(magazine, kind):
    """« Rédaction : L’Écho des étangs (12) »; the number keeps two of one title apart."""
    number = f" ({magazine.pk})"
    return f"{TITLES[kind]} : {magazine.title}"[: LONGEST_NAME - len(number)] + number


def right(app, codename):
    """One of Django's permissions."""
    return Permission.objects.get(content_type__app_label=app, codename=codename)


def workflow_name(magazine):
    """As the button says it: « Soumettre à la rédaction, L’Écho des étangs »."""
    return f"la rédaction, {magazine.title}"[:255]


def start_workflow(magazine):
    """Let what contributors submit wait for this magazine's editors."""
    task = EditorsReview.objects.create(name=workflow_name(magazine))
    task.groups.add(magazine.editors)
    workflow = Workflow.objects.create(name=workflow_name(magazine))
    WorkflowTask.objects.create(workflow=workflow, task=task)
    WorkflowPage.objects.create(workflow=workflow, page=magazine)


def rename(magazine):
    """Groups and workflow carry the magazine's name: people see it in lists and on buttons."""
    name = workflow_name(magazine)
    EditorsReview.objects.filter(groups=magazine.editors_id).exclude(name=name).update(name=name)
    of_magazine = Workflow.objects.filter(workflow_pages__page=magazine.pk)
    of_magazine.exclude(name=name).update(name=name)
    for group, kind in (
        (magazine.editors, Role.Kind.EDITOR),
        (magazine.contributors, Role.Kind.CONTRIBUTOR),
    ):
        name = group_name(magazine, kind)
        if group and group.name != name:
            group.name = name
            group.save(update_fields=["name"])


def close(magazine):
    """Take the groups and the workflow of a deleted magazine away; its photos stay."""
    for group in filter(None, (magazine.editors, magazine.contributors)):
        for review in EditorsReview.objects.filter(groups=group):
            Workflow.objects.filter(workflow_tasks__task=review).delete()
            review.delete()
        group.delete()


@transaction.atomic
def follow(author):
    """Give an author's account the groups that the author's roles say, and no other of ours."""
    if not author.user_id:
        return
    roles = author.roles.select_related("magazine")
    due = {
        role.magazine.editors_id if role.kind == Role.Kind.EDITOR else role.magazine.contributors_id
        for role in roles
    } - {None}
    ours = set(team_groups().values_list("pk", flat=True))
    has = set(author.user.groups.filter(pk__in=ours).values_list("pk", flat=True))
    author.user.groups.remove(*(has - due))
    author.user.groups.add(*(due - has))


def team_groups():
    """All groups of all magazines."""
    return Group.objects.exclude(editor_of=None, contributor_of=None)


@transaction.atomic
def appoint(user, magazine, kind, name=""):
    """Take somebody into a magazine's team; returns the role. Who is there changes their part."""
    author, _ = Author.objects.get_or_create(user=user, defaults={"name": name or str(user)})
    role, _ = Role.objects.update_or_create(
        magazine=magazine, author=author, defaults={"kind": kind}
    )
    return role
