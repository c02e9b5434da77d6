"""How allauth speaks here: our words, our links, our letterbox, our way of counting."""

from io import BytesIO
from urllib.parse import urlsplit

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from home.accounts import letterbox, sealing
from home.limits import client_address
from home.public_form import one_line
from home.templatetags.frame import site_settings

NOT_TOGETHER = (
    "L’adresse et le mot de passe ne vont pas ensemble. Vérifiez les deux, ou demandez un code "
    "par mail."
)
WRONG_CODE = "Ce code n’est pas le bon, ou il a déjà servi. Vérifiez-le, ou demandez-en un autre."
TOO_MANY = "Trop d’essais d’un coup : attendez un quart d’heure, puis recommencez."


class AccountAdapter(DefaultAccountAdapter):
    """What allauth asks of the site; never told by the Host header."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": "Ce compte est fermé. Écrivez-nous si c’est une erreur.",
        "duplicate_email": "C’est déjà votre adresse : indiquez la nouvelle.",
        "email_password_mismatch": NOT_TOGETHER,
        "enter_current_password": "Ce n’est pas votre mot de passe actuel : retapez-le.",
        "incorrect_code": WRONG_CODE,
        "incorrect_password": "Ce n’est pas votre mot de passe : retapez-le.",
        "invalid_login": NOT_TOGETHER,
        "invalid_password_reset": "Ce lien ne compte plus : demandez-en un autre.",
        "rate_limited": TOO_MANY,
        "same_as_current": "C’est déjà ce qui est enregistré : indiquez autre chose.",
        "too_many_login_attempts": TOO_MANY,
    }

    def is_ajax(self, request):
        """Pages only: no second way to ask, with answers of another shape."""
        return False

    def is_safe_url(self, url):
        """Whether `next` may lead there: our own pages, whatever host the request names.

        Two slashes alone pass Django's check and are no address to a browser.
        """
        return url != "//" and url_has_allowed_host_and_scheme(
            url, allowed_hosts={urlsplit(settings.SITE_URL).netloc}, require_https=settings.HTTPS
        )

    def get_client_ip(self, request):
        """The visitor's address, as everywhere on the site."""
        return client_address(request)

    def pre_authenticate(self, request, **credentials):
        """Count nothing here: home/lockout.py does, for an account *and* an address.

        allauth would count for the account alone, and a stranger could shut somebody out.
        """

    def get_password_change_redirect_url(self, request):
        """Back to the account's page, which says that it is done."""
        return reverse("account")

    def get_email_confirmation_url(self, request, emailconfirmation):
        """The link that confirms an address."""
        return absolute("account_confirm_email", key=emailconfirmation.key)

    def get_reset_password_from_key_url(self, key):
        """The link that opens a forgotten password's form."""
        user, _, token = key.partition("-")
        return absolute("account_reset_password_from_key", uidb36=user, key=token)

    def send_account_already_exists_mail(self, email):
        """Whoever signs up a second time reads it in the mail, not on the page."""
        self.send_mail("account/email/account_already_exists", email, {})

    def send_mail(self, template_prefix, email, context):
        """Put a plain mail into the site's letterbox; beyond a day's share of one mailbox, none."""
        words = {"site": site_settings(), "site_url": settings.SITE_URL, "email": email} | context
        subject = one_line(render_to_string(f"{template_prefix}_subject.txt", words))
        body = render_to_string(f"{template_prefix}_message.txt", words)
        letterbox.post(email, subject, body)


class SecondFactorAdapter(DefaultMFAAdapter):
    """What allauth asks for the second factor."""

    error_messages = DefaultMFAAdapter.error_messages | {"incorrect_code": WRONG_CODE}

    def get_totp_issuer(self):
        """The name under which the telephone files the codes."""
        return site_settings().site_name

    def encrypt(self, text):
        """What the database keeps of a secret."""
        return sealing.seal(text)

    def decrypt(self, encrypted_text):
        """The secret again; older ones were kept as they are."""
        return sealing.unseal(encrypted_text)

    def build_totp_svg(self, url):
        """The code to scan, drawn dark on light in either scheme."""
        drawn = BytesIO()
        code = segno.make(url, error="m", micro=False)
        code.save(drawn, kind="svg", xmldecl=False, scale=4, light="#fff")
        return drawn.getvalue().decode()


def absolute(name, **arguments):
    """An address of ours with the site's configured name in front."""
    return settings.SITE_URL + reverse(name, kwargs=arguments)
