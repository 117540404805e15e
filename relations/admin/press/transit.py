"""A release between its reading and its drafts: kept for an hour, one for each account, and then gone."""

import json
from datetime import date
from typing import Any

from relations.admin.press.release_form import Received
from relations.models import Upload

KIND = "press_release"


def put(received: Received, user: Any) -> Upload:
    """Keep it, in place of whatever the same person left before."""
    Upload.objects.clear(user)
    content = {
        "text": received.text,
        "remarks": received.remarks,
        "publisher": received.publisher,
        "url": received.url,
        "received": received.received.isoformat(),
    }
    return Upload.objects.create(
        user_id=user.pk, kind=KIND, name=KIND, content=json.dumps(content).encode()
    )


def received_of(upload: Upload) -> Received:
    """The release that was put there."""
    content = json.loads(bytes(upload.content))
    content["received"] = date.fromisoformat(content["received"])
    content["remarks"] = tuple(content["remarks"])
    return Received(**content)
