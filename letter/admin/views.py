"""« Lettre » in the administration: the coming one, what one may do with it, those that went."""

from django import forms
from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin.auth import permission_required, user_passes_test

from directory.admin.deciding import crumbs
from home.limits import too_often
from letter import closing, contents, sending, trying, writing
from letter.audiences import SITE
from letter.closing import NotNowError
from letter.models import Delivery, Follower, Letter, LetterSettings, News
from webmag.desk.views import edited_by

CHANGE = "letter.change_letter"
HISTORY = 20
TESTS, PER_SECONDS = 10, 3600
LINKS_HERE = "#"
GONE = "Cette lettre n’attend plus."
State = Letter.State


class WordsForm(forms.Form):
    """What somebody adds on top."""

    words = forms.CharField(
        label="Quelques mots en tête",
        max_length=1000,
        required=False,
        help_text="Facultatif. Tous les abonnés les lisent, et l’archive les garde.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def may_look(user):
    """Who looks after the letter, and who runs a magazine: their articles stand in it."""
    return user.has_perm(CHANGE) or edited_by(user).exists()


@user_passes_test(may_look)
@require_safe
def overview(request):
    """The coming letter as it stands, and the history; who runs a magazine changes nothing."""
    letter = closing.coming()
    rules = LetterSettings.load()
    shown = letter and contents.sections(SITE, letter.pk, letter.pk)
    context = {
        "letter": letter,
        "may_change": request.user.has_perm(CHANGE),
        "sections": shown,
        "left_out": letter and contents.sections(SITE, letter.pk, letter.pk, left_out=True),
        "form": WordsForm(initial={"words": letter.words if letter else ""}),
        "events": letter.events.select_related("user")[:HISTORY] if letter else (),
        "rules": rules,
        "followers": followers(),
        "went_today": Letter.objects.on(timezone.localdate()).exists(),
        "past": past(),
        "breadcrumbs_items": crumbs(("", "Lettre")),
        "header_title": "Lettre",
        "header_icon": "mail",
    }
    return render(request, "letter/admin/overview.html", context)


def followers():
    """How many there are, by rhythm, and how many have not confirmed yet; one query."""
    confirmed, daily = Q(confirmed_at__isnull=False), Q(rhythm=Follower.Rhythm.DAILY)
    return Follower.objects.aggregate(
        daily=Count("pk", filter=confirmed & daily),
        weekly=Count("pk", filter=confirmed & ~daily),
        unconfirmed=Count("pk", filter=~confirmed),
    )


def past():
    """The newest letters that were closed, with who sent them and what became of them."""
    letters = list(Letter.objects.closed().prefetch_related("events__user")[:HISTORY])
    states = (
        Delivery.objects.filter(
            letter__in=[one.pk for one in letters if one.state == State.SENDING]
        )
        .values_list("letter", "state")
        .annotate(number=Count("pk"))
        .order_by()
    )
    now = {(letter, state): number for letter, state, number in states}
    for one in letters:
        if one.state == State.SENDING:
            one.sent = now.get((one.pk, Delivery.State.SENT), 0)
        one.waiting = now.get((one.pk, Delivery.State.WAITING), 0)
    return letters


@user_passes_test(may_look)
@require_safe
@xframe_options_sameorigin
def preview(request):
    """The coming letter as a mail program shows it to who follows the whole site."""
    letter = closing.coming()
    written = letter and writing.write(letter, letter.pk - 1, SITE)
    if not written:
        return HttpResponse("<!doctype html><title>Vide</title><p>Rien de neuf encore.</p>")
    return HttpResponse(writing.filled(written.html, LINKS_HERE, LINKS_HERE))


@permission_required(CHANGE)
@require_POST
def act(request):
    """One of the buttons: each says what it did, or why not."""
    name = request.POST.get("act", "")
    letter = closing.coming()
    if name == "rassembler":
        closing.prepare()
    elif name in ACTS and letter:
        ACTS[name](request, letter)
    else:
        messages.warning(request, GONE)
    return redirect("letter_admin:overview")


def keep_words(request, letter):
    """« Enregistrer »."""
    form = WordsForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Mille signes au plus pour les mots en tête.")
        return
    if change(request, letter, words=form.cleaned_data["words"].strip()):
        letter.tell("Mots en tête changés", request.user)
        messages.success(request, "C’est enregistré.")


def leave_out(request, letter):
    """« Laisser de côté »."""
    if put(request, letter, is_left_out=True):
        letter.tell("Une nouvelle laissée de côté", request.user)
        messages.success(request, "Elle ne sera pas dans la lettre.")


def take_back(request, letter):
    """« Remettre »."""
    if put(request, letter, is_left_out=False):
        letter.tell("Une nouvelle remise", request.user)
        messages.success(request, "Elle est de nouveau dans la lettre.")


def put(request, letter, is_left_out):
    """Set one thing of the letter aside or put it back; whether there was one."""
    kind, _, number = request.POST.get("quoi", "").partition("-")
    is_number = all(part.isascii() and part.isdigit() and len(part) < 16 for part in (kind, number))
    mine = News.objects.filter(letter=letter, letter__is_coming=True)
    return bool(
        is_number
        and mine.filter(kind=int(kind), number=int(number)).update(is_left_out=is_left_out)
    )


def hold(request, letter):
    """« Retenir »: it does not go by itself."""
    if change(request, letter, state=State.HELD):
        letter.tell("Retenue", request.user)
        messages.success(request, "Elle ne partira pas sans vous.")


def release(request, letter):
    """« Ne plus retenir »."""
    if change(request, letter, state=State.COMING):
        letter.tell("Plus retenue", request.user)
        messages.success(request, "Elle suit de nouveau les réglages.")


def change(request, letter, **values):
    """Write to the letter; False, which the person is told, when it went in the meantime."""
    if Letter.objects.filter(pk=letter.pk, is_coming=True).update(**values):
        return True
    messages.warning(request, GONE)
    return False


def send_test(request, letter):
    """« M’en envoyer un essai »."""
    if too_often("letter-test", request.user.pk, TESTS, PER_SECONDS):
        messages.warning(request, "Dix essais par heure : attendez un peu.")
        return
    trying.send_test.enqueue(letter.pk, request.user.pk)
    letter.tell("Essai envoyé", request.user)
    messages.success(request, f"L’essai part vers {request.user.email}.")


def send(request, letter):
    """« Envoyer maintenant »."""
    if not contents.sections(SITE, letter.pk, letter.pk):
        messages.warning(request, "Elle est vide : une lettre vide ne part pas.")
        return
    try:
        closing.close(by=request.user)
    except NotNowError as error:
        messages.warning(request, str(error))
        return
    sending.send_soon()
    messages.success(request, "Elle part, par petits paquets.")


ACTS = {
    "mots": keep_words,
    "laisser": leave_out,
    "remettre": take_back,
    "retenir": hold,
    "liberer": release,
    "essai": send_test,
    "envoyer": send,
}
