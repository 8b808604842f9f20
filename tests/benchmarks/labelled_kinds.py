"""Kinds of queries for places, themes and narrators."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from collection.folding import fold
from tests.benchmarks import labelled_names
from tests.benchmarks import labelled_typos as typos
from tests.benchmarks.labelled import Person, PlaceFacts, countries, themes
from tests.benchmarks.labelled_truth import Query, Truth


class NameKinds(Truth):
    """Makes queries by name; each method gives None where the dice fell badly."""

    # --- places ------------------------------------------------------------------------------

    def place_exact(self) -> Query | None:
        place = self.place()
        form = self.form(place)
        return self.query(self.cased(form), self.at(place.name)) if form else None

    def place_prefix(self) -> Query | None:
        place = self.place()
        form = self.form(place, 5)
        if not form:
            return None
        for length in range(self.draw.choice((3, 4, 5)), len(form)):
            begun = form[:length]
            if not begun.endswith((" ", "-")) and not self.names.others(
                begun, place.name, 0, unfinished=True
            ):
                return self.query(self.cased(begun), self.at(place.name))
        return None

    def place_slip(self, slip: typos.Slip, least: int = 5, slips: int = 1) -> Query | None:
        place = self.place()
        form = self.form(place, least)
        if not form:
            return None
        text = typos.rarely_first(slip)(form, self.draw)
        if text == form or self.names.others(text, place.name, slips):
            return None
        return self.query(self.cased(text), self.at(place.name))

    def place_unfinished_slip(self) -> Query | None:
        place = self.place()
        form = self.form(place, 7)
        if not form:
            return None
        begun = form[: self.draw.randrange(5, len(form))]
        text = typos.any_slip(begun, self.draw)
        # Of a second word that has only been begun nothing can be told.
        if re.search("[ -]", begun[-4:]) or self.names.others(text, place.name, 1, unfinished=True):
            return None
        return self.query(self.cased(text), self.at(place.name))

    def place_bare(self, change: Callable[[str], str]) -> Query | None:
        place = self.place()
        forms = [one for one in (place.name, *place.variants) if change(one) != one]
        forms = [one for one in forms if self.names.owners(one) <= {place.name}]
        forms = [one for one in forms if typos.alphabet_of(one)[:1] == "a"]
        if not forms:
            return None
        return self.query(self.cased(change(self.draw.choice(forms))), self.at(place.name))

    def place_other(self, forms: Callable[[PlaceFacts], Iterable[str]]) -> Query | None:
        """Ask by a name that no testimony uses."""
        place = self.place()
        used = {fold(one) for one in place.written}
        unused = [one for one in forms(place) if fold(one) not in used]
        unused = [one for one in unused if self.names.owners(one) <= {place.name}]
        if not unused:
            return None
        return self.query(self.cased(self.draw.choice(unused)), self.at(place.name))

    def place_joined(self) -> Query | None:
        place = self.place()
        forms = [one for one in (place.name, *place.variants) if re.search("[ -]", one)]
        forms = [one for one in forms if self.names.owners(one) <= {place.name}]
        if not forms:
            return None
        form = self.draw.choice(forms)
        written = self.draw.choice(("", " ", "-"))
        text = re.sub("[ -]", written, form)
        return None if text == form else self.query(self.cased(text), self.at(place.name))

    def country(self, column: int) -> Query | None:
        code = self.draw.choice(list(self.countries))
        row = self.countries[code]
        named = self.draw.choice((row[0],) if column == 0 else row[column])
        return self.query(self.cased(named), self.by[f"country {code}"], self.villages)

    # --- themes ------------------------------------------------------------------------------

    def theme_exact(self) -> Query | None:
        theme = self.draw.choice(self.themes)
        return self.query(self.cased(theme), self.about(theme))

    def theme_prefix(self) -> Query | None:
        theme = self.draw.choice(self.themes)
        for length in range(self.draw.choice((4, 5, 6)), len(theme)):
            begun = theme[:length]
            if begun[-1] != " " and not self.names.others(begun, theme, 0, unfinished=True):
                return self.query(self.cased(begun), self.about(theme))
        return None

    def theme_slip(self) -> Query | None:
        theme = self.draw.choice(self.themes)
        if len(theme) < 5:
            return None
        text = typos.any_slip(theme, self.draw)
        if self.names.others(text, theme, 1):
            return None
        return self.query(self.cased(text), self.about(theme))

    def theme_spelling(self) -> Query | None:
        theme = self.draw.choice(self.themes)
        text = re.sub("isation", "ization", re.sub("our(?!n|c|i)", "or", theme))
        text = text.replace("Organised", "Organized")
        return None if text == theme else self.query(self.cased(text), self.about(theme))

    def theme_word(self) -> Query | None:
        theme = self.draw.choice([one for one in self.themes if " " in one])
        word = self.draw.choice(theme.split())
        if len(word) < 5:
            return None
        bearing = [one for one in themes() if word.lower() in one.lower().split()]
        return self.query(self.cased(word), set().union(*map(self.about, bearing)))

    # --- narrators ---------------------------------------------------------------------------

    def _same(self, person: Person, key: str) -> tuple[set[str], set[str]]:
        """Give what one finds in Latin letters, and what only some can find."""
        found = self.by[key]
        if person.culture not in labelled_names.HARD_SCRIPTS:
            return found, set()
        latin = {id for id in found if typos.alphabet_of(self.by_id[id].as_written)[:1] == "a"}
        return latin, found - latin

    def narrator_exact(self) -> Query | None:
        person = self.draw.choice(self.people)
        latin = person.latin()
        found = self.by[f"narrator {latin}"]
        relevant = {id for id in found if self.by_id[id].as_written == latin}
        return self.query(self.cased(latin), relevant, found)

    def narrator_slip(self) -> Query | None:
        person = self.draw.choice([one for one in self.people if len(one.family) > 5])
        text = typos.any_slip(person.family, self.draw)
        if self.names.others(text, person.family, 1):
            return None
        relevant, unjudged = self._same(person, f"family {person.family}")
        return self.query(self.cased(text), relevant, unjudged)

    def narrator_script(self, *, hard: bool) -> Query | None:
        person = self.draw.choice(
            [one for one in self.people if (one.culture in labelled_names.HARD_SCRIPTS) == hard]
        )
        found = self.by[f"narrator {person.latin()}"]
        asked = self.draw.choice((person.latin(), person.native()))
        crossing = {id for id in found if self.by_id[id].as_written != asked}
        return self.query(self.cased(asked), crossing, found - crossing)

    # --- several -----------------------------------------------------------------------------

    def together(self, sort: str) -> Query | None:
        """Ask for several things at once, taken from one testimony so that there is an answer."""
        fact = self.fact(lambda one: all(self.mine(one)))
        if fact is None:
            return None
        told, about = self.mine(fact)
        place, theme = self.draw.choice(told), self.draw.choice(about)
        form = self.form(place, 5)
        if not form:
            return None
        relevant = self.at(place.name) & self.about(theme)
        unjudged: set[str] = set()
        parts = [form, theme]
        if sort == "slips":
            slipped = typos.any_slip(form, self.draw)
            if self.names.others(slipped, place.name, 1) or len(theme) < 6:
                return None
            parts = [slipped, typos.any_slip(theme, self.draw)]
        elif sort == "theme first":
            parts = [theme, form]
        elif sort == "three":
            if len(about) < 2:
                return None
            parts = [about[0], form, about[1]]
            relevant = self.at(place.name) & self.about(about[0]) & self.about(about[1])
        elif sort == "narrator":
            person = next((one for one in self.people if one.family == fact.family), None)
            if person is None:
                return None
            latin = fact.as_written == fact.narrator
            parts = [person.family if latin else person.native_family, form]
            same, unjudged = self._same(person, f"family {person.family}")
            if not latin and unjudged:
                same, unjudged = unjudged, same
            if parts[0] not in fact.as_written.split():
                return None
            relevant = self.at(place.name) & same
        elif sort == "country":
            parts = [countries().get(place.country, ("",))[0], theme]
            relevant = self.by[f"country {place.country}"] & self.about(theme)
            if not parts[0]:
                return None
            unjudged = self.villages
        return self.query(self.cased(" ".join(parts)), relevant, unjudged)
