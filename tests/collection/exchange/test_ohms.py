from __future__ import annotations

import time
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import msgspec
import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import given
from hypothesis import strategies as st

from collection import Collection, Testimony
from collection.access import gate
from collection.exchange.formats import format_of
from collection.exchange.markup.ohms import OHMS
from collection.exchange.markup.ohms_shape import ELEMENTS, NAMESPACE
from collection.exchange.markup.ohms_transcript import read_transcript, stamped, written_stamps
from collection.reading import read_testimony
from collection.testimony import Access, Place, Restriction, Turn
from tests.collection.strategies import records

WORDS = "IDA: We hid in the mill.\nFor days.\n\nROSE: Where was it?\nIDA: By the river."


def _document(inside: str, namespace: str = NAMESPACE, attributes: str = 'id="007"') -> str:
    return f'<ROOT xmlns="{namespace}"><record {attributes}>{inside}</record></ROOT>'


def _raws(text: str | bytes, folder: Path) -> list[dict[str, Any]]:
    file = folder / "in.xml"
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    rows = [*OHMS().read(file)]
    assert [row.problem for row in rows] == [None] * len(rows)
    return [row.raw for row in rows]


def _raw(inside: str, folder: Path) -> dict[str, Any]:
    (raw,) = _raws(_document(inside), folder)
    return raw


def _written(record: Testimony, *, private: bool = True) -> bytes:
    return b"".join(OHMS().write([gate(record, private=private)]))


# --- in ------------------------------------------------------------------------------------------


def test_every_element_has_its_place(tmp_path: Path) -> None:
    raw = _raw(
        """
        <version>5.4</version><date value="1987-03-04" format="yyyy-mm-dd"/>
        <date_nonpreferred_format>early March 1987</date_nonpreferred_format>
        <cms_record_id>c9</cms_record_id><title>Ida &amp; Rose</title><accession>A.01</accession>
        <duration>01:02:03</duration><collection_id>k</collection_id>
        <collection_name>Mills</collection_name><series_name>Rivers</series_name>
        <repository>House of Voices</repository><funding>nobody</funding>
        <subject>Hiding</subject><subject>Łódź (Poland : Ghetto)</subject><keyword>mill; water</keyword>
        <interviewee>Ida K.</interviewee><interviewee>Rose L.</interviewee>
        <interviewer>Weiss, Anna</interviewer><format>audio</format><file_name>ida.mp3</file_name>
        <media_url>https://example.org/ida.mp3</media_url>
        <mediafile><host>Other</host><clip_format>audio</clip_format><host_clip_id/></mediafile>
        <language>German</language><user_notes>Two tapes.</user_notes>
        <description>They hid.</description><transcript>IDA: We hid.</transcript>
        <rights>The narrators</rights><usage>CC BY 4.0</usage><userestrict>0</userestrict>
        <foreign kind="x">kept <too/></foreign>
        """,
        tmp_path,
    )
    record = read_testimony(raw)
    assert (record.id, record.title) == ("007", "Ida & Rose")
    assert (record.date.text, record.date.edtf) == ("early March 1987", "1987-03-01/1987-03-10~")
    assert record.narrator.name == "Ida K.; Rose L."
    assert record.interviewers == ("Weiss, Anna",)
    assert record.themes == ("Hiding", "Łódź (Poland : Ghetto)")
    assert record.keywords == ("mill", "water")
    assert (record.source.collection, record.source.series) == ("Mills", "Rivers")
    assert record.source.repository == "House of Voices"
    assert (record.language, record.context) == ("German", "They hid.")
    assert (record.rights, record.licence) == ("The narrators", "CC BY 4.0")
    assert record.media[0].file == "ida.mp3"
    assert record.media[0].duration == "01:02:03"
    assert record.access == Access()
    assert record.turns == (Turn(0, "IDA"),)
    kept = record.extra["ohms"]
    assert kept["accession"] == "A.01"
    assert kept["mediafile"] == {"host": "Other", "clip_format": "audio"}
    assert kept["user_notes"] == "Two tapes."
    assert kept["foreign"] == {"@kind": "x", "#text": "kept"}
    assert {"cms_record_id", "collection_id", "funding", "format"} <= kept.keys()


