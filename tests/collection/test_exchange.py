from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from collection import Collection, Testimony
from collection.dates import DateSpan
from collection.exchange.interface import Report, Row, Where
from collection.exchange.jsonl import JSONLines, parse
from collection.testimony import (
    Access,
    Consent,
    Narrator,
    Place,
    Restriction,
    Source,
    as_record,
    same_content,
)
from tests.collection.placed import written
from tests.collection.strategies import plain, records, texts

if TYPE_CHECKING:
    from pathlib import Path

Folders = pytest.TempPathFactory


def _rows(*raws: Any) -> list[Row]:
    return [Row(Where("file", n), raw) for n, raw in enumerate(raws, 1)]


def _counts(report: Report) -> tuple[int, int, int, int]:
    return report.added, report.changed, report.same, report.refused


def _raw(**values: Any) -> dict[str, Any]:
    return {"title": "A title", "account": "An account."} | values


def _exported(voices: Collection, file: Path, *, private: bool) -> Path:
    file.write_bytes(b"".join(JSONLines().write(voices.export(private=private))))
    return file


# --- there and back ----------------------------------------------------------------------------


@given(some=st.lists(records(), max_size=4, unique_by=lambda one: one.id))
def test_private_export_is_lossless(tmp_path_factory: Folders, some: list[Testimony]) -> None:
    folder = tmp_path_factory.mktemp("a")
    voices = Collection.open(folder / "one.json")
    voices.import_rows(_rows(*map(as_record, some)))
    assert len(voices) == len(some)
    leaving = _exported(voices, folder / "out.jsonl", private=True)
    other = Collection.open(folder / "two.json")
    assert _counts(other.import_file(leaving)) == (len(some), 0, 0, 0)
    assert list(other) == list(voices)
    assert _counts(other.import_file(leaving, update=True)) == (0, 0, len(some), 0)
    # The file of a collection can be taken in as it is.
    third = Collection.open(folder / "three.json")
    assert third.import_file(folder / "one.json").added == len(some)
    assert list(third) == list(voices)


NAMED = Narrator("Anna", "pseudonym", "János Kovács")


@given(
    some=st.lists(records(), max_size=3, unique_by=lambda one: one.id),
    narrator=st.just(NAMED) | st.builds(Narrator, texts(), st.just(""), texts()),
    said=st.sampled_from(["", " Kovács was here.", " kovacs@mail.hu"]),
)
def test_a_masked_export_brought_in_again_changes_nothing(
    tmp_path_factory: Folders, some: list[Testimony], narrator: Narrator, said: str
) -> None:
    folder = tmp_path_factory.mktemp("a")
    voices = Collection.open(folder / "one.json")
    for one in some:
        spoken = msgspec.structs.replace(
            one,
            narrator=narrator,
            account=one.account + said,
            themes=(*one.themes, "x" + said),
            extra={**one.extra, "copy": said},
        )
        voices.add(spoken)
    before, file = list(voices), written(voices.path)
    leaving = _exported(voices, folder / "out.jsonl", private=False)
    report = voices.import_file(leaving, update=True)
    assert (report.added, report.changed, report.refused) == (0, 0, 0)
    assert list(voices) == before
    assert written(voices.path) == file


def test_sealed_records_do_not_leave(voices: Collection) -> None:
    voices.add(
        Testimony(id="a", title="a", account="b", access=Access(record=Restriction("private")))
    )
    assert b"".join(JSONLines().write(voices.export())) == b""
    assert len(voices.export()) == 1


# --- taking in ---------------------------------------------------------------------------------


def test_strangers_spellings_are_read(voices: Collection) -> None:
    rows = _rows(
        _raw(
            speaker="Oleg*",
            place="Lwów; Kyiv",
            themes="war|exile",
            mood="calm",
            date="1944",
            source={"citation": "x", "page": 3},
        )
    )
    assert _counts(voices.import_rows(rows)) == (1, 0, 0, 0)
    (kept,) = voices
    assert kept.narrator == Narrator("Oleg*", "pseudonym")
    assert [place.name for place in kept.places] == ["Lwów", "Kyiv"]
    assert kept.themes == ("war", "exile")
    assert kept.extra == {"mood": "calm", "source.page": 3}
    assert _counts(voices.import_rows(rows, update=True)) == (0, 0, 1, 0)


