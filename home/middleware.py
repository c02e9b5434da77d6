"""Headers that every answer carries: pages, 304s, errors, static files and photos alike."""

import re
from functools import cache

from django.conf import settings
from django.urls import reverse

POLICY = "Content-Security-Policy"
PERMISSIONS = "geolocation=(self), camera=(), microphone=(), payment=(), usb=(), browsing-topics=()"
# The only addresses that pages of other sites may show within them.
_framed = []


def let_frame(*paths):
    """Let any page show these addresses in a frame; rooms call it when they are ready.

    Each is a regular expression for a whole path. What stands there, an error too, sets no cookie
    and holds no form: nobody can be led to press anything.
    """
    _framed.extend(map(re.compile, paths))


def is_framed(path):
    """Whether pages of other sites may show what stands at this path."""
    return any(one.fullmatch(path) for one in _framed)


class HeadersMiddleware:
    """Says what browsers may do: strictly for the site, more loosely for the administration.

    X-Frame-Options comes from Django's own middleware just outside; Wagtail asks for SAMEORIGIN
    on its previews alone, and `frame-ancestors` follows that here.
    """

    def __init__(self, get_response):
        self.get_response = get_response
        self.site = as_text(settings.CONTENT_SECURITY_POLICY)
        self.framed = as_text(
            settings.CONTENT_SECURITY_POLICY
            # A page that somebody tries on their own disk first is no « * » to browsers.
            | {"frame-ancestors": ["*", "file:"], "form-action": ["'none'"]}
        )
        self.admin = as_text(settings.ADMIN_CONTENT_SECURITY_POLICY)
        self.preview = as_text(
            settings.ADMIN_CONTENT_SECURITY_POLICY
            | {
                "frame-ancestors": ["'self'"],
                # An article being previewed plays its videos as on its page.
                "frame-src": ["'self'", *(f"https://{host}" for host in settings.EMBED_HOSTS)],
            }
        )

    def __call__(self, request):
        """Add the headers; a view of the site may have set a policy of its own."""
        response = self.get_response(request)
        if request.path_info.startswith(admin_prefix()):
            # A preview is a page of the site that went through here already, on its own address.
            is_preview = response.headers.get("X-Frame-Options") == "SAMEORIGIN"
            response.headers[POLICY] = self.preview if is_preview else self.admin
        elif is_framed(request.path_info):
            response.headers[POLICY] = self.framed
            response.xframe_options_exempt = True
        else:
            response.headers.setdefault(POLICY, self.site)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        return response


def as_text(directives):
    """Write a policy as a header: `{"img-src": ["'self'", "data:"]}` → `img-src 'self' data:`."""
    return "; ".join(f"{name} {' '.join(sources)}" for name, sources in directives.items())


@cache
def admin_prefix():
    """The path below which the administration lies."""
    return reverse("wagtailadmin_home")
