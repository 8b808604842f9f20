"""The main screen: search bar, list, account and context."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.actions import SkipAction
from textual.binding import Binding
from textual.containers import Container
from textual.widgets import Footer, Static

from collection.errors import NotFound
from collection.ordering import ORDERS
from tui import background
from tui.facts import facts, notices
from tui.rows import row_of
from tui.screens.opening import Opening
from tui.screens.panes import PANES
from tui.text import one_line
from tui.widgets.context_pane import ContextPane
from tui.widgets.reader import Reader
from tui.widgets.search_bar import SearchBar
from tui.widgets.splitter import Splitter
from tui.widgets.testimony_list import Row, TestimonyList

if TYPE_CHECKING:
    from pathlib import Path

    from textual.app import ComposeResult

    from collection.access import Gated
    from tui.settings import Settings

_LOOK_AHEAD = 500
"""Testimonies that `n` looks through for the next hit."""


class ReadingRoom(Opening):
    """Browse, search and read."""

    BINDINGS: ClassVar = [
        Binding("n", "hit(1)", "Next hit", show=False, id="hit.next",
                tooltip="Go to the next hit, in the next testimony too"),
        Binding("N", "hit(-1)", "Previous hit", show=False, id="hit.previous",
                tooltip="Go to the hit before"),
        Binding("s", "sort", "Sort", id="sort", tooltip="Choose the order of the list"),
        Binding("v", "reveal", "Reveal", show=False, id="reveal",
                tooltip="Show what is private or sealed, or mask it again"),
        # These leave the search bar at once: the keys that follow must not become words.
        Binding("enter", "read", "Read", show=False, id="read", priority=True,
                tooltip="Go from the search to what was found, from the list to the account"),
        Binding("down", "leave_search", "To the list", show=False, id="search.leave",
                priority=True, tooltip="Go from the search to what was found"),
        Binding("tab", "pane(1)", "Next pane", show=False, id="pane.tab", priority=True,
                tooltip="Go to the next pane"),
        Binding("l", "pane(1)", "Next pane", show=False, id="pane.next",
                tooltip="Go to the next pane"),
        Binding("shift+tab", "pane(-1)", "Previous pane", show=False, id="pane.shift-tab",
                priority=True, tooltip="Go to the pane before"),
        Binding("h", "pane(-1)", "Pane before", show=False, id="pane.previous",
                tooltip="Go to the pane before"),
        Binding("escape", "back", "Back", show=False, id="back", priority=True,
                tooltip="Step back: leave the zoom, the account, the search"),
    ]  # fmt: skip

    def __init__(
        self, path: Path, settings: Settings, *, scratch: bool = False, adding: bool = False
    ) -> None:
        """Take the file; it is opened once the screen stands.

        Args:
            path: the collection's file.
            settings: what is remembered.
            scratch: whether it is a copy that is thrown away.
            adding: whether to begin with the form for a new testimony.
        """
        super().__init__(path, settings, scratch=scratch, adding=adding)
        self._query = ""
        self._to_select: str | None = None
        self._shown: tuple[str | None, int, bool] | None = None

    # --- what stands where -------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        """Lay the panes out."""
        yield Static("", id="title-bar", markup=False)
        yield SearchBar()
        yield Static("", id="hint", markup=False)
        settings = self.settings
        with Container(id="panes"):
            yield TestimonyList(self._row_of, id="list")
            yield Splitter(id="split-list")
            yield Reader(id="account", measure=settings["measure"], bidi=settings["bidi"])
            yield Splitter(id="split-context")
            yield ContextPane(id="context", measure=0, bidi=settings["bidi"])
        yield Footer(show_command_palette=False, compact=True)

    def on_mount(self) -> None:
        """Show the first screenful at once, then read the whole collection."""
        self.list.border_title = "Testimonies"
        self.reader.border_title = "Account"
        self.context.border_title = "Context"
        self.set_reactive(ReadingRoom.sort, self.settings["sort"])
        self.lay_out()
        self.list.focus()
        self._start_opening(self.path)

    # --- the list ----------------------------------------------------------------------------

    def gated(self, id: str) -> Gated | None:
        """Give a testimony as it may be seen; none when it has just been withdrawn."""
        if self.collection is None:
            return self._preview.get(id)
        try:
            return self.collection.view(id)
        except NotFound:
            return None

    def _row_of(self, id: str) -> Row:
        gated = self.gated(id)
        if gated is None:
            return Row("", "", "(withdrawn)", (), ())
        return row_of(gated, self._results.why(id) if self._results else ())

    def forget_order(self) -> None:
        """Sort anew when the list is next filled."""
        self._ordered = None

    def refill(self, select: str | None = None) -> None:
        """Fill the list with what is searched for, or with everything.

        Args:
            select: the testimony to select; the first if it is not there.
        """
        collection = self.collection
        if collection is None:
            return
        self._shown = None
        self._to_select = select
        if self._query.strip():
            self._results = results = collection.search(self._query, partial=True)
            self.list.explain(
                f"Nothing matches “{self._query}”{' so far' if results.partial else ''}.",
                "Esc in the search bar clears the search.",
            )
            self.list.fill(results.ids, marker=results.marks, select=select)
        else:
            self._results = None
            self.list.explain(
                "There are no testimonies yet.",
                "a adds the first one, i imports a file, o opens another collection.",
            )
            if self.sort == "given":
                self._ordered = collection.ids()
            if self._ordered is None:
                self.run_worker(
                    partial(background.order, collection, self.sort, self.post_message),
                    thread=True,
                    group="order",
                    exclusive=True,
                )
            self.list.fill(self._ordered or collection.ids(), select=select)
        self.show_selected()
        self.tell()

    @on(background.ListOrdered)
    def _list_ordered(self, event: background.ListOrdered) -> None:
        if event.order == self.sort and self._results is None:
            self._ordered = event.ids
            self.list.fill(event.ids, select=self._to_select)
            self.show_selected()

    @on(TestimonyList.Highlighted)
    def _highlighted(self) -> None:
        # While a key is held down only the last of the rows passed is read.
        self.call_later(self.show_selected)

    def show_selected(self) -> None:
        """Show the account and the context of the selected testimony."""
        id = self.list.selected
        gated = self.gated(id) if id is not None else None
        state = (id, gated.testimony.revision if gated else 0, self._is_private)
        if state == self._shown:
            return
        self._shown = state
        if gated is None or id is None:
            self.reader.show("", placeholder="Nothing is selected.")
            self.context.show_facts([])
            return
        testimony = gated.testimony
        heading: list[Any] = [(testimony.title, "reader--heading")]
        heading += [(notice, "reader--notice") for notice in notices(gated)]
        marks = self._results.marks(testimony.account, "account") if self._results else ()
        starts = [turn.offset for turn in testimony.turns]
        self.reader.show(testimony.account, heading=[*heading, ""], marks=marks, turns=starts)
        self.context.show_facts(facts(gated), self._results.why(id) if self._results else ())
        self._tell_place()

    # --- searching ---------------------------------------------------------------------------

    @on(SearchBar.Changed)
    def _query_changed(self, event: SearchBar.Changed) -> None:
        self._query = event.query
        # Several letters that arrive together are searched for once.
        self.call_later(self._search_now, event.query)

    def _search_now(self, query: str) -> None:
        if query == self._query:
            self.refill(select=None if query.strip() else self.list.selected)

    def clear_search(self) -> None:
        """Show everything again, now."""
        self._query = ""
        self.search_bar.clear()

    def action_search(self) -> None:
        """Go to the search bar."""
        self.set_focus(self.search_bar.words)

    def action_hit(self, step: int) -> None:
        """Go to the next hit or the one before, on into other testimonies."""
        if self._results is None:
            self.say("Nothing is searched for. Press / and type what to find.")
            return
        if self.reader.next_hit() if step > 0 else self.reader.previous_hit():
            return
        ids, place = self.list.ids, self.list.cursor
        for _ in range(_LOOK_AHEAD):
            if not 0 <= place + step < len(ids):
                where = "further down" if step > 0 else "further up"
                self.say(f"No account {where} holds a hit; j and k go through what was found.")
                return
            place += step
            gated = self.gated(ids[place])
            if gated and self._results.marks(gated.testimony.account, "account"):
                self.list.cursor = place
                self.show_selected()
                self.reader.go_to_hit(0 if step > 0 else self.reader.hit_count - 1)
                return
        self.say(f"No account among the next {_LOOK_AHEAD} holds a hit.")

    @on(Reader.HitMoved)
    @on(Reader.Scrolled)
    def _tell_place(self) -> None:
        reader = self.reader
        told = ["Account"]
        if reader.hit_index >= 0:
            told.append(f"hit {reader.hit_index + 1} of {reader.hit_count}")
        elif reader.hit_count:
            told.append("1 hit" if reader.hit_count == 1 else f"{reader.hit_count} hits")
        if self.list.selected is not None:
            told.append(f"{reader.percent} %")
        reader.border_title = " · ".join(told)

    # --- saying how things stand -------------------------------------------------------------

    @property
    def _is_private(self) -> bool:
        return self.collection is not None and self.collection.private

    def tell(self) -> None:
        """Say how things stand, in the title bar, beside the search and in the hint."""
        collection, results = self.collection, self._results
        told = [f"Firsthand   {self.path.name}"]
        if self.scratch:
            told = ["Firsthand   sample collection · composed illustrations · changes are not kept"]
        if collection is None:
            told.append("not open" if self._opening_error else "opening …")
        else:
            if collection.read_only:
                told.append("read-only")
            if collection.private:
                told.append("SEALED AND PRIVATE SHOWN")
            if self.busy:
                told.append(self.busy)
        self.query_one("#title-bar", Static).update(one_line(" · ".join(told)))
        by = "" if results is not None or self.sort == "given" else f" · by {ORDERS[self.sort]}"
        self.list.border_title = f"Testimonies{by}"
        self.search_bar.tell(self._count())
        # A result without hits is as good as an empty list to `if`, but has something to say.
        hints = [*results.problems] if results is not None else []
        if results is not None and results.dropped:
            hints.append(f"Left out, as nothing matches with it: {', '.join(results.dropped)}.")
        hint = self.query_one("#hint", Static)
        hint.update(one_line(" ".join(hints)))
        hint.set_class(bool(hints), "-told")

    def _count(self) -> str:
        if self.collection is None:
            return ""
        total = len(self.collection)
        indexing = ""
        if self._left_to_index and total:
            indexing = f" · reading accounts {100 - min(99, 100 * self._left_to_index // total)} %"
        if self._results is not None:
            return f"{self._results.total} of {total}{indexing}"
        many = "testimony" if total == 1 else "testimonies"
        return f"{total} {many}{indexing}"

    # --- keys that move the focus -----------------------------------------------------------

    @property
    def typing(self) -> bool:
        """Whether keys are words now; then they are no commands."""
        return self.focused is self.search_bar.words

    def action_pane(self, step: int) -> None:
        """Go to the next pane, or the one before; from the search bar to the list."""
        if self.typing:
            self.go_to("list")
            return
        self.go_to(PANES[(PANES.index(self.pane) + step) % len(PANES)])

    @on(TestimonyList.Opened)
    def action_read(self) -> None:
        """Go from the search bar to the list, from the list to the account."""
        if self.typing:
            self.go_to("list")
        elif self.focused is not self.list:
            raise SkipAction
        elif self.list.selected is not None:
            self.go_to("account")

    def action_leave_search(self) -> None:
        """Go from the search bar to the list."""
        if not self.typing:
            raise SkipAction
        self.go_to("list")

    def action_back(self) -> None:
        """Step back by one."""
        if self.typing and self.search_bar.words.value:
            self.search_bar.clear()
            return
        if self.zoomed and not self.typing:
            self.zoomed = False
        elif self.typing or self.pane != "list":
            self.go_to("list")
        elif self._query:
            selected = self.list.selected
            self.clear_search()
            self.refill(select=selected)
        self.go_to("list")

    # --- sorting and revealing ---------------------------------------------------------------

    def action_sort(self) -> None:
        """Choose the order of the list."""
        from tui.screens.choice import ChoiceScreen

        def chosen(order: str | None) -> None:
            if order is None or order == self.sort:
                return
            self.sort = order
            self.settings.remember("sort", order)
            self.forget_order()
            if self._results is not None:
                self.say("What is searched for stands by how well it matches; the list is sorted.")
            else:
                self.refill(select=self.list.selected)

        self.app.push_screen(ChoiceScreen("Sort by", ORDERS, self.sort), chosen)

    def action_reveal(self) -> None:
        """Show or mask what is private."""
        if self.collection is None:
            return
        private = not self.collection.private
        self.collection.reveal(private)
        self.forget_order()
        self._shown = None
        self.refill(select=self.list.selected)
        self._start_indexing()
        self.say(
            "What is private and sealed is shown now. v masks it again."
            if private
            else "What is private and sealed is masked again."
        )
