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
from collection.citing.press import article
from collection.citing.quoting import nested, quoted, with_mark
from collection.citing.records import bibtex_key, escaped
from collection.citing.styles import STYLES, cite
from collection.exchange.formats import writer
from collection.testimony import Narrator, Source, Turn, make_id
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
    assert cite(seen, "mla", where, quote=True) == (
        "“In the winter.\nIt”".replace("\n", " ")
        + " Weiss, Anna. “Two bridges, one winter.” Conducted by Ruth Stone, 18 June 1985, "
        "Bergen, K-7, Bridges, Winter Voices, Harbour Archive, https://example.org/k7. "
        "Transcript."
    )
    assert cite(seen, "mla-text", where, quote=True) == (
        "“In the winter. It” (Weiss, par. 2, 0:12:34)."
    )


def test_a_press_article_is_the_source_and_not_the_archive() -> None:
    source = Source(
        "B. Reporter, “On leaving,” The Harbour Post, 3 May 2022.", "https://example.org/a"
    )
    seen = gate(
        Testimony(id="p", title="On leaving", account="I left.", narrator="Ole*", source=source)
    )
    assert cite(seen, "chicago") == (
        "Ole (pseudonym), quoted in B. Reporter, “On leaving,” Harbour Post, May 3, 2022, "
        "https://example.org/a."
    )
    assert cite(seen, "chicago-bibliography") == (
        "Reporter, B. “On leaving.” Harbour Post, May 3, 2022. Testimony of Ole (pseudonym). "
        "https://example.org/a."
    )
    assert cite(seen, "mla") == (
        "Reporter, B. “On leaving.” The Harbour Post, 3 May 2022, https://example.org/a. "
        "Testimony of Ole (pseudonym)."
    )
    assert cite(seen, "mla-text") == "(qtd. in Reporter)"
    (item,) = json.loads(cite(seen, "csl"))
    assert item["type"] == "article-newspaper"
    assert item["title"] == "On leaving"
    assert item["author"] == [{"family": "Reporter", "given": "B."}]
    assert item["container-title"] == "The Harbour Post"
    assert item["issued"] == {"date-parts": [[2022, 5, 3]]}
    assert item["note"] == "Testimony of Ole (pseudonym)"
    lines = cite(seen, "ris").split("\r\n")
    for line in (
        "TY  - NEWS", "AU  - Reporter, B.", "TI  - On leaving", "T2  - The Harbour Post",
        "DA  - 2022/05/03/", "UR  - https://example.org/a", "N1  - Testimony of Ole (pseudonym)",
    ):  # fmt: skip
        assert line in lines
    bibtex = cite(seen, "bibtex")
    assert bibtex.startswith("@article{p,")
    assert "journal = {{The Harbour Post}}" in bibtex


def test_an_interview_in_a_paper_is_cited_under_who_was_asked() -> None:
    source = Source("Tom Field, “‘No’ was no answer”, Balkan Post, 6 April 2017")
    seen = gate(
        Testimony(id="t-1a2b-3c4d-5e6f7890", title="Amra, in “‘No’ was no answer”", account="A",
                  narrator="Amra Kos", interviewers=["Tom Field"], source=source)
    )  # fmt: skip
    assert cite(seen, "chicago") == (
        "Amra Kos, “‘No’ was no answer,” interview by Tom Field, Balkan Post, April 6, 2017."
    )
    assert cite(seen, "mla") == (
        "Kos, Amra. “‘No’ was no answer.” Interview by Tom Field. Balkan Post, 6 Apr. 2017."
    )


def test_an_article_that_nobody_signed_and_one_of_the_narrator() -> None:
    unsigned = Testimony(
        id="p", title="T", account="A", narrator="Ole*", source=Source("“Gone”, Post, 3. 5. 2022")
    )
    assert cite(gate(unsigned), "chicago") == (
        "Ole (pseudonym), quoted in “Gone,” Post, May 3, 2022."
    )
    assert cite(gate(unsigned), "chicago-bibliography").startswith("Post. “Gone.” May 3, 2022. ")
    mine = Testimony(
        id="p", title="T", account="A", narrator="Ada Kos",
        source=Source("Ada Kos, “Gone”, Post, 3 May 2022"),
    )  # fmt: skip
    assert cite(gate(mine), "chicago") == "Ada Kos, “Gone,” Post, May 3, 2022."
    assert "Testimony of" not in cite(gate(mine), "mla")


