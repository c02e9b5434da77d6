"""Addresses of posts and hashtags, below /label/."""

from django.urls import path

from label.views import posts

app_name = "posts"

urlpatterns = [
    path("publications/<int:number>/", posts.post, name="post"),
    path("mots/<str:tag>/", posts.tag, name="tag"),
]
