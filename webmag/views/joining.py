"""/magazines/…/devenir-contributeur/: somebody would like to write."""

from django import forms
from django.db import IntegrityError, transaction
from django.shortcuts import get_object_or_404, redirect, render

from directory.admin.communes import CommunesField
from home.public_form import OneLineField, one_line
from webmag.models import Application, Author, Magazine
from webmag.team import letters


class JoinForm(forms.ModelForm):
    """A name, a few sentences, the communes one knows."""

    name = OneLineField(
        label="Votre nom, comme il sera lu", max_length=80, help_text="Sous vos articles."
    )
    covers = CommunesField(
        label="Les communes que vous connaissez bien",
        required=False,
        max_length=1000,
        help_text="Une par ligne, si vous aimeriez en être correspondant ou correspondante.",
        widget=forms.Textarea({"rows": 3}),
    )

    class Meta:
        model = Application
        fields = ["name", "message", "covers"]
        help_texts = {"message": "Deux ou trois phrases suffisent."}
        widgets = {"message": forms.Textarea({"rows": 6})}

    def clean_name(self):
        """Signs that turn the direction of what follows have no place in a name."""
        return one_line(self.cleaned_data["name"])


def join(request, slug):
    """What is expected, for everybody; the form, for who has an account."""
    magazine = get_object_or_404(Magazine.objects.public(), slug=slug)
    context = {"magazine": magazine}
    # Asking for the user would make a cached page a personal one.
    if request.COOKIES and request.user.is_authenticated:
        context |= standing(request.user, magazine)
        if request.method == "POST" and "form" in context:
            return receive(request, magazine, context)
    status = 200
    if request.method == "POST":
        status = 403 if "form" not in context and "role" not in context else 200
    return render(request, "webmag/join.html", context, status=status)


def standing(user, magazine):
    """Where somebody stands with a magazine: in its team, waiting, or free to ask."""
    author = Author.objects.of(user).first()
    role = author and magazine.team.filter(author=author).first()
    if role:
        return {"role": role}
    if not magazine.wants_contributors:
        return {}
    if magazine.applications.waiting().filter(user=user).exists():
        return {"waiting": True}
    return {"form": JoinForm(initial={"name": author.name if author else user.display_name})}


def receive(request, magazine, context):
    """Keep the request and tell the editors; sent twice at once, it is kept once."""
    form = JoinForm(request.POST, instance=Application(magazine=magazine, user=request.user))
    if not form.is_valid():
        return render(request, "webmag/join.html", context | {"form": form}, status=400)
    try:
        with transaction.atomic():
            application = form.save()
            letters.applied(application)
    except IntegrityError:
        pass
    return redirect("webmag:applied", slug=magazine.slug)


def joined(request, slug):
    """It has arrived."""
    magazine = get_object_or_404(Magazine.objects.public(), slug=slug)
    return render(request, "webmag/joined.html", {"magazine": magazine})
