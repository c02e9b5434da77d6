"""The figures as a table: on a terminal, and in docs/performance.md."""

HEAD = ("mesure", "fiches", "nous", "p95", "plancher", "rapport", "objectif", "")
MARKS = {True: "✓", False: "✗"}
# What is worth a word behind the goals.
FACTS = {
    "queries": "requêtes",
    "pins": "points",
    "clusters": "groupes",
    "rows_per_second": "fiches/s",
    "sources_per_second": "sources/s",
    "growth_mb": "Mo de plus",
    "gzip": "octets (gzip)",
    "brotli": "octets (brotli)",
    "sizes": "tailles",
}


def lines(rows: list[dict]) -> list[tuple]:
    """The cells of each row, goals one below the other as one cell."""
    return [
        (
            row["title"],
            thousands(row["size"]),
            ms(row["ours_ms"], "median"),
            ms(row["ours_ms"], "p95"),
            ms(row["floor_ms"], "median"),
            number(row["ratio"]) + " ×" if row["ratio"] else "",
            ", ".join(goal["says"] for goal in row["goals"]) or "–",
            verdict(row),
        )
        for row in rows
    ]


def verdict(row: dict) -> str:
    """Whether the goals are met, and the facts; why it is absent."""
    if row["state"] == "absent":
        return f"absent : {row['absent']}"
    marks = "".join(MARKS[goal["met"]] for goal in row["goals"])
    facts = [
        f"{number(row['facts'][name])} {word}"
        for name, word in FACTS.items()
        if row["facts"].get(name) is not None
    ]
    return " ".join(filter(None, [marks, ", ".join(facts)]))


def as_text(rows: list[dict]) -> str:
    """For a terminal: columns under each other."""
    cells = [HEAD, *lines(rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(HEAD) - 1)]
    shown = []
    for row in cells:
        name, *middle = row[:-1]
        padded = [name.ljust(widths[0])]
        padded += [cell.rjust(width) for cell, width in zip(middle, widths[1:], strict=True)]
        shown.append("  ".join([*padded, row[-1]]).rstrip())
    return "\n".join(shown)


def as_markdown(rows: list[dict]) -> str:
    """For the documentation."""
    sides = ["---", *["--:"] * (len(HEAD) - 3), "---", "---"]
    return "\n".join(f"| {' | '.join(row)} |" for row in [HEAD, tuple(sides), *lines(rows)])


def number(value: float) -> str:
    """Three digits that count, with a comma."""
    if value >= 100 or value == int(value):
        return thousands(round(value))
    return f"{value:.3g}".replace(".", ",")


def thousands(value: int) -> str:
    """12 345, with narrow spaces that do not break."""
    return f"{value:,}".replace(",", "\u202f")


def ms(timing: dict | None, which: str) -> str:
    """Milliseconds, or nothing."""
    return f"{number(timing[which])} ms" if timing else ""
