"""Where photos and documents are kept: below SITE_DATA, or in an S3 bucket named by `S3_URL`."""

from importlib.util import find_spec
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

LOCAL = {"BACKEND": "django.core.files.storage.FileSystemStorage"}
FORM = "S3_URL=https://CLE:SECRET@s3.exemple.fr/seau?region=fr-par"


def photo_storage(url):
    """The entry of Django's `STORAGES` for a URL; the local one for an empty one.

    `https://KEY:SECRET@HOST[:PORT]/BUCKET[/FOLDER][?region=NAME]`; what a key holds of `/`, `+`,
    `@` or `:` is percent-encoded. Raises `ImproperlyConfigured` for anything else, without showing
    the secret, and where the package that speaks S3 is not installed.
    """
    if not url:
        return LOCAL
    endpoint, key, secret, bucket, folder, region = parts(url)
    if find_spec("obstore") is None:
        raise ImproperlyConfigured(
            "S3_URL est donné, mais le paquet qui parle aux seaux S3 n’est pas installé : lancez "
            "bin/serve ou bin/manage, qui l’installent, ou pip install -r requirements-s3.txt."
        )
    options = {
        "endpoint": endpoint,
        "bucket": bucket,
        "folder": folder,
        "region": region,
        "key": key,
        "secret": secret,
    }
    return {"BACKEND": "home.bucket.Bucket", "OPTIONS": options}


def parts(url):
    """(endpoint, key, secret, bucket, folder, region); raises `ImproperlyConfigured`."""
    try:
        split = urlsplit(url)
        port = f":{split.port}" if split.port else ""
    except ValueError:
        raise ImproperlyConfigured(f"S3_URL ne se lit pas. Il faut {FORM}") from None
    bucket, _, folder = split.path.strip("/").partition("/")
    key, secret = unquote(split.username or ""), unquote(split.password or "")
    if split.scheme not in {"http", "https"} or not all([split.hostname, bucket, key, secret]):
        raise ImproperlyConfigured(
            f"S3_URL doit donner l’adresse, la clé, le secret et le seau : {FORM}. "
            "Dans la clé et le secret, « / » s’écrit %2F, « + » %2B, « @ » %40, « : » %3A."
        )
    host = f"[{split.hostname}]" if ":" in split.hostname else split.hostname
    region = parse_qs(split.query).get("region", ["us-east-1"])[0]
    return f"{split.scheme}://{host}{port}", key, secret, unquote(bucket), unquote(folder), region
