"""Shows what differs between two versions: a reader that marks what was taken out and put in."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from textual.binding import Binding

from tui.widgets.document import ADDED, REMOVED
from tui.widgets.pages import Pages
from tui.widgets.reader import Reader

if TYPE_CHECKING:
    from rich.style import Style

    from tui.differing import Told


_KEYS: Final = {"reader.page-down": "pagedown", "reader.page-up": "pageup"}
"""Space and b are left to the screens, as in `ColumnList`."""


class DifferenceView(Reader, inherit_bindings=False):
    """The signs tell what was taken out and put in; colours and lines only repeat it."""

    BINDINGS: ClassVar = [
        one.with_key(_KEYS.get(one.id or "", one.key))
        for one in Pages.BINDINGS
        if isinstance(one, Binding)
    ]

    COMPONENT_CLASSES: ClassVar = {"difference--removed", "difference--added"}

    DEFAULT_CSS = """
    DifferenceView {
        & > .difference--removed { color: $text-error; text-style: strike; }
        & > .difference--added { color: $text-success; text-style: underline; }
    }
    """

    def tell(self, told: Told) -> None:
        """Show a text from its beginning."""
        self.show("", heading=told.lines)
        self._document.paint(told.painted)
        self._redraw()

    def _style(self, base: Style, kind: int) -> Style:
        if kind & REMOVED:
            base += self.get_component_rich_style("difference--removed", partial=True)
        elif kind & ADDED:
            base += self.get_component_rich_style("difference--added", partial=True)
        return super()._style(base, kind)
