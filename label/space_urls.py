"""Addresses of one's own space, below /mon-espace/."""

from django.urls import path

from label.space import (
    data_views,
    home_views,
    listing_views,
    member_views,
    photo_views,
    post_views,
    share_views,
    sticker_views,
)

app_name = "space"

LISTING = "fiche/<slug:slug>/"

urlpatterns = [
    path("", home_views.home, name="home"),
    path(LISTING, listing_views.listing, name="listing"),
    path(f"{LISTING}photos/", photo_views.photos, name="photos"),
    path(f"{LISTING}<slug:name>/", listing_views.part, name="part"),
    path("publier/", post_views.write, name="write"),
    path("partager/", share_views.share, name="share"),
    path("partages/<int:number>/retirer/", share_views.take_down, name="take_down_shared"),
    path("partages/<int:number>/remettre/", share_views.put_back, name="put_back_shared"),
    path("partage-recu/", share_views.shared, name="shared"),
    path("publications/", post_views.posts, name="posts"),
    path("publications/<int:number>/retirer/", post_views.take_down, name="take_down"),
    path("publications/<int:number>/remettre/", post_views.put_back, name="put_back"),
    path("label/<int:number>/page/", member_views.page, name="member_page"),
    path("label/<int:number>/lieux/", member_views.stands, name="member_stands"),
    path("publications/<int:number>/repondre/", post_views.answer, name="answer_post"),
    path("label/<int:number>/autocollants.pdf", sticker_views.stickers, name="stickers"),
    path("label/<int:number>/repondre/", home_views.answer, name="answer"),
    path("label/<int:number>/quitter/", home_views.leave, name="leave"),
    path("label/<int:number>/prolonger/", home_views.renew, name="renew"),
    path("mes-donnees/", data_views.data, name="data"),
    path("mes-donnees/telecharger/", data_views.download, name="download"),
    path("mes-donnees/articles/", data_views.articles, name="articles"),
    path("mes-donnees/supprimer/", data_views.delete, name="delete"),
]
