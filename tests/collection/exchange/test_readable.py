"""Reading copies: the words of an account unchanged, and nothing in them obeyed."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from html.parser import HTMLParser

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from collection import Testimony
from collection.access import gate
from collection.exchange.formats import writer
from collection.exchange.readable.content import printable, reading_copy
from collection.exchange.readable.markdown import escaped
from collection.exchange.readable.word import ACCOUNT
from collection.testimony import Access, Consent, Medium, Narrator, Restriction, Turn
from tests.collection.strategies import ODD, records

HOSTILE = [
    "<script>alert(1)</script>",
    "</p></div><img src=x onerror=alert(1)>",
    "&lt;b&gt; &#1; &amp;",
    "# no heading\n- no list\n1. no number\n> no quote\n| no | table |\n---\n===\n+ x\n* y",
    "```\nno code\n```\n    indented\n\ttabbed\n~~~",
    "[link](javascript:alert(1)) ![image](x) <http://a.example> [a]: b",
    "a  \nb\\\nc\\",
    "$x$ ^y^ ~z~ _a_ *b* __c__ {d} :e:",
    '=HYPERLINK("x")\r\n@cmd\r\n\r\n+1',
    "*" * 2000 + "[" * 2000,
]
accounts = st.lists(
    st.sampled_from([*ODD, *HOSTILE, "\n", "\n\n", " ", "word", "\r"])
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
    min_size=1,
    max_size=8,
).map("".join)


@st.composite
def told(draw: st.DrawFn) -> Testimony:
    account = "x" + draw(accounts)
    offsets = st.integers(0, len(account) + 3)
    turn = st.builds(
        Turn, offsets, st.sampled_from(["", "AW", "RS <b>"]), st.none() | st.floats(0, 1e5)
    )
    return Testimony(id="a", title="T", account=account, turns=draw(st.lists(turn, max_size=5)))


class Page(HTMLParser):
    """What a page holds: its elements, and the words of the account."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self._within = 0
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag == "div":
            self._within += 1

    def handle_endtag(self, tag: str) -> None:
        if tag == "div":
            self._within -= 1

    def handle_data(self, data: str) -> None:
        if self._within:
            self.words.append(data)


def written(name: str, *testimonies: Testimony) -> bytes:
    return b"".join(writer(name).write([gate(one) for one in testimonies]))


def unmarked(text: str) -> str:
    """Undo the escapes of Markdown, as its rules for backslashes and entities say."""
    return re.sub(
        r"\\([!-/:-@\[-`{-~\n])|&#([0-9]+);",
        lambda found: found[1] or chr(int(found[2])),
        text,
    )


def one_end(text: str) -> str:
    return text.replace("\r\n", "\n")


# --- the words -------------------------------------------------------------------------------


@settings(max_examples=60)
@given(told())
def test_a_page_holds_the_very_words(testimony: Testimony) -> None:
    page = Page(written("html", testimony).decode())
    assert "".join(page.words) == printable(testimony.account)


@settings(max_examples=60)
@given(accounts)
def test_a_text_holds_the_very_words(account: str) -> None:
    text = written("md", Testimony(id="a", title="T", account="x" + account)).decode()
    account_only = text.partition("## Account\n\n")[2].rpartition("\n\n## Citation")[0]
    assert unmarked(account_only).strip("\n") == one_end(printable("x" + account)).strip("\n")


@settings(max_examples=60)
@given(accounts)
def test_markdown_shows_words_and_nothing_else(account: str) -> None:
    rendered = MarkdownIt("gfm-like", {"linkify": False}).render(escaped(printable("x" + account)))
    page = Page(f"<div>{rendered}</div>")
    assert {tag for tag, _ in page.elements} <= {"div", "p", "br"}
    # To Markdown white space is one space, and what stands at the ends of a line is nothing.
    assert "".join("".join(page.words).split()) == "".join(printable("x" + account).split())


