"""The index on SQLite: an FTS5 table over SearchEntry, kept in step by triggers."""

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import BigIntegerField, Q
from django.db.models.expressions import RawSQL

# The texts are words folded in Python, separated by spaces. The tokenizer `ascii` takes every
# sign beyond ASCII for a letter, so that it parts them at the spaces and nowhere else.
TABLE = """
    CREATE VIRTUAL TABLE IF NOT EXISTS home_searchentry_fts USING fts5(
        title, body, content='home_searchentry', content_rowid='id', tokenize='ascii'
    )
"""
_DROP_OLD = """
    INSERT INTO home_searchentry_fts(home_searchentry_fts, rowid, title, body)
    VALUES ('delete', old.id, old.title, old.body);
"""
_ADD_NEW = """
    INSERT INTO home_searchentry_fts(rowid, title, body) VALUES (new.id, new.title, new.body);
"""
TRIGGERS = {
    "home_searchentry_added": f"AFTER INSERT ON home_searchentry BEGIN {_ADD_NEW} END",
    "home_searchentry_removed": f"AFTER DELETE ON home_searchentry BEGIN {_DROP_OLD} END",
    "home_searchentry_renewed": (
        "AFTER UPDATE ON home_searchentry "
        "WHEN old.title <> new.title OR old.body <> new.body OR old.id <> new.id "
        f"BEGIN {_DROP_OLD} {_ADD_NEW} END"
    ),
}


def install(connection) -> None:
    """Create what is missing: the table, or triggers that a migration of SearchEntry dropped.

    Django alters a table of SQLite by copying it, and its triggers are lost without a word; the
    index is then built anew, as entries may have changed in between.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name FROM sqlite_master WHERE name LIKE 'home\\_searchentry%%' ESCAPE '\\'"
        )
        present = {row[0] for row in cursor.fetchall()}
        if "home_searchentry" not in present or present >= {*TRIGGERS, "home_searchentry_fts"}:
            return
        cursor.execute(TABLE)
        for name, trigger in TRIGGERS.items():
            cursor.execute(f"CREATE TRIGGER IF NOT EXISTS {name} {trigger}")
        cursor.execute("INSERT INTO home_searchentry_fts(home_searchentry_fts) VALUES ('rebuild')")


def uninstall(connection) -> None:
    """Take the triggers and the table away."""
    with connection.cursor() as cursor:
        for name in TRIGGERS:
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
        cursor.execute("DROP TABLE IF EXISTS home_searchentry_fts")


def install_after_migrations(using=DEFAULT_DB_ALIAS, **_kwargs) -> None:
    """Listen to `post_migrate`: see `install`."""
    if connections[using].vendor == "sqlite":
        install(connections[using])


def question(groups: list[list[str]]) -> str:
    """A stem of each group, as the engine is asked for it.

    Stems are letters and digits only; quoted all the same, as OR and NOT are words too.
    """
    return " AND ".join("(" + " OR ".join(f'"{stem}"' for stem in group) + ")" for group in groups)


def holding(groups: list[list[str]], in_title: bool = False) -> Q:
    """Entries that hold a stem of each group, anywhere or in the title."""
    match = question(groups)
    if in_title:
        match = f"title : ({match})"
    return Q(
        pk__in=RawSQL(  # noqa: S611 -- the text is constant, the words are a parameter
            "SELECT rowid FROM home_searchentry_fts WHERE home_searchentry_fts MATCH %s",
            [match],
            output_field=BigIntegerField(),
        )
    )
