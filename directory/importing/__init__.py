"""Reading other people's files into the directory: `import_file` does all of it."""

from directory.importing.refusal import ImportRefused
from directory.importing.run import Order, import_file

__all__ = ["ImportRefused", "Order", "import_file"]
