"""The reference of the API as a page: what the OpenAPI document says, for people, from this site alone."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from relations import headlines
from relations.api.document import document
from relations.exports.examples import EXAMPLES
from relations.filters.index import Index
from relations.uris import origin
from relations.views.parts import once

# So many values of a parameter are written out.
MOST_VALUES = 12
_REFERENCE = "#/components/schemas/"


@dataclass(frozen=True, slots=True)
class Field:
    """A parameter or a field of an object: its name, what it holds, and what it means.

    `parts` are the names of the objects that it holds, which the page describes too.
    """

    name: str
    holds: str
    meaning: str
    parts: tuple[str, ...] = ()
    is_required: bool = False


@dataclass(frozen=True, slots=True)
class Operation:
    """An address."""

    name: str
    path: str
    summary: str
    parameters: list[Field]
    answer: str


@dataclass(frozen=True, slots=True)
class Shape:
    """An object that the API answers with."""

    name: str
    meaning: str
    fields: list[Field]


@require_safe
def reference(request: HttpRequest) -> HttpResponse:
    """All addresses, their parameters and what they answer."""
    whole = once(lambda: document(origin(request)))
    context = {
        "section": "data",
        "headline": headlines.of_page("api"),
        "info": once(lambda: whole()["info"]),
        "operations": once(lambda: list(_operations(whole()))),
        "shapes": once(lambda: list(_shapes(whole()))),
        "examples": EXAMPLES,
        "index": Index.current(),
        "on": timezone.localdate(),
    }
    return render(request, "relations/api_reference.html", context)


def _operations(whole: dict[str, Any]) -> Iterator[Operation]:
    for path, methods in whole["paths"].items():
        get = methods["get"]
        answer = get["responses"][200]["content"]["application/json"]["schema"]["$ref"]
        yield Operation(
            name=get["operationId"],
            path=path,
            summary=get["description"],
            parameters=[
                _field(each["name"], each["schema"], required=each["required"])
                for each in get["parameters"]
            ],
            answer=answer.removeprefix(_REFERENCE),
        )


def _shapes(whole: dict[str, Any]) -> Iterator[Shape]:
    for name, schema in sorted(whole["components"]["schemas"].items()):
        if schema["type"] == "object":
            required = schema.get("required", ())
            fields = [
                _field(field, of, required=field in required)
                for field, of in schema["properties"].items()
            ]
            yield Shape(name, schema.get("description", ""), fields)


def _field(name: str, schema: dict[str, Any], *, required: bool) -> Field:
    return Field(
        name, _holds(schema), schema.get("description", ""), tuple(_parts(schema)), required
    )


def _holds(schema: dict[str, Any]) -> str:
    """In a few words, what values a schema allows."""
    if "anyOf" in schema:
        return " | ".join(_holds(each) for each in schema["anyOf"])
    if "allOf" in schema:
        return _holds(schema["allOf"][0])
    if "$ref" in schema:
        return str(schema["$ref"].removeprefix(_REFERENCE))
    if schema.get("type") == "array":
        return f"[{_holds(schema['items'])}]"
    if values := schema.get("enum"):
        shown = ", ".join(map(str, values[:MOST_VALUES]))
        return f"{shown}, …" if len(values) > MOST_VALUES else shown
    limits = [
        f"{word} {schema[key]}"
        for key, word in (("minimum", "≥"), ("maximum", "≤"))
        if key in schema
    ]
    return " ".join([schema.get("format") or schema.get("type", ""), *limits])


def _parts(schema: dict[str, Any]) -> Iterator[str]:
    for each in (schema, *schema.get("anyOf", ()), *schema.get("allOf", ())):
        reference = each.get("$ref") or each.get("items", {}).get("$ref")
        if reference:
            yield reference.removeprefix(_REFERENCE)
