"""The offline check: whatever is done to a signed badge, the answer is the right one."""

import base64
import hashlib
import hmac
import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from label.statements import signed
from label.statements.check import Verdict, check, is_at_home, place
from label.statements.signed import Unusable, canonical, read_keys, read_revocations, to_base64url
from tests.label.statements import NOW, SAID, Label

LABEL = Label()
OTHER = Label(b"o" * 32)
BADGE = LABEL.badge()
KEYS = LABEL.known()
SITE = "https://chevrerie.example/accueil?x=1"
LISTED = read_revocations(LABEL.list(SAID["id"]), KEYS)
EMPTY = read_revocations(LABEL.list(), KEYS)


def verdict(raw, **asked):
    """The answer's word, on a day within the term."""
    asked.setdefault("now", NOW)
    return check(raw, asked.pop("keys", KEYS), **asked).verdict


def document(raw=BADGE):
    """The badge as a dictionary, to be altered by hand."""
    return json.loads(raw)


def test_one_badge_gets_five_answers():
    assert verdict(BADGE, site=SITE, revocations=EMPTY) == Verdict.GENUINE
    assert verdict(BADGE.replace("Chèvrerie".encode(), b"Bergerie")) == Verdict.ALTERED
    assert verdict(BADGE, site="https://copieur.example") == Verdict.OTHER_SITE
    assert verdict(BADGE, now=NOW + timedelta(days=90)) == Verdict.EXPIRED
    assert verdict(BADGE, site=SITE, revocations=LISTED) == Verdict.REVOKED


@pytest.mark.parametrize("name", [*SAID, "key"])
def test_no_field_can_be_changed_left_out_or_added_by_hand(name):
    for change in ("x", "", "2", 2, None, [], ["autre.example"], {}, SAID["sites"] * 2, "é"):
        said = document()
        if said["statement"][name] == change:
            continue
        said["statement"][name] = change
        assert verdict(canonical(said)) == Verdict.ALTERED
    without = document()
    del without["statement"][name]
    assert verdict(canonical(without)) == Verdict.ALTERED
    assert verdict(LABEL.sign("statement", without["statement"])) == Verdict.ALTERED
    extra = document()
    extra["statement"][f"{name}2"] = "x"
    assert verdict(canonical(extra)) == Verdict.ALTERED
    assert verdict(LABEL.sign("statement", extra["statement"])) == Verdict.ALTERED


@given(st.integers(0, len(BADGE) - 1), st.integers(1, 255))
def test_no_flipped_byte_is_genuine(where, by):
    flipped = bytearray(BADGE)
    flipped[where] ^= by
    assert verdict(bytes(flipped)) == Verdict.ALTERED


@given(st.binary(max_size=400), st.integers(0, len(BADGE)))
def test_nothing_put_in_or_cut_off_is_genuine(more, where):
    longer = BADGE[:where] + more + BADGE[where:]
    if longer.removeprefix(b"\xef\xbb\xbf").strip(b" \t\r\n") != BADGE:
        assert verdict(longer) == Verdict.ALTERED
    if where < len(BADGE):
        assert verdict(BADGE[:where]) == Verdict.ALTERED


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_any_other_json_is_altered_and_never_an_error(thing):
    raw = json.dumps(thing).encode()
    assert verdict(raw) == Verdict.ALTERED
    assert verdict(json.dumps({"statement": thing, "signature": thing}).encode()) == (
        Verdict.ALTERED
    )
    for read in (read_keys, lambda said: read_revocations(said, KEYS)):
        with pytest.raises(Unusable):
            read(raw)


def test_how_it_is_written_hides_nothing():
    text = BADGE.decode()
    for odd in (
        json.dumps(document(), indent=2),
        json.dumps(document()),
        text.replace('"holder":', '"holder":"Autre","holder":'),
        text.replace('"signature"', '"signature":"x","signature"'),
        text.replace('"code"', '"\\u0063ode"'),
        text.replace("https://label", "https:\\/\\/label"),
        text.replace("è", "e\u0300"),
        text.replace("Chèvrerie", "Ch\u00e8vrerie\u200b"),
        text + "{}",
        "\u00a0" + text,
    ):
        assert verdict(odd.encode()) == Verdict.ALTERED, odd
    assert verdict(text.encode("utf-16")) == Verdict.ALTERED
    assert verdict(text.encode("latin-1", "replace")) == Verdict.ALTERED
    assert verdict(b"\xef\xbb\xbf" + BADGE + b"\r\n") == Verdict.GENUINE, "an editor's doing"


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\x00",
        b"{" * 9000,
        b"[" * 16_000,
        b'{"statement":' * 1200,
        b'{"a":' + b"9" * 9000 + b"}",
        b'"' + b"x" * 10_000_000,
        b'{"statement":NaN,"signature":1e999}',
        b'"\\ud800"',
        b'{"\\ud800":"\\ud800","signature":"x"}',
        b"\xff\xfe",
        BADGE * 40,
    ],
)
def test_huge_deep_and_broken_files_are_altered(raw):
    assert verdict(raw) == Verdict.ALTERED
    with pytest.raises(Unusable):
        read_keys(raw)
    with pytest.raises(Unusable):
        read_revocations(raw, KEYS)


