"""The form in which a testimony is entered and edited."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.actions import SkipAction
from textual.app import SuspendNotSupported
from textual.binding import Binding
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static, TextArea
from textual.worker import Worker, WorkerState

from collection.errors import CollectionError, Conflict, InvalidTestimony, NotFound
from tui.screens.confirm import ConfirmScreen
from tui.screens.form_body import FormBody
from tui.screens.form_editor import EditorError, edit_outside
from tui.screens.form_fields import SECTIONS
from tui.screens.form_newer import BLANK, FormOverNewer
from tui.screens.form_values import FormValues, field_of, read_draft
from tui.widgets.field_area import FieldArea
from tui.widgets.field_choice import FieldChoice
from tui.widgets.field_input import FieldInput
from tui.widgets.field_keys import FieldKeys
from tui.widgets.field_sections import FieldSections
from tui.widgets.field_text import safe

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from textual.app import ComposeResult
    from textual.widget import Widget

    from collection.collection import Collection
    from collection.testimony import Testimony


class TestimonyForm(FormOverNewer):
    """Every field that an archivist fills in by hand; gives the record as it was kept.

    It reads and writes the whole record, private and sealed parts included.
    """

    # The name is that of the record; pytest need not look for tests in it.
    __test__ = False

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (56, "-middle"), (80, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-low"), (16, "-high")]  # noqa: RUF012

    BINDINGS: ClassVar = [
        Binding("ctrl+s", "save", "Save", key_display="^s", id="form.save",
                tooltip="Keep the testimony and close the form"),
        Binding("escape", "close", "Close", key_display="Esc", id="form.close",
                tooltip="Close the form; asks if something would be lost"),
        # Keys that move the focus come first: of keys that arrive together (over a slow line),
        # those after a Tab would else still go to the field before it.
        Binding("f2", "section(-1)", "Section before", show=False, priority=True,
                id="form.section_previous", tooltip="Go to the section before"),
        Binding("f3,ctrl+n", "section(1)", "Section", key_display="F2/3",
                priority=True, id="form.section_next", tooltip="Go to the next section"),
        Binding("tab", "step(1)", "Next field", show=False, priority=True, id="form.next",
                tooltip="Go to the next field"),
        Binding("shift+tab", "step(-1)", "Field before", show=False, priority=True,
                id="form.previous", tooltip="Go to the field before"),
        Binding("enter", "enter", "Next field", show=False, priority=True, id="form.enter",
                tooltip="Go to the next field, or begin a new line in a long text"),
        Binding("f4", "edit_outside", "Editor", key_display="F4", id="form.editor",
                tooltip="Open the field in $VISUAL or $EDITOR"),
    ]  # fmt: skip

    DEFAULT_CSS = """
    TestimonyForm {
        layout: vertical; background: $background;
        #form-title { height: 1; padding: 0 1; text-style: bold; background: $panel; }
        #form-problem { height: auto; max-height: 4; padding: 0 1; color: $text-error;
            text-style: bold; display: none; }
        #form-problem.-shown { display: block; }
        &.-low #form-title { display: none; }
        &.-narrow FormBody {
            grid-size: 1; grid-columns: 1fr;
            .form--heading, .form--remark, .-long { column-span: 1; }
            .form--remark { padding-left: 1; text-wrap: wrap; }
        }
        &.-wide .form--remark { padding-left: 23; }
    }
    """

    class Gathered(Message):
        """The worker has gathered the names that the collection knows."""

        def __init__(self, places: Iterable[str], themes: Iterable[str]) -> None:
            super().__init__()
            self.places, self.themes = places, themes
            """The most usual first."""

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

    def __init__(
        self,
        collection: Collection,
        testimony: Testimony | None = None,
        draft: Mapping[str, Any] | None = None,
        *,
        field: str = "",
    ) -> None:
        """Make a form.

        Args:
            collection: where the record is kept.
            testimony: the record to be edited; a new one is made if not given.
            draft: values known beforehand, by the record's keys, or a form's own `draft`.
            field: the key of the field to begin with; the first if not given.
        """
        super().__init__()
        self._first = field
        self._collection = collection
        if testimony is not None and testimony.id in collection:
            # One that was masked for the screen must never be written back.
            testimony = collection.get(testimony.id)
        self._kept = testimony
        start, texts = read_draft(draft or {}, testimony or BLANK)
        self._values = FormValues(start)
        self._body = FormBody(self._values, {**self._values.texts, **texts}, new=testimony is None)
        self._laid: Mapping[str, str] = {}
        self._gathering = False
        self._saving = False
        self._done: Testimony | None = None

    # --- what the form holds -----------------------------------------------------------------

    @property
    def texts(self) -> dict[str, str]:
        """What every field says, by its key."""
        return self._body.texts

    @property
    def unsaved(self) -> bool:
        """Whether there is something that would be lost."""
        if self._done is not None:
            return False
        return self._values.record(self.texts) != (self._kept or BLANK)

    @property
    def draft(self) -> dict[str, str]:
        """The texts of the fields that were changed, to be given to another form."""
        before = FormValues(self._kept or BLANK).texts
        return {key: text for key, text in self.texts.items() if text != before[key]}

    # --- what is on the screen ---------------------------------------------------------------

    def compose(self) -> ComposeResult:
        """Put the fields between the names of the sections and the keys."""
        yield Static(Content(self._title_text()), id="form-title")
        yield FieldSections([(section.name, section.short) for section in SECTIONS])
        yield self._body
        yield Static("", id="form-problem", markup=False)
        yield FieldKeys()

    def on_mount(self) -> None:
        """Begin with the field that is asked for."""
        if self._first:
            self.call_after_refresh(self._body.go_to, self._first)

    def _title_text(self) -> str:
        return "New testimony" if self._kept is None else f"Editing {safe(self._kept.id)}"

    def _say(self, text: str) -> None:
        problem = self.query_one("#form-problem", Static)
        if not text and not problem.has_class("-shown"):
            return
        problem.update(Content(safe(text)))
        problem.set_class(bool(text), "-shown")

    @on(Input.Changed)
    @on(TextArea.Changed)
    @on(FieldChoice.Changed)
    def _edited(self, event: Message) -> None:
        event.stop()
        if not self._saving and not self._tells_what_was_laid_in(event):
            self._say("")  # what was said is being mended

    # --- going about -------------------------------------------------------------------------

    @on(FormBody.Entered)
    def _entered(self, event: FormBody.Entered) -> None:
        event.stop()
        self.query_one(FieldSections).current = event.index
        if event.index and not self._gathering:
            # Only now: going through a large collection takes its time from the first words.
            self._gathering = True
            self.run_worker(self._gather, thread=True, group="form-names", exit_on_error=False)

    def _gather(self) -> None:
        """Gather the names that can be completed; runs in a thread and touches no widget."""
        places, themes = self._collection.places, self._collection.themes
        self.post_message(
            self.Gathered(
                [name for name, _ in places.most_common()],
                [name for name, _ in themes.most_common()],
            )
        )

    @on(Gathered)
    def _gathered(self, event: Gathered) -> None:
        self._body.learn(event.places, event.themes)

    @on(FieldSections.Chosen)
    def _chosen(self, event: FieldSections.Chosen) -> None:
        event.stop()
        self._body.go(event.index)

    def action_step(self, step: int) -> None:
        """Go to the next field, or to the one before."""
        self.focus_next() if step > 0 else self.focus_previous()

    def action_enter(self) -> None:
        """Go to the next field, except from a text of many lines."""
        if isinstance(self.focused, FieldArea):
            raise SkipAction
        self.focus_next()

    def action_section(self, step: int) -> None:
        """Go to the section before or after the one the user is in."""
        self._body.go((self._body.section + step) % len(SECTIONS))

    def scroll_to_center(self, widget: Widget, animate: bool = True, **options: Any) -> None:
        """Go to the field that has the focus at once: Tab is pressed many times over."""
        del animate
        super().scroll_to_center(widget, animate=False, **options)

    # --- the user's own editor ---------------------------------------------------------------

    def action_edit_outside(self) -> None:
        """Open the field in the user's own editor."""
        editor = self.focused
        if not isinstance(editor, FieldInput | FieldArea):
            self._say("Go to a field with text first; F4 opens it in your editor.")
            return
        before = editor.words
        try:
            with self.app.suspend():
                after = edit_outside(before)
        except EditorError as error:
            self._say(str(error))
        except SuspendNotSupported:
            self._say("An editor cannot be opened from here; this terminal is not its own.")
        else:
            self._say("")
            if after != before:
                editor.words = after

    # --- saving and closing ------------------------------------------------------------------

    def action_save(self) -> None:
        """Keep the testimony; once, however often it is asked for."""
        if self._saving or self._done is not None:
            return
        self._saving = True
        self._say("Saving …")
        texts = self.texts
        job = partial(self._save, self._kept, self._values, texts)
        self.run_worker(job, thread=True, group="form-save", exit_on_error=False)

    def _save(self, kept: Testimony | None, values: FormValues, texts: Mapping[str, str]) -> None:
        """Write the record; runs in a thread and touches no widget."""
        try:
            if kept is None:
                testimony = self._collection.add(values.record(texts))
            else:
                changes = values.changes(texts, kept)
                testimony = self._collection.revise(
                    kept.id, expected_revision=kept.revision, **changes
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
        # Typed on while it was saved: what was saved is where one goes on from.
        self._kept = event.testimony
        self._values = FormValues(event.testimony)
        self._body.start_from(self._values)
        self._say("Saved; what you typed since then is not saved yet.")

    def _finish(self) -> None:
        if self._done is not None and self.is_current:
            self.dismiss(self._done)

    def on_screen_resume(self) -> None:
        """Close when a screen that lay above is gone, if saving was done meanwhile."""
        self._finish()

    @on(Refused)
    def _refused(self, event: Refused) -> None:
        self._saving = False
        problems = event.error.problems if isinstance(event.error, InvalidTestimony) else ()
        if isinstance(event.error, NotFound | Conflict) and self._kept is not None:
            if self._kept.id in self._collection:
                self._take_newer(self._collection.get(self._kept.id))
            else:
                self._let_go()
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

    def action_close(self) -> None:
        """Close the form; ask first if something would be lost."""
        if self._saving or self._done is not None:
            return
        if not self.unsaved:
            self.dismiss(None)
            return

        def answered(discard: bool | None) -> None:
            if discard:
                self.dismiss(None)

        question = "Discard what you typed?"
        self.app.push_screen(ConfirmScreen(question, "Discard", "Keep editing"), answered)
