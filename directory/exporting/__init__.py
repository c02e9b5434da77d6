"""Writing the directory's public listings to files that anybody can use again."""

from directory.exporting.files import export_csv, export_geojson, write_whole

__all__ = ["export_csv", "export_geojson", "write_whole"]
