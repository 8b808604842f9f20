"""What the main screen does to several testimonies at once: those that are marked."""

from __future__ import annotations

import threading
import time
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from textual import on
from textual.binding import Binding
from textual.message import Message

from tui.screens.leaving import Lot
from tui.screens.searching import Searching
from tui.text import many
from tui.widgets.testimony_list import TestimonyList

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from collection.batch import Outcome
    from collection.batching import Batch
    from tui.settings import Settings

_REPORT_EVERY: Final = 0.25
"""Seconds between two messages about progress."""


class Several(Searching):
    """A screen in whose list testimonies can be marked, and changed together."""

    BINDINGS: ClassVar = [
        Binding("b", "batch", "Change several", show=False, id="batch",
                tooltip="Change all marked testimonies in one step: themes, series, access …"),
    ]  # fmt: skip

    class Progressed(Message):
        """More of a long piece of work is done."""

        def __init__(self, number: int, total: int) -> None:
            super().__init__()
            self.number = number
            self.total = total

    def __init__(self, path: Path, settings: Settings, *, scratch: bool, adding: bool) -> None:
        """Take the file; it is opened once the screen stands."""
        super().__init__(path, settings, scratch=scratch, adding=adding)
        self._stop_changing = threading.Event()
        self._told_of_marks = False

    # --- marks -------------------------------------------------------------------------------

    @property
    def marked(self) -> Sequence[str]:
        """The identifiers of what is marked, in the order of the collection."""
        marks = self.list.marks
        if self.collection is None or not marks:
            return ()
        return [id for id in self.collection.ids() if id in marks]

    def about_marks(self, *, hint: bool) -> str:
        """Say in the title of the list what is marked.

        Args:
            hint: whether to say how to mark, where nothing is.
        """
        marks = len(self.list.marks)
        if self.list.in_range:
            return f" · {marks} marked · V ends the range"
        if marks:
            return f" · {marks} marked · b: change"
        return " · space: mark" if hint and self.list.count else ""

    @on(TestimonyList.Marked)
    def _marked_other(self) -> None:
        self.tell()
        if self.list.marks and not self._told_of_marks:
            self._told_of_marks = True
            self.say("Marked. b changes all marked, x exports, d withdraws them; Esc unmarks.")

    def unmark(self) -> bool:
        """Take all marks away and say so; tell whether there were any."""
        gone = self.list.unmark()
        if gone:
            self.say("The mark was taken away." if gone == 1 else f"{gone} marks were taken away.")
        return bool(gone)

    def forget_order(self) -> None:
        """Sort anew when the list is next filled; what is gone is no longer marked."""
        super().forget_order()
        collection = self.collection
        if collection is not None and self.list.marks:
            self.list.unmark([id for id in self.list.marks if id not in collection])

    def _start_opening(self, path: Path) -> None:
        self.list.unmark()
        super()._start_opening(path)

    # --- what is done with them --------------------------------------------------------------

    def lots(self) -> dict[str, Lot]:
        """Give what may leave together, what is marked first."""
        marked = self.marked
        lots = super().lots()
        if not marked:
            return lots
        return {"marked": Lot(f"What is marked: {many(len(marked))}", marked), **lots}

    def action_copy(self) -> None:
        """Copy the selected passage, or what is marked, or the selected testimony."""
        marked = self.marked
        if self.get_selected_text() or not marked:
            super().action_copy()
            return
        from tui.clipboard import copy
        from tui.screens import transfer

        views = [gated for id in marked if (gated := self.gated(id)) and not gated.sealed]
        if not views:
            self.say("All of them are sealed, so nothing is copied. v reveals what is sealed.")
            return
        sealed = len(marked) - len(views)
        left = f" ({sealed} sealed ones left out)" if sealed else ""
        text = "\n\n\n".join(map(transfer.as_text, views))
        if problem := copy(self.app, text):
            self.warn(problem)
        else:
            were = "was" if len(views) == 1 else "were"
            self.say(f"{many(len(views))} {were} copied{left}.")

    def action_withdraw(self) -> None:
        """Take what is marked out of the list, or the selected testimony."""
        marked, collection = self.marked, self.collection
        if not marked or collection is None:
            super().action_withdraw()
            return
        if not self._ready(to_change=True):
            return
        from tui.screens.confirm import ConfirmScreen

        def done(count: int) -> None:
            self._show_change(self._near(marked))
            self.say(f"{many(count)} withdrawn. u takes it back.")

        def answered(withdraw: bool | None) -> None:
            if withdraw and self._ready(to_change=True):
                self._work("withdrawing", partial(collection.withdraw_all, marked), done)

        question = f"Take {_which(len(marked))} out of the list?"
        self.app.push_screen(ConfirmScreen(question, "Withdraw", "Cancel"), answered)

    def _near(self, gone: Sequence[str]) -> str | None:
        """Give what is to be selected when some are gone: the next that stays, or the last."""
        without, ids = set(gone), self.list.ids
        after = (id for id in ids[self.list.cursor :] if id not in without)
        before = (id for id in reversed(ids[: self.list.cursor]) if id not in without)
        return next(after, None) or next(before, None)

    def action_batch(self) -> None:
        """Ask what is to be changed in all that are marked, or in the selected one."""
        if not self._ready(to_change=True) or self.collection is None:
            return
        ids = self.marked
        if not ids:
            gated = self._selected()
            if gated is None:
                return
            ids = [gated.testimony.id]
        from tui.screens.batch import CHOICES
        from tui.screens.choice import ChoiceScreen

        def chosen(kind: str | None) -> None:
            if kind is not None:
                self._ask_more(kind, ids)

        which = (
            _which(len(ids)) if self.list.marks else "the selected testimony (space marks several)"
        )
        self.app.clear_notifications()
        self.app.push_screen(ChoiceScreen(f"Change {which}", CHOICES), chosen)

    def _ask_more(self, kind: str, ids: Sequence[str]) -> None:
        collection = self.collection
        if collection is None:
            return
        if kind in ("export", "withdraw"):
            (self.action_export if kind == "export" else self.action_withdraw)()
            return
        if kind == "open_again" and not collection.private:
            self.say("Only what is seen can be opened again: v first shows what is sealed.")
            return
        from tui.screens.batch_access import AccessStep
        from tui.screens.batch_name import NameStep

        seen = {id: collection.get(id).revision for id in ids if id in collection}

        def given(batch: Batch | None) -> None:
            if batch is None:
                return
            if batch.open_again:
                self._confirm_opening(batch, ids, seen)
            else:
                self._change_all(batch, ids)

        if kind in ("restrict", "open_again"):
            self.app.push_screen(AccessStep(collection, ids, opens=kind == "open_again"), given)
        else:
            self.app.push_screen(NameStep(collection, ids, kind), given)

    def _confirm_opening(self, batch: Batch, ids: Sequence[str], seen: Mapping[str, int]) -> None:
        from tui.screens.confirm import ConfirmScreen

        def answered(go_on: bool | None) -> None:
            if go_on:
                # What somebody else has sealed meanwhile is not opened unseen.
                self._change_all(batch, ids, seen)

        parts = ", ".join(batch.open_again)
        question = f"Everyone will see what is sealed now ({parts}) in {many(len(ids))}. Open it?"
        self.app.push_screen(ConfirmScreen(question, "Open", "Cancel"), answered)

    # --- doing it ----------------------------------------------------------------------------

    def _change_all(
        self, batch: Batch, ids: Sequence[str], revisions: Mapping[str, int] | None = None
    ) -> None:
        collection = self.collection
        if collection is None or not self._ready(to_change=True):
            return
        from tui.batch_words import told

        def done(outcome: Outcome) -> None:
            if outcome.changed:
                self._show_change(self.list.selected)
            back = "; u takes it back" if outcome.changed else ""
            self.say(f"{told(outcome, batch, done=True)}{back}.")

        self._stop_changing.clear()
        told_to = self._progress_of(len(ids))
        job = partial(collection.revise_all, ids, batch, revisions=revisions, progress=told_to)
        self._work(f"changing {many(len(ids))}", job, done)

    def _progress_of(self, total: int) -> Callable[[int], None]:
        """Give what takes progress in a thread, and ends the work when it is stopped."""
        from tui.screens.batch import GivenUp

        reported = time.monotonic()

        def told(number: int) -> None:
            nonlocal reported
            if self._stop_changing.is_set():
                raise GivenUp("Stopped; nothing was changed.")
            if time.monotonic() - reported > _REPORT_EVERY:
                reported = time.monotonic()
                self.post_message(self.Progressed(number, total))

        return told

    @on(Progressed)
    def _progressed(self, event: Progressed) -> None:
        if self.busy:
            self.busy = f"changing, {event.number} of {event.total} ready; Esc stops"
            self.tell()

    def stop_changing(self) -> bool:
        """Stop a change of many that has not been written yet; tell whether there is one."""
        if not self.busy.startswith("changing") or self._stop_changing.is_set():
            return False
        self._stop_changing.set()
        return True


def _which(n: int) -> str:
    return "the marked testimony" if n == 1 else f"all {n} marked testimonies"
