"""The form in which a testimony is entered and edited."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final

from textual import on
from textual.actions import SkipAction
from textual.app import SuspendNotSupported
from textual.binding import Binding
from textual.content import Content
from textual.widgets import Input, Static, TextArea

from tui.screens.form_beginning import FormBeginning
from tui.screens.form_body import FormBody
from tui.screens.form_editor import EditorError, edit_outside, editor_command
from tui.screens.form_fields import SECTIONS
from tui.screens.form_naming import FormNames
from tui.screens.form_newer import BLANK
from tui.screens.form_saving import FormSaving
from tui.screens.form_values import KEYS, FormValues, read_draft
from tui.widgets.field_area import FieldArea
from tui.widgets.field_choice import FieldChoice
from tui.widgets.field_input import FieldInput
from tui.widgets.field_keys import FieldKeys
from tui.widgets.field_sections import FieldSections
from tui.widgets.field_text import safe

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.app import ComposeResult
    from textual.message import Message
    from textual.widget import Widget

    from collection.collection import Collection
    from collection.drafting import OpenDraft
    from collection.testimony import Testimony


_LEAVING: Final = {
    "edit": "Go on editing",
    "keep": "Close the form and keep a draft, to go on later",
    "discard": "Throw away what was typed",
}


class TestimonyForm(FormBeginning, FormSaving, FormNames):
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
        Binding("f5", "choose", "Choose", key_display="F5", id="form.choose",
                tooltip="Choose which place is meant, or take the spelling the collection has"),
    ]  # fmt: skip

    DEFAULT_CSS = """
    TestimonyForm {
        layout: vertical; background: $background; layers: base above;
        #form-title { height: 1; padding: 0 1; text-style: bold; background: $panel; }
        #form-start { height: 1; padding: 0 1; color: $text-muted; display: none;
            text-wrap: nowrap; text-overflow: ellipsis; }
        #form-start.-shown { display: block; }
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

    def __init__(
        self,
        collection: Collection,
        testimony: Testimony | None = None,
        draft: Mapping[str, Any] | None = None,
        *,
        field: str = "",
        like: str = "",
        resume: OpenDraft | None = None,
    ) -> None:
        """Make a form.

        Args:
            collection: where the record is kept.
            testimony: the record to be edited; a new one is made if not given.
            draft: values known beforehand, by the record's keys, or a form's own `draft`.
            field: the key of the field to begin with; the first if not given.
            like: the testimony that a new one can begin like, if the user wants that.
            resume: a draft to go on with, of the testimony or, for a new one, of none.
        """
        super().__init__()
        self._first = field
        self._like = like
        self._accepted: frozenset[str] = frozenset()
        self._collection = collection
        if testimony is not None and testimony.id in collection:
            # One that was masked for the screen must never be written back.
            testimony = collection.get(testimony.id)
        self._kept = testimony
        blank = resume.draft.start if resume is not None else None
        start, texts = read_draft(draft or {}, testimony or blank or BLANK)
        if resume is not None:
            self.resume(resume)
            texts |= {key: text for key, text in resume.draft.texts.items() if key in KEYS}
        self._values = FormValues(start)
        self._body = FormBody(self._values, {**self._values.texts, **texts}, new=testimony is None)
        self._laid: Mapping[str, str] = {}
        self._saving = False
        self._done: Testimony | None = None

    # --- what is on the screen ---------------------------------------------------------------

    def compose(self) -> ComposeResult:
        """Put the fields between the names of the sections and the keys."""
        yield Static(Content(self._title_text()), id="form-title")
        yield FieldSections([(section.name, section.short) for section in SECTIONS])
        start = Static(self._start_text(), id="form-start", markup=False)
        start.set_class(self._is_untouched(), "-shown")
        yield start
        yield self._body
        yield Static("", id="form-problem", markup=False)
        yield FieldKeys()
        yield self._offers

    def on_mount(self) -> None:
        """Begin with the field that is asked for."""
        if self._first:
            self.call_after_refresh(self._body.go_to, self._first)
        self._lay_draft()

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
        start = self.query_one("#form-start")
        if start.has_class("-shown"):
            start.set_class(self._is_untouched(), "-shown")
        if self._done is None:
            self._keep_soon()

    # --- going about -------------------------------------------------------------------------

    @on(FormBody.Entered)
    def _entered(self, event: FormBody.Entered) -> None:
        event.stop()
        self.query_one(FieldSections).current = event.index

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
        if not self._take_offered():
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
        before = after = editor.words
        problem = ""
        try:
            editor_command()
            with self.app.suspend():
                # What is raised in here would leave the terminal suspended for ever.
                try:
                    after = edit_outside(before)
                except EditorError as error:
                    problem = str(error)
        except EditorError as error:
            problem = str(error)
        except SuspendNotSupported:
            problem = "An editor cannot be opened from here; this terminal is not its own."
        self._say(problem)
        if after != before:
            editor.exchange(after)

    # --- closing -----------------------------------------------------------------------------

    def action_close(self) -> None:
        """Close the form; ask first if something would be lost."""
        if self._saving or self._done is not None:
            return
        if self._offers.shown:
            self._offers.hide()
            return
        if not self.unsaved:
            self.discard_draft()
            self.dismiss(None)
            return
        from tui.screens.choice import ChoiceScreen

        def answered(answer: str | None) -> None:
            if answer == "keep":
                if problem := self.keep_draft_now():
                    self._say(
                        f"The draft could not be kept ({problem}), so the form stays open: what "
                        f"you typed stands here only. ^s saves it."
                    )
                    return
                self.dismiss(None)
            elif answer == "discard":
                self.throw_away()
                self.dismiss(None)

        question = "What you typed is not saved."
        self.app.push_screen(ChoiceScreen(question, _LEAVING, "edit"), answered)
