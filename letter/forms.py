"""The form by which anybody asks for the letter, and the one to choose anew."""

from django import forms

from directory.models import Commune
from directory.views.places import communes_shown
from home.public_form import PublicForm, ReplyAddressField
from letter.audiences import MOST_COMMUNES, Audience
from letter.models import Follower
from webmag.models import Magazine

NOTHING = "Choisissez ce que vous voulez suivre : tout le site, un magazine ou une commune."
TOO_MANY = "Cela fait beaucoup de communes : prenez plutôt tout le site."
PURPOSE = "lettre"


class Choices(forms.Form):
    """What to follow, and how often."""

    site = forms.BooleanField(label="Tout le site, magazines et communes compris", required=False)
    magazines = forms.MultipleChoiceField(
        label="Ou seulement ces magazines", required=False, widget=forms.CheckboxSelectMultiple
    )
    communes = forms.MultipleChoiceField(
        label="Ou seulement ces communes", required=False, widget=forms.CheckboxSelectMultiple
    )
    rhythm = forms.ChoiceField(
        label="À quel rythme",
        choices=Follower.Rhythm.choices,
        initial=Follower.Rhythm.WEEKLY,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args, kept=(), **kwargs):
        """`kept`: communes to offer first, though perhaps nothing stands there: what is chosen must
        be seen without going through all of them."""
        super().__init__(*args, **kwargs)
        magazines = Magazine.objects.public().order_by("title").values_list("pk", "title")
        self.fields["magazines"].choices = [(str(pk), title) for pk, title in magazines]
        shown = communes_shown().values("pk")
        communes = Commune.objects.filter(pk__in=shown) | Commune.objects.filter(pk__in=kept)
        found = sorted(communes.distinct().order_by("folded"), key=lambda one: one.pk not in kept)
        self.fields["communes"].choices = [(commune.pk, commune.label) for commune in found]

    def clean(self):
        """Raises `ValidationError` where nothing is chosen, or too much."""
        cleaned = super().clean()
        if not self.errors and self.audience.is_empty:
            raise forms.ValidationError(NOTHING)
        if len(cleaned.get("communes") or ()) > MOST_COMMUNES and not cleaned.get("site"):
            raise forms.ValidationError(TOO_MANY)
        return cleaned

    @property
    def chosen_communes(self):
        """The names of those that are ticked, told where the long list is folded."""
        ticked = set(self["communes"].value() or ())
        return [name for insee, name in self.fields["communes"].choices if insee in ticked]

    @property
    def audience(self):
        """What was chosen."""
        said = self.cleaned_data
        return Audience.of(said["site"], map(int, said["magazines"]), said["communes"])


class FollowForm(Choices, PublicForm):
    """Asked by anybody; only the mailbox's owner can confirm it."""

    email = ReplyAddressField()
    field_order = ["email", "site", "magazines", "communes", "rhythm"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, purpose=PURPOSE, **kwargs)


def initial_of(audience, rhythm):
    """What a form shows of choices that were made."""
    return {
        "site": audience.site,
        "magazines": [str(number) for number in audience.magazines],
        "communes": list(audience.communes),
        "rhythm": rhythm,
    }
