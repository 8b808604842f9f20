from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collection import Collection
from collection.exchange.formats import format_of, reader
from collection.exchange.spoken.noted import narrator_of
from collection.exchange.spoken.speakers import label_of, labels
from collection.exchange.spoken.timecoded import is_timecoded
from collection.exchange.spoken.timed import parse_timed, seconds_of, timecode
from collection.testimony import Turn


@pytest.mark.parametrize(
    ("text", "account", "turns"),
    [
        (
            "[00:01:02] IDA: We hid.\nFor days.\n[00:02:00] ROSE: Where?\n",
            "IDA: We hid.\nFor days.\nROSE: Where?",
            [Turn(0, "IDA", 62.0), Turn(23, "ROSE", 120.0)],
        ),
        (
            "00:01:02 We hid.\n\n00:01:10 For days.",
            "We hid.\n\nFor days.",
            [Turn(0, "", 62.0), Turn(9, "", 70.0)],
        ),
        ("(1:02)\nWe hid.\n(75:20)\nOh.", "We hid.\nOh.", [Turn(0, "", 62.0), Turn(8, "", 4520.0)]),
        (
            "IDA (0:01:02): We hid.\n\nROSE (0:01:20): Where?",
            "IDA: We hid.\n\nROSE: Where?",
            [Turn(0, "IDA", 62.0), Turn(14, "ROSE", 80.0)],
        ),
        (
            "Speaker 1  0:05\nWe hid.\n\nSpeaker 2  0:09\nWhere?\n",
            "Speaker 1\nWe hid.\n\nSpeaker 2\nWhere?",
            [Turn(0, "Speaker 1", 5.0), Turn(19, "Speaker 2", 9.0)],
        ),
        (
            "{0:01} one 2:30 two\n{0:05.5} - three",
            "one 2:30 two\nthree",
            [Turn(0, "", 1.0), Turn(13, "", 5.5)],
        ),
        ("1:00:00 שלום\n1:00:07 עולם", "שלום\nעולם", [Turn(0, "", 3600.0), Turn(5, "", 3607.0)]),
    ],
)
def test_times_at_line_beginnings_become_turns(text: str, account: str, turns: list[Turn]) -> None:
    assert is_timecoded(text)
    timed = parse_timed(text)
    assert timed.account == account
    assert [*timed.turns] == turns
    assert timed.found == {}


def test_ends_are_kept_where_the_next_line_does_not_tell_them() -> None:
    timed = parse_timed("[0:01 - 0:05] one\n[0:05 - 0:07] two\n[0:09 - 0:12] three")
    assert timed.account == "one\ntwo\nthree"
    assert timed.found["extra"]["vtt"]["cues"] == [
        {"cue": 1, "start": 5.0, "end": 7.0},
        {"cue": 2, "start": 9.0, "end": 12.0},
    ]


@pytest.mark.parametrize(
    "text",
    [
        "At 6:30 we left.\nAt 7:10 we came.",
        "6:30 reveille\n5:00 work\n4:00 bread\n3:00 roll call",
        "We left at 6:30.\n7:10 it was.",
        "Ratio 1:20\n" * 5 + "words\n" * 100,
        "10:5 x\n10:6 y",
        "",
    ],
)
def test_other_texts_have_no_times(text: str) -> None:
    assert not is_timecoded(text)


def test_what_stands_above_the_first_time() -> None:
    known = parse_timed(
        "Interview with Ida K.\n\nInterviewer: Anna Weiss; B. Klein\nDate: early May 1944\n"
        "Tape: 3\n\n[00:00] go\n[00:10] on"
    )
    assert known.account == "go\non"
    extra = known.found.pop("extra")
    assert known.found == {
        "title": "Interview with Ida K.",
        "interviewers": ["Anna Weiss", "B. Klein"],
        "date": "early May 1944",
    }
    assert "Tape: 3" in extra["header"]
    title = parse_timed("Interview with Ida K.\n[00:00] go\n[00:10] on")
    assert title.found == {"title": "Interview with Ida K."}
    words = parse_timed("We hid\nin the mill.\n[00:10] Then on.")
    assert words.account == "We hid\nin the mill.\nThen on."
    assert words.turns == (Turn(20, "", 10.0),)


@pytest.mark.parametrize(
    ("above", "found"),
    [
        (
            ("Interview with Ida K.\nThu, May 12, 2022 10:04AM • 45:10\n\nSUMMARY KEYWORDS\nmill, river\n\n"
            "SPEAKERS\nIda K., Anna Weiss\n\n"),
            {
                "title": "Interview with Ida K.", "date": "Thu, May 12, 2022 10:04AM",
                "keywords": ["mill", "river"],
            },
        ),
        ("Ida K.\n2022-05-12 10:04\n", {"title": "Ida K.", "date": "2022-05-12 10:04"}),
        ("12.05.2022\n", {"date": "12.05.2022"}),
        ("On the mill\nWe were six.\nIt was dark.\n4 May 1944\n", {}),
        ("We hid in 1944\nand after.\n", {}),
    ],
)  # fmt: skip
def test_headings_of_services(above: str, found: dict[str, object]) -> None:
    timed = parse_timed(f"{above}Ida K.  00:03\nWe hid.\n\nAnna Weiss  00:09\nWhere?")
    header = timed.found.pop("extra", {"header": ""})["header"]
    assert timed.found == found
    for line in filter(None, above.split("\n")):
        assert line in (header if found else timed.account)


