"""What the floor adds to Wagtail's administration: its manner, without foreign noise."""

from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks

from home.accounts.panel import SecondFactorPanel


@hooks.register("insert_global_admin_css")
def add_css():
    """Our name in the menu, and targets that a thumb can hit."""
    return format_html('<link rel="stylesheet" href="{}">', static("home/admin.css"))


@hooks.register("construct_main_menu")
def shorten_menu(request, items):
    """Leave out what leads nowhere here: Wagtail's own help, and its reports for volunteers."""
    away = {"help"} if request.user.is_superuser else {"help", "reports", "documents"}
    items[:] = [item for item in items if item.name not in away]


@hooks.register("construct_homepage_panels")
def offer_second_factor(request, panels):
    """Below everything else."""
    panels.append(SecondFactorPanel())
