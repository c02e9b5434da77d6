"""« Ne plus rien recevoir »: one button for people, one request for mail programs (RFC 8058)."""

from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from letter import following, links


@never_cache
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request, token):
    """A GET changes nothing: programs that look for viruses open every link.

    A POST stops at once, from anywhere and as often as it comes: the signed link is the proof, and
    mail programs send no cookie. It says the same whether or not the mailbox got the letter.
    """
    box = links.mailbox_of(token, links.STOP)
    if not box:
        return render(request, "letter/link_gone.html", status=404)
    is_done = request.method == "POST"
    if is_done:
        following.stop(box)
    return render(request, "letter/stop.html", {"is_done": is_done})
