"""Addresses of the markets, below /marches/."""

from django.urls import path

from directory.views import market_calendars, markets

app_name = "markets"

urlpatterns = [
    path("", markets.day, name="day"),
    path("texte/", markets.text, name="text"),
    path("autour/agenda.ics", market_calendars.around, name="calendar_around"),
    path("<slug:slug>.ics", market_calendars.market, name="calendar"),
]
