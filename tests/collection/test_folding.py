from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collection.folding import fold, word_spans, words


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Łódź", "lodz"),
        ("TEREZÍN", "terezin"),
        ("Алматы", "almaty"),
        ("京都", "jingdou"),
        ("ﬁ Øđœ", "fi odoe"),
        ("King William’s Town", "king williams town"),
        ("קאָוונע", "kvvn"),
        ("قَاهِرَة", "qhrh"),
        ("हिन्दी", "hindi"),
        ("", ""),
    ],
)
def test_fold(text, folded):
    assert fold(text) == folded


@pytest.mark.parametrize("text", ["Łódź", "Nagyszőllős", "Žďár", "Йошкар-Ола", "が"])
def test_accents_written_apart_fold_alike_and_do_not_part_words(text):
    apart = unicodedata.normalize("NFD", text)
    assert fold(apart) == fold(text)
    assert words(apart) == words(text)


def test_points_do_not_part_words():
    for text in ("יְרוּשָׁלַיִם", "قَاهِرَة", "हिन्दी"):
        assert [text[start:end] for start, end in word_spans(f"({text}, x)")] != []
        assert len(words(text)) == 1
    assert words("יְרוּשָׁלַיִם") == words("ירושלים")
    assert words("قَاهِرَة") == words("قاهرة")


def test_words_are_parted_by_all_but_apostrophes_inside():
    assert words("King William's Town") == ["king", "williams", "town"]
    assert words("'tis alma-ata, x_y; the boys' 'a'") == [
        *("tis", "alma", "ata", "x", "y", "the", "boys", "a"),
    ]
    assert words("▒▒▒▒▒ █ ── !?") == []


@settings(max_examples=50, derandomize=True, deadline=None)
@given(st.text())
def test_folding_is_idempotent_and_plain(text):
    folded = fold(text)
    assert folded.isascii()
    assert fold(folded) == folded


@settings(max_examples=50, derandomize=True, deadline=None)
@given(st.text())
def test_spans_are_in_order_and_inside(text):
    last = 0
    for start, end in word_spans(text):
        assert last <= start < end <= len(text)
        last = end
