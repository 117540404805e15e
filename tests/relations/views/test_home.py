"""The home page: the list and the maps show the same, and everything on them is a link."""

import re
from collections.abc import Callable
from html import unescape
from importlib import import_module
from typing import Any
from urllib.parse import urljoin

import pytest
from django.test import Client

from relations.models import Place
from relations.queries import Numbers
from tests.factories import (
    make_agreement,
    make_event,
    make_japanese_city,
    make_partnership,
    make_sector,
)

TABLE = [
    "",
    "?region=IT-45",
    "?region=IT-45&region=JP-21",
    "?region=JP-21&sort=-since",
    "?kind=twinning&sort=italian",
    "?sector=culture&sort=-event",
    "?from=1960&to=2006",
    "?q=bologna",
    "?sort=japanese&sel=torino-nagoya",
    "?region=IT-67",
]


SetLimit = Callable[[str, int], None]


@pytest.fixture
def set_limit(monkeypatch: pytest.MonkeyPatch) -> SetLimit:
    """Sets a limit of the page lower than it is, so that a test needs few rows."""
    module = import_module("relations.views.home")
    return lambda name, value: monkeypatch.setattr(module, name, value)


def page(client: Client, query: str = "") -> str:
    response = client.get(f"/en/{query}")
    assert response.status_code == 200
    return response.content.decode()


def slugs_of_table(client: Client, query: str) -> list[str]:
    """The partnerships of the rows of the table."""
    html = client.get(f"/en/partnerships/{query}").content.decode()
    return re.findall(r'class="row-link" href="/en/partnerships/([\w-]+)/"', html)


def rows_of(html: str) -> list[str]:
    """The partnerships of the list, in its order."""
    return re.findall(r'<li class="tie[^>]*?data-tie="([^"]+)"', html)


def frames_of(html: str) -> dict[str, str]:
    """What stands in each frame, by its name."""
    maps = html.split('class="caption"', maxsplit=1)[0]
    parts = re.split(r'data-map="([^"]+)"', maps)[1:]
    return dict(zip(parts[::2], parts[1::2], strict=True))


def anchors(html: str, kind: str) -> list[dict[str, str]]:
    """The attributes of the links of a class."""
    tags = [tag for tag in re.findall(r"<a\s[^>]*>", html) if re.search(rf'class="{kind}[ "]', tag)]
    return [
        {name: unescape(value) for name, value in re.findall(r'([\w-]+)="([^"]*)"', tag)}
        for tag in tags
    ]


def curves_of(html: str) -> list[str]:
    """The partnerships of the curves of a frame, in the order in which they are drawn."""
    return [curve["data-tie"] for curve in anchors(html, "curve")]


def marks_of(html: str) -> list[list[str]]:
    """The partnerships of each mark of a frame."""
    return [mark["data-ties"].split(" ") for mark in anchors(html, "mark")]


def count_line(html: str) -> str:
    """What the page says of how many partnerships it shows."""
    line = re.search(r'data-part="count">(.*?)</p>', html, re.DOTALL)
    assert line is not None
    return " ".join(re.sub(r"<[^>]+>", "", line[1]).split())


def row_link(html: str, slug: str) -> tuple[str, str]:
    """Where the head of a row leads, and whether it is open."""
    row = re.search(rf'id="tie-{slug}".*?href="([^"]+)"\s+aria-expanded="(\w+)"', html, re.DOTALL)
    assert row is not None
    return unescape(row[1]), row[2]


# The numbers


def test_page_counts_what_it_says_it_counts(client: Client, atlas: None) -> None:
    numbers = client.get("/en/").context["numbers"]

    assert numbers == Numbers(
        partnerships=10, agreements=12, italian_places=9, japanese_places=10, events=10, sources=5
    )


def test_page_names_the_latest_dated_agreements(client: Client, atlas: None) -> None:
    latest = client.get("/en/").context["latest"]

    assert [act.signed for act in latest] == ["2025-09-23", "2009", "2006", "2005", "1986"]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("", "10 partnerships"),
        ("?sort=italian&view=world&sel=torino-nagoya", "10 partnerships"),
        ("?region=IT-45", "7 of 10 partnerships"),
        ("?region=JP-08", "1 of 10 partnerships"),
        ("?region=IT-67", "0 of 10 partnerships"),
    ],
)
def test_page_says_how_many_of_all_partnerships_it_shows(
    client: Client, atlas: None, query: str, said: str
) -> None:
    assert count_line(page(client, query)) == said


