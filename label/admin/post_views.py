"""One post to decide on, like any other case: let it appear, ask, refuse, hide, undo."""

from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.auth import permission_required
from wagtail.models import ModelLogEntry

from directory.admin import deciding
from directory.moderation import own_case
from home.pictures import picture
from label import writing
from label.models import Post

CHANGE = "label.change_post"
State = Post.State
ACTIONS = {
    "publier": lambda post, by, said: writing.publish(post, by, said["answer"]),
    "precision": lambda post, by, said: writing.ask(post, by, said["reply"], said["answer"]),
    "refusee": lambda post, by, said: writing.refuse(post, by, said["reply"], said["answer"]),
    "annuler": lambda post, by, said: writing.reopen(post, by, said["answer"]),
}
NEEDS_WORDS = ("precision", "refusee")


def case_for(pk):
    """The post; raises `Http404`."""
    rows = Post.objects.select_related("listing", "membership", "author", "decided_by", "photo")
    return get_object_or_404(rows, pk=pk)


def whose(post):
    """Whose business it is, as in `own_case.concerns`."""
    member = post.membership.user_id if post.membership else None
    return {"listing": post.listing, "people": [post.author_id, member]}


@permission_required(CHANGE)
def one_post(request, pk):
    """One case."""
    return show(request, case_for(pk))


def show(request, post, form=None, status=200):
    """Its page; `form` came back with something to put right."""
    waits = post.state in (State.WAITING, State.ASKED)
    title = f"Publication : {post.listing or post.membership or post.author or 'sans auteur'}"
    context = deciding.frame(request, title, post.created_at if waits else None, **whose(post)) | {
        "post": post,
        "picture": picture(post.photo, "card") if post.photo else None,
        "url": reverse("label_admin:decide_post", args=[post.pk]),
        "open": waits,
        "form": form or deciding.AnswerForm(),
        "mails_to": post.author.email if post.author else "",
        "can_undo": writing.is_decided(post),
        "history": ModelLogEntry.objects.for_instance(post)
        .filter(action=writing.ACTION)
        .select_related("user"),
        "header_icon": "comment",
    }
    return render(request, "label/admin/post.html", context, status=status)


@permission_required(CHANGE)
@require_POST
def decide(request, pk):
    """One of the buttons: `ACTIONS` says what each does."""
    post = case_for(pk)
    form, name = deciding.AnswerForm(request.POST), request.POST.get("action", "")
    if name not in ACTIONS:
        form.add_error(None, deciding.NO_SUCH_ACTION)
    if name in NEEDS_WORDS and not request.POST.get("reply", "").strip():
        form.add_error("reply", "Écrivez-le : la personne le lira.")
    if not form.is_valid():
        return show(request, post, form, status=422)
    refused, alone = own_case.standing(request.user, **whose(post))
    here = reverse("label_admin:post", args=[pk])
    if refused:
        messages.error(request, refused)
        return redirect(here)
    said = form.cleaned_data
    said["answer"] = own_case.noted(said["answer"], alone)
    if request.POST.get("seen", post.state) != post.state or not ACTIONS[name](
        post, request.user, said
    ):
        post.refresh_from_db()
        deciding.too_late(request, post.decided_by)
        return redirect(here)
    if name == "annuler":
        messages.success(request, f"{post} : {post.get_state_display().lower()}.")
        return redirect(here)
    return deciding.done(request, f"{post} : {post.get_state_display().lower()}.", here)
