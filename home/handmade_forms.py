"""Forms of the administration that somebody made by hand: a wrong number is no error of ours.

Wagtail 7.4 takes what a form names for numbers: its choosers ask the database while the form is
drawn again, and a body's number of blocks is read as it comes. A NUL or a word there would end in
an error page.
"""

from django.core.exceptions import BadRequest, ValidationError
from django.utils.datastructures import MultiValueDictKeyError
from django.views.defaults import bad_request
from wagtail.admin.forms.choosers import URLOrAbsolutePathField
from wagtail.admin.widgets import BaseChooser
from wagtail.blocks.stream_block import BaseStreamBlock

from home.middleware import admin_prefix

chosen_by_wagtail = BaseChooser.get_instance
read_by_wagtail = BaseStreamBlock.value_from_datadict
address_of_wagtail = URLOrAbsolutePathField.to_python


def get_instance(self, value):
    """The thing of this number, or None."""
    if value is not None and not isinstance(value, self.model_class):
        try:
            self.model_class._meta.pk.to_python(value)
        except ValidationError:
            return None
    return chosen_by_wagtail(self, value)


def value_from_datadict(self, data, files, prefix):
    """The blocks that were sent; raises `BadRequest` when their numbers are none."""
    try:
        return read_by_wagtail(self, data, files, prefix)
    except (ValueError, MultiValueDictKeyError) as error:
        raise BadRequest("a body that no editor of ours has sent") from error


def to_python(self, value):
    """An address; one that is missing is an empty one."""
    return address_of_wagtail(self, value or "")


def install():
    """Take the place of Wagtail's own; it has no setting that reaches them."""
    BaseChooser.get_instance = get_instance
    BaseStreamBlock.value_from_datadict = value_from_datadict
    URLOrAbsolutePathField.to_python = to_python


class HandmadeFormsMiddleware:
    """What Wagtail's own views take for granted in what is sent to them: 400 where it is not so."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        """Where to go on to is an address: a bare word would be looked for among the views."""
        # Who is not logged in is sent to the login, whatever they sent.
        at_the_desk = is_sent_to_the_desk(request) and request.user.is_authenticated
        further = request.POST.get("next", "") if at_the_desk else ""
        if further and not further.startswith(("/", "http://", "https://", "?")):
            return bad_request(request, BadRequest("no address to go on to"))
        return None

    def process_exception(self, request, exception):
        """A field that every form of theirs has is missing."""
        if is_sent_to_the_desk(request) and isinstance(exception, MultiValueDictKeyError):
            return bad_request(request, exception)
        return None


def is_sent_to_the_desk(request):
    """Whether a form of the administration came in."""
    return request.method == "POST" and request.path.startswith(admin_prefix())
