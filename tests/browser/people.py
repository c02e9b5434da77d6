"""What people do in a browser before anything else: log in, and read their mail."""

from email import message_from_bytes, policy

# What Django's file backend writes below each mail.
BETWEEN_MAILS = b"-" * 79 + b"\n"


def mail_to(site, address):
    """Have the worker's round send what waits; return the text of the newest mail to `address`."""
    site.python(
        "-c", "import django; django.setup(); from config import rounds; rounds.send_mail()"
    )
    return [mail.get_content() for mail in sent_mails(site) if mail["To"] == address][-1]


def sent_mails(site):
    """All that were sent, the oldest first; the backend may write several into one file."""
    files = sorted((site.data / "mails").iterdir(), key=lambda path: path.stat().st_mtime_ns)
    for path in files:
        for part in path.read_bytes().split(BETWEEN_MAILS)[:-1]:
            yield message_from_bytes(part, policy=policy.default)


def log_in(page, email, password):
    """By password, on the page that shows both ways, with the keyboard."""
    way = page.get_by_role("region", name="Avec votre mot de passe")
    way.get_by_label("Adresse e-mail").fill(email)
    way.get_by_label("Mot de passe").fill(password)
    page.keyboard.press("Enter")
