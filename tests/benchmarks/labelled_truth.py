"""What is in a labelled collection, turned round: who bears which place, theme or name."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import cached_property

import msgspec

from tests.benchmarks import labelled_names
from tests.benchmarks import labelled_typos as typos
from tests.benchmarks.labelled import (
    SEED,
    Facts,
    Made,
    PlaceFacts,
    countries,
    is_held_out,
    people,
    places,
    themes,
)

_NONE: frozenset[str] = frozenset()


class Query(msgspec.Struct, frozen=True):
    """A query and what it ought to find."""

    kind: str
    group: str
    text: str
    relevant: frozenset[str] = _NONE
    unjudged: frozenset[str] = _NONE
    """What may be relevant too; it neither counts for nor against."""
    forbidden: frozenset[str] = _NONE
    """What must not be found."""


class Truth:
    """Knows what one part of a collection's names is borne by."""

    def __init__(self, collection: Made, held_out: bool) -> None:
        self.draw = random.Random(SEED)
        self._held_out = held_out
        self._made = collection
        self.facts = collection.facts
        self.by: dict[str, set[str]] = defaultdict(set)
        self.by_id = {fact.id: fact for fact in self.facts}
        table = places()
        for fact in self.facts:
            keys = [f"place {one}" for one in fact.places] + [f"theme {one}" for one in fact.themes]
            keys += [f"country {code}" for code in fact.countries]
            keys += [f"country {table[one].country}" for one in fact.places]
            keys += [f"mention {one}" for one in fact.mentions] + [f"rare {w}" for w in fact.rare]
            keys += [f"family {fact.family}", f"narrator {fact.narrator}"]
            for key in keys:
                self.by[key].add(fact.id)
        self.villages = {fact.id for fact in self.facts if fact.villages}
        self.table = table
        self.places = [one for name, one in table.items() if self._mine(name) and self.at(name)]
        self.themes = [one for one in themes() if self._mine(one) and self.about(one)]
        self.people = [one for one in people() if self._mine(one.family)]
        self.people = [one for one in self.people if self.by[f"narrator {one.latin()}"]]
        self.countries = {c: row for c, row in countries().items() if self._mine(c)}
        self.rare = sorted({w for fact in self.facts for w in fact.rare if self._mine(w)})
        self.names = self._named()

    def _mine(self, key: str) -> bool:
        return is_held_out(key) == self._held_out

    def _named(self) -> typos.Names:
        named = typos.Names()
        for name, place in self.table.items():
            named.add(name, place.forms)
        for theme in themes():
            named.add(theme, (theme,))
        for code, (english, other, _) in countries().items():
            named.add(code, (english, *other))
        for person in people():
            named.add(person.family, (person.family, person.native_family))
        for fact in self.facts:
            # Given names too; they are nobody's.
            named.add(fact.family or fact.narrator, (fact.narrator.split()[-1],))
        for stem in labelled_names.STEMS.split():
            named.add("village", (f"{stem}{end}" for end in labelled_names.VILLAGE_ENDINGS.split()))
        return named

    # --- what is relevant --------------------------------------------------------------------

    def at(self, place: str) -> set[str]:
        return self.by[f"place {place}"]

    def about(self, theme: str) -> set[str]:
        return self.by[f"theme {theme}"]

    @cached_property
    def accounts(self) -> dict[str, str]:
        """Give the accounts in lower case, blanks around each word, sentences parted by dots."""
        found = {}
        with self._made.lines.open("rb") as file:
            for line in file:
                record = msgspec.json.decode(line)
                found[record["id"]] = f" {record['account'].lower().replace('.', ' .')} "
        return found

    def telling(self, phrase: str) -> set[str]:
        return {id for id, text in self.accounts.items() if f" {phrase} " in text}

    # --- drawing -----------------------------------------------------------------------------

    def cased(self, text: str) -> str:
        return text.lower() if self.draw.random() < 0.6 else text

    def place(self) -> PlaceFacts:
        return self.draw.choice(self.places)

    def form(self, place: PlaceFacts, least: int = 1) -> str | None:
        """Draw a spelling that testimonies use, in a script that slips are made in."""
        forms = [one for one in place.written if len(one) >= least and typos.alphabet_of(one)]
        forms = [one for one in forms if self.names.owners(one) <= {place.name}]
        # Two names that testimonies use in the same script differ in how often.
        return self.draw.choice(forms) if forms else None

    def fact(self, wanted: Callable[[Facts], object]) -> Facts | None:
        for _ in range(200):
            fact = self.draw.choice(self.facts)
            if wanted(fact):
                return fact
        return None

    def mine(self, fact: Facts) -> tuple[list[PlaceFacts], list[str]]:
        """Give those of a testimony's places and themes that belong to this part."""
        return (
            [self.table[one] for one in fact.places if self._mine(one)],
            [one for one in fact.themes if self._mine(one)],
        )

    def query(
        self,
        text: str,
        relevant: Iterable[str],
        unjudged: Iterable[str] = (),
        forbidden: Iterable[str] = (),
    ) -> Query:
        relevant = frozenset(relevant)
        return Query("", "", text, relevant, frozenset(unjudged) - relevant, frozenset(forbidden))
