"""The hours editor: seven rows for volunteers, one line for those who know the syntax."""

from html import unescape

import pytest
from django import forms
from django.http import QueryDict
from hypothesis import given
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, ObjectList

from directory.hours.field import HoursField
from directory.models import Listing
from tests.directory.test_hours_french import WEEKS, compose

WEEK = "Mo-Fr 09:00-12:30,14:00-19:00; Sa 09:00-13:00; PH off"
RICH = "Apr-Oct Sa 08:00-12:30"


class Form(forms.Form):
    hours = HoursField(label="Horaires", max_length=500)


def filled(stored):
    """What a browser sends back when nothing is touched."""
    form = Form(initial={"hours": stored})
    context = form.fields["hours"].widget.get_context("hours", stored, {"id": "id_hours"})["widget"]
    sent = QueryDict(mutable=True)
    sent["hours-mode"] = next(key for key, _, chosen in context["modes"] if chosen)
    sent["hours-written"] = context["written"]
    sent["hours-was"] = context["was"]
    if not context["too_rich"]:
        sent["hours-holidays"] = next((k for k, _, chosen in context["holidays"] if chosen), "")
        for row in context["rows"]:
            sent[f"hours-{row['number']}"] = row["value"]
    return sent


def saved(stored, **changes):
    sent = filled(stored)
    for key, value in changes.items():
        sent[f"hours-{key.removeprefix('row')}"] = value
    return Form(sent, initial={"hours": stored})


@pytest.mark.parametrize(
    "stored",
    [
        WEEK,
        RICH,
        "",
        '"sur rendez-vous"',
        "24/7",
        "Mo, We 07:30-14:00",
        "n’importe quoi",
        "Fr 22:00-03:00",
    ],
)
def test_an_untouched_form_changes_nothing(stored):
    form = saved(stored)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["hours"] == stored
    assert not form.has_changed()


@given(WEEKS)
def test_rows_hold_any_plain_week(week):
    stored = compose(week)
    sent = filled(stored)
    sent["hours-was"] = sent["hours-written"] = ""
    form = Form(sent)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["hours"] == stored


def test_a_row_is_typed_in_french():
    form = saved(WEEK, row6="10h à 12h et 15h-18h")
    assert form.is_valid()
    assert form.cleaned_data["hours"].endswith("Su 10:00-12:00,15:00-18:00; PH off")
    assert form.has_changed()


def test_rows_filled_in_count_although_the_choice_was_forgotten():
    form = saved("", row5="8h-12h30")
    assert form.is_valid()
    assert form.cleaned_data["hours"] == "Sa 08:00-12:30; PH unknown"


@pytest.mark.parametrize(
    ("mode", "expected"), [("inconnu", ""), ("rendez-vous", '"sur rendez-vous"')]
)
def test_the_choice_replaces_the_rows(mode, expected):
    form = saved(WEEK, mode=mode)
    assert form.is_valid()
    assert form.cleaned_data["hours"] == expected


@pytest.mark.parametrize("written", ["Sa 08:00-12:00", "samedi 8h-12h"])
@pytest.mark.parametrize("stored", [WEEK, RICH, ""])
def test_a_changed_advanced_line_wins(stored, written):
    form = saved(stored, written=written)
    assert form.is_valid()
    assert form.cleaned_data["hours"] == "Sa 08:00-12:00"


def test_a_message_stands_beside_its_row_and_what_was_typed_stays():
    form = saved(WEEK, row2="9-12", row0="8h-11h")
    assert not form.is_valid()
    assert form.errors["hours"][0].startswith("Mercredi\N{NO-BREAK SPACE}: « 9-12 »")
    html = unescape(str(form["hours"]))
    assert 'value="9-12"' in html
    assert 'value="8h-11h"' in html
    assert 'id="id_hours-2-error"' in html
    assert html.count('aria-invalid="true"') == 1


def test_an_advanced_line_that_is_not_understood_opens_with_its_message():
    form = saved(RICH, written="Sa 8")
    assert not form.is_valid()
    html = unescape(str(form["hours"]))
    assert 'id="id_hours-written-error"' in html
    assert '<details class="hours-editor__advanced" open>' in html


def test_an_empty_week_asks_for_a_day():
    form = saved(WEEK, **{f"row{n}": "" for n in range(7)})
    assert "Indiquez au moins un jour" in form.errors["hours"][0]


def test_rows_are_closed_with_a_reason_when_they_cannot_show_the_hours():
    html = str(Form(initial={"hours": RICH})["hours"])
    assert '<fieldset class="hours-editor__rows" disabled>' in html
    assert "varient selon la saison" in html
    assert "disabled" not in str(Form(initial={"hours": WEEK})["hours"])


def test_every_control_has_a_label():
    html = str(Form(initial={"hours": WEEK})["hours"])
    for number in range(7):
        assert f'<label for="id_hours-{number}">' in html
    assert '<label for="id_hours-holidays">' in html
    assert '<label for="id_hours-written">' in html


def test_what_is_typed_is_escaped():
    html = str(saved("", written='"><script>alert(1)</script>')["hours"])
    assert "<script>alert" not in html


@pytest.mark.django_db
def test_the_field_works_in_the_form_of_an_administration_panel():
    class ListingForm(WagtailAdminModelForm):
        hours = HoursField(label="Horaires", max_length=500)

    panels = ObjectList([FieldPanel("hours")], base_form_class=ListingForm)
    form_class = panels.bind_to_model(Listing).get_form_class()
    listing = Listing(name="La ferme", hours=WEEK)
    sent = filled(WEEK)
    sent["hours-6"] = "10h-12h"
    form = form_class(sent, instance=listing)
    assert form.is_valid(), form.errors
    assert form.save(commit=False).hours.endswith("Su 10:00-12:00; PH off")
    assert "hours-widget.css" in str(form.media)
