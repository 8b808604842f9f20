"""How a collection comes to the screen: opened, indexed and watched in the background."""

from __future__ import annotations

import threading
from functools import partial
from typing import TYPE_CHECKING

from textual import on
from textual.reactive import var

from tui import background
from tui.paths import daily_backups, index_folder
from tui.screens.recalling import Recalling

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from collection import Collection
    from collection.access import Gated
    from collection.errors import Problem
    from collection.exchange.sources import Incoming
    from collection.results import Results
    from tui.settings import Settings

_PREVIEW = 60
"""Testimonies shown before the collection has been read: a tall screenful."""


class Opening(Recalling):
    """A screen whose collection is read while it is already shown."""

    show_selected: Callable[..., None]
    forget_search: Callable[[], None]
    show_incoming: Callable[[Sequence[Incoming]], None]
    sort: var[str] = var("given", init=False)
    """The order of the list when nothing is searched for."""

    def __init__(self, path: Path, settings: Settings, *, scratch: bool, adding: bool) -> None:
        """Take the file; it is opened once the screen stands."""
        super().__init__(path, settings, scratch=scratch)
        self._adding = adding
        self.to_import: Sequence[Incoming] = ()
        """What is to be shown before it is taken in, once the collection is open."""
        self._preview: dict[str, Gated] = {}
        self._ordered: Sequence[str] | None = None
        self._results: Results | None = None
        self._shown: tuple[str | None, int, bool] | None = None
        """What the account pane shows: which testimony, its revision, whether unmasked."""
        self._left_to_index = 0
        self._stop_watching = threading.Event()
        self._opening_error = ""
        self._told: Sequence[Problem] = ()

    @property
    def could_not_open(self) -> bool:
        """Whether the collection could not be opened."""
        return bool(self._opening_error)

    def on_unmount(self) -> None:
        """End the watch, so that its thread does not outlive the screen."""
        self._stop_watching.set()

    def _start_opening(self, path: Path) -> None:
        from collection.preview import preview

        self.path = path
        former, self.collection = self.collection, None
        self._stop_watching.set()
        self._opening_error = ""
        self.forget_search()
        self._ordered = self._shown = None
        seen = preview(path, _PREVIEW) if self.sort == "given" else []
        self._preview = {gated.testimony.id: gated for gated in seen}
        self.list.explain("Opening the collection …")
        self.list.fill([*self._preview])
        self.show_selected()
        self.tell()
        # Not before the screenful is painted: reading takes the interpreter from the painting.
        self.call_after_refresh(self._open_now, path, former)

    def _open_now(self, path: Path, former: Collection | None) -> None:
        kept = not self.scratch
        self.run_worker(
            partial(
                background.open_collection,
                path,
                self.post_message,
                cache=index_folder(self.settings) if kept else None,
                backups=daily_backups(self.settings) if kept else None,
                network=self.settings["network_folders"],
                former=former,
            ),
            thread=True,
            group="open",
        )

    @on(background.CollectionOpened)
    def _opened(self, event: background.CollectionOpened) -> None:
        if event.collection.path != self.path.resolve() or self.collection is not None:
            event.collection.close()
            return
        selected = self.list.selected
        self.collection = collection = event.collection
        self._preview = {}
        self._stop_watching = threading.Event()
        self._start_indexing()
        self.run_worker(
            partial(background.watch, collection, self.post_message, self._stop_watching),
            thread=True,
            group="watch",
            exclusive=True,
        )
        if not self.scratch:
            self.settings.remember_collection(self.path.resolve())
        self.refill(select=selected)
        if collection.why_read_only:
            self.say(f"Nothing can be changed here. {collection.why_read_only}")
        elif not self.scratch and (service := collection.synced_by):
            self.say(
                f"{service} copies this folder to other machines: close the collection here "
                f"before you open it on another."
            )
        if collection.problems:
            self.warn(_about(collection.problems))
        self._told = collection.problems
        if self._adding:
            self._adding = False
            self.action_add()
        elif self.to_import and not collection.read_only:
            sources, self.to_import = self.to_import, ()
            self.show_incoming(sources)
        else:
            self.tell_of_drafts()

    @on(background.OpeningFailed)
    def _opening_failed(self, event: background.OpeningFailed) -> None:
        if event.path != self.path:
            return
        self._opening_error = event.error
        self._preview = {}
        self.list.fill(())
        self.list.explain(event.error, "o opens or creates another collection, q quits.")
        self.show_selected()
        self.tell()

    def _start_indexing(self) -> None:
        if self.collection is None:
            return
        self.run_worker(
            partial(background.index, self.collection, self.post_message),
            thread=True,
            group="index",
            exclusive=True,
        )

    @on(background.IndexProgress)
    def _indexed(self, event: background.IndexProgress) -> None:
        if event.collection is not self.collection:
            return
        self._left_to_index = event.left
        if self._results is not None and self._results.partial:
            self.refill(keep=True)
        self.tell()

    @on(background.ChangedElsewhere)
    def _changed_elsewhere(self, event: background.ChangedElsewhere) -> None:
        if event.problem:
            self.warn(f"{event.problem} What is on screen is what was read before.")
            return
        self.forget_order()
        self.refill(keep=True)
        self._start_indexing()
        if self.collection is not None and self.collection.problems != self._told:
            self._told = self.collection.problems
            if self._told:
                self.warn(_about(self._told))


def _about(problems: Sequence[Problem]) -> str:
    more = f" And {len(problems) - 1} more." if len(problems) > 1 else ""
    return f"{problems[0].message}{more} firsthand check tells all."
