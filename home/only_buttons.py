"""What only a button opens: whoever arrives there by its address is told so, and where to go.

One gets there after logging in anew in the middle of something, or by loading such a page again.
Django's own answer is empty, and browsers then show an error of theirs.
"""

from django.http import HttpResponseNotAllowed
from django.shortcuts import render


class OnlyButtonsMiddleware:
    """Puts a page behind the empty « method not allowed » of a visit."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        """The answer as it is, or the page with the headers that the view gave."""
        response = self.get_response(request)
        if request.method != "GET" or not isinstance(response, HttpResponseNotAllowed):
            return response
        page = render(request, "405.html", status=response.status_code)
        for name, value in response.items():
            page.setdefault(name, value)
        return page
