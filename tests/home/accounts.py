"""What tests of accounts do again and again: sign up, log in, read the mail, use the telephone."""

import re
import time

from allauth.mfa.totp.internal import auth
from django.core import mail
from django.urls import reverse

from home import mailing
from tests.forms import filled

HIDDEN = re.compile(r'name="(csrfmiddlewaretoken|affiche_a)" value="[^"]*"|data-challenge="[^"]*"')
LINK = re.compile(r"https?://\S+")
CODE = re.compile(r"^\d{4}-\d{4}$", re.MULTILINE)


def letters():
    """All mails so far, as the worker sends them."""
    while mailing.send_due():
        pass
    return mail.outbox


def last_letter(to):
    """The newest mail to somebody."""
    return [letter for letter in letters() if letter.to == [to]][-1]


def link_in(letter, part):
    """The path of the link in a mail that leads below this part of the site."""
    (link,) = [link for link in LINK.findall(letter.body) if part in link]
    return "/" + link.split("/", 3)[3]


def sign_up(client, email, ip="192.0.2.7", proven=True, **fields):
    """Send the form of sign-up."""
    sent = {"display_name": "Lise", "email": email, "password1": ""} | fields
    data = filled("inscription" if proven else "", **sent)
    return client.post(reverse("account_signup"), data, REMOTE_ADDR=ip)


def ask_for_a_code(client, email, ip="192.0.2.7", **fields):
    """Ask to log in by mail."""
    data = {"login": email, "moyen": "code"} | fields
    return client.post(reverse("account_login"), data, REMOTE_ADDR=ip)


def code_for(email):
    """The code in the newest mail."""
    return CODE.search(last_letter(email).body)[0]


def log_in(client, email, password="secret", ip="192.0.2.7", **fields):
    """Log in by password."""
    data = {"login": email, "password": password} | fields
    return client.post(reverse("account_login"), data, REMOTE_ADDR=ip)


def is_in(client):
    """Whether somebody is logged in."""
    return "_auth_user_id" in client.session


def with_second_factor(user):
    """Give somebody a telephone with codes; returns its secret."""
    secret = auth.generate_totp_secret()
    auth.TOTP.activate(user, secret)
    return secret


def telephone(secret, steps=0):
    """What the telephone shows, or one whose clock is so many half minutes off."""
    return auth.format_hotp_value(auth.hotp_value(secret, int(time.time() // 30) + steps))


def masked(response, *private):
    """A page without what is new each time, and without what the visitor typed."""
    page = HIDDEN.sub("", response.content.decode())
    for word in private:
        page = page.replace(word, "…")
    return page
