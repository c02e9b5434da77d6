"""What every case that a volunteer decides has in common, whichever room it belongs to."""

from django import forms
from django.shortcuts import redirect
from django.urls import reverse
from wagtail.admin import messages

from directory.moderation import own_case, queue

NO_SUCH_ACTION = "Cette action n’existe pas, ou vous n’en avez pas le droit."


class AnswerForm(forms.Form):
    """What goes with a decision: a note for the team, a mail for whoever asked."""

    answer = forms.CharField(
        label="Note pour l’équipe",
        max_length=2000,
        required=False,
        help_text="Gardée avec la demande ; n’est envoyée à personne.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    reply = forms.CharField(
        label="Réponse envoyée par mail",
        max_length=4000,
        required=False,
        help_text="Videz-la pour ne rien envoyer. [lien] devient l’adresse de la fiche.",
        widget=forms.Textarea(attrs={"rows": 6}),
    )


def crumbs(*items):
    """The path above a page, from (address, label) pairs."""
    home = {"url": reverse("wagtailadmin_home"), "label": "Accueil"}
    return [home, *({"url": url, "label": label} for url, label in items)]


def frame(request, title, since, **case):
    """What the page of each case shows around it (directory/admin/case.html).

    `since` is when it came, None for what is no case any more; `case` as in `own_case.concerns`.
    """
    refused, alone = own_case.standing(request.user, **case)
    following = queue.following(request.path, since) if since else ""
    return {
        "own": refused,
        "alone": alone,
        "later_url": following or reverse("directory_admin:requests"),
        "breadcrumbs_items": crumbs((reverse("directory_admin:requests"), "Demandes"), ("", title)),
        "header_title": title,
        "header_icon": "mail",
    }


def too_late(request, who):
    """Somebody else was faster."""
    messages.warning(request, f"{who or 'Quelqu’un'} vient de traiter cette demande.")


def done(request, told, here):
    """Tell what became of it, with the way back; then on to the oldest case that waits."""
    messages.success(request, told, buttons=[messages.button(here, "Annuler")])
    return redirect(queue.following(here) or reverse("directory_admin:requests"))
