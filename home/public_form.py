"""What every form that anybody may send has in common: it keeps robots out, without puzzles."""

from django import forms
from django.core import signing

SALT = "public form"
FASTEST_SECONDS = 2
SLOWEST_SECONDS = 24 * 3600


class PublicForm(forms.Form):
    """A form with a trap that only robots fill in, and a signed time of display."""

    site_internet_bis = forms.CharField(
        label="Ne remplissez pas ce champ",
        required=False,
        max_length=500,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )
    affiche_a = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # When the form is shown; one that comes back gets a new time in `_again`.
        self.initial["affiche_a"] = signing.dumps("shown", salt=SALT)

    @property
    def is_from_a_robot(self):
        """Whether the trap was filled in."""
        return bool(self.data.get("site_internet_bis"))

    def clean(self):
        """Refuse what was sent too fast or a day late; the text stays in the form."""
        cleaned = super().clean()
        stamp = self.data.get("affiche_a", "")
        try:
            signing.loads(stamp, salt=SALT, max_age=SLOWEST_SECONDS)
        except signing.BadSignature:
            raise self._again(
                "Ce formulaire a expiré. Relisez-le et envoyez-le de nouveau."
            ) from None
        if _younger_than(stamp, FASTEST_SECONDS):
            raise self._again("C’était très rapide : relisez, puis envoyez de nouveau.")
        return cleaned

    def _again(self, message):
        """An error after which the same form, with a fresh time, can be sent as it is."""
        self.data = self.data.copy()
        self.data["affiche_a"] = self.initial["affiche_a"]
        return forms.ValidationError(message)


def _younger_than(stamp, seconds):
    try:
        signing.loads(stamp, salt=SALT, max_age=seconds)
    except signing.SignatureExpired:
        return False
    return True