@pytest.mark.parametrize(
    ("speakers", "interviewers", "narrator"),
    [
        (["INTERVIEWER", "MRS. K.", "INTERVIEWER"], [], "MRS. K."),
        (["Q", "Ida K."], [], "Ida K."),
        (["Q", "A"], [], ""),
        (["Anna Weiss", "Ida K."], ["Anna Weiss"], "Ida K."),
        (["Anna Weiss", "Ida K."], [], ""),
        (["Interviewer", "Ida", "Rose"], [], ""),
        (["Interviewer", "Speaker 2"], [], ""),
        (["Interviewer:", "Befragte"], [], ""),
        (["Interviewer", ""], [], ""),
    ],
)
def test_the_narrator_is_named_only_where_it_is_plain(
    speakers: list[str], interviewers: list[str], narrator: str
) -> None:
    assert narrator_of(speakers, interviewers) == narrator


def test_a_text_without_times_is_the_account_as_it_is() -> None:
    text = "IDA: We hid.\n\nROSE:\tWhere?\nNote: she laughs.\n"
    timed = parse_timed(text)
    assert timed.account == text
    assert timed.turns == (Turn(0, "IDA"), Turn(14, "ROSE"))


@pytest.mark.parametrize(
    ("line", "speaker"),
    [
        ("SMITH: I was born", "SMITH"),
        ("  Dr. Anna Weiss-Klein: yes", "Dr. Anna Weiss-Klein"),
        ("Interviewer 2:", "Interviewer 2"),
        ("Анна: да", "Анна"),
        ("אנה: כן", "אנה"),
        ("ANNA (laughing): yes", "ANNA"),
        ("Q: why", "Q"),
        ("Frau von der Leyen: x", "Frau von der Leyen"),
        ("And then he said: go", ""),
        ("We left at 6:30", ""),
        ("https://example.org", ""),
        ("Listen, Anna: go", ""),
        ("10: x", "10"),
        (": x", ""),
        ("x", ""),
    ],
)
def test_labels(line: str, speaker: str) -> None:
    assert label_of(line) == speaker


def test_a_label_that_comes_once_is_one_only_in_capitals() -> None:
    lines = ["Anna: a", "Later: b", "Anna: c", "ROSE: d", "10: e"]
    assert [*labels(lines)] == [(0, "Anna"), (2, "Anna"), (3, "ROSE")]


@given(thousandths=st.integers(0, 10**11))
def test_a_time_is_read_as_it_is_written(thousandths: int) -> None:
    assert seconds_of(timecode(thousandths / 1000)) == thousandths / 1000


@given(
    st.lists(
        st.sampled_from(["[0:01] ", "0:02", " (1:03)", "IDA", ": ", "words", "\n", "\n\n", "6:30"]),
        max_size=20,
    ).map("".join)
)
def test_no_word_is_lost(text: str) -> None:
    timed = parse_timed(text)
    told = f"{timed.found} {timed.account}"
    for word in ("IDA", "words"):
        assert told.count(word) >= text.count(word)
    assert all(0 <= turn.offset <= len(timed.account) for turn in timed.turns)


def test_formats_are_told_by_their_content(tmp_path) -> None:
    texts = {
        "a.txt": b"[0:01] a\n[0:02] b",
        "b.txt": "\ufeff1\n00:00:01,000 --> 00:00:02,000\nhi".encode(),
        "c.txt": b"A plain text.",
        "d.xml": b'<?xml version="1.0"?><!-- <TEI> --><ROOT xmlns="x"><record/></ROOT>',
        "e.xml": b'<TEI xmlns="http://www.tei-c.org/ns/1.0"/>',
        "f.xml": "<?xml version='1.0' encoding='utf-16'?><tei:teiCorpus xmlns:tei='x'/>".encode(
            "utf-16"
        ),
        "g.xml": b"<html/>",
        "h.VTT": b"WEBVTT",
    }
    found = {}
    for name, data in texts.items():
        (tmp_path / name).write_bytes(data)
        found[name] = format_of(tmp_path / name)
    assert found == {
        "a.txt": "timecoded", "b.txt": "timecoded", "c.txt": "article", "d.xml": "ohms",
        "e.xml": "tei", "f.xml": "tei", "g.xml": "ohms", "h.VTT": "vtt",
    }  # fmt: skip


def test_a_transcript_brought_in_twice_is_the_same(tmp_path, voices: Collection) -> None:
    file = tmp_path / "ida.txt"
    file.write_text("[0:01] IDA: We hid.\n[0:09] ROSE: Where?\n")
    rows = [*reader(format_of(file)).read(file)]
    assert voices.import_rows(rows).added == 1
    assert voices.import_rows(rows, update=True).same == 1
    (kept,) = voices
    assert kept.title == "ida"
    assert kept.turns == (Turn(0, "IDA", 1.0), Turn(13, "ROSE", 9.0))
