from __future__ import annotations

from collection.search.query import MOST_TERMS, read_query


def terms(text):
    return [(term.words, term.phrase) for term in read_query(text).terms]


def test_words_phrases_and_exclusions():
    query = read_query('Łódź "Forced Labour" -camp -"SS men" alma-ata')
    assert [(t.words, t.phrase) for t in query.terms] == [
        (("lodz",), False),
        (("forced", "labour"), True),
        (("alma",), False),
        (("ata",), False),
    ]
    assert [t.words for t in query.excluded] == [("camp",), ("ss", "men")]
    assert query.problems == ()


def test_whatever_else_is_words():
    assert terms("a:b (c OR d) *e? f+g ~ #") == [((w,), False) for w in "abc"] + [
        ((w,), False) for w in ("or", "d", "e", "f", "g")
    ]
    assert terms("--camp") == []
    assert terms("- camp") == [(("camp",), False)]
    assert terms('x"y z"') == [(("x",), False), (("y", "z"), True)]


def test_stop_words_count_only_where_nothing_else_is_said():
    assert [t.stop for t in read_query("the ghetto").terms] == [True, False]
    assert [t.stop for t in read_query("in the").terms] == [False, False]


def test_an_open_quote_is_reported_once():
    query = read_query('-"a "b "c')
    assert len(query.problems) <= 1
    assert read_query('"trains lef').terms[0].unfinished
    assert not read_query('"trains left ').terms[0].unfinished
    assert not read_query('"trains left"').terms[0].unfinished
    assert "not closed" in read_query('x "').problems[0]


def test_caps():
    query = read_query("word " * 100)
    assert len(query.terms) == MOST_TERMS
    assert len(query.problems) == 1
    long = read_query("x" * 100)
    assert long.terms[0].words == ("x" * 64,)
    assert len(read_query('"' + "y " * 1_000 + '"').terms[0].words) == 32
