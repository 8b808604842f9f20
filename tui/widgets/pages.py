"""Pages: a document that is scrolled by lines, by pages and from turn to turn."""

from __future__ import annotations

from bisect import bisect_left
from typing import ClassVar

from textual.binding import Binding
from textual.scroll_view import ScrollView

from tui.widgets.document import Document


class Pages(ScrollView, can_focus=True, inherit_bindings=False):
    """Knows which part of a document is on the screen, and goes to others."""

    BINDINGS: ClassVar = [
        Binding(keys, action, label, show=False, id=f"reader.{id}", tooltip=tooltip)
        for keys, action, label, id, tooltip in (
            ("j,down", "move(1)", "Line down", "down", "One line down"),
            ("k,up", "move(-1)", "Line up", "up", "One line up"),
            ("pagedown,space", "page(1)", "Page down", "page-down", "One page down"),
            ("pageup,b", "page(-1)", "Page up", "page-up", "One page up"),
            ("ctrl+d", "page(0.5)", "Half down", "half-down", "Half a page down"),
            ("ctrl+u", "page(-0.5)", "Half up", "half-up", "Half a page up"),
            ("g,home", "top", "Top", "top", "To the beginning of the account"),
            ("G,end", "bottom", "End", "bottom", "To the end of the account"),
            ("right_curly_bracket", "turn(1)", "Next turn", "next-turn", "To the next speaker"),
            ("left_curly_bracket", "turn(-1)", "Turn back", "previous-turn", "To the turn before"),
        )
    ]

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        """Begin with an empty document."""
        super().__init__(id=id, classes=classes)
        self._document = Document("")
        self._turns: list[int] = []
        """Offsets into the account where turns begin, in order."""
        self._width = 0
        """Cells that the lines are laid out for; 0 until they are."""
        self._wanted: int | None = 0
        """Offset to bring into view once the lines are laid out."""

    @property
    def fraction(self) -> float:
        """How far the account is scrolled: 0 at the beginning, 1 at the end or if all is seen."""
        return min(1.0, self.scroll_y / self.max_scroll_y) if self.max_scroll_y else 1.0

    @property
    def percent(self) -> int:
        """The same in whole hundredths."""
        return int(100 * self.fraction)

    @property
    def top_offset(self) -> int:
        """Offset into the account of the first character on the screen; negative in the heading."""
        return self._top() - self._document.offset

    def _top(self) -> int:
        lines = self._document.lines
        return lines[min(round(self.scroll_y), len(lines) - 1)][0]

    def _go(self, line: float) -> None:
        self.scroll_to(y=round(line), animate=False, force=True)

    def _bring_into_view(self, offset: int) -> None:
        if not self._width:
            self._wanted = offset
            return
        line, height = self._document.line_at(offset), self.size.height
        top = round(self.scroll_y)
        if not top <= line < top + height:
            self._go(line - height // 3)

    def action_move(self, lines: int) -> None:
        self._go(self.scroll_y + lines)

    def action_page(self, pages: float) -> None:
        """Scroll by pages; one line stays on the screen."""
        self._go(self.scroll_y + pages * max(1, self.size.height - 1))

    def action_top(self) -> None:
        self._go(0)

    def action_bottom(self) -> None:
        self._go(self.max_scroll_y)

    def action_turn(self, step: int) -> None:
        """Scroll so that another speaker's turn begins at the top."""
        here = self.top_offset
        if step > 0:
            # Turns that begin in the line at the top are already seen.
            end = self._document.lines[round(self.scroll_y)][1] - self._document.offset
            at = bisect_left(self._turns, max(end, here + 1))
        else:
            at = bisect_left(self._turns, here) - 1
        if 0 <= at < len(self._turns):
            self._go(self._document.beginning_at(self._turns[at] + self._document.offset))
