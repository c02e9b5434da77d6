"""Addresses below /compte/, with the names that allauth asks for: no page more than needed."""

from functools import wraps

from allauth.account import views as allauth
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from django.urls import path, re_path
from django.utils.module_loading import import_string

from home.accounts import views
from home.page_cache import PERSONAL

SECOND_FACTOR = "allauth.mfa.base.views"


def personal(view):
    """Pages for one person: kept nowhere, listed nowhere."""

    @wraps(view)
    def one_persons(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        response["Cache-Control"] = PERSONAL
        response["X-Robots-Tag"] = "noindex"
        return response

    return one_persons


def later(view):
    """A view that is imported when it is first asked for.

    The two below bring along all that security keys need, which we do not offer: more time at
    each start than the rest of allauth.
    """

    def when_asked_for(request, *args, **kwargs):
        return import_string(view)(request, *args, **kwargs)

    return when_asked_for


ADDRESSES = [
    ("", views.account, "account"),
    # What allauth calls the overview of the second factor is a part of that same page.
    ("", views.account, "mfa_index"),
    ("inscription/", views.SignupView.as_view(), "account_signup"),
    ("confirmer/", allauth.email_verification_sent, "account_email_verification_sent"),
    ("connexion/", views.LoginView.as_view(), "account_login"),
    ("connexion/code/", allauth.confirm_login_code, "account_confirm_login_code"),
    ("connexion/second-facteur/", later(f"{SECOND_FACTOR}.authenticate"), "mfa_authenticate"),
    ("deconnexion/", allauth.logout, "account_logout"),
    ("ferme/", allauth.account_inactive, "account_inactive"),
    ("adresse/", allauth.email, "account_email"),
    ("mot-de-passe/", allauth.password_change, "account_change_password"),
    ("mot-de-passe/choisir/", allauth.password_set, "account_set_password"),
    ("mot-de-passe/oublie/", allauth.password_reset, "account_reset_password"),
    ("mot-de-passe/oublie/envoye/", allauth.password_reset_done, "account_reset_password_done"),
    ("verifier/", allauth.reauthenticate, "account_reauthenticate"),
    ("verifier/code/", later(f"{SECOND_FACTOR}.reauthenticate"), "mfa_reauthenticate"),
    ("second-facteur/activer/", totp.activate_totp, "mfa_activate_totp"),
    ("second-facteur/retirer/", totp.deactivate_totp, "mfa_deactivate_totp"),
    ("second-facteur/secours/", recovery_codes.view_recovery_codes, "mfa_view_recovery_codes"),
    (
        "second-facteur/secours/nouveaux/",
        recovery_codes.generate_recovery_codes,
        "mfa_generate_recovery_codes",
    ),
]

urlpatterns = [
    *(path(route, personal(view), name=name) for route, view, name in ADDRESSES),
    re_path(
        r"^confirmer/(?P<key>[-:\w]+)/$",
        personal(allauth.confirm_email),
        name="account_confirm_email",
    ),
    re_path(
        r"^mot-de-passe/oublie/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        personal(allauth.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
]
