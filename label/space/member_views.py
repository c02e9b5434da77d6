"""/mon-espace/label/…: the label page of a member without listing, seen before it is published."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from label import member_page
from label.models import MemberStand
from label.space.access import member_managed
from label.space.buttons import BACK, PUBLISH, SEE
from label.space.listing_views import typed_rows
from label.space.member_forms import MemberPageForm, as_member_stands, stands_form
from label.space.photo_forms import describe
from label.space.saving import publish_member

GONE = "Ce label n’est plus en cours : rien n’a été changé."


@member_managed
@require_http_methods(["GET", "HEAD", "POST"])
def page(request, member):
    """Words, photo, contacts."""
    data = (request.POST, request.FILES) if request.method == "POST" else ()
    form = MemberPageForm(*data, member=member, user=request.user)
    if request.method != "POST":
        return show_page(request, member, form)
    asked, valid = request.POST.get("faire"), form.is_valid()
    if not valid and asked != BACK:
        return show_page(request, member, form, status=422)
    if asked == SEE:
        form.apply(member)
        return preview(request, member, form.typed())
    if asked == PUBLISH:
        return publish_page(request, member, form)
    return show_page(request, member, form)


def show_page(request, member, form, status=200):
    """The page with the form."""
    context = {"member": member, "form": form, "typed_for_others": request.typed_for_others}
    return render(request, "label/space/member_page.html", context, status=status)


def publish_page(request, member, form):
    """On the label page from now on; a kept photo waits no longer."""
    with transaction.atomic():
        if form.held:
            form.held.take()
        elif form.chosen and form.cleaned_data["alt"]:
            describe(form.chosen, form.cleaned_data["alt"], member.name)
        done = publish_member(
            member.pk, form.apply, request.user, "Ma page", request.typed_for_others
        )
    return told(request, done)


@member_managed
@require_http_methods(["GET", "HEAD", "POST"])
def stands(request, member):
    """Where they can be met."""
    rows = stands_form(member, *((request.POST,) if request.method == "POST" else ()))
    if request.method != "POST":
        return show_stands(request, member, rows)
    asked, valid = request.POST.get("faire"), rows.is_valid()
    if not valid and asked != BACK:
        return show_stands(request, member, rows, status=422)
    if asked == SEE:
        made = as_member_stands(rows.made(), member)
        return preview(request, member, typed_rows(request), stands=made)
    if asked == PUBLISH:
        return publish_stands(request, member, rows)
    return show_stands(request, member, rows)


def show_stands(request, member, rows, status=200):
    """The page with the rows."""
    context = {"member": member, "rows": rows, "typed_for_others": request.typed_for_others}
    return render(request, "label/space/member_stands.html", context, status=status)


def publish_stands(request, member, rows):
    """All of them are new."""

    def change(one):
        one.stands.all().delete()
        MemberStand.objects.bulk_create(as_member_stands(rows.made(), one))

    done = publish_member(
        member.pk, change, request.user, "Où me trouver", request.typed_for_others
    )
    return told(request, done)


def told(request, member):
    """What became of it, at the top of one's space."""
    if not member:
        messages.error(request, GONE)
    elif member.is_member:
        messages.success(request, "C’est en ligne.")
    else:
        messages.success(request, "C’est enregistré. La page paraîtra avec le label.")
    return redirect("space:home")


def preview(request, member, typed, stands=None):
    """The label page as visitors would see it; nothing of it is published yet."""
    context = {
        "member": member,
        "page": member_page.build(member, timezone.now(), stands),
        "typed": typed,
        "is_member": member.is_member,
    }
    return render(request, "label/space/member_preview.html", context)
