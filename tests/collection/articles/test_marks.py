from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collection.articles.document import BLOCK, Head, Paragraph, composed
from collection.articles.marks import Quotation, quotations
from collection.articles.words import words_of


def _found(language: str, *paragraphs: str, kind: str = "body") -> tuple[str, list[Quotation]]:
    article = composed(Head(), [Paragraph(text, kind) for text in paragraphs])
    return article.text, quotations(article, words_of(language))


def _words(language: str, *paragraphs: str) -> list[str]:
    text, found = _found(language, *paragraphs)
    return [text[one.start : one.end] for one in found]


@pytest.mark.parametrize(
    ("language", "text", "said"),
    [
        ("en", "“Go,” she said, “now.”", ["Go,", "now."]),
        ("en", '"Go," she said. "Now."', ["Go,", "Now."]),
        ("en", "‘I don’t know the boys’ names,’ he said.", ["I don’t know the boys’ names,"]),
        ("en", "'I don't know,' he said in the '90s. 'No.'", ["I don't know,", "No."]),
        ("en", "“He said ‘go’ and I went.”", ["He said ‘go’ and I went."]),
        ("en", "“He said “go” and I went.”", ["He said “go” and I went."]),
        ("en", "``Go,'' she said.", ["Go,"]),
        ("en", '"He asked: "When?". I ran," she said. "On."', ['He asked: "When?". I ran,', "On."]),
        ("de", "„Ich lief“, sagt Anna. „Er rief ‚geh‘.“", ["Ich lief", "Er rief ‚geh‘."]),
        ("de", "»Ich lief«, sagt sie. »Weg.«", ["Ich lief", "Weg."]),
        ("fr", "« J’ai couru », dit-elle. « Vite. »", ["J’ai couru", "Vite."]),
        ("fr", "« Je cours, dit-elle, et je tombe. »", ["Je cours,", "et je tombe."]),
        ("pl", "„Biegłam”, mówi Anna.", ["Biegłam"]),
        ("pl", "– Biegłam – mówi Anna. – Długo.", ["Biegłam ", "Długo."]),
        ("ru", "«Я «там» был», — говорит он.", ["Я «там» был"]),
        ("ru", "«Я был, — говорит он. — Долго».", ["Я был, ", "Долго"]),
        ("ru", "— Я был, — говорит он. — Долго.", ["Я был, ", "Долго."]),
        ("es", "—No dormí —dice Ana—. Tenía miedo.", ["No dormí ", "Tenía miedo."]),
        ("en", "It’s the dogs’ dinner, isn’t it.", []),
        ("en", "“ ” and “”", []),
    ],
)
def test_every_manner_of_quoting_gives_the_words_without_the_marks(
    language: str, text: str, said: list[str]
) -> None:
    assert _words(language, text) == [one.strip() for one in said]


@pytest.mark.parametrize("mark", ["“", '"', "‘", "«"])
def test_a_quotation_goes_on_over_paragraphs_that_each_open_it(mark: str) -> None:
    closing = {"“": "”", "‘": "’", "«": "»"}.get(mark, mark)
    text, found = _found("en", f"{mark}One.", f"{mark}Two.", f"{mark}Three.{closing}")
    assert [text[one.start : one.end] for one in found] == ["One.", "Two.", "Three."]
    assert [one.continued for one in found] == [False, True, True]
    assert all(one.closed for one in found)


def test_a_missing_mark_is_told_and_takes_no_more_than_the_paragraph() -> None:
    text, found = _found("en", "“One. Then “two” came", "No mark here.")
    assert [text[one.start : one.end] for one in found] == ["One. Then", "two"]
    assert [one.closed for one in found] == [False, True]


def test_a_paragraph_set_off_is_a_quotation_but_not_the_line_that_signs_it() -> None:
    text, found = _found("en", "I ran.", "— Anna", kind=BLOCK)
    assert [text[one.start : one.end] for one in found] == ["I ran."]


@pytest.mark.parametrize(
    ("language", "opening", "closing"), [("ru", "«", "»"), ("en", "“", "”"), ("de", "„", "“")]
)
def test_a_later_paragraph_may_close_a_quotation_without_opening_it(
    language: str, opening: str, closing: str
) -> None:
    paragraphs = f"{opening}One.", f"Two{closing}, she said. {opening}Three{closing}", "Four."
    text, found = _found(language, *paragraphs)
    assert [text[one.start : one.end] for one in found] == ["One.", "Two", "Three"]
    assert [one.continued for one in found] == [False, True, False]
    assert all(one.closed for one in found)


def test_a_single_mark_nothing_closes_goes_on_where_the_next_paragraph_opens_again() -> None:
    text, found = _found("en", "‘Go,’ he said. ‘It’s ours", "‘and theirs.’")
    assert [text[one.start : one.end] for one in found] == ["Go,", "It’s ours", "and theirs."]
    assert _words("en", "‘Go,’ he said. ‘twas late", "It rained.") == ["Go,"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("I ran. He said “go” to me.", ["I ran. He said “go” to me."]),
        ("The mayor said “go” to them.", ["go"]),
        ("“I ran,” he said.", ["I ran,"]),
    ],
)
def test_what_is_set_off_is_whole_where_it_says_i_outside_its_marks(
    text: str, said: list[str]
) -> None:
    article, found = _found("en", text, kind=BLOCK)
    assert [article[one.start : one.end] for one in found] == said


MARKED = st.lists(
    st.sampled_from([*"“”„«»‹›‘’‚'\"`—–,. \n", "a", "Anna", "said", "I", "\u00a0"]), max_size=60
).map("".join)


@given(text=MARKED, language=st.sampled_from(["en", "de", "fr", "es", "ru", "uk", "pl"]))
def test_quotations_lie_in_order_in_their_paragraphs(text: str, language: str) -> None:
    whole, found = _found(language, *filter(None, text.split("\n")))
    end = 0
    for one in found:
        assert end <= one.start < one.end <= len(whole)
        assert whole[one.start : one.end].strip() == whole[one.start : one.end]
        assert "\n\n" not in whole[one.start : one.end]
        end = one.end
