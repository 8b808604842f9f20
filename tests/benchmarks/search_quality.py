"""How well searching finds what it ought to, kind by kind, beside other engines."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Sequence

import msgspec

from tests.benchmarks.labelled import Facts, Made, made
from tests.benchmarks.labelled_queries import ACCOUNTS, CONDITIONS, NAMES, NONSENSE, queries
from tests.benchmarks.labelled_truth import Query
from tests.benchmarks.rivals import Engine, Ours, rivals
from tests.benchmarks.table import show

_DEPTH = 10
_GOOD = 0.999


class Score(msgspec.Struct, frozen=True):
    """How one query fared."""

    query: Query
    found: tuple[str, ...]
    recall: float | None
    """R@10: of the first ten that are judged, how many are relevant, of as many as could be.
    None where nothing that was found is judged."""
    reciprocal_rank: float | None
    wrong: bool
    """Whether something was among the first ten that must not be found."""


def score(query: Query, found: Sequence[str]) -> Score:
    """Judge what a query found."""
    first = tuple(found[:_DEPTH])
    judged = [id for id in first if id not in query.unjudged]
    slots = _DEPTH - (len(first) - len(judged))
    wrong = not query.forbidden.isdisjoint(first)
    if not slots or not query.relevant:
        return Score(query, first, None, None, wrong)
    good = [id in query.relevant for id in judged]
    recall = sum(good) / min(slots, len(query.relevant))
    return Score(query, first, recall, 1 / (good.index(True) + 1) if any(good) else 0.0, wrong)


def judged(engine: Engine, asked: Sequence[Query]) -> list[Score]:
    """Ask an engine everything it is able to answer."""
    able = {NAMES, NONSENSE}
    able |= {ACCOUNTS} if engine.accounts else set()
    able |= {CONDITIONS} if engine.conditions else set()
    return [score(one, engine.search(one.text, _DEPTH)) for one in asked if one.group in able]


def run(*, quick: bool, held_out: bool = False, failures: bool = False) -> None:
    """Print the table.

    Args:
        quick: a smaller collection and fewer queries.
        held_out: ask the part that nobody tunes to.
        failures: list what ours did not find, and leave the others out.
    """
    collection = made(2_000 if quick else 10_000)
    asked = queries(collection, held_out=held_out, each=15 if quick else 30)
    if failures:
        _list(judged(Ours(collection), asked), collection)
        return
    engines: list[Engine] = [Ours(collection), *rivals(collection)]
    scores = [judged(one, asked) for one in engines]
    part = "held-out" if held_out else "development"
    kinds = list(dict.fromkeys(one.kind for one in asked if one.group != NONSENSE))
    rows = [_row(kind, scores, lambda one, kind=kind: one.kind == kind) for kind in kinds]
    for group in (NAMES, ACCOUNTS, CONDITIONS):
        rows.append(_row(f"**all {group}**", scores, lambda one, group=group: one.group == group))
    for kind in dict.fromkeys(one.kind for one in asked if one.group == NONSENSE):
        asked_so = [[one for one in each if one.query.kind == kind] for each in scores]
        hits = [f"{sum(bool(one.found) for one in each)} found something" for each in asked_so]
        rows.append((f"**{kind}**", len(asked_so[0]), *hits))
    show(
        f"Search quality, {part} queries, {collection.count:,} testimonies: R@10 / MRR",
        ["kind", "queries", *(engine.name for engine in engines)],
        rows,
    )
    print(
        "\nx n: in so many queries something among the first ten that must not be found. "
        "–: the engine does not look into accounts, or knows no such syntax."
    )


def _row(
    name: str, scores: Sequence[Sequence[Score]], wanted: Callable[[Query], bool]
) -> tuple[object, ...]:
    cells = []
    for each in scores:
        chosen = [one for one in each if wanted(one.query) and one.recall is not None]
        if not chosen:
            cells.append("–")
            continue
        recall = statistics.fmean(one.recall for one in chosen)
        rank = statistics.fmean(one.reciprocal_rank for one in chosen)
        wrong = sum(one.wrong for one in chosen)
        cells.append(f"{recall:.3f} / {rank:.3f}" + (f" x{wrong}" if wrong else ""))
    count = sum(wanted(one.query) for one in scores[0])
    return (name, count, *cells)


def _list(scores: Sequence[Score], collection: Made) -> None:
    """Print what went wrong with ours: the query, what it should find, and what it found."""
    known = {fact.id: fact for fact in collection.facts}
    for one in scores:
        nonsense = one.query.group == NONSENSE and one.found
        if not nonsense and not one.wrong and (one.recall is None or one.recall > _GOOD):
            continue
        query = one.query
        recall = "–" if one.recall is None else f"{one.recall:.2f}"
        wrong = ", finds what it must not" if one.wrong else ""
        print(f"\n{query.kind} | {query.text} | R@10 {recall}{wrong}")
        print(f"  relevant ({len(query.relevant)}):")
        for id in sorted(query.relevant)[:2]:
            print(f"    {_told(known[id])}")
        print(f"  got ({len(one.found)}):")
        for id in [id for id in one.found if id not in query.relevant | query.unjudged][:3]:
            print(f"    {_told(known[id])}")


def _told(fact: Facts) -> str:
    span = f"{fact.earliest}–{fact.latest}" if fact.latest else "undated"
    names = [*fact.places, *fact.countries]
    return f"{fact.id} {' + '.join(names)} | {', '.join(fact.themes)} | {fact.as_written} | {span}"