def test_one_partnership_is_no_plural(client: Client, db: None) -> None:
    make_agreement()

    said = [count_line(page(client, query)) for query in ("", "?kind=twinning", "?q=nowhere")]

    assert said == ["1 partnership", "1 of 1 partnership", "0 of 1 partnership"]


# List and map


@pytest.mark.parametrize("query", TABLE)
def test_list_and_maps_show_the_same_partnerships_in_the_same_order(
    client: Client, atlas: None, query: str
) -> None:
    html = page(client, query)

    rows, frames = rows_of(html), frames_of(html)

    assert rows == slugs_of_table(client, query)
    assert {name: curves_of(frame) for name, frame in frames.items()} == {
        "wide": rows,
        "tall": rows,
    }


@pytest.mark.parametrize(
    ("query", "slugs"),
    [
        (
            "?region=IT-45",
            [
                "emilia-romagna-ibaraki",
                "bologna-hamamatsu",
                "bologna-itabashi",
                "faenza-toki",
                "maranello-sakahogi",
                "monticelli-d-ongina-takko",
                "parma-kagawa",
            ],
        ),
        ("?region=JP-08", ["emilia-romagna-ibaraki"]),
        ("?sector=automotive", ["torino-nagoya"]),
        ("?region=IT-67", []),
    ],
)
def test_list_shows_exactly_the_matching_partnerships(
    client: Client, atlas: None, query: str, slugs: list[str]
) -> None:
    assert sorted(rows_of(page(client, query))) == sorted(slugs)


@pytest.mark.parametrize("query", TABLE)
def test_every_partnership_has_a_mark_at_each_of_its_ends(
    client: Client, atlas: None, query: str
) -> None:
    html = page(client, query)

    ends = sorted(rows_of(html) * 2)
    assert {
        name: sorted(slug for mark in marks_of(frame) for slug in mark)
        for name, frame in frames_of(html).items()
    } == {"wide": ends, "tall": ends}


def test_a_place_with_two_partners_has_one_mark_with_their_number(
    client: Client, atlas: None
) -> None:
    wide = frames_of(page(client, "?q=bologna"))["wide"]

    bologna, *japanese = marks_of(wide)
    assert (sorted(bologna), sorted(japanese)) == (
        ["bologna-hamamatsu", "bologna-itabashi"],
        [["bologna-hamamatsu"], ["bologna-itabashi"]],
    )
    assert re.findall(r'class="mark__count"[^>]*>(\d+)<', wide) == ["2"]


def test_the_world_shows_the_same_on_one_map(client: Client, atlas: None) -> None:
    html = page(client, "?view=world&region=IT-45")

    rows = rows_of(html)
    frames = {name: curves_of(frame) for name, frame in frames_of(html).items()}
    assert (len(rows), frames) == (7, {"world": rows, "world-tall": rows})


def test_each_country_is_one_tab_stop(client: Client, atlas: None) -> None:
    stops = {
        name: [mark["tabindex"] for mark in anchors(frame, "mark")].count("0")
        for name, frame in frames_of(page(client)).items()
    }

    assert stops == {"wide": 2, "tall": 2}


def test_an_empty_result_says_what_to_loosen(client: Client, atlas: None) -> None:
    html = page(client, "?region=IT-67")

    assert html.count("No partnership matches this filter.") == 1


# Selecting


@pytest.mark.parametrize("query", ["", "?region=IT-45&sort=italian", "?view=world"])
def test_each_row_selects_and_the_selected_row_lets_go(
    client: Client, atlas: None, query: str
) -> None:
    sign = "&" if query else "?"
    html = page(client, query)

    for slug in rows_of(html):
        href, is_open = row_link(html, slug)
        assert (href, is_open) == (f"{query}{sign}sel={slug}#tie-{slug}", "false")
    chosen = page(client, f"{query}{sign}sel=parma-kagawa")
    others = [row_link(chosen, slug)[1] for slug in rows_of(chosen) if slug != "parma-kagawa"]
    assert row_link(chosen, "parma-kagawa") == (f"{query or '?'}#tie-parma-kagawa", "true")
    assert others == ["false"] * (len(rows_of(html)) - 1)


