"""What else could search a collection, each set up as a good engineer would in an afternoon.

Every engine takes the same JSON lines and gives identifiers, best first. rapidfuzz and fzf look
at one line a testimony (title, narrator, places, themes), since that is what they are for.
"""

from __future__ import annotations

import importlib.util
import re
import shutil
import subprocess
from collections.abc import Iterator
from typing import Any, Protocol

import msgspec

from collection import Collection
from collection.dates import read_date
from tests.benchmarks.labelled import Made, imported

_TOKEN = re.compile(r'(-)?(?:([a-z]+):)?("[^"]*"?|[^\s"]+)')
_FIELDS = {"place": ("places",), "theme": ("themes",), "by": ("narrator",)}
_NAMES = ("places", "themes", "narrator", "title")


class Engine(Protocol):
    """Something that searches."""

    name: str
    accounts: bool
    """Whether it looks into accounts."""
    conditions: bool
    """Whether it understands fields and exclusions."""

    def search(self, text: str, limit: int) -> list[str]:
        """Give at most so many identifiers, best first."""


class Ours:
    """The collection, through its public face."""

    name = "Firsthand"
    accounts = conditions = True

    def __init__(self, made: Made) -> None:
        self.collection = Collection.open(imported(made), read_only=True)
        while self.collection.index_step(1000):
            pass

    def search(self, text: str, limit: int) -> list[str]:
        return list(self.collection.search(text, limit).ids)


def records(made: Made) -> Iterator[dict[str, Any]]:
    """Read the records of a made collection."""
    with made.lines.open("rb") as file:
        yield from map(msgspec.json.decode, file)


def one_line(record: dict[str, Any]) -> str:
    """Write the names of a record on one line."""
    parts = [record["title"], record["narrator"], *record["places"], *record["themes"]]
    return " · ".join(parts)


class RapidFuzz:
    """`rapidfuzz.process.extract` over lines."""

    accounts = conditions = False

    def __init__(self, made: Made, scorer: str) -> None:
        from rapidfuzz import fuzz, utils

        self.name = f"rapidfuzz {scorer}"
        self._scorer = getattr(fuzz, scorer)
        self._process = utils.default_process
        self._lines = {one["id"]: utils.default_process(one_line(one)) for one in records(made)}

    def search(self, text: str, limit: int) -> list[str]:
        from rapidfuzz import process

        found = process.extract(self._process(text), self._lines, scorer=self._scorer, limit=limit)
        return [id for _, _, id in found]


class Fzf:
    """`fzf --filter` over lines, one process a search, as a shell script would."""

    name = "fzf --filter"
    accounts = conditions = False

    def __init__(self, made: Made) -> None:
        self._lines = made.lines.with_suffix(".fzf.txt")
        with self._lines.open("w", encoding="utf-8") as file:
            file.writelines(f"{one['id']}\t{one_line(one)}\n" for one in records(made))

    def search(self, text: str, limit: int) -> list[str]:
        command = ["fzf", "--filter", text, "--delimiter", "\t", "--nth", "2.."]
        with self._lines.open("rb") as lines:
            found = subprocess.run(command, stdin=lines, capture_output=True, check=False)
        return [line.split(b"\t")[0].decode() for line in found.stdout.splitlines()[:limit]]


