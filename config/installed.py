"""The site as an installed application: its manifest, its worker, the page without network.

https://www.w3.org/TR/appmanifest/ and https://w3c.github.io/web-share-target/ have the formats,
docs/decisions/0038 what is kept on a telephone and what never is.
"""

import json

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_safe

from directory.tiles import whole
from home import social_card
from home.needle import Rim
from home.templatetags.frame import site_settings

PAPER, FOREST = "#FAF5EA", "#1F4A34"
# What telephones ask for; all of the mark is within the circle that a launcher may cut out.
DRAWN_SIZES = (180, 192, 512)
# A launcher cuts longer names.
SHORT_NAME = 12
# What the page without network is made of; other files are kept as they are seen.
SHELL = (
    *("home/css/site.css", "home/css/parts.css", "home/css/tile.css", "home/favicon.svg"),
    *("home/js/keep.js", "directory/js/offline.js", "directory/js/map/tiles.js"),
)
# Never kept: whatever belongs to one person, or must be of this moment.
NEVER_KEPT = ("wagtailadmin_home", "space:home", "account", "health")


@require_safe
def manifest(_request):
    """What a telephone asks before it puts the site among its applications."""
    site = site_settings()
    about = {
        "id": "/",
        "name": site.site_name,
        "short_name": short(site.site_name, site.hashtag),
        "description": site.tagline,
        "lang": "fr",
        "dir": "ltr",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": PAPER,
        "theme_color": FOREST,
        "icons": icons(site.needle),
        "shortcuts": [
            {"name": "Chercher", "url": reverse("directory:search")},
            {"name": "Les marchés", "url": reverse("markets:day")},
        ],
        "share_target": {
            "action": reverse("space:shared"),
            "method": "POST",
            "enctype": "multipart/form-data",
            "params": {
                "title": "title",
                "text": "text",
                "url": "url",
                "files": [{"name": "photo", "accept": ["image/*"]}],
            },
        },
    }
    return JsonResponse(about, content_type="application/manifest+json")


def icons(rim):
    """The icons of the manifest: the files, or drawn where the needle is elsewhere than in them."""
    if rim == Rim.SOUTH:
        return [
            icon(static("home/icon-192.png"), 192, "any"),
            icon(static("home/icon-512.png"), 512, "any"),
            icon(static("home/icon-maskable-512.png"), 512, "maskable"),
        ]
    made = {size: reverse("touch_icon", args=[size]) for size in (192, 512)}
    return [
        icon(made[192], 192, "any"),
        icon(made[512], 512, "any"),
        icon(made[512], 512, "maskable"),
    ]


def icon(src, size, purpose):
    """One icon of the manifest."""
    return {"src": src, "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}


@require_safe
def touch_icon(_request, size):
    """The mark on paper with the needle of the settings, for a telephone's screen."""
    if size not in DRAWN_SIZES:
        raise Http404
    return HttpResponse(social_card.icon(site_settings().needle, size), content_type="image/png")


def short(name, hashtag):
    """A name that fits below an icon: the site's, else its hashtag, else its first word."""
    if len(name) <= SHORT_NAME:
        return name
    return f"#{hashtag}" if 0 < len(hashtag) < SHORT_NAME else name.split()[0][:SHORT_NAME]


@require_safe
def worker(request):
    """The service worker, at the root so that it may answer for the whole site."""
    about = {
        "shell": [reverse("offline"), *(static(path) for path in SHELL)],
        "offline": reverse("offline"),
        "directory": whole.address(),
        "shared": reverse("space:shared"),
        "share": reverse("space:share"),
        "never": [reverse(name) for name in NEVER_KEPT],
    }
    context = {"about": json.dumps(about)}
    return render(request, "installed/worker.js", context, content_type="text/javascript")


@require_safe
def offline(request):
    """What one sees without network on a page that was never seen before."""
    return render(request, "installed/offline.html")
