"""The address of the articles, below /api/."""

from django.urls import path

from webmag.api import views

urlpatterns = [path("v1/articles", views.articles, name="api_articles")]