def test_the_selected_partnership_is_lit_in_the_list_and_on_the_maps(
    client: Client, atlas: None
) -> None:
    html = page(client, "?sel=parma-kagawa")

    lit = {
        name: [
            link.get("data-tie", link.get("data-ties"))
            for kind in ("curve", "mark")
            for link in anchors(frame, kind)
            if "is-lit" in link["class"].split()
        ]
        for name, frame in frames_of(html).items()
    }
    assert lit == {name: ["parma-kagawa"] * 3 for name in ("wide", "tall")}
    assert re.findall(r'<li class="tie is-open is-lit"\s+id="([^"]+)"', html) == [
        "tie-parma-kagawa"
    ]


def test_the_selected_row_opens_with_its_facts_and_the_way_to_its_page(
    client: Client, atlas: None
) -> None:
    html = page(client, "?sel=parma-kagawa")

    bodies = re.findall(r'<div class="tie__body"( hidden)?>(.*?)</li>', html, re.DOTALL)
    opened = [body for hidden, body in bodies if not hidden]
    assert (len(bodies), len(opened)) == (10, 1)
    assert re.findall(r'href="([^"]+)"', opened[0]) == ["/en/partnerships/parma-kagawa/"]


def test_the_caption_says_what_is_selected_and_else_what_can_be_done(
    client: Client, atlas: None
) -> None:
    def caption(query: str) -> str:
        text = re.search(r'data-part="caption">(.*?)<template', page(client, query), re.DOTALL)
        assert text is not None
        return " ".join(re.sub(r"<[^>]+>", "", text[1]).split())

    assert caption("") == (
        "Point at a partnership to see it on both maps; choose a region or prefecture to filter by it."
    )
    assert caption("?sel=torino-nagoya").startswith("Turin Torino – Nagoya 名古屋市")


def test_a_selected_partnership_that_the_filter_leaves_out_opens_no_row(
    client: Client, atlas: None
) -> None:
    html = page(client, "?region=IT-45&sel=torino-nagoya")

    assert html.count('aria-expanded="true"') == 0
    assert "torino-nagoya" not in rows_of(html)


@pytest.mark.parametrize(
    ("query", "problem"),
    [
        (
            "sel=atlantide-mu",
            "“atlantide-mu” is not a value of “sel”. There is no partnership of this name.",
        ),
        ("view=moon", "“moon” is not a value of “view”. The page cannot be looked at in this way."),
        ("sort=colour", "“colour” is not a value of “sort”. The list cannot be sorted by this."),
    ],
)
def test_unknown_value_gets_a_400_page_that_names_it(
    client: Client, atlas: None, query: str, problem: str
) -> None:
    response = client.get(f"/en/?{query}")

    problems = re.findall(r"<li>(“.*?)</li>", response.content.decode())
    assert (response.status_code, problems) == (400, [problem])


def test_what_a_form_sends_empty_is_taken_out_of_the_address(client: Client, atlas: None) -> None:
    response = client.get("/en/?q=&region=IT-45&from=&sort=")

    assert (response.status_code, response["Location"]) == (302, "/en/?region=IT-45")


# Links


def test_every_link_of_the_page_leads_somewhere(client: Client, atlas: None) -> None:
    for query in ("", "?view=world", "?region=IT-45&sel=parma-kagawa"):
        tags = re.findall(r"<a\s[^>]*>", page(client, query))

        assert [tag for tag in tags if not re.search(r'\shref="[^"]+"', tag)] == []


