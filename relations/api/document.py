"""The OpenAPI document: what django-ninja makes of the endpoints, and what it cannot know."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

from relations.api.endpoints import api
from relations.api.problems import MEDIA_TYPE
from relations.filters.index import Index
from relations.licence import LICENCE
from relations.uris import origin

OK = 200
PREFIX = "api/v1/"


def openapi(request: HttpRequest) -> HttpResponse:
    """The document (OpenAPI 3.1), with the codes that the atlas has now."""
    site = origin(request)
    text = Index.current().keep_one(
        ("OpenAPI", get_language(), site), lambda: json.dumps(document(site), ensure_ascii=False)
    )
    return HttpResponse(text, content_type="application/json")


def document(site: str) -> dict[str, Any]:
    """The document; `site` is where the API is, see `relations.uris.origin`."""
    whole: dict[str, Any] = dict(api.get_openapi_schema(path_prefix=PREFIX))
    whole["servers"] = [{"url": site}]
    whole["info"] |= {"license": {"name": LICENCE, "identifier": "CC-BY-4.0"}}
    index = Index.current()
    codes = {"region": list(index.territories), "sector": list(index.vocabulary)}
    for path in whole["paths"].values():
        for operation in path.values():
            _complete(operation, codes)
    return whole


def _complete(operation: dict[str, Any], codes: dict[str, list[str]]) -> None:
    for parameter in operation["parameters"]:
        if parameter["name"] in codes:
            parameter["schema"]["items"]["enum"] = codes[parameter["name"]]
    for status, response in operation["responses"].items():
        if int(status) >= OK + 100:
            response["content"] = {MEDIA_TYPE: response["content"]["application/json"]}
        else:
            response["headers"] = _headers(operation)


def _headers(operation: dict[str, Any]) -> dict[str, Any]:
    """The headers of a good answer."""
    text = {"type": "string"}
    headers = {"ETag": {"description": "For If-None-Match.", "schema": text}}
    if any(parameter["name"] == "page" for parameter in operation["parameters"]):
        headers["Link"] = {
            "description": "The first, last, next and previous page (RFC 8288).",
            "schema": text,
        }
    return headers
