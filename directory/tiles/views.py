"""/carte/<z>/<x>/<y>.json: what the map shows in one tile."""

import orjson
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from directory import hours
from directory.tiles import mercator
from directory.tiles.clusters import clusters, is_complete
from directory.tiles.pins import pins
from home.open_data import problem
from home.versions import content_version


@require_safe
def tile(request, z, x, y):
    """All listings of the tile, or clusters; 404 for an address that is no tile."""
    asked = mercator.tile(z, x, y)
    if asked is None:
        return problem(404, "Cette tuile n’existe pas : 0 ≤ z ≤ 20, et 0 ≤ x, y < 2^z.")
    return HttpResponse(orjson.dumps(content(asked)), content_type="application/json")


def content(asked):
    """The tile as docs/carte.md describes it."""
    version = content_version()
    if not is_complete(asked):
        return {"complete": False, "version": version, "clusters": clusters(asked)}
    today = timezone.localdate()
    return {
        "complete": True,
        "version": version,
        "midnight": hours.midnight(today),
        **pins(asked, today),
    }
