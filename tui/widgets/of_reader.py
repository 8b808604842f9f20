"""What a reader tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from tui.widgets.reader import Reader


class OfReader(Message):
    """A message that says which reader sent it."""

    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self.reader = reader

    @property
    def control(self) -> Reader:
        """The reader that sent it."""
        return self.reader
