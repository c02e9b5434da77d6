"""What notes each change of a listing's contact, inside the database.

Triggers, as for the map's cells (directory/tiles/triggers.py): forms, imports, merges and bulk
updates all write listings, and a claim must not be won by the one that somebody forgot.
"""

from django.db import DEFAULT_DB_ALIAS, connections

from directory.models.contacts import CONTACT_FIELDS

_COLUMNS = 'directory_contactchange (listing_id, field, "before", "after", at, by_moderation)'
_SQLITE = """
    CREATE TRIGGER IF NOT EXISTS directory_listing_{field}_changed
    AFTER UPDATE OF {field} ON directory_listing WHEN old.{field} IS NOT new.{field}
    BEGIN
        INSERT INTO {columns} VALUES
            (new.id, '{field}', old.{field}, new.{field}, strftime('%Y-%m-%d %H:%M:%f', 'now'), 0);
    END
"""
_FUNCTION = """
    CREATE OR REPLACE FUNCTION directory_listing_{field}_changed() RETURNS trigger
    LANGUAGE plpgsql AS $$
    BEGIN
        INSERT INTO {columns}
        VALUES (NEW.id, '{field}', OLD.{field}, NEW.{field}, clock_timestamp(), FALSE);
        RETURN NULL;
    END $$
"""
_POSTGRESQL = """
    CREATE OR REPLACE TRIGGER directory_listing_{field}_changed
    AFTER UPDATE OF {field} ON directory_listing
    FOR EACH ROW WHEN (OLD.{field} IS DISTINCT FROM NEW.{field})
    EXECUTE FUNCTION directory_listing_{field}_changed()
"""


def install(connection) -> None:
    """Create what is missing; Django loses a table's triggers where it copies it (SQLite)."""
    statements = [_SQLITE] if connection.vendor == "sqlite" else [_FUNCTION, _POSTGRESQL]
    with connection.cursor() as cursor:
        for field in CONTACT_FIELDS:
            for statement in statements:
                cursor.execute(statement.format(field=field, columns=_COLUMNS))


def uninstall(connection) -> None:
    """Take the triggers away."""
    with connection.cursor() as cursor:
        for field in CONTACT_FIELDS:
            name = f"directory_listing_{field}_changed"
            if connection.vendor == "sqlite":
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
            else:
                cursor.execute(f"DROP FUNCTION IF EXISTS {name}() CASCADE")


def install_after_migrations(using=DEFAULT_DB_ALIAS, **_kwargs) -> None:
    """Listen to `post_migrate`: see `install`."""
    connection = connections[using]
    if "directory_contactchange" in connection.introspection.table_names():
        install(connection)
