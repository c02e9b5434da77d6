"""/mon-espace/publications/: write, list, take down, put back."""

from django import forms
from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from directory.models import Listing
from home.limits import too_often
from home.paging import Paging, asked_page
from home.pictures import picture, with_pictures
from label import page_rules, post_cards, sharing, writing
from label.models import Membership
from label.models.posts import LONGEST
from label.space.access import TYPES_FOR_OTHERS, listings_of, personal
from label.space.buttons import BACK, SEE
from label.space.photo_forms import WithPhoto, phone_photo, words

ON_A_PAGE = 20
MOST_SHARED = 20
POSTS, PER_SECONDS = 20, 24 * 3600


class PostForm(WithPhoto):
    """A few words, a photo, and for which listing."""

    listing = forms.ModelChoiceField(Listing.objects.none(), label="Pour quelle fiche ?")
    text = forms.CharField(
        label="Que voulez-vous dire ?",
        max_length=LONGEST,
        help_text="Une fournée, une récolte, une date. 1 000 signes au plus.",
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    photo = phone_photo(label="Une photo", help_text="Facultative.")
    alt = words()
    hashtag = forms.BooleanField(required=False, initial=True)

    def __init__(self, *args, listings, alone, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["listing"]
        field.queryset = listings
        # A member without listing writes in their own name.
        field.required = not alone
        if alone:
            field.empty_label = "En mon nom"
        if listings.count() + alone < 2:
            field.widget = forms.HiddenInput()
            field.initial = listings.first()
        self.label = page_rules.hashtag()
        if self.label:
            self.fields["hashtag"].label = f"Ajouter #{self.label} : visible sur « Fait ici »"
        else:
            del self.fields["hashtag"]

    def clean_text(self):
        """Line ends as one sign, so that what browsers count is what is kept."""
        return self.cleaned_data["text"].replace("\r\n", "\n")

    def clean(self):
        """With the hashtag it must still fit; the photo is kept under the name it is for."""
        listing = self.cleaned_data.get("listing")
        if listing:
            self.title = listing.name
        said = super().clean()
        if said.get("hashtag") and said.get("text"):
            said["text"] = writing.with_hashtag(said["text"], self.label)
            if len(said["text"]) > LONGEST:
                self.add_error("text", "Avec le mot-dièse, c’est un peu long : ôtez quelques mots.")
        return said


@personal
@require_http_methods(["GET", "HEAD", "POST"])
def write(request):
    """The form; then the post, at once or once a volunteer has seen it."""
    writer = who_writes(request)
    if not writer:
        return render(request, "label/space/no_post.html")
    named = request.GET.get("fiche", "").replace("\x00", "")
    form = PostForm(
        *((request.POST, request.FILES) if request.method == "POST" else ()),
        initial={"listing": writer["listings"].filter(slug=named).first()} if named else None,
        **writer,
    )
    if request.method != "POST":
        return show(request, form)
    asked, valid = request.POST.get("faire"), form.is_valid()
    if asked == BACK:
        return show(request, form)
    if not valid:
        return show(request, form, status=422)
    if asked == SEE:
        return preview(request, form)
    if too_often("space-posts", request.user.pk, POSTS, PER_SECONDS):
        form.add_error(None, "C’est beaucoup pour un jour : la suite demain.")
        return show(request, form, status=429)
    post = keep(request.user, form)
    if post.is_published:
        messages.success(request, "C’est en ligne.")
    else:
        messages.success(request, "C’est reçu. Un bénévole la lit avant qu’elle paraisse.")
    return redirect("space:posts")


def who_writes(request):
    """What a form has to know of them; None where there is nothing they may write for."""
    listings, alone = may_write_for(request), bool(writing.membership_for(request.user, None))
    if not listings.exists() and not alone:
        return None
    title = request.user.get_full_name() or "Publication"
    return {"user": request.user, "title": title, "listings": listings, "alone": alone}


def show(request, form, status=200):
    """The page with the form."""
    context = {"form": form, "waits": may_wait(form)}
    return render(request, "label/space/write.html", context, status=status)


def may_wait(form):
    """Whether a volunteer reads what is written for one of the listings first."""
    listings = form.fields["listing"].queryset
    return listings.exclude(memberships__in=Membership.objects.current()).exists()


def preview(request, form):
    """The post as visitors would see it; nothing of it is published yet."""
    said, now = form.cleaned_data, timezone.now()
    listing, photo = said["listing"], form.chosen
    membership = writing.membership_for(request.user, listing)
    place = listing or membership
    card = post_cards.PostCard(
        pk=0,
        text=said["text"],
        published=now,
        by=place.name if place else "",
        by_url=place.get_absolute_url() if place else "",
        commune=place.commune.name if place and place.commune else "",
        picture=None,
        large=None,
    )
    context = {
        "card": card,
        "picture": picture(photo, "whole") if photo else None,
        "typed": form.typed(),
        "waits": not writing.appears_at_once(request.user, listing, membership),
    }
    return render(request, "label/space/post_preview.html", context)


@transaction.atomic
def keep(user, form):
    """The post with its photo, which waits no longer."""
    said, held = form.cleaned_data, form.held
    post, is_new = writing.write(user, said["listing"], said["text"], form.chosen)
    if held and is_new:
        held.take()
    elif held:
        held.drop()
    return post


def may_write_for(request):
    """The listings somebody may write for; a volunteer for the one named in the address."""
    mine = listings_of(request.user)
    named = request.GET.get("fiche") or request.POST.get("fiche", "")
    if named and request.user.has_perm(TYPES_FOR_OTHERS):
        return Listing.objects.filter(slug=named.replace("\x00", ""))
    return mine


@personal
@require_safe
def posts(request):
    """One's posts, the newest first."""
    mine = writing.posts_of(request.user).select_related("listing", "author", "decided_by")
    paging = Paging(asked_page(request.GET), mine.count(), ON_A_PAGE)
    shown = list(mine.order_by("-created_at", "-pk")[paging.slice])
    photos = with_pictures([post.photo_id for post in shown if post.photo_id], "card")
    context = {
        "posts": [
            (post, picture(photos[post.photo_id], "card") if post.photo_id in photos else None)
            for post in shown
        ],
        "paging": paging,
        "shared": sharing.items_of(request.user).newest_first()[:MOST_SHARED],
    }
    return render(request, "label/space/posts.html", context)


@personal
@require_POST
def take_down(request, number):
    """Off the site."""
    post = get_object_or_404(writing.posts_of(request.user), pk=number)
    if writing.take_down(post, request.user):
        messages.success(request, "Publication retirée. Vous pouvez la remettre.")
    return redirect("space:posts")


@personal
@require_POST
def answer(request, number):
    """Put right, as a volunteer asked: it waits again."""
    post = get_object_or_404(writing.posts_of(request.user), pk=number)
    text = request.POST.get("text", "").replace("\x00", "").replace("\r\n", "\n").strip()
    if not text or len(text) > LONGEST:
        messages.error(request, "Écrivez votre texte, en 1 000 signes au plus.")
    elif writing.answer(post, request.user, text):
        messages.success(request, "C’est reçu. Un bénévole la lit avant qu’elle paraisse.")
    else:
        messages.error(request, "Cette publication n’attend plus de réponse.")
    return redirect("space:posts")


@personal
@require_POST
def put_back(request, number):
    """On the site again."""
    post = get_object_or_404(writing.posts_of(request.user), pk=number)
    if writing.put_back(post, request.user):
        messages.success(request, "Publication remise.")
    else:
        messages.error(request, "Cette publication a été retirée par un bénévole.")
    return redirect("space:posts")
