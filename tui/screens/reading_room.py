"""The main screen: search bar, list, account and context."""

from __future__ import annotations

import threading
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual import getters, on
from textual.actions import SkipAction
from textual.binding import Binding
from textual.containers import Container
from textual.reactive import var
from textual.widgets import Footer, Static

from collection.errors import NotFound
from tui import background
from tui.facts import facts, notices
from tui.rows import row_of
from tui.screens.keeping import Keeping
from tui.widgets.context_pane import ContextPane
from tui.widgets.reader import Reader
from tui.widgets.search_bar import SearchBar
from tui.widgets.splitter import Splitter
from tui.widgets.testimony_list import Row, TestimonyList

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from textual.app import ComposeResult
    from textual.events import DescendantFocus, Resize

    from collection.access import Gated
    from collection.results import Results
    from tui.settings import Settings

_PREVIEW = 60
"""Testimonies shown before the collection has been read: a tall screenful."""
_PANES = ("list", "account", "context")
_STEP = 4
"""Percent that one key press gives to a pane."""
_LOOK_AHEAD = 500
"""Testimonies that `n` looks through for the next hit."""


class ReadingRoom(Keeping):
    """Browse, search and read."""

    HORIZONTAL_BREAKPOINTS = [(0, "-single"), (60, "-stacked"), (100, "-wide")]  # noqa: RUF012

    BINDINGS: ClassVar = [
        Binding("n", "hit(1)", "Next hit", show=False, id="hit.next",
                tooltip="Go to the next hit, in the next testimony too"),
        Binding("N", "hit(-1)", "Previous hit", show=False, id="hit.previous",
                tooltip="Go to the hit before"),
        Binding("s", "sort", "Sort", id="sort", tooltip="Choose the order of the list"),
        Binding("z", "zoom", "Zoom", show=False, id="zoom",
                tooltip="Give the whole window to this pane, or give it back"),
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
        Binding("greater_than_sign", "widen(1)", "Widen", show=False, key_display=">",
                id="pane.widen", tooltip="Give this pane more room"),
        Binding("less_than_sign", "widen(-1)", "Narrow", show=False, key_display="<",
                id="pane.narrow", tooltip="Give this pane less room"),
        Binding("escape", "back", "Back", show=False, id="back", priority=True,
                tooltip="Step back: leave the zoom, the account, the search"),
    ]  # fmt: skip

    list = getters.query_one("#list", TestimonyList)
    reader = getters.query_one("#account", Reader)
    context = getters.query_one("#context", ContextPane)
    search_bar = getters.query_one(SearchBar)

    sort: var[str] = var("given", init=False)
    """The order of the list when nothing is searched for."""
    zoomed: var[bool] = var(False, init=False)
    """Whether one pane has the whole window."""

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
        super().__init__(path, settings, scratch=scratch)
        self._adding = adding
        self._preview: dict[str, Gated] = {}
        self._ordered: Sequence[str] | None = None
        self._results: Results | None = None
        self._query = ""
        self._shown: tuple[str | None, int, bool] | None = None
        self._left_to_index = 0
        self._stop_watching = threading.Event()
        self._opening_error = ""

    @property
    def could_not_open(self) -> bool:
        """Whether the collection could not be opened."""
        return bool(self._opening_error)

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
        self._lay_out()
        self.list.focus()
        self._start_opening(self.path)

    def on_unmount(self) -> None:
        """End the watch, so that its thread does not outlive the screen."""
        self._stop_watching.set()

    def _start_opening(self, path: Path) -> None:
        from collection import Collection

        self.path = path
        self.collection = None
        self._stop_watching.set()
        self._opening_error = ""
        self._results = self._ordered = None
        seen = Collection.preview(path, _PREVIEW) if self.sort == "given" else []
        self._preview = {gated.testimony.id: gated for gated in seen}
        self.list.explain("Opening the collection …")
        self.list.fill([*self._preview])
        self._show_selected()
        self._tell()
        self.run_worker(
            partial(background.open_collection, path, self.post_message, read_only=False),
            thread=True,
            group="open",
            exclusive=True,
        )

    @on(background.CollectionOpened)
    def _opened(self, event: background.CollectionOpened) -> None:
        if event.collection.path != self.path.resolve():
            return
        selected = self.list.selected
        self.collection = collection = event.collection
        self._preview = {}
        self._stop_watching = threading.Event()
        self._start_indexing()
        self.run_worker(
            partial(background.watch, collection, self.post_message, self._stop_watching),
            thread=True,
            group="watch",
            exclusive=True,
        )
        if not self.scratch:
            self.settings.remember_collection(self.path.resolve())
        self.refill(select=selected)
        if collection.problems:
            self.warn(
                f"{len(collection.problems)} entries of the file could not be read. They stay "
                f"in it; firsthand check tells more."
            )
        if self._adding:
            self._adding = False
            self.action_add()

    @on(background.OpeningFailed)
    def _opening_failed(self, event: background.OpeningFailed) -> None:
        if event.path != self.path:
            return
        self._opening_error = event.error
        self._preview = {}
        self.list.fill(())
        self.list.explain(event.error, "o opens or creates another collection, q quits.")
        self._show_selected()
        self._tell()

    def _start_indexing(self) -> None:
        if self.collection is None:
            return
        self._left_to_index = len(self.collection)
        self.run_worker(
            partial(background.index, self.collection, self.post_message),
            thread=True,
            group="index",
            exclusive=True,
        )

    @on(background.IndexProgress)
    def _indexed(self, event: background.IndexProgress) -> None:
        if event.collection is not self.collection:
            return
        self._left_to_index = event.left
        if self._results is not None and self._results.partial:
            self.refill(select=self.list.selected)
        self._tell()

    @on(background.ChangedElsewhere)
    def _changed_elsewhere(self, event: background.ChangedElsewhere) -> None:
        if event.problem:
            self.warn(f"{event.problem} What is on screen is what was read before.")
            return
        self.forget_order()
        self.refill(select=self.list.selected)
        self._start_indexing()

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
        self._show_selected()
        self._tell()

    @on(background.ListOrdered)
    def _list_ordered(self, event: background.ListOrdered) -> None:
        if event.order == self.sort and self._results is None:
            self._ordered = event.ids
            self.list.fill(event.ids, select=self.list.selected)
            self._show_selected()

    @on(TestimonyList.Highlighted)
    def _highlighted(self) -> None:
        # While a key is held down only the last of the rows passed is read.
        self.call_later(self._show_selected)

    def _show_selected(self) -> None:
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
        last = len(ids) - 1 if step > 0 else 0
        for _ in range(_LOOK_AHEAD):
            if place == last:
                end = "last" if step > 0 else "first"
                self.say(f"This was the {end} hit.")
                return
            place += step
            gated = self.gated(ids[place])
            if gated and self._results.marks(gated.testimony.account, "account"):
                self.list.cursor = place
                self._show_selected()
                self.reader.go_to_hit(0 if step > 0 else self.reader.hit_count - 1)
                return
        self.say(f"No account among the next {_LOOK_AHEAD} holds a hit.")

    @on(Reader.HitMoved)
    @on(Reader.Scrolled)
    def _tell_place(self) -> None:
        reader = self.reader
        told = ["Account"]
        if reader.hit_count:
            told.append(f"hit {reader.hit_index + 1} of {reader.hit_count}")
        if self.list.selected is not None:
            told.append(f"{reader.percent} %")
        reader.border_title = " · ".join(told)

    # --- saying how things stand -------------------------------------------------------------

    @property
    def _is_private(self) -> bool:
        return self.collection is not None and self.collection.private

    def _tell(self) -> None:
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
                told.append("PRIVATE PARTS SHOWN")
            if self.busy:
                told.append(self.busy)
        self.query_one("#title-bar", Static).update(" · ".join(told))
        self.search_bar.tell(self._count())
        hints = [*results.problems] if results else []
        if results and results.dropped:
            hints.append(f"Left out, as nothing matches with it: {', '.join(results.dropped)}.")
        hint = self.query_one("#hint", Static)
        hint.update(" ".join(hints))
        hint.set_class(bool(hints), "-told")

    tell = _tell

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

    # --- panes -------------------------------------------------------------------------------

    @property
    def _pane(self) -> str:
        for name in _PANES:
            if self.has_class(f"-at-{name}"):
                return name
        return "list"

    def _go_to(self, pane: str) -> None:
        # In a narrow window only one pane is displayed, and only that can have the focus.
        for name in _PANES:
            self.set_class(name == pane, f"-at-{name}")
        self.set_focus(self.query_one(f"#{pane}"), scroll_visible=False)

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """Remember which pane is in use."""
        if event.widget.id in _PANES:
            for name in _PANES:
                self.set_class(name == event.widget.id, f"-at-{name}")

    def action_pane(self, step: int) -> None:
        """Go to the next pane, or the one before; from the search bar to the list."""
        if self.typing:
            self._go_to("list")
            return
        self._go_to(_PANES[(_PANES.index(self._pane) + step) % len(_PANES)])

    @property
    def typing(self) -> bool:
        """Whether keys are words now; then they are no commands."""
        return self.focused is self.search_bar.words

    @on(TestimonyList.Opened)
    def action_read(self) -> None:
        """Go from the search bar to the list, from the list to the account."""
        if self.typing:
            self._go_to("list")
        elif self.focused is not self.list:
            raise SkipAction
        elif self.list.selected is not None:
            self._go_to("account")

    def action_leave_search(self) -> None:
        """Go from the search bar to the list."""
        if not self.typing:
            raise SkipAction
        self._go_to("list")

    def action_back(self) -> None:
        """Step back by one."""
        if self.typing and self.search_bar.words.value:
            self.search_bar.clear()
            return
        if self.zoomed and not self.typing:
            self.zoomed = False
        elif self.typing or self._pane != "list":
            self._go_to("list")
        elif self._query:
            selected = self.list.selected
            self.clear_search()
            self.refill(select=selected)
        self._go_to("list")

    def action_zoom(self) -> None:
        """Give the window to one pane, or give it back."""
        self.zoomed = not self.zoomed

    def watch_zoomed(self, zoomed: bool) -> None:
        """Show one pane or all."""
        self.set_class(zoomed, "-zoomed")

    def action_widen(self, step: int) -> None:
        """Give the pane in use more or less room."""
        key = "splits" if self.has_class("-wide") else "heights"
        first, last = self.settings[key]
        if self._pane == "list":
            first += step * _STEP
        elif self._pane == "context":
            last += step * _STEP
        else:
            first, last = first - step * _STEP // 2, last - step * _STEP // 2
        self._split(key, first, last)

    @on(Splitter.Dragged)
    def _dragged(self, event: Splitter.Dragged) -> None:
        first, last = self.settings["splits"]
        width = max(1, self.size.width)
        if event.splitter.id == "split-list":
            first = round(100 * event.column / width)
        else:
            last = round(100 * (width - event.column - 1) / width)
        self._split("splits", first, last)

    def _split(self, key: str, first: int, last: int) -> None:
        first, last = max(10, min(first, 75)), max(10, min(last, 75))
        if first + last <= 85:
            self.settings.remember(key, [first, last])
            self._lay_out()

    def _lay_out(self) -> None:
        settings = self.settings
        for pane, width, height in zip(
            (self.list, self.context), settings["splits"], settings["heights"], strict=True
        ):
            pane.styles.width = f"{width}%"
            pane.styles.height = f"{height}%"

    def on_resize(self, event: Resize) -> None:  # noqa: ARG002
        """Keep the selected row and the pane in use in view."""
        self.call_after_refresh(self._go_to_again)

    def _go_to_again(self) -> None:
        focused = self.focused
        if focused is None or not focused.display:
            self._go_to(self._pane)

    # --- sorting and revealing ---------------------------------------------------------------

    def action_sort(self) -> None:
        """Choose the order of the list."""
        from collection.ordering import ORDERS
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
