"""Addresses of claims, below /label/demande/."""

from django.urls import path

from label.views import claims, contests, invitations, still_true

app_name = "claims"

LISTING = "fiche/<slug:slug>/"
CLAIM = "<slug:number>/"

urlpatterns = [
    path(LISTING, claims.start, name="start"),
    path(f"{LISTING}inviter/", invitations.invite, name="invite"),
    path("contester/<str:token>/", contests.contest, name="contest"),
    path("invitation/<str:word>/", invitations.accept, name="invitation"),
    path("toujours-exact/<str:token>/", still_true.confirm, name="still_true"),
    path(CLAIM, claims.claim, name="claim"),
    path(f"{CLAIM}envoyer/", claims.send, name="send"),
    path(f"{CLAIM}code/", claims.code, name="code"),
    path(f"{CLAIM}site/", claims.site, name="site"),
    path(f"{CLAIM}site/fichier-signe/", claims.site_file, name="site_file"),
    path(f"{CLAIM}contact/", claims.contact, name="contact"),
    path(f"{CLAIM}charte/", claims.charter, name="charter"),
    path(f"{CLAIM}abandonner/", claims.withdraw, name="withdraw"),
]
