"""Web addresses, e-mails and telephone numbers as files really write them."""

import re

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, URLValidator

MAX_URL = 500
SEPARATORS = re.compile(r"[\s,;|]+")
SCHEME = re.compile(r"(?i)^([a-z][a-z0-9+.\-]*):/*")
SLASH_BEFORE_NUMBER = re.compile(r"\s+(?:/|ou|et|-)\s+|[;,|\n]|(?<=\d)/(?=\d)")
valid_url = URLValidator(schemes=["http", "https"])
valid_email = EmailValidator()


def clean_website(text: str) -> tuple[str, str]:
    """Return an http(s) address, its scheme put right, and a note when something was left out."""
    text = text.strip().strip("<>\"'")
    if not text:
        return "", ""
    words = [word for word in SEPARATORS.split(text) if "." in word or "://" in word]
    candidates = [url for url in map(_with_scheme, words) if url]
    if not candidates:
        return "", f"adresse internet illisible, laissée de côté : « {text[:80]} »"
    url = candidates[0]
    if len(candidates) > 1:
        return url, f"plusieurs adresses internet, la première est gardée : {url}"
    return url, ""


def _with_scheme(word: str) -> str:
    """The address with a scheme in small letters, or nothing when it is not valid."""
    scheme = SCHEME.match(word)
    if scheme and scheme[1].lower() in ("http", "https"):
        word = f"{scheme[1].lower()}://{word[scheme.end() :]}"
    elif scheme and "." not in scheme[1]:
        return ""
    else:
        word = f"https://{word.lstrip('/')}"
    try:
        valid_url(word)
    except (ValidationError, ValueError):
        return ""
    return word if len(word) <= MAX_URL else ""


def clean_email(text: str) -> tuple[str, str]:
    """Return the first valid e-mail address, and a note when something was left out."""
    text = text.strip()
    if not text:
        return "", ""
    words = [word.removeprefix("mailto:") for word in SEPARATORS.split(text)]
    found = [word for word in words if "@" in word and len(word) <= 254 and _is_email(word)]
    if not found:
        return "", f"e-mail illisible, laissé de côté : « {text[:80]} »"
    note = "plusieurs e-mails, le premier est gardé" if len(found) > 1 else ""
    return found[0], note


def _is_email(word: str) -> bool:
    try:
        valid_email(word)
    except ValidationError:
        return False
    return True


def clean_phone(text: str) -> tuple[str, str]:
    """Return a French number in pairs (« 01 23 45 67 89 »), another as written, and a note."""
    parts = [part for part in SLASH_BEFORE_NUMBER.split(text) if part and part.strip()]
    if not parts:
        return "", ""
    shown = _phone(parts[0].strip())
    if not shown:
        return "", f"téléphone illisible, laissé de côté : « {text.strip()[:40]} »"
    note = f"plusieurs téléphones, le premier est gardé : {shown}" if len(parts) > 1 else ""
    return shown, note


def _phone(text: str) -> str:
    digits = re.sub(r"\D", "", text.replace("(0)", ""))
    if text.startswith("+") and not digits.startswith("33"):
        return f"+{digits}" if 7 <= len(digits) <= 15 else ""
    for prefix in ("0033", "33"):
        if digits.startswith(prefix) and len(digits) - len(prefix) == 9:
            digits = "0" + digits[len(prefix) :]
    if len(digits) == 9 and digits[0] != "0":
        digits = "0" + digits  # a spreadsheet took the zero away
    if len(digits) == 10 and digits[0] == "0":
        return " ".join(digits[i : i + 2] for i in range(0, 10, 2))
    return f"{digits[:2]} {digits[2:]}" if len(digits) == 4 and digits[0] in "13" else ""
