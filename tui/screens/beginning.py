"""How a form is opened: empty, on a testimony, or on a draft that was left."""

from __future__ import annotations

import datetime
from functools import partial
from typing import TYPE_CHECKING

from tui.screens.panes import Panes
from tui.text import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from collection import Collection, Testimony
    from collection.drafting import Draft

_NEW = "new"
_DISCARD = "discard:"


class Beginning(Panes):
    """The part of the main screen that opens the form."""

    collection: Collection | None
    say: Callable[[str], None]
    warn: Callable[[str], None]

    def open_form(
        self,
        id: str | None,
        saved: Callable[[Testimony | None], None],
        field: str = "",
        like: str = "",
    ) -> None:
        """Open the form; where a draft was left, ask first whether to go on with it.

        Args:
            id: the testimony to edit; none for a new one.
            saved: takes the record as it was kept, or none.
            field: the key of the field to begin with.
            like: the testimony that a new one can begin like.
        """
        collection = self.collection
        if collection is None:
            return
        # What was said of the list would cover the fields.
        self.app.clear_notifications()
        left = [draft for draft in collection.drafts() if _is_of(draft, id, collection)]
        begin = partial(self._begin, id, saved, field=field, like=like)
        if not left:
            begin(None)
            return
        from tui.screens.choice import ChoiceScreen

        def chosen(answer: str | None) -> None:
            if answer is None:
                return
            if answer.startswith(_DISCARD):
                self._discard(collection, left[int(answer.removeprefix(_DISCARD))])
            else:
                begin(left[int(answer)] if answer != _NEW else None)

        title = "What you typed was not saved" if id else "Something you began was not saved"
        self.app.push_screen(ChoiceScreen(title, _choices(left, id, collection)), chosen)

    def _begin(
        self,
        id: str | None,
        saved: Callable[[Testimony | None], None],
        draft: Draft | None,
        *,
        field: str,
        like: str,
    ) -> None:
        from tui.screens.form import TestimonyForm

        collection, taken = self.collection, None
        if collection is None:
            return
        if draft is not None:
            try:
                taken = collection.take_up(draft)
            except OSError as error:
                self.warn(f"The draft cannot be read ({error.strerror}). It was left as it is.")
                return
            if taken is None:
                self.say("Somebody else has taken that draft up meanwhile.")
                return
        testimony = collection.get(id) if id is not None else None
        form = TestimonyForm(collection, testimony, field=field, like=like, resume=taken)
        self.app.push_screen(form, saved)

    def _discard(self, collection: Collection, draft: Draft) -> None:
        from tui.screens.confirm import ConfirmScreen

        def answered(discard: bool | None) -> None:
            if not discard:
                return
            try:
                gone = collection.discard_draft(draft)
            except OSError as error:
                self.warn(f"The draft could not be removed ({error.strerror}).")
            else:
                taken = "Somebody else has taken that draft up meanwhile; it stays."
                self.say("The draft was thrown away." if gone else taken)

        question = f"Throw away {_about(draft, collection)}? It cannot be brought back."
        self.app.push_screen(ConfirmScreen(question, "Throw away", "Cancel"), answered)

    def tell_of_drafts(self) -> None:
        """Say that something was left unsaved, if it was."""
        collection = self.collection
        if collection is None or collection.read_only:
            return
        drafts = collection.drafts()
        if not drafts:
            return
        new = any(_is_of(draft, None, collection) for draft in drafts)
        many = "An entry was" if len(drafts) == 1 else f"{len(drafts)} entries were"
        how = "a goes on with it" if new else f"e on {drafts[0].testimony} goes on with it"
        self.say(f"{many} left unsaved, and kept as a draft: {how}.")


def _is_of(draft: Draft, id: str | None, collection: Collection) -> bool:
    if id is not None:
        return draft.testimony == id
    # What was typed over a testimony that is gone can only become a new one.
    return not draft.testimony or draft.testimony not in collection


def _choices(left: Sequence[Draft], id: str | None, collection: Collection) -> dict[str, str]:
    told = [_about(draft, collection) for draft in left]
    choices = {str(n): one_line(f"Go on with {one}") for n, one in enumerate(told)}
    choices[_NEW] = "Edit it as it is kept" if id else "Begin with an empty form"
    choices |= {f"{_DISCARD}{n}": one_line(f"Throw away {one}") for n, one in enumerate(told)}
    return choices


def _about(draft: Draft, collection: Collection) -> str:
    """Say which draft it is: its title as far as it may be seen, when, and how much."""
    title = collection.draft_title(draft)
    words = sum(len(text.split()) for text in draft.texts.values())
    named = f"“{title[:40]}”" if title else "an entry without a title"
    many = "one word" if words == 1 else f"{words} words"
    return f"{named} ({_moment(draft.kept)}, {many})"


def _moment(kept: str) -> str:
    """Write a moment in the time of the place: the day too, unless it is today."""
    try:
        moment = datetime.datetime.fromisoformat(kept).astimezone()
    except (ValueError, OverflowError):
        return "another time"
    today = moment.date() == datetime.datetime.now().astimezone().date()
    return f"{moment:%H:%M}" if today else f"{moment:%d %B %Y, %H:%M}"
