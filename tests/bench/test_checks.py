"""What is fast because it is something else is found out."""

import pytest

from bench import checks
from bench.processes import Answer

LIST = b'<span class="option__count">1</span>' * 60 + b"".join(
    b'<a href="/it/partnerships/made-%d/">' % n for n in range(50)
)


def answer(body=b"", status=200, **headers):
    return Answer(
        status, {name.replace("_", "-"): value for name, value in headers.items()}, body, 0
    )


def test_a_list_with_rows_and_counts_is_accepted():
    checks.list_page(answer(LIST))


@pytest.mark.parametrize(
    "wrong",
    [
        answer(LIST, 400),
        answer(LIST.replace(b"option__count", b"option")),
        answer(LIST.replace(b"/partnerships/", b"/places/")),
    ],
)
def test_a_list_that_lacks_something_is_refused(wrong):
    with pytest.raises(ValueError, match="The list answered"):
        checks.list_page(wrong)


def test_a_whole_page_is_no_304():
    with pytest.raises(ValueError, match="304 as it is was expected, and 200 gzip came"):
        checks.status(304)(answer(b"whole", content_encoding="gzip"))


def test_what_is_not_compressed_as_asked_is_refused():
    with pytest.raises(ValueError, match="200 gzip was expected"):
        checks.status(200, "gzip")(answer(b"plain"))


def test_only_a_hit_is_from_the_cache():
    checks.from_cache(answer(b"page", content_encoding="gzip", x_cache_status="HIT"))

    with pytest.raises(ValueError, match="nginx says MISS"):
        checks.from_cache(answer(b"page", content_encoding="gzip", x_cache_status="MISS"))


def test_datasette_must_have_counted_every_facet():
    facets = "".join(f'<div id="facet-{name}">' for name in checks.FACETS)
    page = f'{facets}<table class="rows-and-columns">'
    checks.datasette(answer(page.encode()))

    for wrong in (page.replace("facet-kind", ""), f"{page} These facets timed out: kind"):
        with pytest.raises(ValueError, match="Datasette answered 200"):
            checks.datasette(answer(wrong.encode()))
