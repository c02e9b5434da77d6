"""Where each old address has gone to, for the old blog's owner: a table, and rules to paste.

The new address is the one that the article will have once it is published.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from django.conf import settings

from home import page_paths
from webmag.importing.addresses import path_of
from webmag.models import BlogImport

FORMS = {
    "csv": ("text/csv", "redirections.csv"),
    "wordpress": ("text/csv", "redirections-wordpress.csv"),
    "nginx": ("text/plain", "redirections-nginx.conf"),
}


def pairs(run: BlogImport) -> Iterable[tuple[str, str]]:
    """(old address, new address) of each article of a run that is here."""
    rows = run.lines.exclude(article=None).exclude(address="").order_by("position")
    for address, url_path in rows.values_list("address", "article__url_path"):
        yield address, settings.SITE_URL + page_paths.address(url_path)


def written(run: BlogImport, form: str) -> str:
    """The redirects as a table (`csv`), for WordPress's Redirection plug-in, or for nginx."""
    return {"csv": as_csv, "wordpress": as_wordpress, "nginx": as_nginx}[form](pairs(run))


def as_csv(found) -> str:
    """Old address, new address."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["ancienne adresse", "nouvelle adresse"])
    writer.writerows(found)
    return out.getvalue()


def as_wordpress(found) -> str:
    """source, target, regex, code: what the Redirection plug-in imports."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["source", "target", "regex", "code"])
    writer.writerows([path_of(old), new, 0, 301] for old, new in found)
    return out.getvalue()


def as_nginx(found) -> str:
    """A `map` of what was asked for, with and without a slash at its end, and how to use it."""
    rows = {}
    for old, new in found:
        path = path_of(old)
        for form in {
            path,
            path.rstrip("/") or "/",
            path if "?" in path else f"{path.rstrip('/')}/",
        }:
            rows.setdefault(form, new)
    lines = [f'    "{quoted(old)}" "{quoted(new)}";' for old, new in rows.items()]
    return "\n".join([
        "# Dans le bloc http :",
        "map $request_uri $nouvelle_adresse {",
        *lines,
        "}",
        "# Dans le bloc server de l’ancien blog :",
        "# if ($nouvelle_adresse) { return 301 $nouvelle_adresse; }",
        "",
    ])  # fmt: skip


def quoted(address: str) -> str:
    """An address within nginx's quotation marks, where `$` would begin a name."""
    return address.replace("\\", "%5C").replace('"', "%22").replace("$", "%24")
