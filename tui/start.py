"""Runs the app, once it is known what to open and how."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from collection.exchange.sources import Incoming


@dataclass(frozen=True)
class Options:
    """What stands before the command, or beside the collection to open."""

    collection: str | None = None
    sample: bool = False
    theme: str | None = None
    no_mouse: bool = False
    ascii: bool = False

    def and_then(self, later: Options) -> Options:
        """Lay what was said later over this."""
        return Options(
            later.collection or self.collection,
            later.sample or self.sample,
            later.theme or self.theme,
            later.no_mouse or self.no_mouse,
            later.ascii or self.ascii,
        )


def run(
    path: Path, options: Options, *, adding: bool = False, importing: Sequence[Incoming] = ()
) -> int:
    """Run the app.

    Args:
        path: the collection's file.
        options: how it is to look.
        adding: begin with the form for a new testimony.
        importing: begin with what these files would bring in.

    Returns:
        the exit code.
    """
    # The terminal knows its size; what a shell once exported of it may be wrong by now.
    for name in ("COLUMNS", "LINES"):
        os.environ.pop(name, None)
    from tui.app import FirsthandApp

    app = FirsthandApp(
        path,
        scratch=options.sample,
        theme=options.theme,
        ascii=options.ascii,
        adding=adding,
        importing=importing,
    )
    try:
        app.run(mouse=not options.no_mouse)
    finally:
        # With the terminal as it was, or gone: of a large collection this takes a second.
        app.close_collection()
    return app.return_code or 0


def on_terminal() -> bool:
    """Tell whether there is a terminal to draw on: Textual draws on standard error."""
    streams = (sys.stdin, sys.stdout, sys.stderr)
    return all(stream is not None and stream.isatty() for stream in streams)
