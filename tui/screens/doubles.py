"""Names that may mean the same, pair by pair: merged into one, or told apart for good."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import getters, on
from textual.binding import Binding
from textual.containers import Container
from textual.content import Content
from textual.message import Message
from textual.widgets import Footer, Static
from textual.worker import get_current_worker

from collection.errors import CollectionError
from tui.screens.curating import CuratingScreen
from tui.terms import KINDS, facts_of, pair_row
from tui.text import one_line
from tui.widgets.column_list import ColumnList
from tui.widgets.context_pane import ContextPane

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from textual.app import ComposeResult
    from textual.dom import DOMNode

    from collection import Collection
    from collection.curating import Followed
    from collection.duplicates import Pair
    from collection.terms import Term

_COLUMNS = (42,)
_NARROW_COLUMNS = (0,)
_NARROW = 90


class _Left(CollectionError):  # noqa: N818  # nothing went wrong
    """The screen was left, or the names are read anew."""


class PairList(ColumnList):
    """Pairs of names; in a narrow window without the reasons, which are told below."""

    def on_resize(self) -> None:
        """Leave out what there is no room for."""
        self._columns = _COLUMNS if self.size.width >= _NARROW else _NARROW_COLUMNS
        super().on_resize()


class DoublesScreen(CuratingScreen):
    """The pairs above, the two names of the selected one side by side below."""

    HORIZONTAL_BREAKPOINTS = [(0, "-stacked"), (60, "-wide")]  # noqa: RUF012

    BINDINGS: ClassVar = [
        Binding("enter,m", "merge", "Merge", id="doubles.merge", key_display="Enter",
                tooltip="Merge the right name into the left one; every testimony follows"),
        Binding("w,less_than_sign,greater_than_sign", "swap", "Swap", id="doubles.swap",
                key_display="w", tooltip="Let the other name of the pair be the one that stays"),
        Binding("equals_sign,d", "apart", "Different", id="doubles.apart", key_display="=",
                tooltip="They mean different things: offer this pair no more"),
        Binding("tab,shift+tab,l,h", "pane(1)", "Other pane", show=False, id="doubles.pane",
                tooltip="Go from the pairs to what is known of the names, and back"),
        Binding("escape,q", "leave", "Back", id="doubles.back", key_display="Esc",
                tooltip="Go back to the vocabulary"),
    ]  # fmt: skip

    DEFAULT_CSS = """
    DoublesScreen {
        layout: vertical;
        #doubles-title, #doubles-way {
            height: 1; padding: 0 1; text-wrap: nowrap; text-overflow: ellipsis;
        }
        #doubles-title { background: $panel; }
        #doubles-way { background: $surface; color: $text-accent; text-style: bold; }
        PairList { height: 40%; min-height: 3; }
        #doubles-panes { height: 1fr; layout: horizontal; }
        ContextPane { width: 1fr; height: 1fr; }
        PairList, ContextPane {
            border-top: solid $border-blurred; border-title-color: $text-muted;
        }
        PairList:focus, ContextPane:focus {
            border-top: heavy $border; border-title-color: $text; border-title-style: bold;
        }
        &.-stacked #doubles-panes { layout: vertical; }
    }
    """

    list = getters.query_one(PairList)

    class Read(Message):
        """The worker has found the pairs, or got further in looking for them."""

        def __init__(
            self,
            pairs: Sequence[Pair] | None,
            terms: Mapping[str, Term] | None = None,
            *,
            share: float = 1.0,
            error: str = "",
        ) -> None:
            super().__init__()
            self.pairs = pairs
            """The likeliest first; none while they are looked for."""
            self.terms = terms or {}
            """The names, by every spelling."""
            self.share = share
            """How far the looking has come, from 0 to 1."""
            self.error = error
            """Why there are none, for people."""

    def __init__(
        self, collection: Collection, kind: str, reveal: Callable[[], None], *, bidi: str
    ) -> None:
        """Take the collection and the kind of names; see `CuratingScreen`."""
        super().__init__(collection, reveal, bidi=bidi)
        self._kind = kind
        self._pairs: list[Pair] = []
        self._terms: Mapping[str, Term] = {}
        # The names that are to stay, where it is not the one that was proposed.
        self._stays: dict[frozenset[str], str] = {}
        self._looking = 0.0

    def compose(self) -> ComposeResult:
        """Put the pairs above their names."""
        yield Static("", id="doubles-title", markup=False)
        yield PairList(_COLUMNS, id="doubles-list")
        yield Static("", id="doubles-way", markup=False)
        with Container(id="doubles-panes"):
            yield ContextPane(id="doubles-one", measure=0, bidi=self._bidi)
            yield ContextPane(id="doubles-other", measure=0, bidi=self._bidi)
        yield Footer(show_command_palette=False, compact=True)

    def on_mount(self) -> None:
        """Begin to look."""
        self.list.focus()
        self.start_reading()

    def help_nodes(self) -> Sequence[tuple[str, DOMNode]]:
        """Say whose keys the help is to list."""
        pane = self.query_one("#doubles-one")
        return [("Among names that look alike", self), ("In the list", self.list),
                ("In what is known", pane)]  # fmt: skip

    # --- looking, in a thread ----------------------------------------------------------------

    def start_reading(self) -> None:
        """Look for the pairs."""
        self._looking = 0.0
        self.list.explain("Comparing the names …")
        self.run_worker(self._look, thread=True, group="doubles", exclusive=True)

    def _look(self) -> None:
        """Look for the pairs; runs in a thread and touches no widget."""
        worker = get_current_worker()

        def progress(share: float) -> None:
            if worker.is_cancelled:
                raise _Left("")
            self.post_message(self.Read(None, share=share))

        try:
            pairs = self.collection.near_duplicates(self._kind, progress)
            terms = self.collection.vocabulary(self._kind)
        except _Left:
            return
        except CollectionError as error:
            self.post_message(self.Read((), error=str(error)))
            return
        spelt = {name: one for one in terms for name, _ in one.spellings}
        self.post_message(self.Read(pairs, spelt | {one.name: one for one in terms}))

    @on(Read)
    def _was_read(self, event: Read) -> None:
        self._looking = event.share
        if event.pairs is not None:
            self._looking = 1.0
            before = self.selected
            self._pairs, self._terms = [*event.pairs], event.terms
            self.list.explain(
                event.error or f"No two {KINDS[self._kind].lower()} look alike.",
                "Names that are spelt nearly the same, or that mean one place or theme, would "
                "stand here. Esc goes back.",
            )
            names = [{one.one, one.other} for one in self._pairs]
            same = {before[1], before[2]} if before is not None else set()
            # The pair that is being looked at stays selected, wherever it stands now.
            self._fill(names.index(same) if same in names else self.list.cursor)
        self.tell()

    def _fill(self, select: int) -> None:
        self.list.fill([pair_row(one) for one in self._pairs], select)

    def tell(self) -> None:
        """Say how things stand."""
        told = [f"{KINDS[self._kind]} that look alike"]
        if self._looking < 1:
            told.append(f"comparing {int(100 * self._looking)} %")
        else:
            told.append("1 pair" if len(self._pairs) == 1 else f"{len(self._pairs)} pairs")
        if self.collection.private:
            told.append("SEALED AND PRIVATE SHOWN")
        if self.busy:
            told.append(self.busy)
        self.query_one("#doubles-title", Static).update(one_line(" · ".join(told)))

    # --- the selected pair -------------------------------------------------------------------

    @property
    def selected(self) -> tuple[Pair, str, str] | None:
        """The pair that is selected, the name that stays, and the one that goes."""
        at = self.list.cursor
        if at >= len(self._pairs):
            return None
        pair = self._pairs[at]
        stays = self._stays.get(frozenset((pair.one, pair.other)), pair.one)
        return pair, stays, pair.other if stays == pair.one else pair.one

    @on(ColumnList.Highlighted)
    def _highlighted(self) -> None:
        # While a key is held down only the last of the pairs passed is told.
        self.call_later(self._tell_pair)

    def _tell_pair(self) -> None:
        way, panes = "", self.query(ContextPane)
        if self.selected is None:
            for pane in panes:
                pane.show("")
                pane.border_title = ""
        else:
            pair, stays, goes = self.selected
            way = f"Enter merges {self.seen(goes)} into {self.seen(stays)} — {pair.why}"
            told = ((stays, "stays"), (goes, "goes"))
            for pane, (name, what) in zip(panes, told, strict=True):
                pane.border_title = Content(f"{self.seen(name)} ({what})")
                term = self._terms.get(name)
                pane.show_facts(facts_of(term, self.collection) if term else [])
        self.query_one("#doubles-way", Static).update(way)

    def action_swap(self) -> None:
        """Let the other name be the one that stays."""
        if self.selected is not None:
            _, stays, goes = self.selected
            self._stays[frozenset((stays, goes))] = goes
            self._tell_pair()

    def action_pane(self, step: int) -> None:
        """Go to the next pane."""
        panes = [self.list, *self.query(ContextPane)]
        at = panes.index(self.focused) if self.focused in panes else -1
        self.set_focus(panes[(at + step) % len(panes)])

    # --- changing ----------------------------------------------------------------------------

    def _chosen(self) -> bool:
        """Tell whether the selected pair can be changed now; if not, say why."""
        if self.selected is None:
            self.say("There is no pair to be decided. Esc goes back.")
            return False
        return self.ready()

    @on(ColumnList.Opened)
    def action_merge(self) -> None:
        """Merge the right name into the left one."""
        if not self._chosen() or self.selected is None:
            return
        _, stays, goes = self.selected
        job = partial(self.collection.merge, self._kind, [goes], stays)
        self.work("merging", job, partial(self._merged, goes))

    def _merged(self, gone: str, done: Followed) -> None:
        self._drop(lambda pair: gone in (pair.one, pair.other))
        self.followed(f"Merged {gone} into {done.name}", done)

    def _drop(self, gone: Callable[[Pair], bool]) -> None:
        """Let pairs vanish at once; those that are left are compared anew meanwhile."""
        at = self.list.cursor
        before = sum(gone(pair) for pair in self._pairs[:at])
        self._pairs = [pair for pair in self._pairs if not gone(pair)]
        self._fill(at - before)

    def action_apart(self) -> None:
        """Say that they mean different things."""
        if not self._chosen() or self.selected is None:
            return
        pair = self.selected[0]
        job = partial(self.collection.tell_apart, self._kind, pair.one, pair.other)
        self.work("noting", job, lambda _: self._apart(pair))

    def _apart(self, pair: Pair) -> None:
        self._drop(lambda one: one is pair)
        self.say(f"{pair.one} and {pair.other} are kept apart and not offered again. u undoes it.")
