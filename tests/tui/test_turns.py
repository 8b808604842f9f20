"""Who speaks, and when: said above the words, never among them."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collection import Testimony
from collection.access import gate
from collection.facts import facts
from collection.testimony import Access, Restriction, Turn
from tests.tui.room import drawn as screen
from tests.tui.room import make_collection, reading
from tests.tui.test_reader import HEBREW, ReaderApp, drawn, select, styled
from tui.ascii import AsciiOnly
from tui.printing import whole
from tui.turns import clock, turn_labels, with_labels

if TYPE_CHECKING:
    from pathlib import Path

WORDS = "Where were you?\n\nAt the mill.\nOn the river.\n\nHow long?"
TURNS = [
    Turn(0, "Anna", 754.0),
    Turn(17, "Ida", 760.0),
    Turn(30, "Ida", 765.0),
    Turn(45, "Anna", 3700.5),
]
LABELS = [(0, "Anna · 0:12:34"), (17, "Ida · 0:12:40"), (45, "Anna · 1:01:40")]


def test_a_label_names_who_takes_up_the_word() -> None:
    assert turn_labels(WORDS, TURNS) == LABELS
    assert turn_labels(WORDS, TURNS[::-1]) == LABELS


def test_a_name_that_the_words_say_is_not_said_twice() -> None:
    account = "ANNA: Where?\n\nIda K.: There.\n\nOh."
    turns = [Turn(0, "Anna"), Turn(14, "Ida K.", 5.0), Turn(30, "Anna")]
    assert turn_labels(account, turns) == [(14, "0:00:05"), (30, "Anna")]


def test_of_times_alone_one_a_minute_is_enough() -> None:
    account = "x\n" * 100
    turns = [Turn(n * 2, "", n * 2.0) for n in range(100)]
    assert turn_labels(account, turns) == [
        (0, "0:00:00"),
        (60, "0:01:00"),
        (120, "0:02:00"),
        (180, "0:03:00"),
    ]
    # A second tape begins at the beginning.
    assert turn_labels(account, [Turn(0, "", 900.0), Turn(4, "", 3.0)]) == [
        (0, "0:15:00"),
        (4, "0:00:03"),
    ]


def test_a_time_within_a_line_parts_no_sentence() -> None:
    account = "WEBB: nineteen and twelve.\n\nBERGE: When?\n\n  It was late then"
    turns = [
        *(Turn(0, "WEBB"), Turn(15, "", 60.0), Turn(19, "WEBB", 62.0), Turn(27, "", 120.0)),
        *(Turn(28, "BERGE"), Turn(36, "", 180.0), Turn(48, "", 300.0)),
    ]
    assert turn_labels(account, turns) == [(28, "0:02:00"), (44, "after 0:03:00")]
    # Where another takes up the word within a line, that is said there.
    told = turn_labels("Yes, and no.", [Turn(0, "Ida", 1.0), Turn(5, "", 70.0), Turn(9, "Rose")])
    assert told == [(0, "Ida · 0:00:01"), (9, "Rose · after 0:01:10")]
    told = turn_labels("a b\nc", [Turn(0, "Ida", 1.0), Turn(2, "", 70.0), Turn(4, "Rose")])
    assert told == [(0, "Ida · 0:00:01"), (4, "Rose · after 0:01:10")]


def test_times_of_many_turns_on_one_line_cost_no_time() -> None:
    account = "x " * 500_000 + " " * 500_000 + "\nx"
    turns = [Turn(n, "", float(n)) for n in range(0, 1_400_000, 14)]
    before = time.process_time()
    assert turn_labels(account, turns)[-1] == (1_500_001, "388:53:06")
    assert time.process_time() - before < 30  # a quadratic one takes minutes


def test_turns_that_say_nothing_or_point_beyond_the_words() -> None:
    assert turn_labels("abc", [Turn(0), Turn(3, "Ida"), Turn(10**15, "Ida", 1.0)]) == []


@pytest.mark.parametrize(
    ("seconds", "told"), [(0.0, "0:00:00"), (62.9, "0:01:02"), (1e9, "277777:46:40")]
)
def test_clock(seconds: float, told: str) -> None:
    assert clock(seconds) == told


@given(
    ends=st.lists(st.integers(0, 6), min_size=1, max_size=8),
    offsets=st.lists(st.integers(0, 50), max_size=8),
)
def test_labels_take_no_line_away(ends: list[int], offsets: list[int]) -> None:
    lines, start = [], 0
    for length in ends:
        lines.append((start, start + length))
        start += length + 1
    labels = [(offset, f"label {n}") for n, offset in enumerate(sorted(offsets))]
    merged, told = with_labels(lines, labels)
    assert [line for number, line in enumerate(merged) if number not in told] == lines
    assert [told[number] for number in sorted(told)] == [label for _, label in labels]
    for (offset, _), number in zip(labels, sorted(told), strict=True):
        below = next(line for n, line in enumerate(merged) if n > number and n not in told)
        assert merged[number] == (below[0], below[0])
        assert below[0] <= offset < below[1] + 1 or below == lines[-1]


# --- on the screen -------------------------------------------------------------------------------


async def test_labels_stand_above_their_turns() -> None:
    app = ReaderApp()
    async with app.run_test(size=(30, 12)) as pilot:
        app.reader.show(WORDS, turns=[t.offset for t in TURNS], labels=LABELS)
        await pilot.pause()
        assert drawn(app.reader)[:10] == [
            "Anna · 0:12:34", "Where were you?", "", "Ida · 0:12:40", "At the mill.", "On the river.",
            "", "Anna · 1:01:40", "How long?", "",
        ]  # fmt: skip
        assert [text for text in styled(app.reader, "italic") if text.strip()] == [
            told for _, told in LABELS
        ]


async def test_hits_selection_and_turns_know_nothing_of_labels() -> None:
    app = ReaderApp()
    async with app.run_test(size=(30, 4)) as pilot:
        reader = app.reader
        reader.show(WORDS, turns=[0, 17, 45], labels=LABELS, marks=[(0, 5), (24, 28)], at=24)
        await pilot.pause()
        assert reader.hit_index == 1
        assert styled(reader, "reverse") == ["mill"]
        reader.focus()
        tops = []
        for key in ("left_curly_bracket",) * 2 + ("right_curly_bracket",) * 3:
            await pilot.press(key)
            tops.append(drawn(reader)[0])
        assert tops == [
            *("Anna · 0:12:34", "Anna · 0:12:34"),
            *("Ida · 0:12:40", "On the river.", "On the river."),
        ]
    app = ReaderApp()
    async with app.run_test(size=(30, 12)) as pilot:
        reader = app.reader
        reader.show(WORDS, labels=LABELS)
        await pilot.pause()
        # From the label of the first turn to that of the second: the words between, and no label.
        assert await select(pilot, reader, (3, 0), (2, 3)) == "Where were you?"
        assert await select(pilot, reader, (2, 3), (6, 4)) == "At the "
        reader.text_select_all()
        await pilot.pause()
        assert reader.screen.get_selected_text() == WORDS


async def test_labels_are_cut_cleaned_and_stand_where_their_paragraph_does() -> None:
    app = ReaderApp(measure=20)
    async with app.run_test(size=(40, 8)) as pilot:
        labels = [(0, "שרה · 0:00:01"), (14, "A\x1b[31m\u202e very\nlong name indeed"), (16, "two")]
        app.reader.show(f"{HEBREW}\nlatin words", labels=labels)
        await pilot.pause()
        assert drawn(app.reader)[:5] == [
            "0:00:01 · הרש".rjust(20),
            "abc םלוע םולש".rjust(20),
            "A␛[31m\ufffd very long n…",
            "two",
            "latin words",
        ]


async def test_a_turn_within_a_line_is_told_above_the_line_at_any_width() -> None:
    words = "one two three four five six seven eight nine ten"
    app = ReaderApp()
    async with app.run_test(size=(60, 8)) as pilot:
        app.reader.show(words, labels=[(words.index("nine"), "Ida")])
        await pilot.pause()
        assert drawn(app.reader)[:2] == ["Ida", words]
        await pilot.resize_terminal(20, 8)
        await pilot.pause()
        assert drawn(app.reader)[:4] == [
            "one two three four",
            "five six seven",
            "Ida",
            "eight nine ten",
        ]


async def test_the_reading_room_says_who_speaks(tmp_path: Path) -> None:
    one = Testimony(id="a", title="Mill", account=WORDS, turns=TURNS)
    path = make_collection(tmp_path / "voices.json", [one])
    async with reading(path) as (pilot, _room):
        shown = screen(pilot)
        assert "Anna · 0:12:34" in shown
        assert "Ida · 0:12:40" in shown


def test_without_unicode_the_sign_between_is_plain() -> None:
    from rich.segment import Segment
    from textual.color import Color

    (segment,) = AsciiOnly().apply([Segment(LABELS[0][1])], Color(0, 0, 0))
    assert segment.text == "Anna * 0:12:34"


# --- in print ------------------------------------------------------------------------------------


def test_print_indents_the_words_below_their_labels() -> None:
    record = Testimony(id="a", title="Mill", account=WORDS + "\r\nAnna · 0:00:00", turns=TURNS)
    told = whole(gate(record)).split("\n\n", 1)[1]
    assert told.split("\n") == [
        "Anna · 0:12:34", "    Where were you?", "", "Ida · 0:12:40", "    At the mill.",
        "    On the river.", "", "Anna · 1:01:40", "    How long?", "    Anna · 0:00:00",
    ]  # fmt: skip
    plain = Testimony(id="a", title="Mill", account=WORDS)
    assert whole(gate(plain)).endswith(f"\n\n{WORDS}")


def test_what_is_sealed_names_nobody() -> None:
    sealed = Access(account=Restriction("private"))
    record = Testimony(id="a", title="Mill", account=WORDS, turns=TURNS, access=sealed)
    assert "Anna" not in whole(gate(record))


def test_lists_of_objects_are_counted_not_spelt_out() -> None:
    extra = {
        "index": [{"time": "1"}, {"time": "2"}],
        "ohms": {"funding": "none", "format": ["a", "b"]},
        "mood": "calm",
    }
    extra["names"] = {"placeName": {f"#{n}": ["there"] for n in range(60)}}
    record = Testimony(id="a", title="Mill", account="x", extra=extra)
    (told,) = [lines for label, lines in facts(gate(record)) if "mood: calm" in lines]
    assert told == [
        "index: 2 entries",
        "ohms.funding: none",
        "ohms.format: a; b",
        "mood: calm",
        "names.placeName: 60 entries",
    ]
