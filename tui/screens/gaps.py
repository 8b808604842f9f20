"""What is missing in the collection, kind by kind, and the way to the field that fills it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar, Final, Protocol, overload

from textual import getters, on
from textual.binding import Binding
from textual.containers import Container
from textual.message import Message
from textual.widgets import Footer, Static
from textual.worker import get_current_worker

from collection.dates import short
from collection.facts import sealed_lines
from collection.gaps import KINDS
from tui.screens.once import Once
from tui.text import many, one_line
from tui.widgets.column_list import ColumnList

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from textual.app import ComposeResult
    from textual.dom import DOMNode

    from collection import Collection
    from collection.access import Gated
    from collection.gaps import Gap

_ALL: Final = ""
"""Stands for all kinds together."""
_WHAT: Final = 22
"""Cells of what is missing, before the title."""

Found = dict[str, list["Gap"]]
"""The gaps of each testimony, in the order of the list."""


class Room(Protocol):
    """The main screen, as far as the gaps need it."""

    @property
    def gated(self) -> Callable[[str], Gated | None]:
        """Give a testimony as it may be seen."""

    def fill_in(self, id: str, field: str) -> None:
        """Open the form at a field."""

    def decide_names(self, id: str) -> None:
        """Ask what the places and themes of a testimony mean."""

    def action_undo(self) -> None:
        """Take the last change back."""

    def action_redo(self) -> None:
        """Make it again."""

    def action_reveal(self) -> None:
        """Show what is private, or mask it again."""


class GapsScreen(Once["str | None"]):
    """Goes through what is missing; gives back the testimony that is to be read."""

    HORIZONTAL_BREAKPOINTS = [(0, "-stacked"), (80, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-low"), (16, "-high")]  # noqa: RUF012

    BINDINGS: ClassVar = [
        Binding("enter", "fill_in", "Fill in", id="gaps.fill_in",
                tooltip="Open the form at the field that is missing; from the kinds, go on"),
        Binding("tab,l,right", "side(1)", "Next list", show=False, id="gaps.next", priority=True,
                tooltip="Go to the testimonies"),
        Binding("shift+tab,h,left", "side(0)", "List before", show=False, id="gaps.previous",
                priority=True, tooltip="Go to the kinds of what is missing"),
        Binding("p", "names", "Decide", id="gaps.names",
                tooltip="Decide what a place of the selected testimony means"),
        Binding("r", "read", "Read", id="gaps.read",
                tooltip="Go to the selected testimony in the reading room"),
        Binding("u", "undo", "Undo", id="gaps.undo", tooltip="Take the last change back"),
        Binding("ctrl+r", "redo", "Redo", show=False, id="gaps.redo",
                tooltip="Make the change again that was undone"),
        Binding("v", "reveal", "Reveal", show=False, id="gaps.reveal",
                tooltip="Show what is private or sealed, or mask it again"),
        Binding("escape,q", "back", "Back", id="gaps.back", key_display="Esc",
                tooltip="Go back to where you were"),
    ]  # fmt: skip

    DEFAULT_CSS = """
    GapsScreen {
        layout: vertical;
        #gaps-title { height: 1; padding: 0 1; background: $panel; }
        #gaps-title { text-wrap: nowrap; text-overflow: ellipsis; }
        #gaps-about { height: auto; max-height: 3; padding: 0 1; background: $surface; }
        #gaps-lists { height: 1fr; layout: horizontal; }
        ColumnList { border-top: solid $border-blurred; border-title-color: $text-muted; }
        ColumnList:focus { border-top: heavy $border; border-title-color: $text; }
        #gaps-kinds { width: 38; height: 1fr; }
        #gaps-rows { width: 1fr; height: 1fr; }
        &.-stacked #gaps-lists { layout: vertical; }
        &.-stacked #gaps-kinds { width: 1fr; height: 35%; min-height: 4; }
        &.-low #gaps-about { max-height: 1; }
    }
    """

    kinds = getters.query_one("#gaps-kinds", ColumnList)
    rows = getters.query_one("#gaps-rows", ColumnList)

    class Read(Message):
        """The worker has looked through the collection."""

        def __init__(self, found: Found, counts: Mapping[str, int]) -> None:
            super().__init__()
            self.found = found
            self.counts = counts
            """Testimonies by kind."""

    def __init__(self, collection: Collection, room: Room) -> None:
        """Take the collection, and the screen that changes it."""
        super().__init__()
        self._collection = collection
        self._room = room
        self._found: Found = {}
        self._kinds: list[str] = [_ALL]
        self._kind = _ALL
        self._ids: list[str] = []

    def compose(self) -> ComposeResult:
        """Put the kinds before the testimonies."""
        yield Static("", id="gaps-title", markup=False)
        with Container(id="gaps-lists"):
            yield ColumnList((6,), id="gaps-kinds")
            yield ColumnList((_WHAT,), id="gaps-rows")
        yield Static("", id="gaps-about", markup=False)
        yield Footer(show_command_palette=False, compact=True)

    def on_mount(self) -> None:
        """Begin to look."""
        self.kinds.border_title = "What is missing"
        self.rows.border_title = "Testimonies"
        self.rows.explain("Looking through the collection …")
        self.query_one("#gaps-title", Static).update("What is missing")
        self.kinds.focus()
        self.look()

    def help_nodes(self) -> Sequence[tuple[str, DOMNode]]:
        """Say whose keys the help is to list."""
        return [("Among what is missing", self), ("In every list", self.rows)]

    # --- looking, in a thread ----------------------------------------------------------------

    def look(self) -> None:
        """Look through the collection anew; something has changed."""
        self.run_worker(self._look, thread=True, group="gaps", exclusive=True)

    def _look(self) -> None:
        """Find the gaps; runs in a thread and touches no widget."""
        worker = get_current_worker()
        found: Found = {}
        counts = dict.fromkeys(KINDS, 0)
        for gap in self._collection.gaps():
            found.setdefault(gap.id, []).append(gap)
            counts[gap.kind] += 1
        if not worker.is_cancelled:
            self.post_message(self.Read(found, counts))

    @on(Read)
    def _was_read(self, event: Read) -> None:
        before, place = self._selected, self.rows.cursor
        self._found = event.found
        self._kinds = [_ALL, *(kind for kind, count in event.counts.items() if count)]
        counts = {_ALL: len(event.found)} | dict(event.counts)
        names = {_ALL: "All"} | KINDS
        if self._kind not in self._kinds:
            # The last of its kind was filled in.
            self._kind = _ALL
        lines = [(str(counts[kind]), names[kind]) for kind in self._kinds]
        self.kinds.fill(lines, self._kinds.index(self._kind))
        self._fill(before, place)
        self.rows.explain("Nothing is missing.", "Esc goes back.")
        told = ["What is missing", f"in {many(len(event.found))}"]
        if self._collection.private:
            told.append("SEALED AND PRIVATE SHOWN")
        self.query_one("#gaps-title", Static).update(" · ".join(told))

    # --- what is shown -----------------------------------------------------------------------

    @property
    def _selected(self) -> str | None:
        at = self.rows.cursor
        return self._ids[at] if at < len(self._ids) else None

    def _gaps_of(self, id: str) -> list[Gap]:
        gaps = self._found.get(id, [])
        return gaps if self._kind == _ALL else [gap for gap in gaps if gap.kind == self._kind]

    def _fill(self, select: str | None, place: int = 0) -> None:
        """List the testimonies of the kind; the one that was selected stays so, or the next."""
        self._ids = [id for id in self._found if self._gaps_of(id)]
        if select is not None and select in self._found and self._gaps_of(select):
            place = self._ids.index(select)
        self.rows.fill(_Lines(self._ids, self._line), place)

    def _line(self, id: str) -> tuple[str, str]:
        gated = self._room.gated(id)
        gaps = self._gaps_of(id)
        if gated is None or not gaps:
            return "", "(withdrawn)"
        testimony = gated.testimony
        if self._kind == _ALL:
            first, *more = (gap.label for gap in gaps)
            what = ", ".join([first, *(label[:1].lower() + label[1:] for label in more)])
        else:
            what = gaps[0].about or short(testimony.date)
        title = sealed_lines(gated)[0] if gated.sealed else testimony.title
        return what, title

    @on(ColumnList.Highlighted, "#gaps-kinds")
    def _other_kind(self) -> None:
        kind = self._kinds[self.kinds.cursor] if self.kinds.cursor < len(self._kinds) else _ALL
        if kind != self._kind:
            self._kind = kind
            self._fill(self._selected)

    @on(ColumnList.Highlighted, "#gaps-rows")
    def _tell_about(self) -> None:
        id = self._selected
        gaps = self._gaps_of(id) if id is not None else []
        told = " ".join(gap.sentence for gap in gaps)
        self.query_one("#gaps-about", Static).update(one_line(f"{id} · {told}" if told else ""))

    # --- keys --------------------------------------------------------------------------------

    def action_side(self, side: int) -> None:
        """Go to the kinds, or to the testimonies."""
        (self.rows if side else self.kinds).focus()

    @on(ColumnList.Opened)
    def action_fill_in(self) -> None:
        """Go from the kinds to the testimonies, from there to the field."""
        if self.kinds.has_focus:
            self.rows.focus()
            return
        id = self._selected
        gaps = self._gaps_of(id) if id is not None else []
        if id is not None and gaps:
            self._room.fill_in(id, gaps[0].field)

    def action_names(self) -> None:
        """Ask which of the testimony's places is meant."""
        if (id := self._selected) is not None:
            self._room.decide_names(id)

    def action_read(self) -> None:
        """Leave for the selected testimony."""
        self.dismiss(self._selected)

    def action_back(self) -> None:
        """Go back."""
        self.dismiss(None)

    def action_undo(self) -> None:
        """Take the last change back."""
        self._room.action_undo()

    def action_redo(self) -> None:
        """Make the change again that was undone."""
        self._room.action_redo()

    def action_reveal(self) -> None:
        """Show what is private, or mask it again."""
        self._room.action_reveal()


class _Lines(Sequence[Sequence[str]]):
    """Lines that are made when they come into view: there may be a hundred thousand."""

    def __init__(self, ids: Sequence[str], line: Callable[[str], Sequence[str]]) -> None:
        """Take the testimonies, and what makes the line of one."""
        self._ids = ids
        self._line = line

    def __len__(self) -> int:
        """Count the lines."""
        return len(self._ids)

    @overload
    def __getitem__(self, at: int) -> Sequence[str]: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Sequence[str]]: ...
    def __getitem__(self, at: int | slice) -> Sequence[str] | Sequence[Sequence[str]]:
        """Make a line."""
        if isinstance(at, slice):
            return [self._line(id) for id in self._ids[at]]
        return self._line(self._ids[at])
