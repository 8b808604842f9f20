"""The search bar: words go in, every change is a message; beside it how much was found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import getters, on
from textual.containers import Horizontal
from textual.keys import key_to_character
from textual.message import Message
from textual.widgets import Input, Static

from tui.text import one_line

if TYPE_CHECKING:
    from textual.app import ComposeResult


class Words(Input):
    """The input of the search bar."""

    def validate_value(self, value: str) -> str:
        """Show what was pasted, and let none of it command the terminal."""
        return one_line(value)

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Tell the footer that signs are words here too, and not commands."""
        character = character or key_to_character(key)
        return character is not None and character.isprintable()


class SearchBar(Horizontal):
    """One line with the words searched for and a word on what was found."""

    DEFAULT_CSS = """
    SearchBar {
        height: 1;
        background: $surface;
        #search-label { width: 3; padding: 0 1; color: $text-accent; text-style: bold; }
        Words { width: 1fr; height: 1; border: none; padding: 0; background: $surface;
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

    words = getters.query_one(Words)

    def compose(self) -> ComposeResult:
        """Put the parts side by side."""
        yield Static("/", id="search-label", markup=False)
        yield Words(
            placeholder="search places, themes, narrators, words",
            select_on_focus=False,
            compact=True,
            id="search-words",
        )
        yield Static("", id="search-status", markup=False)

    def clear(self) -> None:
        """Search for nothing."""
        self.words.value = ""

    def tell(self, status: str) -> None:
        """Say how much was found."""
        self.query_one("#search-status", Static).update(status)

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(self.Changed(event.value))
