"""Two people have changed the same testimony: what each wrote, side by side, and the choice."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from textual import events, getters, on
from textual.binding import Binding
from textual.containers import Container, Horizontal
from textual.message import Message
from textual.widgets import Button, Footer, Static

from collection.labels import LABELS
from collection.reconciling import CHOICES, settled
from tui.differing import LEGEND, Told, tell_change, tell_text
from tui.screens.form_values import NAMES
from tui.screens.once import Asking
from tui.text import one_line
from tui.widgets.column_list import ColumnList
from tui.widgets.difference_view import DifferenceView

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.app import ComposeResult

    from collection.reconciling import Choice, Clash, Reconciled
    from collection.testimony import Testimony

JOINTS: Final = {
    **dict.fromkeys(("account", "context", "notes"), "\n\n"),
    **dict.fromkeys((*NAMES, "places"), "; "),
    "media": "\n",
}
"""The fields of which both versions can be kept, and what then stands between them."""
_LONG: Final = 400
"""Characters from which on only what was changed is shown at first."""
_SHOWN: Final = {"theirs": "← theirs", "mine": "→ mine", "both": "= both", "": "? choose"}


class ConflictScreen(Asking["dict[str, str] | None"]):
    """Gives back the texts of the fields as they are to be; nothing where it is left."""

    HORIZONTAL_BREAKPOINTS = [(0, "-stacked"), (80, "-wide")]  # noqa: RUF012

    BINDINGS: ClassVar = [
        Binding("t,left", "choose('theirs')", "Theirs", key_display="t",
                id="conflict.theirs", tooltip="Take what they wrote in this field"),
        Binding("m,right", "choose('mine')", "Mine", key_display="m",
                id="conflict.mine", tooltip="Take what you wrote in this field"),
        Binding("b", "choose('both')", "Both", id="conflict.both",
                tooltip="Take theirs followed by yours, in a text or a list"),
        Binding("T", "choose_all('theirs')", "All theirs", show=False, id="conflict.all_theirs",
                tooltip="Take theirs in every field"),
        Binding("M", "choose_all('mine')", "All mine", show=False, id="conflict.all_mine",
                tooltip="Take yours in every field"),
        Binding("space,enter", "turn", "Change", show=False, id="conflict.turn",
                tooltip="Choose the next of theirs, mine and both"),
        Binding("w", "whole", "Whole text", id="conflict.whole",
                tooltip="Show whole texts, or only what was changed in them"),
        Binding("tab", "pane(1)", "Next pane", show=False, id="conflict.next"),
        Binding("shift+tab", "pane(-1)", "Pane before", show=False,
                id="conflict.previous"),
        Binding("ctrl+s", "accept", "Accept", key_display="^s",
                id="conflict.accept", tooltip="Go back to the form with what was chosen"),
        Binding("escape", "dismiss(None)", "Back", key_display="Esc", id="conflict.back",
                tooltip="Go back to the form with your words, unsaved"),
    ]  # fmt: skip

    DEFAULT_CSS = """
    ConflictScreen {
        layout: vertical; background: $background;
        #conflict-title {
            height: 1; padding: 0 1; background: $panel; text-style: bold;
            text-wrap: nowrap; text-overflow: ellipsis;
        }
        #conflict-merged, #conflict-said { height: auto; max-height: 3; padding: 0 1; }
        #conflict-merged { color: $text-muted; }
        #conflict-said { color: $text-warning; display: none; }
        #conflict-said.-told { display: block; }
        ColumnList { height: auto; min-height: 2; max-height: 30%; }
        #conflict-panes { height: 1fr; layout: horizontal; }
        DifferenceView {
            width: 1fr; height: 1fr; padding: 0 1;
            border-top: solid $border-blurred; border-title-color: $text-muted;
        }
        DifferenceView.-chosen { border-title-color: $text; border-title-style: bold reverse; }
        DifferenceView:focus { border-top: heavy $border; }
        &.-stacked #conflict-panes { layout: vertical; }
        #conflict-buttons { height: 1; align-horizontal: right; }
        Button { min-width: 6; margin-left: 1; }
    }
    """

    list = getters.query_one(ColumnList)

    class Written(Message):
        """The worker has written out what is to be shown of a field."""

        def __init__(self, wish: tuple[int, bool], theirs: Told, mine: Told) -> None:
            super().__init__()
            self.wish = wish
            """The number of the field, and whether the whole texts were wanted."""
            self.theirs = theirs
            self.mine = mine

    def __init__(self, reconciled: Reconciled, newer: Testimony, *, bidi: str = "app") -> None:
        """Take both sides.

        Args:
            reconciled: what goes together and what clashes; there is at least one clash.
            newer: the record that the others have saved.
            bidi: `app` orders right-to-left text here.
        """
        super().__init__()
        self._reconciled = reconciled
        self._clashes = reconciled.clashes
        self._choices: dict[str, Choice] = {}
        self._newer = newer
        self._bidi = bidi
        self._whole = False

    def compose(self) -> ComposeResult:
        """Put the fields above the two versions of the selected one."""
        when = self._newer.modified[:16].replace("T", " ")
        by = self._newer.by or "Someone else"
        told = f"{by} has changed the same: choose field by field · {when} UTC"
        yield Static(one_line(told), id="conflict-title", markup=False)
        yield ColumnList((12,), id="conflict-fields")
        with Container(id="conflict-panes"):
            yield DifferenceView(id="conflict-theirs", measure=0, bidi=self._bidi)
            yield DifferenceView(id="conflict-mine", measure=0, bidi=self._bidi)
        yield Static(one_line(self._merged()), id="conflict-merged", markup=False)
        yield Static("", id="conflict-said", markup=False)
        with Horizontal(id="conflict-buttons"):
            for id, label in (
                ("theirs", "Theirs"),
                ("mine", "Mine"),
                ("both", "Both"),
                ("accept", "Accept"),
            ):
                button = Button(label, id=f"conflict-{id}-button", compact=True)
                button.can_focus = False  # for the mouse; there is a key for each
                yield button
        yield Footer(show_command_palette=False, compact=True)

    def on_mount(self) -> None:
        """Begin with the first field."""
        self.list.fill([self._row(clash) for clash in self._clashes])
        self.list.focus()

    def _merged(self) -> str:
        """Say which fields go together by themselves."""
        told = [
            f"{whose} changes are laid in: {', '.join(labels)}."
            for whose, keys in (("Their", self._reconciled.theirs), ("Your", self._reconciled.mine))
            if (labels := _labels(keys))
        ]
        return " ".join(told) or "No other field was changed."

    # --- what is shown of a field ------------------------------------------------------------

    @property
    def _clash(self) -> Clash:
        return self._clashes[self.list.cursor]

    def _row(self, clash: Clash) -> tuple[str, str]:
        return (_SHOWN[self._choices.get(clash.key, "")], label_of_field(clash.key))

    @on(ColumnList.Highlighted)
    def _highlighted(self) -> None:
        self.call_later(self._show)

    def _show(self) -> None:
        self._tell_choice()
        wish = (self.list.cursor, self._whole)
        job = partial(self._write, wish, self._clash)
        self.run_worker(job, thread=True, group="conflict", exclusive=True)

    def _write(self, wish: tuple[int, bool], clash: Clash) -> None:
        """Write both versions out; runs in a thread and touches no widget."""
        told = [_told(clash.before, text, whole=wish[1]) for text in (clash.theirs, clash.mine)]
        self.post_message(self.Written(wish, *told))

    @on(Written)
    def _written(self, event: Written) -> None:
        if event.wish == (self.list.cursor, self._whole):
            self.query_one("#conflict-theirs", DifferenceView).tell(event.theirs)
            self.query_one("#conflict-mine", DifferenceView).tell(event.mine)

    def _tell_choice(self) -> None:
        clash = self._clash
        choice = self._choices.get(clash.key, "")
        for side, name in (("theirs", "Theirs"), ("mine", "Mine")):
            pane = self.query_one(f"#conflict-{side}", DifferenceView)
            chosen = choice in (side, "both")
            text = clash.theirs if side == "theirs" else clash.mine
            legend = f"   {LEGEND}" if len(text) > _LONG and not self._whole else ""
            pane.border_title = f"{'● ' if chosen else ''}{name}{legend}"
            pane.set_class(chosen, "-chosen")
        both = self.query_one("#conflict-both-button", Button)
        both.disabled = clash.key not in JOINTS

    def action_whole(self) -> None:
        """Show whole texts, or only what was changed in them."""
        self._whole = not self._whole
        self._show()

    def action_pane(self, step: int) -> None:
        """Go from the fields to their version, to mine, and back."""
        self.focus_next() if step > 0 else self.focus_previous()

    # --- choosing ----------------------------------------------------------------------------

    def action_choose(self, choice: Choice) -> None:
        """Choose for the selected field."""
        clash = self._clash
        if choice == "both" and clash.key not in JOINTS:
            self._say(f"{label_of_field(clash.key)} can hold one version only: t or m.")
            return
        self._say("")
        self._choices[clash.key] = choice
        self.list.change(self.list.cursor, self._row(clash))
        self._tell_choice()

    def action_choose_all(self, choice: Choice) -> None:
        """Choose the same for every field."""
        self._say("")
        self._choices = dict.fromkeys((clash.key for clash in self._clashes), choice)
        self.list.fill([self._row(clash) for clash in self._clashes], self.list.cursor)

    @on(ColumnList.Opened)
    def action_turn(self) -> None:
        """Choose the next for the selected field."""
        clash = self._clash
        choices = [one for one in CHOICES if one != "both" or clash.key in JOINTS]
        now = self._choices.get(clash.key)
        self.action_choose(choices[(choices.index(now) + 1) % len(choices)] if now else choices[0])

    @on(events.Click, "#conflict-theirs")
    def _theirs_clicked(self) -> None:
        self.action_choose("theirs")

    @on(events.Click, "#conflict-mine")
    def _mine_clicked(self) -> None:
        self.action_choose("mine")

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        event.stop()
        what = (event.button.id or "").split("-")[1]
        if what == "accept":
            self.action_accept()
        for choice in CHOICES:
            if what == choice:
                self.action_choose(choice)

    def action_accept(self) -> None:
        """Give back what was chosen, once it is for every field."""
        open = [n for n, one in enumerate(self._clashes) if one.key not in self._choices]
        if open:
            self.list.cursor = open[0]
            left = "One field is" if len(open) == 1 else f"{len(open)} fields are"
            self._say(f"{left} still to be chosen: t takes theirs, m mine, b both.")
            return
        self.dismiss(settled(self._reconciled, self._choices, JOINTS))

    def _say(self, text: str) -> None:
        said = self.query_one("#conflict-said", Static)
        said.update(one_line(text))
        said.set_class(bool(text), "-told")


def label_of_field(key: str) -> str:
    """Give the label of a field of the form."""
    if key in LABELS:
        return LABELS[key]
    part, _, rest = key.rpartition(".")
    name = LABELS.get(part, part)
    return name if rest in ("text", "level") else f"{name}: {rest}"


def _labels(keys: Iterable[str]) -> list[str]:
    return [*dict.fromkeys(map(label_of_field, keys))]


def _told(before: str, text: str, *, whole: bool) -> Told:
    if whole or len(text) <= _LONG:
        return tell_text(text, "(empty)")
    return tell_change(before, text)
