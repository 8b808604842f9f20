"""What the form does when somebody else has changed, or withdrawn, the same testimony."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from collection.reconciling import reconcile
from collection.testimony import Testimony
from tui.screens.form_values import FormValues
from tui.screens.once import Asking
from tui.widgets.field_area import FieldArea
from tui.widgets.field_choice import FieldChoice
from tui.widgets.field_input import FieldInput

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from textual.message import Message

    from tui.screens.form_body import FormBody

BLANK: Final = Testimony(title="", account="")


class FormOverNewer(Asking["Testimony | None"]):
    """A form that loses no word to what others have saved, and overwrites nothing unseen."""

    _kept: Testimony | None
    _values: FormValues
    _body: FormBody
    _say: Callable[[str], None]
    _laid: Mapping[str, str]
    throw_away: Callable[[], None]

    @property
    def texts(self) -> dict[str, str]:
        """What every field says, by its key."""
        return self._body.texts

    def _let_go(self, *, erased: bool) -> None:
        """Go on without the record: it is gone, but the words that were typed are not."""
        start = msgspec.structs.replace(
            self._values.start, id="", created="", modified="", by="", revision=0
        )
        texts = {**self._body.texts, "id": ""}
        self._kept = None
        self._values = FormValues(start)
        self._body.start_from(self._values, texts)
        if erased:
            self.throw_away()
            self._say(
                "Someone else has erased this testimony for good meanwhile. It stands here only, "
                "and no draft is kept: Esc lets it go; ^s would bring it back as a new testimony."
            )
            return
        self._say(
            "Someone else has withdrawn this testimony meanwhile. Nothing of yours is lost: "
            "^s keeps what stands here as a new testimony, Esc leaves it."
        )

    def _take_newer(self, newer: Testimony) -> None:
        """Lay what was typed together with the version that someone else has saved meanwhile."""
        self._lay(FormValues(self._kept or BLANK).texts, self._body.texts, newer)

    def _lay(self, before: Mapping[str, str], mine: Mapping[str, str], newer: Testimony) -> None:
        """Lay two versions together: what was typed, over what both began with, and a newer one."""
        theirs = FormValues(newer)
        found = reconcile(before, mine, theirs.texts)
        if not found.clashes:
            self._lay_in(
                theirs,
                found.texts,
                "Someone else has changed this testimony meanwhile. Their version stands here "
                "now, with your words where you changed something: look it through, then ^s saves.",
            )
            return
        from tui.screens.conflict import ConflictScreen

        def chosen(texts: Mapping[str, str] | None) -> None:
            if texts is not None:
                said = "What you chose stands here now: look it through, then ^s saves."
                self._lay_in(theirs, texts, said)
            else:
                self._say(
                    "Not saved: someone else has changed the same fields meanwhile. Your words "
                    "stand here as they were; ^s shows both versions again."
                )

        self._say("")
        self.app.push_screen(ConflictScreen(found, newer, bidi=self._bidi), chosen)

    @property
    def _bidi(self) -> str:
        # Desks of tests and other apps have no settings.
        settings = getattr(self.app, "settings", None)
        return settings["bidi"] if settings is not None else "app"

    def _lay_in(self, newer: FormValues, texts: Mapping[str, str], said: str) -> None:
        """Go on from the newer version, with these texts in the fields."""
        self._kept = newer.start
        self._values = newer
        self._body.start_from(newer, texts)
        self._laid = texts
        self._say(said)

    def _tells_what_was_laid_in(self, event: Message) -> bool:
        """Tell whether a field only says, late, that it was given what was laid in.

        What is typed takes away what is said of saving; this must not.
        """
        field = event.control
        if not self._laid or not isinstance(field, FieldArea | FieldChoice | FieldInput):
            return False
        if field.words != self._laid.get(field.key):
            # From now on somebody types; a long text is not put together at every key.
            self._laid = {}
        return bool(self._laid)
