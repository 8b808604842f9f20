"""Opening a collection: in the app, to read from it, or to add to it."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from tui import printing
from tui.printing import WRONG_USAGE, Stopped
from tui.start import Options, on_terminal, run

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from collection import Collection
    from collection.exchange.sources import Incoming


def open_app(options: Options, *, adding: bool = False, importing: Sequence[Incoming] = ()) -> int:
    """Open the collection in the app.

    Args:
        options: which collection, and how the app is to look.
        adding: begin with the form for a new testimony.
        importing: begin with what these files would bring in.

    Raises:
        Stopped: when this is no terminal.
        CannotOpen: when there can be no collection in that place.
    """
    if not on_terminal():
        message = (
            "The app needs a terminal to draw on, and this is none. The commands search, show, "
            "list, add --from, import, export and check do without one."
        )
        raise Stopped(message, WRONG_USAGE)
    if not options.sample:
        from tui.paths import check_place, collection_file

        path = collection_file(options.collection)
        check_place(path, create=True)
        return run(path, options, adding=adding, importing=importing)
    from tempfile import TemporaryDirectory

    from collection.sample import open_sample

    with TemporaryDirectory(prefix="firsthand-", ignore_cleanup_errors=True) as folder:
        return run(open_sample(Path(folder)), options, adding=adding, importing=importing)


@contextmanager
def reading(
    named: str | None, *, private: bool = False, searching: bool = False
) -> Iterator[Collection]:
    """Open the collection without ever writing to it.

    Args:
        named: the collection that the command line names.
        private: whether private and sealed parts are wanted.
        searching: whether something will be searched for; a kept index is then taken over.
    """
    from collection.collection import Collection
    from tui.paths import check_place, collection_file, config_file, index_folder

    path = collection_file(named)
    check_place(path, create=False)
    cache = None
    if searching and not private:
        from tui.settings import Settings

        cache = index_folder(Settings(config_file()))
    with Collection.open(path, read_only=True, create=False, cache=cache) as voices:
        _tell_problems(voices)
        voices.reveal(private)
        yield voices


@contextmanager
def writing(
    named: str | None, *, create: bool = True, private: bool = False
) -> Iterator[Collection]:
    """Open the collection to change it; an absent one is made if `create`."""
    from collection.collection import Collection
    from tui.paths import check_place, collection_file, config_file, daily_backups
    from tui.settings import Settings

    path = collection_file(named)
    check_place(path, create=create)
    settings = Settings(config_file())
    with Collection.open(
        path,
        create=create,
        backups=daily_backups(settings),
        network=settings["network_folders"],
    ) as voices:
        _tell_problems(voices)
        voices.reveal(private)
        yield voices
    if voices.backup_trouble:
        printing.tell(voices.backup_trouble)


def _tell_problems(voices: Collection) -> None:
    if voices.problems:
        count = len(voices.problems)
        printing.tell(f"Problems found in the file: {count}. See: firsthand check")
