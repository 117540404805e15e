"""Rows as one JSON document."""

import json

from relations.exports.items import item
from relations.exports.selection import Selection
from relations.licence import LICENCE_URL


def write_json(selection: Selection) -> bytes:
    """What the document is, then the rows as `items`, in the shapes of the API."""
    context = selection.context
    head = {
        "title": selection.title,
        "url": selection.page,
        "count": selection.count,
        "as_of": context.on.isoformat(),
        "modified": selection.modified.isoformat() if selection.modified else None,
        "licence": LICENCE_URL,
    }
    if selection.subject:
        head["subject"] = item(selection.subject, context).model_dump(mode="json")
    rows = [item(row, context).model_dump(mode="json") for row in selection.rows()]
    return json.dumps(head | {"items": rows}, ensure_ascii=False, separators=(",", ":")).encode()
