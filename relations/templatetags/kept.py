"""Parts of pages that are drawn once: for as long as the process runs, or until the data change."""

from functools import lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()


@register.simple_tag
def constant(name: str, section: str = "") -> SafeString:
    """A template whose only context is the `section` of the site; drawn once for each language."""
    draw = _constant.__wrapped__ if settings.DEBUG else _constant
    return draw(name, section, get_language())


@lru_cache(maxsize=256)
def _constant(name: str, section: str, language: str) -> SafeString:  # noqa: ARG001 # what it is kept for
    return render_to_string(name, {"section": section})


@register.tag
def kept(parser: Parser, token: Token) -> "KeptNode":
    """Draw a part once until the data change, for each language and day and for each value of what follows its name.

    `{% kept "name" value … %} … {% endkept %}`. Nothing else of the page may be in it that
    is not the same for everyone; a preview of what is not public is drawn each time. Context: `on`; `index` or `filter`, which know the version.
    """
    _tag, *values = token.split_contents()
    nodes = parser.parse(("endkept",))
    parser.delete_first_token()
    return KeptNode([parser.compile_filter(value) for value in values], nodes)


class KeptNode(template.Node):
    """See `kept`."""

    def __init__(self, values: list[FilterExpression], nodelist: NodeList) -> None:
        self.values, self.nodelist = values, nodelist

    def render(self, context: Context) -> SafeString:
        """Take the part from what is kept, or draw it."""
        if settings.DEBUG or context.get("preview"):
            return self.nodelist.render(context)
        index: Any = context.get("index") or context["filter"].index
        key = (get_language(), context["on"], *(value.resolve(context) for value in self.values))
        part: SafeString = index.keep_one(("part", *key), lambda: self.nodelist.render(context))
        return part
