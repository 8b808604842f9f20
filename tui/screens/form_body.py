"""The fields of the form, section below section, with a remark beside each that needs one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual import on
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static, TextArea

from collection.suggesting import FIELDS as SUGGESTED
from tui.screens.form_fields import SECTIONS, Field
from tui.screens.form_values import FormValues, remark
from tui.widgets.field_area import FieldArea
from tui.widgets.field_choice import FieldChoice
from tui.widgets.field_input import FieldInput
from tui.widgets.field_names import KnownNames
from tui.widgets.field_remark import FieldRemark

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from textual import events
    from textual.app import ComposeResult
    from textual.widget import Widget

    from collection.suggesting import Suggestions

_SECTION_OF: Final = {f.key: n for n, section in enumerate(SECTIONS) for f in section.fields}
_SEVERAL: Final = {f.key for section in SECTIONS for f in section.fields if f.kind == "names"}
Editor = FieldInput | FieldArea | FieldChoice
"""A widget in which a field is filled in."""


class FormBody(VerticalScroll, can_focus=False):
    """The fields. The first section is there at once, the others once it is painted."""

    DEFAULT_CSS = """
    FormBody {
        layout: grid; grid-size: 2; grid-columns: 21 1fr; grid-rows: auto; grid-gutter: 0 1;
        height: 1fr; padding: 0 1;
        .form--heading { column-span: 2; height: 2; padding-top: 1; text-style: bold;
            color: $text-accent; }
        .form--label { height: auto; color: $text-muted; }
        .form--label.-focused { color: $text; text-style: bold; }
        .form--remark { column-span: 2; height: auto; padding-left: 2; color: $text-muted;
            text-wrap: nowrap; text-overflow: ellipsis; }
        .form--remark.-wrong { color: $text-error; text-style: bold; }
        .-long { column-span: 2; min-height: 60vh; max-height: 60vh; }
    }
    """

    class Entered(Message):
        """The user is in another section."""

        def __init__(self, index: int) -> None:
            super().__init__()
            self.index = index
            """Its place, from 0."""

    class Reached(Message):
        """The user is in another field."""

        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key
            """Its key."""

    class Scrolled(Message):
        """The fields stand elsewhere than before."""

    def __init__(self, values: FormValues, texts: Mapping[str, str], *, new: bool) -> None:
        """Make the fields.

        Args:
            values: the record that the form opens with.
            texts: what each field says at first.
            new: whether the record is a new one, whose identifier may be given.
        """
        super().__init__()
        self._values = values
        self._texts = dict(texts)
        self._new = new
        self._editors: dict[str, Editor] = {}
        self._wrong: dict[str, str] = {}
        """Words of fields that something was pointed out of."""
        self._labels: dict[str, Static] = {}
        self._remarks: dict[str, FieldRemark] = {}
        self._mounted = 0
        self._told: dict[str, str] = {}
        self._known = {key: KnownNames(key, several=key in _SEVERAL) for key in SUGGESTED}

    @property
    def texts(self) -> dict[str, str]:
        """What every field says, by its key."""
        return self._texts | {key: editor.words for key, editor in self._editors.items()}

    def compose(self) -> ComposeResult:
        """Show the first section."""
        yield from self._next_section()

    def on_mount(self) -> None:
        """Let the other sections follow."""
        self.call_after_refresh(self._mount_next)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Say that the fields have moved, as by the wheel of the mouse."""
        super().watch_scroll_y(old_value, new_value)
        self.post_message(self.Scrolled())

    @property
    def section(self) -> int:
        """The place of the section that the user is in."""
        editor = self.screen.focused
        return _SECTION_OF[editor.key] if isinstance(editor, Editor) else 0

    @property
    def complete(self) -> bool:
        """Whether all sections are there."""
        return self._mounted == len(SECTIONS)

    def _mount_next(self) -> None:
        """Mount one section more, and the next when it is painted: keys come in between."""
        if self._mounted < len(SECTIONS) and self.is_attached:
            self.mount_all(self._next_section())
            self.call_after_refresh(self._mount_next)

    def _mount_rest(self) -> None:
        while self._mounted < len(SECTIONS):
            self.mount_all(self._next_section())

    def _next_section(self) -> Iterator[Widget]:
        section = SECTIONS[self._mounted]
        self._mounted += 1
        yield Static(Content(section.name), classes="form--heading")
        for field in section.fields:
            if field.key == "id" and not self._new:
                continue
            editor = self._editor(field)
            self._editors[field.key] = editor
            if field.kind == "area" and not field.rows:
                editor.add_class("-long")  # it has its section, and needs no label
            else:
                self._labels[field.key] = Static(Content(field.label), classes="form--label")
                yield self._labels[field.key]
            yield editor
            yield from self._first_remark(field.key)
            self._show(field.key, shown=self._is_wanted(field.key))

    def _editor(self, field: Field) -> Editor:
        text = self._texts[field.key]
        if field.kind == "choice":
            return FieldChoice(field.key, text, field.choices)
        if field.kind == "area":
            area = FieldArea(field.key, text)
            area.placeholder = Content(field.hint)
            if field.rows:
                # The row of a grid asks for the limits, not for the height.
                area.styles.min_height = area.styles.max_height = field.rows
            return area
        names = field.kind == "names"
        line = FieldInput(
            field.key,
            text,
            joint="; " if names else " ",
            suggester=self._known.get(field.key),
        )
        line.placeholder = field.hint or ("several with ; between" if names else "")
        return line

    def _is_wanted(self, key: str) -> bool:
        """Tell whether a field matters: terms of a seal only where there is one."""
        if not key.startswith("access.") or key.endswith(".level"):
            return True
        part = key.rpartition(".")[0]
        texts = {k: self.text(f"{part}.{k}") for k in ("level", "until", "reason")}
        return texts["level"] != "open" or bool(texts["until"] or texts["reason"])

    def text(self, key: str) -> str:
        """What a field says; quicker than all `texts` beside a long account."""
        editor = self._editors.get(key)
        return editor.words if editor is not None else self._texts[key]

    # --- remarks beside the fields -----------------------------------------------------------

    def _first_remark(self, key: str) -> Iterator[Static]:
        text, wrong = remark(key, self._texts[key], self._values)
        if text and not wrong:
            yield self._new_remark(key, text, wrong)

    def _new_remark(self, key: str, text: str, wrong: bool) -> FieldRemark:
        self._remarks[key] = shown = FieldRemark(key, text, wrong=wrong)
        return shown

    def _say_beside(self, key: str, text: str, wrong: bool) -> None:
        shown = self._remarks.get(key)
        if shown is not None:
            shown.say(text, wrong=wrong)
        elif text:
            shown, editor = self._new_remark(key, text, wrong), self._editors[key]
            # Below a long area it would be out of sight.
            above = editor.has_class("-long")
            self.mount(shown, before=editor) if above else self.mount(shown, after=editor)

    def tell(self, key: str, text: str) -> None:
        """Say beside a field what has been found out about it, unless something is wrong with it.

        Args:
            key: the field.
            text: one or more lines; nothing if it is empty.
        """
        self._told[key] = text
        if key in self._editors:
            self._look_at(self._editors[key])

    def _look_at(self, editor: Editor) -> None:
        """Say what is to be said beside a field as it stands."""
        if (pointed := self._wrong.get(editor.key)) is not None:
            if editor.words == pointed:
                # It only says, late, that it was given these words.
                return
            del self._wrong[editor.key]
        if isinstance(editor, FieldArea) and not self._values.start.turns:
            # A long account is not put together at every key.
            text = "" if editor.is_blank else "-"
        else:
            text = editor.words
        said, wrong = remark(editor.key, text, self._values)
        self._say_beside(editor.key, said or self._told.get(editor.key, ""), wrong)

    @on(Input.Changed)
    @on(TextArea.Changed)
    @on(FieldChoice.Changed)
    def _edited(self, event: Input.Changed | TextArea.Changed | FieldChoice.Changed) -> None:
        if isinstance(editor := event.control, Editor):
            self._look_at(editor)
            if editor.key.startswith("access."):
                self._show_wanted(editor.key.rpartition(".")[0])

    def _show_wanted(self, part: str) -> None:
        for key in (f"{part}.until", f"{part}.reason"):
            if key in self._editors:
                self._show(key, shown=self._is_wanted(key))

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        """Look at a field once more when it is left."""
        if isinstance(editor := event.widget, Editor):
            self._light(editor.key, on=False)
            self._look_at(editor)

    # --- going about -------------------------------------------------------------------------

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Show where the user is."""
        if isinstance(editor := event.widget, Editor):
            self._light(editor.key, on=True)
            self.post_message(self.Entered(_SECTION_OF[editor.key]))
            self.post_message(self.Reached(editor.key))

    def _light(self, key: str, *, on: bool) -> None:
        if key in self._labels:
            self._labels[key].set_class(on, "-focused")

    def go(self, index: int) -> None:
        """Go to the first field of a section."""
        self._mount_rest()
        editor = self._editors[SECTIONS[index].fields[0].key]
        self.screen.set_focus(editor, scroll_visible=False)
        heading = self.query(".form--heading")[index]
        self.call_after_refresh(heading.scroll_visible, top=True, animate=False)

    def go_to(self, key: str) -> None:
        """Go to a field; one that is hidden for want of use is shown."""
        self._mount_rest()
        editor = self._editors.get(key)
        if editor is not None:
            self._show(key, shown=True)
            self.screen.set_focus(editor, scroll_visible=False)
            # Where it stands is known once what was mounted has been laid out.
            self.call_after_refresh(self.screen.scroll_to_center, editor)

    def point_out(self, messages: Mapping[str, str]) -> None:
        """Say what is wrong beside each field, and go to the first.

        Args:
            messages: what is wrong, by the key of the field.
        """
        self._mount_rest()
        wrong = [key for key in self._editors if key in messages]
        for key in wrong:
            text, known = remark(key, self._editors[key].words, self._values)
            message = text if known else messages[key]
            self._wrong[key] = self._editors[key].words
            self._say_beside(key, message, wrong=True)
            self._show(key, shown=True)
        if wrong:
            self.screen.set_focus(self._editors[wrong[0]])

    def learn(self, known: Suggestions) -> None:
        """Take what knows the names of the collection."""
        for names in self._known.values():
            names.learn(known)

    def names_of(self, key: str) -> KnownNames | None:
        """Give what completes the names of a field."""
        return self._known.get(key)

    def editor(self, key: str) -> Editor | None:
        """Give the widget of a field, once it is there."""
        return self._editors.get(key)

    def start_from(self, values: FormValues, texts: Mapping[str, str] | None = None) -> None:
        """Take another record for what remarks are made about, and other texts if given."""
        self._values = values
        if texts is None:
            return
        self._texts = dict(texts)
        for key, editor in self._editors.items():
            if editor.words != texts[key]:
                editor.words = texts[key]

    def _show(self, key: str, *, shown: bool) -> None:
        self._editors[key].display = shown
        if key in self._labels:
            self._labels[key].display = shown
