"""The address of the collected publications, below /api/."""

from django.urls import path

from label.api import views

urlpatterns = [path("v1/items", views.items, name="api_items")]