def test_the_same_file_twice_adds_nothing(voices: Collection) -> None:
    rows = _rows(_raw(), _raw(title="Other"), _raw(), {**_raw(), "id": "own"})
    assert _counts(voices.import_rows(rows)) == (3, 0, 1, 0)
    before = written(voices.path)
    assert _counts(voices.import_rows(rows)) == (0, 0, 4, 0)
    assert _counts(voices.import_rows(_rows({"account": "An account.", "title": "A title"}))) == (
        0,
        0,
        1,
        0,
    )
    assert written(voices.path) == before
    assert Collection.open(voices.path).ids() == voices.ids()


def test_identifiers_made_from_content_do_not_hang_on_how_dates_are_read() -> None:
    from collection.exchange.incoming import content_id

    one = Testimony(title="a", account="b", date=DateSpan("soon after the war"))
    read = msgspec.structs.replace(
        one, date=DateSpan("soon after the war", "1945~", "1944-01-01", "1946-12-31")
    )
    assert (
        content_id(one)
        == content_id(read)
        == content_id(msgspec.structs.replace(one, created="x", revision=3))
    )
    assert content_id(one) != content_id(msgspec.structs.replace(one, title="b"))


def test_rows_without_identifier_do_not_wipe_out_what_was_added_since(voices: Collection) -> None:
    row = _raw(narrator="Anna")
    voices.import_rows(_rows(row))
    (id,) = voices.ids()
    voices.revise(id, notes="mine", access=Access(account=Restriction("private")))
    after = voices.revise(id, narrator=Narrator("Anna", "pseudonym", "Eva"))
    assert _counts(voices.import_rows(_rows(row), update=True)) == (0, 0, 1, 0)
    assert voices.get(id) == after


def test_two_rows_of_one_identifier(voices: Collection) -> None:
    report = voices.import_rows(
        _rows(
            _raw(id="a"), _raw(id="a"), _raw(id="a", title="Other"), _raw(id=" a ", title="Third")
        )
    )
    assert _counts(report) == (1, 0, 1, 2)
    assert {problem.where.row for problem in report.problems} == {3, 4}
    assert voices.get("a").title == "A title"


def test_a_dry_run_changes_nothing(voices: Collection) -> None:
    voices.add(Testimony(id="a", title="A title", account="Old."))
    before = written(voices.path)
    rows = _rows(_raw(id="a"), _raw(id="b"), _raw(title=""))
    report = voices.import_rows(rows, update=True, dry_run=True)
    assert _counts(report) == (1, 1, 0, 1)
    assert [one.id for one in report.drafts] == ["b"]
    assert not report.updated
    assert written(voices.path) == before
    assert voices.ids() == ["a"]
    reading = Collection.open(voices.path, read_only=True)
    assert _counts(reading.import_rows(rows, dry_run=True)) == (1, 1, 0, 1)


def test_a_whole_import_is_one_undo(voices: Collection) -> None:
    kept = voices.add(Testimony(id="a", title="A title", account="Old."))
    rows = _rows(_raw(id="a"), *(_raw(id=f"b{n}") for n in range(20)))
    assert _counts(voices.import_rows(rows, update=True)) == (20, 1, 0, 0)
    assert len(voices.undo()) == 21
    assert voices.ids() == ["a"]
    assert same_content(voices.get("a"), kept)
    # Taken back, it may be made again.
    assert _counts(voices.import_rows(rows, update=True)) == (20, 1, 0, 0)


def test_what_was_withdrawn_does_not_come_back(voices: Collection) -> None:
    voices.import_rows(_rows(_raw(id="a"), _raw()))
    for id in voices.ids():
        voices.withdraw(id)
    report = voices.import_rows(_rows(_raw(id="a"), _raw()), update=True)
    assert _counts(report) == (0, 0, 0, 2)
    assert all("was withdrawn" in problem.message for problem in report.problems)


def test_without_update_nothing_is_changed(voices: Collection) -> None:
    voices.add(Testimony(id="a", title="A title", account="Old."))
    report = voices.import_rows(_rows(_raw(id="a"), _raw(id="b")))
    assert (_counts(report), report.updated) == ((1, 1, 0, 0), False)
    assert voices.get("a").account == "Old."


def test_progress_may_cancel(voices: Collection) -> None:
    class Cancelled(Exception):
        pass

    def stop(done: int) -> None:
        assert done == 100
        raise Cancelled

    with pytest.raises(Cancelled):
        voices.import_rows(_rows(*(_raw(id=f"a{n}") for n in range(500))), progress=stop)
    assert len(voices) == 0