@pytest.mark.parametrize(
    "kind", ["curve", "mark", "territory", "tie__head", "chip", "switch__link"]
)
def test_a_link_of_the_map_and_of_the_list_is_answered_by_a_page(
    client: Client, atlas: None, kind: str
) -> None:
    html = page(client, "?region=IT-45&sel=bologna-itabashi")
    hrefs = {link["href"].partition("#")[0] for link in anchors(html, kind)}

    answers = {
        client.get(urljoin("/en/", f"{href}&fragment=wide")).status_code
        for href in sorted(hrefs)[:8]
    }

    assert (len(hrefs) > 0, answers) == (True, {200})


def test_every_region_and_prefecture_is_a_link_that_adds_it_to_the_filter(
    client: Client, atlas: None
) -> None:
    frames = frames_of(page(client, "?q=a&sel=torino-nagoya"))

    for frame in frames.values():
        links = {link["data-territory"]: link["href"] for link in anchors(frame, "territory")}
        assert len(links) == 67
        assert links == {code: f"?region={code}&q=a&sel=torino-nagoya" for code in links}


def test_a_region_that_is_chosen_is_taken_off_by_its_link(client: Client, atlas: None) -> None:
    frames = frames_of(page(client, "?region=IT-45&region=JP-08"))

    for frame in frames.values():
        links = {link["data-territory"]: link["href"] for link in anchors(frame, "territory")}
        assert [links[code] for code in ("IT-45", "JP-08", "IT-21", "JP-47")] == [
            "?region=JP-08",
            "?region=IT-45",
            "?region=IT-21&region=IT-45&region=JP-08",
            "?region=IT-45&region=JP-08&region=JP-47",
        ]
        assert re.findall(r'territory__edge" href="#([^"]+)"', frame) == ["IT-45", "JP-08"]


def test_a_region_says_how_many_partnerships_it_would_leave(client: Client, atlas: None) -> None:
    wide = frames_of(page(client, "?region=IT-45"))["wide"]

    said = {link["data-territory"]: link["data-caption"] for link in anchors(wide, "territory")}

    assert [said[code] for code in ("IT-45", "JP-21", "JP-08", "JP-23")] == [
        "Emilia-Romagna: 7 partnerships",
        "Gifu: 2 partnerships",
        "Ibaraki: 1 partnership",
        "Aichi: 0 partnerships",
    ]


@pytest.mark.parametrize(
    ("selected", "leads"),
    [
        ("", "?q=bologna&sel=bologna-hamamatsu"),
        ("&sel=bologna-hamamatsu", "?q=bologna&sel=bologna-itabashi"),
        ("&sel=bologna-itabashi", "?q=bologna"),
        ("&sel=torino-nagoya", "?q=bologna&sel=bologna-hamamatsu"),
    ],
)
def test_a_place_leads_to_the_next_of_its_partnerships_and_the_last_lets_go(
    client: Client, atlas: None, selected: str, leads: str
) -> None:
    wide = frames_of(page(client, f"?q=bologna{selected}"))["wide"]

    bologna, *_ = anchors(wide, "mark")

    assert bologna["href"] == leads


@pytest.mark.parametrize(
    ("query", "links"),
    [
        ("", [("?", "true"), ("?view=world", None), ("/en/timeline/?", None)]),
        (
            "?region=IT-45&sel=parma-kagawa",
            [
                ("?region=IT-45&sel=parma-kagawa", "true"),
                ("?region=IT-45&view=world&sel=parma-kagawa", None),
                ("/en/timeline/?region=IT-45&sel=parma-kagawa", None),
            ],
        ),
        (
            "?q=a&view=world",
            [("?q=a", None), ("?q=a&view=world", "true"), ("/en/timeline/?q=a", None)],
        ),
    ],
)
def test_the_other_view_shows_the_same(
    client: Client, atlas: None, query: str, links: list[tuple[str, str | None]]
) -> None:
    found = anchors(page(client, query), "switch__link")

    assert [(link["href"], link.get("aria-current")) for link in found] == links


@pytest.mark.parametrize(
    ("query", "kept"),
    [("", []), ("?view=world&sel=parma-kagawa", [("view", "world"), ("sel", "parma-kagawa")])],
)
def test_the_form_keeps_the_view_and_the_selection(
    client: Client, atlas: None, query: str, kept: list[tuple[str, str]]
) -> None:
    hidden = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]+)">', page(client, query))

    assert hidden == kept


