"""`{% url %}` and `{% static %}` as Django has them, each address worked out once.

A page asks for a dozen of each.
"""

from functools import lru_cache

from django import template
from django.conf import settings
from django.template.defaulttags import URLNode
from django.template.defaulttags import url as django_url
from django.templatetags.static import StaticNode
from django.urls import NoReverseMatch, get_script_prefix, get_urlconf, reverse
from django.utils.html import conditional_escape

from home.static_files import static as address_of_file

register = template.Library()
# Some 300 bytes each.
MOST_KEPT = 8192


class AddressNode(URLNode):
    """An address of a name and texts; with anything else it is Django's own."""

    def render(self, context):
        """Print the address, or keep it under the name after `as` (empty where there is none)."""
        args = tuple(arg.resolve(context) for arg in self.args)
        if self.kwargs or not all(isinstance(arg, str) for arg in args):
            return super().render(context)
        try:
            found = known(self.view_name.resolve(context), args, *surroundings(context))
        except NoReverseMatch:
            if not self.asvar:
                raise
            found = ""
        if self.asvar:
            context[self.asvar] = found
            return ""
        return conditional_escape(found) if context.autoescape else found


def surroundings(context):
    """What else an address depends on: the room that is shown, the site's addresses, its prefix."""
    request = getattr(context, "request", None)
    match = getattr(request, "resolver_match", None)
    room = getattr(request, "current_app", None) or (match.namespace if match else None)
    return room, get_urlconf() or settings.ROOT_URLCONF, get_script_prefix()


@lru_cache(maxsize=MOST_KEPT)
def known(name, args, room, _urlconf, _prefix):
    """The address, kept. Raises `NoReverseMatch`."""
    return reverse(name, args=args, current_app=room)


@register.tag
def url(parser, token):
    """`{% url "name" … [as variable] %}`."""
    node = django_url(parser, token)
    return AddressNode(node.view_name, node.args, node.kwargs, node.asvar)


class FileNode(StaticNode):
    """A static file's address."""

    def url(self, context):
        """The address as it stands in a page."""
        found = address_of_file(self.path.resolve(context))
        return conditional_escape(found) if context.autoescape else found


@register.tag
def static(parser, token):
    """`{% static "path" [as variable] %}`."""
    return FileNode.handle_token(parser, token)
