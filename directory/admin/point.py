"""The point on the map: wagtail-geo-widget's Leaflet field, with what the project needs added.

Its text is `SRID=4326;POINT(lng lat)` in degrees; the model keeps two numbers.
"""

import json
import math

from django import forms
from django.core.exceptions import ValidationError
from django.http import JsonResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_GET
from wagtail.admin.auth import permission_required
from wagtailgeowidget.helpers import geosgeometry_str_to_struct
from wagtailgeowidget.widgets import LeafletField

from directory.places import geocoding

SRID = 4326


def as_text(lat, lng):
    """Return a point as the widget's text; "" without a point."""
    return "" if lat is None or lng is None else f"SRID={SRID};POINT({lng} {lat})"


class PointWidget(LeafletField):
    """A map with a pin, an address search through our own server, and a way to clear it.

    `around` is where an empty map opens, as (lat, lng).
    """

    around = None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, srid=SRID, address_field="street", zoom=15, **kwargs)

    def build_attrs(self, *args, **kwargs):
        """Show the map at once, on the point, the commune or the territory."""
        attrs = super().build_attrs(*args, **kwargs)
        options = json.loads(attrs["data-leaflet-field-options-value"])
        options["showEmptyLocation"] = False
        if not self.value_data:
            options["zoom"] = 13
            if self.around:
                options["defaultLocation"] = {"lat": self.around[0], "lng": self.around[1]}
        attrs["data-leaflet-field-options-value"] = json.dumps(options)
        return attrs

    @property
    def media(self):
        """Leaflet from its package: the library would ask a third party for it."""
        return forms.Media(
            css={
                "all": [
                    "js_lib_leaflet/leaflet.css",
                    "wagtailgeowidget/css/leaflet-field.css",
                    "directory/admin/admin.css",
                ]
            },
            js=[
                "js_lib_leaflet/leaflet.js",
                "wagtailgeowidget/js/leaflet-field.js",
                # Ours changes the library's prototype, so it comes before the map is made.
                "directory/admin/point.js",
                "wagtailgeowidget/js/leaflet-field-controller.js",
            ],
        )

    def render(self, name, value, attrs=None, renderer=None):
        """The library's field between our buttons and a line that says what happened."""
        field = super().render(name, value, attrs, renderer)
        return format_html(
            '<div class="listing-point" data-listing-point="{}">'
            '<p class="listing-point__buttons">'
            '<button type="button" class="button button-small" data-find>'
            "Placer d’après l’adresse</button> "
            '<button type="button" class="button button-small button-secondary" data-clear>'
            "Effacer le point</button></p>"
            '<p class="listing-point__said" role="status" data-said></p>{}</div>',
            reverse("directory_admin:address"),
            mark_safe(field),  # noqa: S308 -- made by the library, which escapes
        )


class PointField(forms.CharField):
    """Cleans to (lat, lng) in degrees, or None."""

    widget = PointWidget

    def clean(self, value):
        """Raises `ValidationError` for what is no point on earth."""
        text = super().clean(value)
        if not text:
            return None
        found = geosgeometry_str_to_struct(text)
        try:
            lat, lng = (float(found["y"]), float(found["x"])) if found else (math.nan, math.nan)
        except ValueError:
            lat = lng = math.nan
        # Comparisons with NaN are false.
        if not (-90 <= lat <= 90 and -180 <= lng <= 180):
            raise ValidationError("Ce point n’est pas compris : latitude, longitude.")
        return round(lat, 6), round(lng, 6)

    def has_changed(self, initial, data):
        """Whether the pin was moved or cleared."""
        return (initial or "") != (data or "")


@permission_required("directory.change_listing")
@require_GET
def find_address(request):
    """Answer `?q=3 rue du Puits, 78120 Rambouillet` with a point, or why there is none.

    `exact` is false where a commune stands in for the address: no place to put the pin.
    """
    typed = " ".join(request.GET.get("q", "").replace("\x00", "").split())[:200]
    if not typed:
        return JsonResponse({"error": "Écrivez d’abord la rue ou la commune."}, status=400)
    found = geocoding.locate(typed)
    place = found.place
    if place is None:
        error = f"{found.note or 'Adresse introuvable.'} Placez l’épingle à la main."
        return JsonResponse({"error": error}, status=404)
    return JsonResponse(
        {
            "lat": place.lat,
            "lng": place.lng,
            "label": place.label,
            "exact": place.precision == "address",
            "note": place.note,
        }
    )
