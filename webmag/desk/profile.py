"""/gestion/magazines/moi/: how somebody who writes is shown to readers."""

from django import forms
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from wagtail.images.widgets import AdminImageChooser

from directory.admin.communes import CommunesField
from home.models import Photo
from webmag.models import Author


class ProfileForm(forms.ModelForm):
    """Name, a few words, a photo, communes."""

    photo = forms.ModelChoiceField(
        Photo.objects.all(), label="Photo", required=False, widget=AdminImageChooser
    )
    covers = CommunesField(
        label="Communes suivies",
        required=False,
        help_text="Celles dont vous êtes correspondant ou correspondante, une par ligne.",
    )

    class Meta:
        model = Author
        fields = ["name", "about", "photo", "covers"]

    def clean_photo(self):
        """One's own, or the one that was there."""
        photo = self.cleaned_data["photo"]
        kept = photo and photo.pk == self.initial.get("photo")
        if photo and not kept and photo.uploaded_by_user_id != self.instance.user_id:
            raise forms.ValidationError("Cette photo n’est pas à vous : envoyez la vôtre.")
        return photo


def profile(request):
    """The form; 404 for who signs nothing."""
    author = get_object_or_404(Author, user=request.user)
    form = ProfileForm(request.POST or None, instance=author)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, "C’est enregistré.")
        return redirect("webmag_admin:profile")
    context = {
        "form": form,
        "author": author,
        "header_title": "Ma signature",
        "header_icon": "user",
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": "Accueil"},
            {"url": "", "label": "Ma signature"},
        ],
    }
    return render(request, "webmag/admin/profile.html", context, status=400 if form.errors else 200)
