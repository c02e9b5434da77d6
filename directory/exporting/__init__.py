"""Writing the directory's public listings to files that anybody can use again."""

from directory.exporting.files import export_csv, export_geojson, export_jsonld, write_whole
from directory.exporting.workbook import export_xlsx

__all__ = ["export_csv", "export_geojson", "export_jsonld", "export_xlsx", "write_whole"]
