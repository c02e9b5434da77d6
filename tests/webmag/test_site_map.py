"""What search engines are told of articles."""

import pytest
from django.conf import settings

from tests.webmag import factories

pytestmark = pytest.mark.django_db


def test_the_site_map_leaves_out_what_is_read_elsewhere_first(client, echo):
    here = f"{settings.SITE_URL}/magazines/echo"
    first = {"autre": "https://blog.example/autre/", "ici": f"{here}/ici/", "vide": ""}
    for slug, address in first.items():
        factories.article(slug, magazine=echo, slug=slug, canonical_url=address)
    listed = client.get("/sitemap-articles-1.xml").content.decode()
    assert [slug for slug in first if f"<loc>{here}/{slug}/</loc>" in listed] == ["ici", "vide"]
