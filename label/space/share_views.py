from django.http import HttpResponse


def share(r):
    return HttpResponse()


def shared(r):
    return HttpResponse()
