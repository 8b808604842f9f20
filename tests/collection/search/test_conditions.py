from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collection.dates import DateSpan, read_date
from collection.search.index import SearchIndex
from collection.search.spans import Spans
from collection.testimony import Access, Narrator, Place, Restriction, Source
from tests.collection.search.conftest import make


@pytest.fixture
def index():
    index = SearchIndex()
    for one in (
        make("a", date=read_date("1944-05-12"), period=read_date("1941/1943"), themes=["Hunger"]),
        make("b", date=read_date("1944"), language="yi", places=["Łódź"]),
        make(
            "c",
            date=read_date("1943~"),
            language="Yiddish",
            narrator=Narrator("Oleg*", "pseudonym"),
        ),
        make("d", date=read_date("summer 1945"), source=Source(series="Documentation Campaign")),
        make("e", date=read_date("when the snow fell"), rendering="translated", language="pl-PL"),
        make(
            "f", date=read_date("before 1940"), places=[Place(name="Georgia", status="ambiguous")]
        ),
        make("g", day="2022-09-27", access=Access(account=Restriction(level="embargoed"))),
    ):
        index.put(one)
    return index


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("date:1944", ["a", "b", "c"]),
        ("date:1944-05-12", ["a", "b", "c"]),
        ("date:May 1944", ["a", "b", "c"]),
        ("date: May 1944", ["a", "b", "c"]),
        ('date:"May 1944"', ["a", "b", "c"]),
        ("date:May 1944 hunger", ["a"]),
        ("hunger date:May 1944", ["a"]),
        ("date:1943..1944", ["a", "b", "c"]),
        ("date:1943/1944", ["a", "b", "c"]),
        ("date:..1941", ["f"]),
        ("date:2000..", ["g"]),
        ("after:1945", ["d", "g"]),
        ("after:2022-09-27", ["g"]),
        ("after:2022-09-28", []),
        ("before:1942", ["c", "f"]),
        ("before:1944-05-12", ["a", "b", "c", "f"]),
        ("before:1944-05-11", ["b", "c", "f"]),
        ("-date:1944", ["c", "d", "e", "f", "g"]),
        ("after:1944 before:1944", ["a", "b", "c"]),
        ("period:1942", ["a"]),
        ("period:1944", []),
        ("lang:yi", ["b", "c"]),
        ("lang:yiddish", ["b", "c"]),
        ("language:Polish", ["e"]),
        ("lang:pol", ["e"]),
        ("series:documentation", ["d"]),
        ('series:"documentation camp"', ["d"]),
        ("is:undated", ["e"]),
        ("is:pseudonym", ["c"]),
        ("is:embargoed", ["g"]),
        ("is:translated", ["e"]),
        ("is:ambiguous", ["f"]),
        ("is:sealed", ["g"]),
        ("is:unplaced -is:undated -is:embargoed", ["a", "c", "d"]),
        ("is:UNDATED", ["e"]),
    ],
)
def test_conditions(index, query, expected):
    results = index.search(query)
    assert sorted(results.ids) == expected
    assert not results.problems
    for id in results.ids:
        assert query.startswith("-") or results.why(id)


def test_certain_before_possible(index):
    results = index.search("date:1944")
    assert list(results.ids) == ["b", "a", "c"]
    assert results.why("a") == ("date:1944",)
    assert results.why("c") == ("possibly date:1944",)
    # However well the words fit, what is certain comes first.
    index.put(make("x", date=read_date("1944-01-01"), account="hunger"))
    index.put(make("y", date=read_date("1940/1950"), themes=["Hunger"]))
    assert list(index.search("date:1944 hunger").ids) == ["a", "x", "y"]


@pytest.mark.parametrize(
    ("query", "problem", "expected"),
    [
        ("is:lost łódź", "is:lost is not known", ["b"]),
        ("date:someday łódź", "“someday” was not understood as a date", ["b"]),
        ("date: łódź", "“łódź” was not understood as a date", list("abcdefg")),
        ("place: ", "place: needs something behind it", list("abcdefg")),
        ("place: theme:hunger", "place: needs something behind it", ["a"]),
        ("plaec:łódź", "There is no field plaec:", ["b"]),
        ("date:1945..1943", "ends before it begins", list("abcdefg")),
        ("date:..", "was not understood", list("abcdefg")),
        ("lang:!!", "lang: needs something behind it", list("abcdefg")),
        ('"łódź', "is not closed", ["b"]),
    ],
)
def test_a_mistake_is_told_and_the_rest_still_searches(index, query, problem, expected):
    results = index.search(query)
    assert any(problem in one for one in results.problems), results.problems
    if not query.startswith("plaec"):
        assert sorted(results.ids) == expected


def test_what_only_looks_like_a_field_is_no_mistake(index):
    for query in ("Poland: Ghetto", "https://example.org/a", "10:30", "note:", ":", "::", "a:b:c"):
        for problem in index.search(query).problems:
            assert "There is no field" not in problem or query == "a:b:c", query


DAYS = st.one_of(st.none(), st.dates().map(lambda day: day.isoformat()))
BOUNDS = st.tuples(DAYS, DAYS).filter(lambda two: None in two or two[0] <= two[1])


@given(st.lists(st.tuples(st.integers(0, 5), BOUNDS), max_size=12), BOUNDS)
def test_spans_agree_with_brute_force(changes, wanted):
    spans, kept = Spans(), {}
    for number, (earliest, latest) in changes:
        spans.put(number, earliest, latest)
        kept.pop(number, None)
        if earliest or latest:
            kept[number] = (earliest or "0000-00-00", latest or "9999-99-99")
    first, last = wanted[0] or "0000-00-00", wanted[1] or "9999-99-99"
    certain, possible = spans.overlapping(*wanted)
    inside = {n for n, (a, b) in kept.items() if first <= a and b <= last}
    over = {n for n, (a, b) in kept.items() if a <= last and b >= first}
    assert set(certain) == inside
    assert set(possible) == over - inside
    anew = Spans()
    sections: dict[str, list[memoryview]] = {}
    for name, piece in spans.dump():
        sections.setdefault(name, []).append(memoryview(piece))
    for _ in anew.restore(sections):
        pass
    assert tuple(map(set, anew.overlapping(*wanted))) == (set(certain), set(possible))


def test_a_day_spoilt_by_hand_is_no_error():
    index = SearchIndex()
    index.put(make("a", date=DateSpan("x", "1944", "soon", "later")))
    assert not index.search("date:1944").problems


def test_fields_keep_to_their_field():
    index = SearchIndex()
    index.put(make("p", places=["Hunger"]))
    index.put(make("t", themes=["Hunger"]))
    index.put(make("n", narrator="Hunger Anna"))
    index.put(make("a", account="Hunger, always."))
    assert sorted(index.search("hunger").ids) == ["a", "n", "p", "t"]
    for query, id in (("place:hunger", "p"), ("theme:hunger", "t"), ("by:hunger", "n")):
        for typed in (query, query[:-1], query.replace("hung", "hugn"), query + " "):
            assert list(index.search(typed).ids) == [id], typed
    assert list(index.search("place:hunger theme:hunger").ids) == []
    assert sorted(index.search("-theme:hunger").ids) == ["a", "n", "p"]
