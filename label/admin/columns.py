"""Columns of the lists."""

from django.utils.formats import date_format
from wagtail.admin.ui.tables import Column


class DayColumn(Column):
    """A day that may lie ahead: Wagtail's own says « il y a 0 minute » of those."""

    def get_value(self, instance):
        """ "24 décembre 2026", or nothing."""
        day = super().get_value(instance)
        return date_format(day, "j F Y") if day else ""
