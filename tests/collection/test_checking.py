from __future__ import annotations

import msgspec
import tinydb

from collection import Collection, Testimony
from collection.dates import DateSpan
from collection.testimony import Access, Narrator, Restriction, Turn


def test_a_sound_collection_has_no_problems(voices: Collection) -> None:
    voices.add(Testimony(title="a", account="b"))
    assert voices.check() == []


def test_what_is_wrong_is_told_with_its_place(voices: Collection) -> None:
    past = Restriction("embargoed", "2001-01-01")
    voices.add(
        Testimony(id="a", title="a", account="b", turns=[Turn(5)], access=Access(media=past))
    )
    voices.add(
        Testimony(
            id="kovacs", title="a", account="b", narrator=Narrator("Anna", "", "János Kovács")
        )
    )
    bad = Testimony(
        id="c",
        title="a",
        account="b",
        rendering="sung\x1b[31m",
        date=DateSpan("x", None, "1944-99-99"),
    )
    sealed = msgspec.structs.replace(bad, id="d", access=Access(record=Restriction("private")))
    voices.fold()
    before = voices.path.read_bytes()
    with tinydb.TinyDB(voices.path) as stock:
        stock.table("testimonies").insert_multiple(
            [{"title": 3}, *map(msgspec.to_builtins, (bad, sealed))]
        )
    assert voices.catch_up()
    told = {(problem.field, problem.message.partition(":")[0]) for problem in voices.check()}
    assert told == {
        (
            "",
            "Entry 3 of the file cannot be read (Expected `str`, got `int` - at `$.title`); it was left as it is.",
        ),
        ("turns", "a"),
        ("access.media", "a"),
        ("id", "kovacs"),
        ("rendering", "c"),
        ("date.earliest", "c"),
        ("rendering", "d"),
        ("date.earliest", "d"),
    }
    assert all(
        problem.message.isprintable() and problem.value.isprintable() for problem in voices.check()
    )
    assert not any(
        "1944" in problem.message + problem.value
        for problem in voices.check()
        if problem.message.startswith("d:")
    )
    assert any("1944-99-99" in problem.message for problem in voices.check())
    voices.reveal(True)
    assert any(
        "1944-99-99" in problem.message
        for problem in voices.check()
        if problem.message.startswith("d:")
    )
    assert voices.path.read_bytes() != before
    assert Collection.open(voices.path, read_only=True).check()
