"""The testimonies that were withdrawn, and the way back for each."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual import getters, on
from textual.binding import Binding
from textual.message import Message
from textual.widgets import Footer, Static

from collection.errors import CollectionError
from collection.timeline import WORDS
from tui.screens.once import Once
from tui.text import one_line
from tui.widgets.column_list import ColumnList

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.app import ComposeResult
    from textual.dom import DOMNode

    from collection import Collection
    from collection.store.changes import Version

_COLUMNS = (18, 22, 14, 18)


class Wanted(NamedTuple):
    """What is to be done with a withdrawn testimony."""

    id: str
    title: str
    erase: bool
    """Whether it is to be erased; otherwise it is brought back."""


class WithdrawnScreen(Once["Wanted | None"]):
    """Gives back which testimony is to be brought back, or erased."""

    BINDINGS: ClassVar = [
        Binding("enter,b", "bring_back", "Bring back", id="withdrawn.bring_back",
                tooltip="Put the selected testimony into the list again"),
        Binding("X,delete", "erase", "Erase for good", id="withdrawn.erase",
                tooltip="Erase the selected testimony with its history; nothing brings it back"),
        Binding("v", "reveal", "Reveal", id="withdrawn.reveal",
                tooltip="Show what is private or sealed, or mask it again"),
        Binding("escape,q", "dismiss(None)", "Back", id="withdrawn.back", key_display="Esc",
                tooltip="Go back to where you were"),
    ]  # fmt: skip

    DEFAULT_CSS = """
    WithdrawnScreen {
        layout: vertical;
        #withdrawn-title, #withdrawn-about {
            height: 1; padding: 0 1; text-wrap: nowrap; text-overflow: ellipsis;
        }
        #withdrawn-title { background: $panel; }
        #withdrawn-about { background: $surface; color: $text-muted; }
        ColumnList { height: 1fr; }
    }
    """

    list = getters.query_one(ColumnList)

    class Read(Message):
        """The worker has read what was withdrawn."""

        def __init__(self, versions: Sequence[Version], error: str = "") -> None:
            super().__init__()
            self.versions = versions
            """Newest first."""
            self.error = error
            """Why there are none, for people."""

    def __init__(self, collection: Collection, reveal: Callable[[], None]) -> None:
        """Take the collection.

        Args:
            collection: where they are.
            reveal: shows what is private, or masks it again.
        """
        super().__init__()
        self._collection = collection
        self._reveal = reveal
        self._versions: Sequence[Version] = ()

    def compose(self) -> ComposeResult:
        """Put the list between what it is and what is said of the selected one."""
        yield Static("Withdrawn testimonies", id="withdrawn-title", markup=False)
        yield ColumnList(_COLUMNS, id="withdrawn-list")
        yield Static("", id="withdrawn-about", markup=False)
        yield Footer(show_command_palette=False, compact=True)

    def on_mount(self) -> None:
        """Begin to read."""
        self.list.explain("Reading what was withdrawn …")
        self.list.focus()
        self._start_reading()

    def help_nodes(self) -> Sequence[tuple[str, DOMNode]]:
        """Say whose keys the help is to list."""
        return [("Among the withdrawn", self), ("In every list", self.list)]

    def _start_reading(self) -> None:
        self.run_worker(self._read, thread=True, group="withdrawn", exclusive=True)

    def _read(self) -> None:
        """Read what was withdrawn; runs in a thread and touches no widget."""
        try:
            versions = [one for one in self._collection.withdrawn() if one.action != "erased"]
        except CollectionError as error:
            self.post_message(self.Read((), str(error)))
        else:
            self.post_message(self.Read(versions))

    @on(Read)
    def _was_read(self, event: Read) -> None:
        self._versions = event.versions
        if event.error:
            self.list.explain(event.error)
        else:
            self.list.explain(
                "Nothing is withdrawn.",
                "d takes a testimony out of the list; it is kept here until it is brought back "
                "or erased. Esc goes back.",
            )
        self.list.fill([_row(one) for one in event.versions], self.list.cursor)
        count = len(event.versions)
        told = f"Withdrawn testimonies · {count}"
        if self._collection.private:
            told += " · SEALED AND PRIVATE SHOWN"
        self.query_one("#withdrawn-title", Static).update(told)

    @property
    def selected(self) -> Version | None:
        """The one that is selected."""
        at = self.list.cursor
        return self._versions[at] if at < len(self._versions) else None

    @on(ColumnList.Highlighted)
    def _tell_about(self) -> None:
        version, told = self.selected, ""
        if version is not None:
            title = _title(version) or "Title withheld; v shows it"
            told = f"{title} · {version.id}"
        self.query_one("#withdrawn-about", Static).update(one_line(told))

    def action_reveal(self) -> None:
        """Show what is private, or mask it again."""
        self._reveal()
        self._start_reading()

    @on(ColumnList.Opened)
    def action_bring_back(self) -> None:
        """Choose the selected testimony to be brought back."""
        self._choose(erase=False)

    def action_erase(self) -> None:
        """Choose the selected testimony to be erased."""
        self._choose(erase=True)

    def _choose(self, *, erase: bool) -> None:
        version = self.selected
        if version is None:
            return
        if self._collection.read_only:
            text = "The collection is open for reading only, so nothing can be changed."
            self.notify(text, markup=False, timeout=6)
            return
        self.dismiss(Wanted(version.id, _title(version), erase))


def _row(version: Version) -> tuple[str, ...]:
    action = WORDS.get(version.action, version.action)
    when = version.at[:16].replace("T", " ")
    return (when, version.id, action, version.by, _title(version) or "(title withheld)")


def _title(version: Version) -> str:
    title = version.before.get("title")
    return title if isinstance(title, str) else ""
