"""« Vos articles » and « À relire », first on the administration's first page."""

from django.urls import reverse
from django.utils import timezone
from wagtail.admin.ui.components import Component
from wagtail.models import TaskState

from webmag.models import Application, Article, Magazine, Role

MOST_SHOWN = 20


class WritingPanel(Component):
    """Begin an article, go on with one, see where each stands; for editors: what waits."""

    name = "magazines"
    order = 40
    template_name = "webmag/admin/home_panel.html"

    def get_context_data(self, parent_context):
        """Nothing for who is in no team."""
        user = parent_context["request"].user
        roles = list(roles_of(user))
        edited = [role.magazine for role in roles if role.kind == Role.Kind.EDITOR]
        if user.is_superuser:
            edited = list(Magazine.objects.order_by("title"))
        if not roles and not edited:
            return {}
        waiting = list(waiting_for(user))
        return {
            "shown": True,
            "magazines": {role.magazine.pk: role.magazine for role in roles}.values() or edited,
            "articles": [Standing(article) for article in own_articles(user)],
            "edits": bool(edited),
            "waiting": waiting,
            "days": (timezone.now() - waiting[0].started_at).days if waiting else 0,
            "applications": Application.objects.waiting().filter(magazine__in=edited).count(),
            "team_url": reverse("webmag_admin:applications"),
        }


class Standing:
    """An article and where it stands on its way."""

    def __init__(self, article):
        self.article = article
        self.state = article.current_workflow_state
        task = self.state and self.state.current_task_state
        self.reasons = task.comment if task and self.state.status == "needs_changes" else ""

    @property
    def words(self):
        """« À reprendre », « En relecture », « En ligne », « Brouillon »…"""
        if self.state and self.state.status == "needs_changes":
            return "À reprendre"
        if self.state and self.state.status == "in_progress":
            return "En relecture"
        if self.article.approved_schedule:
            return "Publication prévue"
        if self.article.live:
            waits = self.article.has_unpublished_changes
            return "En ligne, avec des changements pas encore publiés" if waits else "En ligne"
        return "Brouillon"


def roles_of(user):
    """The roles of an account, by magazine."""
    return Role.objects.filter(author__user=user).select_related("magazine").order_by("magazine")


def own_articles(user):
    """What somebody writes, what moved last first."""
    written = Article.objects.written_by(user).order_by("-latest_revision_created_at", "-pk")
    return written[:MOST_SHOWN]


def waiting_for(user):
    """What waits for this person's reading, the oldest first."""
    return (
        TaskState.objects.reviewable_by(user)
        .select_related("workflow_state", "revision")
        .order_by("started_at")[:MOST_SHOWN]
    )
