"""Sets of rows as numbers are the same sets, and orders of them are those of sorting."""

from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relations.filters.bits import Order, Ordered, Places, flags_of, masks_of, places_in, set_of

SIZE = 200
sets = st.sets(st.integers(0, SIZE - 1))


@given(places=sets)
def test_a_set_has_the_rows_that_were_put_in(places):
    rows = set_of([*places, None], SIZE)

    assert {n for n in range(SIZE) if rows >> n & 1} == places
    assert places_in(rows) == sorted(places)
    assert list(flags_of(rows, SIZE)) == [n in places for n in range(SIZE)]


@given(values=st.lists(st.sampled_from(["a", "b", None]), max_size=SIZE))
def test_each_value_has_the_rows_that_have_it(values):
    masks = masks_of(values)

    assert {value: places_in(rows) for value, rows in masks.items()} == {
        value: [n for n, other in enumerate(values) if other == value] for value in set(values)
    }
    assert masks["another"] == 0


@given(pairs=st.dictionaries(st.integers(0, 50), st.integers(0, 1000)))
def test_a_key_is_where_it_was_put(pairs):
    places = Places(pairs.items())

    assert {key: places.get(key) for key in range(52)} == {key: pairs.get(key) for key in range(52)}
    assert (list(places), len(places)) == (sorted(pairs), len(pairs))


@given(
    order=st.permutations(range(SIZE)).map(lambda rows: rows[: SIZE // 2]),
    wanted=st.one_of(sets, st.sets(st.integers(0, 9)), st.just(set(range(SIZE)))),
    start=st.integers(0, SIZE),
    length=st.integers(0, 60),
)
def test_some_of_an_order_are_a_slice_of_it(order, wanted, start, length):
    """However many there are: few are sorted, many are met on the way."""
    rows = set_of(wanted, SIZE)
    expected = [place for place in order if place in wanted]

    found = Order(iter(order), SIZE).some(rows, start, start + length)

    assert found == expected[start : start + length]


@pytest.fixture
def ordered():
    order = Order([3, 1, None, 2], 5)
    return Ordered(0b11110, order, array("q", [10, 11, 12, 13, 14]))


def test_ordered_keys_are_a_sequence(ordered):
    assert (len(ordered), list(ordered), ordered[0], ordered[-1]) == (3, [13, 11, 12], 13, 12)
    assert (ordered[1:], ordered[:1], ordered[5:9], ordered[::-1]) == (
        [11, 12],
        [13],
        [],
        [12, 11, 13],
    )
    assert 11 in ordered
    assert 14 not in ordered  # it is in the set, but not in the order
    with pytest.raises(IndexError):
        ordered[3]
