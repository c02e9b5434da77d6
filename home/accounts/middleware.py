"""Whose the administration is, and how long a session lasts."""

from django.contrib.auth import SESSION_KEY
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from home.middleware import admin_prefix

RENEWED = "renewed_on"


class AccountsMiddleware:
    """Refuses the administration to those who have no business there; renews sessions in use."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        """Raises `PermissionDenied`, where Wagtail would send somebody logged in to log in."""
        if is_closed_to(request):
            raise PermissionDenied
        response = self.get_response(request)
        renew(request)
        return response


def is_closed_to(request):
    """Whether somebody known asks for the administration without any right to it."""
    return (
        request.path_info.startswith(admin_prefix())
        and request.path_info not in (reverse("wagtailadmin_logout"), reverse("wagtailadmin_login"))
        and request.user.is_authenticated
        and not request.user.has_perm("wagtailadmin.access_admin")
    )


def renew(request):
    """Let a session that is in use last two weeks from today: one write a day, not one a page."""
    session = request.session
    if not session.accessed or SESSION_KEY not in session:
        return
    today = timezone.localdate().isoformat()
    if session.get(RENEWED) != today:
        session[RENEWED] = today


def stamp(request, **_kwargs):
    """A session that begins is as fresh as one that was renewed."""
    if request:
        request.session[RENEWED] = timezone.localdate().isoformat()