@given(
    st.lists(
        st.dictionaries(
            st.sampled_from(
                ["id", "title", "account", "narrator", "date", "access", "places", "extra"]
            )
            | texts(),
            plain,
        )
        | plain,
        max_size=4,
    )
)
def test_any_rows_are_taken_in_or_refused(tmp_path_factory: Folders, raws: list[Any]) -> None:
    voices = Collection.open(tmp_path_factory.mktemp("a") / "voices.json")
    sound = [{"title": "a", "account": "b"} | raw for raw in raws if isinstance(raw, dict)]
    for update in (False, True):
        report = voices.import_rows(_rows(*raws, *sound), update=update)
        assert sum(_counts(report)) == len(raws) + len(sound)
        assert all(
            one.message and one.message.isprintable() and one.value.isprintable()
            for one in report.problems
        )
    assert list(Collection.open(voices.path)) == list(voices)


# --- laid over what is there -------------------------------------------------------------------

WHOLE = Testimony(
    id="a",
    title="A title",
    account="Kovács spoke.",
    narrator=NAMED,
    date=DateSpan("1944", "1944", "1944-01-01", "1944-12-31", "a letter"),
    places=(Place("Lwów", "UA", 49.8, 24.0, "decided"), Place("Kyiv")),
    source=Source("A book", "http://x"),
    notes="mine",
    extra={"mood": "calm"},
    consent=Consent("documented", "1999"),
    access=Access(account=Restriction("embargoed", "2050-01-01", "asked"), context=Restriction()),
)


@pytest.mark.parametrize(
    ("given_values", "changed"),
    [
        ({}, {}),
        (
            {
                "notes": None,
                "narrator": None,
                "extra": None,
                "places": None,
                "date": None,
                "access": None,
            },
            {},
        ),
        (
            {
                "narrator": "Anna",
                "source": "A book",
                "date": "1944",
                "places": ["Lwów", "Kyiv"],
                "consent": "documented",
                "access": {"account": "embargoed"},
            },
            {},
        ),
        ({"place": "Lwów; Kyiv", "Speaker": "Anna"}, {}),
        ({"title": "New"}, {"title": "New"}),
        ({"narrator": "Berta"}, {"narrator": Narrator("Berta", "pseudonym", "János Kovács")}),
        (
            {"narrator": ["Berta", "Carl"]},
            {"narrator": Narrator("Berta; Carl", "pseudonym", "János Kovács")},
        ),
        ({"narrator": {"real_name": "Eva"}}, {"narrator": Narrator("Anna", "pseudonym", "Eva")}),
        ({"narrator": {"real_name": None}}, {}),
        ({"narrator": {"real_name": ""}}, {"narrator": Narrator("Anna", "pseudonym")}),
        ({"narrator": {"phone": "5"}}, {"extra": {"mood": "calm", "narrator.phone": "5"}}),
        (
            {"date": "1950"},
            {"date": DateSpan("1950", "1950", "1950-01-01", "1950-12-31", "a letter")},
        ),
        (
            {
                "date": {
                    "text": "before 1950",
                    "edtf": "../1950",
                    "earliest": None,
                    "latest": "1950-12-31",
                }
            },
            {"date": DateSpan("before 1950", "../1950", None, "1950-12-31", "a letter")},
        ),
        (
            {"date": {"reason": "a diary"}},
            {"date": DateSpan("1944", "1944", "1944-01-01", "1944-12-31", "a diary")},
        ),
        (
            {"date": {"edtf": "1944~"}},
            {"date": DateSpan("1944", "1944~", "1943-01-01", "1945-12-31", "a letter")},
        ),
        ({"places": ["Lwów"]}, {"places": (WHOLE.places[0],)}),
        (
            {"places": [{"name": "Lwów", "country": "PL"}]},
            {"places": (Place("Lwów", "PL", 49.8, 24.0, "decided"),)},
        ),
        ({"source": {"page": 7}}, {"extra": {"mood": "calm", "source.page": 7}}),
        ({"mood": "angry", "extra": {"more": 1}}, {"extra": {"mood": "angry", "more": 1}}),
        ({"consent": {"uses": "all"}}, {"consent": Consent("documented", "1999", "", "all")}),
        (
            {"access": "private"},
            {"access": Access(record=Restriction("private"), account=WHOLE.access.account)},
        ),
        (
            {"access": {"account": "private"}},
            {"access": Access(account=Restriction("private", "2050-01-01", "asked"))},
        ),
        (
            {"access": {"account": {"until": "2060-01-01"}}},
            {"access": Access(account=Restriction("embargoed", "2060-01-01", "asked"))},
        ),
        ({"account": "█████ spoke."}, None),
        ({"account": "██████ spoke, once more."}, None),
        ({"access": {"account": {"level": "open"}}}, None),
        ({"access": {"account": {"level": "closed"}}}, None),
        ({"access": {"accnt": "private"}}, None),
        ({"title": 1.5}, None),
        ({"extra": [1]}, None),
        ({"date": [1]}, None),
        ({"places": {"name": "x"}}, None),
    ],
    ids=str,
)
@pytest.mark.parametrize("sealed", [False, True], ids=["seen", "sealed"])
def test_an_update_changes_what_it_names(
    voices: Collection, given_values: dict[str, Any], changed: dict[str, Any] | None, sealed: bool
) -> None:
    seal = Restriction("private") if sealed else Restriction()
    kept = voices.add(
        msgspec.structs.replace(WHOLE, access=msgspec.structs.replace(WHOLE.access, record=seal))
    )
    report = voices.import_rows(_rows({"id": "a"} | given_values), update=True)
    if changed is None:
        assert report.refused == 1
        assert voices.get("a") == kept
        return
    assert report.problems == ()
    if sealed and "access" in changed:
        changed = {"access": msgspec.structs.replace(changed["access"], record=seal)}
    assert same_content(voices.get("a"), msgspec.structs.replace(kept, **changed))
    if not changed:
        assert voices.get("a") == kept


