"""Sound files of every format, to begin from."""

from __future__ import annotations

import io
from contextlib import suppress
from typing import Final

from collection.access import gate
from collection.exchange.formats import WRITERS, writer
from collection.exchange.interface import Unfit
from collection.testimony import Place, Testimony, Turn

SUFFIXES: Final = {
    "jsonl": ".jsonl",
    "csv": ".csv",
    "xlsx": ".xlsx",
    "tinydb": ".json",
    "vtt": ".vtt",
    "srt": ".srt",
    "timecoded": ".txt",
    "ohms": ".xml",
    "tei": ".xml",
    "article": ".html",
}
"""The ending of the files of a format."""
_TESTIMONY: Final = Testimony(
    id="f-1",
    title="The road to Samarkand",
    narrator="Oleg*",
    interviewers=("A. Reporter",),
    date="27 September 2022",
    period="summer 1944?",
    places=(Place("Tashkent", "UZ", 41.26, 69.22, "decided"), Place("Lwów; Lemberg")),
    themes=("Flight", "Hunger"),
    account='We left at night.\n\nAnd then [pause] we walked; "walked" is not the word.',
    turns=(Turn(0, "OLEG", 0.0), Turn(19, "OLEG", 61.5)),
    context="He wrote by Telegram.",
    language="ru",
    extra={"ohms": {"accession": "007"}},
)
_OHMS: Final = """<?xml version="1.0" encoding="UTF-8"?>
<ROOT xmlns="https://www.weareavp.com/nunncenter/ohms"><record id="00017" dt="2020-01-02">
<version>6.0</version><date value="1944-05" format="yyyy-mm"/><title>Oleg on the road</title>
<accession>007</accession><subject>Flight</subject><interviewee>Oleg</interviewee>
<sync>1:|1(2)|3(1)</sync><index><point><time>61</time><title>Night</title>
<keywords>hunger;cold</keywords><gpspoints><gps>41.2,69.2</gps></gpspoints></point></index>
<transcript>OLEG: We left at night.
INTERVIEWER: Where to?
OLEG: To Tashkent.[[footnote]]1[[/footnote]]
[[footnotes]][[note]]A town.[[/note]][[/footnotes]]</transcript>
<userestrict>0</userestrict></record></ROOT>
"""
_TEI: Final = """<?xml version="1.0"?><TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc>
<titleStmt><title>Account of O.</title></titleStmt><sourceDesc><msDesc><msIdentifier>
<repository>An archive</repository><idno>12/3</idno></msIdentifier></msDesc></sourceDesc></fileDesc>
<profileDesc><creation><date when="1945-06-01">1. 6. 1945</date></creation><abstract><p>Of flight.</p>
</abstract><textClass><keywords><term>Flight</term></keywords></textClass></profileDesc></teiHeader>
<text xml:lang="de"><body><head>Protokoll</head><p>Wir gingen <note n="1">sic</note> nach
<placeName ref="x">Wien</placeName>, <choice><sic>un</sic><corr>und</corr></choice> weiter.</p>
<p><gap reason="illegible"/> bis <date when="1945-05-08">Mai</date>.</p></body></text></TEI>
"""
_ARTICLE: Final = """ date 2022-09-27 “A week ago it was called moving,” Oleg* wrote on Telegram.

Thousands of men have left the country, the ministry said in a statement.

Sign up for our newsletter

“I decided to leave because I have a small child. And I believe that,” Oleg said, “it is better.

“I am trying not to think far ahead.”

Anna, a teacher from Lviv, said: “We walked to Kraków, and then we had nothing.” She added: “I was cold.”

*Name changed
"""
_PAGE: Final = """<!doctype html><html lang="de"><head><title>Flucht</title>
<meta property="og:site_name" content="Zeitung"><meta property="article:published_time"
content="2022-09-27T10:00:00Z"><script type="application/ld+json">{"headline": "Flucht"}</script></head>
<body><nav>Start</nav><article><h1>Flucht</h1><p>„Ich ging nachts“, sagt Oleg. „Wir hatten Angst.“</p>
<aside>Newsletter</aside><blockquote><p>»Meine Mutter blieb in Kiew.«</p></blockquote>
<p>Das Ministerium erklärte, „die Lage ist ruhig“.</p></article></body></html>
"""
_HANDMADE: Final[dict[str, tuple[str, ...]]] = {
    "jsonl": ('{"title": "T", "account": "A", "date": {"text": "1944", "edtf": "1944"}}\n[]\n',),
    "csv": (
        (
            "objectid,title,interviewee,date,subject,location,latitude,longitude,description\n"
            'x1,Bread,Anna,1944-05,"hunger;cold",Wien,48.2,16.3,"We ""queued"",\nand waited."\n'
        ),
        "Nr;Wer;Erzählung\n1;Anna;'=1+1\n2;Josef;=cmd\n",
        "speaker,words,tags,timestamp\nANNA,We left.,a;b,[0:00]\n,At night.,,0:00:10\n",
        "Title\tInterviewee\tYear\tMonth\tTranscript Sync Data\nT\tAnna\t1944\t5\t1:|1(2)\n",
    ),
    "tinydb": (
        '{"_default": {"1": {"Who": "Anna", "Said": "We left."}, "2": {"Who": "O", "Said": null}}}',
        '[{"Name": "Anna", "Text": "We left.", "Tags": ["a", "b"], "At": {"lat": 1}}]',
    ),
    "vtt": (
        (
            "WEBVTT - Title\nKind: captions\n\nNOTE id: x\n\nSTYLE\n::cue{}\n\n1\n"
            "01:00:00.000 --> 01:00:02.500 align:start\n<v Anna>We <i>left</i>. <v.loud Otto>Where?\n\n"
            "01:00:05.000 --> 01:00:00.000\n&lt;noise&gt; &amp; so on\n"
        ),
    ),
    "srt": (
        "1\n00:00:01,000 --> 00:00:02,000\nWe left.\n\n2\n00:00:03,000 --> 00:00:09,000\n- Where?\n",
    ),
    "timecoded": (
        "Interview with Anna\n[00:00:01] ANNA: We left.\n[00:00:09] OTTO: Where?\n(0:12) To Wien.\n",
        "ANNA (0:01:02): We left.\n\nOTTO (0:01:09): Where?\n",
    ),
    "ohms": (_OHMS, _OHMS.replace(' xmlns="https://www.weareavp.com/nunncenter/ohms"', "")),
    "tei": (_TEI,),
    "article": (_ARTICLE, _PAGE),
}


def seeds(name: str) -> tuple[bytes, ...]:
    """Give the files that a format is fuzzed from."""
    files = [text.encode() for text in _HANDMADE.get(name, ())]
    if name == "xlsx":
        files.append(_workbook())
    if name in WRITERS:
        with suppress(Unfit):
            files.append(b"".join(writer(name).write([gate(_TESTIMONY, private=True)])))
    return tuple(files)


def _workbook() -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["id", "title", "account", "date"])
    sheet.append(["007", "Bread", "We queued.", 1944])
    sheet.append(["008", "=1+1", "Again.", "May 1944"])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()
