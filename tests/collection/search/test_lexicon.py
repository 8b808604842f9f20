from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from collection.search.lexicon import Kind, Lexicon, typos_allowed

WORDS = st.text("abcd", min_size=1, max_size=10)


def filled(words):
    lexicon = Lexicon()
    for word in words:
        lexicon.add(word)
    return lexicon


@settings(max_examples=100, derandomize=True, deadline=None)
@given(st.sets(WORDS), WORDS)
def test_beginnings(words, prefix):
    assert filled(words).starting(prefix) == sorted(w for w in words if w.startswith(prefix))


@settings(max_examples=60, derandomize=True, deadline=None)
@given(st.sets(WORDS, max_size=40), st.sets(WORDS, max_size=10), WORDS)
def test_near_is_the_edit_distance_to_some_beginning(words, later, query):
    lexicon = filled(words)
    lexicon.near(query)
    for word in later - words:
        lexicon.add(word)
    gone = set(sorted(words)[::3])
    for word in gone:
        lexicon.discard(word)
    allowed = typos_allowed(query)
    known = (words | later) - gone
    expected = {
        word
        for word in known
        if word[0] == query[0]
        and not word.startswith(query)
        # A word of four letters must be finished, or it would be near to almost anything.
        and min(
            OSA.distance(query, word[:k])
            for k in range(0 if len(query) > 4 else len(word), len(word) + 1)
        )
        <= allowed
    }
    near = lexicon.near(query)
    assert set(near) == (expected if allowed else set())
    for word, kind in near.items():
        if kind in (Kind.SWAPPED, Kind.TYPO):
            assert OSA.distance(query, word) == 1


def test_kinds():
    lexicon = filled(["kovno", "kvono", "kovro", "kovnoville", "kovroville", "theresienstadt"])
    assert lexicon.near("kovno") == {
        "kvono": Kind.SWAPPED,
        "kovro": Kind.TYPO,
        "kovroville": Kind.UNFINISHED,
    }
    assert lexicon.near("teresienstat") == {"theresienstadt": Kind.TWO}


def test_a_wrong_first_letter():
    lexicon = filled(["lodz", "warsaw", "almaty"])
    for query, meant in (
        ("kodz", "lodz"),
        ("xwarsaw", "warsaw"),
        ("arsaw", "warsaw"),
        ("lamaty", "almaty"),
    ):
        assert lexicon.misbegun(query) == {meant: Kind.TWO}
    assert lexicon.misbegun("odz") == {}
