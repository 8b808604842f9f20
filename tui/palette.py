"""One list of what can be done, read off the bindings: for the help screen and the palette."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from textual.binding import Binding
from textual.command import DiscoveryHit, Hit, Provider

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.app import App
    from textual.command import Hits
    from textual.dom import DOMNode


class Named(NamedTuple):
    """A command that has no key: it is asked for by its name, in the palette."""

    action: str
    description: str
    tooltip: str


def named_of(node: DOMNode) -> Iterator[Named]:
    """Give the commands without a key that a class of ours declares under `NAMED`."""
    for kind in reversed(type(node).__mro__):
        yield from kind.__dict__.get("NAMED", ())


def bindings_of(node: DOMNode) -> Iterator[Binding]:
    """Give the commands that a class of ours declares, with the keys the user's keymap gives."""
    declared = {
        binding.id: binding
        for kind in reversed(type(node).__mro__)
        if kind.__module__.startswith("tui.")
        for binding in kind.__dict__.get("BINDINGS", ())
        if isinstance(binding, Binding)
    }
    keymap = node.app._keymap  # noqa: SLF001  Textual has no public way to read it
    for id, binding in declared.items():
        changed = keymap.get(id or "")
        yield binding.with_key(changed) if changed else binding


def shown_keys(app: App[Any], binding: Binding) -> str:
    """Write the keys of a binding as people read them."""
    names = (app.get_key_display(Binding(key.strip(), "")) for key in binding.key.split(","))
    return binding.key_display or " ".join(names)


class Commands(Provider):
    """Offers the commands of the main screen and of the app in the palette."""

    def _all(self) -> Iterator[tuple[str, str, Any]]:
        for node in (self.screen, self.app):
            for binding in bindings_of(node):
                keys = shown_keys(self.app, binding)
                what = binding.tooltip or binding.description
                run = partial(self.app.run_action, binding.action, node)
                yield f"{binding.description} ({keys})", what, run
            for named in named_of(node):
                run = partial(self.app.run_action, named.action, node)
                yield named.description, named.tooltip, run

    async def discover(self) -> Hits:
        """Offer everything."""
        for name, what, run in self._all():
            yield DiscoveryHit(name, run, help=what)

    async def search(self, query: str) -> Hits:
        """Offer what is asked for."""
        matcher = self.matcher(query)
        for name, what, run in self._all():
            score = max(matcher.match(name), matcher.match(what) * 0.9)
            if score > 0:
                yield Hit(score, matcher.highlight(name), run, text=name, help=what)