def test_another_algorithm_cannot_be_asked_for():
    said = document()
    for name in ("alg", "crv", "kty", "protected", "header", "jwk"):
        assert verdict(canonical(said | {name: "none"})) == Verdict.ALTERED
    by_public_key = hmac.digest(LABEL.x.encode(), canonical(said["statement"]), hashlib.sha256)
    for signature in ("", "none", to_base64url(by_public_key), to_base64url(by_public_key * 2)):
        assert verdict(canonical(said | {"signature": signature})) == Verdict.ALTERED


def test_a_signature_has_one_way_to_be_written():
    said = document()
    right = base64.urlsafe_b64decode(said["signature"] + "==")
    order = 2**252 + 27742317777372353535851937790883648493
    twice = int.from_bytes(right[32:], "little") + order
    last = said["signature"][-1]
    for signature in (
        to_base64url(right[:32] + twice.to_bytes(32, "little")),
        said["signature"] + "==",
        base64.b64encode(right).decode(),
        said["signature"][:-1] + chr(ord(last) + 1),
        said["signature"] + "\n",
        to_base64url(bytes(64)),
        to_base64url(right + b"\0"),
    ):
        assert verdict(canonical(said | {"signature": signature})) == Verdict.ALTERED, signature


def test_only_the_labels_keys_count():
    forged = OTHER.badge()
    assert verdict(forged) == Verdict.ALTERED
    assert verdict(OTHER.badge(key=LABEL.kid)) == Verdict.ALTERED
    assert verdict(LABEL.badge(key=OTHER.kid), keys=LABEL.known(OTHER)) == Verdict.ALTERED
    confused = json.loads(LABEL.keys())
    confused["keys"][0]["x"] = OTHER.x
    with pytest.raises(Unusable):
        read_keys(canonical(confused))


def test_another_labels_badge_is_told_from_a_forged_one():
    """Its keys are not here: nothing is said of it but where to get them."""
    elsewhere = "https://ailleurs.example"
    found = check(OTHER.badge(issuer=elsewhere), KEYS, now=NOW)
    assert (found.verdict, found.said) == (Verdict.OTHER_SITE, {})
    assert elsewhere in found.why
    assert verdict(LABEL.badge(issuer=elsewhere)) == Verdict.GENUINE, "the label moved"
    assert verdict(BADGE.replace(b"https://label.example", b"https://autre.example")) == (
        Verdict.ALTERED
    )
    with pytest.raises(Unusable):
        read_revocations(OTHER.list(issuer=elsewhere), KEYS)
    with pytest.raises(Unusable):
        read_keys(LABEL.keys().replace(b'"issuer"', b'"issuers"'))


def test_a_list_is_no_badge_and_a_badge_no_list():
    assert verdict(LABEL.list()) == Verdict.ALTERED
    assert verdict(LABEL.sign("statement", json.loads(LABEL.list())["list"])) == Verdict.ALTERED
    with pytest.raises(Unusable):
        read_revocations(LABEL.sign("list", SAID | {"key": LABEL.kid}), KEYS)


def test_a_retired_key_counts_for_its_time_and_a_leaked_one_for_nothing():
    retired = Label(until="2026-12-01T00:00:00Z")
    assert verdict(BADGE, keys=retired.known(OTHER)) == Verdict.GENUINE
    later = LABEL.badge(issued="2026-12-05T00:00:00Z")
    assert verdict(later, keys=retired.known(OTHER)) == Verdict.ALTERED
    before = LABEL.badge(issued="2025-12-05T00:00:00Z")
    assert verdict(before) == Verdict.ALTERED
    leaked = Label(until="2026-12-01T00:00:00Z", leaked="2026-12-01T00:00:00Z").known(OTHER)
    assert verdict(BADGE, keys=leaked) == Verdict.REVOKED
    assert check(BADGE, leaked, now=NOW).said == {}, "nothing of it is repeated"
    with pytest.raises(Unusable):
        read_revocations(LABEL.list(), leaked)


