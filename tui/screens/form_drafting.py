"""The form's draft: what stands in it is kept while one types, and outlives a killed program."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from textual import on
from textual.message import Message

from tui.screens.form_newer import BLANK, FormOverNewer
from tui.screens.form_values import FormValues

if TYPE_CHECKING:
    from collections.abc import Callable

    from collection import Collection
    from collection.drafting import OpenDraft
    from collection.places.entry import Candidate
    from collection.testimony import Testimony

_REST: Final = 0.3
"""Seconds from a change to its being kept; with those of writing it is well below one."""


class FormDrafts(FormOverNewer):
    """The part of the form that keeps a draft of it."""

    class DraftKept(Message):
        """The worker has kept the draft, or could not."""

        def __init__(self, problem: str) -> None:
            super().__init__()
            self.problem = problem
            """Why not; empty if it could."""

    _collection: Collection
    _choices: dict[str, Candidate]
    _done: Testimony | None

    def __init__(self) -> None:
        """Begin without a draft."""
        super().__init__()
        self._draft: OpenDraft | None = None
        self._draft_due = False
        self._keeping_draft = False
        self._draft_trouble = ""
        self._thrown_away = False
        self._resumes = False

    # --- what the draft holds ----------------------------------------------------------------

    @property
    def unsaved(self) -> bool:
        """Whether there is something that would be lost."""
        if self._done is not None:
            return False
        record = self._values.record(self.texts)
        borne = {*(place.name for place in record.places), record.interview_place}
        return bool(borne & self._choices.keys()) or record != (self._kept or BLANK)

    @property
    def draft(self) -> dict[str, str]:
        """The texts of the fields that were changed, to be given to another form."""
        before = FormValues(self._kept or BLANK).texts
        return {key: text for key, text in self.texts.items() if text != before[key]}

    def resume(self, draft: OpenDraft) -> None:
        """Go on with a draft; before the form is shown.

        Args:
            draft: one of the testimony that the form edits, or of none for a new one.
        """
        self._draft = draft
        self._resumes = True
        self._choices = dict(draft.draft.choices)

    def _lay_draft(self) -> None:
        """Lay a draft over a testimony that somebody has changed since it was typed."""
        found = self._draft.draft if self._draft is not None else None
        if found is None or self._kept is None or found.revision == self._kept.revision:
            return
        theirs = FormValues(self._kept).texts
        # Another version of the program may know fields that this one does not.
        before, mine = (
            {key: said.get(key, text) for key, text in theirs.items()}
            for said in (found.before, found.texts)
        )
        self._lay(before, mine, self._kept)

    # --- keeping it --------------------------------------------------------------------------

    def _keep_soon(self) -> None:
        """Keep the draft in a moment; what is typed until then is kept with it."""
        if not self._draft_due:
            self._draft_due = True
            self.set_timer(_REST, self._keep)

    def _keep(self) -> None:
        if self._thrown_away:
            # A moment that was set before, or a thread that was late, must not bring it back.
            return
        if self._keeping_draft:
            # One at a time, in order; the next follows when this one is written.
            return
        self._draft_due = False
        if (job := self._keeping()) is not None:
            self._keeping_draft = True
            self.run_worker(
                partial(self._write, job), thread=True, group="form-draft", exit_on_error=False
            )

    def _keeping(self) -> Callable[[], None] | None:
        """Give what keeps the draft as it is now; none where there is nothing to keep."""
        if not self.unsaved:
            # Typed and taken back: nothing is left that could be lost.
            draft, self._draft = self._draft, None
            return draft.discard if draft is not None else None
        if self._draft is None:
            self._draft = self._collection.begin_draft(self._kept.id if self._kept else "")
        start = self._values.start
        before = FormValues(self._kept or BLANK).texts
        texts = self.draft
        return partial(
            self._draft.keep,
            texts,
            {key: before[key] for key in texts},
            dict(self._choices),
            self._kept.revision if self._kept is not None else 0,
            start if self._kept is None and start != BLANK else None,
        )

    def _write(self, job: Callable[[], None]) -> None:
        """Write the draft; runs in a thread and touches no widget."""
        try:
            job()
        except OSError as error:
            self.post_message(self.DraftKept(error.strerror or str(error)))
        else:
            self.post_message(self.DraftKept(""))

    @on(DraftKept)
    def _draft_kept(self, event: DraftKept) -> None:
        self._keeping_draft = False
        if event.problem and event.problem != self._draft_trouble:
            self._say(
                f"No draft can be kept ({event.problem}): what you type is safe only once it is "
                f"saved with ^s."
            )
        self._draft_trouble = event.problem
        if self._draft_due:
            self._keep()

    def keep_draft_now(self) -> str:
        """Keep the draft at once, before the form or the program ends.

        Returns:
            why it could not be kept; empty if it was.
        """
        if self._thrown_away:
            return "it is of a testimony that was erased" if self.unsaved else ""
        job = self._keeping()
        if job is not None and self._collection.read_only:
            return self._collection.why_read_only
        try:
            if job is not None:
                job()
        except OSError as error:
            return error.strerror or str(error)
        if self._draft is not None:
            # A thread that is late would write what stood here before.
            self._draft.leave()
        return ""

    # --- ending it ---------------------------------------------------------------------------

    def discard_draft(self) -> None:
        """Throw the draft away: it was saved, or is not wanted."""
        if self._draft is not None:
            self._draft.discard()
            self._draft = None

    def throw_away(self) -> None:
        """Throw the draft away, and keep none any more: what is typed is not wanted."""
        self._thrown_away = True
        self.discard_draft()

    def on_unmount(self) -> None:
        """Let go of the draft; what was not thrown away is offered again."""
        if self._draft is not None:
            self._draft.leave()
