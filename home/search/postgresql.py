"""The index on PostgreSQL: two stored vectors beside SearchEntry's texts, each with a GIN index.

The vectors are made of the words as Python folded and parted them, past PostgreSQL's own parser,
so that both engines hold exactly the same. They are generated columns, unknown to Django's
models; a migration that changes the type of `title` or `body` has to drop them first.
"""

from django.db.models import BooleanField, Q
from django.db.models.expressions import RawSQL

COLUMNS = {
    "title_vector": "array_to_tsvector(array_remove(string_to_array(title, ' '), ''))",
    "vector": "array_to_tsvector(array_remove(string_to_array(title || ' ' || body, ' '), ''))",
}


def install(connection) -> None:
    """Add the columns and their indexes."""
    with connection.cursor() as cursor:
        for name, expression in COLUMNS.items():
            cursor.execute(
                f"ALTER TABLE home_searchentry ADD COLUMN IF NOT EXISTS {name} tsvector "
                f"GENERATED ALWAYS AS ({expression}) STORED"
            )
            cursor.execute(
                f"CREATE INDEX IF NOT EXISTS home_searchentry_{name} "
                f"ON home_searchentry USING gin ({name})"
            )


def uninstall(connection) -> None:
    """Drop the columns, and with them their indexes."""
    with connection.cursor() as cursor:
        for name in COLUMNS:
            cursor.execute(f"ALTER TABLE home_searchentry DROP COLUMN IF EXISTS {name}")


def question(groups: list[list[str]]) -> str:
    """A stem of each group, as the engine is asked for it.

    Stems are letters and digits only, so that quoting them is enough for a tsquery.
    """
    return " & ".join("(" + " | ".join(f"'{stem}'" for stem in group) + ")" for group in groups)


def holding(groups: list[list[str]], in_title: bool = False) -> Q:
    """Entries that hold a stem of each group, anywhere or in the title."""
    query = question(groups)
    column = "title_vector" if in_title else "vector"
    return Q(
        RawSQL(  # noqa: S611 -- the text is constant, the words are a parameter
            f"{column} @@ %s::tsquery", [query], output_field=BooleanField()
        )
    )