def test_an_old_or_forged_list_is_told_apart():
    old = read_revocations(LABEL.list(issued=NOW - timedelta(days=8)), KEYS)
    assert verdict(BADGE, revocations=old) == Verdict.UNDECIDED
    listed = read_revocations(LABEL.list(SAID["id"], issued=NOW - timedelta(days=8)), KEYS)
    assert verdict(BADGE, revocations=listed) == Verdict.REVOKED, "that does not go away"
    for forged in (
        OTHER.list(),
        LABEL.list(SAID["id"]).replace(SAID["id"].encode(), b"B" * 22),
        LABEL.list()[:-3],
    ):
        with pytest.raises(Unusable):
            read_revocations(forged, KEYS)


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("2027-05-03T23:59:59+02:00", Verdict.GENUINE),
        ("2027-05-04T00:00:00+02:00", Verdict.EXPIRED),
        ("2027-05-03T21:59:59Z", Verdict.GENUINE),
        ("2027-05-03T22:00:00Z", Verdict.EXPIRED),
        ("2027-05-03T11:59:59-10:00", Verdict.GENUINE),
        ("2027-05-04T10:00:00+12:00", Verdict.EXPIRED),
        ("2026-11-01T12:00:00Z", Verdict.GENUINE),
        ("2026-10-31T12:00:00Z", Verdict.UNDECIDED),
    ],
)
def test_the_last_day_ends_where_it_was_signed_and_a_clock_may_be_a_day_slow(at, expected):
    assert verdict(BADGE, now=datetime.fromisoformat(at)) == expected


def test_the_answers_come_in_order():
    elsewhere = {"site": "copieur.example", "now": NOW + timedelta(days=900)}
    assert verdict(BADGE, revocations=LISTED, **elsewhere) == Verdict.OTHER_SITE
    assert verdict(BADGE + b"x", revocations=LISTED, **elsewhere) == Verdict.ALTERED
    late = {"site": SITE, "now": NOW + timedelta(days=900)}
    assert verdict(BADGE, revocations=LISTED, **late) == Verdict.REVOKED
    assert verdict(BADGE, revocations=EMPTY, **late) == Verdict.EXPIRED


@pytest.mark.parametrize(
    ("address", "home"),
    [
        ("https://chevrerie.example", True),
        ("http://www.CHEVRERIE.example./page#x", True),
        ("chevrerie.example:443", True),
        ("https://label.example/label/membres/chevrerie/", True),
        ("https://chevrerie.example:8443", False),
        ("https://chevrerie.example.copieur.example", False),
        ("https://copieur.example/?chevrerie.example", False),
        ("https://boutique.chevrerie.example", False),
        ("https://chèvrerie.example", False),
        ("https://facebook.com/chevrerie", True),
        ("https://facebook.com/chevrerie/photos", True),
        ("https://facebook.com/chevrerie2", False),
        ("https://facebook.com/", False),
        ("https://facebook.com/autre/../chevrerie", False),
        ("https://facebook.com/chevrerie/../autre", False),
        ("https://facebook.com/chevrerie/%2e%2e/autre", False),
    ],
)
def test_where_a_statement_is_at_home(address, home):
    said = SAID | {"sites": ["chevrerie.example", "facebook.com/chevrerie"]}
    assert is_at_home(said, address) is home


@pytest.mark.parametrize(
    "address",
    [
        "https://chevrerie.example@copieur.example",
        "https://copieur.example\\@chevrerie.example",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "https://",
        "https://[::1",
        "https://a b",
        "https://x:99999",
        "https://é" + "x" * 300,
        "\x1b[2Jx",
    ],
)
def test_what_is_no_address_is_said_so(address):
    with pytest.raises(Unusable):
        place(address)


@given(st.text(max_size=80))
def test_any_address_is_read_or_refused(address):
    try:
        host, _ = place(address)
    except Unusable:
        return
    assert host == host.lower()


def test_the_canonical_form_is_the_one_of_the_rfc():
    """Strings and order of RFC 8785, 3.2.2 and 3.2.3, as far as members of ours go."""
    said = {"b": '\u20ac$\u000f\nA\'B"\\\\"/\x7f', "a": ["é", "\u2028"], "B": {}}
    assert canonical(said) == (
        '{"B":{},"a":["é","\u2028"],"b":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/\x7f"}'.encode()
    )
    thumbprint = "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"
    assert signed.key_id("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo") == thumbprint, "RFC 8037"


def test_now_is_now():
    assert check(BADGE, KEYS).verdict in {Verdict.GENUINE, Verdict.EXPIRED, Verdict.UNDECIDED}
    assert check(LABEL.badge(expires="2900-01-01T00:00:00Z"), KEYS, now=datetime.now(UTC))
