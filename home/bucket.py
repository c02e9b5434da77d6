"""Photos and documents in an S3 bucket, for sites that outgrow one disk (`S3_URL`).

The bucket is closed: the site alone reads and writes it, and visitors get files where they always
do, under /media/ (home/media.py), so that what is not public stays so whoever keeps the files.
"""

import mimetypes
from contextlib import contextmanager
from datetime import timedelta
from functools import cached_property
from pathlib import PurePosixPath
from urllib.parse import urljoin

import obstore
from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from django.utils.deconstruct import deconstructible
from django.utils.encoding import filepath_to_uri
from django.utils.timezone import localtime, make_naive
from obstore.exceptions import BaseError, InvalidPathError, NotFoundError
from obstore.store import S3Store

# Somebody waits for a page meanwhile.
CONNECT_SECONDS, ANSWER_SECONDS, GIVE_UP_SECONDS, TRIES = 5, 20, 30, 3


@deconstructible
class Bucket(Storage):
    """What Django asks of a place for files; failures are `OSError`, as with a disk.

    A bucket that does not answer, or refuses, is a `ConnectionError`.
    """

    def __init__(self, endpoint, bucket, key, secret, region, folder=""):
        self.endpoint = endpoint
        self.bucket = bucket
        self.key = key
        self.secret = secret
        self.region = region
        self.folder = folder

    @cached_property
    def store(self):
        """The connection, made in the process that uses it; threads share it."""
        return S3Store(
            self.bucket,
            prefix=self.folder or None,
            endpoint=self.endpoint,
            access_key_id=self.key,
            secret_access_key=self.secret,
            region=self.region,
            virtual_hosted_style_request=False,
            # We delete one at a time, and not every server knows how to delete many.
            disable_bulk_delete=True,
            client_options={
                "allow_http": self.endpoint.startswith("http:"),
                "connect_timeout": timedelta(seconds=CONNECT_SECONDS),
                "timeout": timedelta(seconds=ANSWER_SECONDS),
            },
            retry_config={
                "max_retries": TRIES - 1,
                "retry_timeout": timedelta(seconds=GIVE_UP_SECONDS),
            },
        )

    def _open(self, name, mode="rb"):
        if mode not in {"r", "rb"}:
            raise ValueError("files of a bucket are opened for reading, and saved whole")
        with as_on_a_disk(name):
            found = obstore.get(self.store, inside(name)).bytes().to_bytes()
        return ContentFile(found, name=name)

    def _save(self, name, content):
        name = inside(name)
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        content.seek(0)
        with as_on_a_disk(name):
            obstore.put(self.store, name, content.read(), attributes={"Content-Type": kind})
        return name

    def delete(self, name):
        """Take a file away; one that is not there is none."""
        try:
            with as_on_a_disk(name):
                obstore.delete(self.store, inside(name))
        except FileNotFoundError:
            return

    def exists(self, name):
        """Whether there is such a file."""
        try:
            self.meta(name)
        except FileNotFoundError:
            return False
        return True

    def size(self, name):
        """In bytes."""
        return self.meta(name)["size"]

    def get_modified_time(self, name):
        """When the file was written, in local time as Django's settings have it."""
        at = localtime(self.meta(name)["last_modified"])
        return at if settings.USE_TZ else make_naive(at)

    def listdir(self, path):
        """(folders, files) directly below a folder."""
        with as_on_a_disk(path):
            found = obstore.list_with_delimiter(self.store, prefix=inside(path) if path else None)
        folders = [PurePosixPath(one).name for one in found["common_prefixes"]]
        return folders, [PurePosixPath(one["path"]).name for one in found["objects"]]

    def url(self, name):
        """The address on this site, never the bucket's own."""
        return urljoin(settings.MEDIA_URL, filepath_to_uri(name).lstrip("/"))

    def meta(self, name):
        """Size and time of a file; raises `FileNotFoundError`."""
        with as_on_a_disk(name):
            return obstore.head(self.store, inside(name))


def inside(name):
    """The name as the bucket knows it; raises `SuspiciousFileOperation` for one that climbs out."""
    name = str(name).replace("\\", "/")
    if name.startswith("/") or "\0" in name or {"..", "."} & set(name.split("/")):
        raise SuspiciousFileOperation(f"{name!r} is outside of the bucket's folder")
    return name


@contextmanager
def as_on_a_disk(name):
    """Turn what the bucket says into the errors of a disk."""
    try:
        yield
    except NotFoundError:
        raise FileNotFoundError(name) from None
    except InvalidPathError:
        raise SuspiciousFileOperation(f"{name!r} is no name for a file") from None
    except BaseError as error:
        raise ConnectionError(f"the bucket fails for {name}: {type(error).__name__}") from error
