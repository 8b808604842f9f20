"""Screens that are left once, however many keys arrive together."""

from __future__ import annotations

from typing import TypeVar

from textual.await_complete import AwaitComplete
from textual.screen import ModalScreen, Screen

Answer = TypeVar("Answer")


class Once(Screen[Answer]):
    """A screen that gives one answer.

    Of two keys that answer and arrive together, as over a slow line, the second would give the
    answer again, and close the screen below.
    """

    def dismiss(self, result: Answer | None = None) -> AwaitComplete:
        """Give an answer and close, unless that was done already."""
        return super().dismiss(result) if self.is_active else AwaitComplete()


class Asking(ModalScreen[Answer]):
    """The same, laid over another screen. Textual looks for styles along the first base only."""

    def dismiss(self, result: Answer | None = None) -> AwaitComplete:
        """Give an answer and close, unless that was done already."""
        return super().dismiss(result) if self.is_active else AwaitComplete()
