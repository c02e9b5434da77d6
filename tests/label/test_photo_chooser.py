"""Photos that were collected are not offered where somebody looks for one of their own."""

import pytest

from home.models import Photo
from label.collecting import photos
from tests.webmag import factories

pytestmark = pytest.mark.django_db


def test_a_photo_that_was_collected_is_not_found_by_whoever_looks_for_one(
    client, moderator, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    client.force_login(moderator)
    ours, theirs = (factories.photo(title=f"Four {name}") for name in ("nous", "eux"))
    Photo.objects.filter(pk=theirs.pk).update(collection=photos.collection())
    for address in ("/gestion/images/chooser/", "/gestion/images/chooser/?q=four"):
        answer = client.get(address)
        assert answer.status_code == 200
        assert ours.title in answer.content.decode()
        assert theirs.title not in answer.content.decode()
