"""The administration's forms for people: an e-mail as login, and a name that readers see."""

from wagtail.users.forms import UserCreationForm, UserEditForm
from wagtail.users.views.users import UserViewSet as WagtailUserViewSet


class CreateForm(UserCreationForm):
    """Add a person."""

    class Meta(UserCreationForm.Meta):
        fields = UserCreationForm.Meta.fields | {"display_name"}


class EditForm(UserEditForm):
    """Change a person."""

    class Meta(UserEditForm.Meta):
        fields = UserEditForm.Meta.fields | {"display_name"}


class UserViewSet(WagtailUserViewSet):
    """People in the administration, found by e-mail."""

    def get_form_class(self, for_update=False):
        """Return the form with the displayed name in it."""
        return EditForm if for_update else CreateForm
