"""The matrix: every region by every prefecture, from north to south, with sums that add up."""

from collections import Counter

import pytest

from relations.enums import Country, MacroArea
from relations.matrix import by_area, by_territory, csv_rows
from relations.models import Place


def region(code: str, area: MacroArea, latitude: float, name: str = "") -> Place:
    """A region or prefecture that is not saved."""
    name = name or code
    names = {"name_it": name, "name_ja": name, "name_en": name}
    country = Country(code[:2])
    return Place(
        slug=code.lower(), code=code, country=country, macro_area=area, latitude=latitude, **names
    )


TERRITORIES = {
    place.code: place
    for place in (
        region("IT-52", MacroArea.CENTRE, 43.8),
        region("IT-42", MacroArea.NORTH_WEST, 44.4),
        region("IT-21", MacroArea.NORTH_WEST, 45.1),
        region("JP-27", MacroArea.KINKI, 34.7),
        region("JP-13", MacroArea.KANTO, 35.7),
        region("JP-26", MacroArea.KINKI, 35.0),
    )
}
PAIRS = Counter({("IT-52", "JP-26"): 2, ("IT-52", "JP-13"): 1, ("IT-21", "JP-26"): 1})


def test_regions_and_prefectures_stand_by_area_and_then_from_north_to_south():
    table = by_territory(PAIRS, TERRITORIES)

    assert [row.head.code for row in table.rows] == ["IT-21", "IT-42", "IT-52"]
    assert [head.code for head in table.columns] == ["JP-13", "JP-26", "JP-27"]
    assert [(str(label), len(rows)) for label, rows in table.row_groups] == [
        ("North-West", 2),
        ("Centre", 1),
    ]
    assert [(str(label), len(heads)) for label, heads in table.column_groups] == [
        ("Kanto", 1),
        ("Kinki", 2),
    ]


def test_every_pair_has_a_cell_and_the_sums_add_up():
    table = by_territory(PAIRS, TERRITORIES)

    assert [[cell.count for cell in row.cells] for row in table.rows] == [
        [0, 1, 0],
        [0, 0, 0],
        [1, 2, 0],
    ]
    assert [row.total.count for row in table.rows] == [1, 0, 3]
    assert [cell.count for cell in table.totals] == [1, 3, 0]
    assert table.total.count == 4


def test_areas_hold_the_partnerships_of_their_territories():
    table = by_area(PAIRS, TERRITORIES)

    assert [(row.head.label, row.head.codes) for row in table.rows] == [
        ("North-West", ("IT-21", "IT-42")),
        ("Centre", ("IT-52",)),
    ]
    assert [[cell.count for cell in row.cells] for row in table.rows] == [[0, 1], [1, 2]]
    assert [cell.count for cell in (*table.totals, table.total)] == [1, 3, 4]


def test_a_cell_knows_which_values_of_region_find_it():
    table, areas = (make(PAIRS, TERRITORIES) for make in (by_territory, by_area))

    assert [cell.codes for cell in table.rows[2].cells] == [
        ("IT-52", "JP-13"),
        ("IT-52", "JP-26"),
        (),
    ]
    assert (table.rows[2].total.codes, table.totals[1].codes) == (("IT-52",), ("JP-26",))
    assert table.total.codes == ()
    assert areas.rows[0].cells[1].codes == ("IT-21", "IT-42", "JP-26", "JP-27")


def test_the_values_of_region_stay_within_those_that_are_chosen():
    chosen = ["IT-21", "JP-26", "JP-13"]
    pairs = Counter({("IT-21", "JP-26"): 1})
    table, areas = (make(pairs, TERRITORIES, chosen) for make in (by_territory, by_area))

    assert table.rows[0].cells[1].codes == ("IT-21", "JP-26")
    assert table.rows[0].total.codes == ("IT-21", "JP-13", "JP-26")
    assert table.totals[1].codes == ("IT-21", "JP-26")
    assert table.total.codes == ("IT-21", "JP-13", "JP-26")
    assert areas.rows[0].cells[1].codes == ("IT-21", "JP-26")


def test_a_cell_names_both_sides():
    table = by_territory(PAIRS, TERRITORIES)

    assert table.rows[2].cells[1].label == "IT-52 – JP-26"
    assert (table.rows[2].total.label, table.totals[1].label) == ("IT-52", "JP-26")


def test_without_regions_there_is_a_table_of_nothing():
    table = by_territory({}, {})

    assert (table.rows, table.columns, table.totals, table.total.count) == ((), (), (), 0)
    assert table.counts == table.sums == []


def test_file_has_a_head_a_line_for_each_region_and_the_sums():
    assert csv_rows(by_territory(PAIRS, TERRITORIES)) == [
        ["Code", "Region", "JP-13 JP-13", "JP-26 JP-26", "JP-27 JP-27", "Total"],
        ["IT-21", "IT-21", 0, 1, 0, 1],
        ["IT-42", "IT-42", 0, 0, 0, 0],
        ["IT-52", "IT-52", 1, 2, 0, 3],
        ["", "Total", 1, 3, 0, 4],
    ]


@pytest.mark.parametrize("name", ["=1+1", "+39", "-2", "@sum(A1)", "\tx", "\rx"])
def test_a_name_in_the_file_is_never_a_formula(name):
    territories = {"IT-52": region("IT-52", MacroArea.CENTRE, 43.8, name)}

    assert csv_rows(by_territory({}, territories))[1][1] == f"'{name}"
