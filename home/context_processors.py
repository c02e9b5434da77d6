"""What every page's frame needs."""

from django.conf import settings
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from home.templatetags.frame import site_settings


def frame(request):
    """The site's settings and its address; lazily, so that the administration asks for none."""
    return {
        "site_settings": SimpleLazyObject(site_settings),
        "site_url": settings.SITE_URL,
        "site_image": settings.SITE_URL + reverse("site_card"),
    }
