"""Each address below /gestion/, as each person: an answer for those who may, nothing for others."""

import re
from itertools import chain

import pytest
from django.db import connection, transaction
from django.test import Client

from tests.attack import newsroom
from tests.attack.admin_addresses import addresses, routes
from tests.attack.admin_table import GONE, OPEN_TO, TAKES_FROM
from tests.attack.newsroom import PEOPLE, told_to

pytestmark = pytest.mark.django_db

# It ends the session that the others are asked in; tests/home/ has it.
LEFT_OUT = {"gestion/logout/"}
TABLE = {f"gestion/{route}": people for people, found in OPEN_TO.items() for route in found}
TAKERS = {f"gestion/{route}": people for route, people in TAKES_FROM.items()}
WRITES = re.compile(r'^(?:INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM) "(\w+)"')
# Of one's own session, and who has what open.
OF_NO_ACCOUNT = {"django_session", "wagtailadmin_editingsession"}
# Something for every form there is: whoever may not send it shall not get as far as reading it.
SENT = {
    **dict.fromkeys(("title", "slug", "name", "comment", "reason", "old_path"), "vole"),
    **dict.fromkeys(("action-publish", "action-unpublish", "confirm", "is_saving"), "1"),
    "decision": "acceptee",
    "kind": "redaction",
    "next": "/gestion/",
    "body-count": "0",
    "restriction_type": "none",
    "position": "0",
    "locked": "on",
}


@pytest.fixture
def site(categories, db):
    """The newsroom, and the numbers of what is in it."""
    things = newsroom.cast()
    return things, newsroom.numbers(things)


def client_of(things, name):
    """Somebody's browser, that takes a failure as an answer."""
    client = Client(raise_request_exception=False)
    if things.people[name]:
        client.force_login(things.people[name])
    return client


def asked(numbers):
    """(route, its addresses) of everything below /gestion/."""
    return [(route, addresses(route, numbers)) for route in routes() if route not in LEFT_OUT]


class Undone(Exception):
    """Ends a transaction whose changes shall not stay."""


def without_traces(ask):
    """What `ask` returns, and the tables it wrote to; nothing that it wrote stays."""
    written = set()

    def note(execute, sql, params, many, context):
        found = WRITES.match(sql)
        written.update({found[1]} - OF_NO_ACCOUNT if found else ())
        return execute(sql, params, many, context)

    try:
        with transaction.atomic(), connection.execute_wrapper(note):
            answer = ask()
            raise Undone
    except Undone:
        return answer, written


def test_each_address_has_its_line_in_the_table():
    lines = list(chain.from_iterable(OPEN_TO.values()))
    assert len(lines) == len(set(lines))
    assert set(routes()) - LEFT_OUT == set(TABLE)
    assert {f"gestion/{route}" for route in GONE} | set(TAKERS) <= set(TABLE)


def test_what_is_asked_for_is_there(site):
    """An address with a wrong number in it refuses everybody, and would prove nothing."""
    things, numbers = site
    client = client_of(things, "admin")
    missing = set()
    for route, (first, *_others) in asked(numbers):
        answer, _written = without_traces(lambda first=first: client.get(first))
        assert answer.status_code < 500, first
        if answer.status_code == 404:
            missing.add(route.removeprefix("gestion/"))
    assert missing == GONE


@pytest.mark.parametrize("name", PEOPLE)
def test_only_those_who_may_get_an_answer_and_nobody_reads_a_secret(site, name):
    things, numbers = site
    client = client_of(things, name)
    opened, told, failed = [], [], []
    for route, found in asked(numbers):
        for number, address in enumerate(found):
            answer, _written = without_traces(lambda address=address: client.get(address))
            told += [(address, word) for word in told_to(name, address, answer)]
            failed += [address] if answer.status_code >= 500 else []
            if number == 0 and answer.status_code == 200:
                opened.append(route)
    assert (told, failed) == ([], [])
    assert set(opened) == {route for route, people in TABLE.items() if name in people}


@pytest.mark.parametrize("name", PEOPLE)
def test_what_somebody_may_not_send_changes_nothing(site, name):
    things, numbers = site
    client = client_of(things, name)
    changed, told, failed = set(), [], []
    for route, found in asked(numbers):
        if name in TABLE[route] | TAKERS.get(route, set()):
            continue
        for address in found:
            answer, written = without_traces(lambda address=address: client.post(address, SENT))
            told += [(address, word) for word in told_to(name, address, answer)]
            failed += [address] if answer.status_code >= 500 else []
            changed |= {address} if written else set()
    assert (changed, told, failed) == (set(), [], [])


def test_a_contributor_s_own_form_publishes_nothing(site):
    things, numbers = site
    client = client_of(things, "paul")
    for address in ("edit/", "unpublish/", "revisions/{revision}/revert/", "privacy/", "unlock/"):
        path = f"/gestion/pages/{numbers['draft']}/{address.format(**numbers)}"
        assert client.post(path, SENT).status_code < 500
    things.draft.refresh_from_db()
    assert not things.draft.live
    client.post(f"/gestion/pages/{numbers['public']}/unpublish/", SENT)
    things.public.refresh_from_db()
    assert things.public.live
