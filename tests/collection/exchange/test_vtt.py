from __future__ import annotations

import time

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from collection import Collection, Testimony
from collection.access import gate
from collection.exchange.formats import reader
from collection.exchange.interface import Reading, Unfit
from collection.exchange.spoken.timed import Timed, parse_timed
from collection.exchange.spoken.vtt import WebVTT, webvtt
from collection.testimony import Access, Narrator, Restriction, Turn

HEAD = "WEBVTT\n\n"


def _account(cues: str) -> str:
    return parse_timed(HEAD + cues).account


def _turns(text: str) -> list[tuple[str, str, float | None]]:
    timed = parse_timed(text)
    return [(timed.account[t.offset :][:4], t.speaker, t.seconds) for t in timed.turns]


# --- WebVTT in -----------------------------------------------------------------------------------


def test_cues_become_turns_with_their_times() -> None:
    text = (
        "WEBVTT\n\n01:00:03.000 --> 01:00:09.500\n<v ROSE>  Where were you?\n\n"
        "01:00:09.500 --> 01:00:20.000\n<v IDA>At the mill.\nOn the river.\n\n"
        "01:00:20.000 --> 00:00:00.000\nThe whole winter."
    )
    timed = parse_timed(text)
    assert timed.account == ("Where were you?\n\nAt the mill.\nOn the river.\nThe whole winter.")
    assert timed.turns == (
        Turn(0, "ROSE", 3603.0),
        Turn(17, "IDA", 3609.5),
        Turn(44, "", 3620.0),
    )
    # That the last cue ends at zero is all that account and turns do not tell.
    assert timed.found == {"extra": {"vtt": {"cues": [{"cue": 2, "start": 3620.0, "end": 0.0}]}}}


def test_every_voice_of_a_cue_is_heard() -> None:
    cue = "00:01.000 --> 00:04.000\n<v Ida>No.</v>\n<v.loud Rose Bär>Yes!</v> (laughs)\n"
    assert _turns(HEAD + cue) == [("No.\n", "Ida", 1.0), ("Yes!", "Rose Bär", None)]
    assert _account(cue) == "No.\n\nYes! (laughs)"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("a &lt; b &amp;&amp; c &gt; d&nbsp;e&lrm;", "a < b && c > d\xa0e\u200e"),
        ("AT&T &copy x & y", "AT&T &copy x & y"),
        ("<i>Die</i> <b.x>Mühle</b> <c.yellow.bg>stand</c> still", "Die Mühle stand still"),
        ("<ruby>水<rt>みず</rt></ruby>", "水みず"),
        ("one <00:00:01.500>two <00:01.700>three", "one two three"),
        ("x < y and y > z, <laughs> he said", "x < y and y > z, <laughs> he said"),
        ("first<br><br>second<br/>third", "first\n\nsecond\nthird"),
        ("a\n<br>\nb", "a\n\nb"),
        ("<lang de>Guten Tag</lang>", "Guten Tag"),
        ("one.\n00:02.000 --> 00:03.000 two", "one.\ntwo"),
    ],
)
def test_markup_is_taken_off_the_words(written: str, read: str) -> None:
    assert _account(f"00:01.000 --> 00:02.000\n{written}") == read


def test_nothing_of_a_file_is_lost() -> None:
    text = (
        "WEBVTT - In the mill\nKind: captions\nLanguage: de\n\n"
        "STYLE\n::cue { color: red }\n\nREGION\nid:fred\n\nNOTE\nheard by two\n\n"
        "intro\n00:01.000 --> 00:03.000 align:start\n<i>One.</i>\n\n"
        "a paragraph that stands alone\n\nNOTE checked\n\n"
        "00:02.000 --> 00:75\nno time.\n\n2\n00:05.000 --> 00:04.000\nTwo.\n3\n"
        "00:06.000 --> 00:09.000\nThree.\n\nNOTE the end"
    )
    timed = parse_timed(text)
    assert timed.account == (
        "One.\n\na paragraph that stands alone\n\n00:02.000 --> 00:75\nno time.\nTwo.\nThree."
    )
    assert timed.found["title"] == "In the mill"
    assert timed.found["language"] == "de"
    kept = timed.found["extra"]["vtt"]
    assert kept["header"].endswith("Kind: captions\nLanguage: de")
    assert [block for _, block in kept["blocks"]] == [
        "STYLE\n::cue { color: red }",
        "REGION\nid:fred",
        "NOTE\nheard by two",
        "NOTE checked",
        "NOTE the end",
    ]
    assert [(cue["cue"], cue.get("id"), cue.get("end")) for cue in kept["cues"]] == [
        (0, "intro", 3.0),
        (1, "2", 4.0),
        (2, "3", 9.0),
    ]
    assert kept["cues"][0]["settings"] == "align:start"
    assert kept["cues"][0]["raw"].startswith("<i>One.</i>")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_and_marks_of_every_system_are_read(end: str, tmp_path) -> None:
    file = tmp_path / "one.vtt"
    text = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ida>One.\nTwo.\n"
    file.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", end).encode())
    (row,) = WebVTT().read(file)
    assert row.raw["account"] == "One.\nTwo."
    assert row.raw["title"] == "one"
    assert row.raw["turns"] == [{"offset": 0, "speaker": "Ida", "seconds": 1.0}]


