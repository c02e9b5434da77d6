"""/mon-espace/mes-donnees/: take everything away, close the account."""

import unicodedata

from django import forms
from django.contrib.auth import logout
from django.http import FileResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from home.limits import too_often
from label.space import archive, leaving
from label.space.access import personal
from webmag.taking import manuscripts

WORD = "supprimer"
DOWNLOADS, PER_SECONDS = 6, 3600


class DeleteForm(forms.Form):
    """Typed, so that nobody does it by mistake."""

    word = forms.CharField(
        label=f"Pour confirmer, écrivez « {WORD} »",
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )
    forget_signature = forms.BooleanField(
        label="Retirer aussi mon nom de mes articles", required=False
    )

    def clean_word(self):
        """Whatever its case; raises `ValidationError` for another word."""
        typed = unicodedata.normalize("NFKC", self.cleaned_data["word"]).casefold().strip(" «».")
        if typed != WORD:
            raise forms.ValidationError(f"Écrivez le mot « {WORD} », sans rien d’autre.")
        return typed


@personal
@require_safe
def data(request):
    """What is kept of somebody, and what they may do with it."""
    return render(request, "label/space/data.html", {"goes": leaving.what_goes(request.user)})


@personal
@require_POST
def download(request):
    """Everything, as one ZIP."""
    if too_often("space-archive", request.user.pk, DOWNLOADS, PER_SECONDS):
        context = {"goes": leaving.what_goes(request.user), "too_often": True}
        return render(request, "label/space/data.html", context, status=429)
    name = f"mes-donnees-{timezone.localdate():%Y-%m-%d}.zip"
    return FileResponse(
        archive.write(request.user),
        as_attachment=True,
        filename=name,
        content_type="application/zip",
    )


@personal
@require_POST
def articles(request):
    """One's own articles as Markdown with their images, as one ZIP."""
    has_any = manuscripts.articles_of(request.user).exists()
    if not has_any or too_often("space-articles", request.user.pk, DOWNLOADS, PER_SECONDS):
        context = {"goes": leaving.what_goes(request.user), "too_often": has_any}
        return render(request, "label/space/data.html", context, status=429 if has_any else 404)
    return FileResponse(
        manuscripts.write(request.user),
        as_attachment=True,
        filename=f"mes-articles-{timezone.localdate():%Y-%m-%d}.zip",
        content_type="application/zip",
    )


@personal
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request):
    """What goes, what stays; then it is done."""
    user = request.user
    goes = leaving.what_goes(user)
    form = DeleteForm(request.POST if request.method == "POST" else None)
    if not goes["author"]:
        del form.fields["forget_signature"]
    context = {"form": form, "goes": goes}
    if request.method != "POST":
        return render(request, "label/space/delete.html", context)
    if form.is_valid():
        try:
            leaving.delete(user, form.cleaned_data.get("forget_signature", False))
        except leaving.LastAdministratorError as error:
            form.add_error(None, str(error))
        else:
            logout(request)
            return render(request, "label/space/deleted.html")
    return render(request, "label/space/delete.html", context, status=422)
