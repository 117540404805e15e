"""Where the desk's messages wait for the next page."""

from typing import Any

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.messages.storage.session import SessionStorage
from django.http import HttpResponse


class DeskCookieStorage(CookieStorage):
    """A cookie that goes to the desk alone, as that of the session does: Django sends it everywhere."""

    def _update_cookie(self, encoded_data: str, response: HttpResponse) -> None:
        super()._update_cookie(encoded_data, response)  # type: ignore[misc] # no stub
        response.cookies[self.cookie_name]["path"] = settings.SESSION_COOKIE_PATH


class DeskStorage(FallbackStorage):
    """That cookie, and the session for what it cannot hold: a session that is not written ends when it should."""

    storage_classes: Any = (DeskCookieStorage, SessionStorage)
