"""The main screen: search bar, list, account and context."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.actions import SkipAction
from textual.binding import Binding
from textual.containers import Container
from textual.widgets import Footer, Static

from collection.concordance import hits_in
from collection.errors import NotFound
from collection.facts import facts, notices
from collection.ordering import ORDERS
from tui.rows import row_of
from tui.screens.panes import PANES
from tui.screens.taking_in import TakingIn
from tui.text import one_line
from tui.turns import turn_labels
from tui.widgets.context_pane import ContextPane
from tui.widgets.reader import Reader
from tui.widgets.search_bar import SearchBar
from tui.widgets.splitter import Splitter
from tui.widgets.testimony_list import Row, TestimonyList

if TYPE_CHECKING:
    from pathlib import Path

    from textual.app import ComposeResult

    from collection.access import Gated
    from collection.results import Results
    from tui.settings import Settings


class ReadingRoom(TakingIn):
    """Browse, search and read."""

    BINDINGS: ClassVar = [
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
                tooltip="Step back: leave the account, unmark, leave the zoom, the search"),
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
        self._marked: Results | None = None

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
        return row_of(gated, self.why(id))

    @on(TestimonyList.Highlighted)
    def _highlighted(self) -> None:
        self._selection_moved()
        # While a key is held down only the last of the rows passed is read.
        self.call_later(self.show_selected)

    def show_selected(self, *, at: int | None = None) -> None:
        """Show the account and the context of the selected testimony.

        Args:
            at: an offset into the account to go to; a hit there becomes the current one.
        """
        id = self.list.selected
        gated = self.gated(id) if id is not None else None
        state = (id, gated.testimony.revision if gated else 0, self._is_private)
        if state == self._shown and at is None and self._marked is self._results:
            return
        same, self._shown, self._marked = state == self._shown, state, self._results
        if gated is None or id is None:
            self.reader.show("", placeholder="Nothing is selected.")
            self.context.show_facts([])
            return
        testimony, results = gated.testimony, self._results
        marks = hits_in(testimony.account, results) if results is not None else ()
        if same and at is None:
            # Only what is searched for has changed: whoever reads is not taken elsewhere.
            self.reader.set_marks(marks)
        else:
            heading: list[Any] = [(testimony.title, "reader--heading")]
            heading += [(notice, "reader--notice") for notice in notices(gated)]
            self.reader.show(
                testimony.account,
                heading=[*heading, ""],
                marks=marks,
                at=at,
                turns=[turn.offset for turn in testimony.turns],
                labels=turn_labels(testimony.account, testimony.turns),
            )
        self.context.show_facts(facts(gated), self.why(id))
        self._tell_place()

    # --- saying how things stand -------------------------------------------------------------

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
        context = " · c: in context" if results is not None and results.total else ""
        self.list.border_title = f"Testimonies{by}{context}{self.about_marks(hint=not context)}"
        self.search_bar.tell(self._count(), self._progress())
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
        if self._results is not None:
            return f"{self._results.total} of {total}"
        return f"{total} {'testimony' if total == 1 else 'testimonies'}"

    def _progress(self) -> float | None:
        if self.collection is None or not self._left_to_index:
            return None
        total = max(1, len(self.collection))
        return 1 - min(self._left_to_index, total) / total

    # --- keys that move the focus -----------------------------------------------------------

    @property
    def typing(self) -> bool:
        """Whether keys are words now; then they are no commands."""
        # A key may come before there is anything to type into.
        return self.focused is not None and self.focused is self.search_bar.words

    def action_pane(self, step: int) -> None:
        """Go to the next pane, or the one before; from the search bar to the list."""
        if self.typing:
            self.leave_search()
            return
        self.go_to(PANES[(PANES.index(self.pane) + step) % len(PANES)])

    @on(TestimonyList.Opened)
    def action_read(self) -> None:
        """Go from the search bar to the list, from the list to the account."""
        if self.typing:
            self.leave_search()
        elif self.focused is not self.list:
            raise SkipAction
        elif self.list.selected is not None:
            self.go_to("account")

    def action_leave_search(self) -> None:
        """Go from the search bar to the list."""
        if not self.typing:
            raise SkipAction
        self.leave_search()

    def action_back(self) -> None:
        """Step back by one."""
        if self._stop_looking() or self.stop_changing() or self.stop_writing():
            return
        if self.typing and self.search_bar.words.value:
            self.search_bar.clear()
            return
        if not self.typing and self.pane == "list" and self.unmark():
            return
        if self.zoomed and not self.typing:
            self.zoomed = False
        elif self.typing or self.pane != "list":
            self.go_to("list")
        elif self._query:
            self.clear_search()
            self.refill(keep=True)
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
                self.refill(keep=True)

        self.app.push_screen(ChoiceScreen("Sort by", ORDERS, self.sort), chosen)

    def action_reveal(self) -> None:
        """Show or mask what is private."""
        if self.collection is None:
            return
        private = not self.collection.private
        self.collection.reveal(private)
        self.forget_order()
        self.refill(keep=True)
        self._start_indexing()
        self.say(
            "What is private and sealed is shown now. v masks it again."
            if private
            else "What is private and sealed is masked again."
        )
