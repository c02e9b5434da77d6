"""What every page's frame needs."""

from home.models import SiteSettings


def frame(request):
    """The site's settings; lazily, so that the administration asks for none."""
    return {"site_settings": SiteSettings.load(request_or_site=request)}
