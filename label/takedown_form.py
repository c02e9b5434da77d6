"""« C’est ma publication, retirez-la »: nothing to prove, nothing to give."""

from django import forms

from home.public_form import PublicForm


class TakedownForm(PublicForm):
    """Who asks is believed at once; a volunteer looks afterwards."""

    never_again = forms.BooleanField(
        label="Et ne prenez plus jamais rien de ce que je publie", required=False
    )
    message = forms.CharField(
        label="Un mot pour l’équipe",
        max_length=1000,
        required=False,
        help_text="Facultatif.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args, item, **kwargs):
        super().__init__(*args, purpose=f"collectee:{item.pk}", **kwargs)