@pytest.mark.parametrize(
    "citation",
    [
        "Protocol “A”, file 5",
        "Letter, “Gone”, City Archive, 3 May 1946",
        "“Gone",
        "",
    ],
)
def test_what_no_paper_printed_is_no_article(citation: str) -> None:
    assert article(citation) is None


@given(texts(80))
def test_reading_an_article_never_fails(text: str) -> None:
    for citation in (text, f"A B, “{text}”, P, 3 May 2022", f"“{text}"):
        line = " ".join(citation.split())
        found = article(line, linked=True)
        assert found is None or found.title in line


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("“We slept”: a nurse", "“‘We slept’: a nurse,”"),
        ("»Wir haben«", "“‘Wir haben,’”"),
        ("« On nous a dit »", "“‘On nous a dit,’”"),
        ("„Nie wróciłem” — mówi", "“‘Nie wróciłem’ — mówi,”"),
        ("“I don’t ‘know’”", "“‘I don’t “know,”’”"),
        ("The boys’ school", "“The boys’ school,”"),
        ("a ” stray", "“a ’ stray,”"),
        ('He said "no"', "“He said ‘no,’”"),
    ],
)
def test_marks_within_a_title_are_single_and_close_behind_the_comma(title: str, shown: str) -> None:
    assert with_mark(quoted(title), ",") == shown


@given(st.text('“”‘’«»„" ab', max_size=30))
def test_no_title_ends_before_its_end(title: str) -> None:
    told = nested(title)
    assert re.sub('[“”‘’«»„" ]', "", told) == re.sub('[“”‘’«»„" ]', "", title)
    depth = 0
    for sign in re.sub('[‘’«»„"]', "", told):
        depth += {"“": 1, "”": -1}.get(sign, 0)
        assert depth >= 0


@given(st.text("“”‘’.,?a", max_size=12), st.sampled_from(",."))
def test_a_mark_is_put_in_and_nothing_taken_away(text: str, mark: str) -> None:
    told = with_mark(text, mark)
    assert told == text or sorted(told) == sorted(text + mark)


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("Weiss, Anna, 18.06.1985", False),
        ("Interview with Anna Weiss, June 18, 1985", False),
        ("Anna Weiss", False),
        ("Oral history", True),
        ("Anna Weiss: two bridges", True),
        ("Anna Weiss, 1986", True),
    ],
)
def test_a_title_that_says_no_more_than_name_and_date_is_left_out(title: str, told: bool) -> None:
    seen = gate(
        Testimony(id="p", title=title, account="A", narrator="Anna Weiss", date="1985-06-18")
    )
    assert ("“" in cite(seen, "chicago-bibliography")) is told
    assert "TI  - " in cite(seen, "ris")


def test_an_identifier_that_the_program_made_is_no_shelfmark() -> None:
    for id in (make_id(), "t-4377-bc12-0a9f8e7d"):
        seen = gate(Testimony(id=id, title="T", account="A", source=Source(series="S")))
        assert all(
            id not in cite(seen, style) for style in ("chicago", "chicago-bibliography", "mla")
        )
        assert "archive_location" not in json.loads(cite(seen, "csl"))[0]
    assert cite(gate(Testimony(id="t-17", title="T", account="A")), "chicago-bibliography") == (
        "“T.” Testimony. N.d. t-17."
    )


def test_the_source_of_an_interview_is_in_every_form() -> None:
    seen = gate(
        Testimony(id="p", title="T", account="A", interviewers=["R"], source=Source("Protocol 5"))
    )
    assert all("Protocol 5" in cite(seen, style) for style in STYLES if style != "mla-text")


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
    for style in ("chicago", "chicago-bibliography", "mla", "mla-text"):
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
        id=id, title=HOSTILE, account="A", narrator="Somebody " + HOSTILE[:1], themes=[HOSTILE], rights=HOSTILE,
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