@pytest.mark.parametrize(
    "namespace", [NAMESPACE, "http://www.weareavp.com/nunncenter/ohms", "", "urn:other"]
)
def test_namespaces_old_and_none(namespace: str, tmp_path: Path) -> None:
    text = _document("<title>T</title><transcript>x</transcript>", namespace)
    assert _raws(text, tmp_path)[0]["title"] == "T"


@pytest.mark.parametrize(
    ("date", "text", "edtf"),
    [
        ('<date value="1987-03-04"/>', "1987-03-04", "1987-03-04"),
        ('<date format="mm/dd/yyyy">1987-03-04</date>', "1987-03-04", "1987-03-04"),
        ('<date value=""/>', "", None),
        (
            '<date value="1987-01-01"/><date_nonpreferred_format>circa 1987</date_nonpreferred_format>',
            "circa 1987",
            "1987~",
        ),
        (
            '<date value="1987-03-04"/><date_nonpreferred_format>a wet day</date_nonpreferred_format>',
            "a wet day",
            "1987-03-04",
        ),
        (
            '<date value=""/><date_nonpreferred_format>Unknown</date_nonpreferred_format>',
            "Unknown",
            None,
        ),
    ],
)
def test_dates(date: str, text: str, edtf: str | None, tmp_path: Path) -> None:
    raw = _raw(f"{date}<title>T</title><transcript>x</transcript>", tmp_path)
    span = read_testimony(raw).date
    assert (span.text, span.edtf) == (text, edtf)


def test_stamps_stand_at_their_words() -> None:
    turns = read_transcript(WORDS, "1:|1(3)|2(2)|4(1)|5(99)|9(1)|x|3(1)").turns
    assert [(WORDS[turn.offset :].split(maxsplit=1)[0], turn.seconds) for turn in turns] == [
        ("IDA:", None),
        ("hid", 60.0),
        ("days.", 120.0),
        ("ROSE:", 420.0),  # an empty line has no word: its place is that of the next line
        ("ROSE:", 180.0),
        ("IDA:", None),
        ("river.", 240.0),
    ]


@pytest.mark.parametrize(
    "sync", ["", ":", "1", "x:|1(2)", "0:|1(1)", "-1:|1(1)", "1:1(1", "1:|9999999999(1)"]
)
def test_stamps_that_say_nothing(sync: str) -> None:
    assert all(turn.seconds is None or turn.seconds >= 0 for turn in stamped("one two", sync))


def test_cues_of_a_record(tmp_path: Path) -> None:
    raw = _raw(
        "<title>T</title><transcript>\n</transcript><vtt_transcript><![CDATA[WEBVTT\n\nNOTE\nTitle: other\n\n"
        "01:00:00.000 --> 01:00:05.000\n<v IDA>  One.<br><br>Two.\n\n"
        "01:00:05.000 --> 00:00:00.000\n<v ROSE>  Three.\n]]></vtt_transcript>",
        tmp_path,
    )
    assert raw["account"] == "One.\n\nTwo.\n\nThree."
    assert raw["title"] == "T"
    assert [turn["seconds"] for turn in raw["turns"]] == [3600.0, 3605.0]
    assert raw["extra"]["vtt"]["blocks"] == [[0, "NOTE\nTitle: other"]]


INDEX = (
    "<index><point><time>5</time><title>The mill</title><synopsis>They hide.</synopsis>"
    "<keywords>mill;water</keywords><subjects>Hiding</subjects>"
    "<gpspoints><gps>51.5, -19.25</gps><gps_zoom>17</gps_zoom><gps_text>Old mill</gps_text></gpspoints>"
    "<gpspoints><gps>x</gps><gps_text>River</gps_text></gpspoints>"
    "<hyperlinks><hyperlink>https://a</hyperlink></hyperlinks>"
    "<hyperlinks><hyperlink>https://b</hyperlink></hyperlinks></point>"
    "<point><time>65</time><title>On</title><gps>1,2</gps><gps_text>Ford</gps_text></point></index>"
)


