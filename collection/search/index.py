"""The search index: testimonies go in as they may be seen, and are found at every keystroke."""

from __future__ import annotations

import time
from functools import partial
from itertools import chain, islice
from threading import Lock
from typing import TYPE_CHECKING, Final

from pyroaring import BitMap

from collection.search.completing import completions
from collection.search.holdings import Holdings
from collection.search.marks import Marker
from collection.search.matching import Match, Matcher
from collection.search.meeting import Met, as_match
from collection.search.nearness import closeness
from collection.search.order import Ranked
from collection.search.query import Query, read_query
from collection.search.ranking import Position, rank
from collection.search.reasons import reasons
from collection.search.results import Matches, Results

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from collection.search.authority import Entries
    from collection.search.completing import Completion
    from collection.search.conditions import Condition
    from collection.search.ranking import Ranking
    from collection.testimony import Testimony

_MOST_RERANKED: Final = 60
_TEXT_COST: Final = 5
_LONGEST_GROUP: Final = 3
_STEPS_BETWEEN_YIELDS: Final = 8


class ChangedMeanwhile(Exception):  # noqa: N818  # nothing is wrong
    """The index was changed while it was written down."""


__all__ = ["Results", "SearchIndex"]


class SearchIndex:
    """Finds testimonies by what they say and by the names they bear.

    It knows only what it is given: sealed parts must have been masked before. One thread may
    index accounts while another searches; a search waits for one account at most.
    """

    def __init__(self, entries: Entries | None = None) -> None:
        """Begin empty.

        Args:
            entries: the authority entries that know other names and what lies in what.
        """
        self._entries = entries
        self._generation = 0
        self._lock = Lock()
        # Who indexes in steps passes through here before each, and so lets a search go first.
        self._turnstile = Lock()
        self._use(Holdings(entries))

    def _use(self, holdings: Holdings) -> None:
        self._held = holdings
        self._matcher = Matcher(holdings.vocabulary, holdings.texts)

    def __len__(self) -> int:
        """Count the testimonies."""
        return len(self._held.present)

    @property
    def waiting(self) -> int:
        """How many accounts wait to be indexed."""
        return len(self._held.waiting)

    def __contains__(self, id: object) -> bool:
        """Tell whether a testimony of that identifier is here."""
        return isinstance(id, str) and self._held.numbers.get(id, -1) in self._held.names

    def ids(self) -> list[str]:
        """Give the identifiers of all testimonies that are here."""
        held = self._held
        return [id for id, number in held.numbers.items() if number in held.names]

    def named(self) -> list[tuple[str, str]]:
        """Give the fields and names of which authority entries may tell something."""
        return self._held.vocabulary.named()

    @property
    def pending(self) -> int:
        """How many testimonies wait for the words of their accounts to be indexed."""
        return len(self._held.waiting)

    # --- putting in and taking out -----------------------------------------------------------

    def put(self, testimony: Testimony, *, account: bool = True) -> None:
        """Add a testimony, or put it in the place of the one with its identifier.

        Args:
            testimony: as it may be seen.
            account: whether to index the account's words at once; if not, `index_accounts`
                will, and until then no word of it is found, nor of its former account.
        """
        with self._turnstile, self._lock:
            self._held.put(testimony, account=account)
            self._changed()

    def _changed(self) -> None:
        self._generation += 1
        self._matcher.forget()

    def renamed(self, field: str, name: str) -> None:
        """Take over what an authority entry says of a place or a theme, for it has changed.

        Args:
            field: `place` or `theme`.
            name: as testimonies write it, or the key of something wider.
        """
        with self._turnstile, self._lock:
            self._held.renamed(field, name)
            self._changed()

    def remove(self, id: str) -> None:
        """Take a testimony out; nothing happens if it is not here."""
        with self._turnstile, self._lock:
            self._held.remove(id)
            self._changed()

    def index_accounts(self, limit: int | None = None) -> int:
        """Index the words of accounts that wait for it.

        Args:
            limit: how many testimonies at most; all if None.

        Returns:
            how many are still waiting.
        """
        done = 0
        while self._held.waiting and (limit is None or done < limit):
            with self._turnstile:
                pass
            with self._lock:
                if self._held.waiting:
                    self._held.put_next_account()
                    self._changed()
            done += 1
            if done % _STEPS_BETWEEN_YIELDS == 0:
                # Gives the interpreter to a thread that wants it, without its having to wait.
                time.sleep(0)
        return len(self._held.waiting)

    # --- storing -----------------------------------------------------------------------------

    def dump(self) -> Iterator[tuple[str, bytes]]:
        """Write everything down in pieces, each with the name of what it belongs to.

        Searches go on between two pieces.

        Raises:
            ChangedMeanwhile: when a testimony was put in or taken out before it was finished.
        """
        generation = self._generation
        pieces = self._held.dump()
        while True:
            with self._turnstile, self._lock:
                if generation != self._generation:
                    raise ChangedMeanwhile
                piece = next(pieces, None)
            if piece is None:
                return
            yield piece
            time.sleep(0)

    def restore(self, sections: Mapping[str, Sequence[memoryview]]) -> None:
        """Take over what `dump` has written, in the place of whatever is here.

        Raises:
            KeyError, ValueError, TypeError, IndexError, msgspec.MsgspecError: when it is none.
        """
        held = Holdings(self._entries)
        for _ in held.restore(sections):
            time.sleep(0)
        with self._turnstile, self._lock:
            self._generation += 1
            self._use(held)

    # --- finding -----------------------------------------------------------------------------

    def search(self, query: str, limit: int | None = None) -> Results:
        """Find testimonies.

        Args:
            query: words, "phrases" and -words; see `collection.search.query`. Everything,
                newest first, if it holds none.
            limit: how many to give at most; they are fetched only as far as they are looked at.
        """
        asked = read_query(query)
        with self._turnstile, self._lock:
            among = self._held.present - self._excluded(asked)
            positions = self._positions(asked)
            conditions = tuple(map(self._met, asked.conditions))
            positions += [Position(as_match(met), fixed=True) for met in conditions]
            dropped: tuple[str, ...] = ()
            if positions:
                ranking = rank(positions, among)
                total = sum(len(found) for _, found in ranking.levels)
                dropped = tuple(dict.fromkeys(asked.terms[place].text for place in ranking.dropped))
                kept = [one for n, one in enumerate(positions) if n not in ranking.dropped]
                matches = _matches(kept)
                source = self._in_order(ranking, matches, limit)
            else:
                total = len(among)
                matches = []
                source = self._held.newest.among(among)
            explain = partial(self._why, matches, conditions)
            return Results(
                ids=Ranked(source, total if limit is None else min(limit, total)),
                total=total,
                dropped=dropped,
                problems=asked.problems,
                partial=bool(self._held.waiting),
                matches=Matches(explain, partial(self._marker, matches)),
            )

    def _excluded(self, query: Query) -> BitMap:
        terms = (self._matcher.term(one).every for one in query.excluded)
        # What only may be so is not excluded: it is better to show too much.
        return BitMap.union(BitMap(), *terms, *(self._met(one).certain for one in query.denied))

    def _met(self, condition: Condition) -> Met:
        if condition.field in ("date", "period"):
            spans = self._held.given if condition.field == "date" else self._held.covered
            found = spans.overlapping(condition.earliest, condition.latest)
            return Met(condition, *found)
        return Met(condition, self._held.facets.having(condition.field, condition.values), BitMap())

    def _positions(self, query: Query) -> list[Position]:
        positions = []
        for place, term in enumerate(query.terms):
            groups = []
            for size in range(2, _LONGEST_GROUP + 1):
                start = place - size + 1
                neighbours = query.terms[max(start, 0) : place + 1]
                if start < 0 or any(one.phrase or one.field != term.field for one in neighbours):
                    break
                words = [one.words[0] for one in neighbours]
                text = " ".join(dict.fromkeys(one.text for one in neighbours))
                if match := self._matcher.together(words, text, term.field):
                    groups.append((size, match))
            fixed = term.literal or bool(term.field)
            positions.append(Position(self._matcher.term(term), tuple(groups), term.stop, fixed))
        return positions

    def complete(self, query: str, limit: int) -> list[Completion]:
        """Offer names for the word at the end of a query; see `collection.search.completing`."""
        with self._turnstile, self._lock:
            texts = self._held.texts["narrator"]
            return completions(query, limit, self._held.vocabulary, texts, self._held.narrators)

    def _in_order(
        self, ranking: Ranking, matches: Sequence[Match], limit: int | None
    ) -> Iterator[str]:
        """Order each level: by name before by account only, of these some by nearness."""
        written = BitMap.union(BitMap(), *(match.in_accounts_only for match in matches))
        needles = self._needles(matches)
        left = _MOST_RERANKED if needles else 0
        wanted = _MOST_RERANKED if limit is None else limit
        parts: list[Iterator[str] | list[str]] = []
        for cost, found in ranking.levels:
            by_account = found & written
            by_name = found - by_account
            if by_name:
                parts.append(self._held.newest.among(by_name))
                wanted -= len(by_name)
            if not by_account:
                continue
            if left and wanted > 0 and cost >= _TEXT_COST:
                first, by_account = self._by_nearness(by_account, needles, left)
                left -= len(first)
                wanted -= len(first)
                parts.append(first)
            if by_account:
                parts.append(self._held.newest.among(by_account))
        return chain.from_iterable(parts)

    def _needles(self, matches: Sequence[Match]) -> list[str]:
        code = self._held.texts["account"].code
        finished = [match for match in matches if not (match.phrase and match.prefix)]
        needles = [[code(word) for word in match.words] for match in finished]
        return ["".join(codes) for codes in needles if all(codes)]

    def _by_nearness(
        self, found: BitMap, needles: list[str], count: int
    ) -> tuple[list[str], BitMap]:
        """Order the newest of some testimonies by nearness; also give those left over."""
        if len(found) <= count:
            newest = self._held.newest.some(found)
        else:
            among = self._held.newest.among(found, count)
            newest = self._held.newest.some(self._held.numbers[id] for id in islice(among, count))
        codes = self._held.texts["account"].codes
        # The sort is stable: equals stay newest first.
        newest.sort(key=lambda key: closeness(codes.get(key[2], ""), needles))
        return [id for _, id, _ in newest], found - BitMap(number for *_, number in newest)

    # --- what matched ------------------------------------------------------------------------

    def _why(self, matches: Sequence[Match], conditions: Sequence[Met], id: str) -> tuple[str, ...]:
        with self._turnstile, self._lock:
            number = self._held.numbers.get(id, -1)
            if number not in self._held.names:
                return ()
            vocabulary = self._held.vocabulary
            leading = map(vocabulary.ways, vocabulary.with_wider(self._held.names[number]))
            names = [ways for ways in leading if ways is not None]
            narrator = self._held.narrators.get(number, "")
            told = reasons(matches, names, narrator, self._held.texts, number)
            return told + tuple(filter(None, (one.reason(number) for one in conditions)))

    def _marker(self, matches: Sequence[Match]) -> Marker:
        with self._turnstile, self._lock:
            return Marker(matches, self._held.vocabulary)


def _matches(positions: Sequence[Position]) -> list[Match]:
    """Give what matched, several words taken as one before single words."""
    together = [match for position in positions for _, match in position.groups]
    single = [one.match for one in positions if not one.stop and one.match.words]
    return together + single
