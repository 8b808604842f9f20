from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collection import Collection
from collection.exchange.interface import Row
from collection.exchange.markup.tei import TEI
from collection.reading import read_testimony
from collection.testimony import Turn

HEADER = """<teiHeader>
  <fileDesc>
    <titleStmt>
      <title xml:lang="en">Ida K., on the
        mill</title>
      <title xml:lang="de">Ida K., über die Mühle</title>
      <respStmt><resp>Interviewed by</resp><persName>Anna Weiss</persName></respStmt>
      <respStmt><resp>Translated by</resp><name>B. Klein</name></respStmt>
      <respStmt><resp>Encoded by</resp><name>C. Roth</name></respStmt>
    </titleStmt>
    <publicationStmt><authority>House of Voices</authority><availability>
      <licence target="https://creativecommons.org/licenses/by/4.0/">CC BY 4.0</licence>
      <p>Ask first.</p></availability></publicationStmt>
    <seriesStmt><title>Mills</title></seriesStmt>
    <sourceDesc><msDesc><msIdentifier><institution><orgName ref="#a">Museum of Rivers</orgName></institution>
      <collection>Early voices</collection><idno>inv. 80</idno></msIdentifier></msDesc>
      <bibl>Museum of Rivers, inv. 80. <textLang mainLang="de">Original in German.</textLang></bibl>
    </sourceDesc>
  </fileDesc>
  <profileDesc>
    <creation><origDate when="1945-09">September 1945</origDate>, <term>Hiding</term>,
      <persName ref="#ida">Ida K.</persName>, <origPlace>the ford</origPlace>,
      <placeName ref="https://example.org/1">Old Mill</placeName></creation>
    <textClass><keywords><term>testimony</term></keywords>
      <keywords scheme="#v"><term>Winter</term></keywords></textClass>
    <langUsage><language ident="de">German</language></langUsage>
    <abstract><p>She hid.</p><p>And came back.</p></abstract>
  </profileDesc>
</teiHeader>"""


def _document(text: str, header: str = HEADER, attributes: str = 'xml:id="ida"') -> str:
    return (
        f'<TEI xmlns="http://www.tei-c.org/ns/1.0" {attributes}>{header}<text>{text}</text></TEI>'
    )


def _rows(text: str, folder: Path) -> list[Row]:
    file = folder / "in.xml"
    file.write_text(text, encoding="utf-8")
    return [*TEI().read(file)]


def _raw(body: str, folder: Path, header: str = "") -> dict[str, Any]:
    (row,) = _rows(_document(f"<body>{body}</body>", header), folder)
    assert row.problem is None
    return row.raw


def _account(body: str, folder: Path) -> str:
    return _raw(body, folder)["account"]


# --- the header ----------------------------------------------------------------------------------


def test_the_header_says_whose_account_it_is(tmp_path: Path) -> None:
    record = read_testimony(_raw("<p>We hid.</p>", tmp_path, HEADER))
    assert record.id == "ida"
    assert record.title == "Ida K., on the mill"
    assert record.narrator.name == "Ida K."
    assert record.interviewers == ("Anna Weiss",)
    assert record.translators == ("B. Klein",)
    assert (record.date.text, record.date.edtf) == ("September 1945", "1945-09")
    assert [place.name for place in record.places] == ["the ford", "Old Mill"]
    assert record.themes == ("Hiding", "Winter")
    assert record.keywords == ("testimony",)
    assert record.context == "She hid.\n\nAnd came back."
    assert record.language == "de"
    assert record.source.citation == "Museum of Rivers, inv. 80. Original in German."
    assert record.source.collection == "Early voices"
    assert record.source.series == "Mills"
    assert record.source.repository == "Museum of Rivers"
    assert record.licence == "CC BY 4.0 <https://creativecommons.org/licenses/by/4.0/>"
    assert record.rights == "Ask first."
    kept = record.extra["tei"]
    assert kept["fileDesc/titleStmt/title[de]"] == "Ida K., über die Mühle"
    assert kept["fileDesc/titleStmt/respStmt/name"] == "C. Roth"
    assert kept["fileDesc/sourceDesc/msDesc/msIdentifier/idno"] == "inv. 80"
    assert kept["profileDesc/creation/placeName@ref"] == "https://example.org/1"
    assert kept["fileDesc/publicationStmt/authority"] == "House of Voices"
    assert "profileDesc/creation" not in kept


