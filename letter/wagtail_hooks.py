"""What the letter adds to Wagtail's administration."""

from django.contrib.auth.models import Permission
from django.urls import include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from letter.admin import urls
from letter.admin.views import may_look


class LetterMenuItem(MenuItem):
    """« Lettre », for who may look at it."""

    def is_shown(self, request):
        """Whether this person has the right, or runs a magazine."""
        return may_look(request.user)


@hooks.register("register_admin_urls")
def register_pages():
    """The coming letter and its buttons."""
    return [path("lettre/", include(urls))]


@hooks.register("register_admin_menu_item")
def register_menu_item():
    """In the menu, after the label."""
    address = reverse("letter_admin:overview")
    return LetterMenuItem("Lettre", address, name="lettre", icon_name="mail", order=130)


@hooks.register("register_permissions")
def register_right():
    """Administrators may give it to other groups."""
    return Permission.objects.filter(content_type__app_label="letter", codename="change_letter")
