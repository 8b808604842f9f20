"""Queries of known kinds, each with the testimonies that it ought to find.

What is relevant follows from how the collection was made. Queries of the held-out part ask for
other places, themes, people and words than those of the development part.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from functools import cached_property

import msgspec

from collection.folding import fold
from tests.benchmarks import labelled_typos as typos
from tests.benchmarks.labelled import SEED, Made
from tests.benchmarks.labelled_kinds import NameKinds
from tests.benchmarks.labelled_truth import Query
from tests.benchmarks.labelled_words import RARE_CODAS, RARE_ONSETS

NAMES, ACCOUNTS, CONDITIONS, NONSENSE = "names", "accounts", "conditions", "nonsense"
_FOREIGN = (
    ("アイウカキクサシスタチナニマミムラリルロ", 4),
    ("אבגדהוזחטיכלמנסעפצקרשת", 6),
    ("абвгджзийклмнопрстуфхцчшщы", 7),
    ("αβγδεζηθικλμνξοπρστυφχψω", 7),
)
"""Letters of a script, and how many make a word at least."""


def queries(collection: Made, *, held_out: bool = False, each: int = 30) -> list[Query]:
    """Make the queries of one part.

    Args:
        collection: what they are asked of.
        held_out: the part that nobody tunes to, in the place of the development part.
        each: how many of each kind, as far as there are so many.
    """
    asker = Asker(collection, held_out)
    found = []
    for kind, group, make in _kinds(asker):
        # Its own dice for each kind: a kind that is added changes no other.
        asker.draw = random.Random(f"{SEED} {held_out} {kind}")
        known: dict[str, Query] = {}
        for _ in range(each * 8):
            query = make()
            if query is not None and (query.relevant or group == NONSENSE):
                known.setdefault(query.text, msgspec.structs.replace(query, kind=kind, group=group))
            if len(known) == each:
                break
        found += known.values()
    return found


class Asker(NameKinds):
    """Makes queries of every kind."""

    # --- accounts ----------------------------------------------------------------------------

    def rare_word(self, slip: typos.Slip | None = None) -> Query | None:
        word = self.draw.choice(self.rare)
        text = slip(word, self.draw) if slip and len(word) > 5 else word
        if slip and (text == word or self._near(text, 1) != {word}):
            return None
        if slip and self.names.others(text, "", 1, unfinished=True):
            return None
        return self.query(text, self.by[f"rare {word}"])

    def rare_prefix(self) -> Query | None:
        word = self.draw.choice(self.rare)
        for length in range(4, len(word)):
            begun = fold(word)[:length]
            # Whoever types `haifl` may as well have meant Haifa.
            if self.names.others(begun, "", 1, unfinished=True):
                continue
            if sum(one.startswith(begun) for one in self._folded_vocabulary) == 1:
                return self.query(word[:length], self.by[f"rare {word}"])
        return None

    def two_words(self) -> Query | None:
        fact = self.fact(lambda one: any(map(self._mine, one.rare)))
        if fact is None:
            return None
        rare = next(word for word in fact.rare if self._mine(word))
        words = [one for one in self.accounts[fact.id].split() if len(one) > 4 and one.isalpha()]
        other = self.draw.choice(words)
        parts = self.draw.sample([rare, other], 2)
        return self.query(" ".join(parts), self.telling(rare) & self.telling(other))

    def phrase(self) -> Query | None:
        fact = self.draw.choice(self.facts)
        sentence = self.draw.choice(self.accounts[fact.id].split(" . ")).split()
        if not self._mine(fact.id) or len(sentence) < 5:
            return None
        start = self.draw.randrange(len(sentence) - 3)
        said = " ".join(sentence[start : start + 3])
        # Letters by themselves are folded alike in several scripts.
        if "." in said or any(len(word) < 3 for word in said.split()):
            return None
        crossing = {
            id for id, text in self.accounts.items() if f" {said} " in text.replace(" .", "")
        }
        return self.query(f'"{said}"', self.telling(said), crossing)

    @cached_property
    def _vocabulary(self) -> list[str]:
        return sorted({word for text in self.accounts.values() for word in text.split()})

    @cached_property
    def _folded_vocabulary(self) -> list[str]:
        return sorted(set(map(fold, self._vocabulary)))

    def _near(self, text: str, slips: int) -> set[str]:
        distance = typos.OSA.distance
        near = typos.process.extract(
            fold(text), self._folded_vocabulary, scorer=distance, score_cutoff=slips, limit=9
        )
        folded = {name for name, *_ in near}
        return {word for word in self._vocabulary if fold(word) in folded}

    # --- conditions --------------------------------------------------------------------------

    def condition(self, sort: str) -> Query | None:
        """Ask by fields; what only mentions the name in passing must not be found."""
        field = sort.partition(" ")[0]
        place, theme = self.place(), self.draw.choice(self.themes)
        year = self.draw.randint(1942, 2015)
        person = self.draw.choice([one for one in self.people if len(one.family) > 3])
        about_place = sort.startswith("place")
        key = place.name if about_place else person.family if sort == "by" else theme
        name = {"place": self.form(place) or place.name, "by": key}.get(field, theme)
        unjudged: set[str] = set()
        relevant = self.at(key) if about_place else self.about(theme)
        if sort == "by":
            relevant, unjudged = self._same(person, f"family {key}")
        forbidden = self.by[f"mention {key}"] - relevant - unjudged
        quoted = f'"{name}"' if " " in name else name
        text = f"{field}:{self.cased(quoted)}"
        if sort == "place after":
            text += f" after:{year}"
            relevant = {id for id in relevant if (self.by_id[id].latest or 0) > year}
            forbidden |= {one.id for one in self.facts if one.latest and one.latest < year}
        elif sort == "theme date":
            text += f" date:{year}"
            relevant = {
                id
                for id in relevant
                if (one := self.by_id[id]).latest and one.earliest <= year <= one.latest
            }
            forbidden |= {
                one.id
                for one in self.facts
                if one.latest and (one.latest < year - 1 or one.earliest > year + 1)
            }
        return self.query(text, relevant, unjudged, forbidden)

    def excluding(self) -> Query | None:
        fact = self.fact(lambda one: all(self.mine(one)))
        if fact is None:
            return None
        told, about = self.mine(fact)
        single = [one for one in about if " " not in one]
        form = self.form(told[0])
        if not single or not form:
            return None
        theme = single[0]
        saying = self.telling(theme.lower())
        bearing = {one.id for one in self.facts if any(theme in x.split() for x in one.themes)}
        relevant = self.at(told[0].name) - saying - bearing
        return self.query(f"{self.cased(form)} -{theme.lower()}", relevant, (), bearing | saying)

    # --- nothing -----------------------------------------------------------------------------

    def nonsense(self) -> Query | None:
        draw = self.draw
        if draw.random() < 0.5:
            word = "".join(draw.choices("qxzjvwkfgbp", k=draw.randint(6, 11)))
        else:
            word = "".join(
                draw.choice(RARE_ONSETS.split()) + draw.choice("aeiou") for _ in range(3)
            ) + draw.choice(RARE_CODAS.split())
        return self._unknown(word)

    def foreign_nonsense(self) -> Query | None:
        letters, least = self.draw.choice(_FOREIGN)
        length = self.draw.randint(least, least + 2)
        return self._unknown("".join(self.draw.choices(letters, k=length)))

    def _unknown(self, word: str) -> Query | None:
        """Make a query of a word that is nowhere, nor anything near to it."""
        folded = fold(word)
        if len(folded) < 6 or self.names.others(word, "", 3, unfinished=True):
            return None
        begun = any(one.startswith(folded[:5]) for one in self._folded_vocabulary)
        return None if begun or self._near(word, 2) else Query("", "", word)


def _kinds(a: Asker) -> Iterator[tuple[str, str, Callable[[], Query | None]]]:
    yield "place", NAMES, a.place_exact
    yield "place, unfinished", NAMES, a.place_prefix
    yield "place, wrong letter", NAMES, lambda: a.place_slip(typos.replaced)
    yield "place, letter too many", NAMES, lambda: a.place_slip(typos.inserted)
    yield "place, letter left out", NAMES, lambda: a.place_slip(typos.deleted)
    yield "place, letters swapped", NAMES, lambda: a.place_slip(typos.swapped)
    yield "place, 2 typos", NAMES, lambda: a.place_slip(typos.two_slips, 9, 2)
    yield "place, unfinished with typo", NAMES, a.place_unfinished_slip
    yield "place without accents", NAMES, lambda: a.place_bare(typos.without_accents)
    yield "place, ue for ü", NAMES, lambda: a.place_bare(typos.written_out)
    yield "place in another script", NAMES, lambda: a.place_other(lambda one: one.scripts)
    yield "place, other name", NAMES, lambda: a.place_other(lambda one: one.variants)
    yield "place inflected", NAMES, lambda: a.place_other(lambda one: one.inflected)
    yield "place joined or split", NAMES, a.place_joined
    yield "country finds places", NAMES, lambda: a.country(0)
    yield "country in another language", NAMES, lambda: a.country(1)
    yield "country inflected", NAMES, lambda: a.country(2)
    yield "theme", NAMES, a.theme_exact
    yield "theme, unfinished", NAMES, a.theme_prefix
    yield "theme with typo", NAMES, a.theme_slip
    yield "theme, -ize or -or", NAMES, a.theme_spelling
    yield "theme by one word", NAMES, a.theme_word
    yield "narrator", NAMES, a.narrator_exact
    yield "family name with typo", NAMES, a.narrator_slip
    yield "narrator in another script", NAMES, lambda: a.narrator_script(hard=False)
    yield "narrator: Arabic, Hebrew, Chinese", NAMES, lambda: a.narrator_script(hard=True)
    for sort in ("place theme", "theme first", "three", "slips", "narrator", "country"):
        label = {
            "place theme": "place theme",
            "theme first": "theme place",
            "three": "theme place theme",
            "slips": "place theme, both with typo",
            "narrator": "family name, place",
            "country": "country theme",
        }[sort]
        yield label, NAMES, lambda sort=sort: a.together(sort)
    yield "account: rare word", ACCOUNTS, a.rare_word
    yield "account: rare word, unfinished", ACCOUNTS, a.rare_prefix
    yield "account: rare word with typo", ACCOUNTS, lambda: a.rare_word(typos.any_slip)
    yield "account: two words", ACCOUNTS, a.two_words
    yield "account: phrase", ACCOUNTS, a.phrase
    for sort in ("place", "theme", "by", "place after", "theme date"):
        label = ": ".join(sort.split()) + ":"
        label = label.replace(": ", ": and ")
        yield f"condition {label}", CONDITIONS, lambda sort=sort: a.condition(sort)
    yield "condition -word", CONDITIONS, a.excluding
    yield "nonsense", NONSENSE, a.nonsense
    yield "nonsense in another script", NONSENSE, a.foreign_nonsense
