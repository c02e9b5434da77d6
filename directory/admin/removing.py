"""Wagtail's own « Supprimer » of a listing is the same as « Retirer pour de bon » on a request.

Its address says that it is gone and no import brings it back (directory/moderation/removal.py).
"""

from wagtail.snippets.bulk_actions.delete import DeleteBulkAction
from wagtail.snippets.views.snippets import DeleteView

from directory.models import Listing
from directory.moderation.removal import remove_listing

REASON = "Retirée par l’équipe, depuis la liste des fiches."


class RemoveView(DeleteView):
    """« Supprimer » in a listing's form."""

    page_title = "Retirer pour de bon"
    template_name = "directory/admin/remove.html"
    success_message = "La fiche « %(object)s » est retirée pour de bon."

    def delete_action(self):
        """Leave a tombstone at each of its addresses."""
        remove_listing(self.object, self.request.user, REASON)


class Remove(DeleteBulkAction):
    """« Supprimer » for the rows that were ticked."""

    display_name = "Retirer pour de bon"
    aria_label = "Retirer pour de bon les fiches choisies"
    models = [Listing]
    template_name = "directory/admin/bulk_remove.html"

    def get_execution_context(self):
        """What `execute_action` needs to know."""
        return super().get_execution_context() | {"user": self.request.user}

    @classmethod
    def execute_action(cls, objects, user=None, **kwargs):
        """Leave a tombstone for each; the caller holds the transaction."""
        for listing in objects:
            remove_listing(listing, user, REASON)
        return len(objects), 0

    def get_success_message(self, count, _children):
        """« 3 fiches retirées pour de bon. »"""
        ending = "s" if count > 1 else ""
        return f"{count} fiche{ending} retirée{ending} pour de bon."
