"""What pages make of the data is made once, and no more of it is kept than there is room for."""

import sys

from relations.filters.kept import PLACE, RECORD, Kept


def test_what_is_made_of_the_data_is_made_once_for_each_key():
    kept = Kept()
    asked = []

    def make(keys):
        asked.append(list(keys))
        return {key: f"made of {key}" for key in keys}

    assert kept.take("rows", [1, 2], make) == {1: "made of 1", 2: "made of 2"}
    assert kept.take("rows", [2, 3], make) == {2: "made of 2", 3: "made of 3"}
    assert kept.take("others", [2], make) == {2: "made of 2"}
    assert asked == [[1, 2], [3], [2]]


def test_what_cannot_be_made_is_left_out_and_asked_for_again():
    kept = Kept()

    assert kept.take("rows", [1], lambda _keys: {}) == {}
    assert kept.take("rows", [1], lambda _keys: {1: "made"}) == {1: "made"}


def test_what_was_not_asked_for_the_longest_gives_way(monkeypatch):
    monkeypatch.setattr("relations.filters.kept.MOST_KEPT", 2 * (PLACE + sys.getsizeof("made")))
    kept = Kept()
    made = []

    for key in (1, 2, 1, 3, 1, 2):
        kept.take("rows", [key], lambda keys: made.extend(keys) or {keys[0]: "made"})

    assert made == [1, 2, 3, 2]  # 1 was asked for again before 3 took the room of 2


def test_a_record_takes_the_room_of_many_short_texts(monkeypatch):
    monkeypatch.setattr("relations.filters.kept.MOST_KEPT", RECORD + PLACE)
    kept = Kept()
    made = []

    def take(key, value):
        kept.take("rows", [key], lambda keys: made.extend(keys) or {key: value})

    for key, value in ((1, "text"), (2, object()), (2, object()), (1, "text")):
        take(key, value)

    assert made == [1, 2, 1]
