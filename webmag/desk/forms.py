"""Forms of the writing desk."""

from django import forms

from webmag.models import Application, Role


class DecisionForm(forms.Form):
    """An answer to somebody who would like to write."""

    decision = forms.ChoiceField(
        choices=[(Application.State.ACCEPTED, "Oui"), (Application.State.REFUSED, "Non")]
    )
    answer = forms.CharField(
        label="Votre réponse",
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 4}),
        help_text="Elle est envoyée par mail.",
    )


class RoleForm(forms.Form):
    """Another part in the team, or none."""

    kind = forms.ChoiceField(choices=[*Role.Kind.choices, ("", "Quitte l’équipe")], required=False)