@settings(max_examples=40)
@given(accounts)
def test_a_document_holds_the_very_words(account: str) -> None:
    import docx

    made = docx.Document(
        io.BytesIO(written("docx", Testimony(id="a", title="T", account=account + "x")))
    )
    told = [one.text for one in made.paragraphs if one.style.name == ACCOUNT]
    assert all(one.strip() for one in told)
    # Blank lines are the distance of paragraphs; a lone carriage return is a line break.
    given = one_end(printable(account + "x")).replace("\r", "\n").split("\n")
    lines = [line for one in told for line in one.split("\n")]
    assert [line for line in lines if line.strip()] == [line for line in given if line.strip()]


@given(told())
def test_sections_follow_one_another_and_number_each_paragraph_once(testimony: Testimony) -> None:
    copy = reading_copy(gate(testimony))
    assert "".join(copy.account[one.start : one.end] for one in copy.sections) == copy.account
    numbers = [piece.number for one in copy.sections for piece in one.pieces if piece.number]
    assert numbers == list(range(1, len(numbers) + 1))


@given(records())
def test_every_record_can_be_read_in_every_form(testimony: Testimony) -> None:
    page = Page(written("html", testimony).decode())
    assert not [tag for tag, _ in page.elements if tag in ("script", "img", "iframe", "object")]
    aid = Page(written("finding-aid", testimony).decode())
    for one in (page, aid):
        ids = [given["id"] for _, given in one.elements if "id" in given]
        assert len(ids) == len(set(ids))
        links = [given["href"] or "" for tag, given in one.elements if tag == "a"]
        assert all(
            link[1:] in ids if link[0] == "#" else link[:4].lower() == "http" for link in links
        )
    assert written("md", testimony) or gate(testimony).sealed


# --- what is hostile -------------------------------------------------------------------------


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("name", ["html", "finding-aid"])
def test_no_markup_of_the_data_becomes_an_element(name: str, text: str) -> None:
    hostile = Testimony(
        id="a", title=text, account=text, narrator=text, context=text, language=text,
        themes=[text], places=[text], extra={text: text}, turns=[Turn(0, text, 1.0)],
    )  # fmt: skip
    page = Page(written(name, hostile).decode())
    harmless = Page(written(name, msgspec.structs.replace(hostile, title="T")).decode())
    assert {tag for tag, _ in page.elements} == {tag for tag, _ in harmless.elements}
    assert {tag for tag, _ in page.elements}.isdisjoint({"script", "img", "b"})
    assert not any(key.startswith("on") for _, given in page.elements for key in given)


def test_a_page_loads_nothing_and_says_so() -> None:
    page = Page(written("html", Testimony(id="a", title="T", account="A", language="yi")).decode())
    metas = {
        given.get("http-equiv"): given.get("content")
        for tag, given in page.elements
        if tag == "meta"
    }
    assert "default-src 'none'" in str(metas["Content-Security-Policy"])
    assert "unsafe" not in str(metas["Content-Security-Policy"])
    assert not any("src" in given or tag in ("link", "script") for tag, given in page.elements)
    tags = [tag for tag, _ in page.elements]
    assert tags.count("h1") == tags.count("main") == 1
    assert page.elements[0] == ("html", {"lang": "en"})
    assert {"lang": "yi", "class": "words"} in [given for _, given in page.elements]
    assert {"skip", "#main"} <= {value for _, given in page.elements for value in given.values()}


@pytest.mark.parametrize("name", ["html", "md", "finding-aid"])
def test_control_characters_are_printed_and_never_obeyed(name: str) -> None:
    hostile = "\x1b]0;x\x07 \x9b31m \x00 \x7f"
    page = written(name, Testimony(id="a", title=hostile, account=hostile, context=hostile))
    assert not re.search(rb"[\x00-\x08\x0b-\x1f\x7f]|\xc2[\x80-\x9f]", page)
    if name != "finding-aid":
        assert "␛]0;x␇" in page.decode().replace("\\]", "]")


