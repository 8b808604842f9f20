"""The search bar: words go in, every change is a message; beside it how much was found."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import getters, on
from textual.binding import Binding
from textual.containers import Horizontal
from textual.keys import key_to_character
from textual.message import Message
from textual.widgets import Input, Static

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult


class _Words(Input):
    """The input of the search bar; it gives Esc, Enter and the arrows to the bar."""

    BINDINGS: ClassVar = [
        Binding("escape", "clear_or_leave", "Clear", id="search.clear",
                tooltip="Clear the search; when it is empty, go to the list"),
        Binding("enter,down", "leave", "To the list", id="search.leave",
                tooltip="Go to what was found"),
    ]  # fmt: skip

    def __init__(self, leave_to: str) -> None:
        """Take the selector of the widget that the user goes on to."""
        super().__init__(
            placeholder="search places, themes, narrators, words",
            select_on_focus=False,
            compact=True,
            id="search-words",
        )
        self._leave_to = leave_to

    def action_clear_or_leave(self) -> None:
        """Clear the words, or leave when there are none."""
        if self.value:
            self.value = ""
        else:
            self.action_leave()

    def action_leave(self) -> None:
        """Go to the list."""
        self.screen.set_focus(self.screen.query_one(self._leave_to))

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Tell the footer that signs are words here too, and not commands."""
        character = character or key_to_character(key)
        return character is not None and character.isprintable()

    async def _on_key(self, event: events.Key) -> None:
        # Bindings act when a key has bubbled up to the screen; by then the letters that follow
        # fast upon it would have become words. So the bar leaves at once, and passes them on.
        act = {
            "enter": self.action_leave,
            "down": self.action_leave,
            "escape": self.action_clear_or_leave,
        }.get(event.key)
        # Its own `has_focus` follows only later, by a message.
        focused = self.screen.focused is self
        if focused and act is None:
            await super()._on_key(event)
            return
        event.stop()
        event.prevent_default()
        if focused and act is not None:
            act()
        else:
            self.app.simulate_key(event.key)


class SearchBar(Horizontal):
    """One line with the words searched for and a word on what was found."""

    DEFAULT_CSS = """
    SearchBar {
        height: 1;
        background: $surface;
        #search-label { width: 3; padding: 0 1; color: $text-accent; text-style: bold; }
        _Words { width: 1fr; height: 1; border: none; padding: 0; background: $surface;
            &:focus { border: none; background-tint: $foreground 5%; } }
        #search-status { width: auto; max-width: 50%; padding: 0 1; color: $text-muted; }
    }
    """

    class Changed(Message):
        """Other words are searched for."""

        def __init__(self, query: str) -> None:
            super().__init__()
            self.query = query
            """The words as they stand."""

    words = getters.query_one(_Words)

    def __init__(self, leave_to: str) -> None:
        """Take the selector of the widget that the user goes on to."""
        super().__init__()
        self._leave_to = leave_to

    def compose(self) -> ComposeResult:
        """Put the parts side by side."""
        yield Static("/", id="search-label", markup=False)
        yield _Words(self._leave_to)
        yield Static("", id="search-status", markup=False)

    def clear(self) -> None:
        """Search for nothing."""
        self.words.value = ""

    def focus_words(self) -> None:
        """Let the user type."""
        self.words.focus()

    def tell(self, status: str) -> None:
        """Say how much was found."""
        self.query_one("#search-status", Static).update(status)

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(self.Changed(event.value))