def test_a_label_in_the_words_stays_there_and_names_the_speaker() -> None:
    text = "1\n00:00:01,000 --> 00:00:02,000\nIDA: We {\\an8}<i>hid</i>.\n\n2\n00:00:02,000 --> 00:00:04,500\nROSE: Where?"
    timed = parse_timed(text)
    assert timed.account == "IDA: We hid.\n\nROSE: Where?"
    assert timed.turns == (Turn(0, "IDA", 1.0), Turn(14, "ROSE", 2.0))


def test_what_cannot_be_decoded_is_told(tmp_path) -> None:
    file = tmp_path / "one.vtt"
    file.write_bytes("WEBVTT\n\n00:01.000 --> 00:02.000\nMühle".encode("latin-1"))
    # As it was said to be it is not; if nothing is said, it is found out.
    (row,) = WebVTT().read(file, Reading(encoding="utf-8"))
    assert row.problem is not None
    assert "UTF-8" in row.problem.message
    (row,) = WebVTT().read(file)
    assert row.raw["account"] == "Mühle"


# --- out and in again ----------------------------------------------------------------------------

_words = st.text(
    st.sampled_from("abÄ 水\t\n\r\f\v\x85\u2028<>&;-0:.#'\"שx\x1b")
    | st.characters(exclude_categories=["Cs"]),
    max_size=40,
).map(lambda text: text.replace("\0", ""))
_tricky = st.sampled_from(
    [
        "\n", "\n\n", " ", "\n \n", "<v Ida>", "</v>", "<br>", "-->", "00:01.000 --> 00:02.000\n",
        "NOTE\n", "&lt;", "&#10;", "&amp;lt;", "STYLE\n", "WEBVTT", "<c.run-on></c>", "7\n",
    ]
)  # fmt: skip
_accounts = st.lists(_words | _tricky, max_size=8).map("".join).map(lambda text: "x" + text)
_names = st.text(st.sampled_from("abÄ <>&;:.\"'水"), max_size=6).map(
    lambda name: " ".join(name.split())
)
_seconds = st.none() | st.integers(0, 10**9).map(lambda thousandths: thousandths / 1000)


@st.composite
def _records(draw: st.DrawFn) -> Testimony:
    account = draw(_accounts)
    offsets = draw(st.sets(st.integers(0, len(account) - 1), max_size=5))
    turns = [Turn(at, draw(_names), draw(_seconds)) for at in sorted(offsets)]
    return Testimony(title="T", account=account, turns=turns)


def _said(turns: tuple[Turn, ...]) -> list[Turn]:
    return [turn for turn in turns if turn.speaker or turn.seconds is not None]


@given(record=_records())
@example(
    Testimony(
        title="T",
        account="x\n\n\ny z",
        turns=[Turn(0, "A", 1.0), Turn(1, "", 2.0), Turn(4, "B", None), Turn(6, "", 3.0)],
    )
)
def test_what_is_written_comes_back(record: Testimony) -> None:
    try:
        text = webvtt(record)
    except Unfit:
        assert all(turn.seconds is None for turn in record.turns)
        return
    back = parse_timed(text)
    assert back.account == record.account
    said = _said(record.turns)
    if any(turn.speaker for turn in said):
        assert [*back.turns] == said
    else:
        # Where nobody is named, lines that look like a speaker's are taken for one.
        assert [turn for turn in back.turns if turn.seconds is not None] == [
            msgspec.structs.replace(turn, speaker=other.speaker)
            for turn, other in zip(
                said, (t for t in back.turns if t.seconds is not None), strict=True
            )
        ]
    # And once more, with everything that was read.
    again = webvtt(_testimony(back))
    assert _testimony(parse_timed(again)) == _testimony(back)


def _testimony(timed: Timed) -> Testimony:
    return Testimony(
        title=timed.found.get("title", "T"),
        account=timed.account,
        turns=timed.turns,
        extra=timed.found.get("extra", {}),
    )


