"""What makes a site this territory's and not another's."""

import re

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting
from wagtail.fields import RichTextField

from home.needle import Rim

INSEE_CODE = re.compile(r"(\d\d|2[AB])\d{3}")


@register_setting(icon="site", order=100)
class SiteSettings(BaseGenericSetting):
    """Name, territory, label and contacts: settings, never constants in code."""

    site_name = models.CharField("nom du site", max_length=80, default="Fait ici")
    tagline = models.CharField("en une phrase", max_length=160, blank=True)
    intro = models.TextField("présentation sur l’accueil", blank=True)
    territory_name = models.CharField("nom du territoire", max_length=80, blank=True)
    territory_codes = models.TextField(
        "communes du territoire",
        blank=True,
        help_text="Codes INSEE (cinq signes), séparés par des espaces ou des lignes.",
    )
    around = models.CharField(
        "et autour",
        max_length=40,
        blank=True,
        default="& Alentours",
        help_text="Ce qui suit le nom du label, par exemple « & Alentours ».",
    )
    label_name = models.CharField("nom du label", max_length=80, default="Fait ici")
    hashtags = models.CharField(
        "mots-dièse du label",
        max_length=200,
        blank=True,
        help_text="Sans #, séparés par des virgules ; le premier est celui du label.",
    )
    needle = models.CharField(
        "l’aiguille du tampon",
        max_length=2,
        choices=Rim,
        default=Rim.SOUTH,
        help_text="De quel côté elle perce le bord : là où se trouve votre territoire.",
    )
    contact_email = models.EmailField("e-mail de contact", blank=True)
    contact_phone = models.CharField("téléphone", max_length=30, blank=True)
    legal_notice = RichTextField("mentions légales", blank=True, features=["bold", "link", "ul"])
    data_licence = models.CharField("licence des données", max_length=40, default="ODbL-1.0")
    banner = models.CharField(
        "bandeau", max_length=160, blank=True, help_text="Affiché en haut de chaque page."
    )
    paused_until = models.DateField(
        "équipe en pause jusqu’au",
        null=True,
        blank=True,
        help_text="Ce jour compris. Les formulaires le disent ; les demandes sont gardées.",
    )
    hidden_from_search_engines = models.BooleanField(
        "invisible des moteurs de recherche", default=False
    )

    panels = [
        MultiFieldPanel(
            [
                FieldPanel("site_name"),
                FieldPanel("tagline"),
                FieldPanel("intro"),
                FieldPanel("banner"),
                FieldPanel("paused_until"),
                FieldPanel("hidden_from_search_engines"),
            ],
            heading="Le site",
        ),
        MultiFieldPanel(
            [
                FieldPanel("territory_name"),
                FieldPanel("territory_codes"),
                FieldPanel("around"),
            ],
            heading="Le territoire",
        ),
        MultiFieldPanel(
            [FieldPanel("label_name"), FieldPanel("hashtags"), FieldPanel("needle")],
            heading="Le label",
        ),
        MultiFieldPanel(
            [
                FieldPanel("contact_email"),
                FieldPanel("contact_phone"),
                FieldPanel("legal_notice"),
                FieldPanel("data_licence"),
            ],
            heading="Contact et mentions",
        ),
    ]

    class Meta:
        verbose_name = "réglages du site"

    def __str__(self):
        return self.site_name

    def clean(self):
        """Name the codes that are no INSEE codes."""
        wrong = [code for code in self.insee_codes if not INSEE_CODE.fullmatch(code)]
        if wrong:
            raise ValidationError({"territory_codes": f"Pas des codes INSEE : {', '.join(wrong)}."})

    @property
    def pause(self):
        """The last day of the team's pause while it lasts, else None."""
        until = self.paused_until
        return until if until and until >= timezone.localdate() else None

    @property
    def insee_codes(self):
        """The territory's communes as a list of INSEE codes."""
        return self.territory_codes.replace(",", " ").split()

    @property
    def hashtag(self):
        """The label's hashtag, without its #."""
        return self.hashtags.split(",")[0].strip().lstrip("#")
