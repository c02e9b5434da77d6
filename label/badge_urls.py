"""Addresses of badges, below /badge/: other people's pages embed them, so they stay."""

from django.urls import path

from label.views import badges, statements

app_name = "badge"

urlpatterns = [
    path("<str:code>.svg", badges.badge, name="badge"),
    path("<str:code>.json", statements.statement, name="statement"),
]
