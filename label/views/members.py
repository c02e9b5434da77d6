"""/label/ and /label/membres/…: what the label is, who its members are, one member's page."""

from urllib.parse import urlencode

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from directory.tree import category_tree
from home import social_card
from home.paging import Paging, asked_page
from home.versions import remembered_by
from label import badge as badges
from label import faces, member_page, qr
from label.models import Charter, Membership
from label.statements import issuing, publishing

PER_PAGE = 24
NEWEST = 4


def label(request):
    """What the label is, in plain words, and who its members are."""
    roster = faces.roster()
    context = {
        "charter": Charter.objects.current(),
        "roster": roster,
        "total": len(roster.entries),
        "newest": faces.of([entry.pk for entry in roster.newest(NEWEST)]),
    }
    return render(request, "label/label.html", context)


def members(request, trade=None, commune=None):
    """Members by name; of one trade, of one commune, or of both, a page at a time."""
    chosen = trade or request.GET.get("categorie", "")
    place = commune or request.GET.get("commune", "")
    if lasting := lasting_address(request, trade or commune, chosen, place):
        return redirect(lasting)
    category = known(category_tree().by_slug, chosen) if chosen else None
    roster = faces.roster()
    here = known({one.slug: one for one in roster.communes.values()}, place) if place else None
    found = roster.of(category, here)
    paging = Paging(asked_page(request.GET), len(found), PER_PAGE)
    both = category and here
    context = {
        "faces": faces.of([entry.pk for entry in found[paging.slice]]),
        "paging": paging,
        "roster": roster,
        "category": category,
        "commune": here,
        "total": len(found),
        "query": urlencode({"categorie": chosen, "commune": place}) if both else "",
    }
    return render(request, "label/members.html", context)


def lasting_address(request, is_lasting, trade, commune):
    """The address of its own that a list of one trade or of one commune has; None for the rest."""
    if is_lasting or bool(trade) == bool(commune):
        return None
    name, value = ("members_by_trade", trade) if trade else ("members_by_commune", commune)
    slug = value if value.replace("-", "").isalnum() and value.isascii() else "inconnu"
    return reverse(f"label:{name}", args=[slug])


def known(things, slug):
    """One of these; raises `Http404`, with a commune that has no member yet as with no commune."""
    if slug not in things:
        raise Http404
    return things[slug]


def member(request, slug):
    """One member's page; 410 for somebody who is a member no more."""
    found = shown_member(slug)
    if not found:
        return gone(request)
    if found.slug != slug:
        return redirect(request.resolver_match.view_name, found.slug, permanent=True)
    context = {"member": found, "page": member_page.build(found, timezone.now())}
    return render(request, "label/member.html", context)


def drawn_card(request, slug):
    """What a link to the page of a member without photo looks like where it is shared: a PNG."""
    found = shown_member(slug)
    if not found:
        return gone(request)
    if found.slug != slug:
        return redirect(request.resolver_match.view_name, found.slug, permanent=True)
    shown = found.listing or found
    trade = category_tree().by_pk.get(shown.category_id if found.listing else found.trade_id)
    detail = " · ".join(str(part) for part in (trade and trade.name, shown.commune) if part)
    return social_card.answer(found.name, detail, is_member=True)


def badge(request, slug):
    """The badge to take away: for one's own site, for jars and letters."""
    found = shown_member(slug)
    if not found:
        return gone(request)
    if found.slug != slug:
        return redirect(request.resolver_match.view_name, found.slug, permanent=True)
    statement = publishing.statement_of(found)
    context = {
        "member": found,
        "choices": badges.choices(found),
        "signed": issuing.said_by(statement) if statement else None,
    }
    return render(request, "label/member_badge.html", context)


def card(request, slug):
    """The card for the stall, A6, to print."""
    found = shown_member(slug)
    if not found:
        return gone(request)
    if found.slug != slug:
        return redirect(request.resolver_match.view_name, found.slug, permanent=True)
    url = qr.verify_url(found.code)
    dots, modules = qr.modules(url)
    context = {
        "member": found,
        "page": member_page.build(found, timezone.now()),
        "dots": dots,
        "modules": modules,
        "url": url.partition("//")[2],
    }
    return render(request, "label/card.html", context)


def shown_member(slug):
    """The member of today at this address, None for one who was; `Http404` for anybody else."""
    # Shared by all who ask: what is worked out for a page is kept beside it, not in it.
    found = remembered_by(slug, "memberships", lambda: member_page.load(slug))
    if not found or found.since is None or not found.is_shown:
        raise Http404
    return found if found.verdict() == Membership.Verdict.GENUINE else None


def gone(request):
    """Who left, or lost the label, has no page any more; why is nobody's business."""
    return render(request, "label/gone.html", status=410)
