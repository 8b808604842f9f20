"""What the vocabulary's screen does to names: rename, merge, split off, say what is known."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding

from collection.bearing import identity
from collection.places.entry import PlaceEntry
from collection.terms import sifted
from collection.themes import ThemeEntry
from tui import vocabulary
from tui.screens.curating import CuratingScreen
from tui.terms import KINDS, candidate_line, testimony_line
from tui.text import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from collection import Collection
    from collection.places.entry import Candidate
    from collection.terms import Term
    from tui.screens.ask_name import Answer
    from tui.screens.place_entry import Given
    from tui.screens.terms import Terms
    from tui.widgets.term_list import TermList

_BY_HAND = "by hand"


class VocabularyChanges(CuratingScreen):
    """The screen's half that changes names; the other half shows them."""

    BINDINGS: ClassVar = [
        Binding("r", "rename", "Rename", id="vocabulary.rename",
                tooltip="Give the selected name another form; every testimony follows"),
        Binding("m", "merge", "Merge", id="vocabulary.merge",
                tooltip="Make the marked names one, or the selected one and another"),
        Binding("x,t", "split_off", "Split off", show=False, id="vocabulary.split_off",
                key_display="x",
                tooltip="Let some testimonies of the selected name bear another one"),
        Binding("e", "edit", "Edit", id="vocabulary.edit",
                tooltip="Say where a place lies, or what a theme is used for and falls under"),
        Binding("n", "doubles", "Look-alikes", id="vocabulary.doubles",
                tooltip="Go through the names that may mean the same, side by side"),
    ]  # fmt: skip

    list: TermList
    fill: Callable[[], None]
    select: Callable[[str], None]

    def __init__(self, collection: Collection, reveal: Callable[[], None], *, bidi: str) -> None:
        """Take the collection; see `CuratingScreen`."""
        super().__init__(collection, reveal, bidi=bidi)
        self.kind = next(iter(KINDS))
        """The kind of names that is shown."""
        self.terms: Sequence[Term] = ()
        """All names of that kind."""
        self.shown: Sequence[Term] = ()
        """Those that are listed, in order."""
        self.marked: dict[str, None] = {}
        """Those that are marked, in the order in which they were."""

    @property
    def selected(self) -> Term | None:
        """The name that is selected."""
        at = self.list.cursor
        return self.shown[at] if at < len(self.shown) else None

    def _chosen(self) -> Term | None:
        """Give the name to be changed; where there is none or nothing can be, say so."""
        if not self.ready():
            return None
        if self.selected is None:
            self.say("No name is selected.")
        return self.selected

    def action_mark(self) -> None:
        """Mark the selected name, or take the mark away, and go on."""
        term = self.selected
        if term is None:
            return
        if term.name in self.marked:
            del self.marked[term.name]
        else:
            self.marked[term.name] = None
        self.fill()
        self.list.action_move(1)

    # --- renaming ----------------------------------------------------------------------------

    def action_rename(self) -> None:
        """Ask for another form of the selected name."""
        term = self._chosen()
        if term is None:
            return
        from tui.screens.ask_name import AskNameScreen

        hint = f"{_follow(len(term.ids))}; titles and accounts stay as they are."
        keep = "" if self.kind == "narrator" else "still found by its former name"
        title = f"What is {term.name} to be called?"
        known = [one.name for one in self.terms if one.name != term.name]
        self.app.push_screen(
            AskNameScreen(title, term.name, hint, known=known, keep=keep),
            partial(self._rename, term),
        )

    def _rename(self, term: Term, answer: Answer | None) -> None:
        if answer is None or (answer.name == term.name and len(term.spellings) < 2):
            return
        key = identity(self.kind, answer.name)
        rest = (identity(self.kind, one.name) for one in self.terms if one is not term)
        if key in rest:
            self._ask_to_merge(term.name, answer.name)
            return
        job = partial(self.collection.rename, self.kind, term.name, answer.name, keep=answer.keep)
        self._change("renaming", job, f"{term.name} is called {answer.name} now", answer.name)

    def _ask_to_merge(self, old: str, new: str) -> None:
        from tui.screens.confirm import ConfirmScreen

        def answered(merge: bool | None) -> None:
            if merge:
                self._merge([old], new)

        question = f"Other testimonies bear the name {new} already. Merge {old} into it?"
        self.app.push_screen(ConfirmScreen(question, "Merge", "Cancel"), answered)

    def _change(self, busy: str, job: Callable[[], Any], what: str, name: str) -> None:
        def done(result: Any) -> None:
            self.select(name)
            self.followed(what, result)

        self.work(busy, job, done)

    # --- merging -----------------------------------------------------------------------------

    def action_merge(self) -> None:
        """Make the marked names one; or the selected one and another, which is asked for."""
        term = self._chosen()
        if term is None:
            return
        names = [*self.marked]
        if names and term.name not in self.marked and len(names) < 2:
            names.append(term.name)
        if len(names) > 1:
            self._ask_which_stays(names)
            return
        from tui.screens.pick import PickScreen

        rest = [one for one in self.terms if one.name != term.name]

        def sift(words: str) -> Sequence[tuple[str, str]]:
            return [(one.name, _counted(one)) for one in sifted(rest, words)]

        def picked(chosen: Sequence[str] | None) -> None:
            if chosen:
                self._ask_which_stays([term.name, *chosen])

        self.app.push_screen(PickScreen(f"Merge {term.name} with which name?", sift), picked)

    def _ask_which_stays(self, names: Sequence[str]) -> None:
        from tui.screens.choice import ChoiceScreen

        terms = sorted(
            (one for one in self.terms if one.name in names), key=lambda one: -len(one.ids)
        )
        choices = {str(n): one_line(_counted(one)) for n, one in enumerate(terms)}

        def chosen(value: str | None) -> None:
            if value is not None:
                into = terms[int(value)].name
                self._merge([one.name for one in terms if one.name != into], into)

        self.app.push_screen(ChoiceScreen("Which name stays?", choices), chosen)

    def _merge(self, names: Sequence[str], into: str) -> None:
        job = partial(self.collection.merge, self.kind, names, into)
        self.marked = {}
        self._change("merging", job, f"Merged {_listed(names)} into {into}", into)

    # --- splitting off -----------------------------------------------------------------------

    def action_split_off(self) -> None:
        """Ask which testimonies are to bear another name, then for that."""
        term = self._chosen()
        if term is None:
            return
        if not term.ids:
            self.say("No testimony bears it, so there is nothing to split off.")
            return
        from tui.screens.pick import PickScreen

        lines = [(id, testimony_line(id, self.collection)) for id in term.ids]

        def sift(words: str) -> Sequence[tuple[str, str]]:
            wanted = words.casefold().split()
            return [one for one in lines if all(part in one[1].casefold() for part in wanted)]

        title = f"Which testimonies of {term.name} are to bear another name?"
        picked = partial(self._ask_for_new, term)
        self.app.push_screen(PickScreen(title, sift, several=True), picked)

    def _ask_for_new(self, term: Term, ids: Sequence[str] | None) -> None:
        if not ids:
            return
        from tui.screens.ask_name import AskNameScreen

        def given(answer: Answer | None) -> None:
            if answer is not None and answer.name not in ("", term.name):
                job = partial(self.collection.split_off, self.kind, term.name, ids, answer.name)
                self._change("splitting", job, f"Split {answer.name} off {term.name}", answer.name)

        many = "is the testimony" if len(ids) == 1 else f"are the {len(ids)} testimonies"
        title = f"Which name {many} to bear instead of {term.name}?"
        hint = "The others keep their name. A new place is looked up in the gazetteer."
        known = [one.name for one in self.terms if one.name != term.name]
        self.app.push_screen(AskNameScreen(title, "", hint, known=known), given)

    # --- what is known -----------------------------------------------------------------------

    def action_edit(self) -> None:
        """Ask what is known of the selected name."""
        term = self._chosen()
        if term is None:
            return
        if isinstance(term.entry, PlaceEntry):
            self._edit_place(term.entry)
        elif isinstance(term.entry, ThemeEntry):
            self._edit_theme(term, term.entry)
        else:
            self.say("Of a narrator only the name is shared; r changes it, e in the reading room "
                     "the rest.")  # fmt: skip

    def _edit_place(self, entry: PlaceEntry) -> None:
        candidates = self.collection.place_candidates(entry.name)
        if not candidates:
            self._edit_by_hand(entry)
            return
        from tui.screens.choice import ChoiceScreen

        choices = {
            str(n): one_line(candidate_line(one, self.collection))
            for n, one in enumerate(candidates)
        }
        choices[_BY_HAND] = "None of them, or more is known: say it by hand …"

        def chosen(value: str | None) -> None:
            if value == _BY_HAND:
                self._edit_by_hand(entry)
            elif value is not None:
                self._decide(entry.name, candidates[int(value)])

        title = one_line(f"Which {entry.name} is meant?")
        self.app.push_screen(ChoiceScreen(title, choices), chosen)

    def _edit_by_hand(self, entry: PlaceEntry) -> None:
        from tui.screens.place_entry import PlaceScreen

        def given(said: Given | None) -> None:
            if said is not None:
                self._decide(entry.name, None, **said._asdict())

        self.app.push_screen(PlaceScreen(entry, self.collection.country_code), given)

    def _decide(self, name: str, choice: Candidate | None, **said: Any) -> None:
        job = partial(self.collection.decide_place, name, choice, **said)
        self.work("deciding", job, partial(self._known, f"{name} was decided"))

    def _edit_theme(self, term: Term, entry: ThemeEntry) -> None:
        from tui.screens.terms import TermsScreen

        def given(terms: Terms | None) -> None:
            if terms is not None:
                job = partial(self.collection.define_theme, term.name, *terms)
                self.work("defining", job, partial(self._known, f"{term.name} was defined"))

        self.app.push_screen(TermsScreen(entry, term.narrower), given)

    def _known(self, what: str, _: Any) -> None:
        self.start_reading()
        self.say(f"{what}; the testimonies that bear it follow. u takes it back.")

    # --- look-alikes -------------------------------------------------------------------------

    def action_doubles(self) -> None:
        """Go through the names that may mean the same."""
        from tui.screens.doubles import DoublesScreen

        def left(_: str | None) -> None:
            self.start_reading()

        self.app.clear_notifications()
        screen = DoublesScreen(self.collection, self.kind, self._reveal, bidi=self._bidi)
        self.app.push_screen(screen, left)


def _counted(term: Term) -> str:
    return vocabulary.counted_line(term.name, len(term.ids))


def _listed(names: Sequence[str]) -> str:
    if len(names) > 3:
        return f"{len(names)} names"
    return " and ".join(names)


def _follow(count: int) -> str:
    return "1 testimony follows" if count == 1 else f"{count} testimonies follow"
