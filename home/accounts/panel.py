"""On the administration's first page: the second factor, for those who go without."""

from allauth.mfa.models import Authenticator
from wagtail.admin.ui.components import Component


class SecondFactorPanel(Component):
    """Offers it in two sentences; gone once it is switched on."""

    name = "second-facteur"
    order = 900
    template_name = "account/admin_panel.html"

    def get_context_data(self, parent_context):
        """Whether this person goes without."""
        user = parent_context["request"].user
        has_one = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists()
        return {"offered": not has_one}
