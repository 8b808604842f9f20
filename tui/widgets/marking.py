"""Marking rows of a list, so that something can be done with several at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from textual.binding import Binding
from textual.message import Message

from tui.widgets.rows import Rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual import events

_KEYS: Final = {"list.page_down": "pagedown", "list.page_up": "pageup"}
"""Space marks here, and b does something with what is marked."""


class Marking(Rows, inherit_bindings=False):
    """Rows that can be marked: one by one, as a range, or all that are listed.

    Marks belong to the testimonies, not to the rows: they stay when others are listed.
    """

    BINDINGS: ClassVar = [
        *(
            one.with_key(_KEYS.get(one.id or "", one.key))
            for one in Rows.BINDINGS
            if isinstance(one, Binding)
        ),
        Binding("space", "mark", "Mark", show=False, id="mark",
                tooltip="Mark this testimony, or unmark it; b does something with all marked"),
        Binding("V", "mark_range", "Mark a range", show=False, id="mark.range",
                tooltip="Mark every row that you pass, until V or space"),
        Binding("asterisk", "mark_all", "Mark all", show=False, key_display="*", id="mark.all",
                tooltip="Mark everything that is listed, or unmark it"),
        Binding("shift+down", "extend(1)", "Mark down", show=False, id="mark.down",
                tooltip="Mark this row and the next"),
        Binding("shift+up", "extend(-1)", "Mark up", show=False, id="mark.up",
                tooltip="Mark this row and the one before"),
    ]  # fmt: skip

    class Marked(Message):
        """Other testimonies are marked than before."""

    def __init__(self, *, id: str | None = None) -> None:
        """Make a list without marks."""
        super().__init__(id=id)
        self.marks: dict[str, None] = {}
        """The identifiers of what is marked, in the order in which it was."""
        self._anchor: int | None = None
        self._held = False
        """Whether the range is one that shift holds open."""
        self._before: dict[str, None] = {}
        """What was marked when the range was begun."""

    @property
    def ids(self) -> Sequence[str]:
        """The identifiers of the rows, in order."""
        raise NotImplementedError

    @property
    def in_range(self) -> bool:
        """Whether moving marks what is passed."""
        return self._anchor is not None and not self._held

    def end_range(self) -> None:
        """Let what is marked be, and mark nothing more by moving."""
        told = self.in_range
        self._anchor, self._before = None, {}
        if told:
            self.post_message(self.Marked())

    def unmark(self, ids: Iterable[str] | None = None) -> int:
        """Take marks away, all if it is not said which; give how many there were."""
        self.end_range()
        gone = [*self.marks] if ids is None else [id for id in ids if id in self.marks]
        for id in gone:
            del self.marks[id]
        if gone:
            self._tell()
        return len(gone)

    def action_mark(self) -> None:
        """Mark the selected row or unmark it, and go on; in a range, end that."""
        if self.in_range:
            self.end_range()
        elif self.count:
            self.end_range()
            self._turn(self.cursor)
            self.cursor += 1

    def action_mark_range(self) -> None:
        """Begin a range at the selected row, or end the one that was begun."""
        if self.in_range:
            self.end_range()
        elif self.count:
            self._begin(held=False)

    def action_mark_all(self) -> None:
        """Mark everything that is listed; unmark it if it is."""
        self.end_range()
        new = [id for id in self.ids if id not in self.marks]
        if not new:
            self.unmark(self.ids)
            return
        self.marks |= dict.fromkeys(new)
        self._tell()

    def action_extend(self, rows: int) -> None:
        """Mark from the selected row on to another, or back again."""
        if not self.count:
            return
        if self._anchor is None:
            self._begin(held=True)
        held, self._held = self._held, False
        self.cursor += rows
        self._held = held

    def watch_cursor(self, before: int, after: int) -> None:
        """Mark what a range takes in, or end one that shift no longer holds open."""
        super().watch_cursor(before, after)
        if self._anchor is None:
            return
        if self._held:
            self.end_range()
        else:
            self._stretch(self._anchor, before, after)

    def on_click(self, event: events.Click) -> None:
        """With ctrl, mark the row under the mouse; with shift, all from the selected one to it."""
        if not event.ctrl and not event.shift:
            return
        event.prevent_default()
        row = self.row_at(event)
        if row is None:
            return
        self.end_range()
        if event.ctrl:
            self._turn(row)
        else:
            first, last = sorted((self.cursor, row))
            self.marks |= dict.fromkeys(self.ids[first : last + 1])
            self._tell()
        self.cursor = row

    # --- how ---------------------------------------------------------------------------------

    def _turn(self, row: int) -> None:
        id = self.ids[row]
        if id in self.marks:
            del self.marks[id]
        else:
            self.marks[id] = None
        self._tell()

    def _begin(self, *, held: bool) -> None:
        self._before = dict(self.marks)
        self._anchor, self._held = self.cursor, held
        self.marks[self.ids[self.cursor]] = None
        self._tell()

    def _stretch(self, anchor: int, before: int, after: int) -> None:
        """Mark the rows that come into a range; those that leave it are as they were."""
        first, last = sorted((anchor, after))
        low, high = sorted((before, after))
        ids = self.ids
        for row in range(low, min(high + 1, len(ids))):
            id = ids[row]
            if first <= row <= last or id in self._before:
                self.marks[id] = None
            else:
                self.marks.pop(id, None)
        self._tell()

    def _tell(self) -> None:
        self.refresh()
        self.post_message(self.Marked())
