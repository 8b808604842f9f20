"""Searching on the main screen: in a thread, the latest words win, and no key is lost."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual import on
from textual.binding import Binding

from tui import background, finding
from tui.screens.opening import Opening
from tui.widgets.search_bar import SearchBar

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from tui.settings import Settings

_PATIENCE = 0.5
"""Seconds that a key waits at most for the answer to what was typed before it."""
_SAY_AFTER = 0.4
"""Seconds after which it is said that the next hit is being looked for."""


class _Wish(NamedTuple):
    """What is to be selected when the answer comes."""

    id: str | None = None
    """The testimony; the first if None, or if it is not found."""
    keep: bool = False
    """Whether what is selected then is to stay selected."""
    sure: bool = False
    """Whether it must be seen: then a search that does not find it is cleared."""


class Searching(Opening):
    """A screen whose list is filled with what is searched for.

    A search runs in a thread. One runs at a time; when it ends and the words have changed, the
    next one begins, with the words as they are then.
    """

    BINDINGS: ClassVar = [
        Binding("n", "hit(1)", "Next hit", show=False, id="hit.next",
                tooltip="Go to the next hit, in the next testimony too"),
        Binding("N", "hit(-1)", "Previous hit", show=False, id="hit.previous",
                tooltip="Go to the hit before, in the testimony before too"),
        Binding("c", "concordance", "In context", show=False, id="concordance",
                tooltip="Show every hit of the search in its context, one line for each"),
    ]  # fmt: skip

    show_selected: Callable[..., None]

    def __init__(self, path: Path, settings: Settings, *, scratch: bool, adding: bool) -> None:
        """Take the file; it is opened once the screen stands."""
        super().__init__(path, settings, scratch=scratch, adding=adding)
        self._query = ""
        self._why: Mapping[str, tuple[str, ...]] = {}
        self._wish = _Wish()
        self._to_select: str | None = None
        self._asked = 0
        """Number of the last search asked for."""
        self._awaited = False
        """Whether its answer is awaited."""
        self._in_thread = False
        """Whether a search runs in a thread, be it the last or one before."""
        self._leaving = 0
        """Times the search bar was left whose last keys have not been seen."""
        self._looks = 0
        """Number of the last look for the next testimony with a hit."""
        self._looking = False
        self._looked_from: str | None = None
        self._settled = asyncio.Event()
        self._settled.set()

    # --- keys that wait ----------------------------------------------------------------------

    @property
    def is_settled(self) -> bool:
        """Whether everything typed so far has been answered."""
        return self._settled.is_set()

    async def settled(self) -> None:
        """Wait until what was typed has been answered, if that takes no longer than usual."""
        if self.is_settled:
            return
        try:
            async with asyncio.timeout(_PATIENCE):
                await self._settled.wait()
        except TimeoutError:
            pass

    def _note(self) -> None:
        if self._awaited or self._leaving or self._looking:
            self._settled.clear()
        else:
            self._settled.set()

    def leave_search(self) -> None:
        """Give the list the keys; those that follow act on what the words as typed find."""
        # Letters may still be on their way into the search bar.
        self._leaving += 1
        self._note()
        self.search_bar.words.call_later(self._left)
        self.go_to("list")

    def _left(self) -> None:
        self._leaving -= 1
        self._search_for(self.search_bar.words.value)
        self._note()

    # --- filling the list --------------------------------------------------------------------

    def forget_order(self) -> None:
        """Sort anew when the list is next filled."""
        self._ordered = None

    def refill(self, select: str | None = None, *, keep: bool = False, sure: bool = False) -> None:
        """Fill the list with what is searched for, or with everything.

        Args:
            select: the testimony to select; the first if it is not there.
            keep: keep selected what is.
            sure: clear the search if it does not find what is to be selected.
        """
        if self.collection is None:
            return
        if not self._query.strip():
            self._show_all(self.list.selected if keep else select)
            return
        if not (keep and self._awaited):
            self._wish = _Wish(select, keep, sure)
        self._asked += 1
        self._awaited = True
        self._note()
        if not self._in_thread:
            self._start_search()

    def _show_all(self, select: str | None) -> None:
        collection = self.collection
        if collection is None:
            return
        self.forget_search()
        self._to_select = select
        self.list.explain(
            "There are no testimonies yet.",
            "a adds the first one, i imports a file, o opens another collection.",
        )
        if self._ordered is None and self.sort == "given":
            self._ordered = collection.ids()
        if self._ordered is None:
            self.run_worker(
                partial(background.order, collection, self.sort, self.post_message),
                thread=True,
                group="order",
                exclusive=True,
            )
        ids = collection.ids() if self._ordered is None else self._ordered
        self.list.fill(ids, select=select)
        self.show_selected()
        self.tell()

    def forget_search(self) -> None:
        """Know nothing of what was found, and take no answer any more."""
        self._results = None
        self._why = {}
        self._asked += 1
        self._awaited = False
        self._stop_looking()

    @on(background.ListOrdered)
    def _list_ordered(self, event: background.ListOrdered) -> None:
        if event.order == self.sort and self._results is None:
            self._ordered = event.ids
            self.list.fill(event.ids, select=self._to_select)
            self.show_selected()

    def why(self, id: str) -> tuple[str, ...]:
        """Say why a testimony was found; nothing where nothing is searched for."""
        if self._results is None:
            return ()
        known = self._why.get(id)
        return self._results.why(id) if known is None else known

    # --- searching ---------------------------------------------------------------------------

    @on(SearchBar.Changed)
    def _query_changed(self, event: SearchBar.Changed) -> None:
        self._search_for(event.query)

    def _search_for(self, query: str) -> None:
        if query != self._query:
            self._query = query
            self.refill(keep=not query.strip())

    def _start_search(self) -> None:
        collection = self.collection
        if collection is None:
            return
        self._in_thread = True
        wish = self._wish
        select = self.list.selected if wish.keep else wish.id
        self.run_worker(
            partial(
                finding.search, collection, self._query, self.post_message,
                number=self._asked, select=select, rows=self.list.rows_in_view,
            ),
            thread=True,
            group="search",
        )  # fmt: skip

    @on(finding.Searched)
    def _searched(self, event: finding.Searched) -> None:
        self._in_thread = False
        if event.number == self._asked and self._awaited:
            self._take(event.answer)
        elif self._awaited:
            self._start_search()

    def _take(self, answer: finding.Answer) -> None:
        wish, self._wish = self._wish, _Wish()
        self._awaited = False
        if wish.sure and answer.place is None:
            self.clear_search()
            self.refill(select=wish.id)
            return
        self._results, self._why = answer.results, answer.why
        if not wish.keep:
            self._stop_looking()
        so_far = " so far" if answer.results.partial else ""
        self.list.explain(
            f"Nothing matches “{self._query}”{so_far}.",
            "Esc in the search bar clears the search.",
        )
        place, selected = answer.place, self.list.selected
        moved = place is None or place >= len(answer.ids) or answer.ids[place] != selected
        if wish.keep and moved:
            place = None if selected is None else finding.place_of(selected, answer.ids)
        self.list.fill(answer.ids, marker=answer.results.marks, place=place or 0)
        self.search_bar.offer(self._query, answer.completions)
        self.show_selected()
        self.tell()
        self._note()

    def clear_search(self) -> None:
        """Show everything again, now."""
        self._query = ""
        self.search_bar.clear()

    def action_search(self) -> None:
        """Go to the search bar."""
        self.set_focus(self.search_bar.words)

    # --- from hit to hit ---------------------------------------------------------------------

    def action_hit(self, step: int) -> None:
        """Go to the next hit or the one before, on into other testimonies."""
        collection, results = self.collection, self._results
        if results is None or collection is None:
            self.say("Nothing is searched for. Press / and type what to find.")
            return
        # The row may have been selected by the key before this one.
        self.show_selected()
        if self._looking or (self.reader.next_hit() if step > 0 else self.reader.previous_hit()):
            return
        self._looks += 1
        self._looking = True
        self._looked_from = self.list.selected
        self._note()
        self.run_worker(
            partial(
                finding.look_ahead, collection, results, self.list.ids, self.post_message,
                place=self.list.cursor, step=step, number=self._looks,
            ),
            thread=True,
            group="look",
            exclusive=True,
        )  # fmt: skip
        self.set_timer(_SAY_AFTER, partial(self._say_looking, self._looks))

    def _say_looking(self, number: int) -> None:
        if self._looking and number == self._looks:
            self.say("Looking for the next account with a hit; Esc stops.")

    def _selection_moved(self) -> None:
        """Look no further when the row from which the look began is left."""
        if self.list.selected != self._looked_from:
            self._stop_looking()

    def _stop_looking(self) -> bool:
        was, self._looking = self._looking, False
        if was:
            self.workers.cancel_group(self, "look")
        self._note()
        return was

    @on(finding.HitFound)
    def _hit_found(self, event: finding.HitFound) -> None:
        if not self._looking or event.number != self._looks:
            return
        self._stop_looking()
        if event.id is None:
            where = "further down" if event.step > 0 else "further up"
            self.say(f"No account {where} holds a hit; j and k go through what was found.")
        elif self.list.select(event.id):
            self.show_selected()
            self.reader.go_to_hit(0 if event.step > 0 else -1)

    # --- the concordance ---------------------------------------------------------------------

    def action_concordance(self) -> None:
        """Show every hit in its context."""
        from tui.screens.concordance import ConcordanceScreen

        collection, results = self.collection, self._results
        if results is None or collection is None:
            self.say(
                "Nothing is searched for. Press / and type what to find; then c shows every "
                "hit in its context."
            )
            return

        def chosen(hit: tuple[str, int] | None) -> None:
            if hit is not None and self.list.select(hit[0]):
                self.show_selected(at=hit[1])
                self.go_to("account")

        screen = ConcordanceScreen(
            collection, results, self.list.ids, self._query, bidi=self.settings["bidi"]
        )
        self.app.push_screen(screen, chosen)
