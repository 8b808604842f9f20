"""What a new testimony in the form can begin with: the selected one, or the clipboard."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding

from collection.beginning import from_text
from tui.clipboard import pasted
from tui.screens.form_drafting import FormDrafts
from tui.screens.form_newer import BLANK
from tui.screens.form_values import FormValues, read_draft

if TYPE_CHECKING:
    from collections.abc import Mapping

    from collection.testimony import Testimony


class FormBeginning(FormDrafts):
    """The part of the form that fills it with something, as long as it is empty."""

    BINDINGS: ClassVar = [
        Binding("f6", "start_like", "Like the selected", show=False, id="form.like",
                tooltip="Begin with the series, interviewer and places of the selected testimony"),
        Binding("f7", "start_pasted", "From the clipboard", show=False, id="form.clipboard",
                tooltip="Begin with what the clipboard holds: an account, or a record in JSON"),
    ]  # fmt: skip

    _like: str

    def _start_text(self) -> str:
        # Short enough for 60 cells; the help says more.
        like = "F6 like the selected testimony · " if self._like else ""
        return f"Begin with {like}F7 the clipboard"

    def _is_untouched(self) -> bool:
        return self._kept is None and not self.unsaved

    def action_start_like(self) -> None:
        """Begin with what the new testimony shares with the selected one."""
        if not self._may_begin():
            return
        if not self._like:
            self._say("No testimony was selected to begin like.")
        else:
            self._begin_with(self._collection.begin_like(self._like), {})

    def action_start_pasted(self) -> None:
        """Begin with what the clipboard holds."""
        if not self._may_begin():
            return
        text = pasted(self.app)
        if not text.strip():
            self._say(
                "The clipboard cannot be read from here, or is empty. Go to the account and "
                "paste with the keys of your terminal."
            )
            return
        self._begin_with(*read_draft(from_text(text), BLANK))

    def _may_begin(self) -> bool:
        if not self._is_untouched():
            self._say("Only an empty form can begin with something else; nothing was changed.")
            return False
        return True

    def _begin_with(self, start: Testimony, texts: Mapping[str, str]) -> None:
        self._values = FormValues(start)
        self._body.start_from(self._values, {**self._values.texts, **texts})
        self.query_one("#form-start").remove_class("-shown")
        if not self.unsaved:
            self._say("There was nothing in it that a new testimony could begin with.")
