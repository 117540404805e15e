"""The tables are the last chapter of the page that explains them."""

from bench.compare import DOCUMENT, HEADING, with_results


def test_results_take_the_place_of_the_last_ones():
    page = f"# Title\n\nMethod.\n\n{HEADING}\nOld.\n"

    assert with_results(page, "New.\n") == f"# Title\n\nMethod.\n\n{HEADING}\nNew.\n"


def test_the_page_has_the_chapter_once():
    assert DOCUMENT.read_text().count(HEADING) == 1
