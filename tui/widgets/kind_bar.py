"""One line with the kinds of names, of which one is shown; each can be clicked."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.message import Message
from textual.widget import Widget

from tui.widgets.line import Line

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual import events
    from textual.strip import Strip


class KindBar(Widget):
    """The kinds, each with its key and how many names there are."""

    COMPONENT_CLASSES: ClassVar = {"kind-bar--kind", "kind-bar--chosen"}

    DEFAULT_CSS = """
    KindBar {
        height: 1;
        background: $surface;
        .kind-bar--kind { color: $text-muted; }
        .kind-bar--chosen { text-style: bold; }
    }
    """

    class Chosen(Message):
        """A kind was clicked."""

        def __init__(self, kind: str) -> None:
            super().__init__()
            self.kind = kind
            """Which."""

    def __init__(self, kinds: Mapping[str, str], *, id: str | None = None) -> None:
        """Take the kinds.

        Args:
            kinds: what each is called, in order; the key of the first is 1.
            id: the widget's identifier.
        """
        super().__init__(id=id)
        self._kinds = dict(kinds)
        self._counts: Mapping[str, int] = {}
        self._chosen = next(iter(self._kinds))
        self._cells: list[tuple[int, int, str]] = []

    def tell(self, chosen: str, counts: Mapping[str, int]) -> None:
        """Say which kind is shown, and how many names of each there are, where that is known."""
        self._chosen, self._counts = chosen, counts
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        """Choose the kind under the mouse."""
        for start, end, kind in self._cells:
            if start <= event.x < end:
                self.post_message(self.Chosen(kind))

    def render_line(self, y: int) -> Strip:  # noqa: ARG002
        """Draw the line; in a narrow window the numbers go first."""
        cells = self.size.width
        told = [self._label(number, kind) for number, kind in enumerate(self._kinds, 1)]
        if sum(map(len, told)) + 2 * len(told) > cells:
            told = [f"{number} {name}" for number, name in enumerate(self._kinds.values(), 1)]
        line, at = Line(cells, self.rich_style), 0
        self._cells = []
        for kind, label in zip(self._kinds, told, strict=True):
            name = "chosen" if kind == self._chosen else "kind"
            # The brackets say which is shown where there are no colours.
            text = f"[{label}]" if kind == self._chosen else f" {label} "
            line.add(text, self.get_component_rich_style(f"kind-bar--{name}", partial=True))
            self._cells.append((at, at + len(text), kind))
            at += len(text)
        return line.strip()

    def _label(self, number: int, kind: str) -> str:
        count = self._counts.get(kind)
        return f"{number} {self._kinds[kind]}" + (f" {count}" if count is not None else "")
