"""A magazine's colours can be read, in both schemes."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from webmag.models import Magazine

LIGHT, DARK = ("#FAF5EA", "#FFFDF8"), ("#0F1913", "#17241C")


def luminance(colour):
    """How light a colour is, from 0 to 1 (WCAG 2.2)."""
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    """The contrast of two colours, from 1 to 21."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def colours():
    """{scheme: {magazine's colour: {property: value}}} as the style sheet has them."""
    text = Path(finders.find("webmag/css/magazine.css")).read_text()
    tokens = text[text.index("@layer tokens") : text.index("@layer app")]
    light, dark = tokens.split("@media (prefers-color-scheme: dark)")
    rule = re.compile(r"\.mag-(\w+) \{([^}]*)\}")
    pair = re.compile(r"--([\w-]+): (#[0-9A-F]{6})")
    return {
        scheme: {name: dict(pair.findall(body)) for name, body in rule.findall(part)}
        for scheme, part in (("light", light), ("dark", dark))
    }


@pytest.mark.parametrize(("scheme", "grounds"), [("light", LIGHT), ("dark", DARK)])
@pytest.mark.parametrize("name", Magazine.Colour.values)
def test_each_colour_can_be_read(scheme, grounds, name):
    colour = colours()[scheme][name]
    assert contrast(colour["on-mag"], colour["mag-ground"]) >= 4.5
    for ground in grounds:
        assert contrast(colour["mag"], ground) >= 4.5
