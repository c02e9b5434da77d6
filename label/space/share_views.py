"""/mon-espace/partager/: what somebody published elsewhere, handed in from the telephone."""

import re
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from home.fetch import FetchError
from home.limits import too_often
from label import sharing
from label.space.access import personal
from label.space.post_views import PER_SECONDS, POSTS, PostForm, may_wait, who_writes

GIVEN = ("title", "text", "url", "photo")
LONGEST_GIVEN = 1500
ADDRESS = re.compile(r"https?://[^\s<>\"]+")
MUCH = "C’est beaucoup pour un jour : la suite demain."


class ShareForm(PostForm):
    """A link to what was published elsewhere; the words may be left to what stands there."""

    link = forms.URLField(
        label="L’adresse de la publication",
        max_length=500,
        assume_scheme="https",
        error_messages={"invalid": "Collez l’adresse entière : elle commence par https://."},
        help_text="Celle que votre réseau donne avec « Copier le lien ».",
    )
    field_order = ["link", "text", "photo", "alt", "listing", "hashtag"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        text = self.fields["text"]
        text.required = False
        text.label = "En quelques mots"
        text.help_text = "Laissez vide pour reprendre le titre et le résumé de la page."
        if "hashtag" in self.fields:
            self.fields["hashtag"].label = f"Porte #{self.label} : visible sur « Fait ici »"

    @property
    def tag(self):
        """The label's hashtag where it is wished for, also without words."""
        return self.label if self.cleaned_data.get("hashtag") else ""


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def shared(request):
    """What the telephone hands to the application, put into the form; nothing is kept here.

    Without the application's worker the photo does not come along.
    """
    given = {name: request.POST[name][:LONGEST_GIVEN] for name in GIVEN[:3] if name in request.POST}
    query = f"?{urlencode(given)}" if given else ""
    return redirect(reverse("space:share") + query, permanent=False)


@personal
@require_http_methods(["GET", "HEAD", "POST"])
def share(request):
    """The form; then the publication, at once for a member, else once a volunteer read it."""
    writer = who_writes(request)
    if not writer:
        return render(request, "label/space/no_post.html")
    sent = request.method == "POST"
    form = ShareForm(
        request.POST if sent else None,
        request.FILES or None,
        initial=None if sent else first_words(request.GET),
        **writer,
    )
    status = answer_to(request, form) if sent else 200
    if status == 200 and sent:
        return redirect("space:posts")
    context = {
        "form": form,
        "takes_photo": request.GET.get("photo") == "1",
        "waits": may_wait(form),
    }
    return render(request, "label/space/share.html", context, status=status)


def answer_to(request, form):
    """Hand in what the form says; the status of the answer."""
    if not form.is_valid():
        return 422
    if too_often("space-posts", request.user.pk, POSTS, PER_SECONDS):
        form.add_error(None, MUCH)
        return 429
    said, held = form.cleaned_data, form.held
    try:
        item = sharing.hand_in(
            request.user, said["listing"], said["link"], said["text"], form.chosen, form.tag
        )
    except (FetchError, ValueError) as error:
        form.add_error("text", f"{error} Écrivez quelques mots vous-même.")
        return 422
    if held and item.photo_id == held.photo_id:
        held.take()
    elif held:
        held.drop()
    if item.is_published:
        messages.success(request, "C’est en ligne, avec un lien vers votre publication.")
    else:
        messages.success(request, "C’est reçu. Un bénévole la lit avant qu’elle paraisse.")
    return 200


def first_words(given):
    """What a telephone said, as the form's first values: some put the address into the text."""
    text = given.get("text", "")[:LONGEST_GIVEN]
    found = ADDRESS.search(text)
    link = given.get("url", "") or (found[0] if found else "")
    text = text.replace(link, " ").strip() if link else text.strip()
    title = given.get("title", "").strip()
    words = text if not title or title in text else f"{title}\n{text}".strip()
    return {"link": link[:500], "text": words[:1000]}


@personal
@require_POST
def take_down(request, number):
    """What came from elsewhere goes off the site; where it was written it stays."""
    item = get_object_or_404(sharing.items_of(request.user), pk=number)
    if sharing.take_down(item, request.user):
        messages.success(request, "Publication retirée d’ici. Vous pouvez la remettre.")
    return redirect("space:posts")


@personal
@require_POST
def put_back(request, number):
    """On the site again."""
    item = get_object_or_404(sharing.items_of(request.user), pk=number)
    if sharing.put_back(item, request.user):
        messages.success(request, "Publication remise.")
    else:
        messages.error(request, "Cette publication a été retirée par un bénévole.")
    return redirect("space:posts")
