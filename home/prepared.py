"""Queries whose SQL is worked out once: for the few that nearly every page asks.

Django takes longer to write such a query than the database to answer it. The ORM still writes
it, so that the vocabulary of the QuerySets stays the only one; but once in a process, and from
then on only the values change (docs/decisions/0020).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.db import connection
from django.db.models import Model, QuerySet

Value = int | float | str | date | tuple | None
# Values that nothing else in a query resembles, to find again where each one went.
STAND_INS = {
    # For five hundred and more, within what the smallest field of PostgreSQL holds.
    int: lambda number: 31_000 + number,
    float: lambda number: 1.234567e-5 + number * 1e-9,
    str: lambda number: f"\ue000{number}",
    date: lambda number: date(1, 1, 1) + timedelta(days=number),
    tuple: lambda number: ((f"\ue000{number}",),),
    type(None): lambda number: None,
}


@dataclass(frozen=True)
class Slot:
    """The place of a value among a query's parameters."""

    number: int


@dataclass(frozen=True)
class Written:
    """A query's SQL, its parameters with places for values, and how its rows become models."""

    sql: str
    places: list
    names: list[str]
    converters: list[tuple]


class Prepared:
    """A QuerySet of some values that go into the SQL as they are.

    `build` may not look at the values: it gets stand-ins, once for each kind of values. Where
    others reach the SQL that are worked out from these, `parts` names them all.
    """

    def __init__(self, build: Callable[..., QuerySet], parts: Callable[..., tuple] | None = None):
        self.build = build
        self.parts = parts
        self.model: type[Model] | None = None
        self.known: dict[tuple, Written] = {}

    def rows(self, *values: Value) -> list[tuple]:
        """The rows as the driver gives them: JSON is text, and a boolean may be a number."""
        with connection.cursor() as cursor:
            cursor.execute(*self.query(*values))
            return cursor.fetchall()

    def models(self, *values: Value) -> list[Model]:
        """The rows as models; fields that `build` left out are read when they are asked for."""
        names, converters = self.written(values).names, self.written(values).converters
        return [
            self.model.from_db(connection.alias, names, _converted(row, converters))
            for row in self.rows(*values)
        ]

    def query(self, *values: Value) -> tuple[str, list]:
        """The SQL and its parameters."""
        found = self.written(values)
        parts = self._parts_of(values)
        return found.sql, [parts[at.number] if isinstance(at, Slot) else at for at in found.places]

    def written(self, values: Sequence[Value]) -> Written:
        """The query for values of these kinds, written the first time."""
        shape = connection.vendor, *map(type, values)
        if shape not in self.known:
            self.known[shape] = self._prepared(shape[1:])
        return self.known[shape]

    def _prepared(self, kinds: tuple[type, ...]) -> Written:
        """Written twice, with other stand-ins: what differs must be known to depend on them.

        Raises `ValueError` for a query that depends on its values in any other way.
        """
        once = self._written(kinds, 0)
        again = self._written(kinds, len(kinds))
        if (once.sql, once.places) != (again.sql, again.places):
            raise ValueError(f"Values that do not reach the SQL as they are: {once.sql}")
        return once

    def _written(self, kinds: tuple[type, ...], first: int) -> Written:
        stand_ins = [STAND_INS[kind](number) for number, kind in enumerate(kinds, first)]
        parts = enumerate(self._parts_of(stand_ins))
        slots = {value: Slot(number) for number, value in parts if value is not None}
        queryset = self.build(*stand_ins)
        self.model = queryset.model
        compiler = queryset.query.get_compiler(connection.alias)
        sql, parameters = compiler.as_sql()
        columns = [column for column, *_ in compiler.select]
        return Written(
            sql,
            [slots.get(one, one) for one in parameters],
            [getattr(getattr(column, "target", None), "attname", "") for column in columns],
            list(compiler.get_converters(columns).items()),
        )

    def _parts_of(self, values: Sequence[Value]) -> list[Value]:
        parts = self.parts(*values) if self.parts else values
        return [_adapted(value) for value in parts]


def _converted(row: tuple, converters: list[tuple]) -> list:
    """A row as the model's fields want it, by what Django's compiler told to do."""
    values = list(row)
    for place, (steps, column) in converters:
        for step in steps:
            values[place] = step(values[place], column, connection)
    return values


def aware(moment: datetime | None) -> datetime | None:
    """A bare row's moment with its zone: SQLite's driver leaves it out, and UTC is kept."""
    return moment if moment is None or moment.tzinfo else moment.replace(tzinfo=UTC)


def _adapted(value: Value) -> Value:
    """A day as the engine wants it; all else goes as it is."""
    return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value
