"""Tells caches in front of the site, such as a CDN, that the data have changed.

Without it they find out by themselves within CDN_SECONDS.
"""

import json
import logging
from threading import Thread
from typing import Any
from urllib.request import Request, urlopen

from django.conf import settings

logger = logging.getLogger("atlas.purging")

# Seconds that one of them has for its answer.
PATIENCE = 5
# As Cloudflare reads it; others ignore it, or have a small relay in front.
_BODY = json.dumps({"purge_everything": True}).encode()


def purge(**_signal: Any) -> list[Thread]:
    """Ask each of PURGE_URLS to forget what it keeps; nobody waits for them, but a command that ends."""
    asked = [Thread(target=_ask, args=(url,)) for url in settings.PURGE_URLS]
    for thread in asked:
        thread.start()
    return asked


def _ask(url: str) -> None:
    headers = {"Content-Type": "application/json"}
    if settings.PURGE_TOKEN:
        headers["Authorization"] = f"Bearer {settings.PURGE_TOKEN}"
    request = Request(url, data=_BODY, headers=headers, method="POST")  # noqa: S310 # `env.urls` lets only the web pass
    try:
        with urlopen(request, timeout=PATIENCE):  # noqa: S310
            logger.info("A cache in front of the site was told that the data have changed.")
    except OSError as error:
        # Not the address, which may hold a secret.
        logger.warning(
            "A cache in front of the site could not be told that the data have changed: %s. "
            "It finds out within %d s.",
            type(error).__name__,
            settings.CDN_SECONDS,
        )
