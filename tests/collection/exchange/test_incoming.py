"""What becomes of rows: told before anything is changed, and the same again when it is done."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from collection import Collection, Testimony
from collection.errors import Problem
from collection.exchange.incoming import (
    CHANGED,
    LEFT_OUT,
    NEW,
    REFUSED,
    SAME,
    WAITING,
    Choices,
    Verdict,
)
from collection.exchange.interface import Beside, Doubt, Refusal, Report, Row, Where
from collection.exchange.reporting import keep_report, refused
from collection.places.entry import Candidate

ARTICLE = "“I left at night,” Oleg* said."
DRAFT = {"title": "Oleg*", "narrator": "Oleg*", "account": "I left at night,"}
DOUBT = Doubt("account", "It is not said who speaks.", 1, 17)


@pytest.fixture
def voices(tmp_path: Path) -> Iterator[Collection]:
    with Collection.open(tmp_path / "voices.json") as voices:
        voices.add(Testimony(id="one", title="Bread", account="We queued.", notes="private"))
        yield voices


def row(raw: object, number: int = 1, **more: object) -> Row:
    return Row(Where("file.csv", number, number + 1), raw, **more)  # type: ignore[arg-type]


def draft() -> Row:
    return row(DRAFT, beside=Beside(ARTICLE, ((1, 17),), (DOUBT,)))


def rehearsed(
    voices: Collection, *rows: Row, choices: Choices | None = None
) -> tuple[list[Verdict], Report]:
    verdicts: list[Verdict] = []
    report = voices.rehearse(rows, verdicts.append, choices)
    return verdicts, report


def test_a_seal_outside_of_its_place_is_refused_for_what_is_here_as_well(
    voices: Collection,
) -> None:
    verdicts, _ = rehearsed(
        voices,
        row({"id": "one", "access.record": "private"}),
        row({"id": "one", "access": None, "Access": "private"}),
    )
    assert [one.kind for one in verdicts] == [REFUSED, REFUSED]


def test_each_row_is_told_by_what_becomes_of_it(voices: Collection) -> None:
    rows = [
        row({"id": "two", "title": "T", "account": "A"}),
        row({"id": "one", "title": "Rye bread"}),
        row({"id": "one", "title": "Bread"}),
        row({"id": "two", "title": "T", "account": "A"}),
        row({"id": "two", "title": "T", "account": "B"}),
        row({"title": "T"}),
        row(None, problem=Problem("", "x", "This is not JSON.")),
        draft(),
    ]
    verdicts, report = rehearsed(voices, *rows)
    kinds = [NEW, CHANGED, REFUSED, SAME, REFUSED, REFUSED, REFUSED, WAITING]
    assert [one.kind for one in verdicts] == kinds
    assert verdicts[1].fields == ("title",)
    assert (report.added, report.changed, report.same) == (1, 1, 1)
    assert (report.refused, report.waiting) == (4, 1)
    assert len(voices) == 1


def test_a_refusal_names_the_column_of_the_file(voices: Collection) -> None:
    columns = {"date": "Interview Date", "access": "Restricted?", "places": "Orte"}
    raw = {
        "title": "T",
        "account": "A",
        "date": {"text": "x", "edtf": "?"},
        "access": {"name": "maybe"},
        "places": [{"name": "Wien", "latitude": 99}],
    }
    (verdict,), _ = rehearsed(voices, row(raw, 7, columns=columns))
    assert {one.where.column for one in verdict.problems} == {*columns.values()}
    assert refused(verdict.problems[0]) == (
        "file.csv, record 7, line 8, Interview Date “?”: date.edtf is '?', which is not EDTF. "
        "Leave it out to keep the words."
    )


def test_a_draft_enters_once_it_was_looked_at_and_is_then_found_there(voices: Collection) -> None:
    looked_at = Testimony(title="Oleg*, on leaving", account="I left at night,", themes=["Flight"])
    assert voices.import_rows([draft()]).waiting == 1
    assert len(voices) == 1
    report = voices.import_rows([draft()], choices=Choices(mended={1: looked_at}))
    (id,) = report.entered
    assert voices.get(id).themes == ("Flight",)
    # It is known by the article and who speaks, not by what a person made of it.
    (verdict,), _ = rehearsed(voices, draft())
    assert (verdict.kind, verdict.id) == (SAME, id)
    voices.undo()
    assert id not in voices


def test_drafts_enter_unseen_only_if_that_is_said(voices: Collection) -> None:
    report = voices.import_rows([draft()], choices=Choices(accept=True))
    assert len(report.entered) == 1


def test_rows_that_are_not_wanted_stay_out(voices: Collection) -> None:
    rows = [row({"id": f"n{n}", "title": "T", "account": "A"}) for n in range(3)]
    choices = Choices(left_out=frozenset({2}))
    verdicts, _ = rehearsed(voices, *rows, choices=choices)
    assert verdicts[1].kind == LEFT_OUT
    report = voices.import_rows(rows, choices=choices)
    assert report.entered == ("n0", "n2")
    assert report.left_out == 1


def test_what_was_mended_is_taken_over_though_nothing_else_is(voices: Collection) -> None:
    rows = [row({"id": "one", "title": "T", "date": 5.5}), row({"id": "one", "title": "U"})]
    mended = msgspec.structs.replace(voices.get("one"), title="Mended")
    report = voices.import_rows(rows, choices=Choices(mended={1: mended}))
    assert report.taken_over == ("one",)
    assert voices.get("one").title == "Mended"
    assert voices.get("one").notes == "private"
    assert report.refused == 1  # the second says something else of the same


def test_a_mended_row_never_takes_the_place_of_another_testimony(voices: Collection) -> None:
    mended = Testimony(id="one", title="Other", account="Other")
    report = voices.import_rows([row({"title": "T"})], choices=Choices(mended={1: mended}))
    assert report.refused == 1
    assert voices.get("one").title == "Bread"


def test_a_choice_of_place_comes_in_with_its_row(voices: Collection) -> None:
    mended = Testimony(title="T", account="A", places=["Nowherby"])
    chosen = Candidate(name="Nowherby", country="SE", latitude=60.0, longitude=15.0)
    choices = Choices(mended={1: mended}, meant={1: {"Nowherby": chosen}})
    (id,) = voices.import_rows([row({"title": "T"})], choices=choices).entered
    (place,) = voices.get(id).places
    assert (place.country, place.latitude, place.status) == ("SE", 60.0, "decided")


def test_two_rows_may_choose_differently_for_one_name(voices: Collection) -> None:
    mended = {n: Testimony(id=f"m{n}", title="T", account="A", places=["Nowherby"]) for n in (1, 2)}
    meant = {
        1: {"Nowherby": Candidate(name="Nowherby", country="SE", latitude=60.0, longitude=15.0)},
        2: {"Nowherby": Candidate(name="Nowherby", country="NO", latitude=61.0, longitude=9.0)},
    }
    rows = [row({"title": "T"}), row({"title": "U"})]
    report = voices.import_rows(rows, choices=Choices(mended=mended, meant=meant))
    assert report.entered == ("m1", "m2")
    assert [voices.get(id).places[0].country for id in report.entered] == ["SE", "NO"]
    voices.undo()
    assert len(voices) == 1


def test_progress_may_cancel_and_then_nothing_enters(voices: Collection) -> None:
    def stop(count: int) -> None:
        raise KeyboardInterrupt

    rows = (row({"id": f"n{n}", "title": "T", "account": "A"}) for n in range(500))
    with pytest.raises(KeyboardInterrupt):
        voices.import_rows(rows, progress=stop)
    assert len(voices) == 1


_TEXTS = st.text(max_size=20)
_RAW = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | _TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_TEXTS, inner, max_size=3),
    max_leaves=8,
)
_ROWS = st.dictionaries(
    st.sampled_from(["id", "title", "account", "date", "access", "extra", "Speaker", "x"]), _RAW
)


@given(raws=st.lists(_ROWS | _RAW, max_size=5))
def test_whatever_a_row_holds_it_is_told_and_a_second_time_adds_nothing(
    raws: list[object], tmp_path_factory: pytest.TempPathFactory
) -> None:
    with Collection.open(tmp_path_factory.mktemp("voices") / "voices.json") as voices:
        rows = [row(raw, number) for number, raw in enumerate(raws, 1)]
        verdicts, report = rehearsed(voices, *rows)
        assert all(refused(one).isprintable() for v in verdicts for one in v.problems)
        done = voices.import_rows(rows)
        assert (done.added, done.refused) == (report.added, report.refused)
        again = voices.import_rows(rows)
        assert again.entered == ()
        assert again.same == done.added + done.same
        keep_report(done, ["\ud800.csv\x1b[2J"], voices.path)


@given(value=st.text())
def test_a_report_says_each_refusal_on_a_line_of_its_own(
    value: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    voices = tmp_path_factory.mktemp("voices") / "voices.json"
    problem = Problem("date", value, "It is wrong.")
    refusal = Refusal(Where("file", 1, 2, value), problem.field, problem.value, problem.message)
    report = Report(refused=1, problems=(refusal,), entered=("one",))
    text = keep_report(report, ["file"], voices).read_text("utf-8")
    (line,) = (line for line in text.split("\n") if line.startswith("- file"))
    assert line.isprintable()
