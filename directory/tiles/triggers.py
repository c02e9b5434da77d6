"""What keeps the counts of the map's cells in step with the listings, inside the database.

Triggers, because listings are written in many ways (forms, imports, bulk updates, cascades), and
none of them can forget what the database does by itself. ADR 0011 has the measurements.
"""

from django.db import DEFAULT_DB_ALIAS, connections

from directory.tiles.mercator import CODE_ZOOM

# Clusters of a tile come from the next of these that is at least four zooms deeper.
ZOOMS = (6, 9, 12, 15, 18)
_ZOOMS = " UNION ALL ".join(f"SELECT {zoom} AS zoom" for zoom in ZOOMS)
# What the map shows: `ListingQuerySet.on_map` says the same.
_SHOWN = "{0}.cell IS NOT NULL AND {0}.live AND {0}.trading_state <> 'ferme-definitivement'"
_CODE = f"{{0}}.cell >> (2 * ({CODE_ZOOM} - zooms.zoom))"
_LAT = "CAST(ROUND({0}.public_lat * 1000000) AS BIGINT)"
_LNG = "CAST(ROUND({0}.public_lng * 1000000) AS BIGINT)"
_COLUMNS = "directory_mapcell (zoom, code, count, lat_sum, lng_sum)"
_ADD_UP = """
    ON CONFLICT (zoom, code) DO UPDATE SET count = directory_mapcell.count + excluded.count,
        lat_sum = directory_mapcell.lat_sum + excluded.lat_sum,
        lng_sum = directory_mapcell.lng_sum + excluded.lng_sum
"""

RECOUNT = f"""
    INSERT INTO {_COLUMNS}
    SELECT zooms.zoom, {_CODE.format("shop")}, COUNT(*),
        CAST(SUM({_LAT.format("shop")}) AS BIGINT), CAST(SUM({_LNG.format("shop")}) AS BIGINT)
    FROM directory_listing AS shop CROSS JOIN ({_ZOOMS}) AS zooms
    WHERE {_SHOWN.format("shop")}
    GROUP BY 1, 2
"""  # noqa: S608 -- constants only

# --- SQLite: row by row -----------------------------------------------------------------------

_TAKE_OLD = f"""
    UPDATE directory_mapcell SET count = count - 1,
        lat_sum = lat_sum - {_LAT.format("old")}, lng_sum = lng_sum - {_LNG.format("old")}
    WHERE {_SHOWN.format("old")}
        AND (zoom, code) IN (SELECT zooms.zoom, {_CODE.format("old")} FROM ({_ZOOMS}) AS zooms);
    DELETE FROM directory_mapcell WHERE count <= 0
        AND (zoom, code) IN (SELECT zooms.zoom, {_CODE.format("old")} FROM ({_ZOOMS}) AS zooms);
"""  # noqa: S608 -- constants only
_PUT_NEW = f"""
    INSERT INTO {_COLUMNS}
    SELECT zooms.zoom, {_CODE.format("new")}, 1, {_LAT.format("new")}, {_LNG.format("new")}
    FROM ({_ZOOMS}) AS zooms WHERE {_SHOWN.format("new")} {_ADD_UP};
"""  # noqa: S608 -- constants only
_MATTERS = ("cell", "live", "trading_state", "public_lat", "public_lng")
_DIFFERS = " OR ".join(f"old.{column} IS NOT new.{column}" for column in _MATTERS)
ROW_TRIGGERS = {
    "directory_listing_mapped": f"AFTER INSERT ON directory_listing BEGIN {_PUT_NEW} END",
    "directory_listing_unmapped": f"AFTER DELETE ON directory_listing BEGIN {_TAKE_OLD} END",
    "directory_listing_remapped": (
        f"AFTER UPDATE ON directory_listing WHEN {_DIFFERS} BEGIN {_TAKE_OLD} {_PUT_NEW} END"
    ),
}

# --- PostgreSQL: statement by statement -------------------------------------------------------

