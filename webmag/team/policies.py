"""What a contributor sees of others' work in the administration: nothing that is not published.

Wagtail asks one policy object each for pages, photos and files, wherever it lists, searches or
offers something to choose. There is no setting for another one, so ours take their place: the
same rules with one more. Somebody who may only add to a magazine is shown, of what lies there,
what they began or sign themselves. `hidden_from` is the same rule for one page by its number.
"""

from django.db.models import Q
from wagtail.admin.api import views as admin_api
from wagtail.documents import permissions as documents
from wagtail.images import permissions as images
from wagtail.models import Page
from wagtail.permission_policies.collections import CollectionOwnershipPermissionPolicy
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.permissions import page_permission_policy

from webmag.models import Article, Magazine

MORE_THAN_ADDING = {"change_page", "publish_page"}
PATHS = "_contributor_paths"
FILE_POLICIES = {
    images.permission_policy.model: images.permission_policy,
    documents.permission_policy.model: documents.permission_policy,
}


class PagePolicy(PagePermissionPolicy):
    """Wagtail's rules for pages, without the work of others."""

    def instances_user_has_any_permission_for(self, user, actions):
        """As Wagtail says, without what is hidden from this person."""
        pages = super().instances_user_has_any_permission_for(user, actions)
        hidden = work_hidden_from(user)
        return pages if hidden is None else pages.exclude(pk__in=hidden.values("pk"))


class OwnFilesPolicy(CollectionOwnershipPermissionPolicy):
    """Wagtail's rules for photos and files; who may add one may choose it again.

    What lies in a magazine's collection is its team's: a right on everything, such as volunteers
    have who look after listings, does not reach into it.
    """

    def _check_perm(self, user, actions, collection=None):
        """As Wagtail says; in a magazine's collection only for those with a right right there."""
        if collection and not user.is_superuser and is_of_a_magazine(collection):
            granted = self._get_user_permission_objects_for_actions(user, actions)
            return user.is_active and collection.pk in {one.collection_id for one in granted}
        return super()._check_perm(user, actions, collection)

    def _collections_with_perm(self, user, actions):
        """As Wagtail says, without the collections of magazines that somebody has no part in."""
        granted = self._get_user_permission_objects_for_actions(user, actions)
        own = {one.collection_id for one in granted}
        others = Magazine.objects.exclude(photos=None).exclude(photos__in=own)
        found = super()._collections_with_perm(user, actions)
        return found.exclude(pk__in=others.values("photos"))

    def user_has_permission(self, user, action):
        """To choose, the right to add is enough: there may be something of one's own."""
        if action == "choose" and self._check_perm(user, ["add"]):
            return True
        return super().user_has_permission(user, action)

    def user_has_any_permission_for_instance(self, user, actions, instance):
        """One's own may be chosen."""
        if "choose" in actions and self.is_own(user, instance):
            return True
        return super().user_has_any_permission_for_instance(user, actions, instance)

    def instances_user_has_any_permission_for(self, user, actions):
        """What may be chosen, and one's own."""
        found = super().instances_user_has_any_permission_for(user, actions)
        if "choose" not in actions or not user.is_authenticated or user.is_superuser:
            return found
        own = {self.owner_field_name: user, "collection__in": self.may_add_to(user)}
        return found | self.model._default_manager.filter(**own)

    def collections_user_has_any_permission_for(self, user, actions):
        """The collections offered as a filter: those with something to choose."""
        found = super().collections_user_has_any_permission_for(user, actions)
        return found | self.may_add_to(user) if "choose" in actions else found

    def may_add_to(self, user):
        """The collections that somebody may add to."""
        return self._collections_with_perm(user, ["add"])

    def is_own(self, user, instance):
        """Whether it is theirs, in a collection that they may add to."""
        is_theirs = getattr(instance, f"{self.owner_field_name}_id") == user.pk
        return is_theirs and self._check_perm(user, ["add"], collection=instance.collection)


def install():
    """Put our policies where Wagtail asks for its own."""
    page_permission_policy.__class__ = PagePolicy
    admin_api.PagePermissionPolicy = PagePolicy
    images.permission_policy.__class__ = OwnFilesPolicy
    documents.permission_policy.__class__ = OwnFilesPolicy


def contributor_paths(user):
    """The tree paths below which somebody may add, and nothing more; kept with the user."""
    if not hasattr(user, PATHS):
        rights = {}
        for granted in page_permission_policy.get_cached_permissions_for_user(user):
            rights.setdefault(granted.page.path, set()).add(granted.permission.codename)
        more = [path for path, codenames in rights.items() if codenames & MORE_THAN_ADDING]
        paths = [
            path
            for path, codenames in rights.items()
            if "add_page" in codenames and not any(path.startswith(above) for above in more)
        ]
        setattr(user, PATHS, paths)
    return getattr(user, PATHS)


def is_of_a_magazine(collection):
    """Whether a collection holds a magazine's photos."""
    return Magazine.objects.filter(photos=collection).exists()


def work_hidden_from(user):
    """The articles and issues of others where somebody only contributes; None: nothing is."""
    if not user.is_authenticated or user.is_superuser:
        return None
    below = Q()
    for path in contributor_paths(user):
        below |= Q(path__startswith=path) & ~Q(path=path)
    if not below:
        return None
    own = Q(owner=user) | Q(pk__in=Article.objects.written_by(user).values("pk"))
    return Page.objects.filter(below).exclude(own)


def any_hidden_from(user, model, pks):
    """Whether one of these pages, photos, files or other things is hidden from somebody."""
    if issubclass(model, Page):
        return any(hidden_from(user, pk) for pk in pks)
    if model in FILE_POLICIES:
        policy = FILE_POLICIES[model]
        seen = policy.instances_user_has_any_permission_for(user, ("choose", "change", "delete"))
        return model.objects.filter(pk__in=pks).exclude(pk__in=seen.values("pk")).exists()
    app, name = model._meta.app_label, model._meta.model_name
    return not any(user.has_perm(f"{app}.{verb}_{name}") for verb in ("change", "delete"))


def hidden_from(user, pk):
    """Whether the page of this number holds something unpublished that they may not see."""
    return not choosable(Page.objects.filter(pk=pk), user).exists() and exists(pk)


def exists(pk):
    """Whether there is a page of this number: for one that is not, Wagtail has an answer."""
    return Page.objects.filter(pk=pk).exists()


def choosable(pages, user):
    """Of these pages those that somebody may link to: published ones, and what they may see.

    The administration shows a draft's title also for a page that is published under another one.
    """
    if user.is_superuser:
        return pages
    visible = page_permission_policy.explorable_instances(user)
    published = Q(live=True, has_unpublished_changes=False)
    # A subquery of its own: pages that are being searched can be filtered by few fields only.
    return pages.filter(pk__in=Page.objects.filter(published | Q(pk__in=visible.values("pk"))))
