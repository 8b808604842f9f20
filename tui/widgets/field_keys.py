"""The line of keys under a form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.widget import Widget

if TYPE_CHECKING:
    from textual import events


class FieldKeys(Widget):
    """The keys of the screen, each a button for the mouse.

    Textual's Footer makes all of its parts anew whenever the focus moves, which costs more than
    all else that a Tab does.
    """

    DEFAULT_CSS = """
    FieldKeys { height: 1; background: $footer-background; color: $footer-foreground;
        pointer: pointer; }
    """

    def render(self) -> Content:
        """Draw the keys and what they do."""
        gap = self._gap()
        parts: list[str | tuple[str, str]] = []
        for key, label, _ in self._keys():
            parts += [(key, "bold $footer-key-foreground"), f" {label}{gap}"]
        return Content.assemble(*parts)

    def _keys(self) -> list[tuple[str, str, str]]:
        """Give key, label and action of each; keys that were bound anew are given as they are."""
        actions: dict[str, tuple[str, str, str]] = {}
        for active in self.screen.active_bindings.values():
            binding = active.binding
            if binding.show and active.node is self.screen:
                key = self.app.get_key_display(binding)
                actions.setdefault(binding.action, (key, binding.description, binding.action))
        return self._fitting(list(actions.values()))

    def _fitting(self, keys: list[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
        """Leave out the last keys where there is no room; the help screen has them all."""
        while sum(len(key) + len(label) + 2 for key, label, _ in keys) > self.size.width + 1:
            keys.pop()
        return keys

    def _gap(self) -> str:
        used = sum(len(key) + len(label) + 3 for key, label, _ in self._keys())
        return "  " if used <= self.content_size.width else " "

    async def on_click(self, event: events.Click) -> None:
        """Do what the key under the pointer does."""
        offset, end = event.get_content_offset(self), 0
        if offset is None:
            return
        for key, label, action in self._keys():
            end += len(key) + len(label) + 1 + len(self._gap())
            if offset.x < end:
                await self.screen.run_action(action)
                return
