"""What is said beside a field of the form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from tui.widgets.field_text import safe

if TYPE_CHECKING:
    from textual import events


class FieldRemark(Static):
    """One or more lines below a field; a click on one asks for what can be done about it."""

    class Clicked(Message):
        """A line was clicked."""

        def __init__(self, key: str, line: int) -> None:
            super().__init__()
            self.key = key
            """The field's key."""
            self.line = line
            """Which line, from 0."""

    def __init__(self, key: str, text: str, *, wrong: bool) -> None:
        """Say something.

        Args:
            key: the field's key.
            text: any text; it is shown literally, line by line.
            wrong: whether it says what is wrong.
        """
        super().__init__(_marked(text, wrong), classes="form--remark")
        self.key = key
        """The field's key."""
        self.set_class(wrong, "-wrong")

    def say(self, text: str, *, wrong: bool) -> None:
        """Say something else; nothing if it is empty."""
        said = _marked(text, wrong)
        if self.content != said:
            self.display = bool(text)
            self.set_class(wrong, "-wrong")
            self.update(said)

    def on_click(self, event: events.Click) -> None:
        """Tell which line was clicked."""
        offset = event.get_content_offset(self)
        if offset is not None:
            self.post_message(self.Clicked(self.key, offset.y))


def _marked(text: str, wrong: bool) -> Content:
    lines = "\n".join(map(safe, text.split("\n")))
    return Content(f"! {lines}" if wrong else lines)
