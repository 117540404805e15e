"""Where the editors' desk is."""

from django.conf import settings
from django.http import HttpRequest


def is_of_the_desk(request: HttpRequest) -> bool:
    """Whether an address is one of the desk, on an instance that has one."""
    return settings.DESK and request.path_info.startswith("/admin/")
