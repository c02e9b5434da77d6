"""The home page and plain pages."""

from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from home.blocks import PLAIN_BLOCKS
from home.fields import BodyField


class HomePage(Page):
    """What somebody sees first: the search, then what is going on."""

    max_count = 1
    parent_page_types = ["wagtailcore.Page"]

    class Meta:
        verbose_name = "page d’accueil"


class PlainPage(Page):
    """A page of prose: who we are, how to take part, legal notices."""

    standfirst = models.CharField("chapeau", max_length=300, blank=True)
    body = BodyField(PLAIN_BLOCKS, verbose_name="contenu", blank=True)

    content_panels = [*Page.content_panels, FieldPanel("standfirst"), FieldPanel("body")]
    parent_page_types = ["home.HomePage", "home.PlainPage"]
    subpage_types = ["home.PlainPage"]

    class Meta:
        verbose_name = "page simple"
        verbose_name_plural = "pages simples"
