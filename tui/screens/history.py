"""What a testimony said before: its history, what each change did, and the way back."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import getters, on
from textual.binding import Binding
from textual.containers import Container
from textual.message import Message
from textual.widgets import Footer, Static

from collection.errors import CollectionError, NotFound
from collection.timeline import WORDS, timeline
from tui.differing import LEGEND, Told, tell_differences, tell_sentences, tell_whole
from tui.screens.once import Once
from tui.text import one_line
from tui.widgets.column_list import ColumnList
from tui.widgets.difference_view import DifferenceView

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.app import ComposeResult
    from textual.dom import DOMNode

    from collection import Collection
    from collection.timeline import Moment, State

NEVER_CHANGED = "Never changed since it was added."
WITHHELD = "What it said is withheld; v shows it."
_COLUMNS = (18, 16)


class HistoryScreen(Once[int | None]):
    """Gives back the number of the version that is to be brought back."""

    HORIZONTAL_BREAKPOINTS = [(0, "-stacked"), (100, "-wide")]  # noqa: RUF012

    BINDINGS: ClassVar = [
        Binding("enter,b", "bring_back", "Bring back", id="history.bring_back",
                tooltip="Make the selected version the current one"),
        Binding("w", "whole", "Whole text", id="history.whole",
                tooltip="Show the whole text of the version, or only what was changed"),
        Binding("v", "reveal", "Reveal", show=False, id="history.reveal",
                tooltip="Show what is private or sealed, or mask it again"),
        Binding("tab,shift+tab,l,h", "pane", "Other pane", key_display="Tab", id="history.pane",
                tooltip="Go from the versions to the text, and back"),
        Binding("escape,q", "dismiss(None)", "Back", id="history.back", key_display="Esc",
                tooltip="Go back to where you were"),
    ]  # fmt: skip

    DEFAULT_CSS = """
    HistoryScreen {
        layout: vertical;
        #history-title {
            height: 1; padding: 0 1; background: $panel;
            text-wrap: nowrap; text-overflow: ellipsis;
        }
        #history-panes { height: 1fr; layout: horizontal; }
        ColumnList, DifferenceView {
            border-top: solid $border-blurred; border-title-color: $text-muted;
        }
        ColumnList:focus, DifferenceView:focus {
            border-top: heavy $border; border-title-color: $text; border-title-style: bold;
        }
        ColumnList { width: 52; height: 1fr; }
        DifferenceView { width: 1fr; height: 1fr; padding: 0 1; }
        &.-stacked #history-panes { layout: vertical; }
        &.-stacked ColumnList { width: 100%; height: 35%; min-height: 4; }
        &.-stacked DifferenceView { width: 100%; }
    }
    """

    list = getters.query_one(ColumnList)
    view = getters.query_one(DifferenceView)

    class Read(Message):
        """The worker has read the history."""

        def __init__(self, moments: Sequence[Moment], error: str = "") -> None:
            super().__init__()
            self.moments = moments
            """Newest first."""
            self.error = error
            """Why there is none, for people."""

    class Compared(Message):
        """The worker has written out what is to be shown of a moment."""

        def __init__(self, wish: tuple[int, bool], told: Told) -> None:
            super().__init__()
            self.wish = wish
            """The number of the moment, and whether its whole text was wanted."""
            self.told = told

    class Ready(Message):
        """The worker has written out what bringing a version back would change."""

        def __init__(self, moment: Moment, told: Told | None) -> None:
            super().__init__()
            self.moment = moment
            self.told = told
            """None where it would change nothing."""

    def __init__(
        self,
        collection: Collection,
        id: str,
        reveal: Callable[[], None],
        *,
        bidi: str = "app",
    ) -> None:
        """Take the testimony.

        Args:
            collection: where it is.
            id: its identifier.
            reveal: shows what is private, or masks it again.
            bidi: `app` orders right-to-left text here.
        """
        super().__init__()
        self._collection = collection
        self._testimony = id
        self._reveal = reveal
        self._bidi = bidi
        self._moments: Sequence[Moment] = ()
        self._whole = False
        self._asked = False

    def compose(self) -> ComposeResult:
        """Put the versions beside what each change did."""
        yield Static("", id="history-title", markup=False)
        with Container(id="history-panes"):
            yield ColumnList(_COLUMNS, id="history-list")
            yield DifferenceView(id="history-view", bidi=self._bidi)
        yield Footer(show_command_palette=False, compact=True)

    def on_mount(self) -> None:
        """Begin to read."""
        self.list.border_title = "Versions, newest first (UTC)"
        self.list.explain("Reading the history …")
        self.list.focus()
        self._start_reading()

    def help_nodes(self) -> Sequence[tuple[str, DOMNode]]:
        """Say whose keys the help is to list."""
        return [("In the history", self), ("In the list", self.list), ("In the text", self.view)]

    # --- reading, in a thread ----------------------------------------------------------------

    def _start_reading(self) -> None:
        self.run_worker(self._read, thread=True, group="history", exclusive=True)

    def _read(self) -> None:
        """Read the history; runs in a thread and touches no widget."""
        try:
            versions = self._collection.history(self._testimony)
            moments = timeline(versions, _now(self._collection, self._testimony))
        except CollectionError as error:
            self.post_message(self.Read((), str(error)))
        else:
            self.post_message(self.Read(moments))

    @on(Read)
    def _was_read(self, event: Read) -> None:
        self._moments = event.moments
        self.list.explain(event.error or "There is no history of this testimony.")
        keep = self.list.cursor
        self.list.fill([_row(one) for one in event.moments], keep)
        self._tell_title()

    def _tell_title(self) -> None:
        told = ["History", self._testimony]
        try:
            told.insert(1, self._collection.view(self._testimony).testimony.title)
        except NotFound:
            told.append("withdrawn")
        if self._collection.private:
            told.append("SEALED AND PRIVATE SHOWN")
        self.query_one("#history-title", Static).update(one_line(" · ".join(told)))

    # --- what is shown of a version ----------------------------------------------------------

    @on(ColumnList.Highlighted)
    def _highlighted(self) -> None:
        # While a key is held down only the last of the rows passed is compared.
        self.call_later(self._show)

    def _show(self) -> None:
        number = self.list.cursor
        if number >= len(self._moments):
            self.view.tell(tell_sentences())
            return
        moment = self._moments[number]
        self.view.border_title = "Whole text" if self._whole else f"What was changed   {LEGEND}"
        only = len(self._moments) == 1
        job = partial(self._compare, (number, self._whole), moment, only=only)
        self.run_worker(job, thread=True, group="compare", exclusive=True)

    def _compare(self, wish: tuple[int, bool], moment: Moment, *, only: bool) -> None:
        """Write out what a change did; runs in a thread and touches no widget."""
        told = _whole(moment) if wish[1] else _changed(moment, only=only)
        self.post_message(self.Compared(wish, told))

    @on(Compared)
    def _compared(self, event: Compared) -> None:
        if event.wish == (self.list.cursor, self._whole):
            self.view.tell(event.told)

    def action_whole(self) -> None:
        """Show the whole text, or only what was changed."""
        self._whole = not self._whole
        self._show()

    def action_reveal(self) -> None:
        """Show what is private, or mask it again."""
        self._reveal()
        self._start_reading()

    def action_pane(self) -> None:
        """Go to the other pane."""
        self.set_focus(self.view if self.focused is self.list else self.list)

    # --- bringing back -----------------------------------------------------------------------

    @on(ColumnList.Opened)
    def action_bring_back(self) -> None:
        """Show what bringing the selected version back would change, and ask."""
        if self._asked or self.list.cursor >= len(self._moments):
            return
        moment = self._moments[self.list.cursor]
        if self._collection.read_only:
            self._say("The collection is open for reading only, so nothing can be changed.")
        elif moment.is_current:
            self._say("This is how it stands now. Choose an earlier version to bring it back.")
        elif moment.after is None:
            self._say("Here it was taken out. Choose a version that says something.")
        elif moment.revision is None:
            self._say(
                "What this version says is withheld; v shows it, then it can be brought back."
            )
        else:
            self._asked = True
            self.run_worker(partial(self._rehearse, moment), thread=True, group="rehearse")

    def _rehearse(self, moment: Moment) -> None:
        """Write out what would change; runs in a thread and touches no widget."""
        from collection.differences import differences

        found = differences(_now(self._collection, self._testimony), moment.after)
        self.post_message(self.Ready(moment, tell_differences(found, "") if found else None))

    @on(Ready)
    def _ready(self, event: Ready) -> None:
        from tui.screens.bring_back import BringBackScreen

        self._asked = False
        if event.told is None:
            self._say("It says the same now. Nothing need be brought back.")
            return

        def answered(yes: bool | None) -> None:
            if yes:
                self.dismiss(event.moment.revision)

        when = _when(event.moment.at) or "the beginning"
        question = f"Bring back the version of {when}? This is what will change:"
        self.app.push_screen(BringBackScreen(question, event.told, bidi=self._bidi), answered)

    def _say(self, text: str) -> None:
        self.app.clear_notifications()
        self.notify(one_line(text), markup=False, timeout=6)


def _now(collection: Collection, id: str) -> State:
    """Give the testimony as far as it may be seen: empty where anything is withheld."""
    try:
        gated = collection.view(id)
    except NotFound:
        return None
    return {} if gated.withheld else gated.testimony


def _row(moment: Moment) -> tuple[str, str, str]:
    action = WORDS.get(moment.action, moment.action)
    return (_when(moment.at), f"{'●' if moment.is_current else ' '} {action}", moment.by)


def _when(at: str) -> str:
    """Write a moment of ISO 8601 as people read it, to the minute."""
    return at[:16].replace("T", " ")


def _changed(moment: Moment, *, only: bool) -> Told:
    from collection.differences import differences

    before, after = moment.before, moment.after
    if before == {} or after == {}:
        return tell_sentences(*([NEVER_CHANGED] if only else []), WITHHELD)
    if before is None:
        above = NEVER_CHANGED if only else "Added. It said:"
        return tell_whole(differences(None, after), [above])
    if after is None:
        above = f"Here it was {WORDS.get(moment.action, moment.action)}. It had said:"
        return tell_whole(differences(None, before), [above])
    nothing = "Nothing that is shown here was changed."
    return tell_differences(differences(before, after), nothing)


def _whole(moment: Moment) -> Told:
    from collection.differences import differences

    state = moment.after if moment.after is not None else moment.before
    if state == {}:
        return tell_sentences(WITHHELD)
    return tell_whole(differences(None, state))
