"""A finding aid: what a collection holds, so that a reader knows what to ask for.

Its parts are those of ISAD(G), 2nd edition: identity (3.1), scope and content (3.3), arrangement
(3.3.4), conditions of access (3.4), and the list and index that lead to the testimonies.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from collection.citing.dates import UNDATED, said
from collection.citing.names import joined, narrators
from collection.exchange.readable.content import printable
from collection.exchange.readable.page import ENDING, beginning, escaped
from collection.exchange.readable.survey import Survey, in_order

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterable, Iterator

    from collection.access import Gated

_ABSTRACT: Final = 320
"""Characters of the circumstances that tell what a testimony is."""
_PARTS: Final = {
    "summary": "The collection",
    "access": "Access",
    "list": "Testimonies",
    "places": "Index of places",
    "themes": "Index of themes",
    "narrators": "Index of narrators",
}


class FindingAid:
    """The format `finding-aid`."""

    name = "finding-aid"
    label = "finding aid"
    about = "what the collection holds: summary, list and index, as an HTML page"
    suffix = ".html"
    single = True

    def write(self, testimonies: Iterable[Gated]) -> Iterator[bytes]:
        """Write one page about all of them; of what is sealed as a whole, how many there are."""
        for part in _page(Survey(testimonies)):
            yield part.encode()


def _page(found: Survey) -> Iterator[str]:
    yield beginning("Finding aid", "Skip to the finding aid")
    yield "<header><h1>Finding aid</h1></header>\n"
    yield '<nav aria-label="Contents">\n<h2>Contents</h2>\n<ol>\n'
    yield from (f'<li><a href="#{key}">{label}</a></li>\n' for key, label in _PARTS.items())
    yield '</ol>\n</nav>\n<main id="main">\n'
    yield from _part("summary", _summary(found))
    yield from _part("access", _access(found))
    yield from _part("list", _list(found))
    numbers = {gated.testimony.id: n for n, gated in enumerate(found.listed, 1)}
    for key, index in (
        ("places", found.places),
        ("themes", found.themes),
        ("narrators", found.narrators),
    ):
        yield from _part(key, _index(index, numbers))
    yield ENDING


def _part(key: str, content: Iterator[str]) -> Iterator[str]:
    yield f'<section id="{key}" aria-labelledby="{key}-title">\n'
    yield f'<h2 id="{key}-title">{_PARTS[key]}</h2>\n'
    yield from content
    yield "</section>\n"


def _summary(found: Survey) -> Iterator[str]:
    listed = len(found.listed)
    extent = f"{_counted(listed + found.sealed)}, {found.words:,} words of accounts"
    facts = {
        "Extent": [extent],
        "Dates given": [str(found.given)],
        "Period covered": [str(found.period)],
        "Languages": [_tally(found.languages)],
        "Held by": [f"{name} ({n})" for name, n in found.holders.most_common()],
        "Arrangement": [
            f"{name or 'Without a series'} ({len(found.series[name])})"
            for name, _ in in_order({name: [] for name in found.series})
        ],
        "Scope and content": [_scope(found)],
    }
    yield "<dl>\n"
    for label, lines in facts.items():
        told = [line for line in lines if line]
        if told:
            yield f"<dt>{label}</dt>"
            yield from (f'<dd dir="auto">{escaped(line)}</dd>' for line in told)
            yield "\n"
    yield "</dl>\n"


def _scope(found: Survey) -> str:
    """Say what is spoken of most."""
    told = []
    for label, index in (("places", found.places), ("themes", found.themes)):
        most = sorted(index.items(), key=lambda entry: -len(entry[1]))[:8]
        if most:
            told.append(f"most spoken of, {label}: {', '.join(name for name, _ in most)}")
    text = ". ".join(told)
    return f"{text[:1].upper()}{text[1:]}." if text else ""


def _access(found: Survey) -> Iterator[str]:
    rows = [("open", found.access["open"])]
    if found.sealed:
        rows.append(("sealed as a whole, and not listed here", found.sealed))
    rows += [(what, n) for what, n in sorted(found.access.items()) if what != "open"]
    yield "<table>\n<thead><tr><th scope='col'>Access</th>"
    yield "<th scope='col'>Testimonies</th></tr></thead>\n<tbody>\n"
    for what, n in rows:
        yield f"<tr><th scope='row'>{escaped(what)}</th><td>{n}</td></tr>\n"
    yield "</tbody>\n</table>\n"


def _list(found: Survey) -> Iterator[str]:
    numbers = {gated.testimony.id: n for n, gated in enumerate(found.listed, 1)}
    for series, _ in in_order({name: [] for name in found.series}):
        if len(found.series) > 1 or series:
            yield f'<h3 dir="auto">{escaped(series or "Without a series")}</h3>\n'
        for gated in found.series[series]:
            yield from _entry(gated, numbers[gated.testimony.id])


def _entry(gated: Gated, number: int) -> Iterator[str]:
    seen = gated.testimony
    who = joined([one.straight for one in narrators(gated)]) or "narrator not named"
    date = said(seen.date)
    line = " · ".join([seen.id, who, "undated" if date == UNDATED else date, seen.language])
    yield f'<div id="e{number}">\n<h4 dir="auto">{escaped(seen.title)}</h4>\n'
    yield f'<p dir="auto">{escaped(line.rstrip(" ·"))}</p>\n'
    if "context" not in gated.withheld and seen.context.strip():
        yield f'<p dir="auto">{escaped(_abstract(seen.context))}</p>\n'
    if "account" in gated.withheld:
        yield "<p>The account is sealed.</p>\n"
    yield "</div>\n"


def _abstract(text: str) -> str:
    """Give the beginning of a text, up to the end of a word."""
    words = " ".join(text[: 4 * _ABSTRACT].split())
    if len(words) <= _ABSTRACT and len(text) <= 4 * _ABSTRACT:
        return words
    cut = words[:_ABSTRACT]
    return f"{cut[: cut.rfind(' ')] if ' ' in cut else cut} …"


def _index(index: dict[str, list[str]], numbers: dict[str, int]) -> Iterator[str]:
    if not index:
        yield "<p>Nothing is recorded.</p>\n"
        return
    yield "<dl>\n"
    for name, ids in in_order(index):
        links = ", ".join(f'<a href="#e{numbers[id]}">{escaped(id)}</a>' for id in ids)
        yield f'<dt dir="auto">{escaped(printable(name))}</dt><dd>{links}</dd>\n'
    yield "</dl>\n"


def _tally(counts: Counter[str]) -> str:
    return ", ".join(f"{name} ({n})" for name, n in counts.most_common())


def _counted(n: int) -> str:
    return "1 testimony" if n == 1 else f"{n:,} testimonies"
