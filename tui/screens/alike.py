"""A screen that shows which testimonies an entry nearly equals, before it is saved."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Button, Static

from tui.screens.once import Asking
from tui.widgets.column_list import ColumnList
from tui.widgets.reader import Reader

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from collection import Collection
    from collection.alike import Alike


class AlikeScreen(Asking[bool]):
    """Asks whether to save all the same; not saving is where one starts."""

    BINDINGS: ClassVar = [
        Binding("escape,n", "dismiss(False)", "Keep editing", id="alike.no",
                tooltip="Go back to the form; nothing is saved"),
        Binding("ctrl+s,y", "dismiss(True)", "Save all the same", id="alike.yes",
                tooltip="Save the entry beside what it nearly equals"),
    ]  # fmt: skip

    DEFAULT_CSS = """
    AlikeScreen {
        align: center middle;
        & > Vertical {
            width: 100; max-width: 100%; height: 30; max-height: 100%;
            background: $surface; border: round $border; padding: 0 1;
        }
        #alike-title { height: auto; text-style: bold; }
        ColumnList { height: auto; max-height: 5; background: $surface; }
        Reader { height: 1fr; border-top: solid $border; background: $surface; }
        Horizontal { height: 1; align-horizontal: right; }
        Button { min-width: 8; margin-left: 1; }
    }
    """

    def __init__(self, collection: Collection, found: Sequence[Alike], *, bidi: str) -> None:
        """Take what was found.

        Args:
            collection: where it was found.
            found: what the entry nearly equals, most alike first.
            bidi: how right-to-left text is ordered; see the settings.
        """
        super().__init__()
        self._collection = collection
        self._found = found
        self._bidi = bidi

    def compose(self) -> ComposeResult:
        """Put the accounts below the list, and the answers below both."""
        many = f"{len(self._found)} testimonies" if len(self._found) > 1 else "a testimony"
        with Vertical():
            yield Static(
                Content(f"Nothing is saved yet: the entry nearly equals {many} here."),
                id="alike-title",
            )
            yield ColumnList([24, 16], id="alike-list")
            yield Reader(id="alike-account", measure=0, bidi=self._bidi)
            with Horizontal():
                yield Button(Content("Keep editing"), id="alike-no", compact=True)
                yield Button(Content("Save all the same (^s)"), id="alike-yes", compact=True)

    def on_mount(self) -> None:
        """Show what was found."""
        names = self.query_one(ColumnList)
        names.fill([self._line(one) for one in self._found])
        names.focus()

    def _line(self, one: Alike) -> tuple[str, str, str]:
        seen = self._collection.view(one.id).testimony
        who = f"{seen.narrator.name} — {seen.title}" if seen.narrator.name else seen.title
        return one.why, seen.date.text, who

    @on(ColumnList.Highlighted)
    def _show(self) -> None:
        one = self._found[self.query_one(ColumnList).cursor]
        seen = self._collection.view(one.id).testimony
        told = f"{one.id} · {seen.title}"
        self.query_one(Reader).show(seen.account, heading=[(told, "reader--heading"), ""])

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        event.stop()
        self.dismiss(event.button.id == "alike-yes")
