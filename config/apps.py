"""The roof: settings, addresses, and the demo content."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Knows every other room."""

    name = "config"
    verbose_name = "Toit"
