from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

import collection.search.texts as texts_module
from collection.search.texts import Texts
from collection.search.words import located, split

WORDS = st.lists(st.sampled_from(["a", "b", "c", "d", "e", "f", "ab"]), max_size=12)


@settings(max_examples=60, derandomize=True, deadline=None)
@given(st.lists(WORDS, max_size=6), WORDS.filter(bool), st.booleans())
def test_rows_of_words(accounts, row, unfinished):
    texts = Texts()
    for number, words in enumerate(accounts):
        texts.put(number, " ".join(words))

    def holds(words):
        for start in range(len(words) - len(row) + 1):
            *first, last = words[start : start + len(row)]
            ends = last.startswith(row[-1]) if unfinished else last == row[-1]
            if first == row[:-1] and ends:
                return True
        return False

    expected = [number for number, words in enumerate(accounts) if holds(words)]
    assert list(texts.with_row(tuple(row), unfinished=unfinished)) == expected


def test_rare_words_are_coded_in_pairs(monkeypatch):
    monkeypatch.setattr(texts_module, "_SINGLES", 3)
    texts = Texts()
    texts.put(0, "one two three four five", "six")
    texts.put(1, "five four three")
    assert list(texts.with_row(("four", "five"))) == [0]
    assert list(texts.with_row(("two", "three", "fo"), unfinished=True)) == [0]
    assert list(texts.with_row(("f",), unfinished=True)) == [0, 1]
    assert {word for word, _ in texts.words_of(texts.codes[0])} == {
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
    }
    texts.put(0, "six")
    texts.remove(1)
    assert texts.lexicon.starting("f") == []
    assert texts.lexicon.starting("s") == ["six"]


def test_beginnings_outlive_a_change():
    texts = Texts()
    for number in range(100):
        texts.put(number, f"word{number} snow")
    assert len(texts.beginning("s")) == 100
    texts.put(3, "rain")
    texts.remove(4)
    texts.put(100, "sun")
    assert set(texts.beginning("s")) == set(range(101)) - {3, 4}
    assert set(texts.beginning("r")) == {3}
    for number in range(100):
        texts.put(number, "fog")
    assert set(texts.beginning("s")) == {100}


@settings(max_examples=80, derandomize=True, deadline=None)
@given(st.text())
def test_splitting_is_locating(text):
    spans, words = located(text)
    assert list(split(text)) == words
    assert len(spans) == len(words)
    assert spans == sorted(spans)
    assert all(word and not word.isspace() for word in words)
    whole = [word for chunk in text.split() for word in split(chunk)]
    assert whole == words


def test_scripts_without_spaces_are_split_into_characters():
    spans, words = located("我在京都 ab")
    assert words == ["wo", "zai", "jing", "dou", "ab"]
    assert spans == [(0, 1), (1, 2), (2, 3), (3, 4), (5, 7)]
