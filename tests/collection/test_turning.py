from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collection.testimony import Turn
from collection.turning import moved

BEFORE = "Where were you?\n\nAt the mill.\n\nHow long?"
TURNS = (Turn(0, "Anna", 1.0), Turn(17, "Ida", 2.0), Turn(31, "Anna", 3.0))


def _at(turns: tuple[Turn, ...], text: str) -> list[tuple[str, str]]:
    return [(turn.speaker, text[turn.offset :].partition("\n")[0]) for turn in turns]


@pytest.mark.parametrize(
    ("after", "told"),
    [
        (
            "Well. Where were you?\n\nAt the old mill.\n\nHow long?",
            [("Anna", "Where were you?"), ("Ida", "At the old mill."), ("Anna", "How long?")],
        ),
        (
            "Where were you?\n\nIn the mill.\n\nHow long?",
            [("Anna", "Where were you?"), ("Ida", "In the mill."), ("Anna", "How long?")],
        ),
        ("Where were you?\n\nHow long?", [("Anna", "Where were you?"), ("Anna", "How long?")]),
        ("the mill.\n\nHow long?", [("Ida", "the mill."), ("Anna", "How long?")]),
        ("Something else entirely", [("Anna", "Something else entirely")]),
        ("", []),
    ],
)  # fmt: skip
def test_turns_go_with_their_words(after: str, told: list[tuple[str, str]]) -> None:
    assert _at(moved(TURNS, BEFORE, after), after) == told


_words = st.text(st.sampled_from("ab \n.水"), max_size=30)


@given(old=_words, new=_words, head=_words, tail=_words, data=st.data())
def test_turns_in_what_nobody_touched_stay_at_their_words(
    old: str, new: str, head: str, tail: str, data: st.DataObject
) -> None:
    # The signs around the edit stand nowhere else, so that it is plain what was edited.
    head, tail = f"{head}<1>", f"<2>{tail}"
    before, after = head + old + tail, head + new + tail
    first = data.draw(st.sets(st.integers(0, len(head) - 1), max_size=4))
    last = data.draw(st.sets(st.integers(0, len(tail) - 1), max_size=4))
    inside = data.draw(st.sets(st.integers(0, len(old)), max_size=2))
    turns = [Turn(at, f"head {at}") for at in first]
    turns += [Turn(len(head) + len(old) + at, f"tail {at}") for at in last]
    turns += [Turn(len(head) + at, "inside") for at in inside if at < len(old)]
    there = moved(turns, before, after)
    if old != new:
        assert [turn.offset for turn in there] == sorted({turn.offset for turn in there})
    found = {turn.speaker: turn.offset for turn in there}
    for at in first:
        assert found[f"head {at}"] == at
    for at in last:
        assert found[f"tail {at}"] == len(head) + len(new) + at
    within = [turn.offset for turn in there if turn.speaker == "inside"]
    assert all(len(head) <= at <= len(head) + len(new) for at in within)


@given(before=_words, after=_words, places=st.sets(st.integers(0, 40), max_size=5))
def test_there_and_nowhere_else(before: str, after: str, places: set[int]) -> None:
    turns = tuple(Turn(at, str(at)) for at in sorted(places))
    assert moved(turns, before, before) == turns
    assert len(moved(turns, before, after)) <= len(turns)
    assert moved((), before, after) == ()