_ROWS = "SELECT cell, public_lat, public_lng, {sign} AS sign FROM {table} AS shop WHERE {shown}"
_OLD = _ROWS.format(sign=-1, table="old_rows", shown=_SHOWN.format("shop"))
_NEW = _ROWS.format(sign=1, table="new_rows", shown=_SHOWN.format("shop"))
STATEMENTS = {
    "INSERT": (_NEW, "NEW TABLE AS new_rows"),
    "DELETE": (_OLD, "OLD TABLE AS old_rows"),
    "UPDATE": (f"{_OLD} UNION ALL {_NEW}", "OLD TABLE AS old_rows NEW TABLE AS new_rows"),
}
# The content version's row is locked first: all who change content ask for it sooner or later,
# and two who held a cell and that row the other way round would wait for each other.
_FUNCTION = f"""
    CREATE OR REPLACE FUNCTION {{name}}() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
        delta RECORD;
        locked BOOLEAN := FALSE;
    BEGIN
        FOR delta IN
            SELECT zooms.zoom, {_CODE.format("shop")} AS code, SUM(shop.sign) AS count,
                SUM(shop.sign * {_LAT.format("shop")}) AS lat_sum,
                SUM(shop.sign * {_LNG.format("shop")}) AS lng_sum
            FROM ({{rows}}) AS shop CROSS JOIN ({_ZOOMS}) AS zooms
            GROUP BY 1, 2
            HAVING SUM(shop.sign) <> 0 OR SUM(shop.sign * {_LAT.format("shop")}) <> 0
                OR SUM(shop.sign * {_LNG.format("shop")}) <> 0
            ORDER BY 1, 2
        LOOP
            IF NOT locked THEN
                PERFORM number FROM home_contentversion WHERE id = 1 FOR UPDATE;
                locked := TRUE;
            END IF;
            INSERT INTO {_COLUMNS}
            VALUES (delta.zoom, delta.code, delta.count, delta.lat_sum, delta.lng_sum) {_ADD_UP};
            IF delta.count < 0 THEN
                DELETE FROM directory_mapcell
                WHERE zoom = delta.zoom AND code = delta.code AND count <= 0;
            END IF;
        END LOOP;
        RETURN NULL;
    END $$
"""  # noqa: S608 -- constants only
_TRIGGER = """
    CREATE OR REPLACE TRIGGER {name} AFTER {event} ON directory_listing
    REFERENCING {tables} FOR EACH STATEMENT EXECUTE FUNCTION {name}()
"""


def install(connection) -> None:
    """Create what is missing, and then count everything anew.

    Django alters a table of SQLite by copying it, and its triggers are lost without a word.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            if {name for (name,) in cursor.fetchall()} >= ROW_TRIGGERS.keys():
                return
            for name, body in ROW_TRIGGERS.items():
                cursor.execute(f"CREATE TRIGGER IF NOT EXISTS {name} {body}")
        else:
            for event, (rows, tables) in STATEMENTS.items():
                name = f"directory_listing_mapped_{event.lower()}"
                cursor.execute(_FUNCTION.format(name=name, rows=rows))
                cursor.execute(_TRIGGER.format(name=name, event=event, tables=tables))
        cursor.execute("DELETE FROM directory_mapcell")
        cursor.execute(RECOUNT)


def uninstall(connection) -> None:
    """Take the triggers away."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for name in ROW_TRIGGERS:
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
        else:
            for event in STATEMENTS:
                name = f"directory_listing_mapped_{event.lower()}"
                cursor.execute(f"DROP FUNCTION IF EXISTS {name}() CASCADE")


def install_after_migrations(using=DEFAULT_DB_ALIAS, **_kwargs) -> None:
    """Listen to `post_migrate`: see `install`; halfway through the migrations there is no table."""
    connection = connections[using]
    tables = connection.introspection.table_names()
    if connection.vendor == "sqlite" and "directory_mapcell" in tables:
        install(connection)
