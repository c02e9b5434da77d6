"""What is mailed to whom while an article goes its way: written down, sent by the worker.

Wagtail's own mails go to the person who submitted only, in the request, and know no co-author;
for articles ours take their place, for everything else they stay.
"""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from wagtail.admin import signal_handlers as wagtails
from wagtail.models import Page, TaskState, WorkflowState
from wagtail.signals import (
    task_rejected,
    task_submitted,
    workflow_approved,
    workflow_rejected,
    workflow_submitted,
)

from home import mailing
from webmag.models import Application, Article, EditorsReview, Reminder

PATIENCE = timedelta(days=7)


def to(people, subject, template, **context):
    """One mail to each of these accounts that is still active."""
    for person in people.filter(is_active=True).order_by("pk"):
        mailing.write(
            person.email, subject, f"magazine/{template}", context | {"name": str(person)}
        )


def writers_of(article):
    """The accounts of those who write an article."""
    signing = Q(pk__in=article.writers.values("pk")) | Q(pk=article.owner_id)
    return get_user_model().objects.filter(signing)


def editors_of(magazine):
    """The accounts of a magazine's editors."""
    return get_user_model().objects.filter(groups=magazine.editors_id)


def article_of(state):
    """The article that goes through a workflow; None for anything else."""
    thing = state.content_object
    found = thing.specific if isinstance(thing, Page) else thing
    return found if isinstance(found, Article) else None


def edit_link(article):
    """The address of an article in the administration."""
    return settings.SITE_URL + reverse("wagtailadmin_pages:edit", args=[article.pk])


def submitted(instance, user, **kwargs):
    """An article waits: its editors are told, but for the one who sent it."""
    article = article_of(instance)
    if not article:
        wagtails.workflow_submission_email_notifier(instance=instance, user=user, **kwargs)
        return
    magazine = article.get_parent().specific
    to(
        editors_of(magazine).exclude(pk=user.pk if user else None),
        f"À relire : {article.get_admin_display_title()}",
        "submitted",
        article=article.get_admin_display_title(),
        magazine=magazine.title,
        who=str(user or ""),
        link=edit_link(article),
    )


def task_began(instance, **kwargs):
    """The editors hear of it from `submitted`; what is no article is Wagtail's affair."""
    if not article_of(instance.workflow_state):
        wagtails.task_submission_email_notifier(instance=instance, **kwargs)


def sent_back(instance, user, **_kwargs):
    """« À reprendre »: those who write are told why."""
    article = article_of(instance.workflow_state)
    if article:
        to(
            writers_of(article).exclude(pk=user.pk if user else None),
            f"À reprendre : {article.get_admin_display_title()}",
            "sent_back",
            article=article.get_admin_display_title(),
            reasons=instance.get_comment(),
            who=str(user or ""),
            link=edit_link(article),
        )


def rejected(instance, user, **kwargs):
    """What is no article is Wagtail's affair."""
    if not article_of(instance):
        wagtails.workflow_rejection_email_notifier(instance=instance, user=user, **kwargs)


def approved(instance, user, **kwargs):
    """Published, or about to be: those who write are told."""
    article = article_of(instance)
    if not article:
        wagtails.workflow_approval_email_notifier(instance=instance, user=user, **kwargs)
        return
    planned = article.get_latest_revision_as_object().go_live_at
    to(
        writers_of(article).exclude(pk=user.pk if user else None),
        f"{'Bientôt en ligne' if not article.live else 'En ligne'} : {article.title}",
        "approved",
        article=article.title,
        planned=None if article.live else planned,
        link=article.full_url if article.live else edit_link(article),
    )


def applied(application):
    """Somebody asks to write: the editors are told."""
    to(
        editors_of(application.magazine),
        f"{application.name} aimerait écrire pour {application.magazine.title}",
        "applied",
        application=application,
        link=settings.SITE_URL + reverse("webmag_admin:applications"),
    )


def answered(application):
    """The editors' answer to somebody who asked to write."""
    accepted = application.state == Application.State.ACCEPTED
    mailing.write(
        application.user.email,
        f"Votre demande pour {application.magazine.title}",
        "magazine/answered",
        {
            "name": application.name,
            "application": application,
            "accepted": accepted,
            "link": settings.SITE_URL + reverse("wagtailadmin_home"),
        },
    )


@transaction.atomic
def remind(now=None):
    """Tell editors once more what has waited for a week; returns how many articles."""
    long_ago = (now or timezone.now()) - PATIENCE
    waiting = (
        TaskState.objects.filter(
            status=TaskState.STATUS_IN_PROGRESS,
            started_at__lte=long_ago,
            task__in=EditorsReview.objects.values("pk"),
        )
        .exclude(pk__in=Reminder.objects.values("task_state"))
        .select_related("workflow_state")
    )
    told = 0
    for state in waiting:
        article = article_of(state.workflow_state)
        Reminder.objects.get_or_create(task_state=state)
        if not article:
            continue
        to(
            editors_of(article.get_parent().specific),
            f"Attend depuis une semaine : {article.get_admin_display_title()}",
            "reminder",
            article=article.get_admin_display_title(),
            since=state.started_at,
            link=edit_link(article),
        )
        told += 1
    return told


def connect():
    """Take the place of Wagtail's notices."""
    for signal, uid in (
        (workflow_submitted, "workflow_state_submitted_email_notification"),
        (workflow_rejected, "workflow_state_rejected_email_notification"),
        (workflow_approved, "workflow_state_approved_email_notification"),
    ):
        signal.disconnect(sender=WorkflowState, dispatch_uid=uid)
    uid = "group_approval_task_submitted_email_notification"
    task_submitted.disconnect(sender=TaskState, dispatch_uid=uid)
    task_submitted.connect(task_began, sender=TaskState, dispatch_uid="webmag.task_began")
    workflow_submitted.connect(submitted, sender=WorkflowState, dispatch_uid="webmag.submitted")
    workflow_rejected.connect(rejected, sender=WorkflowState, dispatch_uid="webmag.rejected")
    workflow_approved.connect(approved, sender=WorkflowState, dispatch_uid="webmag.approved")
    task_rejected.connect(sent_back, sender=TaskState, dispatch_uid="webmag.sent_back")