@pytest.mark.parametrize("name", ["html", "md", "docx", "finding-aid"])
def test_half_characters_of_a_damaged_file_stop_nothing(name: str) -> None:
    assert written(name, Testimony(id="a", title="\ud800", account="\udfff x"))


@pytest.mark.parametrize("name", ["html", "md"])
def test_long_and_deep_texts_take_no_time_of_their_own(name: str) -> None:
    import time

    def took(n: int) -> float:
        deep = Testimony(
            id="a", title="T", account="[" * n + "\\" * n + " \t" * n + "\n" * n + "x" * n
        )
        begun = time.perf_counter()
        written(name, deep)
        return time.perf_counter() - begun

    took(1000)
    assert took(400_000) < 100 * max(took(40_000), 0.004)


# --- what is private -------------------------------------------------------------------------

SEALED = Testimony(
    id="s-1",
    title="Anna Weiss: the bridge",
    account="My name is Anna Weiss.",
    narrator=Narrator("Anna Weiss", "real"),
    context="Told at home.",
    notes="She lives there.",
    access=Access(
        name=Restriction("private", None, "at risk"),
        context=Restriction("embargoed", "2051-01-01", "asked for"),
    ),
)


def document_text(data: bytes) -> str:
    import docx

    document = docx.Document(io.BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in document.paragraphs), *cells])


@pytest.mark.parametrize(
    ("name", "read"),
    [("html", bytes.decode), ("md", bytes.decode), ("docx", document_text)],
)
def test_what_is_withheld_is_left_out_and_said(name: str, read: Callable[[bytes], str]) -> None:
    text = read(written(name, SEALED))
    for secret in ("Weiss", "Told at home", "She lives there", "▒"):
        assert secret not in text
    for said in ("Name withheld", "embargoed until 2051-01-01", "asked for", "Private notes"):
        assert said in text
    whole = b"".join(writer(name).write([gate(SEALED, private=True)]))
    assert "She lives there" in read(whole)


def test_a_sealed_account_and_a_sealed_record() -> None:
    hidden = Testimony(
        id="h", title="Shut", account="secret words", access=Access(account=Restriction("private"))
    )
    gone = Testimony(
        id="g", title="Gone", account="secret", access=Access(record=Restriction("private"))
    )
    for name in ("html", "md", "finding-aid"):
        text = written(name, hidden, gone).decode()
        assert "Shut" in text
        assert "secret" not in text
        assert "Gone" not in text
    aid = written("finding-aid", hidden, gone).decode()
    assert "<th scope='row'>Sealed as a whole, and not listed here</th><td>1</td>" in aid
    assert "<th scope='row'>Account sealed</th><td>1</td>" in aid


# --- what a copy says ------------------------------------------------------------------------


def test_speakers_and_times_stand_above_what_is_said() -> None:
    testimony = Testimony(
        id="a",
        title="T",
        account="When was it?\nIn winter.\nRS: And then?\nStill winter.",
        turns=[Turn(0, "RS", 0.0), Turn(13, "AW", 5.0), Turn(24, "RS", 9), Turn(38, "RS", 70.0)],
    )
    text = written("md", testimony).decode()
    assert re.findall(r"^\*\*(.*)\*\*$", text, re.MULTILINE) == [
        "RS · 0:00:00",
        "AW · 0:00:05",
        "0:00:09",
        "0:01:10",
    ]
    page = written("html", testimony).decode()
    assert 'id="t1-p3" data-n="3">RS: And then?</p>' in page
    # Who speaks is no heading, or a page would have hundreds.
    assert '<p class="turn"><strong><bdi>AW</bdi></strong> <span class="time">' in page
    assert "<h3" not in page


