"""Holdings: everything the search knows of the testimonies, each part kept up to date.

Nothing here is locked, and nothing is ranked: `index` does both.
"""

from __future__ import annotations

from array import array
from collections import OrderedDict
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Final

import msgspec
from pyroaring import BitMap

from collection.folding import fold
from collection.search.authority import PLACES, THEMES, Authority
from collection.search.facets import Facets
from collection.search.matching import IN_TEXT
from collection.search.order import Newest
from collection.search.spans import Spans
from collection.search.texts import Texts
from collection.search.vocabulary import Vocabulary
from collection.search.words import joined, split
from collection.testimony import newest_first

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from collection.search.authority import Entries
    from collection.testimony import Testimony

_PIECE: Final = 2_000
"""Testimonies that are stored in one go."""
_STRINGS: Final = msgspec.msgpack.Decoder(list[str])


class Holdings:
    """The testimonies by number, with their names, texts, dates and facets.

    A testimony keeps its number even when it has gone, so that results not looked at yet still
    name what was found.
    """

    def __init__(self, entries: Entries | None = None) -> None:
        """Begin empty.

        Args:
            entries: the authority entries that know other names and what lies in what.
        """
        self.vocabulary = Vocabulary(Authority(entries))
        """Places, themes and other shared names."""
        self.texts = {where: Texts() for where in IN_TEXT}
        """Narrators, titles, and accounts with their contexts."""
        self.newest = Newest()
        """All testimonies, newest first."""
        self.given = Spans()
        """When the accounts were given."""
        self.covered = Spans()
        """What times they are about."""
        self.facets = Facets()
        """Languages, series and states."""
        self.numbers: dict[str, int] = {}
        """The number of each identifier, of testimonies that have gone too."""
        self.present = BitMap()
        """The testimonies that are here."""
        self.names: dict[int, tuple[int, ...]] = {}
        """The entities of the vocabulary that a testimony bears."""
        self.narrators: dict[int, str] = {}
        """Who speaks, as written."""
        # Ordered, because taking the first of a plain dict again and again is quadratic.
        self.waiting: OrderedDict[int, tuple[str, str]] = OrderedDict()
        """Accounts and contexts whose words are still to be indexed."""

    # --- putting in and taking out -----------------------------------------------------------

    def put(self, testimony: Testimony, *, account: bool) -> None:
        """Add a testimony, or put it in the place of the one with its identifier."""
        number = self.numbers.setdefault(testimony.id, len(self.numbers))
        self.present.add(number)
        day, id = newest_first(testimony)
        self.newest.put(number, day, id)
        self.given.put(number, testimony.date.earliest, testimony.date.latest)
        self.covered.put(number, testimony.period.earliest, testimony.period.latest)
        self.facets.put(number, testimony)
        self._put_names(number, testimony)
        self._put_narrator(number, testimony.narrator.name)
        self.texts["title"].put(number, testimony.title)
        texts = (testimony.account, testimony.context)
        if account:
            self.waiting.pop(number, None)
            self.texts["account"].put(number, *texts)
        else:
            self.texts["account"].remove(number)
            self.waiting[number] = texts

    def _put_names(self, number: int, testimony: Testimony) -> None:
        vocabulary = self.vocabulary
        found: dict[int, None] = {}
        for field, named in _names(testimony):
            for name in named:
                entered = vocabulary.add(field, name, number)
                if entered is not None:
                    found[entered] = None
        names = tuple(found)
        before = self.names.get(number, ())
        self.names[number] = names
        if before and before != names:
            for entity in set(before).difference(names):
                vocabulary.discard(entity, number)

    def _put_narrator(self, number: int, name: str) -> None:
        self.narrators[number] = name
        # Written as one as well: in another script the parts may not be parted.
        words = split(name)
        self.texts["narrator"].put_words(number, words, [joined(words)] if len(words) > 1 else [])

    def put_next_account(self) -> None:
        """Index the words of an account that has waited longest; one must be waiting."""
        number, texts = self.waiting.popitem(last=False)
        self.texts["account"].put(number, *texts)

    def remove(self, id: str) -> None:
        """Take a testimony out; nothing happens if it is not here."""
        number = self.numbers.get(id, -1)
        if number not in self.names:
            return
        self.present.discard(number)
        self.newest.remove(number)
        self.given.remove(number)
        self.covered.remove(number)
        self.facets.remove(number)
        for entity in self.names.pop(number):
            self.vocabulary.discard(entity, number)
        del self.narrators[number]
        for texts in self.texts.values():
            texts.remove(number)
        self.waiting.pop(number, None)

    def renamed(self, field: str, name: str) -> None:
        """Take over what an authority entry says of a place or a theme, for it has changed.

        Args:
            field: `place` or `theme`.
            name: as testimonies write it, or the key of something wider.
        """
        fields = PLACES if field == "place" else THEMES
        for one, spelt in self.vocabulary.depending(fields, fold(name)):
            self.vocabulary.renamed(one, spelt)

    # --- storing -----------------------------------------------------------------------------

    def dump(self) -> Iterator[tuple[str, bytes]]:
        """Write everything down in pieces, each with the name of what it belongs to."""
        ids = list(self.numbers)
        for start in range(0, len(ids), _PIECE):
            yield "ids", msgspec.msgpack.encode(ids[start : start + _PIECE])
        yield "present", self.present.serialize()
        numbers = list(self.names)
        for start in range(0, len(numbers), _PIECE):
            some = numbers[start : start + _PIECE]
            named = [self.names[number] for number in some]
            yield "testimonies", array("I", some).tobytes()
            yield "narrators", msgspec.msgpack.encode([self.narrators[number] for number in some])
            yield "counts", array("I", map(len, named)).tobytes()
            yield "names", array("I", [entity for one in named for entity in one]).tobytes()
        for name, part in self._parts():
            for section, piece in part.dump():
                yield f"{name}.{section}", piece

    def _parts(self) -> Iterator[tuple[str, Vocabulary | Texts | Spans | Facets | Newest]]:
        yield "vocabulary", self.vocabulary
        yield from self.texts.items()
        yield "given", self.given
        yield "covered", self.covered
        yield "facets", self.facets
        yield "newest", self.newest

    def restore(self, sections: Mapping[str, Sequence[memoryview]]) -> Iterator[None]:
        """Take over what was written down, into empty holdings; yields between pieces."""
        ids: list[str] = []
        for piece in sections.get("ids", ()):
            some = _STRINGS.decode(piece)
            self.numbers.update(zip(some, range(len(ids), len(ids) + len(some)), strict=True))
            ids += some
            yield
        self.present = BitMap.deserialize(bytes(sections["present"][0]))
        yield
        lists = (sections.get(name, ()) for name in ("testimonies", "narrators", "counts", "names"))
        for testimonies, narrators, counts, names in zip(*lists, strict=True):
            numbers = testimonies.cast("I").tolist()
            self.narrators.update(zip(numbers, _STRINGS.decode(narrators), strict=True))
            entities = tuple(names.cast("I").tolist())
            ends = accumulate(counts.cast("I").tolist(), initial=0)
            found = (entities[start:end] for start, end in pairwise(ends))
            self.names.update(zip(numbers, found, strict=True))
            yield
        for name, part in self._parts():
            own = {
                section.removeprefix(f"{name}."): pieces
                for section, pieces in sections.items()
                if section.startswith(f"{name}.")
            }
            if isinstance(part, Newest):
                yield from part.restore(own, ids)
            else:
                yield from part.restore(own)


def _names(testimony: Testimony) -> tuple[tuple[str, Iterable[str]], ...]:
    """Give the names that a testimony bears, by field."""
    return (
        ("place", [place.name for place in testimony.places]),
        ("theme", testimony.themes),
        ("keyword", testimony.keywords),
        ("interview place", (testimony.interview_place,)),
        ("interviewer", testimony.interviewers),
        ("present", testimony.present),
        ("translator", testimony.translators),
    )
