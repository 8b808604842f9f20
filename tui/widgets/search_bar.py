"""The search bar: words go in, every change is a message; beside it how much was found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual import getters, on
from textual.actions import SkipAction
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.keys import key_to_character
from textual.message import Message
from textual.widgets import Input, Static

from collection.folding import fold
from tui.text import one_line
from tui.widgets.completions import Completion, Completions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

_NARROW = 70
"""Cells below which progress is shown as a bar alone."""
_STEPS = 5
"""Steps of the bar that shows progress."""


class Words(Input):
    """The input of the search bar."""

    BINDINGS: ClassVar = [
        Binding("right", "cursor_right", "Take", show=False, id="search.take",
                tooltip="Take the highlighted name, when the cursor is at the end of the words"),
        Binding("ctrl+n", "offered(1)", "Next name", show=False, id="search.next_offered",
                tooltip="Highlight the next of the names that are offered"),
        Binding("ctrl+p", "offered(-1)", "Name before", show=False, id="search.previous_offered",
                tooltip="Highlight the name before"),
    ]  # fmt: skip

    class Take(Message):
        """The highlighted name is to be taken."""

    class Move(Message):
        """Another name is to be highlighted."""

        def __init__(self, step: int) -> None:
            super().__init__()
            self.step = step
            """1 for the next, -1 for the one before."""

    def __init__(self, **options: Any) -> None:
        """Make an input; it takes what `Input` takes."""
        super().__init__(**options)
        self.offers = False
        """Whether any names are offered."""

    def validate_value(self, value: str) -> str:
        """Show what was pasted, and let none of it command the terminal."""
        return one_line(value)

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Tell the footer that signs are words here too, and not commands."""
        character = character or key_to_character(key)
        return character is not None and character.isprintable()

    def action_cursor_right(self, select: bool = False) -> None:
        """Go to the right; at the end, take the name that is offered."""
        if self.value and not select and self.cursor_at_end and self.selection.is_empty:
            self.post_message(self.Take())
        else:
            super().action_cursor_right(select)

    def action_offered(self, step: int) -> None:
        """Highlight another of the names, if there are any; else the key means what it does."""
        if not self.offers:
            raise SkipAction
        self.post_message(self.Move(step))


class SearchBar(Vertical):
    """One line with the words searched for and a word on what was found; names below it."""

    DEFAULT_CSS = """
    SearchBar {
        height: auto;
        background: $surface;
        Horizontal { height: 1; }
        #search-label { width: 3; padding: 0 1; color: $text-accent; text-style: bold; }
        Words { width: 1fr; height: 1; border: none; padding: 0; background: $surface;
            &:focus { border: none; background-tint: $foreground 5%; } }
        #search-status { width: auto; max-width: 65%; padding: 0 1; color: $text-muted; }
        /* The line stands there as long as one types: the list must not jump with every key. */
        Completions { display: none; }
        &.-typing Completions { display: block; }
    }
    """

    class Changed(Message):
        """Other words are searched for."""

        def __init__(self, query: str) -> None:
            super().__init__()
            self.query = query
            """The words as they stand."""

    words = getters.query_one(Words)
    completions = getters.query_one(Completions)

    def __init__(self) -> None:
        """Begin without words."""
        super().__init__()
        self._offered_for = ""
        self._take_when_offered = False
        self._told: tuple[str, float | None] = ("", None)

    def compose(self) -> ComposeResult:
        """Put the parts side by side, the names below."""
        with Horizontal():
            yield Static("/", id="search-label", markup=False)
            yield Words(
                placeholder="search places, themes, narrators, words",
                select_on_focus=False,
                compact=True,
                id="search-words",
            )
            yield Static("", id="search-status", markup=False)
        yield Completions()

    def clear(self) -> None:
        """Search for nothing."""
        self.words.value = ""

    def tell(self, status: str, progress: float | None = None) -> None:
        """Say how much was found, and how far the accounts have been read.

        Args:
            status: how much was found.
            progress: from 0 to 1; None when everything has been read.
        """
        self._told = (status, progress)
        self._show_status()

    def on_resize(self) -> None:
        """Say it as shortly as there is room."""
        self._show_status()

    def _show_status(self) -> None:
        status, progress = self._told
        if progress is not None:
            full = round(progress * _STEPS)
            bar = f"{'▰' * full}{'▱' * (_STEPS - full)}"
            if self.size.width >= _NARROW:
                bar = f"· reading accounts {bar} {min(99, int(100 * progress))} %"
            status = f"{status} {bar}"
        self.query_one("#search-status", Static).update(status)

    def on_descendant_focus(self) -> None:
        """Keep a line for the names that are offered."""
        self._reserve()

    def on_descendant_blur(self) -> None:
        """Give the line back."""
        self._reserve()

    def _reserve(self) -> None:
        self.set_class(self.words.has_focus and bool(self.words.value), "-typing")

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        self._reserve()
        self._take_when_offered = False
        if not event.value:
            self.offer("", ())
        self.post_message(self.Changed(event.value))

    # --- the names that are offered ----------------------------------------------------------

    def offer(self, query: str, completions: Sequence[Completion]) -> None:
        """Offer names for the word that is being typed.

        Args:
            query: what had been typed when they were asked for.
            completions: the names; nothing is shown if they say only what stands there.
        """
        typed = self.words.value
        if query != typed:
            return
        self._offered_for = query
        if all(fold(one.query).strip() == fold(typed).strip() for one in completions):
            completions = ()
        self.words.offers = bool(completions)
        self.completions.offer(completions)
        if self._take_when_offered:
            self._take()

    @on(Words.Move)
    def _move(self, event: Words.Move) -> None:
        event.stop()
        self.completions.move(event.step)

    @on(Words.Take)
    def _take(self) -> None:
        # What is offered may still be for the words before the last key.
        self._take_when_offered = self._offered_for != self.words.value
        chosen = self.completions.chosen
        if chosen is not None and not self._take_when_offered:
            self._take_over(chosen.query)

    @on(Completions.Taken)
    def _clicked(self, event: Completions.Taken) -> None:
        event.stop()
        self._take_over(event.query)
        self.words.focus()

    def _take_over(self, query: str) -> None:
        self.words.value = query
        self.words.cursor_position = len(self.words.value)