def test_a_date_without_words_is_read_from_its_attributes(tmp_path: Path) -> None:
    header = '<teiHeader><profileDesc><creation><date when="1945-09-01"/></creation></profileDesc></teiHeader>'
    raw = _raw("<p>x</p>", tmp_path, header)
    assert raw["date"] == "1945-09-01"
    assert raw["title"] == "in"


def test_a_translation_is_a_testimony_of_its_own(tmp_path: Path) -> None:
    body = """<body><div type="transcription"><head>Both</head>
      <div type="original" xml:lang="de"><p>Wir waren versteckt.</p></div>
      <div type="translation" xml:lang="en"><p>We hid.</p></div>
      <div type="translation" xml:lang="fr"><p>Cachés.</p></div></div></body>"""
    rows = _rows(_document(f"<front><p>A preface.</p></front>{body}"), tmp_path)
    records = [read_testimony(row.raw) for row in rows]
    assert [(r.id, r.language, r.rendering, r.account) for r in records] == [
        ("ida", "de", "", "Wir waren versteckt."),
        ("ida/en", "en", "translated", "We hid."),
        ("ida/fr", "fr", "translated", "Cachés."),
    ]
    assert records[1].extra["translation of"] == "ida"
    assert records[0].extra["beside"] == "Both"
    assert records[0].extra["front"] == "A preface."


# --- the body ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "account"),
    [
        ("<p>One\n\t\tand  <hi>two</hi>\n\t<name>three</name>.</p>\n\n<p>Four</p>", "One and two three.\n\nFour"),
        ("<p>a</p><!-- no --><?no no?><p>b<!-- no -->c</p>", "a\n\nbc"),
        ("<head>On the mill</head><div><p>a</p></div><div><p>b</p></div>", "On the mill\n\na\n\nb"),
        ("<p>a<lb/>b<lb/> c <lb break='no'/> d</p>", "a\nb\nc d".replace("c d", "cd")),
        ("<p>a<pb n='2'/>b <pb/> c wa<pb break='no'/>\n  ter</p>", "ab c water"),
        ("<lg><l>a</l><l>b</l></lg><lg><l>c</l></lg>", "a\nb\n\nc"),
        ("<list><item>a</item><item>b <hi>c</hi></item></list><p>d</p>", "a\nb c\n\nd"),
        (
            "<table><row><cell>a</cell>\n <cell> b </cell></row><row><cell>c</cell><cell>d</cell></row></table>",
            "a\tb\nc\td",
        ),
        ("<p>x <choice>\n <sic>Muhle</sic>\n <corr>the</corr>\n</choice> y</p>", "x Muhle y"),
        ("<p>x <choice><reg>the</reg><orig>ye</orig></choice>, y</p>", "x ye, y"),
        ("<p>x <choice><corr>the</corr></choice> <corr>an</corr> y</p>", "x the an y"),
        ("<p>x <app><rdg>b</rdg><lem>a</lem></app> y</p>", "x b y"),
        ("<p>x <subst><del>old</del> <add>new</add></subst> <del>gone</del> y</p>", "x new y"),
        ("<p>x <gap reason='torn'><desc>torn</desc></gap> y <unclear>z</unclear></p>", "x […] y z"),
        ("<p>w<supplied>at</supplied>er <supplied>and</supplied> air</p>", "w[at]er [and] air"),
        ("<p>a<note n='1'>An <hi>editor</hi> says.</note> b</p>", "a b"),
        ("<p>&#160;a&#160; b\u2003</p>", "\xa0a\xa0 b\u2003"),
        ("<opener><dateline>Kyiv, May</dateline><salute>Dear A,</salute></opener><p>b</p>", "Kyiv, May\nDear A,\n\nb"),
        ("<floatingText><body><p>in</p></body></floatingText><p>out</p>", "in\n\nout"),
        ("plain words", "plain words"),
    ],
)  # fmt: skip
def test_the_words_as_a_reader_reads_them(body: str, account: str, tmp_path: Path) -> None:
    assert _account(body, tmp_path) == account


