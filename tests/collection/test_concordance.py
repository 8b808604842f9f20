from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

import msgspec
import pytest

from collection import Collection, Testimony
from collection.concordance import REACH, Line, hits_in, key_of, line_at
from collection.errors import NotFound
from collection.testimony import Access, Restriction


class Marked:
    """A result in which every one of some words is marked."""

    def __init__(self, ids: Sequence[str], words: Sequence[str]) -> None:
        self.ids = ids
        self.words = words
        self.asked = 0

    def marks(self, text: str, field: str | None = None) -> list[tuple[int, int]]:
        self.asked += 1
        spans = []
        for word in self.words:
            start = text.find(word)
            while start >= 0:
                spans.append((start, start + len(word)))
                start = text.find(word, start + len(word))
        return sorted(spans)


def concordance(found: Any, view: Callable[[str], Testimony], reach: int = REACH) -> Iterator[Line]:
    """Go through the hits of a search as the screen does, but all at once."""
    for id in found.ids:
        try:
            testimony = view(id)
        except NotFound:
            continue
        for number, span in enumerate(hits_in(testimony.account, found)):
            yield line_at(testimony, span, number, reach)


def lines_of(account: str, words: Sequence[str], reach: int = 80) -> list[Line]:
    testimony = Testimony(id="t-1", title="T", account=account)
    return [*concordance(Marked(["t-1"], words), lambda _: testimony, reach=reach)]


def test_a_hit_stands_between_what_is_written_before_and_behind_it() -> None:
    first, second = lines_of("To Lodz by train.\nIn Lodz\twe stayed.", ["Lodz"], reach=9)
    assert (first.left, first.hit, first.right) == ("To ", "Lodz", " by train")
    assert (second.left, second.hit, second.right) == ("rain. In ", "Lodz", " we staye")
    assert (first.id, first.start, first.end, first.number) == ("t-1", 3, 7, 0)
    assert (second.start, second.end, second.number) == (21, 25, 1)


@pytest.mark.parametrize(
    ("account", "words", "hits"),
    [
        ("Alma Ata", ["Alma", "Ata"], ["Alma Ata"]),
        ("Alma-Ata", ["Alma", "Ata"], ["Alma-Ata"]),
        ("of Alma\nAta then", ["Alma", "Ata"], ["Alma\nAta"]),
        ("Alma, the Ata", ["Alma", "Ata"], ["Alma", "Ata"]),
        ("the end: Alma\n\nAta began", ["Alma", "Ata"], ["Alma", "Ata"]),
        ("Lodz, Lodz, Lodz", ["Lodz"], ["Lodz", "Lodz", "Lodz"]),
        ("Lodz lodz", ["Lodz", "lodz"], ["Lodz", "lodz"]),
        ("北京大学", ["北", "京"], ["北京"]),
        ("人人", ["人"], ["人人"]),
        ("nothing", ["x"], []),
        ("", ["x"], []),
    ],
)
def test_words_of_one_phrase_are_one_hit(account: str, words: list[str], hits: list[str]) -> None:
    found = [account[start:end] for start, end in hits_in(account, Marked((), words))]
    assert found == hits


def test_only_as_many_testimonies_are_looked_at_as_there_are_lines_wanted() -> None:
    found = Marked([f"t-{n}" for n in range(100_000)], ["here"])
    viewed: list[str] = []

    def view(id: str) -> Testimony:
        viewed.append(id)
        return Testimony(id=id, title="T", account="here and here")

    first = [*islice(concordance(found, view), 30)]
    assert [line.id for line in first[:3]] == ["t-0", "t-0", "t-1"]
    assert len(viewed) == found.asked == 15


def test_what_has_just_been_withdrawn_is_passed_over() -> None:
    def view(id: str) -> Testimony:
        if id == "gone":
            raise NotFound("There is none.")
        return Testimony(id=id, title="T", account="here")

    assert [line.id for line in concordance(Marked(["gone", "kept"], ["here"]), view)] == ["kept"]


def test_lines_are_sorted_outwards_from_the_hit_folded_and_stable() -> None:
    account = "We saw Lodz Żyd; they left Lodz (ark). I left Lodz. We saw Lodz zyd."
    lines = lines_of(account, ["Lodz"])
    assert [line.number for line in sorted(lines, key=partial(key_of, by="right"))] == [1, 2, 3, 0]
    assert [line.number for line in sorted(lines, key=partial(key_of, by="left"))] == [2, 1, 0, 3]
    assert sorted(lines, key=partial(key_of, by="found")) == lines


def test_offsets_beyond_an_account_that_was_shortened_do_no_harm() -> None:
    line = line_at(Testimony(id="t", title="T", account="short"), (40, 44))
    assert (line.hit, line.right) == ("", "")


def test_a_collections_results_and_views_serve_and_what_is_sealed_has_no_lines(
    file: Path,
) -> None:
    sealed = Restriction("embargoed", "2051-01-01", "")
    made = [
        Testimony(id="a", title="Open", account="Hunger in Łódź. Then forced labour."),
        Testimony(id="b", title="Account sealed", account="Hunger in Łódź.", places=["Łódź"],
                  access=Access(account=sealed)),
        Testimony(id="c", title="All sealed", account="Hunger in Łódź.",
                  access=Access(record=sealed)),
    ]  # fmt: skip
    with Collection.open(file) as voices:
        for one in made:
            voices.add(one)

        def view(id: str) -> Testimony:
            return voices.view(id).testimony

        lines = [*concordance(voices.search("lodz"), view)]
        assert [(line.id, line.hit) for line in lines] == [("a", "Łódź")]
        (phrase,) = concordance(voices.search('"forced labour"'), view)
        assert phrase.hit == "forced labour"
        voices.reveal(True)
        assert {line.id for line in concordance(voices.search("lodz"), view)} == {"a", "b", "c"}


def test_a_line_can_be_written_as_json() -> None:
    (line,) = lines_of("in Lodz then", ["Lodz"])
    assert msgspec.to_builtins(line)["hit"] == "Lodz"
