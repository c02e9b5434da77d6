"""Addresses of magazines, below /magazines/.

The words that stand where a magazine's slug could are refused as slugs (models/magazines.py).
"""

from django.urls import path

from webmag.views import joining, lists, magazines, qr, social, taking

app_name = "webmag"

urlpatterns = [
    path("", magazines.magazines, name="magazines"),
    path("etiquette/<slug:tag>/", lists.tag, name="tag"),
    path("commune/<slug:slug>/", lists.commune, name="commune"),
    path("auteur/<slug:slug>/", lists.author, name="author"),
    # Any sign may stand in a page's address: none shall reach Wagtail's own view, which shows
    # what lies below an unpublished page.
    path("<str:magazine>/", magazines.magazine, name="magazine"),
    path("<str:magazine>/apercu.png", social.magazine_card, name="magazine_card"),
    path("<slug:slug>/devenir-contributeur/", joining.join, name="apply"),
    path("<slug:slug>/devenir-contributeur/merci/", joining.joined, name="applied"),
    path("<str:magazine>/rubrique/<slug:section>/", magazines.section, name="section"),
    path("<str:magazine>/<str:slug>/qr.svg", qr.qr, name="qr"),
    path("<str:magazine>/<str:slug>/apercu.png", social.page_card, name="page_card"),
    path("<str:magazine>/<str:slug>/livre.epub", taking.book, name="book"),
    path("<str:magazine>/<str:slug>/livret/", taking.booklet, name="booklet"),
    path("<str:magazine>/<str:slug>/", magazines.page, name="page"),
]