def test_the_index_is_kept_and_read(tmp_path: Path) -> None:
    raw = _raw(
        f"<title>T</title><keyword>water</keyword>{INDEX}<transcript>x</transcript>", tmp_path
    )
    record = read_testimony(raw)
    # Of its own keywords the record has one; subjects it takes from the segments.
    assert record.keywords == ("water",)
    assert record.themes == ("Hiding",)
    assert record.context == (
        "Index of the recording:\n\n0:00:05 The mill\nThey hide.\nKeywords: mill; water\n"
        "Subjects: Hiding\n\n0:01:05 On"
    )
    assert record.places == (
        Place("Old mill", None, 51.5, -19.25),
        Place("River"),
        Place("Ford", None, 1.0, 2.0),
    )
    first, second = record.extra["index"]
    assert [link["hyperlink"] for link in first["hyperlinks"]] == ["https://a", "https://b"]
    assert second["gpspoints"] == {"gps": "1,2", "gps_text": "Ford"}


FOOTNOTES = (
    "IDA: We hid in the mill[[footnote]]1[[/footnote]] there.\n\nROSE: Where?[[footnote]]2[[/footnote]]"
    "\n\n[[footnotes]]\n[[note]]Built in 1914.[[/note]]\n"
    "[[note]]See [[link]]https://a.example[[/link]][[/note]]\n[[/footnotes]]\n"
)


def test_footnotes_are_marked_in_the_words_and_told_below(tmp_path: Path) -> None:
    raw = _raw(
        f"<title>T</title><description>D</description><sync>1:|1(7)|3(2)</sync>"
        f"<transcript>{FOOTNOTES}</transcript>",
        tmp_path,
    )
    record = read_testimony(raw)
    assert record.account == "IDA: We hid in the mill[1] there.\n\nROSE: Where?[2]"
    assert record.turns == (
        Turn(0, "IDA"), Turn(27, "", 60.0), Turn(35, "ROSE"), Turn(41, "", 120.0),
    )  # fmt: skip
    assert record.context == (
        "D\n\nNotes to the account:\n\n[1] Built in 1914.\n[2] See https://a.example"
    )
    root = fromstring(_written(record))
    told = {child.tag.rpartition("}")[2]: child.text for child in root[0]}
    assert told["transcript"] == FOOTNOTES
    assert told["sync"] == "1:|1(7)|3(2)"
    assert told["description"] == "D"


def test_footnotes_stay_at_their_words_in_an_edited_account(tmp_path: Path) -> None:
    raw = _raw(f"<title>T</title><transcript>{FOOTNOTES}</transcript>", tmp_path)
    record = read_testimony(raw)
    edited = msgspec.structs.replace(
        record, account="IDA: Yes.\n\n" + record.account, context="More.\n\n" + record.context,
        turns=[Turn(0, "IDA"), *(Turn(t.offset + 11, t.speaker) for t in record.turns)],
    )  # fmt: skip
    out = _written(edited).decode()
    assert "hid in the mill[[footnote]]1[[/footnote]] there." in out
    assert "<description>More.</description>" in out
    assert read_testimony(_raws(out, tmp_path)[0]) == edited


@pytest.mark.parametrize(
    ("written", "account"),
    [
        ("a [1] b[[footnote]]1[[/footnote]]", "a [1] b[note 1]"),
        ("[1][note 1][[footnote]]1[[/footnote]]", "[1][note 1][[footnote]]1[[/footnote]]"),
        ("a[[footnote]] 1 [[/footnote]] b[[footnote]]x", "a[1] b[[footnote]]x"),
        ("a\n[[footnotes]]\n[[/footnotes]] ", "a"),
        ("a\n\n[[footnotes]][[note]]n[[/note]][[/footnotes]]\n\nTHE END", "a\n\n\n\nTHE END"),
        ("[[footnotes]][[note]]n[[/note]][[/footnotes]]", "[[footnotes]][[note]]n[[/note]][[/footnotes]]"),
    ],
)  # fmt: skip
def test_footnotes_of_every_kind(written: str, account: str, tmp_path: Path) -> None:
    record = read_testimony(_raw(f"<title>T</title><transcript>{written}</transcript>", tmp_path))
    assert record.account == account
    assert read_testimony(_raws(_written(record), tmp_path)[0]) == record