def test_what_is_not_read_is_kept_apart(tmp_path: Path) -> None:
    raw = _raw(
        "<p>We<note n='1'>Ida and <hi>Rose</hi>.</note> hid <del>here</del> at the"
        " <placeName ref='#mill'>Mühle</placeName> and <placeName ref='#mill'>der Mühle</placeName>,"
        " <choice><sic>Muhle</sic><corr>the</corr></choice> ford<fw>page 2</fw>.</p>",
        tmp_path,
    )
    assert raw["account"] == "We hid at the Mühle and der Mühle, Muhle ford."
    assert raw["extra"]["notes"] == [{"n": "1", "offset": 2, "text": "Ida and Rose."}]
    assert [*raw["extra"]["apart"]] == ["del", "corr", "fw"]
    assert raw["extra"]["names"] == {"placeName": {"#mill": ["Mühle", "der Mühle"]}}


def test_notes_are_told_below_the_circumstances(tmp_path: Path) -> None:
    raw = _raw(
        "<head>Protocol</head><p>We hid<note n='1'>Ida and\n Rose.</note>.</p>"
        "<p><note>By the river.</note>The mill<note n='b'>Gone now.</note></p>",
        tmp_path,
        HEADER,
    )
    assert raw["account"] == "Protocol\n\nWe hid.\n\nThe mill"
    assert raw["context"] == (
        "She hid.\n\nAnd came back.\n\nNotes to the account:\n\n[1] Paragraph 2: Ida and Rose.\n"
        "[2] Paragraph 3: By the river.\n[b] Paragraph 3: Gone now."
    )


def test_places_in_the_words_are_places_of_the_record(tmp_path: Path) -> None:
    header = HEADER.replace(
        "<abstract>",
        "<settingDesc><listPlace><place xml:id='ford'><placeName>Long Ford</placeName><location>"
        "<geo>50.5 14.25</geo></location></place></listPlace></settingDesc><abstract>",
    )
    raw = _raw(
        "<p>To <placeName ref='#ford'>the Ford</placeName>, <placeName ref='#m'>Mühlen</placeName>,"
        " <placeName ref='#m'>Mühle</placeName>, <placeName ref='#m'>Mühle</placeName>,"
        " <placeName>Kyjeva</placeName>, <rs type='place'>The Town</rs>, <rs>she</rs>,"
        " <placeName ref='#d'>dutch</placeName>, <placeName ref='#m'>millers'</placeName>,"
        " <placeName ref='https://example.org/1'>Mill of old</placeName>"
        "<note>not <placeName>here</placeName></note>.</p>",
        tmp_path,
        header,
    )
    assert raw["places"] == [
        "the ford", "Old Mill", {"name": "Long Ford", "latitude": 50.5, "longitude": 14.25},
        "Mühle", "Kyjeva", "The Town",
    ]  # fmt: skip
    assert len(read_testimony(raw).places) == 6


@pytest.mark.parametrize(
    ("resp", "asked"),
    [
        ("Interviewer", True),
        ("Recorded by", True),
        ("protokol sepsal", True),
        ("Protokoll aufgenommen von", True),
        ("Spisał protokół", True),
        ("Interview transcribed by", False),
        ("Translation of the interview", False),
        ("Encoded by", False),
        ("Protokoll übersetzt und ediert", False),
    ],
)
def test_who_asked_or_took_down(resp: str, asked: bool, tmp_path: Path) -> None:
    header = (
        f"<teiHeader><fileDesc><titleStmt><title>T</title><respStmt><resp>{resp}</resp>"
        "<name>Klein, B.</name></respStmt></titleStmt></fileDesc></teiHeader>"
    )
    raw = _raw("<p>x</p>", tmp_path, header)
    assert raw.get("interviewers", []) == (["Klein, B."] if asked else [])


def test_the_role_says_who_asked(tmp_path: Path) -> None:
    header = (
        "<teiHeader><fileDesc><titleStmt><title>T</title></titleStmt></fileDesc><profileDesc><creation>"
        "<persName role='interviewer'>Anna</persName><persName>Ida</persName></creation></profileDesc></teiHeader>"
    )
    raw = _raw("<p>x</p>", tmp_path, header)
    assert (raw["narrator"], raw["interviewers"]) == ("Ida", ["Anna"])


SPEECH = """<teiHeader><profileDesc><particDesc><listPerson>
  <person xml:id="I" role="narrator"><persName>Ida K.</persName></person>
  <person xml:id="A"><p>Anna, interviewer</p></person></listPerson></particDesc></profileDesc></teiHeader>"""


