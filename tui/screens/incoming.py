"""What files would bring in, row by row, before anything is saved."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from textual import getters, on
from textual.binding import Binding
from textual.containers import Container
from textual.widgets import Footer, Static

from collection.exchange.incoming import CHANGED, REFUSED, WAITING
from collection.exchange.reporting import refused
from tui.screens.incoming_rows import KINDS, READY, Rows
from tui.screens.incoming_seen import Seen
from tui.screens.incoming_work import Done, ImportWork
from tui.text import one_line
from tui.widgets.column_list import ColumnList

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from textual.app import ComposeResult
    from textual.dom import DOMNode

    from collection.collection import Collection
    from collection.exchange.sources import Incoming
    from collection.testimony import Testimony

_OPENED: Final = (WAITING, REFUSED, READY)
"""What asks for a look comes first, and is what Enter is for."""


class ImportScreen(ImportWork):
    """Goes through what would come in; gives back what came of it, or none."""

    HORIZONTAL_BREAKPOINTS = [(0, "-stacked"), (80, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-low"), (16, "-high")]  # noqa: RUF012

    BINDINGS: ClassVar = [
        Binding("ctrl+s", "take_in", "Take in", key_display="^s", id="import.take_in",
                tooltip="Take in everything that is ready, in one step; u takes it back"),
        Binding("enter", "open", "Look at", id="import.open",
                tooltip="Look at the row in the form, or mend it; from the kinds, go on"),
        Binding("space", "leave_out", "Leave out", id="import.leave_out",
                tooltip="Leave the row out, or take it again"),
        Binding("c", "update", "Take changes", id="import.update",
                tooltip="Take over what differs from what is here, or leave it as it is"),
        Binding("r", "again", "Read again", show=False, id="import.again",
                tooltip="Read the files again, as after mending them"),
        Binding("tab,l,right", "side(1)", "Next list", show=False, id="import.next",
                tooltip="Go to the rows"),
        Binding("shift+tab,h,left", "side(0)", "List before", show=False, id="import.previous",
                tooltip="Go to the kinds"),
        Binding("m", "mapping", "Columns", show=False, id="import.mapping",
                tooltip="Say what the columns of a table are, and how it is read"),
        Binding("escape,q", "back", "Cancel", id="import.cancel", key_display="Esc",
                tooltip="Stop, or go back without taking anything in"),
    ]  # fmt: skip

    DEFAULT_CSS = """
    ImportScreen {
        layout: vertical;
        #import-title { height: 1; padding: 0 1; background: $panel; }
        #import-title { text-wrap: nowrap; text-overflow: ellipsis; }
        #import-about { height: auto; max-height: 5; padding: 0 1; background: $surface; }
        #import-said { height: auto; max-height: 3; padding: 0 1; display: none; }
        #import-said { text-style: bold; background: $surface; }
        #import-said.-shown { display: block; }
        #import-lists { height: 1fr; layout: horizontal; }
        ColumnList { border-top: solid $border-blurred; border-title-color: $text-muted; }
        ColumnList:focus { border-top: heavy $border; border-title-color: $text; }
        #import-kinds { width: 36; height: 1fr; }
        #import-rows { width: 1fr; height: 1fr; }
        &.-stacked #import-lists { layout: vertical; }
        &.-stacked #import-kinds { width: 1fr; height: 35%; min-height: 4; }
        &.-low #import-about { max-height: 2; }
    }
    """

    kinds = getters.query_one("#import-kinds", ColumnList)
    rows = getters.query_one("#import-rows", ColumnList)

    def __init__(self, collection: Collection, sources: Sequence[Incoming], mappings: Path) -> None:
        """Take the files.

        Args:
            collection: where they are to be taken in.
            sources: the files, with how they are to be read.
            mappings: where the mappings of tables are remembered.
        """
        super().__init__(collection, sources)
        self._mappings = mappings
        self._known = Rows()
        self._looked = False
        self._writing = False
        self._said_of: int | None = None
        self._kind = ""
        self._kinds: list[str] = []
        self._numbers: list[int] = []

    def compose(self) -> ComposeResult:
        """Put what becomes of rows before the rows."""
        yield Static("", id="import-title", markup=False)
        with Container(id="import-lists"):
            yield ColumnList((7,), id="import-kinds")
            yield ColumnList((10,), id="import-rows")
        yield Static("", id="import-about", markup=False)
        yield Static("", id="import-said", markup=False)
        yield Footer(show_command_palette=False, compact=True)

    def on_mount(self) -> None:
        """Begin to look."""
        self.kinds.border_title = "What becomes of the rows"
        self.rows.border_title = "Rows"
        self.kinds.focus()
        self.action_again()

    def help_nodes(self) -> Sequence[tuple[str, DOMNode]]:
        """Say whose keys the help is to list."""
        return [("Before an import", self), ("In every list", self.rows)]

    # --- what the threads tell ---------------------------------------------------------------

    def action_again(self) -> None:
        """Read the files, from the beginning."""
        if self._writing:
            return
        self._looked = False
        self._known.forget()
        self._show()
        self.rows.explain("Reading …", "Nothing is taken in before you have seen what there is.")
        self.run_worker(
            partial(self._look, self._known), thread=True, group="import", exclusive=True
        )

    @on(ImportWork.Progressed)
    def _progressed(self, event: ImportWork.Progressed) -> None:
        verb = "Taking in" if self._writing else "Reading"
        self._say(f"{verb}: {event.count} rows. Esc stops.")

    @on(ImportWork.Looked)
    def _was_looked_at(self, event: ImportWork.Looked) -> None:
        self._looked, self._known = True, event.rows
        self._say("")
        self._kind = next(iter(self._known.kinds()), "")
        self._show()
        self.rows.explain("There is nothing in it.", "Esc goes back.")
        if self._kind in _OPENED:
            self.rows.focus()

    @on(ImportWork.Failed)
    def _failed(self, event: ImportWork.Failed) -> None:
        self._writing = False
        for verdict in event.refused:
            self._known.refuse(verdict)
        self._show()
        said = [event.problem, *(refused(one) for v in event.refused for one in v.problems)]
        self._say(" ".join(said))
        if not self._looked:
            self.rows.explain(one_line(event.problem), "r reads again, Esc goes back.")

    @on(Done)
    def _done(self, event: Done) -> None:
        event.stop()
        self._known.discard_drafts()
        self.dismiss(event)

    # --- what is shown -----------------------------------------------------------------------

    @property
    def _selected(self) -> int | None:
        at = self.rows.cursor
        return self._numbers[at] if at < len(self._numbers) else None

    def _show(self, select: int | None = None) -> None:
        """Fill the lists; the selected row stays so, or that which takes its place."""
        counts, place = self._known.kinds(), self.rows.cursor
        self._kinds = list(counts)
        if self._kind not in counts:
            self._kind = next(iter(counts), "")
        lines = [(str(counts[kind]), KINDS[kind]) for kind in self._kinds]
        at = self._kinds.index(self._kind) if self._kind else 0
        self.kinds.fill(lines, at)
        self._fill(select, place)
        name = self._sources[0].path.name if len(self._sources) == 1 else ""
        said = [f"Import from {name or f'{len(self._sources)} files'}"]
        if self._looked:
            said.append(f"{self._known.entering} to be taken in")
        if self._known.update and counts.get(CHANGED):
            said.append("changes are taken over")
        self.query_one("#import-title", Static).update(one_line(" · ".join(said)))

    def _fill(self, select: int | None = None, place: int = 0) -> None:
        self._numbers = self._known.of(self._kind) if self._kind else []
        if select in self._numbers:
            place = self._numbers.index(select)
        seen = self._seen
        lines = [(str(number), seen.line(number)) for number in self._numbers]
        self.rows.fill(lines, max(0, min(place, len(lines) - 1)))
        more = self._known.kinds().get(self._kind, 0) - len(lines) if self._kind else 0
        self.rows.border_title = f"Rows · {more} more are not listed" if more else "Rows"
        self._tell_about()

    @property
    def _seen(self) -> Seen:
        return Seen(self._collection, self._known, files=len(self._sources) > 1)

    @on(ColumnList.Highlighted, "#import-kinds")
    def _other_kind(self) -> None:
        kind = self._kinds[self.kinds.cursor] if self.kinds.cursor < len(self._kinds) else ""
        if kind != self._kind:
            self._kind = kind
            self._fill()

    @on(ColumnList.Highlighted, "#import-rows")
    def _tell_about(self) -> None:
        number = self._selected
        if number != self._said_of:
            self._say("")
        if number is None:
            self.query_one("#import-about", Static).update("")
            return
        self.query_one("#import-about", Static).update(one_line(self._seen.about(number)))

    # --- keys --------------------------------------------------------------------------------

    def action_side(self, side: int) -> None:
        """Go to the kinds, or to the rows."""
        self._say("")
        (self.rows if side else self.kinds).focus()

    @on(ColumnList.Opened)
    def action_open(self) -> None:
        """Go from the kinds to the rows, from there to the form."""
        self._say("")
        if self.kinds.has_focus and self._numbers:
            self.rows.focus()
            return
        number = self._selected
        if number is None or self._writing or not self._looked:
            return
        verdict = self._known.verdict(number)
        nothing = verdict.raw is None and verdict.beside is None
        if nothing and self._known.mended(number) is None:
            self._say("There is nothing to look at: this one is here already, or holds nothing.")
            return
        if not self._seen.is_withheld(number):
            self._open_form(number)
            return
        from tui.screens.confirm import ConfirmScreen

        def answered(show: bool | None) -> None:
            if show:
                self._open_form(number)

        question = "The form shows what is private or sealed in this testimony. Open it?"
        self.app.push_screen(ConfirmScreen(question, "Show and edit", "Cancel"), answered)

    def _open_form(self, number: int) -> None:
        from tui.screens.form_incoming import IncomingForm

        mended, meant = self._known.mended(number), self._known.meant(number)
        form = IncomingForm(self._collection, self._known.verdict(number), mended, meant)

        def closed(record: Testimony | None) -> None:
            if record is not None:
                self._known.mend(number, record, form.meant, form.kept_draft)
                self._show(self._next_after(number))
                self._say("Ready; ^s takes it in with the rest.")

        self.app.push_screen(form, closed)

    @property
    def unsaved(self) -> bool:
        """Whether the user has put work into it that is not taken in."""
        return self._known.has_work and not self._writing

    def on_unmount(self) -> None:
        """Let go of the drafts; what was not taken in is offered again."""
        self._known.leave_drafts()

    def _next_after(self, number: int) -> int | None:
        later = [one for one in self._known.of(self._kind) if one > number] if self._kind else []
        return later[0] if later else None

    def _say(self, text: str) -> None:
        """Say what was just done, until something else is."""
        self._said_of = self._selected
        said = self.query_one("#import-said", Static)
        said.update(one_line(text))
        said.set_class(bool(text), "-shown")

    def action_leave_out(self) -> None:
        """Leave the row out, or take it again."""
        number = self._selected
        if number is None or self._writing:
            return
        gone = self._known.leave_out(number)
        self._show(self._next_after(number))
        self._say("Left out." if gone else "Taken again.")

    def action_mapping(self) -> None:
        """Say how the table is read that the selected row is from."""
        from collection.exchange.tables.tables import TABLES
        from tui.screens.mapping import MappingScreen

        number = self._selected
        file = self._known.verdict(number).where.file if number is not None else ""
        tables = [n for n, one in enumerate(self._sources) if one.format in TABLES]
        tables.sort(key=lambda n: self._sources[n].path.name != file)
        if self._writing or not tables:
            self._say("There is no table in it whose columns could be mapped.")
            return

        def mapped(source: Incoming | None) -> None:
            if source is not None:
                self._sources[tables[0]] = source
                self._known.let_go()
                self.action_again()

        if self._known.has_work:
            self._say("Take in what you mended first, or leave: other columns make other rows.")
            return
        self.app.push_screen(MappingScreen(self._sources[tables[0]], self._mappings), mapped)

    def action_update(self) -> None:
        """Take over what differs, or leave it as it is."""
        self._known.update = not self._known.update
        self._show(self._selected)
        over = (
            "What differs is taken over." if self._known.update else "What differs stays as it is."
        )
        self._say(over)

    def action_take_in(self) -> None:
        """Take in what is ready."""
        if self._writing or not self._looked:
            return
        if not self._known.entering:
            waits = self._known.kinds().get(WAITING)
            self._say(
                "Nothing is ready yet: Enter opens what is to be looked at."
                if waits
                else "There is nothing to take in."
            )
            return
        self._writing = True
        self._say("Taking in …")
        self.run_worker(partial(self._take_in, self._known), thread=True, group="import")

    def action_back(self) -> None:
        """Stop what is going on, or go back without taking anything in."""
        if self._writing:
            self.workers.cancel_group(self, "import")
            return
        if not self._known.has_work:
            self._leave()
            return
        from tui.screens.confirm import ConfirmScreen

        def answered(leave: bool | None) -> None:
            if leave:
                self._known.discard_drafts()
                self._leave()

        question = "What you mended and looked at has not been taken in. Throw it away?"
        self.app.push_screen(ConfirmScreen(question, "Throw away", "Go on"), answered)

    def _leave(self) -> None:
        self.workers.cancel_group(self, "import")
        self.dismiss(None)