def test_an_edited_context_comes_back_as_it_is(tmp_path: Path) -> None:
    raw = _raw(
        f"<title>T</title><description>D</description>{INDEX}<transcript>{FOOTNOTES}</transcript>",
        tmp_path,
    )
    record = read_testimony(raw)
    for context in (
        record.context.replace("D\n", "Told at home.\n"),
        record.context.replace("They hide.", "They hide there."),
        record.context.replace("Built in", "Built about"),
        record.context + "\n\nAnd more.",
    ):
        edited = msgspec.structs.replace(record, context=context)
        assert read_testimony(_raws(_written(edited), tmp_path)[0]) == edited


def test_a_file_of_ours_brought_in_again_is_the_same(tmp_path: Path, voices: Collection) -> None:
    file = tmp_path / "in.xml"
    file.write_text(
        _document(
            f"<title>T</title><description>D</description><subject>Mills</subject>{INDEX}"
            f"<interviewer>Anna</interviewer><sync>1:|1(7)</sync><transcript>{FOOTNOTES}</transcript>"
        )
    )
    voices.import_rows([*OHMS().read(file)])
    out = tmp_path / "out.xml"
    out.write_bytes(b"".join(OHMS().write(voices.export())))
    assert b"<interviewer/>" not in out.read_bytes()
    assert out.read_bytes().count(b"<subject>") == 1
    report = voices.import_rows([*OHMS().read(out)])
    assert (report.added, report.changed, report.same) == (0, 0, 1)


@pytest.mark.parametrize(
    "transcript",
    [
        "[[footnote]]" * 50_000,
        "[[footnote]]1[[/footnote]]" * 50_000,
        "[[footnotes]]" * 50_000 + "[[note]]" * 50_000,
        "x " * 500_000 + "\n" + "[1]" * 50_000,
    ],
    ids=range(4),
)
def test_hostile_transcripts_cost_no_time(transcript: str) -> None:
    stamps = "1:|" + "|".join(f"1({n})" for n in range(1, 50_000))
    before = time.process_time()
    read = read_transcript(transcript, stamps)
    written_stamps(read.account, read.kept, read.turns)
    assert time.process_time() - before < 30  # a quadratic one takes minutes


def test_without_a_transcript_there_is_a_summary(tmp_path: Path) -> None:
    by_index = _raw(f"<title>T</title><description>D</description>{INDEX}", tmp_path)
    assert by_index["account"] == "The mill\nThey hide.\n\nOn"
    assert by_index["rendering"] == "summary"
    assert by_index["context"] == "D"
    assert [turn["seconds"] for turn in by_index["turns"]] == [5.0, 65.0]
    by_description = _raw("<title>T</title><description>D</description>", tmp_path)
    assert (by_description["account"], by_description["rendering"]) == ("D", "summary")
    assert "context" not in by_description


@pytest.mark.parametrize("word", ["1", "Yes", "closed until 2050", "ask the family", "2"])
def test_what_is_restricted_is_never_taken_for_open(word: str, tmp_path: Path) -> None:
    raw = _raw(
        f"<title>T</title><transcript>x</transcript><userestrict>{word}</userestrict>", tmp_path
    )
    record = read_testimony(raw)
    assert record.access.record == Restriction("restricted", None, word)
    assert gate(record).sealed
    assert _written(record, private=False) == b""


@pytest.mark.parametrize("word", ["", "0", "No", " none "])
def test_no_restriction(word: str, tmp_path: Path) -> None:
    raw = _raw(
        f"<title>T</title><transcript>x</transcript><userestrict>{word}</userestrict>", tmp_path
    )
    assert "access" not in raw


@pytest.mark.parametrize(
    "said",
    [
        '<userestrict kind="x">1</userestrict>',
        '<userestrict restricted="yes"/>',
        "<userestrict>0</userestrict><userestrict>1</userestrict>",
        "<userestrict><until>2050</until></userestrict>",
        "<userestrict>0 <b>until 2050</b></userestrict>",
        "<Userestrict>1</Userestrict>",
    ],
)
def test_a_restriction_counts_however_it_is_written(said: str, tmp_path: Path) -> None:
    raw = _raw(f"<title>T</title><transcript>x</transcript>{said}", tmp_path)
    assert read_testimony(raw).access.record.level == "restricted"
    again = _raws(_written(read_testimony(raw)), tmp_path)[0]
    assert read_testimony(again).access.record.level == "restricted"


