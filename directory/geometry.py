"""Distances on the scale of a territory: equirectangular in SQL, haversine for what is shown."""

from math import asin, cos, radians, sin, sqrt

KM_PER_DEGREE = 111.195  # of latitude, on a sphere of 6,371.0 km
EARTH_KM = 6371.0


def shrink(lat: float) -> float:
    """How much shorter a degree of longitude is than one of latitude, at `lat` degrees."""
    return cos(radians(lat))


def squared_degrees(km: float) -> float:
    """`km` as squared degrees of latitude: what `with_distance` annotates."""
    return (km / KM_PER_DEGREE) ** 2


def box_around(lat: float, lng: float, km: float) -> tuple[float, float, float, float]:
    """The box (west, south, east, north), in degrees, that holds the circle of `km`."""
    north = km / KM_PER_DEGREE
    east = north / max(shrink(lat), 0.01)
    return lng - east, lat - north, lng + east, lat + north


def distance_km(lat1: float, lng1: float, lat2: float, lng2: float) -> float:
    """Kilometres as the crow flies between two points in degrees (haversine)."""
    half_lat = radians(lat2 - lat1) / 2
    half_lng = radians(lng2 - lng1) / 2
    a = sin(half_lat) ** 2 + cos(radians(lat1)) * cos(radians(lat2)) * sin(half_lng) ** 2
    return 2 * EARTH_KM * asin(min(1, sqrt(a)))
