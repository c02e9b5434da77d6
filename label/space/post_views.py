"""/mon-espace/publications/: write, list, take down, put back."""

from django import forms
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from directory.models import Listing
from home.limits import too_often
from home.paging import Paging, asked_page
from home.pictures import picture, with_pictures
from label import gathering, sharing, writing
from label.models.posts import LONGEST
from label.space.access import TYPES_FOR_OTHERS, listings_of, personal
from label.space.photo_forms import keep, phone_photo, words

ON_A_PAGE = 20
MOST_SHARED = 20
POSTS, PER_SECONDS = 20, 24 * 3600


class PostForm(forms.Form):
    """A few words, a photo, and for which listing."""

    listing = forms.ModelChoiceField(Listing.objects.none(), label="Pour quelle fiche ?")
    text = forms.CharField(
        label="Que voulez-vous dire ?",
        max_length=LONGEST,
        help_text="Une fournée, une récolte, une date. 1 000 signes au plus.",
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    photo = phone_photo(label="Une photo", required=False, help_text="Facultative.")
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
        self.label = gathering.hashtag()
        if self.label:
            self.fields["hashtag"].label = f"Ajouter #{self.label} : visible sur « Fait ici »"
        else:
            del self.fields["hashtag"]

    def clean_text(self):
        """Line ends as one sign, so that what browsers count is what is kept."""
        return self.cleaned_data["text"].replace("\r\n", "\n")

    def clean(self):
        """With the hashtag it must still fit."""
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
    listings, alone = may_write_for(request), bool(writing.membership_for(request.user, None))
    if not listings.exists() and not alone:
        return render(request, "label/space/no_post.html")
    form = PostForm(
        request.POST if request.method == "POST" else None,
        request.FILES or None,
        listings=listings,
        alone=alone,
        initial={"listing": listings.filter(slug=request.GET.get("fiche", "")).first()}
        if request.GET.get("fiche")
        else None,
    )
    context = {"form": form}
    if request.method != "POST":
        return render(request, "label/space/write.html", context)
    if not form.is_valid():
        return render(request, "label/space/write.html", context, status=422)
    if too_often("space-posts", request.user.pk, POSTS, PER_SECONDS):
        form.add_error(None, "C’est beaucoup pour un jour : la suite demain.")
        return render(request, "label/space/write.html", context, status=429)
    said = form.cleaned_data
    listing = said["listing"]
    title = listing.name if listing else request.user.get_full_name() or "Publication"
    photo = keep(said["photo"], said["alt"], request.user, title) if said["photo"] else None
    post, is_new = writing.write(request.user, listing, said["text"], photo)
    if photo and not is_new:
        photo.delete()
    if post.is_published:
        messages.success(request, "C’est en ligne.")
    else:
        messages.success(request, "C’est reçu. Un bénévole la lit avant qu’elle paraisse.")
    return redirect("space:posts")


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
def put_back(request, number):
    """On the site again."""
    post = get_object_or_404(writing.posts_of(request.user), pk=number)
    if writing.put_back(post, request.user):
        messages.success(request, "Publication remise.")
    else:
        messages.error(request, "Cette publication a été retirée par un bénévole.")
    return redirect("space:posts")
