"""Pages of the label in the administration, below /gestion/label/."""

from django.urls import path

from label.admin import (
    charters,
    claim_actions,
    claim_views,
    collected,
    collected_actions,
    members,
)

app_name = "label_admin"

urlpatterns = [
    path("demandes/<int:pk>/", claim_views.one_claim, name="claim"),
    path("demandes/<int:pk>/traiter/", claim_actions.decide, name="decide_claim"),
    path("membre/<int:pk>/", members.member, name="member"),
    path("membre/<int:pk>/decider/", members.act, name="act"),
    path("collectees/<int:pk>/", collected.one_item, name="item"),
    path("collectees/<int:pk>/traiter/", collected_actions.decide, name="decide_item"),
    path("charte/<int:pk>/publier/", charters.publish, name="publish_charter"),
]
