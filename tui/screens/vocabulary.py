"""All places, themes and narrators: counted, sifted, and kept clean."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import getters, on
from textual.binding import Binding
from textual.containers import Container, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Footer, Input, Static

from collection.errors import CollectionError
from collection.terms import sifted
from tui.screens.vocabulary_changes import VocabularyChanges
from tui.terms import KINDS, facts_of, query_of
from tui.text import one_line
from tui.widgets.column_list import ColumnList
from tui.widgets.context_pane import ContextPane
from tui.widgets.field_input import FieldInput
from tui.widgets.kind_bar import KindBar
from tui.widgets.term_list import TermList

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.app import ComposeResult
    from textual.dom import DOMNode

    from collection import Collection
    from collection.terms import Term

_EMPTY = {
    "place": "No testimony that may be seen names a place yet.",
    "theme": "No testimony that may be seen has a theme yet.",
    "narrator": "No testimony that may be seen names its narrator yet.",
}
_TEACHES = (
    "What is written in a testimony's form (e in the reading room) is listed here, each name once. "
    "Esc goes back."
)


_HINT = "/ filters, space marks, x splits off, s sorts, u takes back"


class VocabularyScreen(VocabularyChanges):
    """Names on the left, what is known of the selected one on the right."""

    HORIZONTAL_BREAKPOINTS = [(0, "-single"), (60, "-stacked"), (100, "-wide")]  # noqa: RUF012

    BINDINGS: ClassVar = [
        Binding("enter", "show", "Show them", id="vocabulary.show", priority=True,
                tooltip="Show the testimonies that bear the selected name"),
        Binding("slash", "sift", "Filter", show=False, key_display="/", id="vocabulary.sift",
                tooltip="Show only names that hold what you type, misspelt or not"),
        Binding("s", "sort", "Sort", show=False, id="vocabulary.sort",
                tooltip="Sort by how many testimonies bear a name, or by the name"),
        Binding("1", "kind('place')", "Places", show=False, id="vocabulary.places",
                tooltip="Show the places"),
        Binding("2", "kind('theme')", "Themes", show=False, id="vocabulary.themes",
                tooltip="Show the themes"),
        Binding("3", "kind('narrator')", "Narrators", show=False, id="vocabulary.narrators",
                tooltip="Show the narrators"),
        Binding("tab,shift+tab,l,h", "pane", "Other pane", show=False, id="vocabulary.pane",
                tooltip="Go from the names to what is known of one, and back"),
        Binding("escape", "back", "Back", id="vocabulary.back", key_display="Esc", priority=True,
                tooltip="Step back: clear the filter, the marks, then leave"),
        Binding("q", "leave", "Leave", show=False, id="vocabulary.leave",
                tooltip="Go back to where you were"),
    ]  # fmt: skip

    DEFAULT_CSS = """
    VocabularyScreen {
        layout: vertical;
        #vocabulary-title {
            height: 1; padding: 0 1; background: $panel;
            text-wrap: nowrap; text-overflow: ellipsis;
        }
        KindBar { padding: 0; }
        #vocabulary-words { display: none; }
        #vocabulary-words.-sifting { display: block; }
        #vocabulary-panes { height: 1fr; layout: horizontal; }
        #vocabulary-names { width: 45%; height: 1fr; }
        TermList { height: 1fr; }
        ContextPane { width: 1fr; height: 1fr; }
        TermList, ContextPane {
            border-top: solid $border-blurred; border-title-color: $text-muted;
        }
        TermList:focus, ContextPane:focus {
            border-top: heavy $border; border-title-color: $text; border-title-style: bold;
        }
        &.-stacked #vocabulary-panes { layout: vertical; }
        &.-stacked #vocabulary-names { width: 100%; height: 50%; }
        &.-stacked ContextPane { width: 100%; }
        &.-single #vocabulary-names { width: 100%; }
        &.-single ContextPane { display: none; }
        &.-single.-at-facts #vocabulary-names { display: none; }
        &.-single.-at-facts ContextPane { display: block; width: 100%; }
    }
    """

    list = getters.query_one(TermList)
    pane = getters.query_one(ContextPane)
    words = getters.query_one("#vocabulary-words", FieldInput)

    class Read(Message):
        """The worker has read the names."""

        def __init__(self, kind: str, terms: Sequence[Term], error: str = "") -> None:
            super().__init__()
            self.kind = kind
            self.terms = terms
            """Those of most testimonies first."""
            self.error = error
            """Why there are none, for people."""

    def __init__(self, collection: Collection, reveal: Callable[[], None], *, bidi: str) -> None:
        """Take the collection; see `CuratingScreen`."""
        super().__init__(collection, reveal, bidi=bidi)
        self._by_name = False
        self._counts: dict[str, int] = {}
        self._wanted = ""

    def compose(self) -> ComposeResult:
        """Put the names beside what is known of one."""
        yield Static("", id="vocabulary-title", markup=False)
        yield KindBar(KINDS, id="vocabulary-kinds")
        field = FieldInput("words", "")
        field.id = "vocabulary-words"
        field.placeholder = "type what the names are to hold"
        with Container(id="vocabulary-panes"):
            with Vertical(id="vocabulary-names"):
                yield field
                yield TermList((2, 6), id="vocabulary-list")
            yield ContextPane(id="vocabulary-facts", measure=0, bidi=self._bidi)
        yield Footer(show_command_palette=False, compact=True)

    def on_mount(self) -> None:
        """Begin to read."""
        self.list.explain("Reading the names …")
        self.list.focus()
        self.start_reading()

    def help_nodes(self) -> Sequence[tuple[str, DOMNode]]:
        """Say whose keys the help is to list."""
        return [("In the vocabulary", self), ("Among the names", self.list),
                ("In what is known", self.pane)]  # fmt: skip

    # --- reading, in a thread ----------------------------------------------------------------

    def start_reading(self) -> None:
        """Read the names anew; what is selected stays so."""
        self.run_worker(self._read, thread=True, group="vocabulary", exclusive=True)

    def _read(self) -> None:
        """Read the names; runs in a thread and touches no widget."""
        wanted = self.kind
        try:
            for kind in (wanted, *(one for one in KINDS if one != wanted)):
                self.post_message(self.Read(kind, self.collection.vocabulary(kind)))
        except CollectionError as error:
            self.post_message(self.Read(wanted, (), str(error)))

    @on(Read)
    def _was_read(self, event: Read) -> None:
        self._counts[event.kind] = len(event.terms)
        if event.kind == self.kind:
            self.terms = event.terms
            names = {one.name for one in event.terms}
            self.marked = {name: None for name in self.marked if name in names}
            if event.error:
                self.list.explain(event.error)
            self.fill()
        self.tell()

    # --- the names ---------------------------------------------------------------------------

    def fill(self) -> None:
        """Show the names that hold what is typed, in the order that was chosen."""
        selected = self._wanted or (self.selected.name if self.selected else "")
        terms = self.terms
        if self._by_name:
            terms = sorted(terms, key=lambda one: (one.name.casefold(), one.name))
        typed = self.words.words
        self.shown = sifted(terms, typed)
        if self.terms:
            self.list.explain(f"Nothing matches “{typed}”.", "Esc clears the filter.")
        elif self.kind in self._counts:
            self.list.explain(_EMPTY[self.kind], _TEACHES)
        names = [one.name for one in self.shown]
        place = names.index(selected) if selected in names else min(self.list.cursor, len(names))
        if selected in names:
            self._wanted = ""
        self.list.show_terms(self.kind, self.shown, self.marked, place)
        self.tell()

    def select(self, name: str) -> None:
        """Select a name as soon as it is listed."""
        self._wanted = name

    @on(ColumnList.Highlighted)
    def _highlighted(self) -> None:
        # While a key is held down only the last of the names passed is told.
        self.call_later(self._tell_facts)

    def _tell_facts(self) -> None:
        term = self.selected
        if term is None:
            self.pane.show("", placeholder="No name is selected.")
            self.pane.border_title = "What is known"
            return
        self.pane.border_title = Content(self.seen(term.name))
        self.pane.show_facts(facts_of(term, self.collection))

    def tell(self) -> None:
        """Say how things stand."""
        told = ["Vocabulary"]
        if self.collection.read_only:
            told.append("read-only")
        if self.collection.private:
            told.append("SEALED AND PRIVATE SHOWN")
        if self.marked:
            told.append(f"{len(self.marked)} marked")
        told.append(self.busy or _HINT)
        self.query_one("#vocabulary-title", Static).update(one_line(" · ".join(told)))
        self.query_one(KindBar).tell(self.kind, self._counts)
        order = "by name" if self._by_name else "most testimonies first"
        sift = f"{len(self.shown)} of {len(self.terms)} · " if self.words.value else ""
        self.list.border_title = f"{sift}{order}"

    # --- keys --------------------------------------------------------------------------------

    @on(KindBar.Chosen)
    def _kind_clicked(self, event: KindBar.Chosen) -> None:
        self.action_kind(event.kind)

    def action_kind(self, kind: str) -> None:
        """Show another kind of names."""
        if kind == self.kind:
            return
        self.kind = kind
        self.terms, self.shown, self.marked = (), [], {}
        self._counts.pop(kind, None)
        self.words.value = ""
        self.list.explain("Reading the names …")
        self.fill()
        self.start_reading()

    def action_sort(self) -> None:
        """Sort by count, or by name."""
        self._by_name = not self._by_name
        self.fill()

    def action_sift(self) -> None:
        """Go to the words that the names are to hold."""
        self.words.add_class("-sifting")
        self._at("list")
        self.words.focus()

    @on(Input.Changed, "#vocabulary-words")
    def _sifted(self, event: Input.Changed) -> None:
        event.stop()
        self.fill()

    def action_pane(self) -> None:
        """Go to the other pane."""
        self._at("facts" if self.focused is self.list else "list")

    def _at(self, pane: str) -> None:
        self.set_class(pane == "facts", "-at-facts")
        self.set_focus(self.pane if pane == "facts" else self.list)

    def action_back(self) -> None:
        """Step back by one."""
        if self.focused is self.pane:
            self._at("list")
        elif self.words.has_class("-sifting"):
            self.words.value = ""
            self.words.remove_class("-sifting")
            self.list.focus()
        elif self.marked:
            self.marked = {}
            self.fill()
        else:
            self.leave()

    @on(ColumnList.Opened)
    def action_show(self) -> None:
        """Show the testimonies that bear the selected name, in the reading room."""
        term = self.selected
        if self.focused is self.words:
            self.list.focus()
        elif term is not None and not term.ids:
            self.say("No testimony bears it; it only stands above others, or was defined.")
        elif term is not None:
            self.leave(query_of(self.kind, term.name))
