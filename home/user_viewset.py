"""The administration's forms for people: an e-mail as login, and a name that readers see."""

from wagtail.users.forms import UserCreationForm, UserEditForm
from wagtail.users.views.users import UserViewSet as WagtailUserViewSet

from home.accounts.confirming import confirm


class CreateForm(UserCreationForm):
    """Add a person; without a password they log in by a mailed code."""

    class Meta(UserCreationForm.Meta):
        fields = UserCreationForm.Meta.fields | {"display_name"}

    def save(self, commit=True):
        """Whoever makes an account for somebody vouches for the address."""
        user = super().save(commit)
        if commit:
            confirm(user)
        return user


class EditForm(UserEditForm):
    """Change a person."""

    class Meta(UserEditForm.Meta):
        fields = UserEditForm.Meta.fields | {"display_name"}


class UserViewSet(WagtailUserViewSet):
    """People in the administration, found by e-mail."""

    def get_form_class(self, for_update=False):
        """Return the form with the displayed name in it."""
        return EditForm if for_update else CreateForm
