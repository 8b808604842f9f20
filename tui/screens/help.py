"""The help screen, made from the key bindings themselves, so that it cannot be wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding

from tui.screens.once import Asking
from tui.widgets.reader import Reader

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.app import ComposeResult

Command = tuple[str, str]
"""The keys of a command as they are shown, and what it does."""
Group = tuple[str, "Sequence[Command]"]
"""Where commands work, and the commands."""


class HelpScreen(Asking[None]):
    """Every key, by where it works."""

    BINDINGS: ClassVar = [
        Binding("escape,q,question_mark,f1", "dismiss(None)", "Close", id="help.close"),
    ]

    DEFAULT_CSS = """
    HelpScreen {
        align: center middle;
        Reader {
            width: 78; max-width: 100%; height: auto; max-height: 100%; min-height: 100%;
            background: $surface; border: round $border; padding: 0 1;
            .help--keys { color: $text-accent; text-style: bold; }
        }
    }
    """

    def __init__(self, groups: Iterable[Group], notes: Sequence[str] = ()) -> None:
        """Take the commands.

        Args:
            groups: commands by where they work.
            notes: lines that stand above the keys.
        """
        super().__init__()
        self._groups = list(groups)
        self._notes = notes

    def compose(self) -> ComposeResult:
        """Show the keys in a reader, which scrolls like every account."""
        yield Reader(id="help", measure=0, bidi="off")

    def on_mount(self) -> None:
        """Write the page."""
        reader = self.query_one(Reader)
        reader.border_title = "Help"
        lines: list[str | tuple[str, str]] = [*self._notes, ""]
        for where, commands in self._groups:
            lines.append((where, "reader--heading"))
            lines += [f"  {keys:<14} {what}" for keys, what in commands]
            lines.append("")
        reader.show("", heading=lines)
        reader.focus()
