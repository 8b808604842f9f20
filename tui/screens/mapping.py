"""How a table is read: which column is what, in which encoding; with its first rows in view."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, Final

import msgspec
from textual import getters, on
from textual.binding import Binding
from textual.message import Message
from textual.widgets import Footer, Static

from collection.errors import CannotSave
from collection.exchange.tables.mapping import remember
from collection.exchange.tables.tables import Table, inspect
from collection.exchange.tables.targets import EXTRA, LEFT_OUT, TARGETS
from tui.screens.once import Once
from tui.text import one_line, visible
from tui.widgets.column_list import ColumnList

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from textual.app import ComposeResult
    from textual.dom import DOMNode

    from collection.exchange.sources import Incoming

_LABELS: Final = {target.key: target.label for target in TARGETS}
_ENCODINGS: Final = {
    "": "find it out",
    "utf-8": "UTF-8",
    "utf-16": "UTF-16",
    "cp1252": "Western European (Windows 1252)",
    "cp1250": "Central European (Windows 1250)",
    "cp1251": "Cyrillic (Windows 1251)",
    "iso-8859-2": "Central European (ISO 8859-2)",
    "koi8-r": "Russian (KOI8-R)",
    "cp1255": "Hebrew (Windows 1255)",
    "mac-roman": "Macintosh",
}
_DELIMITERS: Final = {
    "": "find it out",
    ",": "comma ,",
    ";": "semicolon ;",
    "\t": "tab",
    "|": "bar |",
}
_COLUMN, _TARGET = 24, 36


class MappingScreen(Once["Incoming | None"]):
    """Gives back the file with how it is to be read; Esc gives nothing."""

    BINDINGS: ClassVar = [
        Binding("ctrl+s", "go_on", "Go on", key_display="^s", id="mapping.go_on",
                tooltip="Read the table like this; it is remembered for tables like it"),
        Binding("enter", "choose", "Take it for …", id="mapping.choose",
                tooltip="Choose what the column is"),
        Binding("x,delete", "leave_out", "Leave out", id="mapping.leave_out",
                tooltip="Leave the column out, or keep it among the further values"),
        Binding("right,l,n", "row(1)", "Next row", id="mapping.next_row", key_display="←→",
                tooltip="Show the values of the next row"),
        Binding("left,h,N", "row(-1)", "Row before", show=False, id="mapping.previous_row",
                tooltip="Show the values of the row before"),
        Binding("e", "encoding", "Encoding", id="mapping.encoding",
                tooltip="Say in which encoding the file is"),
        Binding("t", "delimiter", "Delimiter", show=False, id="mapping.delimiter",
                tooltip="Say what stands between the values of a line"),
        Binding("s", "sheet", "Sheet", show=False, id="mapping.sheet",
                tooltip="Choose another sheet of the workbook"),
        Binding("f", "transcripts", "Transcripts", id="mapping.transcripts",
                tooltip="Say in which folder the transcripts are that the table names"),
        Binding("escape,q", "dismiss(None)", "Cancel", id="mapping.cancel", key_display="Esc",
                tooltip="Take nothing in"),
    ]  # fmt: skip

    DEFAULT_CSS = """
    MappingScreen {
        layout: vertical;
        #mapping-title { height: 1; padding: 0 1; background: $panel; }
        #mapping-title { text-wrap: nowrap; text-overflow: ellipsis; }
        #mapping-how { height: auto; max-height: 2; padding: 0 1; color: $text-muted; }
        #mapping-value { height: auto; max-height: 6; padding: 0 1; background: $surface; }
        #mapping-problem { height: auto; max-height: 3; padding: 0 1; color: $text-error;
            text-style: bold; display: none; }
        #mapping-problem.-shown { display: block; }
        ColumnList { height: 1fr; border-top: solid $border-blurred;
            border-title-color: $text-muted; }
    }
    """

    columns = getters.query_one(ColumnList)

    class Inspected(Message):
        """The worker has looked at the table."""

        def __init__(self, source: Incoming, table: Table) -> None:
            super().__init__()
            self.source = source
            self.table = table

    class Failed(Message):
        """The worker could not read the file."""

        def __init__(self, problem: str) -> None:
            super().__init__()
            self.problem = problem

    def __init__(self, source: Incoming, memory: Path, table: Table | None = None) -> None:
        """Ask about a table.

        Args:
            source: the file.
            memory: where mappings are remembered.
            table: what was found out about it, if that was done.
        """
        super().__init__()
        self._memory = memory
        self._asks = table is None
        table = table or Table()
        self._source = source
        self._table = table
        self._mapping: dict[str, str] = dict(table.mapping)
        self._row = 0

    def compose(self) -> ComposeResult:
        """Put the columns between how the file is read and the value of the selected one."""
        yield Static("", id="mapping-title", markup=False)
        yield Static("", id="mapping-how", markup=False)
        yield ColumnList((_COLUMN, _TARGET))
        yield Static("", id="mapping-value", markup=False)
        yield Static("", id="mapping-problem", markup=False)
        yield Footer(show_command_palette=False, compact=True)

    def on_mount(self) -> None:
        """Begin with the first column."""
        self.columns.explain("There is no table in it.", "e: encoding · t: delimiter · s: sheet")
        self.columns.focus()
        self._show()
        if self._asks:
            self._start(self._source)

    def help_nodes(self) -> Sequence[tuple[str, DOMNode]]:
        """Say whose keys the help is to list."""
        return [("Of a table", self), ("In every list", self.columns)]

    # --- what is shown -----------------------------------------------------------------------

    def _show(self) -> None:
        table = self._table
        rows = f"row {self._row + 1} of the first {len(table.rows)}" if table.rows else "no rows"
        title = f"What the columns are · {self._source.path.name} · {rows}"
        self.query_one("#mapping-title", Static).update(one_line(title))
        self.query_one("#mapping-how", Static).update(one_line(" · ".join(self._how())))
        values = table.rows[self._row] if table.rows else [""] * len(table.columns)
        lines = [
            (column, self._label(column), value)
            for column, value in zip(table.columns, values, strict=True)
        ]
        self.columns.border_title = "Column · taken for · value"
        self.columns.fill(lines, self.columns.cursor)
        self._complain(table.problem.message if table.problem else self._missing())

    def _how(self) -> list[str]:
        table, reading = self._table, self._source.reading
        told = [table.profile or "not a table of a known kind"]
        if table.encoding:
            told.append(f"{table.encoding}{'' if reading.encoding else ' (found out)'}")
        if table.delimiter:
            name = _DELIMITERS.get(table.delimiter, table.delimiter)
            told.append(f"{name}{'' if reading.delimiter else ' (found out)'}")
        if table.sheet:
            told.append(f"sheet {table.sheet}")
        if table.header:
            told.append(f"header in line {table.header}")
        if reading.transcripts:
            told.append(f"transcripts in {reading.transcripts}")
        return told

    def _label(self, column: str) -> str:
        return _LABELS.get(self._mapping.get(column, EXTRA), self._mapping.get(column, EXTRA))

    def _missing(self) -> str:
        given = set(self._mapping.values())
        words = given & {"account", "description", "transcript"}
        if not words and not self._source.reading.transcripts:
            return "No column is the account yet: choose one, or f says where the transcripts are."
        if not given & {"title", "narrator.name", "date.text"}:
            return "No column is the title or the narrator yet, of which a title could be made."
        return ""

    def _complain(self, text: str) -> None:
        problem = self.query_one("#mapping-problem", Static)
        problem.update(one_line(text))
        problem.set_class(bool(text), "-shown")

    @on(ColumnList.Highlighted)
    def _tell_value(self) -> None:
        column = self._selected
        if column is None:
            self.query_one("#mapping-value", Static).update("")
            return
        at = self.columns.cursor
        value = self._table.rows[self._row][at] if self._table.rows else ""
        self.query_one("#mapping-value", Static).update(visible(f"{column}: {value}"))

    @property
    def _selected(self) -> str | None:
        at = self.columns.cursor
        return self._table.columns[at] if at < len(self._table.columns) else None

    # --- keys --------------------------------------------------------------------------------

    def action_row(self, step: int) -> None:
        """Show another of the first rows."""
        self._row = max(0, min(self._row + step, len(self._table.rows) - 1))
        self._show()

    @on(ColumnList.Opened)
    def action_choose(self) -> None:
        """Choose what the column is."""
        column = self._selected
        if column is None:
            return
        from tui.screens.pick import PickScreen

        def sift(words: str) -> list[tuple[str, str]]:
            wanted = words.casefold().split()
            found = [
                (target.key or " ", target.label)
                for target in TARGETS
                if all(word in f"{target.label} {target.key}".casefold() for word in wanted)
            ]
            # What begins as it is typed comes first.
            first = words.casefold().strip()
            return sorted(found, key=lambda one: not one[1].casefold().startswith(first))

        def chosen(keys: Sequence[str] | None) -> None:
            if keys:
                self._take(column, keys[0].strip())

        self.app.push_screen(PickScreen(f"What is “{one_line(column)}”?", sift), chosen)

    def action_leave_out(self) -> None:
        """Leave the column out, or keep it after all."""
        if (column := self._selected) is not None:
            gone = self._mapping.get(column) == LEFT_OUT
            self._take(column, EXTRA if gone else LEFT_OUT)

    def _take(self, column: str, key: str) -> None:
        several = next(target.several for target in TARGETS if target.key == key)
        if not several:
            for other, taken in self._mapping.items():
                if taken == key and other != column:
                    self._mapping[other] = EXTRA
        self._mapping[column] = key
        self._show()

    def action_encoding(self) -> None:
        """Say in which encoding the file is."""
        self._ask("In which encoding is it?", _ENCODINGS, "encoding")

    def action_delimiter(self) -> None:
        """Say what stands between the values of a line."""
        self._ask("What stands between the values of a line?", _DELIMITERS, "delimiter")

    def action_sheet(self) -> None:
        """Choose another sheet."""
        if len(self._table.sheets) < 2:
            self._complain("There is no other sheet.")
            return
        sheets = {name: one_line(name) for name in self._table.sheets}
        self._ask("Which sheet?", sheets, "sheet")

    def _ask(self, question: str, choices: Mapping[str, str], key: str) -> None:
        from tui.screens.choice import ChoiceScreen

        def chosen(answer: str | None) -> None:
            if answer is not None:
                self._read_anew(**{key: answer})

        now = getattr(self._source.reading, key) or getattr(self._table, key)
        self.app.push_screen(ChoiceScreen(question, choices, now), chosen)

    def action_transcripts(self) -> None:
        """Say in which folder the transcripts are."""
        from tui.screens.path import PathScreen

        def chosen(path: Path | None) -> None:
            if path is None:
                return
            if not path.is_dir():
                self._complain(f"{path} is no folder.")
                return
            self._read_anew(transcripts=path)

        start = f"{self._source.path.parent}/"
        hint = "The folder. Each transcript is called as its row's id, or as the table says."
        self.app.push_screen(PathScreen("Transcripts in", hint, start, (), folders=True), chosen)

    def _read_anew(self, **how: Any) -> None:
        reading = msgspec.structs.replace(self._source.reading, mapping=None, **how)
        self._start(msgspec.structs.replace(self._source, reading=reading))

    def _start(self, source: Incoming) -> None:
        job = partial(self._inspect, source)
        self.run_worker(job, thread=True, group="inspect", exclusive=True)

    def _inspect(self, source: Incoming) -> None:
        """Look at the table anew; runs in a thread and touches no widget."""
        try:
            table = inspect(source.path, source.format, source.reading)
        except OSError as error:
            self.post_message(self.Failed(error.strerror or "it cannot be read"))
        else:
            self.post_message(self.Inspected(source, table))

    @on(Inspected)
    def _inspected(self, event: Inspected) -> None:
        kept = self._mapping if event.table.columns == self._table.columns else {}
        self._source, self._table, self._row = event.source, event.table, 0
        self._mapping = dict(event.table.mapping) | kept
        self._show()

    @on(Failed)
    def _failed(self, event: Failed) -> None:
        self._complain(f"{self._source.path.name} could not be read ({event.problem}).")

    def action_go_on(self) -> None:
        """Read the table like this."""
        if self._table.problem or not self._table.columns:
            self._complain("It cannot be read like this yet; see what is said above.")
            return
        if problem := self._missing():
            self._complain(problem)
            return
        try:
            remember(self._memory, self._table.columns, self._mapping)
        except CannotSave as error:
            self.app.notify(one_line(str(error)), markup=False, severity="warning")
        reading = msgspec.structs.replace(self._source.reading, mapping=self._mapping)
        self.dismiss(msgspec.structs.replace(self._source, reading=reading))
