"""The API keeps what its OpenAPI document promises, whatever is asked: more than a thousand requests."""

from urllib.parse import parse_qs, urlsplit

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, assume, given, settings
from schemathesis import GenerationMode

from relations.api.endpoints import api

pytestmark = pytest.mark.portable

# Of each address in each mode.
REQUESTS = 50
PATHS = sorted(api.get_openapi_schema(path_prefix="api/v1/")["paths"])


@pytest.fixture
def schema(atlas: None) -> schemathesis.BaseSchema:
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())


def runs_backwards(case: schemathesis.Case) -> bool:
    """What no schema can say: `from` is not after `to`."""
    first, last = (case.query.get(name) for name in ("from", "to"))
    return isinstance(first, int) and isinstance(last, int) and first > last


def sent(url: str) -> dict[str, list[str]]:
    """The parameters in an address: a value such as [None] does not arrive there, and cannot be refused."""
    return parse_qs(urlsplit(url).query, keep_blank_values=True)


@pytest.mark.parametrize(
    ("path", "mode"),
    [
        *((path, GenerationMode.POSITIVE) for path in PATHS),
        # Any text may be a slug: there is no wrong one.
        *((path, GenerationMode.NEGATIVE) for path in PATHS if "{" not in path),
    ],
)
def test_no_request_breaks_a_promise(
    schema: schemathesis.BaseSchema, path: str, mode: GenerationMode
) -> None:
    asked = []

    @settings(
        max_examples=REQUESTS,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=schema[path]["GET"].as_strategy(generation_mode=mode))
    def ask(case: schemathesis.Case) -> None:
        assume(not runs_backwards(case))
        response = case.call(headers={"Accept-Encoding": "identity"})
        if mode is GenerationMode.NEGATIVE:
            assume(case.query.keys() <= sent(response.request.url).keys())
        case.validate_response(response)
        asked.append(response.status_code)

    ask()

    assert len(asked) >= 10
