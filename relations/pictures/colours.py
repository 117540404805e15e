"""The light colours of the style sheets, for who draws without a browser."""

import re
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders

_TOKEN = re.compile(r"--([\w-]+): light-dark\((#\w+), #\w+\)")


@cache
def light_colours() -> dict[str, str]:
    """The value of each colour of `static/css/tokens.css` in the light scheme; `tint-it-1` is called `tint_it_1`."""
    found = finders.find("css/tokens.css")
    if not found:
        raise FileNotFoundError("css/tokens.css is not among the static files.")
    sheet = Path(found).read_text("utf-8")
    return {name.replace("-", "_"): value for name, value in _TOKEN.findall(sheet)}
