"""The one step between a submitted article and a published one: the magazine's editors."""

from django import forms
from django.db import models
from wagtail.forms import TaskStateCommentForm
from wagtail.models import AbstractGroupApprovalTask, TaskState


class ReasonForm(TaskStateCommentForm):
    """Why an article goes back: whoever wrote it needs to know what to mend."""

    comment = forms.CharField(
        label="Ce qu’il faudrait reprendre",
        required=True,
        max_length=4000,
        widget=forms.Textarea({"rows": 6}),
        error_messages={"required": "Dites en une phrase ce qui est à reprendre."},
    )


class EditorsReview(AbstractGroupApprovalTask):
    """A magazine's editors read, send back with reasons, or publish."""

    class Meta:
        verbose_name = "relecture"
        verbose_name_plural = "relectures"

    def get_actions(self, obj, user):
        """« À reprendre » asks for the reasons, « Accepter et publier » for nothing.

        Wagtail itself adds « et publier » at the last step.
        """
        if not (user.is_superuser or self._user_in_groups(user)):
            return []
        return [("reject", "À reprendre…", True), ("approve", "Accepter", False)]

    def get_form_for_action(self, action):
        """The form behind « À reprendre »."""
        return ReasonForm if action == "reject" else super().get_form_for_action(action)

    @classmethod
    def get_description(cls):
        """What it is, in the administration's list of tasks."""
        return "La rédaction du magazine relit, demande une reprise ou publie."


class Reminder(models.Model):
    """The editors were told again that something waits: once, not each week."""

    task_state = models.OneToOneField(TaskState, on_delete=models.CASCADE, related_name="+")
    sent_at = models.DateTimeField(auto_now_add=True)

    def __str__(self):
        return f"rappel du {self.sent_at:%d/%m/%Y}"