_lines = st.sampled_from(
    [
        "WEBVTT", "WEBVTT - A title", "", "", "NOTE", "NOTE a", "STYLE", "REGION", "1", "intro",
        "00:01.000 --> 00:02.000", "00:00:02.000 --> 00:00:00.000 align:left line:0%",
        "00:02,500 --> 1:00:03,000", "00:75.000 --> x", "<v Ida>one</v> <v Rose>two", "words",
        "<i>one</i>", "IDA: one", "ROSE: two", "&lt;b&gt; &#13;", "<br>", " ", "a<br>b", "Title: x",
    ]
)  # fmt: skip


@given(lines=st.lists(_lines | _words, max_size=14))
def test_any_file_goes_in_and_out_and_in_again(lines: list[str]) -> None:
    timed = parse_timed("\n".join(lines).replace("\r", "\n"))
    if not any(turn.seconds is not None for turn in timed.turns):
        return
    record = _testimony(timed)
    back = _testimony(parse_timed(webvtt(record)))
    assert back.account == record.account
    assert back.turns == tuple(_said(record.turns))


def test_what_nobody_changed_is_written_as_it_came() -> None:
    text = (
        "WEBVTT - A title\nKind: captions\n\nSTYLE\n::cue { color: red }\n\n"
        "intro\n00:00:01.000 --> 00:00:03.000 align:start\n<i>One</i> &amp; <v.loud Ida>all</v>\n\n"
        "NOTE between\n\n00:00:05.000 --> 00:00:04.000\nTwo.\n\nNOTE behind\n"
    )
    record = msgspec.structs.replace(_testimony(parse_timed(text)), title="A title")
    assert webvtt(record, note=False) == text


def test_what_is_sealed_does_not_leave() -> None:
    record = Testimony(title="T", account="words", turns=[Turn(0, "", 1.0)])
    sealed = msgspec.structs.replace(record, access=Access(record=Restriction("private")))
    assert b"".join(WebVTT().write([gate(sealed)])) == b""
    masked = msgspec.structs.replace(record, access=Access(account=Restriction("private")))
    with pytest.raises(Unfit):
        b"".join(WebVTT().write([gate(masked)]))
    with pytest.raises(Unfit):
        b"".join(WebVTT().write([gate(Testimony(title="T", account="words"))]))


def test_the_note_carries_the_identifier(tmp_path) -> None:
    record = Testimony(
        id="t-1", title="In\nthe --> mill", narrator="Ida", date="May 1944", account="words",
        turns=[Turn(0, "", 1.0)],
    )  # fmt: skip
    file = tmp_path / "x.vtt"
    file.write_bytes(b"".join(WebVTT().write([gate(record)])))
    (row,) = WebVTT().read(file)
    assert row.raw["id"] == "t-1"
    assert row.raw["title"] == "In the → mill"
    assert (row.raw["narrator"], row.raw["date"]) == ("Ida", "May 1944")
    assert "extra" not in row.raw or row.raw["extra"]["vtt"].keys() == {"header"}


def test_a_public_file_brought_in_again_changes_nothing(tmp_path, voices: Collection) -> None:
    narrator = Narrator("Anna", "pseudonym", "Ida Kovacs")
    turns = [Turn(0, "Ida Kovacs", 1.0), Turn(11, "Rose", 2.5)]
    voices.add(
        Testimony(
            id="a", title="T", narrator=narrator, account="I am Ida.\n\nYes, Kovacs.", turns=turns,
            extra={"vtt": {"cues": [{"cue": 0, "start": 1.0, "raw": "<v Ida Kovacs>I am <i>Ida</i>."}]}},
        )
    )  # fmt: skip
    (before,) = voices
    file = tmp_path / "out.vtt"
    file.write_bytes(b"".join(WebVTT().write(voices.export())))
    assert "Kovacs" not in file.read_text()
    report = voices.import_rows([*WebVTT().read(file)], update=True)
    assert (report.added, report.refused) == (0, 0)
    (after,) = voices
    assert (after.account, after.turns, after.narrator) == (
        before.account,
        before.turns,
        before.narrator,
    )


@pytest.mark.parametrize(
    "text",
    [
        "WEBVTT\n\n00:01.000 --> 00:02.000\n" + "<v " * 100_000,
        "WEBVTT\n\n00:01.000 --> 00:02.000\n" + "<c.a" + ".b" * 100_000,
        "WEBVTT\n\n00:01.000 --> 00:02.000\n<v" + " \t" * 100_000 + "x",
        "WEBVTT\n\n00:01.000 --> 00:02.000\n" + "&#" * 100_000,
        "WEBVTT\n\n" + " " * 200_000 + "-->",
        "WEBVTT\n\n" + "00:01.000 --> 00:02.000\n" * 20_000,
        "[00:01] " + "{" * 100_000 + "\n[00:02] " + "A (" * 100_000,
        "00:01 x\n" + ("a " * 50_000 + "\n") * 3 + "00:02 y",
        "WEBVTT\n\n00:01.000 --> 00:02.000\nx" + "\n" * 200_000 + "y",
        "WEBVTT\n\n00:01.000 --> 00:02.000" + "\n\nx y" * 200_000,
    ],
    ids=range(10),
)  # fmt: skip
def test_hostile_texts_cost_no_time(text: str) -> None:
    before = time.process_time()
    parse_timed(text)
    assert time.process_time() - before < 30  # a quadratic one takes minutes


