"""Whom the login counts attempts of."""

from django.conf import settings
from django.http import HttpRequest


def address_of(request: HttpRequest) -> str:
    """The address that a request comes from.

    Behind a proxy it is the last one that `X-Forwarded-For` names, which the proxy itself has
    added: what stands before it anybody can write.
    """
    if settings.BEHIND_PROXY:
        named = str(request.META.get("HTTP_X_FORWARDED_FOR", "")).rpartition(",")[2].strip()
        if named:
            return named
    return str(request.META.get("REMOTE_ADDR", ""))