def test_utterances_are_turns(tmp_path: Path) -> None:
    raw = _raw(
        """<timeline unit="s"><when xml:id="T0" absolute="00:01:00"/><when xml:id="T1" interval="2.5"
          since="#T0"/></timeline>
        <u who="#A" start="#T0">Where <pause/> were you?</u>
        <u who="#I" start="#T1">At the <vocal><desc>laughs</desc></vocal> mill.</u><u who="#X">Who?</u>""",
        tmp_path,
        SPEECH,
    )
    assert raw["narrator"] == "Ida K."
    assert raw["account"] == "Where were you?\n\nAt the [laughs] mill.\n\nWho?"
    assert read_testimony(raw).turns == (
        Turn(0, "Anna, interviewer", 60.0),
        Turn(17, "Ida K.", 62.5),
        Turn(40, "X", None),
    )


def test_speeches_name_their_speakers_beside_the_words(tmp_path: Path) -> None:
    raw = _raw("<sp><speaker>Rose:</speaker><p>Where?</p></sp><sp><p>There.</p></sp>", tmp_path)
    assert raw["account"] == "Where?\n\nThere."
    assert read_testimony(raw).turns == (Turn(0, "Rose"),)
    labelled = _raw("<p>ROSE: Where?</p><p>IDA: There.</p>", tmp_path)
    assert read_testimony(labelled).turns == (Turn(0, "ROSE"), Turn(14, "IDA"))


# --- files ---------------------------------------------------------------------------------------


def test_a_corpus_holds_many(tmp_path: Path, voices: Collection) -> None:
    texts = "".join(
        _document(f"<body><p>No. {n}</p></body>", attributes=f'xml:id="n{n}"') for n in range(3)
    )
    rows = _rows(f"<teiCorpus xmlns='http://www.tei-c.org/ns/1.0'>{texts}</teiCorpus>", tmp_path)
    assert voices.import_rows(rows).added == 3
    assert voices.import_rows(rows).same == 3
    assert {one.id for one in voices} == {"n0", "n1", "n2"}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("<ROOT><record/></ROOT>", "'ROOT'"),
        ("<!DOCTYPE TEI [<!ENTITY a 'x'>]><TEI>&a;</TEI>", "entities"),
        ("<TEI>" + "<div>" * 100_000, "nest too deeply"),
        ("<TEI><text>", "line 1"),
        ("<teiCorpus/>", "'teiCorpus'"),
        ("", "line 1"),
    ],
    ids=range(6),
)
def test_what_cannot_be_read_is_told(text: str, told: str, tmp_path: Path) -> None:
    problem = _rows(text, tmp_path)[-1].problem
    assert problem is not None
    assert told in problem.message


@pytest.mark.parametrize(
    "body",
    [
        "<choice>" + "<sic>x</sic>" * 50_000 + "</choice>",
        "<div type='original'><p>x</p></div>" * 20_000,
        "<div type='translation' xml:lang='en'/>" * 20_000,
        "<p>" + "<lb/> " * 100_000 + "</p>",
        "<div>" * 400 + "x" * 5_000_000 + "</div>" * 400,
        "<p>" + "<supplied>" * 300 + "x" + "</supplied>" * 300 + "</p>",
        "<persName ref='#x'>" * 300 + "x" * 10_000 + "</persName>" * 300,
    ],
    ids=range(7),
)
def test_hostile_bodies_cost_no_time(body: str, tmp_path: Path) -> None:
    before = time.process_time()
    assert _rows(_document(f"<body>{body}</body>"), tmp_path)
    assert time.process_time() - before < 30  # a quadratic one takes minutes


_tags = st.sampled_from(
    ["p", "hi", "lb", "note", "choice", "sic", "corr", "cell", "row", "u", "del", "gap"]
)
_trees = st.recursive(
    st.sampled_from(["", "words", " ", "\n  ", "a b"]),
    lambda inner: st.tuples(_tags, st.lists(inner, max_size=4)).map(
        lambda made: f"<{made[0]}>{''.join(made[1])}</{made[0]}>"
    ),
    max_leaves=12,
)


@given(body=_trees)
def test_no_word_is_lost_and_no_blank_doubled(
    tmp_path_factory: pytest.TempPathFactory, body: str
) -> None:
    raw = _raw(body, tmp_path_factory.getbasetemp())
    told = f"{raw['account']} {raw.get('extra', {})}"
    assert told.count("words") >= body.count("words")
    assert "  " not in raw["account"]
    assert "\n\n\n" not in raw["account"]
    assert raw["account"] == raw["account"].strip(" \n")
