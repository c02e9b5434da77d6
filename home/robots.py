"""/robots.txt, /favicon.ico and /favicon.svg."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_safe

from home.templatetags.frame import site_settings


@require_safe
def robots(_request):
    """Where search engines may look, and the list of what there is."""
    if site_settings().hidden_from_search_engines:
        lines = ["User-agent: *", "Disallow: /"]
    else:
        lines = [
            "User-agent: *",
            f"Disallow: {reverse('wagtailadmin_home')}",
            f"Disallow: {reverse('account')}",
            "",
            f"Sitemap: {settings.SITE_URL}{reverse('sitemap')}",
        ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
def favicon(_request):
    """Where browsers look that read no HTML."""
    return redirect(static("home/favicon-32.png"))


@require_safe
def mark(request):
    """The mark as a browser's sign, for sites whose needle is elsewhere than in the drawing."""
    return render(request, "frame/favicon.svg", content_type="image/svg+xml")
