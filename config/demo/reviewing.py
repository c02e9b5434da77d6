"""Bringing a demo article to a state: a draft, waiting, sent back, planned, published."""

from wagtail.models import Page, Revision, TaskState, WorkflowState


def bring_to(state, page, when, reasons=""):
    """Do to a new page what its editors would have done, and date it as of then."""
    STATES[state](page, when, reasons)
    Revision.objects.for_instance(page).update(created_at=when)
    Page.objects.filter(pk=page.pk).update(latest_revision_created_at=when)


def draft(page, when, reasons):
    """Kept, and shown to nobody."""
    page.save_revision()


def waiting(page, when, reasons):
    """Submitted: its editors have not answered yet."""
    page.save_revision()
    page.get_workflow().start(page, None)
    steps, ways = TaskState.objects, WorkflowState.objects.for_instance(page)
    steps.filter(workflow_state__in=ways).update(started_at=when)
    ways.update(created_at=when)


def sent_back(page, when, reasons):
    """Submitted, read, and sent back with reasons."""
    waiting(page, when, reasons)
    step = page.current_workflow_task_state
    step.specific.reject(user=None, comment=reasons)
    TaskState.objects.filter(pk=step.pk).update(finished_at=when)


def planned(page, when, reasons):
    """Ready: it appears by itself on its day."""
    page.go_live_at = when
    page.save_revision().publish()


def published(page, when, reasons):
    """Online since then; a text that was mended afterwards says so."""
    page.first_published_at = when
    page.save_revision().publish()
    mended = getattr(page, "updated_on", None)
    last = when.combine(mended, when.timetz()) if mended else when
    Page.objects.filter(pk=page.pk).update(last_published_at=last)


STATES = {
    "draft": draft,
    "waiting": waiting,
    "sent-back": sent_back,
    "planned": planned,
    "published": published,
}
