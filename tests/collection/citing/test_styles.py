"""The forms of a citation: for people, and for programs that parse them."""

from __future__ import annotations

import json
import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collection import Testimony
from collection.access import gate
from collection.citing.passage import find, paragraphs, passage
from collection.citing.records import bibtex_key, escaped
from collection.citing.styles import STYLES, cite
from collection.exchange.formats import writer
from collection.testimony import Narrator, Source, Turn
from tests.collection.strategies import records, texts

INTERVIEW = Testimony(
    id="K-7",
    title="Two bridges, one winter",
    narrator=Narrator("Anna Weiss", "real"),
    interviewers=["Ruth Stone"],
    interview_place="Bergen",
    date="18. 6. 1985",
    rendering="verbatim",
    language="en",
    source=Source("", "https://example.org/k7", "Winter Voices", "Bridges", "Harbour Archive"),
    account="RS: When was it?\n\nAW: In the winter.\nIt was cold.\n\nRS: And then?",
    turns=[Turn(0, "RS", 0), Turn(18, "AW", 754.5), Turn(51, "RS")],
)


def test_an_interview_in_each_style_for_people() -> None:
    seen = gate(INTERVIEW)
    where = passage(seen.testimony, 22, 40)
    assert cite(seen, "chicago", where) == (
        "Anna Weiss, “Two bridges, one winter,” interview by Ruth Stone, Bergen, June 18, 1985, "
        "transcript, K-7, Bridges, Winter Voices, Harbour Archive, para. 2, at 0:12:34, "
        "https://example.org/k7."
    )
    assert cite(seen, "chicago-bibliography") == (
        "Weiss, Anna. “Two bridges, one winter.” Interview by Ruth Stone. Bergen, June 18, 1985. "
        "Transcript. K-7, Bridges, Winter Voices, Harbour Archive. https://example.org/k7."
    )
    assert cite(seen, "mla", where, quoted=True) == (
        "“In the winter.\nIt”".replace("\n", " ")
        + " Weiss, Anna. “Two bridges, one winter.” Conducted by Ruth Stone, 18 June 1985, "
        "Bergen, K-7, Bridges, Winter Voices, Harbour Archive, https://example.org/k7. "
        "Transcript. Para. 2, at 0:12:34."
    )


def test_a_press_article_is_the_source_and_not_the_archive() -> None:
    source = Source(
        "B. Reporter, “On leaving,” The Harbour Post, 3 May 2022.", "https://example.org/a"
    )
    seen = gate(
        Testimony(id="p", title="On leaving", account="I left.", narrator="Ole*", source=source)
    )
    told = cite(seen, "chicago")
    assert told.startswith("Ole (pseudonym), “On leaving,” testimony, n.d., quoted in B. Reporter")
    assert told.endswith("3 May 2022, https://example.org/a.")
    (item,) = json.loads(cite(seen, "csl"))
    assert (item["type"], item["container-title"][:11]) == ("interview", "B. Reporter")
    assert "issued" not in item
    assert cite(seen, "ris").startswith("TY  - NEWS\r\n")


@pytest.mark.parametrize(
    ("given", "kind"),
    [
        ({"interviewers": ["R"]}, "interview"),
        ({"source": Source(repository="Archive")}, "manuscript"),
        ({"source": Source("Protocol 5")}, "manuscript"),
        ({}, "personal_communication"),
    ],
)
def test_what_kind_of_work_it_is(given: dict[str, object], kind: str) -> None:
    seen = gate(Testimony(**{"id": "p", "title": "T", "account": "A", **given}))
    assert json.loads(cite(seen, "csl"))[0]["type"] == kind


def test_an_address_that_is_none_of_the_web_is_not_cited() -> None:
    seen = gate(
        Testimony(id="p", title="T", account="A", source=Source("S", "javascript:alert(1)"))
    )
    assert all("javascript" not in cite(seen, style) for style in STYLES)


@given(records())
def test_people_get_one_line_whatever_a_record_holds(testimony: Testimony) -> None:
    seen = gate(testimony)
    if seen.sealed:
        return
    for style in ("chicago", "chicago-bibliography", "mla"):
        told = cite(seen, style)
        assert len(told.splitlines()) == 1
        assert not re.search("[\x00-\x1f\x7f-\x9f\ud800-\udfff]", told)


# --- records for programs --------------------------------------------------------------------


def parsed_bibtex(text: str) -> list[tuple[str, dict[str, str]]]:
    """Read entries as BibTeX does: braces are counted, a backslash before one is not looked at."""
    entries, at = [], 0
    while (at := text.find("@", at)) >= 0:
        depth, end = 0, text.index("{", at)
        begin = end
        while True:
            depth += {"{": 1, "}": -1}.get(text[end], 0)
            end += 1
            if not depth:
                break
        body = text[begin + 1 : end - 1]
        key, _, rest = body.partition(",\n")
        fields = dict(re.findall(r"^  (\w+) = \{(.*)\},$", rest, re.MULTILINE))
        assert len(fields) == rest.strip().count("\n") + 1
        entries.append((key, fields))
        at = end
    return entries


