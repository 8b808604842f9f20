from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from collection.dates import DateSpan, read_date
from collection.search.index import SearchIndex
from collection.search.words import split
from collection.testimony import Narrator, Place, Testimony
from collection.themes import ThemeEntry
from tests.collection.search.entries import Entries

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
        "Almaty",
        "Kazakhstan",
        "Torture",
        "Violence",
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
DATES = st.sampled_from(
    ["", "1944", "1943~", "summer 1945", "1944/1946", "before 1940", "who knows"]
)


@st.composite
def a_testimony(draw):
    day = draw(DAYS)
    return Testimony(
        id=draw(st.sampled_from("abcdefg")),
        title=draw(TEXTS),
        account=draw(TEXTS),
        context=draw(TEXTS),
        narrator=Narrator(
            draw(st.sampled_from(["", "Anna Kowalska", "王小明", "Lodz"])),
            draw(st.sampled_from(["", "pseudonym"])),
        ),
        period=read_date(draw(DATES)),
        language=draw(st.sampled_from(["", "yi", "Yiddish", "pl-PL"])),
        interview_place=draw(st.sampled_from(["", "Warsaw", "Almaty"])),
        places=tuple(
            Place(name=name, status=draw(st.sampled_from(["", "ambiguous"])))
            for name in draw(st.lists(NAMES, max_size=2))
        ),
        themes=draw(st.lists(NAMES, max_size=2)),
        date=DateSpan(text=day or "", earliest=day, latest=day),
    )


STEPS = st.lists(
    st.one_of(
        a_testimony(),
        st.sampled_from("abcdefg"),  # to be removed
        st.integers(0, 3),  # accounts to be indexed
        st.just(None),  # a search, which fills the caches
        st.tuples(  # a theme that is defined anew
            st.sampled_from(["Torture", "Violence", "Forced labour"]),
            st.sampled_from([(), ("Violence",), ("Harm",)]),
            st.sampled_from([(), ("Snow",)]),
        ),
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
    "kazakhstan",
    "soviet union",
    "poland",
    "lemberg",
    "violence",
    "harm",
    "slave labour",
    "place:lodz",
    "place:poland hunger",
    "-place:poland",
    "theme:labor",
    "-theme:violence",
    "by:anna",
    "by:lodz lodz",
    "date:1945",
    "after:1990",
    "before:1990 lodz",
    "period:1944",
    "-period:1944",
    "lang:yi",
    "is:undated",
    "is:pseudonym -is:ambiguous",
    'place:"alma ata"',
)
REAL = st.one_of(
    st.sampled_from(QUERIES),
    st.text(max_size=30),
    st.lists(
        st.sampled_from(["lodz", '"', "-", "forced", "labor", "Łó", "the", "京", "▒", ":", "a b"])
    ).map(" ".join),
    st.lists(
        st.sampled_from(
            [
                *[
                    "place:",
                    "theme:",
                    "by:",
                    "date:",
                    "after:",
                    "is:",
                    "lang:",
                    "x:",
                    "-",
                    "1944",
                    "..",
                    '"',
                    "lodz",
                    "yi",
                    "May",
                    "?",
                    "~",
                ],
                " ",
            ]
        ),
        max_size=9,
    ).map("".join),
)


def answers(index):
    return {
        query: (list(results.ids), results.total, results.dropped, results.partial)
        for query in QUERIES
        for results in [index.search(query)]
    }


def define(entries, index, step):
    """Define a theme; one that is to fall under itself is left as it is."""
    name, broader, used_for = step
    if name not in broader:
        entries.themes[name] = ThemeEntry(name, used_for, broader)
        index.renamed("theme", name)


@settings(max_examples=100, derandomize=True, deadline=None)
@given(STEPS)
def test_any_changes_equal_building_anew(steps):
    entries = Entries()
    index = SearchIndex(entries)
    kept: dict[str, Testimony] = {}
    for step in steps:
        if step is None:
            answers(index)
        elif isinstance(step, int):
            index.index_accounts(step)
        elif isinstance(step, str):
            index.remove(step)
            kept.pop(step, None)
        elif isinstance(step, tuple):
            define(entries, index, step)
        else:
            index.put(step, account=len(kept) % 2 == 0)
            kept[step.id] = step
    index.index_accounts()
    anew = SearchIndex(entries)
    for testimony in sorted(kept.values(), key=lambda one: one.title):
        anew.put(testimony)
    assert len(index) == len(kept)
    assert answers(index) == answers(anew)
    for id in kept:
        for query in QUERIES:
            assert index.search(query).why(id) == anew.search(query).why(id)


@settings(max_examples=80, derandomize=True, deadline=None)
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


@settings(max_examples=100, derandomize=True, deadline=None)
@given(st.lists(a_testimony(), max_size=6), REAL)
def test_what_is_found_is_marked_and_explained(some, query):
    index = SearchIndex()
    for testimony in some:
        index.put(testimony)
    last = {testimony.id: testimony for testimony in some}
    results = index.search(query)
    # What is asked of dates and states is in no text.
    plain = query.strip() and not results.problems and not {"-", ":"} & set(query)
    for id in results.ids:
        if plain:
            assert results.why(id)
            one = last[id]
            names = [place.name for place in one.places] + [*one.themes, one.narrator.name]
            texts = [one.title, one.account, one.context, *names]
            assert any(results.marks(text) for text in texts)
