"""What is wrong with a setting of the directory is told at the start, not on each page."""

from django.conf import settings
from django.core.checks import Error, register
from opening_hours import OpeningHours, UnknownCountryError


@register()
def check_country(app_configs, **options) -> list[Error]:
    """`COUNTRY` must be a code that the evaluation of opening hours knows."""
    try:
        OpeningHours("PH", country=settings.COUNTRY)
    except UnknownCountryError:
        said = (
            f"COUNTRY : « {settings.COUNTRY} » n’est pas un pays connu. Deux lettres : FR, BE, LU."
        )
        return [Error(said, id="directory.E001")]
    return []