def test_elements_with_attributes_and_markup_are_read_all_the_same(tmp_path: Path) -> None:
    raw = _raw(
        '<title lang="en">T</title><interviewee role="x">Ida</interviewee>'
        '<interviewee>Rose</interviewee><subject authority="y">Hiding</subject>'
        "<subject>Mills</subject><description>They <i>hid</i>, both.</description>"
        '<transcript lang="de">We <i>hid</i> in the <b>mill</b>.</transcript>',
        tmp_path,
    )
    record = read_testimony(raw)
    assert (record.title, record.narrator.name) == ("T", "Ida; Rose")
    assert record.themes == ("Hiding", "Mills")
    assert record.context == "They hid, both."
    assert record.account == "We hid in the mill."
    kept = record.extra["ohms"]
    assert kept["title"] == [{"@lang": "en", "#text": "T"}]
    assert {"@authority": "y", "#text": "Hiding"} in kept["subject"]
    again = read_testimony(_raws(_written(record), tmp_path)[0])
    assert (again.account, again.title, again.themes) == (record.account, "T", record.themes)


def test_many_records_and_what_comes_before_a_break(tmp_path: Path) -> None:
    record = "<record><title>T</title><accession>{}</accession><transcript>x</transcript></record>"
    file = tmp_path / "in.xml"
    file.write_text(f"<ROOT>{record.format('a-1')}{record.format('a-2')}<record>")
    rows = [*OHMS().read(file)]
    assert [row.raw["id"] for row in rows[:2]] == ["a-1", "a-2"]
    assert rows[2].problem is not None
    assert "line 1" in rows[2].problem.message


BOMB = '<!DOCTYPE l [<!ENTITY a "haha"><!ENTITY b "&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (f"{BOMB}<ROOT><record>&b;</record></ROOT>".encode(), "entities"),
        (b'<!DOCTYPE l [<!ENTITY x SYSTEM "file:///etc/passwd">]><ROOT>&x;</ROOT>', "entities"),
        (b'<!DOCTYPE ROOT SYSTEM "http://example.org/x.dtd"><ROOT/>', "document type"),
        (b"<ROOT>" * 100_000, "nest too deeply"),
        (b"<ROOT><record>a\x00b</record></ROOT>", "line 1"),
        (b"<ROOT>\n<record>&#xD800;</record></ROOT>", "line 2"),
        ('<?xml version="1.0" encoding="utf-8"?><ROOT>é</ROOT>'.encode("latin-1"), "line 1"),
        (b'<?xml version="1.0" encoding="utf-16"?><ROOT/>', "line 1"),
        (b'<?xml version="1.0" encoding="klingon"?><ROOT/>', "klingon"),
        (b'<?xml version="1.0" encoding="shift_jis"?><ROOT/>', "encoding"),
        (b"<html><body/></html>", "'html'"),
        (b"<collection><record/></collection>", "'collection'"),
        (b"<ROOT/>", "'ROOT'"),
        (b"", "line 1"),
        (b"\xff\xfe", "no element"),
        (b"no XML at all", "line 1"),
        (b"<ROOT><record></ROOT>", "mismatched"),
    ],
    ids=range(17),
)
def test_hostile_files_are_refused_plainly(data: bytes, told: str, tmp_path: Path) -> None:
    file = tmp_path / "in.xml"
    file.write_bytes(data)
    problems = [row.problem for row in OHMS().read(file)]
    assert problems[-1] is not None
    assert told in problems[-1].message


def test_a_long_index_costs_linear_time(tmp_path: Path) -> None:
    points = "".join(
        f"<point><time>{n}</time><title>P</title><keywords>k{n}</keywords></point>"
        for n in range(20_000)
    )
    before = time.process_time()
    raw = _raw(f"<title>T</title><index>{points}</index>", tmp_path)
    assert time.process_time() - before < 30  # a quadratic one takes minutes
    assert raw["keywords"] == [f"k{n}" for n in range(20_000)]