@pytest.mark.parametrize(
    "account",
    ["x" + " " * 500_000 + "y", "x" + " \n\t" * 200_000 + "y", "x" + "\n" * 500_000],
    ids=range(3),
)
def test_white_space_costs_no_time(account: str) -> None:
    before = time.process_time()
    back = parse_timed(webvtt(Testimony(title="T", account=account, turns=[Turn(0, "A", 1.0)])))
    assert time.process_time() - before < 30  # a quadratic one takes minutes
    assert back.account == account


# --- how it looks --------------------------------------------------------------------------------


def test_cues_hold_plain_words_and_a_note_how_they_stand() -> None:
    record = Testimony(
        title="T",
        account="One of us.\n\nAnd two, ninete en and  twelve.\nThree.\n\n\nFour.\n",
        turns=[Turn(0, "Ida", 1.0), Turn(28, "", 4.0), Turn(44, "Rose", 8.0)],
    )
    text = webvtt(record, note=False)
    assert text == (
        "WEBVTT\n\n00:00:01.000 --> 00:00:04.000\n<v Ida>One of us.\nAnd two, ninete\n\n"
        "00:00:04.000 --> 00:00:08.000\nen and  twelve.\n\n"
        "00:00:08.000 --> 00:00:09.000\n<v Rose>Three.\nFour.\n\n"
        "NOTE Layout of 5 lines: 1=nn 2=s 3=n 4=nnn 5=n\n"
    )
    back = parse_timed(text)
    assert (back.account, back.turns) == (record.account, record.turns)


def test_a_note_of_another_file_means_nothing() -> None:
    cues = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ida>One.\nTwo.\n\n"
    assert parse_timed(f"{cues}NOTE Layout of 3 lines: 1=nnn").account == "One.\nTwo."
    assert parse_timed(f"{cues}NOTE Layout of 2 lines: 1=nnn").account == "One.\n\n\nTwo."


def test_the_last_cue_is_as_long_as_its_words() -> None:
    record = Testimony(title="T", account="x" * 150, turns=[Turn(0, "Ida", 2.0)])
    assert "00:00:02.000 --> 00:00:12.000" in webvtt(record)
    assert "extra" not in parse_timed(webvtt(record, note=False)).found


def test_subtitles_become_paragraphs() -> None:
    cues = [
        (1, 3, "I was born"),
        (3, 5, "by the river,"),
        (5, 7, "in a mill."),
        (7.5, 9, "We hid there."),
        (12, 14, "and then"),
        (14, 16, "- to the ford"),
        (16, 18, "IDA: Yes,"),
        (18, 20, "IDA: we did."),
        (20, 22, "ROSE: No."),
        (22, 24, "我们"),
        (24, 26, "走了"),
    ]
    text = "\n\n".join(
        f"{n}\n00:00:{a:06.3f} --> 00:00:{b:06.3f}\n{words}".replace(".", ",", 2)
        for n, (a, b, words) in enumerate(cues)
    )
    timed = parse_timed(text)
    assert timed.account == (
        "I was born by the river, in a mill.\nWe hid there.\n\nand then\n- to the ford\n\n"
        "IDA: Yes,\nIDA: we did.\n\nROSE: No.\n我们\n走了"
    )
    assert [turn.seconds for turn in timed.turns] == [start for start, _, _ in cues]
    back = parse_timed(webvtt(_testimony(timed), note=False))
    assert (back.account, back.turns, back.found) == (timed.account, timed.turns, timed.found)


@pytest.mark.parametrize(
    ("encoding", "words"),
    [
        ("cp1251", "Мы шли всю ночь, и никто не спрашивал, куда."),
        ("cp1252", "Nous étions fatigués, et après la forêt il y avait la frontière."),
        ("cp1250", "Szliśmy całą noc, a potem już nikogo nie było na drodze."),
    ],
)
def test_subtitles_in_an_old_encoding_are_read_as_what_they_are(
    tmp_path, encoding: str, words: str
) -> None:
    path = tmp_path / "film.srt"
    path.write_bytes(f"1\n00:00:01,000 --> 00:00:04,000\n{words}\n".encode(encoding))
    (row,) = reader("srt").read(path)
    assert row.raw["account"] == words