def untexed(text: str) -> str:
    names = {"backslash": "\\", "braceleft": "{", "braceright": "}", "asciitilde": "~"}
    names |= {"asciicircum": "^", "less": "<", "greater": ">", "bar": "|", "quotedbl": '"'}
    return re.sub(r"\\text(\w+)\{\}|\\([$&#_%])", lambda m: names[m[1]] if m[1] else m[2], text)


@given(texts(60))
def test_tex_gets_every_text_back_and_obeys_none(text: str) -> None:
    told = escaped(text)
    assert untexed(told) == text
    assert not re.search(r"\\(?!text[a-z]+\{\}|[$&#_%])", told)
    assert told.count("{") == told.count("}")


HOSTILE = "\\input{/etc/passwd} } @comment{ % $x$ \\write18{rm} \x1b[31m\nTY  - BOOK\nER  - \n{"


@pytest.mark.parametrize("id", ["a", HOSTILE])
def test_hostile_texts_stay_in_their_field(id: str) -> None:
    hostile = Testimony(
        id=id, title=HOSTILE, account="A", narrator=HOSTILE + "x", themes=[HOSTILE], rights=HOSTILE,
        source=Source(HOSTILE, "", HOSTILE, HOSTILE, HOSTILE),
    )  # fmt: skip
    seen = gate(hostile)
    ((_, fields),) = parsed_bibtex(cite(seen, "bibtex"))
    assert untexed(fields["title"])[1:-1].startswith("\\input{/etc/passwd} } @comment{")
    lines = cite(seen, "ris").split("\r\n")
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in lines[:-1])
    assert [line[:2] for line in lines].count("TY") == 1
    assert "\x1b" not in cite(seen, "csl")


@settings(max_examples=60)
@given(st.lists(records(), max_size=6))
def test_files_of_references_hold_each_that_is_not_sealed(testimonies: list[Testimony]) -> None:
    views = [gate(one) for one in testimonies]
    open_ones = [one for one in views if not one.sealed]
    entries = parsed_bibtex(b"".join(writer("bibtex").write(views)).decode())
    assert len(entries) == len(open_ones)
    assert len({key.casefold() for key, _ in entries}) == len(entries)
    items = json.loads(b"".join(writer("csl").write(views)))
    assert [item["id"] for item in items] == [one.testimony.id for one in open_ones]
    text = b"".join(writer("ris").write(views)).decode()
    assert text.count("\r\nER  - \r\n") == len(open_ones)


def test_keys_are_stable_and_told_apart() -> None:
    assert bibtex_key("FH-0001") == "FH-0001"
    assert bibtex_key("łódź 1") != bibtex_key("lódź 1")
    assert re.fullmatch(r"[A-Za-z0-9._:-]+", bibtex_key("{}, \\end"))
    views = [gate(Testimony(id=id, title="T", account="A")) for id in ("ab", "AB", "Ab")]
    written = b"".join(writer("bibtex").write(views)).decode()
    assert len({key.casefold() for key, _ in parsed_bibtex(written)}) == 3


# --- passages --------------------------------------------------------------------------------


@given(st.text("ab \n\t\r", max_size=60))
def test_paragraphs_hold_every_word_in_order(account: str) -> None:
    found = paragraphs(account)
    assert "".join("".join(account[a:b].split()) for a, b in found) == "".join(account.split())
    assert all(account[a:b].strip() for a, b in found)
    assert all(one[1] < other[0] for one, other in pairwise(found))


def test_paragraphs_by_blank_lines_or_else_by_lines() -> None:
    by_lines = "one\ntwo\nthree\n"
    assert [by_lines[a:b] for a, b in paragraphs(by_lines)] == ["one", "two", "three"]
    wrapped = "one\ntwo\n \nthree"
    assert [wrapped[a:b] for a, b in paragraphs(wrapped)] == ["one\ntwo", "three"]


def test_the_place_of_a_passage() -> None:
    at = INTERVIEW.account.index
    assert passage(INTERVIEW, at("When"), at("When") + 4).place == "para. 1, at 0:00:00"
    assert passage(INTERVIEW, at("cold"), at("And")).place == "paras. 2–3, at 0:12:34"
    assert passage(INTERVIEW, at("And"), at("And")).place == "para. 3, after 0:12:34"
    # What was selected with the line ends before it does not begin in the paragraph before.
    assert passage(INTERVIEW, at("\n\nRS: And"), 999).paragraphs == "para. 3"
    assert passage(Testimony(title="T", account=""), 0, 5).place == ""


def test_words_are_found_exactly_or_else_whatever_their_blanks_and_case() -> None:
    account = "It WAS\ncold. It was cold."
    assert find(account, "It was cold") == [(13, 24)]
    assert find(account, "it was  cold.") == [(0, 12), (13, 25)]
    assert find(account, " ") == []
    assert find(account, "warm") == []