def test_large_texts_and_deep_elements(tmp_path: Path, voices: Collection) -> None:
    deep = "<a>" * 400 + "words" + "</a>" * 400
    raw = _raw(f"<title>T</title><transcript>{'x' * 10_000_000}</transcript>{deep}", tmp_path)
    assert len(raw["account"]) == 10_000_000
    assert "words" in str(raw["extra"])
    read_testimony(raw)


@given(data=st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_no_file_raises(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    file = tmp_path_factory.getbasetemp() / "any.xml"
    for text in (data, b"<ROOT><record>" + data + b"</record></ROOT>"):
        file.write_bytes(text)
        assert [*OHMS().read(file)]


# --- out and in again ----------------------------------------------------------------------------

_texts = st.text(
    st.sampled_from("aÄ水 \n\t;|<>&\"'-0:.,") | st.characters(exclude_categories=["Cs", "Cc"]),
    max_size=20,
)  # fmt: skip
_transcripts = st.lists(
    _texts
    | st.sampled_from(
        [
            "\n",
            "\n\n",
            "IDA: yes\n",
            "ROSE: no\n",
            "a b c d\n",
            "[1]",
            "mill[[footnote]]1[[/footnote]]",
            "[[footnote]] 2[[/footnote]] ",
            "\n[[footnotes]]\n[[note]]n[[/note]]\n[[/footnotes]]\n",
        ]
    ),
    max_size=6,
).map("".join)
_syncs = st.lists(st.sampled_from(["1(1)", "1(3)", "2(1)", "3(2)", "9(9)", "x"]), max_size=4).map(
    lambda stamps: "|".join(["1:", *stamps])
)
_cues = st.lists(
    st.sampled_from(
        [
            "NOTE\na: b", "", "", "00:01.000 --> 00:02.000", "00:02.000 --> 00:00.000 line:0",
            "<v IDA>  one", "two<br><br>three", "<i>four</i>", "intro", "IDA: five",
        ]
    ),
    max_size=10,
).map(lambda lines: "WEBVTT\n\n" + "\n".join(lines))  # fmt: skip


def _tag(name: str, texts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return texts.map(lambda text: f"<{name}>{escape(text)}</{name}>")


_points = st.lists(
    st.lists(
        st.one_of(
            *(_tag(name, _texts) for name in ("title", "synopsis", "keywords", "subjects", "gps")),
            st.sampled_from(["<time>5</time>", "<time>x</time>"]),
            _texts.map(
                lambda t: f"<gpspoints><gps>1,2</gps><gps_text>{escape(t)}</gps_text></gpspoints>"
            ),
            _texts.map(lambda t: f"<hyperlinks><hyperlink>{escape(t)}</hyperlink></hyperlinks>"),
        ),
        max_size=4,
        unique_by=lambda tag: tag if tag.startswith(("<gpsp", "<hyper")) else tag[:6],
    ).map(lambda tags: f"<point>{''.join(tags)}</point>"),
    max_size=3,
).map(lambda points: f"<index>{''.join(points)}</index>")

_SINGLE = [
    "cms_record_id", "accession", "duration", "collection_name", "repository", "funding",
    "file_name", "media_url", "kembed", "language", "user_notes", "type", "description", "rel",
    "rights", "fmt", "usage", "userestrict", "xmllocation", "series_link", "transcript_alt",
    "date_nonpreferred_format", "foreign",
]  # fmt: skip


@st.composite
def _documents(draw: st.DrawFn) -> str:
    names = draw(st.lists(st.sampled_from(_SINGLE), unique=True, max_size=8))
    tags = [draw(_tag(name, _texts)) for name in names]
    repeated = draw(
        st.lists(
            st.sampled_from(["subject", "keyword", "interviewee", "interviewer", "format"]),
            max_size=5,
        )
    )
    tags += [draw(_tag(name, _texts)) for name in repeated]
    tags += draw(st.lists(_tag("transcript", _transcripts), max_size=1))
    tags += draw(st.lists(_tag("vtt_transcript", _cues), max_size=1))
    tags += draw(st.lists(_tag("sync", _syncs), max_size=1))
    tags += draw(st.lists(_points, max_size=1))
    tags += draw(
        st.lists(
            st.sampled_from(
                ['<date value="1987-03-04" format="x"/>', "<date>1987-03-04</date>", '<date value=""/>',
                 "<mediafile><host>H</host><clip_format>audio</clip_format></mediafile>"]
            ),
            unique=True,
        )
    )  # fmt: skip
    return _document("<title>T</title>" + "".join(draw(st.permutations(tags))))


@given(text=_documents())
def test_what_comes_in_goes_out_and_comes_in(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    folder = tmp_path_factory.getbasetemp()
    raw = _raws(text, folder)[0]
    if not raw.get("account", "").strip():
        return
    record = read_testimony(raw)
    out = _written(record)
    assert fromstring(out)[0].tag == f"{{{NAMESPACE}}}record"
    back = read_testimony(_raws(out, folder)[0])
    assert back == record
    assert _written(back) == out


@given(record=records(levels=st.just("open")))
def test_records_of_any_origin_keep_what_the_format_has_room_for(
    tmp_path_factory: pytest.TempPathFactory, record: Testimony
) -> None:
    written = _written(record)
    (raw,) = _raws(written, tmp_path_factory.getbasetemp())
    back = read_testimony(raw)

    def held(text: str) -> str:
        return "".join("\ufffd" if c < " " and c not in "\t\n\r" else c for c in text)

    assert back.account.strip() == held(record.account).strip()
    assert back.themes == tuple(held(theme).strip() for theme in record.themes)
    assert back.interviewers == tuple(held(name).strip() for name in record.interviewers)
    assert back.title == held(record.title).strip()


def test_elements_stand_in_the_order_of_the_schema() -> None:
    record = Testimony(
        id="a", title="T", account="x", places=["Łódź"], themes=["a", "b"], date="May 1944"
    )
    root = fromstring(_written(record))
    found = [child.tag.removeprefix(f"{{{NAMESPACE}}}") for child in root[0]]
    assert [*dict.fromkeys(found)] == [*ELEMENTS]
    assert root[0].get("id") == "a"
    texts = {tag: child.text for tag, child in zip(found, root[0], strict=True)}
    assert texts["version"] == "6.0"
    assert texts["date_nonpreferred_format"] == "May 1944"


def test_places_leave_below_the_description_and_come_back(tmp_path: Path) -> None:
    places = [Place("Łódź", None, 51.75, 19.5), Place("the mill")]
    record = Testimony(title="T", account="x", places=places, context="Told at home.")
    assert b"point" not in _written(record)
    back = read_testimony(_raws(_written(record), tmp_path)[0])
    assert (back.places, back.context) == (record.places, record.context)
    assert "index" not in back.extra


def test_speakers_without_times_come_back(tmp_path: Path) -> None:
    turns = [Turn(0, "Ida"), Turn(9, "Rose")]
    record = Testimony(title="T", account="We hid.\n\nWhere?", turns=turns)
    back = read_testimony(_raws(_written(record), tmp_path)[0])
    assert (back.account, back.turns) == (record.account, record.turns)


def test_a_changed_record_leaves_as_it_is_now(tmp_path: Path) -> None:
    raw = _raw(
        f"<title>T</title><date value='1987-03-04'/><sync>1:|2(1)</sync><transcript>{WORDS}</transcript>",
        tmp_path,
    )
    record = read_testimony(raw)
    changed = msgspec.structs.replace(
        record, date="1990", turns=[Turn(0, "IDA", 1.5), *record.turns[1:]]
    )
    back = read_testimony(_raws(_written(changed), tmp_path)[0])
    assert back.date.edtf == "1990"
    assert (back.account, back.turns) == (changed.account, changed.turns)


def test_a_public_file_brought_in_again_wipes_nothing(tmp_path: Path, voices: Collection) -> None:
    kept = Testimony(
        id="a", title="T", account="secret words", narrator="Ida", context="Here.",
        access=Access(account=Restriction("private"), name=Restriction("private")),
    )  # fmt: skip
    voices.add(kept)
    before = [*voices]
    file = tmp_path / "out.xml"
    file.write_bytes(_written(kept, private=False))
    assert b"secret" not in file.read_bytes()
    assert format_of(file) == "ohms"
    report = voices.import_rows([*OHMS().read(file)], update=True)
    assert (report.added, report.refused) == (0, 0)
    assert [one.account for one in voices] == [one.account for one in before]
    assert [one.narrator for one in voices] == [one.narrator for one in before]