# Fragments


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("?fragment=wide", ["wide"]),
        ("?fragment=tall", ["tall"]),
        ("?fragment=page", ["wide", "tall"]),
        ("?view=world&fragment=world", ["world"]),
        ("?view=world&fragment=world-tall", ["world-tall"]),
    ],
)
def test_a_fragment_has_the_frame_that_the_window_shows_and_no_page_around_it(
    client: Client, atlas: None, query: str, names: list[str]
) -> None:
    html = page(client, query)

    assert list(frames_of(html)) == names
    assert [html.count(text) for text in ("<html", "<title", 'class="shapes"', "home-numbers")] == [
        0,
        0,
        0,
        0,
    ]


def test_a_page_has_the_shapes_of_its_maps_once(client: Client, atlas: None) -> None:
    ids = re.findall(r'\sid="([^"]+)"', page(client))

    assert [ids.count(name) for name in ("IT-45", "JP-08", "coast-it", "coast-jp", "dot-1")] == [
        1,
        1,
        1,
        1,
        1,
    ]
    assert sorted({name for name in ids if ids.count(name) > 1}) == []


def test_a_fragment_has_the_parts_of_the_page(client: Client, atlas: None) -> None:
    def parts(query: str) -> list[str]:
        return re.findall(r'data-part="([^"]+)"', page(client, query))

    whole = [part for part in parts("?region=IT-45") if "tall" not in part]
    assert parts("?region=IT-45&fragment=wide") == whole
    assert len(set(whole)) == len(whole)


def test_no_link_of_a_fragment_leads_to_a_fragment(client: Client, atlas: None) -> None:
    html = page(client, "?region=IT-45&fragment=wide")

    assert re.findall(r'href="[^"]*fragment[^"]*"', html) == []


# Many partnerships


@pytest.mark.parametrize(("most", "is_bundled"), [(10, False), (9, True)])
def test_partnerships_are_bundled_where_they_are_too_many_for_a_curve_each(
    client: Client, atlas: None, set_limit: SetLimit, most: int, is_bundled: bool
) -> None:
    set_limit("MOST_CURVES", most)

    html = page(client)

    bundles = {name: len(anchors(frame, "bundle")) for name, frame in frames_of(html).items()}
    number = 9 if is_bundled else 0  # two are of Emilia-Romagna and Gifu
    assert bundles == {"wide": number, "tall": number}
    assert ("These are too many partnerships for a curve each" in html) is is_bundled
    assert count_line(html) == "10 partnerships"


def test_a_bundle_leads_to_the_partnerships_that_it_holds(
    client: Client, atlas: None, set_limit: SetLimit
) -> None:
    set_limit("MOST_CURVES", 2)
    wide = frames_of(page(client, "?kind=twinning&kind=friendship_pact&kind=memorandum"))["wide"]

    for bundle in anchors(wide, "bundle"):
        said = re.search(r": (\d+) partnership", bundle["data-caption"])
        assert said is not None
        assert int(said[1]) == len(rows_of(page(client, bundle["href"])))


@pytest.mark.parametrize("query", ["", "?region=IT-45"])
def test_bundles_add_up_to_the_number_of_partnerships(
    client: Client, atlas: None, set_limit: SetLimit, query: str
) -> None:
    set_limit("MOST_CURVES", 2)
    response = client.get(f"/en/{query}")

    sums = [
        sum(bundle.count for bundle in drawing.bundles) for drawing in response.context["drawings"]
    ]

    assert sums == [response.context["page"].paginator.count] * 2


def test_the_list_of_many_partnerships_goes_over_pages_and_the_curves_with_it(
    client: Client, atlas: None, set_limit: SetLimit
) -> None:
    set_limit("MOST_CURVES", 9)
    set_limit("PAGE_SIZE", 4)
    everything = slugs_of_table(client, "")

    html = page(client, "?page=2")

    rows = rows_of(html)
    frames = {name: curves_of(frame) for name, frame in frames_of(html).items()}
    assert rows == everything[4:8]
    assert frames == {"wide": rows, "tall": rows}
    assert re.findall(r'<ol class="ties" start="(\d+)"', html) == ["5"]