def test_a_time_leads_to_the_place_in_the_recording() -> None:
    told = Testimony(
        id="a", title="T", account="One.\nTwo.", turns=[Turn(0, "RS", 0.0), Turn(5, "AW", 3754.5)],
        media=[Medium(url="https://example.org/a.mp3?x=1&y=2", title="Tape")],
    )  # fmt: skip
    page = Page(written("html", told).decode())
    assert [one["href"] for _, one in page.elements if one.get("class") == "time"] == [
        "https://example.org/a.mp3?x=1&y=2#t=0",
        "https://example.org/a.mp3?x=1&y=2#t=3754",
    ]
    for media in (
        [Medium(url="javascript:alert(1)")],
        [Medium(url="https://example.org/1"), Medium(url="https://example.org/2")],
    ):
        plain = written("html", msgspec.structs.replace(told, media=tuple(media))).decode()
        assert "#t=" not in plain
    sealed = msgspec.structs.replace(told, access=Access(media=Restriction("private")))
    assert "example.org" not in written("html", sealed).decode()


def test_a_copy_tells_a_reader_nothing_that_only_programs_need() -> None:
    told = Testimony(
        id="a", title="T", account="A", narrator="Anna Weiss",
        extra={
            "ohms": {"@dt": "2013-05-01"}, "transcript rows": [{"words": "A"}], "n": None,
            "object_transcript": "a.csv", "Village/Town": "Alma", "tags": ["x", "y"], "kept": True,
        },
    )  # fmt: skip
    facts = dict(reading_copy(gate(told)).facts)
    assert facts["Also recorded"] == ("Village/Town: Alma", "tags: x; y", "kept: yes")
    assert facts["Narrator"] == ("Anna Weiss",)
    assert facts["Consent"] == ("not recorded",)
    asked = msgspec.structs.replace(told, consent=Consent("pending", "2020-01-02"))
    assert dict(reading_copy(gate(asked)).facts)["Consent"] == ("pending · 2020-01-02",)


def test_a_document_says_what_it_is_and_has_nothing_of_the_template() -> None:
    import datetime
    import zipfile

    import docx

    voices = [
        Testimony(id=f"v-{n}", title="T", account="One.\n\nTwo.\n\n\nThree.", narrator="Oleg*")
        for n in range(2)
    ]
    data = written("docx", *voices)
    assert not [one for one in zipfile.ZipFile(io.BytesIO(data)).namelist() if "thumb" in one]
    made = docx.Document(io.BytesIO(data))
    core = made.core_properties
    assert (core.title, core.identifier, core.author) == ("T", "v-0", "Oleg (pseudonym)")
    now = datetime.datetime.now(tz=datetime.UTC)
    assert now - datetime.timedelta(minutes=5) < core.created <= now
    assert all(one.text.strip() for one in made.paragraphs)
    assert [table.cell(0, 1).text for table in made.tables] == ["v-0", "v-1"]


def test_a_time_within_a_paragraph_parts_no_sentence() -> None:
    turns = [Turn(0, "RS", 0.0), Turn(9, "", 60.0), Turn(17, "AW")]
    testimony = Testimony(id="a", title="T", account="When was it, now?\nIn winter.", turns=turns)
    text = written("md", testimony).decode()
    assert "**RS · 0:00:00**\n\nWhen was it, now?\n\n" in text
    turns[2] = Turn(18, "AW")
    testimony = Testimony(id="a", title="T", account="When was it, now?\nIn winter.", turns=turns)
    assert "**AW · after 0:01:00**\n\nIn winter." in written("md", testimony).decode()


def test_right_to_left_runs_that_way_in_a_document() -> None:
    import docx

    made = docx.Document(
        io.BytesIO(
            written("docx", Testimony(id="a", title="T", account="שלום\nhello", language="yi"))
        )
    )
    first, second = [one for one in made.paragraphs if one.style.name == ACCOUNT]
    assert "w:bidi" in first._p.xml
    assert "<w:bidi/>" not in second._p.xml
    assert 'w:val="yi"' in second._p.xml
