"""A listing as a vCard 3.0 (RFC 2426), which every telephone reads."""

from django.conf import settings


def as_vcard(listing):
    """Return the card's text; a hidden address stays out of it."""
    lines = [
        "BEGIN:VCARD",
        "VERSION:3.0",
        line("FN", listing.name),
        f"N:{escaped(listing.name)};;;;",
        line("ORG", listing.name),
        line("TEL;TYPE=WORK", listing.phone),
        line("EMAIL;TYPE=INTERNET", listing.email),
        line("URL", listing.website or settings.SITE_URL + listing.get_absolute_url()),
        address(listing),
        f"GEO:{listing.lat:.6f};{listing.lng:.6f}" if listing.has_exact_public_point else "",
        line("NOTE", listing.summary),
        "END:VCARD",
    ]
    return "\r\n".join(folded(one) for one in lines if one) + "\r\n"


def escaped(text):
    """Escape what means something in a vCard's value; line ends become `\\n`."""
    text = text.replace("\\", "\\\\").replace(",", "\\,").replace(";", "\\;")
    return "\\n".join(text.splitlines())


def line(name, value):
    """One property, or nothing where there is no value."""
    return f"{name}:{escaped(value)}" if value else ""


def address(listing):
    """The postal address as far as it may be known."""
    if not (listing.public_street or listing.commune):
        return ""
    city = listing.commune.name if listing.commune else ""
    parts = ["", "", listing.public_street, city, "", listing.postal_code, "France"]
    return "ADR;TYPE=WORK:" + ";".join(escaped(part) for part in parts)


def folded(text, width=75):
    """Fold a line at 75 bytes, never inside a character (RFC 2426, 2.6)."""
    pieces, current = [], b""
    for sign in text:
        encoded = sign.encode()
        if len(current) + len(encoded) > width:
            pieces.append(current)
            current = b" "
        current += encoded
    return b"\r\n".join([*pieces, current]).decode()