def test_a_page_beyond_the_last_is_not_found(client: Client, atlas: None) -> None:
    assert client.get("/en/?page=2").status_code == 404


def test_more_than_a_hundred_and_twenty_partnerships_are_bundled(
    client: Client, atlas: None
) -> None:
    torino, aichi = Place.objects.get(slug="torino"), Place.objects.get(code="JP-23")

    def link_torino(times: int) -> None:
        for _ in range(times):
            japanese = make_japanese_city(region=aichi)
            make_agreement(
                partnership=make_partnership(italian_place=torino, japanese_place=japanese)
            )

    link_torino(110)
    before = page(client)
    link_torino(1)
    after = page(client)

    said = [(count_line(html), len(rows_of(html))) for html in (before, after)]
    hints = [
        html.count("These are too many partnerships for a curve each") for html in (before, after)
    ]
    assert said == [("120 partnerships", 120), ("121 partnerships", 50)]
    assert hints == [0, 2]  # shown, and kept for the script


# Cost


@pytest.fixture(params=[1, 3])
def rows(db: None, request: pytest.FixtureRequest) -> int:
    """The number of partnerships in the atlas, each with an agreement, a sector and an event."""
    number: int = request.param
    for n in range(number):
        partnership = make_partnership(slug=f"partnership-{'abc'[n]}")
        make_agreement(partnership=partnership, sectors=(make_sector(),))
        make_event(partnerships=(partnership,))
    return number


@pytest.mark.parametrize("language", ["it", "ja", "en"])
@pytest.mark.parametrize(
    "cost",
    [
        # again: version. At first also: the index: 6; its order; rows: partnerships, agreements,
        # their sectors, events; statuses; sources; what is below the map: 9
        ("", 23, 1),
        ("?from=1990", 23, 1),
        ("?from=1990&view=world", 23, 1),
        # nothing below the map
        ("?from=1990&fragment=wide", 14, 1),
        # also the look at whether it exists
        ("?sel=partnership-a", 24, 2),
    ],
    ids=["all", "filtered", "world", "fragment", "selected"],
)
def test_page_takes_the_same_number_of_queries_for_any_rows(
    client: Client,
    rows: int,
    language: str,
    cost: tuple[str, int, int],
    django_assert_num_queries: Any,
) -> None:
    """At first, and again while the data have not changed."""
    query, first, again = cost

    with django_assert_num_queries(first):
        client.get(f"/{language}/{query}")
    with django_assert_num_queries(again):
        response = client.get(f"/{language}/{query}")

    assert len(response.context["page"]) == rows


def test_bundles_cost_no_further_query(
    client: Client, rows: int, set_limit: SetLimit, django_assert_num_queries: Any
) -> None:
    set_limit("MOST_CURVES", 0)
    client.get("/en/")

    with django_assert_num_queries(1):
        response = client.get("/en/")

    assert sum(bundle.count for bundle in response.context["drawings"][0].bundles) == rows


def test_a_row_and_its_link_are_those_of_the_request_however_often_it_is_drawn(
    client: Client, atlas: None
) -> None:
    """Rows are kept until the data change; the filter, the language and the selection are not part of them."""
    queries = ("", "?region=IT-45", "?q=a&sel=parma-kagawa", "?view=world", "")
    for language in ("it", "ja", "it"):
        for query in queries:
            html = client.get(f"/{language}/{query}").content.decode()
            links = [link["href"] for link in anchors(html, "tie__head")]

            kept = query.replace("&sel=parma-kagawa", "").removeprefix("?")
            start = f"?{kept}&" if kept else "?"
            assert {link for link in links if not link.startswith((start, f"?{kept}#"))} == set()
            names = re.findall(r'tie__name">([^<]+)<', html)
            assert all("ー" not in name for name in names) == (language == "it")


def test_a_change_is_on_the_page_at_once(client: Client, atlas: None) -> None:
    client.get("/en/")

    Place.objects.filter(slug="faenza").update(name_en="Faventia")

    assert "Faventia" in page(client)
    assert "Faenza –" not in page(client)
