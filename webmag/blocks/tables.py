"""A table: headings, a caption, and cells of plain text."""

from django.core.exceptions import ValidationError
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.contrib.typed_table_block.blocks import TypedTable, TypedTableBlock

from home.rich_text import writable

MOST_COLUMNS, MOST_ROWS = 12, 100
LONGEST_HEADING, LONGEST_CAPTION, LONGEST_CELL = 120, 250, 400


class CellsBlock(TypedTableBlock):
    """Wagtail's table with one kind of cell; it checks cells only, this one checks the rest."""

    text = blocks.CharBlock(label="Texte", required=False, max_length=LONGEST_CELL)

    def clean(self, value):
        """Refuse what is too large or too long, and what cannot be stored."""
        table = super().clean(value)
        headings = [writable(column["heading"]) for column in table.columns]
        caption = writable(table.caption or "")
        if not table.columns or not table.row_data:
            raise ValidationError("Ce tableau est vide : ajoutez une colonne et une ligne.")
        if len(headings) > MOST_COLUMNS or len(table.row_data) > MOST_ROWS:
            raise ValidationError(f"{MOST_COLUMNS} colonnes et {MOST_ROWS} lignes au plus.")
        if any(len(heading) > LONGEST_HEADING for heading in headings):
            raise ValidationError(f"{LONGEST_HEADING} signes au plus pour un titre de colonne.")
        if len(caption) > LONGEST_CAPTION:
            raise ValidationError(f"{LONGEST_CAPTION} signes au plus pour la légende.")
        columns = [
            column | {"heading": heading}
            for column, heading in zip(table.columns, headings, strict=True)
        ]
        return TypedTable(columns=columns, row_data=table.row_data, caption=caption)


class TableBlock(blocks.StructBlock):
    """Figures, prices, dates, in rows and columns."""

    table = CellsBlock(label="tableau")
    row_headings = blocks.BooleanBlock(
        label="la première colonne nomme les lignes", required=False, default=True
    )

    def clean(self, value):
        """Wagtail has no place for the table's own messages within a struct: give them one."""
        try:
            return super().clean(value)
        except StructBlockValidationError as error:
            problem = error.block_errors.get("table")
            if problem is None or hasattr(problem, "cell_errors"):
                raise
            raise StructBlockValidationError(non_block_errors=problem.messages) from error

    class Meta:
        icon = "table"
        label = "Tableau"
        description = "Des prix, des dates, des mesures, en lignes et en colonnes."
        template = "blocks/table.html"
        preview_value = {
            "table": {
                "columns": [
                    {"type": "text", "heading": heading} for heading in ("Marché", "Jour", "Heures")
                ],
                "rows": [
                    {"values": ["Rambouillet", "samedi", "8 h – 13 h"]},
                    {"values": ["Dourdan", "samedi", "8 h 30 – 12 h 30"]},
                ],
                "caption": "Où trouver le pain d’Odile",
            },
            "row_headings": True,
        }
