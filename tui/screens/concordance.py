"""The concordance: every hit of a search in its context, one line for each."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import getters, on
from textual.binding import Binding
from textual.widgets import Footer, Static

from collection.concordance import ORDERS, line_at
from collection.dates import short
from collection.errors import NotFound
from tui import finding
from tui.screens.once import Once
from tui.text import one_line
from tui.widgets.concordance_list import ConcordanceList, Shown

if TYPE_CHECKING:
    from array import array
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.dom import DOMNode

    from collection import Collection, Testimony
    from collection.results import Results

_GONE = Shown("(withdrawn)", "", "", "")


class ConcordanceScreen(Once[tuple[str, int] | None]):
    """Gives back the testimony and the offset of the hit that is to be read."""

    BINDINGS: ClassVar = [
        Binding("enter", "open", "Read it", id="concordance.open",
                tooltip="Go to this hit in its account"),
        Binding("s", "sort", "Sort", id="concordance.sort",
                tooltip="Sort by what stands behind the hit, before it, or as they were found"),
        Binding("escape,q", "back", "Back", id="concordance.back", key_display="Esc",
                tooltip="Stop sorting, or go back to where you were"),
    ]  # fmt: skip

    DEFAULT_CSS = """
    ConcordanceScreen {
        layout: vertical;
        #concordance-title {
            height: 1; padding: 0 1; background: $panel;
            text-wrap: nowrap; text-overflow: ellipsis;
        }
        ConcordanceList { height: 1fr; }
        #concordance-about {
            height: 1; padding: 0 1; background: $surface; color: $text-muted;
            text-wrap: nowrap; text-overflow: ellipsis;
        }
    }
    """

    list = getters.query_one(ConcordanceList)

    def __init__(
        self,
        collection: Collection,
        results: Results,
        ids: Sequence[str],
        query: str,
        *,
        bidi: str = "app",
    ) -> None:
        """Take what was found.

        Args:
            collection: where.
            results: what marks the hits.
            ids: the testimonies, in the order of the list; any thread may look at them.
            query: what was searched for.
            bidi: `app` orders right-to-left text here.
        """
        super().__init__()
        self._collection = collection
        self._results = results
        self._ids = ids
        self._query = query
        self._orders = bidi == "app"
        self._places = finding.Places.none()
        self._looked = 0
        self._complete = False
        self._order: array[int] | None = None
        self._by = self._wanted = "found"
        self._sorted = 0

    def compose(self) -> ComposeResult:
        """Put the lines between what is shown and whose line is selected."""
        yield Static("", id="concordance-title", markup=False)
        yield ConcordanceList(self._shown, orders=self._orders, id="concordance")
        yield Static("", id="concordance-about", markup=False)
        yield Footer(show_command_palette=False, compact=True)

    def on_mount(self) -> None:
        """Begin to look for the lines."""
        self.list.explain("Reading the accounts …")
        self.list.focus()
        self._tell()
        self.run_worker(
            partial(
                finding.find_lines, self._collection, self._results, self._ids, self.post_message
            ),
            thread=True,
            group="lines",
        )

    def help_nodes(self) -> Sequence[tuple[str, DOMNode]]:
        """Say whose keys the help is to list."""
        return [("Among the hits in context", self), ("In every list", self.list)]

    # --- lines -------------------------------------------------------------------------------

    def _view(self, id: str) -> Testimony:
        return self._collection.view(id).testimony

    def _number(self, row: int) -> int:
        return row if self._order is None else self._order[row]

    def _shown(self, row: int, reach: int) -> Shown:
        number, places = self._number(row), self._places
        try:
            testimony = self._view(self._ids[places.testimonies[number]])
        except NotFound:
            return _GONE
        line = line_at(testimony, (places.starts[number], places.ends[number]), reach=reach)
        date, name = short(testimony.date), testimony.narrator.name
        who = " ".join(filter(None, (date, name))) or testimony.id
        return Shown(who, line.left, line.hit, line.right)

    @on(finding.LinesFound)
    def _found(self, event: finding.LinesFound) -> None:
        first = not self._places.starts
        self._places.extend(event.places)
        self._looked, self._complete = event.looked, event.done
        if event.done:
            self.list.explain(
                "No account holds these words.",
                "What was found was found by its place, theme, narrator or title. Esc goes back.",
            )
        if self._order is None:
            self.list.grow(len(self._places.starts))
        if event.done and self._wanted != "found":
            self._start_sorting()
        if first:
            self._tell_about()
        self._tell()

    # --- sorting -----------------------------------------------------------------------------

    def action_sort(self) -> None:
        """Take the next order: by the right context, by the left, as found."""
        orders = [*ORDERS]
        self._wanted = orders[(orders.index(self._wanted) + 1) % len(orders)]
        self._stop_sorting()
        if self._wanted == "found":
            self._arrange(None)
        elif self._complete:
            self._start_sorting()
        self._tell()

    def _start_sorting(self) -> None:
        self._sorted = 0
        self.run_worker(
            partial(
                finding.sort_lines, self._view, self._ids, self._places, self._wanted,
                self.post_message,
            ),
            thread=True,
            group="sort",
            exclusive=True,
        )  # fmt: skip

    def _stop_sorting(self) -> None:
        self.workers.cancel_group(self, "sort")

    @on(finding.LinesSorted)
    def _lines_sorted(self, event: finding.LinesSorted) -> None:
        if event.by != self._wanted:
            return
        self._sorted = event.done
        if event.order is not None:
            self._arrange(event.order)
        self._tell()

    def _arrange(self, order: array[int] | None) -> None:
        """Show the lines in another order, the same one selected."""
        number = self._number(self.list.cursor) if self._places.starts else 0
        self._order, self._by = order, self._wanted
        self.list.grow(len(self._places.starts))
        self.list.renew(number if order is None else order.index(number) if order else 0)

    # --- saying how things stand -------------------------------------------------------------

    def _tell(self) -> None:
        count, total = len(self._places.starts), len(self._ids)
        told = [f"“{self._query.strip()}”", _lines(count)]
        if not self._complete:
            percent = 100 * self._looked // max(1, total)
            told.append(f"reading accounts {percent} %")
        elif self._results.partial:
            told.append("so far: the accounts are still being indexed")
        if self._wanted != self._by:
            percent = 100 * self._sorted // max(1, count) if self._complete else 0
            told.append(f"sorting by {ORDERS[self._wanted]} {percent} %")
        elif self._by != "found":
            told.append(f"by {ORDERS[self._by]}")
        self.query_one("#concordance-title", Static).update(one_line(" · ".join(told)))

    @on(ConcordanceList.Highlighted)
    def _tell_about(self) -> None:
        told = ""
        if self._places.starts:
            number = self._number(self.list.cursor)
            id = self._ids[self._places.testimonies[number]]
            try:
                title = self._view(id).title
            except NotFound:
                title = "(withdrawn)"
            told = f"{title} · {self._which(number)} · {id}"
        self.query_one("#concordance-about", Static).update(one_line(told))

    def _which(self, number: int) -> str:
        """Say which hit of its account a line is; of how many, as far as is known."""
        testimonies, first = self._places.testimonies, number - self._places.numbers[number]
        behind = first
        while behind < len(testimonies) and testimonies[behind] == testimonies[number]:
            behind += 1
        return f"hit {number - first + 1} of {behind - first}"

    # --- leaving -----------------------------------------------------------------------------

    @on(ConcordanceList.Opened)
    def action_open(self) -> None:
        """Go to the selected hit in its account."""
        if self._places.starts:
            number = self._number(self.list.cursor)
            id = self._ids[self._places.testimonies[number]]
            self.dismiss((id, self._places.starts[number]))

    def action_back(self) -> None:
        """Stop sorting, or go back."""
        if self._wanted != self._by:
            self._stop_sorting()
            self._wanted = self._by
            self._tell()
        else:
            self.dismiss(None)


def _lines(count: int) -> str:
    return "1 line" if count == 1 else f"{count} lines"
