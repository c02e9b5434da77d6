"""The other doors to a login, all closed: they lead to ours, or the second factor could be missed.

Wagtail answers at /gestion/login/, /gestion/password_reset/ and /_util/login/ with forms of its
own that ask for a password and nothing else; config/urls.py puts these views before them. Its
logout is for those whom it lets in: ours, at that address too, is for anybody.
"""

from allauth.account.adapter import get_adapter
from allauth.account.views import logout
from django.contrib.auth.views import redirect_to_login
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache

__all__ = ["logout", "to_login", "to_reset"]


@never_cache
def to_login(request):
    """Go and log in, then where one wanted to go; by default to the administration."""
    wanted = request.GET.get("next") or request.POST.get("next") or ""
    if not get_adapter().is_safe_url(wanted):
        wanted = reverse("wagtailadmin_home")
    return redirect_to_login(wanted, reverse("account_login"))


@never_cache
def to_reset(request, **_parts):
    """Ask for a new password where everybody does."""
    return redirect("account_reset_password")
