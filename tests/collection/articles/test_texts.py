"""Plain text, Markdown, encodings and the lines of a head."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collection.articles.decoding import decoded
from collection.articles.document import ASIDE, BLOCK, HEADING, QUESTION, Head, Paragraph
from collection.articles.markdown import front_matter, markdown_paragraphs
from collection.articles.masthead import from_file_name, read_head
from collection.articles.plain import paragraphs_of
from collection.articles.words import language_of

# --- paragraphs --------------------------------------------------------------------------------


WRAPPED = """The road to the sea was full of carts and of people who had
never walked so far, and “nobody turned
round,” she said.

Next."""
TWO_WIDE = """A first one.

“We walked for the whole of the night and nobody said anything at all until it was light,” said Ruth,
a welder from Orenburg, in a voice message."""
DIALOGUE = """They sat down.

— I came by the road along the river, since the other one was under water.
— And nobody stopped you on it, not even at the bridge?"""
WITHOUT_BLANK_LINES = """The road to the sea was full of carts and of people who had
never walked.
In the evening it rained and the carts were left where they
stood until the morning, with their lamps burning and their
horses gone."""


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("One.\n\nTwo.\n \nThree.", ["One.", "Two.", "Three."]),
        ("One.\nTwo.\nThree.", ["One.", "Two.", "Three."]),
        ("Title\nBy Jo\n\nA. \tB.", ["Title", "By Jo", "A. \tB."]),
        (TWO_WIDE, ["A first one.", TWO_WIDE[14:].replace("\n", " ")]),
        (DIALOGUE, ["They sat down.", *DIALOGUE[16:].split("\n")]),
        (WRAPPED, [WRAPPED[:-7].replace("\n", " "), "Next."]),
        (
            WITHOUT_BLANK_LINES,
            [
                WITHOUT_BLANK_LINES[:73].replace("\n", " "),
                WITHOUT_BLANK_LINES[74:].replace("\n", " "),
            ],
        ),
    ],
)
def test_paragraphs(text: str, found: list[str]) -> None:
    assert paragraphs_of(text) == found


@given(st.text(alphabet=" \n\t\r.ab\u00a0", max_size=300))
def test_only_blanks_are_lost_between_paragraphs(text: str) -> None:
    assert "".join("".join(paragraphs_of(text)).split()) == "".join(text.split())


def test_markdown_gives_its_words_and_what_they_are() -> None:
    text = "# Head\n\nIda* ran, “*I* [ran](http://x)” \\*.\nOn.\n\n> Set off.\n\n**Why?**\n\n<p>In</p>\n"
    assert [(one.kind, one.text) for one in markdown_paragraphs(text)] == [
        (HEADING, "Head"),
        ("body", "Ida* ran, “I ran” *. On."),
        (BLOCK, "Set off."),
        (QUESTION, "Why?"),
        ("body", "In"),
    ]


def test_front_matter() -> None:
    head, rest = front_matter('---\ntitle: "A: B"\nauthor: [Jo]\nsource: The Post\n---\nText.')
    assert head == Head(title="A: B", author="Jo", publisher="The Post")
    assert rest == "Text."
    assert front_matter("--- no\n\ntext") == (Head(), "--- no\n\ntext")


# --- encodings and languages -------------------------------------------------------------------

TEXTS = {
    "en": "“I never knew what they wanted of me,” she said, “and I did not ask.”",
    "de": "„Ich habe große Angst gehabt“, sagt die Frau und schließt das Fenster.",
    "fr": "« Je n’ai pas dormi », dit-elle, « et mon père était déjà là. »",
    "es": "“No dormí en toda la noche”, dijo la mujer, y añadió que ya no tenía miedo.",
    "ru": "«Мы уехали ночью, и было очень страшно», — рассказывает она.",
    "uk": "«Ми виїхали вночі, і було дуже страшно», — розповідає вона.",
    "pl": "„Uciekliśmy w nocy i było już bardzo zimno”, mówi kobieta.",
}
CODES = {"en": "cp1252", "de": "cp1252", "fr": "cp1252", "es": "cp1252", "ru": "cp1251"}
CODES |= {"uk": "cp1251", "pl": "cp1250"}


@pytest.mark.parametrize("language", TEXTS)
def test_a_language_is_told_by_its_words(language: str) -> None:
    assert language_of(TEXTS[language]) == language


@pytest.mark.parametrize("language", TEXTS)
def test_an_encoding_is_found_by_the_words_that_it_makes(language: str) -> None:
    text = TEXTS[language]
    for code in ("utf-8", "utf-8-sig", "utf-16"):
        assert decoded(text.encode(code)) == (text, "")
    found, note = decoded(text.encode(CODES[language]))
    assert found == text
    assert CODES[language] in note


def test_a_page_says_its_encoding_and_a_person_overrules_it() -> None:
    page = '<meta charset="koi8-r">Мы'.encode("koi8-r")
    assert decoded(page, declared=True)[0].endswith("Мы")
    assert decoded(page, "latin-1", declared=True)[0].endswith("íÙ")
    assert decoded(b"a\r\nb\rc")[0] == "a\nb\nc"


# --- the head ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "head"),
    [
        (["date 2022-09-27 “I left a week ago,” said Ida in the harbour."], Head(date="2022-09-27")),
        (
            ["The flood", "By Jo Tanner, The Post", "27 September 2022", "https://a.example/b"],
            Head("The flood", "Jo Tanner", "The Post", "https://a.example/b", "27 September 2022"),
        ),
        (["Published: 3 May 2021", "Title: The flood of 2021"], Head("The flood of 2021", date="3 May 2021")),
        (["By Jo Tanner | Published 15 January 2024"], Head(author="Jo Tanner", date="15 January 2024")),
        (["“I lost it all”", "The Post, May 7, 2020"], Head("“I lost it all”", "", "The Post", date="May 7, 2020")),
        (["Von Hans Meier, 8. September 2023"], Head(author="Hans Meier", date="8. September 2023")),
        (["Мы уехали", "Автор: Иван Петров", "5 октября 2022 года"], Head("Мы уехали", "Иван Петров", date="5 октября 2022 года")),
        (["The winter of 1947"], Head("The winter of 1947")),
        (["Von der Stadt blieb nichts, sagen die Leute."], Head()),
    ],
)  # fmt: skip
def test_the_lines_of_a_head_are_read_in_any_order(lines: list[str], head: Head) -> None:
    body = "And so they went on for the whole of that winter, until nobody was left in the town."
    found, placed = read_head([Paragraph(text) for text in [*lines, body, body]], Head())
    assert found == head
    assert " ".join(one.text for one in placed if one.kind == ASIDE).split() != [] or head == Head()
    assert [one.kind for one in placed[-2:]] == ["body", "body"]
    assert (head != Head()) == any(one.kind == ASIDE for one in placed)


@pytest.mark.parametrize(
    ("stem", "publisher", "date"),
    [
        ("opendemocracy-2022-09-27", "opendemocracy", "2022-09-27"),
        ("2022-09-27", "", "2022-09-27"),
        ("the post_2022.09", "the post", "2022-09"),
        ("interview 12", "", ""),
        ("0000-99-99", "", ""),
    ],
)
def test_the_name_of_a_file_may_say_publisher_and_day(stem: str, publisher: str, date: str) -> None:
    head = from_file_name(stem, Head())
    assert (head.publisher, head.date) == (publisher, date)
    assert from_file_name(stem, Head(date="x", publisher="y")) == Head(date="x", publisher="y")
