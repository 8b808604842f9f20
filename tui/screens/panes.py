"""The three panes: which of them has the keys, and how much room each is given."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import getters, on
from textual.binding import Binding
from textual.reactive import var
from textual.screen import Screen

from tui.widgets.context_pane import ContextPane
from tui.widgets.reader import Reader
from tui.widgets.search_bar import SearchBar
from tui.widgets.splitter import Splitter
from tui.widgets.testimony_list import TestimonyList

if TYPE_CHECKING:
    from textual.events import DescendantFocus, Resize

    from tui.settings import Settings

PANES = ("list", "account", "context")
"""The panes' identifiers, in reading order."""
_STEP = 4
"""Percent that one key press gives to a pane."""


class Panes(Screen[None]):
    """A screen of three panes: side by side, stacked, or one at a time, as the window allows."""

    HORIZONTAL_BREAKPOINTS = [(0, "-single"), (60, "-stacked"), (100, "-wide")]  # noqa: RUF012

    BINDINGS: ClassVar = [
        Binding("z", "zoom", "Zoom", show=False, id="zoom",
                tooltip="Give the whole window to this pane, or give it back"),
        Binding("greater_than_sign", "widen(1)", "Widen", show=False, key_display=">",
                id="pane.widen", tooltip="Give this pane more room"),
        Binding("less_than_sign", "widen(-1)", "Narrow", show=False, key_display="<",
                id="pane.narrow", tooltip="Give this pane less room"),
    ]  # fmt: skip

    list = getters.query_one("#list", TestimonyList)
    reader = getters.query_one("#account", Reader)
    context = getters.query_one("#context", ContextPane)
    search_bar = getters.query_one(SearchBar)

    zoomed: var[bool] = var(False, init=False)
    """Whether one pane has the whole window."""

    def __init__(self, settings: Settings) -> None:
        """Take what is remembered."""
        super().__init__()
        self.settings = settings
        """What is remembered from one time to the next."""

    @property
    def pane(self) -> str:
        """The pane in use."""
        for name in PANES:
            if self.has_class(f"-at-{name}"):
                return name
        return "list"

    def go_to(self, pane: str) -> None:
        """Let a pane have the keys."""
        # In a narrow window only one pane is displayed, and only that can have the focus.
        for name in PANES:
            self.set_class(name == pane, f"-at-{name}")
        self.set_focus(self.query_one(f"#{pane}"), scroll_visible=False)

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """Remember which pane is in use."""
        if event.widget.id in PANES:
            for name in PANES:
                self.set_class(name == event.widget.id, f"-at-{name}")

    def action_zoom(self) -> None:
        """Give the window to one pane, or give it back."""
        self.zoomed = not self.zoomed

    def watch_zoomed(self, zoomed: bool) -> None:
        """Show one pane or all."""
        self.set_class(zoomed, "-zoomed")

    def action_widen(self, step: int) -> None:
        """Give the pane in use more or less room."""
        key = "splits" if self.has_class("-wide") else "heights"
        first, last = self.settings[key]
        if self.pane == "list":
            first += step * _STEP
        elif self.pane == "context":
            last += step * _STEP
        else:
            first, last = first - step * _STEP // 2, last - step * _STEP // 2
        self._split(key, first, last)

    @on(Splitter.Dragged)
    def _dragged(self, event: Splitter.Dragged) -> None:
        first, last = self.settings["splits"]
        width = max(1, self.size.width)
        if event.splitter.id == "split-list":
            first = round(100 * event.column / width)
        else:
            last = round(100 * (width - event.column - 1) / width)
        self._split("splits", first, last)

    def _split(self, key: str, first: int, last: int) -> None:
        first, last = max(10, min(first, 75)), max(10, min(last, 75))
        if first + last <= 85:
            self.settings.remember(key, [first, last])
            self.lay_out()

    def lay_out(self) -> None:
        """Give the panes the sizes that are remembered."""
        settings = self.settings
        for pane, width, height in zip(
            (self.list, self.context), settings["splits"], settings["heights"], strict=True
        ):
            pane.styles.width = f"{width}%"
            pane.styles.height = f"{height}%"

    def on_resize(self, event: Resize) -> None:  # noqa: ARG002
        """Keep the selected row and the pane in use in view."""
        self.call_after_refresh(self._go_to_again)

    def _go_to_again(self) -> None:
        focused = self.focused
        if focused is None or not focused.display:
            self.go_to(self.pane)
