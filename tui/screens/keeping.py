"""What the main screen does to a collection: add, edit, withdraw, undo, import, open."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.binding import Binding

from collection.authorities import APART
from tui import background
from tui.screens.beginning import Beginning
from tui.text import clip, many, one_line

if TYPE_CHECKING:
    from collections.abc import Callable

    from collection import Collection, Testimony
    from collection.access import Gated
    from collection.ledger import Step
    from tui.settings import Settings


_MOST_TOLD = 3
"""Names that are told one by one."""


class Keeping(Beginning):
    """A screen that keeps a collection; the main screen adds what is seen of it."""

    BINDINGS: ClassVar = [
        Binding("slash", "search", "Find", key_display="/", id="search",
                tooltip="Search by place, theme, narrator, title and words"),
        Binding("a", "add", "Add", id="add", tooltip="Add a testimony"),
        Binding("e", "edit", "Edit", id="edit", tooltip="Edit the selected testimony"),
        Binding("d", "withdraw", "Withdraw", show=False, id="withdraw",
                tooltip="Take what is marked, or selected, out of the list; u brings it back"),
        Binding("u", "undo", "Undo", show=False, id="undo", tooltip="Take the last change back"),
        Binding("ctrl+r", "redo", "Redo", show=False, id="redo",
                tooltip="Make the change again that was undone"),
        Binding("o", "open", "Open", show=False, id="open", tooltip="Open or create a collection"),
    ]  # fmt: skip

    tell: Callable[[], None]
    gated: Callable[[str], Gated | None]
    refill: Callable[..., None]
    forget_order: Callable[[], None]
    clear_search: Callable[[], None]
    could_not_open: Any
    _adding: bool
    _start_opening: Callable[[Path], None]
    _start_indexing: Callable[[], None]

    def __init__(self, path: Path, settings: Settings, *, scratch: bool) -> None:
        """Take the file."""
        super().__init__(settings)
        self.path = path
        """The collection's file."""
        self.scratch = scratch
        """Whether it is a copy that is thrown away."""
        self.collection: Collection | None = None
        """The collection, once it is open."""
        self.busy = ""
        """What is going on, in a word or two; empty when nothing is."""

    # --- saying things -----------------------------------------------------------------------

    def say(self, text: str) -> None:
        """Tell the user something in passing."""
        # The last word counts; those before it would only cover the list.
        self.app.clear_notifications()
        self.notify(self._fitting(text), markup=False, timeout=6)

    def warn(self, text: str) -> None:
        """Tell the user of a trouble."""
        self.notify(self._fitting(text), markup=False, severity="warning", timeout=15)

    def _fitting(self, text: str) -> str:
        """Cut what is told to the room there is: a notice higher than the window is not drawn."""
        width, height = self.app.size
        # A notice is half as wide as the window, and a fifth of it is lost where lines break.
        return clip(one_line(text), max(40, (width // 2 - 4) * (height - 5) * 4 // 5))

    def _ready(self, *, to_change: bool) -> bool:
        """Tell whether a collection is there for what is asked; if not, say why."""
        if self.collection is None:
            self.say("No collection is open. Press o to open or create one.")
        elif to_change and self.collection.read_only:
            self.say(f"{self.path.name} is open for reading only, so nothing can be changed.")
        elif to_change and self.busy:
            self.say(f"One moment: {self.busy}.")
        else:
            return True
        return False

    # --- work that takes time ----------------------------------------------------------------

    def _work(
        self, busy: str, job: Callable[[], Any], then: Callable[[Any], None] | None = None
    ) -> None:
        self.busy = busy
        self.tell()
        self.run_worker(
            partial(background.work, job, then, self.post_message), thread=True, group="work"
        )

    @on(background.WorkDone)
    def _work_done(self, event: background.WorkDone) -> None:
        self.busy = ""
        self.tell()
        if event.error:
            self.warn(event.error)
        elif event.then is not None:
            event.then(event.result)

    def _show_change(self, id: str | None) -> None:
        """Show the list as it is after a change, with the changed testimony selected."""
        self.forget_order()
        # Where the search that is on does not find it, it must be seen all the same.
        here = id is not None and self.collection is not None and id in self.collection
        self.refill(select=id, sure=here)
        self._start_indexing()

    # --- adding and editing ------------------------------------------------------------------

    def action_add(self) -> None:
        """Open an empty form; at once when the collection is open, if it is not yet."""
        if self.collection is None and not self.could_not_open:
            self._adding = True
        elif self._ready(to_change=True):
            self._open_form(None)

    def action_edit(self) -> None:
        """Open the form with the selected testimony."""
        if not self._ready(to_change=True):
            return
        gated = self._selected()
        if gated is None:
            return
        if not gated.withheld:
            self._open_form(gated.testimony.id)
            return
        from tui.screens.confirm import ConfirmScreen

        def answered(edit: bool | None) -> None:
            if edit:
                self._open_form(gated.testimony.id)

        question = "The form shows what is private or sealed in this testimony. Open it?"
        self.app.push_screen(ConfirmScreen(question, "Show and edit", "Cancel"), answered)

    def _selected(self) -> Gated | None:
        id = self.list.selected
        gated = self.gated(id) if id is not None else None
        if gated is None:
            self.say("No testimony is selected.")
        return gated

    def _open_form(self, id: str | None, field: str = "") -> None:
        def saved(kept: Testimony | None) -> None:
            if kept is not None:
                self._show_change(kept.id)
                self.say(f"Saved as {kept.id}. u takes it back.")

        # A new one can begin like the one that is selected.
        like = self.list.selected or "" if id is None else ""
        self.open_form(id, saved, field, like)

    # --- withdrawing and undoing -------------------------------------------------------------

    def action_withdraw(self) -> None:
        """Take the selected testimony out of the list."""
        if not self._ready(to_change=True):
            return
        gated, collection = self._selected(), self.collection
        if gated is None or collection is None:
            return
        id, place = gated.testimony.id, self.list.cursor

        def done(_: Any) -> None:
            ids = [one for one in self.list.ids if one != id]
            self._show_change(ids[min(place, len(ids) - 1)] if ids else None)
            self.say(f"Withdrawn: {gated.testimony.title[:60]}. u brings it back.")

        self._work("withdrawing", partial(collection.withdraw, id), done)

    def action_undo(self) -> None:
        """Take the last change back."""
        if self._ready(to_change=True) and self.collection is not None:
            job = partial(background.reverse, self.collection, redo=False)
            self._work("undoing", job, partial(self._reversed, "undo"))

    def action_redo(self) -> None:
        """Make the change again that was undone."""
        if self._ready(to_change=True) and self.collection is not None:
            job = partial(background.reverse, self.collection, redo=True)
            self._work("redoing", job, partial(self._reversed, "redo"))

    def _reversed(self, verb: str, done: tuple[Step, set[str]]) -> None:
        changes, seen = done
        if not changes:
            self.say(f"There is nothing to {verb}.")
            return
        here = [one.id for one in changes if one.after is not None and one.id in seen]
        self._show_change(here[0] if here else self.list.selected)
        gone = sum(change.after is None for change in changes)
        # Only the names that somebody decided or defined; the testimonies follow them.
        entries = [one for one in changes.entries if not one.yields]
        names = dict.fromkeys(one.name for one in entries if one.about != APART)
        told = [f"what is known of {name} brought back" for name in names]
        if len(told) > _MOST_TOLD:
            told = [f"what is known of {len(told)} names brought back"]
        if len(names) < len(entries):
            told.append("what was said of two names taken back")
        if here:
            told.append(f"{many(len(here))} brought back to an earlier state")
        if gone:
            told.append(f"{many(gone)} taken out again")
        other = "^r makes the change again" if verb == "undo" else "u takes it back"
        said = " and ".join(told) or "nothing that may be seen was changed"
        self.say(f"{said[:1].upper()}{said[1:]}; {other}.")

    # --- in and out --------------------------------------------------------------------------

    def action_open(self) -> None:
        """Ask for a collection, and open or create it."""
        if self.busy:
            self.say(f"One moment: {self.busy}.")
            return
        from tui.screens.path import PathScreen

        def chosen(path: Path | None) -> None:
            if path is None:
                return
            if _is_there(path):
                self._change_collection(path)
            else:
                self._confirm_creation(path)

        start = f"{self.path.parent}/"
        lately = [name for name in self.settings["recent"] if _is_there(Path(name))]
        hint = "A file that is not there yet is created. Tab completes, ↓ goes to the files."
        screen = PathScreen("Open or create a collection", hint, start, (".json",), lately)
        self.app.push_screen(screen, chosen)

    def _confirm_creation(self, path: Path) -> None:
        from tui.screens.confirm import ConfirmScreen

        named = path if path.suffix else path.with_suffix(".json")

        def answered(create: bool | None) -> None:
            if create:
                self._change_collection(named)

        question = f"There is no {named} yet. Create a new collection there?"
        self.app.push_screen(ConfirmScreen(question, "Create", "Cancel"), answered)

    def _change_collection(self, path: Path) -> None:
        self.scratch = False
        self.clear_search()
        self._start_opening(path)


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        # A name that no file can have; opening it says so.
        return True
