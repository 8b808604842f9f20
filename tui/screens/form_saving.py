"""How the form saves: in a thread, once, and never without saying what became of the words."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from textual import on
from textual.message import Message
from textual.worker import Worker, WorkerState

from collection.errors import CollectionError, Conflict, InvalidTestimony, NotFound
from collection.testimony import validate
from tui.screens.form_drafting import FormDrafts
from tui.screens.form_values import FormValues, field_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from collection.alike import Alike
    from collection.places.entry import Candidate
    from collection.testimony import Testimony


class FormSaving(FormDrafts):
    """The part of the form that saves it."""

    class Kept(Message):
        """The worker has saved the record."""

        def __init__(self, testimony: Testimony, texts: Mapping[str, str]) -> None:
            super().__init__()
            self.testimony = testimony
            """As it was kept."""
            self.texts = texts
            """What the fields said when it was saved."""

    class Refused(Message):
        """The worker could not save the record."""

        def __init__(self, error: CollectionError) -> None:
            super().__init__()
            self.error = error
            """Why."""

    class Alike(Message):
        """The worker has saved nothing: there are testimonies that the entry nearly equals."""

        def __init__(self, found: Sequence[Alike]) -> None:
            super().__init__()
            self.found = found
            """What it nearly equals."""

    _saving: bool
    _accepted: frozenset[str]

    def action_save(self) -> None:
        """Keep the testimony; once, however often it is asked for."""
        if self._saving or self._done is not None:
            return
        self._saving = True
        self._say("Saving …")
        texts = self.texts
        job = partial(
            self._save, self._kept, self._values, texts, dict(self._choices), self._accepted
        )
        self.run_worker(job, thread=True, group="form-save", exit_on_error=False)

    def _save(
        self,
        kept: Testimony | None,
        values: FormValues,
        texts: Mapping[str, str],
        choices: Mapping[str, Candidate],
        accepted: frozenset[str],
    ) -> None:
        """Write the record; runs in a thread and touches no widget."""
        collection = self._collection
        try:
            if kept is None:
                record = values.record(texts)
                validate(record)
                if self._resumes and (known := collection.saved_already(record)) is not None:
                    # Killed after it was saved, and before its draft was removed.
                    self.post_message(self.Kept(known, texts))
                    return
                found = [one for one in collection.alike(record) if one.id not in accepted]
                if found:
                    self.post_message(self.Alike(found))
                    return
                testimony = collection.add(record, meant=choices)
            else:
                changes = values.changes(texts, kept)
                testimony = collection.revise(
                    kept.id, expected_revision=kept.revision, meant=choices, **changes
                )
        except CollectionError as error:
            if isinstance(error, Conflict):
                # So that the version of the others can be shown; if it cannot, ours stays.
                with suppress(CollectionError):
                    self._collection.catch_up()
            self.post_message(self.Refused(error))
        else:
            self.post_message(self.Kept(testimony, texts))

    @on(Kept)
    def _kept_by_worker(self, event: Kept) -> None:
        self._saving = False
        if self.texts == event.texts:
            self._say("")
            self._done = event.testimony
            self._finish()
            return
        self.typed_on(event.testimony)

    def typed_on(self, testimony: Testimony) -> None:
        """Go on from what was saved, with what was typed meanwhile."""
        self.discard_draft()
        self._kept = testimony
        self._choices = {}
        self._values = FormValues(testimony)
        self._body.start_from(self._values)
        self._say("Saved; what you typed since then is not saved yet.")
        self._keep_soon()

    def _finish(self) -> None:
        if self._done is not None and self.is_current:
            self.discard_draft()
            self.dismiss(self._done)

    def on_screen_resume(self) -> None:
        """Close when a screen that lay above is gone, if saving was done meanwhile."""
        self._finish()

    @on(Alike)
    def _tell_alike(self, event: Alike) -> None:
        self._saving = False
        self._say("Not saved yet: the collection holds something that is nearly the same.")
        from tui.screens.alike import AlikeScreen

        def answered(save: bool | None) -> None:
            if save:
                self._accepted |= {one.id for one in event.found}
                self.action_save()

        self.app.push_screen(AlikeScreen(self._collection, event.found, bidi=self._bidi), answered)

    @on(Refused)
    def _refused(self, event: Refused) -> None:
        self._saving = False
        problems = event.error.problems if isinstance(event.error, InvalidTestimony) else ()
        if isinstance(event.error, NotFound | Conflict) and self._kept is not None:
            if self._kept.id in self._collection:
                self._take_newer(self._collection.get(self._kept.id))
            else:
                self._let_go(erased=self._collection.is_erased(self._kept.id))
            return
        if not problems:
            self._say(str(event.error))
            return
        beside = {field_of(problem.field): problem.message for problem in reversed(problems)}
        elsewhere = beside.pop("", "")
        self._say(elsewhere or "Not saved; see what is said beside the fields.")
        self._body.point_out(beside)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Keep the words even where the program itself is wrong."""
        if event.worker.group == "form-save" and event.state is WorkerState.ERROR:
            self._saving = False
            self._say(f"It could not be saved, by a fault of the program: {event.worker.error!r}")
