"""A field that holds one of a few words."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from tui.widgets.field_text import safe

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events

_UNSET = "not recorded"


class FieldChoice(Widget, can_focus=True):
    """A choice on one line: left, right and space go round; letters typed astray change nothing."""

    BINDINGS: ClassVar = [
        Binding("right,space", "turn(1)", "Next", show=False, id="field.next",
                tooltip="Choose the next word"),
        Binding("left", "turn(-1)", "Previous", show=False, id="field.previous",
                tooltip="Choose the word before"),
    ]  # fmt: skip

    DEFAULT_CSS = """
    FieldChoice { height: 1; padding: 0 1; background: $surface; pointer: pointer; }
    FieldChoice:focus { background-tint: $foreground 8%; text-style: bold; }
    """

    words: reactive[str] = reactive("")
    """The word chosen; empty where nothing is recorded."""

    class Changed(Message):
        """Another word was chosen."""

        def __init__(self, choice: FieldChoice) -> None:
            super().__init__()
            self.choice = choice
            """The field."""

        @property
        def control(self) -> FieldChoice:
            """The field."""
            return self.choice

    def __init__(self, key: str, text: str, choices: Sequence[str]) -> None:
        """Make a field.

        Args:
            key: the field's key.
            text: the word chosen at first; one that is no choice can be kept, too.
            choices: the words; an empty one is shown as not recorded.
        """
        super().__init__()
        self.key = key
        """The field's key, dotted where it is nested."""
        self._choices = tuple(choices) if text in choices else (text, *choices)
        self.set_reactive(FieldChoice.words, text)

    def render(self) -> Content:
        """Draw the word between arrows."""
        return Content(f"‹ {safe(self.words) or _UNSET} ›")

    def watch_words(self) -> None:
        """Tell of every change."""
        self.post_message(self.Changed(self))

    def action_turn(self, step: int) -> None:
        """Go round."""
        at = self._choices.index(self.words) if self.words in self._choices else -1
        self.words = self._choices[(at + step) % len(self._choices)]

    def on_click(self, event: events.Click) -> None:
        """Go back with the left arrow, on with anything else."""
        offset = event.get_content_offset(self)
        self.action_turn(-1 if offset is not None and offset.x < 2 else 1)
