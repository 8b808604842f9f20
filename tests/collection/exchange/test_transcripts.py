"""Transcripts in files of their own, beside a table."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collection.exchange.interface import Reading
from collection.exchange.sources import files_in
from collection.exchange.tables.csvtable import CSV
from collection.exchange.tables.tables import inspect
from collection.exchange.tables.transcripts import Transcript, Unreadable, seconds_of, transcript_of
from collection.testimony import Turn
from tests.collection.exchange.reading_files import problems
from tests.collection.exchange.reading_files import read as read_all

TABLE = "objectid,title,interviewee,date,description,object_transcript,parentid\n"


def _transcript(folder: Path, name: str, content: str | bytes) -> Transcript:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return transcript_of(path)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "transcripts"
    made.mkdir()
    return made


# --- one transcript ----------------------------------------------------------------------------


def test_speakers_times_and_tags(folder: Path) -> None:
    read = _transcript(
        folder,
        "a.csv",
        "timestamp,speaker,tags,words\n"
        '[0:00],POE,childhood; ;school,"Tell me, please."\n'
        ",,,And then?\n"
        "0:01:02,ROE,school,It was caf&eacute; life &amp; more.\n"
        "01:02.50,,,We left.\n"
        "soon,,,The end.\n",
    )
    assert read.account == (
        "Tell me, please.\nAnd then?\n\nIt was café life & more.\nWe left.\nThe end."
    )
    turns = [Turn(**turn) for turn in read.turns]
    assert [(t.speaker, t.seconds) for t in turns] == [("POE", 0), ("ROE", 62), ("ROE", 62.5)]
    words = [read.account[turn.offset :].splitlines()[0] for turn in turns]
    assert words == ["Tell me, please.", "It was café life & more.", "We left."]
    assert read.keywords == ["childhood", "school"]
    assert [row for row in read.further if "tags" not in row] == [
        {"offset": len(read.account) - len("The end."), "timestamp": "soon"}
    ]


def test_only_words_are_needed_and_other_columns_are_kept(folder: Path) -> None:
    assert _transcript(folder, "a.csv", "words\nOne.\nTwo.\n") == Transcript("One.\nTwo.")
    read = _transcript(folder, "b.csv", "note,words\nlaughs,One.\n,Two.\n")
    assert read.further == [{"offset": 0, "note": "laughs"}]
    with pytest.raises(Unreadable, match="no column `words`"):
        _transcript(folder, "c.csv", "speaker,tags\nA,b\n")
    with pytest.raises(Unreadable, match=r"'d.csv', line 2: .*never closed"):
        _transcript(folder, "d.csv", 'speaker,words\nA,"open\n')


def test_a_transcript_that_comes_alone_is_one_testimony(tmp_path: Path) -> None:
    path = tmp_path / "mill_07.csv"
    (one,) = read_all(path, "speaker,words,tags\nPOE,When?,\nROE,In spring.,work\n")
    assert (one.title, one.account) == ("mill_07", "When?\n\nIn spring.")
    assert one.turns == (Turn(0, "POE"), Turn(7, "ROE"))
    assert one.keywords == ("work",)
    assert inspect(path, "csv").sure
    (told,) = problems(path, 'speaker,words\nA,b\nB,"open\n')
    assert "line 3" in told


def test_plain_text_is_the_account(folder: Path) -> None:
    assert _transcript(folder, "a.txt", "\ufeffOne \r\n\r\n two\r\n").account == "One \n\n two\n"
    assert _transcript(folder, "a.txt", "Hélène".encode("cp1252")).account == "Hélène"


@pytest.mark.parametrize(
    ("stamp", "seconds"),
    [
        ("[0:00]", 0.0),
        ("0:01:02", 62.0),
        ("00:02.50", 2.5),
        ("(1:02:03,5)", 3723.5),
        ("", None),
        ("noon", None),
        ("1", None),
        ("1:2:3:4", None),
        ("9" * 100_000, None),
    ],
)
def test_times(stamp: str, seconds: float | None) -> None:
    assert seconds_of(stamp) == seconds


cells = st.text("ab ;&\n,\"'é", max_size=6)


@given(lines=st.lists(st.tuples(st.sampled_from(["", "ANN", "BOB"]), cells, cells), max_size=6))
def test_words_are_never_changed_and_turns_stand_at_them(
    tmp_path_factory: pytest.TempPathFactory, lines: list[tuple[str, str, str]]
) -> None:
    import csv
    import html

    path = tmp_path_factory.mktemp("a") / "a.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        table = csv.writer(file)
        table.writerow(["speaker", "words", "tags"])
        table.writerows((who, html.escape(words), tags) for who, words, tags in lines)
    read = transcript_of(path)
    said = [(who, words) for who, words, _ in lines if words.strip()]
    at = 0
    for _, words in said:
        at = read.account.index(words, at) + len(words)
    assert at == len(read.account)
    named, announced = [], ""
    for who, words, _ in lines:
        announced = who or announced
        if words.strip():
            if announced:
                named.append((announced, words))
            announced = ""
    assert [turn["speaker"] for turn in read.turns] == [who for who, _ in named]
    for turn, (_, words) in zip(read.turns, named, strict=True):
        assert read.account.startswith(words, turn["offset"])


# --- beside a table ----------------------------------------------------------------------------


def test_the_transcript_is_the_account_and_the_description_context(
    tmp_path: Path, folder: Path
) -> None:
    (folder / "A1.csv").write_text("speaker,words\nANN,I was there.\n")
    (folder / "named.txt").write_text("So was I.")
    content = TABLE + (
        "a1,T,Ann,1946,Of the mill.,,\n"
        "a2,U,Bob,1946,Of the mine.,/objects/named.txt,\n"
        "a3,V,Cid,1946,Of the sea.,,\n"
    )
    one, two, three = read_all(tmp_path / "t.csv", content, Reading(transcripts=folder))
    assert (one.account, one.context) == ("I was there.", "Of the mill.")
    assert (one.turns, one.rendering) == ((Turn(0, "ANN"),), "")
    assert (two.account, two.extra) == ("So was I.", {"object_transcript": "/objects/named.txt"})
    # Without a transcript the description is all there is.
    assert (three.account, three.context, three.rendering) == ("Of the sea.", "", "summary")


@pytest.mark.parametrize("name", ["transcripts", "Transcript"])
@pytest.mark.parametrize("named", ["a1", "a1.csv", "/objects/a1.csv", ""])
def test_transcripts_are_looked_for_beside_the_table(tmp_path: Path, name: str, named: str) -> None:
    (tmp_path / name).mkdir()
    (tmp_path / name / "a1.csv").write_text("speaker,words\nAnn,I was there.\n")
    (one,) = read_all(tmp_path / "t.csv", TABLE + f"a1,T,Ann,1946,Of the mill.,{named},\n")
    assert (one.account, one.context) == ("I was there.", "Of the mill.")


def test_a_transcript_that_is_named_may_lie_beside_the_table(tmp_path: Path) -> None:
    (tmp_path / "a1.csv").write_text("speaker,words\nAnn,I was there.\n")
    (tmp_path / "a2.csv").write_text("speaker,words\nBob,So was I.\n")
    content = TABLE + "a1,T,Ann,1946,Of the mill.,a1,\na2,U,Bob,1946,Of the mine.,,\n"
    one, two = read_all(tmp_path / "t.csv", content)
    # What is called as the interview is, but not named, may be anything.
    assert (one.account, two.account) == ("I was there.", "Of the mine.")


@pytest.mark.parametrize(
    "named", ["a1", "a1.csv", "gone.docx", "oh-17_b", "../a1.csv", "folder/a1", "t.csv"]
)
def test_a_name_is_never_an_account(tmp_path: Path, named: str) -> None:
    content = TABLE + f"a1,T,Ann,1946,Of the mill.,{named},\n"
    (told,) = problems(tmp_path / "t.csv", content)
    assert told.startswith(f"The transcript '{named}' lies neither beside the table nor in")
    # Whoever leaves the column out takes the descriptions.
    (one,) = read_all(tmp_path / "t.csv", reading=Reading(mapping={"object_transcript": ""}))
    assert one.account == "Of the mill."


def test_where_there_is_an_account_names_of_transcripts_are_kept(tmp_path: Path) -> None:
    content = "Title,Text,Transcript\nT,I was there.,a1.csv\n"
    (one,) = read_all(tmp_path / "t.csv", content)
    assert (one.account, one.extra) == ("I was there.", {"Transcript": "a1.csv"})


def test_a_transcript_at_an_address_is_not_fetched(tmp_path: Path) -> None:
    address = "https://example.org/a1.csv"
    (one,) = read_all(tmp_path / "t.csv", TABLE + f"a1,T,Ann,1946,Of the mill.,{address},\n")
    assert (one.account, one.rendering) == ("Of the mill.", "summary")
    assert one.extra == {"object_transcript": address}


@pytest.mark.parametrize("words", ["Never.", "I was there in 1944.", "我在那里。", "Well… no."])
def test_few_words_are_an_account(tmp_path: Path, words: str) -> None:
    (one,) = read_all(tmp_path / "t.csv", TABLE + f"a1,T,Ann,1946,,{words},\n")
    assert one.account == words


@pytest.mark.parametrize("cell", ["yes", "N", "x", "ja", "0"])
def test_whether_there_is_a_transcript_is_no_account(tmp_path: Path, cell: str) -> None:
    content = f"Id,Title,Summary,Transcript (Y/N)\n1,T,Of the mill.,{cell}\n"
    (one,) = read_all(tmp_path / "t.csv", content)
    assert (one.account, one.extra) == ("Of the mill.", {"Transcript (Y/N)": cell})


def test_a_folder_of_transcripts_that_leads_elsewhere_is_not_read(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "a1.csv").write_text("speaker,words\nAnn,secret\n")
    inside = tmp_path / "inside"
    inside.mkdir()
    (inside / "transcripts").symlink_to(outside)
    (told,) = problems(inside / "t.csv", TABLE + "a1,T,Ann,1946,Of the mill.,a1.csv,\n")
    assert "lies neither" in told


def test_the_text_itself_may_stand_in_the_table(tmp_path: Path) -> None:
    content = "Title,Summary,Transcript\nT,Of the mill.,I was there. See notes.txt.\nof Ann\n"
    (one,) = read_all(
        tmp_path / "t.csv", content.replace("I was", '"I was').replace("Ann\n", 'Ann"\n')
    )
    assert one.account == "I was there. See notes.txt.\nof Ann"
    assert one.context == "Of the mill."


def test_a_transcript_that_is_missing_refuses_its_row_only(tmp_path: Path, folder: Path) -> None:
    content = TABLE + "a1,T,Ann,1946,Of the mill.,gone.csv,\na2,U,Bob,1946,Of the mine.,,\n"
    (told,) = problems(tmp_path / "t.csv", content, Reading(transcripts=folder))
    assert "'gone.csv' is not in the folder 'transcripts'" in told


@pytest.mark.parametrize("where", ["../secret.txt", "..\\secret.txt", "a/../../secret.txt"])
def test_no_path_leads_out_of_the_folder(tmp_path: Path, folder: Path, where: str) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    (folder / "secret.txt").write_text("inside")
    content = TABLE + f"a1,T,Ann,1946,Of the mill.,{where},\n"
    (told,) = problems(tmp_path / "t.csv", content, Reading(transcripts=folder))
    assert "outside the folder" in told


def test_neither_absolute_paths_nor_identifiers_nor_links_lead_out(
    tmp_path: Path, folder: Path
) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    (folder / "linked.txt").symlink_to(secret)
    os.mkfifo(folder / "endless.txt")
    content = TABLE + (
        f"a1,T,Ann,1946,one,{secret},\n"
        "../secret,U,Ann,1946,two,,\n"
        f"{secret.with_suffix('')},V,Ann,1946,three,,\n"
        "linked,W,Ann,1946,four,,\n"
        "endless,X,Ann,1946,five,,\n"
        "a2,Y,Ann,1946,six,linked.txt,\n"
        "a3,Z,Ann,1946,seven,https://example.org/linked.txt,\n"
    )
    path, reading = tmp_path / "t.csv", Reading(transcripts=folder)
    assert ["is not in the folder" in told for told in problems(path, content, reading)] == [
        True,
        True,
    ]
    from tests.collection.exchange.reading_files import rows

    sound = [row.raw["account"] for row in rows(path, reading=reading) if not row.problem]
    assert sound == ["two", "three", "four", "five", "seven"]


def test_a_folder_that_is_none_is_an_error_of_the_system(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="gone"):
        read_all(
            tmp_path / "t.csv", TABLE + "a,b,c,d,e,,\n", Reading(transcripts=tmp_path / "gone")
        )


def test_cues_come_from_the_folder_with_their_times(tmp_path: Path) -> None:
    folder = tmp_path / "texts"
    folder.mkdir()
    cue = "00:00:01.000 --> 00:00:04.000\n<v Anna>We left.\n"
    (folder / "a.vtt").write_text(f"WEBVTT\n\n{cue}")
    (folder / "b.srt").write_text("1\n00:00:02,000 --> 00:00:04,000\nAt night.\n")
    (folder / "c.txt").write_text("[0:01] ANNA: We came back.\n[0:09] ANNA: By day.\n")
    table = tmp_path / "list.csv"
    table.write_text("objectid,title,interviewee\na,T,Anna\nb,U,Anna\nc,V,Anna\n")
    rows = [row.raw for row in CSV().read(table, Reading(transcripts=folder))]
    assert [row["account"].split("\n")[0] for row in rows] == [
        "We left.", "At night.", "ANNA: We came back."
    ]  # fmt: skip
    assert [row["turns"][0]["seconds"] for row in rows] == [1.0, 2.0, 1.0]
    assert rows[0]["turns"][0]["speaker"] == "Anna"


# --- a folder of both --------------------------------------------------------------------------


def test_a_folder_gives_a_table_and_not_its_transcripts_again(tmp_path: Path) -> None:
    for name in ("a1.csv", "a2.vtt", "other.csv"):
        (tmp_path / name).write_text("speaker,words\nAnn,I was there.\n")
    (tmp_path / "a2.vtt").write_text("WEBVTT\n\n00:00.000 --> 00:02.000\nSo was I.\n")
    (tmp_path / "broken.csv").write_text("")
    lines = "a1,T,Ann,1946,,a1.csv,\na2,U,Bo,1946,,/objects/a2.vtt,\na3,V,Cy,1946,,gone.csv,\n"
    (tmp_path / "metadata.csv").write_text(TABLE + lines)
    assert [file.name for file in files_in(tmp_path)] == ["broken.csv", "metadata.csv", "other.csv"]
    assert files_in(tmp_path / "a1.csv") == [tmp_path / "a1.csv"]
    (tmp_path / "metadata.csv").unlink()
    assert len(files_in(tmp_path)) == 4
