"""How the letter of this site goes: when, and whether somebody reads it first."""

from django.core.validators import MaxValueValidator
from django.db import models
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting


@register_setting(icon="mail", order=110)
class LetterSettings(BaseGenericSetting):
    """Of the whole site; followers choose the rest."""

    class Weekday(models.IntegerChoices):
        MONDAY = 0, "lundi"
        TUESDAY = 1, "mardi"
        WEDNESDAY = 2, "mercredi"
        THURSDAY = 3, "jeudi"
        FRIDAY = 4, "vendredi"
        SATURDAY = 5, "samedi"
        SUNDAY = 6, "dimanche"

    is_on = models.BooleanField(
        "la lettre existe",
        default=True,
        help_text="Décochée : plus rien ne part, et personne ne peut plus s’inscrire. Les arrêts "
        "marchent toujours.",
    )
    is_read_first = models.BooleanField(
        "quelqu’un la relit avant",
        default=False,
        help_text="Cochée : chaque lettre attend dans Lettre que quelqu’un l’envoie.",
    )
    hour = models.PositiveSmallIntegerField(
        "à partir de quelle heure",
        default=7,
        validators=[MaxValueValidator(23)],
        help_text="De 0 à 23, heure d’ici. La lettre du jour part dans les minutes qui suivent.",
    )
    weekday = models.PositiveSmallIntegerField(
        "jour de la lettre de la semaine",
        choices=Weekday,
        default=Weekday.FRIDAY,
        help_text="Pour qui la reçoit une fois par semaine.",
    )

    panels = [
        MultiFieldPanel([FieldPanel("is_on"), FieldPanel("is_read_first")], heading="La lettre"),
        MultiFieldPanel([FieldPanel("hour"), FieldPanel("weekday")], heading="Quand"),
    ]

    class Meta:
        verbose_name = "réglages de la lettre"

    def __str__(self):
        return "La lettre"
