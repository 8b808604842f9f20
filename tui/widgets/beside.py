"""What lies beside a form: the article a draft was taken from, with its passages and doubts."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from textual.binding import Binding

from tui.widgets.document import ADDED
from tui.widgets.reader import Reader

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.style import Style

    from collection.exchange.interface import Beside, Doubt

_KEYS: Final = {"reader.page-down": "pagedown", "reader.page-up": "pageup"}


class BesideView(Reader, inherit_bindings=False):
    """Shows the source of a draft: what was taken from it is underlined, doubts are marked."""

    BINDINGS: ClassVar = [
        one.with_key(_KEYS.get(one.id or "", one.key))
        for one in Reader.BINDINGS
        if isinstance(one, Binding)
    ]

    COMPONENT_CLASSES: ClassVar = {"beside--taken"}

    DEFAULT_CSS = """
    BesideView {
        & > .beside--taken { color: $text-success; text-style: underline; }
        & > .reader--mark { color: $text-warning; text-style: bold underline; }
    }
    """

    def tell(self, beside: Beside) -> None:
        """Show a source from its beginning, with what is doubtful said above it."""
        spans = doubtful(beside.doubts)
        self.show(beside.text, heading=[*_heading(beside)], marks=spans)
        offset = self._document.offset
        self._document.paint(
            [(start + offset, end + offset, ADDED) for start, end in sorted(beside.taken)]
        )
        self._redraw()

    @property
    def current_mark(self) -> tuple[int, int] | None:
        """The doubtful passage that one has gone to, as a half-open span of the source."""
        if self.hit_index < 0:
            return None
        start, end = self._document.marks[self.hit_index]
        return start - self._document.offset, end - self._document.offset

    def _style(self, base: Style, kind: int) -> Style:
        if kind & ADDED:
            base += self.get_component_rich_style("beside--taken", partial=True)
        return super()._style(base, kind)


def doubtful(doubts: Sequence[Doubt]) -> list[tuple[int, int]]:
    """Give the passages that are doubtful, in order."""
    return sorted({(doubt.start, doubt.end) for doubt in doubts if doubt.start < doubt.end})


def _heading(beside: Beside) -> list[str | tuple[str, str]]:
    if not beside.doubts:
        return []
    many = "One thing is" if len(beside.doubts) == 1 else f"{len(beside.doubts)} things are"
    lines: list[str | tuple[str, str]] = [(f"{many} not certain:", "reader--notice")]
    lines += [(f"? {doubt.message}", "reader--notice") for doubt in beside.doubts]
    return lines