class Tantivy:
    """tantivy in memory: a field for each sort of name, fuzzy prefixes, the account besides."""

    name = "tantivy"
    accounts = conditions = True

    def __init__(self, made: Made) -> None:
        import tantivy

        self._t = tantivy
        builder = tantivy.SchemaBuilder()
        for field in (*_NAMES, "account"):
            builder.add_text_field(field, tokenizer_name="folded")
        for field in ("number", "earliest", "latest"):
            builder.add_integer_field(field, indexed=True, fast=True)
        self._schema = builder.build()
        self._analyzer = (
            tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
            .filter(tantivy.Filter.lowercase())
            .filter(tantivy.Filter.ascii_fold())
            .build()
        )
        self._index = tantivy.Index(self._schema)
        self._index.register_tokenizer("folded", self._analyzer)
        self._ids: list[str] = []
        writer = self._index.writer(heap_size=256_000_000)
        for number, one in enumerate(records(made)):
            self._ids.append(one["id"])
            writer.add_document(self._document(number, one))
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()
        self._searcher = self._index.searcher()

    def _document(self, number: int, record: dict[str, Any]) -> Any:
        document = self._t.Document()
        document.add_integer("number", number)
        for field in (*_NAMES, "account"):
            value = record[field]
            for text in [value] if isinstance(value, str) else value:
                document.add_text(field, text)
        span = read_date(record["date"])
        if span.earliest and span.latest:
            document.add_integer("earliest", int(span.earliest[:4]))
            document.add_integer("latest", int(span.latest[:4]))
        return document

    def search(self, text: str, limit: int) -> list[str]:
        query = self._query(text)
        if query is None:
            return []
        hits = self._searcher.search(query, limit, count=False).hits
        numbers = self._searcher.fast_field_values("number", [where for _, where in hits])
        return [self._ids[int(number)] for number in numbers if number is not None]

    def _query(self, text: str) -> Any:
        occur = self._t.Occur
        parts = []
        tokens = _TOKEN.findall(text)
        longest = max((len(value) for _, _, value in tokens), default=0)
        for minus, field, value in tokens:
            words = self._analyzer.analyze(value.strip('"'))
            if not words:
                continue
            if field in ("after", "date") and value.isdigit():
                parts += [(occur.Must, one) for one in self._dated(field, int(value))]
                continue
            fields = _FIELDS.get(field, (*_NAMES, "account"))
            if minus or value.startswith('"'):
                made = [(occur.MustNot if minus else occur.Must, self._phrase(words, fields))]
            else:
                # Little words of other languages need not occur beside longer ones.
                little = len(value) < 3 <= longest
                made = [(occur.Should if little else occur.Must, self._word(one, fields))
                        for one in words]  # fmt: skip
            parts += made
        return self._t.Query.boolean_query(parts) if parts else None

    def _dated(self, field: str, year: int) -> list[Any]:
        kind = self._t.FieldType.Integer
        between = self._t.Query.range_query
        found = [between(self._schema, "latest", kind, lower_bound=year, upper_bound=9999)]
        if field == "date":
            found.append(between(self._schema, "earliest", kind, lower_bound=0, upper_bound=year))
        return found

    def _word(self, word: str, fields: tuple[str, ...]) -> Any:
        query = self._t.Query
        slips = 0 if len(word) < 4 else 1 if len(word) < 8 else 2
        ways = []
        for field in fields:
            weight = 0.5 if field == "account" else 0.8 if field == "title" else 1.0
            exact = query.term_query(self._schema, field, word)
            ways.append(query.boost_query(query.const_score_query(exact, 10.0), weight))
            begun = query.fuzzy_term_query(self._schema, field, word, 0, prefix=True)
            ways.append(query.boost_query(query.const_score_query(begun, 6.0), weight))
            allowed = min(slips, 1) if field == "account" else slips
            for distance in range(1, allowed + 1):
                near = query.fuzzy_term_query(self._schema, field, word, distance, prefix=True)
                score = query.const_score_query(near, 2.5 / distance)
                ways.append(query.boost_query(score, weight))
        return query.disjunction_max_query(ways)

    def _phrase(self, words: list[str], fields: tuple[str, ...]) -> Any:
        query = self._t.Query
        ways = [
            query.phrase_query(self._schema, field, words)
            if len(words) > 1
            else query.term_query(self._schema, field, words[0])
            for field in fields
        ]
        return query.disjunction_max_query(ways)


def rivals(made: Made) -> list[Engine]:
    """Set up every rival that is installed, and say which are not."""
    found: list[Engine] = []
    if importlib.util.find_spec("tantivy"):
        found.append(Tantivy(made))
    else:
        print("tantivy is left out; install the extra `bench`.\n")
    if shutil.which("fzf"):
        found.append(Fzf(made))
    else:
        print("fzf is left out; it is not installed.\n")
    return [*found, RapidFuzz(made, "WRatio"), RapidFuzz(made, "token_set_ratio")]
