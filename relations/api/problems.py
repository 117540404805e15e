"""What went wrong, as RFC 9457 has it."""

import json
from collections.abc import Sequence
from http import HTTPStatus

from django.http import HttpResponse
from django.utils.translation import gettext as _

MEDIA_TYPE = "application/problem+json"


def problem(status: HTTPStatus, problems: Sequence[str] = ()) -> HttpResponse:
    """An answer that says what was wrong: a sentence for each thing."""
    body = {
        "type": "about:blank",
        "title": status.phrase,
        "status": status.value,
        "detail": " ".join(problems) or _said(status),
        "problems": list(problems),
    }
    content = json.dumps(body, ensure_ascii=False)
    return HttpResponse(content, content_type=MEDIA_TYPE, status=status)


def _said(status: HTTPStatus) -> str:
    match status:
        case HTTPStatus.NOT_FOUND:
            return _(
                "There is nothing at this address. The document /api/v1/openapi.json lists what there is."
            )
        case HTTPStatus.GONE:
            return _("What was here was withdrawn and is no longer public.")
        case HTTPStatus.METHOD_NOT_ALLOWED:
            return _("The API only reads: ask by GET.")
        case _:
            return status.description
