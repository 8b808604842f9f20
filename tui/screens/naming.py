"""What the main screen does to names: deciding what a place means, defining a theme."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding

from tui.screens.leaving import Leaving
from tui.terms import candidate_line
from tui.text import one_line

if TYPE_CHECKING:
    from collections.abc import Callable

    from collection import Collection
    from collection.places.entry import Candidate, PlaceEntry
    from collection.testimony import Testimony
    from tui.screens.place_entry import Given
    from tui.screens.terms import Terms


_ALL = "all"
"""Chooses none of the names of one testimony."""


class Naming(Leaving):
    """A screen that tells and changes what stands behind a testimony's places and themes."""

    BINDINGS: ClassVar = [
        Binding("p", "names", "Names", show=False, id="names",
                tooltip="Places and themes: decide what a place means, define a theme"),
        Binding("P", "vocabulary", "Vocabulary", show=False, id="vocabulary",
                tooltip="All places, themes and narrators: rename, merge, split off, define"),
    ]  # fmt: skip

    action_reveal: Callable[[], None]

    def action_names(self) -> None:
        """Ask which of the selected testimony's places and themes is meant."""
        if not self._ready(to_change=True) or self.collection is None:
            return
        gated = self._selected()
        if gated is None:
            return
        choices = self._named(gated.testimony)
        if gated.sealed or not choices:
            self.say("This testimony names no place and no theme. P shows those of all.")
            return
        choices[_ALL] = "All places, themes and narrators (P) …"
        from tui.screens.choice import ChoiceScreen

        def chosen(value: str | None) -> None:
            if value == _ALL:
                self.action_vocabulary()
            elif value is not None:
                kind, name = value.split(":", 1)
                (self._choose_place if kind == "place" else self._define_theme)(name)

        self.app.push_screen(ChoiceScreen("Places and themes", choices), chosen)

    def _named(self, testimony: Testimony) -> dict[str, str]:
        collection = self.collection
        if collection is None:
            return {}
        choices = {}
        for name in dict.fromkeys(place.name for place in testimony.places):
            entry = collection.place_entry(name)
            choices[f"place:{name}"] = one_line(f"{name} — {_told(entry)}")
        for name in testimony.themes:
            entries = collection.theme_entry(name)
            broader = f", under {', '.join(entries.broader)}" if entries.broader else ""
            choices[f"theme:{name}"] = one_line(f"{name} — theme{broader}")
        return choices

    def _choose_place(self, name: str) -> None:
        collection = self.collection
        if collection is None:
            return
        candidates = collection.place_candidates(name)
        if not candidates:
            self._place_by_hand(collection, name)
            return
        from tui.screens.choice import ChoiceScreen

        choices = {
            str(n): one_line(candidate_line(one, collection)) for n, one in enumerate(candidates)
        }

        def chosen(value: str | None) -> None:
            if value is not None:
                self._decide(name, candidates[int(value)])

        self.app.push_screen(ChoiceScreen(one_line(f"Which {name} is meant?"), choices), chosen)

    def _place_by_hand(self, collection: Collection, name: str) -> None:
        """Ask where a place lies that the gazetteer does not know."""
        from tui.screens.place_entry import PlaceScreen

        def given(said: Given | None) -> None:
            if said is not None:
                job = partial(collection.decide_place, name, None, **said._asdict())
                self._work("deciding", job, partial(self._named_anew, f"{name} was decided"))

        screen = PlaceScreen(collection.place_entry(name), collection.country_code)
        self.app.push_screen(screen, given)

    def _decide(self, name: str, choice: Candidate) -> None:
        if self.collection is None:
            return
        job = partial(self.collection.decide_place, name, choice)
        self._work("deciding", job, partial(self._named_anew, f"{name} was decided"))

    def _define_theme(self, name: str) -> None:
        collection = self.collection
        if collection is None:
            return
        from tui.screens.terms import TermsScreen

        def given(terms: Terms | None) -> None:
            if terms is not None:
                job = partial(collection.define_theme, name, *terms)
                self._work("defining", job, partial(self._named_anew, f"{name} was defined"))

        screen = TermsScreen(collection.theme_entry(name), collection.narrower(name))
        self.app.push_screen(screen, given)

    # --- the whole vocabulary ----------------------------------------------------------------

    def action_vocabulary(self) -> None:
        """Show all places, themes and narrators."""
        if not self._ready(to_change=False) or self.collection is None:
            return
        from tui.screens.vocabulary import VocabularyScreen

        def left(query: str | None) -> None:
            self._show_change(self.list.selected)
            if query:
                self.search_bar.words.value = query
                self.go_to("list")

        self.app.clear_notifications()
        bidi = self.settings["bidi"]
        self.app.push_screen(VocabularyScreen(self.collection, self.action_reveal, bidi=bidi), left)

    def _named_anew(self, what: str, _: Any) -> None:
        self._show_change(self.list.selected)
        self.say(f"{what}; u takes it back.")


def _told(entry: PlaceEntry) -> str:
    where = ", ".join(entry.within[:3])
    return f"{entry.status}{f': {where}' if where and entry.status != 'ambiguous' else ''}"
