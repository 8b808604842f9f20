"""Writing out: safe names, nothing replaced unasked, all of it or nothing."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collection import Collection, Testimony
from collection.access import Gated, gate
from collection.errors import CannotSave, CollectionError, NotFound
from collection.exchange.exporting import Outcome, export, file_names, is_folder
from collection.exchange.formats import WRITERS, format_for, writer
from collection.exchange.interface import Unfit
from collection.testimony import Access, Restriction, Turn


def some(*ids: str) -> list[Gated]:
    turns = [Turn(0, "A", 0.0)]
    return [
        gate(Testimony(id=id, title=f"Title of {id}", account="words", turns=turns)) for id in ids
    ]


SEALED = gate(
    Testimony(id="shut", title="T", account="A", access=Access(record=Restriction("private")))
)


class Picky:
    """A format that takes one testimony a file, and not every one."""

    name, label, about, suffix, single = "picky", "picky", "for tests", ".txt", False

    def write(self, testimonies: Iterable[Gated]) -> Iterator[bytes]:
        for gated in testimonies:
            if gated.testimony.id.startswith("bad"):
                raise Unfit("It has no times.")
            yield gated.testimony.account.encode()


# --- names -----------------------------------------------------------------------------------

NASTY = [
    "../../etc/passwd", "..", ".", "", "/", "a/b", "a\\b", "CON", "con.txt", "NUL", "LPT1", "-rf",
    "a" * 300, "ż" * 200, "FH-1", "fh-1", "Fh-1", "e\u0301", "\u00e9", "trailing.", "trailing ",
    "x\0y", "a:b", "\ud800", "~root", "*?", "$(reboot)", "\u202egpj", "con", "aux .x", "\ufb01", "fi",
]  # fmt: skip


def check_names(ids: list[str], suffix: str) -> None:
    names = [*file_names(ids, suffix)]
    assert len(names) == len(ids)
    alike = {unicodedata.normalize("NFKD", name).casefold() for name in names}
    assert len(alike) == len(ids)
    for name in names:
        stem = name.removesuffix(suffix)
        assert not re.search(r'[/\\:*?"<>|\x00-\x1f\x7f\ud800-\udfff]', name)
        assert stem[0] not in ".-~ "
        assert stem[-1] not in ". "
        assert len(name.encode()) < 200
        assert not re.fullmatch(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?", stem)


@given(st.lists(st.text(max_size=20) | st.sampled_from(NASTY), unique=True, max_size=12))
def test_any_identifiers_get_safe_names_of_their_own(ids: list[str]) -> None:
    check_names(ids, ".md")


def test_nasty_identifiers() -> None:
    check_names(NASTY, ".csl.json")
    assert [*file_names(["FH-0001", "łódź 3"], ".md")] == ["FH-0001.md", "łódź 3.md"]
    # The name of a file does not hang on which others leave with it.
    assert [*file_names(["a/b"], ".md")] == [*file_names(["c", "a/b"], ".md")][1:]


def test_nasty_identifiers_stay_in_their_folder(tmp_path: Path) -> None:
    views = [gate(Testimony(id=id or "empty", title="T", account="A")) for id in NASTY]
    before = {*tmp_path.iterdir()}
    outcome = export(writer("md"), views, tmp_path / "out", folder=True)
    assert {*tmp_path.iterdir()} - before == {tmp_path / "out"}
    assert outcome.files == len([*(tmp_path / "out").iterdir()]) == len(NASTY)


# --- one file --------------------------------------------------------------------------------


@pytest.mark.parametrize("name", WRITERS)
def test_every_format_writes_a_file_and_counts(name: str, tmp_path: Path) -> None:
    made = writer(name)
    path = tmp_path / f"out{made.suffix}"
    told: list[int] = []
    views = [*some("a", "b"), SEALED] if made.single else [*some("a"), SEALED]
    outcome = export(made, views, path, folder=False, progress=told.append)
    assert path.stat().st_size
    assert path.stat().st_mode & 0o077 == 0
    assert (outcome.written, outcome.sealed, outcome.files) == (len(views) - 1, 1, 1)
    assert max(told) == len(views)
    assert b"shut" not in path.read_bytes()
    assert writer(format_for(path.name) or "").suffix == made.suffix


def test_a_file_that_is_there_is_replaced_only_when_asked(tmp_path: Path) -> None:
    path = tmp_path / "out.md"
    path.write_text("mine")
    with pytest.raises(CannotSave, match="is there already"):
        export(writer("md"), some("a"), path, folder=False)
    assert path.read_text() == "mine"
    export(writer("md"), some("a"), path, folder=False, replace=True)
    assert "Title of a" in path.read_text()
    assert [*tmp_path.iterdir()] == [path]


def test_a_file_that_comes_meanwhile_stays(tmp_path: Path) -> None:
    path = tmp_path / "out.md"
    with pytest.raises(CannotSave, match="left as it is"):
        export(writer("md"), some("a"), path, folder=False, progress=lambda _: path.touch())
    assert path.read_bytes() == b""
    assert [*tmp_path.iterdir()] == [path]


@pytest.mark.parametrize("own", ["voices.json", "voices.json.journal", "voices.json.bak"])
def test_the_collection_is_never_written_over(own: str, tmp_path: Path) -> None:
    collection = tmp_path / "voices.json"
    collection.write_text("{}")
    with pytest.raises(CannotSave, match="belongs to the collection"):
        export(writer("md"), some("a"), tmp_path / own, folder=False, replace=True, own=collection)
    assert collection.read_text() == "{}"


@pytest.mark.parametrize("name", ["a" * 300, "nul\0", "no/where.md"])
def test_where_nothing_can_be_written_it_is_said(name: str, tmp_path: Path) -> None:
    for folder in (True, False):
        with pytest.raises(CannotSave):
            export(writer("md"), some("a"), tmp_path / name, folder=folder)
    assert not [*tmp_path.iterdir()]


# --- a folder --------------------------------------------------------------------------------


def test_which_formats_need_a_folder() -> None:
    assert not is_folder(writer("docx"), 1)
    assert is_folder(writer("docx"), 2)
    assert not is_folder(writer("md"), 2)
    assert is_folder(writer("md"), 1, each=True)


def test_a_folder_with_a_file_for_each(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()  # an empty one serves
    outcome = export(Picky(), [*some("a", "bad-1", "b"), SEALED], folder, folder=True, mode=0o644)
    assert sorted(one.name for one in folder.iterdir()) == ["a.txt", "b.txt"]
    unfit = (("bad-1", "It has no times."),)
    left = "Left out as private: 1 sealed testimony. --private includes them."
    assert outcome == Outcome(folder, 2, 2, 1, left, unfit)
    assert folder.stat().st_mode & 0o777 == 0o755


def test_a_folder_that_holds_something_is_added_to_only_when_asked(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "a.txt").write_text("mine")
    (folder / "other.txt").write_text("mine")
    with pytest.raises(CannotSave, match="not empty"):
        export(Picky(), some("a"), folder, folder=True)
    assert (folder / "a.txt").read_text() == "mine"
    export(Picky(), some("a", "b"), folder, folder=True, replace=True)
    texts = {one.name: one.read_text() for one in folder.iterdir()}
    assert texts == {"a.txt": "words", "b.txt": "words", "other.txt": "mine"}
    assert [*tmp_path.iterdir()] == [folder]


def test_the_collection_within_the_folder_stays(tmp_path: Path) -> None:
    own = tmp_path / "voices.txt"
    own.write_text("{}")
    with pytest.raises(CannotSave, match="in the way"):
        export(Picky(), some("voices"), tmp_path, folder=True, replace=True, own=own)
    assert own.read_text() == "{}"


def test_a_file_where_a_folder_is_needed(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine")
    with pytest.raises(CannotSave, match="a folder is needed"):
        export(Picky(), some("a", "b"), tmp_path / "out", folder=True, replace=True)


def test_one_file_of_what_does_not_fit_is_not_written(tmp_path: Path) -> None:
    outcome = export(Picky(), some("bad-1"), tmp_path / "out.txt", folder=False)
    assert (outcome.written, outcome.files, outcome.unfit) == (
        0,
        0,
        (("bad-1", "It has no times."),),
    )
    assert not [*tmp_path.iterdir()]


class Enough(CollectionError):
    """The work is to stop."""


@pytest.mark.parametrize("folder", [True, False])
@pytest.mark.parametrize("name", ["md", "jsonl", "html"])
def test_what_is_stopped_leaves_nothing(name: str, folder: bool, tmp_path: Path) -> None:
    def stop(number: int) -> None:
        if number == 3:
            raise Enough("Stopped.")

    with pytest.raises(Enough):
        export(writer(name), some(*"abcd"), tmp_path / "out", folder=folder, progress=stop)
    assert not os.listdir(tmp_path)


def test_what_leaves_is_chosen_by_a_search_or_by_name(voices: Collection) -> None:
    for id in ("a", "b", "c"):
        voices.add(Testimony(id=id, title=f"Title {id}", account="words"))
    chosen = voices.export(ids=["c", "a", "c"])
    assert [one.testimony.id for one in chosen] == ["c", "a"]
    with pytest.raises(NotFound):
        voices.export(ids=["a", "nobody"])
