"""/lettre/: ask for it, confirm by the mailed link, choose anew."""

from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from directory.models import Commune
from home import mailing
from home.form_limits import FormLimits
from letter import following, links
from letter.addresses import half_hidden
from letter.audiences import Audience
from letter.forms import Choices, FollowForm, initial_of
from letter.models import Follower, Letter, LetterSettings
from webmag.models import Magazine

LIMITS = FormLimits(
    "letter",
    unproven=4,
    unproven_of_all=60,
    too_many="Beaucoup de demandes d’un coup : réessayez dans une heure. Rien n’est perdu ici.",
)
NEWEST = 5


@never_cache
def follow(request):
    """The form; whoever sends it reads the same, whatever the address."""
    rules = LetterSettings.load()
    if not rules.is_on:
        return render(request, "letter/closed.html")
    chosen = asked_for(request.GET)
    form = FollowForm(request.POST or None, initial=chosen, kept=chosen["communes"])
    status = 200
    if request.method == "POST":
        if form.is_from_a_robot or form.was_sent_before:
            return redirect("letter:link_sent")
        status = LIMITS.refusal(request, form)
        if not status:
            take(form)
            return redirect("letter:link_sent")
    context = {
        "form": form,
        "rules": rules,
        "newest": Letter.objects.archived()[:NEWEST],
        "opened": bool(form.errors),
    }
    return render(request, "letter/follow.html", context, status=status)


def asked_for(values):
    """What the link that led here asks for; the whole site where it asks for nothing."""
    magazine, commune = values.get("magazine", "")[:255], values.get("commune", "")[:255]
    magazines = Magazine.objects.public().filter(slug=clean(magazine)) if magazine else ()
    communes = Commune.objects.filter(slug=clean(commune)) if commune else ()
    audience = Audience.of(False, [one.pk for one in magazines], [one.pk for one in communes])
    rhythm = Follower.Rhythm.WEEKLY
    return initial_of(Audience(site=True) if audience.is_empty else audience, rhythm)


def clean(slug):
    """PostgreSQL takes no NUL."""
    return slug.replace("\x00", "")


def take(form):
    """Keep what was asked, once for each sending."""
    if not form.claim():
        return
    if form.is_proven:
        form.spend_proof()
    said = form.cleaned_data
    following.ask(said["email"], form.audience, said["rhythm"])


@never_cache
@require_safe
def link_sent(request):
    """« Ouvrez le lien »: the same page for everybody."""
    return render(request, "letter/link_sent.html", {"late": mailing.is_late()})


@never_cache
def confirm(request, token):
    """Show what the link confirms; a button does it, since mail scanners open links too."""
    follower = links.to_confirm(token)
    if not follower:
        return render(request, "letter/link_gone.html", status=410)
    if request.method == "POST":
        if not following.confirm(follower):
            return render(request, "letter/link_gone.html", status=410)
        return redirect("letter:confirmed")
    context = {
        "titles": Audience.read(follower.wanted_audience).titles,
        "rhythm": Follower.Rhythm(follower.wanted_rhythm).label,
        "follows": bool(follower.confirmed_at),
    }
    return render(request, "letter/confirm.html", context)


@never_cache
@require_safe
def confirmed(request):
    """What happens now."""
    return render(request, "letter/confirmed.html")


@never_cache
def choices(request, token):
    """By the link in each letter: what one receives, and how often. No account is needed."""
    box = links.mailbox_of(token, links.CHOICES)
    follower = Follower.objects.confirmed().of(box).first() if box else None
    if not follower:
        return render(request, "letter/link_gone.html", status=410)
    audience = Audience.read(follower.audience)
    initial = initial_of(audience, follower.rhythm)
    form = Choices(request.POST or None, initial=initial, kept=audience.communes)
    status, saved = 200, False
    if request.method == "POST":
        saved = form.is_valid()
        status = 200 if saved else 422
        if saved:
            following.choose(follower, form.audience, form.cleaned_data["rhythm"])
    context = {
        "form": form,
        "saved": saved,
        "address": half_hidden(follower.email),
        "stop": links.address(links.STOP, links.token_of(box, links.STOP)),
        "opened": bool(form.errors),
    }
    return render(request, "letter/choices.html", context, status=status)
