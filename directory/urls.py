"""Addresses of the directory, below /annuaire/."""

from django.urls import path

from directory import views
from directory.views import market_calendars

app_name = "directory"

LISTING = "fiche/<slug:slug>/"

urlpatterns = [
    path("", views.search, name="search"),
    path("commune/", views.communes, name="communes"),
    path("commune/<slug:slug>/", views.commune, name="commune"),
    path("commune/<slug:slug>/<slug:category>/", views.commune, name="commune_category"),
    path("categorie/<slug:slug>/", views.category, name="category"),
    path("proposer/", views.propose, name="propose"),
    path("proposer/suggestions/", views.suggest, name="suggest"),
    path("demande/envoyee/", views.link_sent, name="link_sent"),
    path("demande/confirmer/<str:token>/", views.confirm, name="confirm"),
    path("demande/preciser/<str:token>/", views.add_precision, name="precision"),
    path(LISTING, views.listing, name="listing"),
    path(f"{LISTING}vignette/", views.card, name="card"),
    path(f"{LISTING}contact.vcf", views.vcard, name="vcard"),
    path(f"{LISTING}qr.svg", views.qr, name="qr"),
    path(f"{LISTING}apercu.png", views.drawn_card, name="drawn_card"),
    path(
        f"{LISTING}ou-me-trouver.ics",
        market_calendars.producer,
        name="stands_calendar",
    ),
    path(f"{LISTING}corriger/", views.ask_correction, name="correct"),
    path(f"{LISTING}gerer/", views.ask_to_manage, name="manage"),
    path(f"{LISTING}retirer/", views.ask_removal, name="remove"),
    path(f"{LISTING}merci/", views.thanks, name="thanks"),
]
