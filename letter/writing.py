"""A letter as a mail: written once for an audience, then addressed to each follower."""

import secrets
from collections import OrderedDict
from dataclasses import dataclass
from email.utils import formataddr, parseaddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format

from home.public_form import one_line
from home.templatetags.frame import site_settings
from home.versions import ask_again, content_version
from letter import contents, links, soon
from letter.audiences import Audience
from letter.models import Letter

MOST_KEPT = 64
# Stand where each follower's own links go; nothing that anybody typed can hold them.
STOP_HERE, CHOICES_HERE = (f"https://lien.invalid/{secrets.token_hex(16)}" for _ in range(2))


@dataclass(frozen=True)
class Written:
    """A letter as an audience reads it, with gaps for the links of each follower."""

    subject: str
    text: str
    html: str


class Desk:
    """Writes each letter once for each audience, and anew when anything public has changed."""

    def __init__(self):
        self.kept = OrderedDict()

    def letter_for(self, letter, since, key):
        """The `Written` for an audience that was told all until `since`; None if empty.

        What was taken away a moment ago is in none of them: the content version is asked each time.
        """
        ask_again()
        name = (letter.pk, since, key, content_version())
        if name not in self.kept:
            if len(self.kept) >= MOST_KEPT:
                self.kept.popitem(last=False)
            self.kept[name] = write(letter, since, Audience.read(key))
        return self.kept[name]


def write(letter, since, audience):
    """Write a letter for an audience; None where there is nothing to tell."""
    sections = contents.sections(audience, since + 1, letter.pk)
    if not sections:
        return None
    site = site_settings()
    day = letter.day or timezone.localdate()
    words = Letter.objects.filter(pk=letter.pk).values_list("words", flat=True).first() or ""
    context = {
        "site": site,
        "site_url": settings.SITE_URL,
        "title": title_of(site, day),
        "sections": sections + soon.sections(audience),
        "words": words,
        "titles": audience.titles,
        "is_whole": audience.site,
        "archive": settings.SITE_URL + letter.get_absolute_url() if letter.day else "",
        "stop": STOP_HERE,
        "choices": CHOICES_HERE,
    }
    return Written(
        subject=subject_of(site, sections, day),
        text=f"{render_to_string('letter/mail.txt', context).strip()}\n",
        html=render_to_string("letter/mail.html", context),
    )


def title_of(site, day):
    """« Made in Sud 78, dimanche 3 mai »."""
    return f"{site.site_name}, {date_format(day, 'l j F')}"


def subject_of(site, sections, day):
    """The first thing and how many others, under the site's name."""
    first = sections[0].entries[0].title
    others = sum(len(section.entries) + section.more for section in sections) - 1
    more = f" et {others} autre{'s' if others > 1 else ''}" if others else ""
    return one_line(f"{site.site_name} : {first[:90]}{more}")


def message(written, letter, follower, connection=None):
    """The mail to one follower: their own links, and the headers that mail programs look for.

    RFC 8058 (one click to stop), RFC 2919 (List-Id), RFC 3834 (Auto-Submitted).
    """
    box = follower.address_hash
    stop = links.address(links.STOP, links.token_of(box, links.STOP))
    choices = links.address(links.CHOICES, links.token_of(box, links.CHOICES))
    mark = links.mark(letter.pk, follower.pk or 0)
    contact = site_settings().contact_email
    mail = EmailMultiAlternatives(
        subject=written.subject,
        body=filled(written.text, stop, choices),
        from_email=return_address(mark),
        to=[follower.email],
        reply_to=[contact] if contact else None,
        connection=connection,
        headers={
            "From": sender(),
            "Message-ID": f"<lettre.{mark}@{settings.SITE_HOST}>",
            "List-Id": f"<lettre.{settings.SITE_HOST}>",
            "List-Unsubscribe": f"<{stop}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Precedence": "bulk",
            "Auto-Submitted": "auto-generated",
        },
    )
    mail.attach_alternative(filled(written.html, stop, choices), "text/html")
    return mail


def filled(text, stop, choices):
    """A text with somebody's own links; they hold no sign that HTML would have to escape."""
    return text.replace(STOP_HERE, stop).replace(CHOICES_HERE, choices)


def sender():
    """The name that mail programs show, before the address that all mails come from."""
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return formataddr((name or one_line(site_settings().site_name), address))


def return_address(mark):
    """Where mail servers send back what they cannot deliver: a mailbox of its own for each mail.

    Without `LETTER_RETURN_ADDRESS` it is the address that all mails come from.
    """
    local, at, domain = settings.LETTER_RETURN_ADDRESS.rpartition("@")
    if not at:
        return parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    return f"{local}+{mark}@{domain}"
