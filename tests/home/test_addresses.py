"""`{% url %}`: Django's own tag, with each address kept."""

import pytest
from django.template import Context, Template
from django.urls import NoReverseMatch, reverse

from home.static_files import static


def told(text, **context):
    """What a template of the site makes of it."""
    return Template(text).render(Context(context))


def test_an_address_is_the_one_that_django_gives():
    for slug in ("ferme", "four"):
        for _ in range(2):
            assert told('{% url "directory:listing" slug %}', slug=slug) == reverse(
                "directory:listing", args=[slug]
            )
    assert (
        told('{% url "directory:search" as here %}[{{ here }}]')
        == f"[{reverse('directory:search')}]"
    )


def test_named_parts_and_numbers_are_understood_too():
    assert told('{% url "directory:listing" slug="ferme" %}') == reverse(
        "directory:listing", args=["ferme"]
    )
    assert told('{% url "sitemap_section" name="fiches" number=2 %}') == "/sitemap-fiches-2.xml"


def test_what_has_no_address_fails_or_is_empty():
    with pytest.raises(NoReverseMatch):
        told('{% url "directory:listing" "" %}')
    assert told('{% url "directory:listing" nobody as here %}[{{ here }}]') == "[]"


def test_signs_of_html_are_escaped():
    assert "<" not in told('{% url "webmag:magazine" name %}', name='<b>"&')


def test_a_static_file_is_where_django_says_and_follows_the_settings(settings):
    for _ in range(2):
        assert told('{% static "home/icons.svg" %}') == "/static/home/icons.svg"
    assert told('{% static "a&b.svg" as here %}[{{ here }}]') == "[/static/a%26b.svg]"
    settings.STATIC_URL = "/ailleurs/"
    assert told('{% static "home/icons.svg" %}') == "/ailleurs/home/icons.svg"
    assert static("home/icons.svg") == "/ailleurs/home/icons.svg"


def test_the_usual_place_of_static_files_is_back_for_the_next_test():
    assert told('{% static "home/icons.svg" %}') == static("home/icons.svg")
    assert static("home/icons.svg") == "/static/home/icons.svg"
