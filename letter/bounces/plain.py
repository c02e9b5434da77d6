"""Returned mail that is no delivery report: qmail, old Exim and Exchange, Yahoo and others.

A mail server says in plain words that it could not deliver. People and absence messages are told
apart from it: whoever is only away must not lose the letter.
"""

import re

from letter.bounces.words import LONGEST, Meaning, any_of, meaning

DAEMON = any_of(
    r"mailer.?daemon|postmaster|mail.?delivery|delivery (?:sub|mail)?system|mail (?:admin|system"
    r"|router)|administrat(?:or|eur) (?:syst|du syst)|system administrator|courriel|mdaemon"
    r"|mail server|bounce|mta@|exchange",
)
FAILED = any_of(
    r"undeliver|returned|return(?:ing)? (?:message|mail|to sender)|failure|failed|non.?remis"
    r"|[ée]chec|could not|couldn't|cannot|unable|not (?:be )?deliver|non distribu|rejet|bounce"
    r"|\berror\b|trouble delivering|not reach",
)
DELAYED = any_of(
    r"\bdelay(?:ed)?\b|will (?:be )?(?:continue|keep|retr)|still being|not yet been|retard[ée]"
    r"|(?:this is a )?warning (?:message )?only|no action is required|will try again",
)
GIVEN_UP = any_of(
    r"giv(?:en|ing) up|given-up|permanent|fatal|abandonn|expired|i'm not going to try"
)
ANSWERS = ("x-autoreply", "x-autorespond", "x-autoresponder", "x-auto-reply", "x-vacation")
AWAY = any_of(
    r"out of (?:the )?office|\bvacation|auto(?:matic|matique)?[ -]?(?:reply|response|r[ée]ponse)"
    r"|r[ée]ponse automatique|absen(?:ce|t)|away from|cong[ée]s|en vacances",
)
# Where the mail that comes back begins.
COPY = re.compile(
    r"^[^\w\n]*(?:below this line is a copy|this is a copy of|(?:unsent|original|returned) "
    r"(?:message|mail)(?: (?:follows|header|text|below|is|headers follow)[^\n]*)?[^\w\n]*$"
    r"|message (?:header|text) follow|return-path:|received: (?:from|by)|message original)",
    re.IGNORECASE | re.MULTILINE,
)


def meaning_of(message, parts) -> Meaning | None:
    """What a mail that is no report says of the mailbox; None for what no server wrote."""
    said = notice(parts)
    if not is_from_a_server(message, said.casefold()):
        return None
    return meaning(said)


def is_from_a_server(message, said) -> bool:
    """Whether a server gave a mail back for good; never for somebody who is away."""
    subject, sender = (
        str(message.get(name, ""))[:LONGEST].casefold() for name in ("subject", "from")
    )
    if any(name in message for name in ANSWERS) or AWAY.search(subject):
        return False
    if DELAYED.search(said) and not GIVEN_UP.search(said):
        return False
    if "x-failed-recipients" in message:
        return True
    return bool(DAEMON.search(sender) and FAILED.search(f"{subject} {said}"))


def notice(parts) -> str:
    """What the server itself says: the first text, up to the mail that comes back."""
    for part in parts:
        if part.get_content_type() in {"text/plain", "text/html"}:
            payload = part.get_payload(decode=True) or b""
            text = payload[: 4 * LONGEST].decode("utf-8", "replace")
            if part.get_content_type() == "text/html":
                text = re.sub(r"<[^>]{0,2000}>", " ", text)
            found = COPY.search(text)
            return text[: found.start()] if found else text
    return ""