# --- the files ---------------------------------------------------------------------------------

ONE = '{"id": "a", "title": "T", "account": "B"}'
TWO = '{"id": "b", "title": "T", "account": "B"}'


@pytest.mark.parametrize(
    "text",
    [
        f"{ONE}\n{TWO}\n",
        f"\n\n{ONE}\r\n\r\n{TWO}",
        f"[{ONE}, {TWO}]",
        f"[\n{ONE},\n{TWO}\n]\n",
        f"\ufeff{ONE}\n{TWO}",
        f"\ufeff[{ONE},{TWO}]",
        f"{json.dumps([json.loads(ONE), json.loads(TWO)], indent=2)}",
        '{"collection": {"1": {}}, "testimonies": {"4": %s, "7": %s}}' % (ONE, TWO),
        '{"collection": {\n"1": {}},\n "testimonies": {"4": %s,\n "7": %s}}' % (ONE, TWO),
    ],
)
def test_shapes_of_files(file: Path, text: str) -> None:
    file.write_text(text, "utf-8")
    for rows in (JSONLines().read(file), parse(text.encode(), "-")):
        assert [row.raw["id"] for row in rows] == ["a", "b"]


def test_one_object_over_several_lines(file: Path) -> None:
    for indent in (0, 2):
        file.write_text(json.dumps(json.loads(ONE), indent=indent))
        assert [row.raw["id"] for row in JSONLines().read(file)] == ["a"]
    file.write_text('{"id": "a",\n"title": "T"}')
    assert [row.raw["id"] for row in JSONLines().read(file)] == ["a"]


def test_a_bad_line_is_told_with_its_place_and_the_others_enter(file: Path, tmp_path: Path) -> None:
    file.write_bytes(
        b'{"title": \n'
        + ONE.encode()
        + b"\n\x1b[31m{\n"
        + b'{"title": "\xff"}\n'
        + b"[" * 100_000
        + b"\n"
    )
    voices = Collection.open(tmp_path / "other.json")
    report = voices.import_file(file)
    assert _counts(report) == (1, 0, 0, 4)
    assert [problem.where.line for problem in report.problems] == [1, 3, 4, 5]
    assert all(one.message.isprintable() and one.value.isprintable() for one in report.problems)
    assert "UTF-8" in report.problems[2].message
    assert "deeply" in report.problems[3].message


@pytest.mark.parametrize(
    "content",
    [b"\x89PNG\r\n\x1a\n\0\0", b"Dear diary\nand more", "{}".encode("utf-16"), b'"text"', b"7"],
)
def test_other_files_are_refused_with_a_reason(file: Path, tmp_path: Path, content: bytes) -> None:
    file.write_bytes(content)
    report = Collection.open(tmp_path / "other.json").import_file(file)
    assert report.added == 0
    assert len(report.problems) == report.refused == 1


def test_an_empty_file_holds_nothing(file: Path, tmp_path: Path) -> None:
    file.write_bytes(b"\n")
    assert _counts(Collection.open(tmp_path / "other.json").import_file(file)) == (0, 0, 0, 0)
