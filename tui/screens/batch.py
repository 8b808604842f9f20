"""What can be done with several testimonies at once, and the screens that ask for more."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from textual import on
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Button, Static
from textual.worker import get_current_worker

from collection.batching import Batch
from collection.errors import CollectionError
from tui.batch_words import told
from tui.screens.once import Asking
from tui.text import many, one_line, visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from textual.app import ComposeResult
    from textual.widget import Widget

    from collection import Collection

CHOICES: Final = {
    "add_themes": "Add a theme",
    "remove_themes": "Remove a theme",
    "series": "Set the series",
    "restrict": "Restrict access …",
    "open_again": "Open access again …",
    "consent": "Set the consent",
    "add_places": "Add a place",
    "remove_places": "Remove a place",
    "add_keywords": "Add a keyword",
    "remove_keywords": "Remove a keyword",
    "of_collection": "Set the collection of the source",
    "interviewers": "Set the interviewers",
    "rights": "Set the rights",
    "licence": "Set the licence",
    "export": "Export to a file …",
    "withdraw": "Withdraw …",
}
"""What can be done, by the value of a `Batch` that does it; the last two are no batch."""


class GivenUp(CollectionError):  # noqa: N818 -- wanted, and no error
    """Work that takes long was stopped before anything was written."""


class BatchStep(Asking[Batch | None]):
    """Asks for what a change needs to know, and says meanwhile what it would do."""

    BINDINGS: ClassVar = [
        Binding("escape", "dismiss(None)", "Cancel", id="batch.cancel",
                tooltip="Change nothing"),
        Binding("enter,ctrl+s", "enter", "Do it", id="batch.do", priority=True,
                tooltip="Make the change; u takes it back"),
    ]  # fmt: skip

    DEFAULT_CSS = """
    BatchStep {
        align: center middle;
        & > Vertical {
            width: 66; max-width: 100%; height: auto; max-height: 100%;
            background: $surface; border: round $border; padding: 0 1;
        }
        #batch-title { text-style: bold; height: auto; max-height: 2; }
        #batch-preview { height: auto; max-height: 2; min-height: 1; color: $text-accent; }
        .batch--hint { height: auto; color: $text-muted; }
        #batch-buttons { height: 1; align-horizontal: right; }
        Button { min-width: 8; margin-left: 1; }
    }
    """

    class Rehearsed(Message):
        """It is known what a change would do."""

        def __init__(self, batch: Batch, text: str) -> None:
            super().__init__()
            self.batch = batch
            self.text = text
            """What it would do, or what is wrong with it."""

    def __init__(self, collection: Collection, ids: Sequence[str], what: str) -> None:
        """Take what is to be changed.

        Args:
            collection: where the testimonies are.
            ids: the testimonies.
            what: what is to be done, for people.
        """
        super().__init__()
        self._collection = collection
        self._ids = ids
        self._what = what

    def compose(self) -> ComposeResult:
        """Put the fields between what they are for and what would happen."""
        with Vertical():
            title = f"{self._what} · {many(len(self._ids))}"
            yield Static(one_line(title), id="batch-title", markup=False)
            yield from self.fields()
            yield Static("", id="batch-preview", markup=False)
            with Horizontal(id="batch-buttons"):
                yield Button(Content("Cancel"), id="batch-no", compact=True)
                yield Button(Content("Change"), id="batch-yes", compact=True)

    def fields(self) -> Iterator[Widget]:
        """Give the fields."""
        raise NotImplementedError

    def wanted(self) -> Batch | str:
        """Give the change as the fields describe it; or what is still missing, in a sentence."""
        raise NotImplementedError

    def look(self) -> None:
        """Say what would happen; in a thread, as there may be many testimonies."""
        batch = self.wanted()
        if isinstance(batch, str):
            self.workers.cancel_group(self, "rehearse")
            self.tell(batch)
            return
        job = partial(self._rehearse, batch)
        self.run_worker(job, thread=True, group="rehearse", exclusive=True)

    def _rehearse(self, batch: Batch) -> None:
        worker = get_current_worker()

        def go_on(_: int) -> None:
            if worker.is_cancelled:
                raise GivenUp("Nothing was changed.")

        try:
            outcome = self._collection.revise_all(self._ids, batch, dry_run=True, progress=go_on)
            text = f"{told(outcome, batch, done=False)}."
        except CollectionError as error:
            text = str(error)
        self.post_message(self.Rehearsed(batch, text))

    @on(Rehearsed)
    def _rehearsed(self, event: Rehearsed) -> None:
        if event.batch == self.wanted():
            self.tell(event.text)

    def tell(self, text: str) -> None:
        """Say something under the fields."""
        self.query_one("#batch-preview", Static).update(visible(text))

    def action_enter(self) -> None:
        """Press the button that has the focus; anywhere else, do it."""
        if isinstance(self.focused, Button):
            self.focused.press()
        else:
            self.do()

    def do(self) -> None:
        """Give back the change, if nothing is missing."""
        batch = self.wanted()
        if isinstance(batch, str):
            self.tell(batch)
        else:
            self.dismiss(batch)

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        event.stop()
        if event.button.id == "batch-yes":
            self.do()
        else:
            self.dismiss(None)
