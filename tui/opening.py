"""Opening a collection: in the app, to read from it, or to add to it."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tui import printing
from tui.printing import WRONG_USAGE, Stopped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from collection import Collection


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


def open_app(options: Options, *, adding: bool = False) -> int:
    """Open the collection in the app, at once with the form for a new testimony if `adding`.

    Raises:
        Stopped: when this is no terminal.
        CannotOpen: when there can be no collection in that place.
    """
    # Textual draws on standard error.
    if not all(map(_is_terminal, (sys.stdin, sys.stdout, sys.stderr))):
        message = (
            "The app needs a terminal to draw on, and this is none. The commands search, show, "
            "list, add --from, import, export and check do without one."
        )
        raise Stopped(message, WRONG_USAGE)
    if not options.sample:
        from tui.paths import check_place, collection_file

        path = collection_file(options.collection)
        check_place(path, create=True)
        return _run_app(path, options, adding=adding)
    from tempfile import TemporaryDirectory

    from collection.sample import open_sample

    with TemporaryDirectory(prefix="firsthand-", ignore_cleanup_errors=True) as folder:
        return _run_app(open_sample(Path(folder)), options, adding=adding)


def _run_app(path: Path, options: Options, *, adding: bool) -> int:
    # The terminal knows its size; what a shell once exported of it may be wrong by now.
    for name in ("COLUMNS", "LINES"):
        os.environ.pop(name, None)
    from tui.app import FirsthandApp

    app = FirsthandApp(
        path, scratch=options.sample, theme=options.theme, ascii=options.ascii, adding=adding
    )
    app.run(mouse=not options.no_mouse)
    return app.return_code or 0


def _is_terminal(stream: Any) -> bool:
    return stream is not None and stream.isatty()


@contextmanager
def reading(named: str | None, *, private: bool = False) -> Iterator[Collection]:
    """Open the collection without ever writing to it."""
    from collection.collection import Collection
    from tui.paths import check_place, collection_file

    path = collection_file(named)
    check_place(path, create=False)
    with Collection.open(path, read_only=True, create=False) as voices:
        if voices.problems:
            count = len(voices.problems)
            printing.tell(f"Entries of the file that cannot be read: {count}. See: firsthand check")
        voices.reveal(private)
        yield voices


@contextmanager
def writing(named: str | None) -> Iterator[Collection]:
    """Open the collection to add to it; an absent one is made."""
    from collection.collection import Collection
    from tui.paths import check_place, collection_file

    path = collection_file(named)
    check_place(path, create=True)
    with Collection.open(path) as voices:
        yield voices
