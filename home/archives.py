"""ZIP archives that somebody takes away: texts and original photos, on disk while they are made."""

import tempfile
import zipfile
from shutil import copyfileobj
from typing import IO

from django.utils import timezone


class Archive:
    """A ZIP in a temporary file; one photo's chunk at a time is held in memory."""

    def __init__(self):
        self.file = tempfile.TemporaryFile()  # noqa: SIM115 -- handed to the caller, who sends it
        self.zip = zipfile.ZipFile(self.file, "w", zipfile.ZIP_DEFLATED)
        self.photos = set()

    def put_text(self, name: str, text: str) -> None:
        """A text in UTF-8."""
        self.zip.writestr(name, text.encode("utf-8", "replace"))

    def put_photo(self, name: str, photo) -> None:
        """The original, once; one whose file is lost is left out rather than everything."""
        if name in self.photos:
            return
        self.photos.add(name)
        try:
            original = photo.file.storage.open(photo.file.name, "rb")
        except OSError:
            return
        # As it is: photos are compressed already.
        with original, self.zip.open(zipfile.ZipInfo(name, self.moment()), "w") as entry:
            copyfileobj(original, entry)

    def moment(self):
        """Now, as a ZIP writes it."""
        return timezone.localtime().timetuple()[:6]

    def finished(self) -> IO[bytes]:
        """The open file, at its beginning; the caller closes it."""
        self.zip.close()
        self.file.seek(0)
        return self.file
