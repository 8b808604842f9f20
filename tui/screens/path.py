"""A screen that asks for a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from tui.screens.once import Asking
from tui.text import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

_OFFERED = 50


class PathInput(Input):
    """An input for a file's name."""

    def validate_value(self, value: str) -> str:
        """Show what was pasted, and let none of it command the terminal."""
        return one_line(value)


class PathScreen(Asking[Path | None]):
    """Asks for a file by typing, with the files of the folder and those used lately below."""

    BINDINGS: ClassVar = [
        Binding("escape", "dismiss(None)", "Cancel", id="path.cancel"),
        Binding("tab", "complete", "Complete", show=False, id="path.complete",
                tooltip="Take the first file offered, or its folder", priority=True),
        Binding("down", "into_list", "To the files", show=False, id="path.into_list"),
    ]  # fmt: skip

    DEFAULT_CSS = """
    PathScreen {
        align: center middle;
        & > Vertical {
            width: 76; max-width: 100%; height: auto; max-height: 100%;
            background: $surface; border: round $border; padding: 0 1;
        }
        Static { width: 100%; height: auto; }
        #path-title { text-style: bold; }
        #path-hint { color: $text-muted; }
        OptionList { height: auto; min-width: 12; max-height: 12; border: none; }
        OptionList { background: $surface; }
        OptionList:focus { border: none; }
    }
    """

    def __init__(
        self,
        title: str,
        hint: str,
        start: str,
        suffixes: Sequence[str],
        lately: Sequence[str] = (),
        *,
        folders: bool = False,
    ) -> None:
        """Ask.

        Args:
            title: what the file is for.
            hint: what will happen with it.
            start: what stands in the input at first.
            suffixes: the endings of the files that are offered.
            lately: files offered before those of the folder.
            folders: whether a folder is an answer too.
        """
        super().__init__()
        self._title = title
        self._hint = hint
        self._start = start
        self._suffixes = tuple(suffixes)
        self._lately = list(lately)
        self._folders = folders
        self._offered: list[str] = []

    def compose(self) -> ComposeResult:
        """Put the input above the files."""
        with Vertical():
            yield Static(one_line(self._title), id="path-title", markup=False)
            yield PathInput(self._start, compact=True, id="path-input")
            yield Static(one_line(self._hint), id="path-hint", markup=False)
            yield OptionList(id="path-files")

    def on_mount(self) -> None:
        """Offer what was used lately."""
        self._offer(self._start)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._offer(event.value)

    def _offer(self, typed: str) -> None:
        self._offered = [
            *(name for name in self._lately if typed in name),
            *(name for name in _files(typed, self._suffixes) if name not in self._lately),
        ][:_OFFERED]
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options([Option(Content(one_line(name))) for name in self._offered])

    def action_complete(self) -> None:
        """Take over the beginning that all offered files share, or the only one."""
        field = self.query_one(Input)
        matching = [name for name in self._offered if name.startswith(field.value)]
        if matching:
            common = matching[0]
            for name in matching:
                while not name.startswith(common):
                    common = common[:-1]
            field.value = common
            field.cursor_position = len(common)

    def action_into_list(self) -> None:
        """Choose among the files."""
        options = self.query_one(OptionList)
        if self._offered and not options.has_focus:
            options.focus()
            options.highlighted = 0

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        if event.value.strip():
            # One goes into a folder by choosing it; who types it whole means it.
            self._take(event.value, whole=self._folders)

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        self._take(self._offered[event.option_index])

    def _take(self, typed: str, *, whole: bool = False) -> None:
        if typed.endswith("/") and not whole:
            field = self.query_one(Input)
            field.value = typed
            field.focus()
            field.cursor_position = len(typed)
            return
        self.dismiss(_expanded(typed))


def _expanded(typed: str) -> Path:
    try:
        return Path(typed).expanduser()
    except RuntimeError:
        # A home that is unknown: the name is taken as it stands.
        return Path(typed)


def _files(typed: str, suffixes: tuple[str, ...]) -> list[str]:
    """Find the files and folders whose name begins as typed."""
    beginning = typed.rpartition("/")[2]
    lead = typed[: len(typed) - len(beginning)]
    try:
        entries = sorted(_expanded(lead or ".").iterdir())
        return [
            f"{lead}{entry.name}{'/' if entry.is_dir() else ''}"
            for entry in entries
            if entry.name.startswith(beginning)
            and (beginning.startswith(".") or not entry.name.startswith("."))
            and (entry.is_dir() or entry.name.endswith(suffixes))
        ]
    except (OSError, ValueError):
        return []
