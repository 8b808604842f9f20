"""The context pane: when, where, what about, in which circumstances, on whose terms."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from tui.widgets.reader import Reader

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class ContextPane(Reader):
    """Facts with their labels, drawn as the account is: safe, wrapped, in either direction."""

    COMPONENT_CLASSES: ClassVar = {"context--label", "context--why"}

    DEFAULT_CSS = """
    ContextPane {
        .context--label { color: $text-accent; text-style: bold; }
        .context--why { color: $text-success; text-style: italic; }
    }
    """

    def show_facts(
        self, facts: Iterable[tuple[str, Sequence[str]]], why: Sequence[str] = ()
    ) -> None:
        """Show facts.

        Args:
            facts: labels with their lines.
            why: why the testimony was found, if it was searched for.
        """
        lines: list[str | tuple[str, str]] = []
        if why:
            lines.append(("Found by", "context--label"))
            lines += [(line, "context--why") for line in why]
            lines.append("")
        for label, told in facts:
            lines.append((label, "context--label"))
            lines += told
            lines.append("")
        self.show("", heading=lines)
