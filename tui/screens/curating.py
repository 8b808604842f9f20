"""What the screens that keep names clean have in common: work in threads, undoing, saying so."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.binding import Binding

from tui import background, vocabulary
from tui.screens.once import Once
from tui.text import one_line
from tui.widgets.bidi import visual

if TYPE_CHECKING:
    from collections.abc import Callable

    from collection import Collection
    from collection.curating import Followed
    from collection.ledger import Step

READ_ONLY = "The collection is open for reading only, so nothing can be changed."


class CuratingScreen(Once["str | None"]):
    """A screen that changes names; it gives back what to search for, or nothing."""

    BINDINGS: ClassVar = [
        Binding("u", "undo", "Undo", show=False, id="curating.undo",
                tooltip="Take the last change back"),
        Binding("ctrl+r", "redo", "Redo", show=False, id="curating.redo",
                tooltip="Make the change again that was undone"),
        Binding("v", "reveal", "Reveal", show=False, id="curating.reveal",
                tooltip="Show what is private or sealed, or mask it again"),
    ]  # fmt: skip

    def __init__(self, collection: Collection, reveal: Callable[[], None], *, bidi: str) -> None:
        """Take the collection.

        Args:
            collection: whose names they are.
            reveal: shows what is private, or masks it again.
            bidi: `app` orders right-to-left text here.
        """
        super().__init__()
        self.collection = collection
        """Whose names they are."""
        self.busy = ""
        """What is going on, in a word or two; empty when nothing is."""
        self._reveal = reveal
        self._bidi = bidi

    def start_reading(self) -> None:
        """Read anew what is shown, in a thread."""
        raise NotImplementedError

    def tell(self) -> None:
        """Say how things stand."""
        raise NotImplementedError

    def say(self, text: str, severity: str = "information") -> None:
        """Tell the user something in passing."""
        self.app.clear_notifications()
        level: Any = severity
        self.notify(one_line(text), markup=False, severity=level, timeout=8)

    def seen(self, name: str) -> str:
        """Write a name as it is to be seen, whatever it holds and whichever way it runs."""
        safe = one_line(name)
        return visual(safe)[0] if self._bidi == "app" else safe

    def ready(self) -> bool:
        """Tell whether something can be changed now; if not, say why."""
        if self.collection.read_only:
            self.say(READ_ONLY)
        elif self.busy:
            self.say(f"One moment: {self.busy}.")
        else:
            return True
        return False

    # --- work --------------------------------------------------------------------------------

    def work(self, busy: str, job: Callable[[], Any], then: Callable[[Any], None]) -> None:
        """Do something in a thread.

        Args:
            busy: what is going on, in a word or two.
            job: what to do.
            then: takes what it gave, when nothing went wrong.
        """
        self.busy = busy
        self.tell()
        run = partial(background.work, job, then, self.post_message)
        self.run_worker(run, thread=True, group="work")

    @on(background.WorkDone)
    def _work_done(self, event: background.WorkDone) -> None:
        event.stop()
        self.busy = ""
        if event.error:
            # What is shown may have been changed by someone else.
            self.start_reading()
            self.say(event.error, "warning")
        elif event.then is not None:
            event.then(event.result)
        self.tell()

    def followed(self, what: str, done: Followed) -> None:
        """Say what became of a name, and show it."""
        self.start_reading()
        self.say(f"{what}; {vocabulary.followed(done)} u takes it back.")

    # --- undoing -----------------------------------------------------------------------------

    def action_undo(self) -> None:
        """Take the last change back."""
        if self.ready():
            job = partial(background.reverse, self.collection, redo=False)
            self.work("undoing", job, partial(self._reversed, "undo"))

    def action_redo(self) -> None:
        """Make the change again that was undone."""
        if self.ready():
            job = partial(background.reverse, self.collection, redo=True)
            self.work("redoing", job, partial(self._reversed, "redo"))

    def _reversed(self, verb: str, done: tuple[Step, set[str]]) -> None:
        step, seen = done
        if not step:
            self.say(f"There is nothing to {verb}.")
            return
        self.start_reading()
        what = "The last change was taken back" if verb == "undo" else "The change was made again"
        other = "^r makes it again" if verb == "undo" else "u takes it back"
        self.say(f"{what}; {vocabulary.counted(len(seen))} with it. {other}.")

    def leave(self, query: str | None = None) -> None:
        """Go back, once what is going on has ended: the list is filled anew then.

        Args:
            query: what is to be searched for.
        """
        if self.busy:
            self.say(f"One moment: {self.busy}.")
        else:
            self.dismiss(query)

    def action_leave(self) -> None:
        """Go back to where one was."""
        self.leave()

    def action_reveal(self) -> None:
        """Show what is private, or mask it again."""
        self._reveal()
        self.start_reading()
