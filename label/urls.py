"""Addresses of the label, below /label/."""

from django.urls import path

from label.views import charter, members, statements, verify

app_name = "label"

MEMBER = "membres/<slug:slug>/"

urlpatterns = [
    path("", members.label, name="label"),
    path("charte/", charter.current, name="charter"),
    path("charte/<int:number>/", charter.version, name="charter_version"),
    path("membres/", members.members, name="members"),
    path("membres/metier/<slug:trade>/", members.members, name="members_by_trade"),
    path("membres/commune/<slug:commune>/", members.members, name="members_by_commune"),
    path(MEMBER, members.member, name="member"),
    path(f"{MEMBER}badge/", members.badge, name="member_badge"),
    path(f"{MEMBER}apercu.png", members.drawn_card, name="drawn_card"),
    path(f"{MEMBER}carte/", members.card, name="card"),
    path("cles.json", statements.public_keys, name="keys"),
    path("revocations.json", statements.revocations, name="revocations"),
    path("verifier/", verify.ask, name="verify_ask"),
    path("verifier/badge-signe/", verify.signed, name="verify_signed"),
    path("verifier/<str:code>/", verify.verify, name="verify"),
]
