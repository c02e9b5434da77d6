"""What can be done to several listings at once, after a confirmation, all or nothing."""

from django import forms
from django.utils import timezone
from wagtail.actions.unpublish import UnpublishAction
from wagtail.snippets.bulk_actions.snippet_bulk_action import SnippetBulkAction

from directory.listing_form import CategoryField
from directory.models import Category, Listing


def publish(listing, user):
    """Publish the latest version of a listing, drafted or not."""
    waiting = listing.has_unpublished_changes and listing.latest_revision
    revision = waiting or listing.save_revision(user=user)
    revision.publish(user=user, skip_permission_checks=True)


def unpublish(listing, user):
    """Take a listing off the site; it stays here as a draft."""
    UnpublishAction(listing, user=user).execute(skip_permission_checks=True)


def change(listing, user, **values):
    """Set fields of a listing where it is shown, and in the draft that waits, if any.

    A draft stays a draft: its other changes are not published along.
    """
    draft = listing.get_latest_revision_as_object() if listing.has_unpublished_changes else None
    for name, value in values.items():
        setattr(listing, name, value)
    listing.save()
    if draft:
        for name, value in values.items():
            setattr(draft, name, value)
        draft.save_revision(user=user, log_action=True)
    else:
        revision = listing.save_revision(user=user, log_action=True)
        if listing.live:
            revision.publish(user=user, skip_permission_checks=True, log_action=False)


class ListingBulkAction(SnippetBulkAction):
    """What the four actions share."""

    models = [Listing]
    template_name = "directory/admin/bulk.html"
    needs = "directory.change_listing"
    question = button = done = ""

    def check_perm(self, listing):
        """Whether this person may do it; asked once for all."""
        if not hasattr(self, "_allowed"):
            self._allowed = self.request.user.has_perm(self.needs)
        return self._allowed and not listing.locked

    def get_context_data(self, **kwargs):
        """Add what is asked."""
        return super().get_context_data(
            question=self.question, button=self.button, title=self.display_name, **kwargs
        )

    def get_execution_context(self):
        """What `execute_action` needs to know."""
        return super().get_execution_context() | {"user": self.request.user}

    @classmethod
    def execute_action(cls, objects, user=None, **kwargs):
        """Do it to each; the caller holds the transaction."""
        for listing in objects:
            kwargs["self"].do(listing, user)
        return len(objects), 0

    def get_success_message(self, count, _children):
        """« 3 fiches publiées. »"""
        ending = "s" if count > 1 else ""
        return f"{count} fiche{ending} {self.done}{ending}."


class Publish(ListingBulkAction):
    """Publish the latest version of each."""

    display_name = "Publier"
    aria_label = "Publier les fiches choisies"
    action_type = "publier"
    action_priority = 10
    needs = "directory.publish_listing"
    question = "Publier la dernière version de ces fiches ?"
    button = "Publier"
    done = "publiée"

    def do(self, listing, user):
        """Publish one."""
        publish(listing, user)


class Unpublish(ListingBulkAction):
    """Take them off the site."""

    display_name = "Dépublier"
    aria_label = "Dépublier les fiches choisies"
    action_type = "depublier"
    action_priority = 20
    needs = "directory.publish_listing"
    question = "Retirer ces fiches du site ? Elles restent ici, en brouillon."
    button = "Dépublier"
    done = "dépubliée"

    def do(self, listing, user):
        """Unpublish one."""
        unpublish(listing, user)


def signature(user):
    """How visitors read who checked: a name, never the e-mail."""
    return (user.get_full_name() or "un bénévole")[:80]


class MarkVerified(ListingBulkAction):
    """Somebody checked them today."""

    display_name = "Vérifiées aujourd’hui"
    aria_label = "Marquer les fiches choisies comme vérifiées aujourd’hui"
    action_type = "verifier"
    action_priority = 22
    needs = "directory.publish_listing"
    question = "Noter que vous avez vérifié ces fiches aujourd’hui ?"
    button = "Noter"
    done = "vérifiée"

    def do(self, listing, user):
        """Note who checked one, and when."""
        change(listing, user, verified_on=timezone.localdate(), verified_by=signature(user))


class CategoryForm(forms.Form):
    """The new category."""

    category = CategoryField(Category.objects.all(), label="Nouveau métier", empty_label="Choisir…")


class ChangeCategory(ListingBulkAction):
    """Move them to another trade."""

    display_name = "Changer de métier"
    aria_label = "Changer le métier des fiches choisies"
    action_type = "categorie"
    action_priority = 24
    needs = "directory.publish_listing"
    form_class = CategoryForm
    question = "Quel métier donner à ces fiches ?"
    button = "Changer"
    done = "modifiée"

    def do(self, listing, user):
        """Move one."""
        change(listing, user, category=self.cleaned_form.cleaned_data["category"])
