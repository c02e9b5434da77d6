"""Pages of the label in the administration, below /gestion/label/."""

from django.urls import path

from label.admin import (
    charters,
    claim_actions,
    claim_views,
    collected,
    collected_actions,
    member_views,
    post_views,
    source_views,
)

app_name = "label_admin"

urlpatterns = [
    path("demandes/<int:pk>/", claim_views.one_claim, name="claim"),
    path("demandes/<int:pk>/traiter/", claim_actions.decide, name="decide_claim"),
    path("membre/<int:pk>/", member_views.member, name="member"),
    path("membre/<int:pk>/decider/", member_views.act, name="act"),
    path("membre/<int:pk>/autocollants/", member_views.stickers, name="stickers"),
    path("publication/<int:pk>/", post_views.one_post, name="post"),
    path("publication/<int:pk>/decider/", post_views.decide, name="decide_post"),
    path("collectees/<int:pk>/", collected.one_item, name="item"),
    path("collectees/<int:pk>/traiter/", collected_actions.decide, name="decide_item"),
    path("sources/sante/", source_views.health, name="sources_health"),
    path("sources/opml/", source_views.export_list, name="sources_export"),
    path("sources/importer/", source_views.import_list, name="sources_import"),
    path("sources/<int:pk>/agir/", source_views.act, name="source_act"),
    path("charte/<int:pk>/publier/", charters.publish, name="publish_charter"),
]
