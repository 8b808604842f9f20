from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from collection.dates import DateSpan
from collection.search.index import SearchIndex
from collection.search.words import split
from collection.testimony import Testimony

NAMES = st.sampled_from(
    [
        "Łódź",
        "Lodz",
        "Terezín",
        "Terezín Ghetto",
        "Алматы",
        "Alma Ata",
        "京都",
        "Warsaw",
        "Warszawa",
        "Nagyvárad/Oradea",
        "Forced labour",
        "Forced labor",
        "Deportation",
        "▒▒▒▒▒",
    ]
)
TEXTS = st.lists(
    st.sampled_from(
        [
            "we",
            "saw",
            "snow",
            "in",
            "Łódź",
            "and",
            "forced",
            "labour",
            "at",
            "Terezin",
            "camp",
            "camps",
            "the",
            "京都",
        ]
    ),
    max_size=8,
).map(" ".join)
DAYS = st.sampled_from([None, "1945-01-01", "1990-05-05", "2001-02-03"])


@st.composite
def a_testimony(draw):
    day = draw(DAYS)
    return Testimony(
        id=draw(st.sampled_from("abcdefg")),
        title=draw(TEXTS),
        account=draw(TEXTS),
        context=draw(TEXTS),
        narrator=draw(st.sampled_from(["", "Anna Kowalska", "王小明", "Lodz"])),
        places=draw(st.lists(NAMES, max_size=2)),
        themes=draw(st.lists(NAMES, max_size=2)),
        date=DateSpan(text=day or "", earliest=day, latest=day),
    )


STEPS = st.lists(
    st.one_of(
        a_testimony(),
        st.sampled_from("abcdefg"),  # to be removed
        st.integers(0, 3),  # accounts to be indexed
        st.just(None),  # a search, which fills the caches
    ),
    max_size=12,
)
QUERIES = (
    "",
    "lodz",
    "l",
    "lod",
    "kodz",
    "terezim",
    "forced labour",
    "labor camp",
    '"forced labour"',
    '"in lo',
    "-camp",
    "camp -lodz",
    "the snow",
    "alma ata",
    "almaata",
    "snow warszawa",
    "anna qqxzvbn",
    "京都",
    "oradea",
)
REAL = st.one_of(
    st.sampled_from(QUERIES),
    st.text(max_size=30),
    st.lists(
        st.sampled_from(["lodz", '"', "-", "forced", "labor", "Łó", "the", "京", "▒", ":", "a b"])
    ).map(" ".join),
)


def answers(index):
    return {
        query: (list(results.ids), results.total, results.dropped, results.partial)
        for query in QUERIES
        for results in [index.search(query)]
    }


@settings(max_examples=250, derandomize=True, deadline=None)
@given(STEPS)
def test_any_changes_equal_building_anew(steps):
    index = SearchIndex()
    kept: dict[str, Testimony] = {}
    for step in steps:
        if step is None:
            answers(index)
        elif isinstance(step, int):
            index.index_accounts(step)
        elif isinstance(step, str):
            index.remove(step)
            kept.pop(step, None)
        else:
            index.put(step, account=len(kept) % 2 == 0)
            kept[step.id] = step
    index.index_accounts()
    anew = SearchIndex()
    for testimony in sorted(kept.values(), key=lambda one: one.title):
        anew.put(testimony)
    assert len(index) == len(kept)
    assert answers(index) == answers(anew)
    for id in kept:
        for query in QUERIES:
            assert index.search(query).why(id) == anew.search(query).why(id)


@settings(max_examples=200, derandomize=True, deadline=None)
@given(st.lists(a_testimony(), max_size=6), REAL, TEXTS | st.text(max_size=40))
def test_no_query_is_an_error(some, query, text):
    index = SearchIndex()
    for testimony in some:
        index.put(testimony)
    for length in {len(query) // 2, len(query)}:
        results = index.search(query[:length])
        ids = list(results.ids)
        assert len(ids) == results.total == len(set(ids))
        assert set(ids) <= {testimony.id for testimony in some}
        for id in ids:
            assert all(results.why(id))
        end = 0
        for start, stop in results.marks(text):
            assert end <= start < stop <= len(text)
            end = stop


def _words(testimony):
    names = [place.name for place in testimony.places] + [*testimony.themes]
    texts = [testimony.title, testimony.account, testimony.context, testimony.narrator.name]
    return {word for text in (*names, *texts) for word in split(text)}


@settings(max_examples=100, derandomize=True, deadline=None)
@given(st.lists(a_testimony(), max_size=6), NAMES | TEXTS)
def test_exact_words_agree_with_brute_force(some, text):
    index = SearchIndex()
    for testimony in some:
        index.put(testimony)
    last = {testimony.id: testimony for testimony in some}
    for word in split(text):
        having = {id for id, testimony in last.items() if word in _words(testimony)}
        exact = set(index.search(f'"{word}"').ids)
        # Spelling variants of themes are other names of theirs, so they count as well.
        assert having <= exact
        variants = {"labor": "labour", "labour": "labor"}
        assert exact <= having | {
            id for id, one in last.items() if variants.get(word, "") in _words(one)
        }
        assert having <= set(index.search(word).ids)
        assert set(index.search(f"-{word}").ids) == set(last) - exact


@settings(max_examples=250, derandomize=True, deadline=None)
@given(st.lists(a_testimony(), max_size=6), REAL)
def test_what_is_found_is_marked_and_explained(some, query):
    index = SearchIndex()
    for testimony in some:
        index.put(testimony)
    last = {testimony.id: testimony for testimony in some}
    results = index.search(query)
    plain = query.strip() and not results.problems and "-" not in query
    for id in results.ids:
        if plain:
            assert results.why(id)
            one = last[id]
            names = [place.name for place in one.places] + [*one.themes, one.narrator.name]
            texts = [one.title, one.account, one.context, *names]
            assert any(results.marks(text) for text in texts)
