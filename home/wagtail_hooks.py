"""What the floor adds to Wagtail's administration: its manner, without foreign noise."""

from django.templatetags.static import static
from django.utils.html import format_html
from draftjs_exporter.dom import DOM
from wagtail import hooks
from wagtail.admin.rich_text.converters.contentstate import link_entity
from wagtail.admin.rich_text.converters.html_to_contentstate import (
    ExternalLinkElementHandler,
    PageLinkElementHandler,
)

from home.accounts.panel import SecondFactorPanel
from home.rich_text import FORMER


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


class FormerLinkHandler(PageLinkElementHandler):
    """A link to a page, which remembers in the editor where it led on an old blog."""

    def get_attribute_data(self, attrs):
        """The page, and the former address if there is one."""
        former = {FORMER: attrs[FORMER]} if FORMER in attrs else {}
        return super().get_attribute_data(attrs) | former


def link_with_former(props):
    """The link as it is stored: the former address stays while it leads to that page."""
    if props.get("id") is None or not props.get(FORMER):
        return link_entity(props)
    said = {"linktype": "page", "id": props["id"], FORMER: props[FORMER]}
    return DOM.create_element("a", said, props["children"])


@hooks.register("register_rich_text_features", order=10)
def keep_former_addresses(features):
    """Opening and saving a text in the editor must not lose them."""
    features.register_converter_rule(
        "contentstate",
        "link",
        {
            "from_database_format": {
                "a[href]": ExternalLinkElementHandler("LINK"),
                'a[linktype="page"]': FormerLinkHandler("LINK"),
            },
            "to_database_format": {"entity_decorators": {"LINK": link_with_former}},
        },
    )
