"""The engine's index stays in step with the entries, whatever happens to their table."""

import pytest
from django.core.management import call_command
from django.db import connection

from home import search
from home.models import SearchEntry, SearchWord
from home.search import sqlite


def found(question):
    """The ids of what holds all the words."""
    answer = search.find("thing", question)
    return [] if answer.partial else sorted(row["object_id"] for row in answer.ids)


@pytest.mark.django_db
def test_an_entry_is_renewed_and_removed():
    search.index("thing", [search.Entry(1, ["miel"]), search.Entry(2, ["pain"])])
    search.index("thing", [search.Entry(1, ["cire"])])
    assert found("miel") == []
    assert found("cire") == [1]

    search.remove("thing", [1])
    assert found("cire") == []
    assert found("pain") == [2]


@pytest.mark.django_db
def test_kinds_do_not_mix():
    search.index("thing", [search.Entry(1, ["miel"])])
    search.index("other", [search.Entry(1, ["miel"]), search.Entry(2, ["miel"])])
    assert found("miel") == [1]


@pytest.mark.django_db
def test_a_word_that_went_with_its_entry_is_corrected_like_an_unknown_one():
    search.index("thing", [search.Entry(1, ["fromgae"]), search.Entry(2, ["fromage"])])
    search.remove("thing", [1])

    answer = search.find("thing", "fromgae")
    assert answer.corrected == "fromage"
    assert not answer.partial


@pytest.mark.django_db
def test_nothing_is_corrected_to_a_word_that_only_other_kinds_hold():
    search.index("other", [search.Entry(1, ["fromage"])])

    answer = search.find("thing", "fromgae")
    assert answer.corrected == ""
    assert not answer.partial
    assert not answer.ids.exists()


@pytest.mark.django_db
def test_the_spelling_with_accents_is_shown():
    search.index("thing", [search.Entry(1, ["EPICERIE", "épicerie fine"])])
    assert SearchWord.objects.get(folded="epicerie").shown == "épicerie"


@pytest.mark.django_db
def test_words_in_the_title_of_more_entries_come_first():
    search.index(
        "thing",
        [
            search.Entry(1, ["pain"], ["miel cidre"]),
            search.Entry(2, ["miel"], ["cidre"]),
            search.Entry(3, ["miel cidre"], ["pain"]),
            search.Entry(4, ["miel"], ["cidre"]),
        ],
    )
    answer = search.find("thing", "miel cidre")
    entries = SearchEntry.objects.filter(object_id__in=answer.ids)
    ranked = entries.order_by(answer.rank("object_id").desc(), "object_id")
    assert list(ranked.values_list("object_id", flat=True)) == [3, 2, 4, 1]


@pytest.mark.django_db(transaction=True)
def test_the_index_is_empty_after_a_flush():
    search.index("thing", [search.Entry(1, ["miel"])])
    call_command("flush", interactive=False)
    search.index("thing", [search.Entry(1, ["pain"])])
    assert found("miel") == []
    assert found("pain") == [1]


@pytest.mark.django_db(transaction=True)
def test_what_a_migration_dropped_comes_back_and_the_index_with_it():
    """SQLite drops a table's triggers when a migration alters it; PostgreSQL has none to drop."""
    dropped = sqlite.TRIGGERS if connection.vendor == "sqlite" else ()
    with connection.cursor() as cursor:
        for name in dropped:
            cursor.execute(f"DROP TRIGGER {name}")
    search.index("thing", [search.Entry(1, ["miel"])])
    assert found("miel") == ([] if dropped else [1])

    sqlite.install_after_migrations()

    assert found("miel") == [1]
    search.remove("thing", [1])
    assert found("miel") == []
