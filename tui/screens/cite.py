"""A screen that shows the citations of a testimony, form by form, and gives one back."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import getters, on
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from collection.citing.styles import STYLES, cite
from tui.screens.once import Asking
from tui.text import one_line
from tui.widgets.reader import Reader

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from collection.access import Gated
    from collection.citing.passage import Passage


class CiteScreen(Asking["tuple[str, str] | None"]):
    """Gives back the form and the text of a citation; Esc gives nothing."""

    BINDINGS: ClassVar = [
        Binding("escape,q", "dismiss(None)", "Cancel", id="cite.cancel", tooltip="Copy nothing"),
        Binding("j", "move('cursor_down')", "Next", show=False, id="cite.next"),
        Binding("k", "move('cursor_up')", "Previous", show=False, id="cite.previous"),
        Binding("w", "quote", "With the words", id="cite.quote",
                tooltip="Put the words of the passage before the citation"),
        Binding("p", "whole", "Passage or whole", id="cite.whole",
                tooltip="Cite the passage, or the testimony as a whole"),
        Binding("ctrl+d", "scroll(0.5)", "Scroll down", show=False, id="cite.down"),
        Binding("ctrl+u", "scroll(-0.5)", "Scroll up", show=False, id="cite.up"),
    ]  # fmt: skip

    DEFAULT_CSS = """
    CiteScreen {
        align: center middle;
        & > Vertical {
            width: 90; max-width: 100%; height: 22; max-height: 100%;
            background: $surface; border: round $border; padding: 0 1;
        }
        #cite-title { text-style: bold; height: auto; max-height: 2; }
        #cite-hint { color: $text-muted; height: auto; }
        OptionList { height: auto; min-width: 12; max-height: 40%; border: none; }
        OptionList { background: $surface; }
        OptionList:focus { border: none; }
        Reader { height: 1fr; background: $boost; }
    }
    """

    options = getters.query_one(OptionList)
    reader = getters.query_one(Reader)

    def __init__(self, gated: Gated, passage: Passage | None, style: str, *, bidi: str) -> None:
        """Take what is cited.

        Args:
            gated: the testimony as it may be seen, not sealed as a whole.
            passage: the passage that is meant; the whole if None.
            style: the form that comes first, a key of `STYLES`.
            bidi: `app` orders right-to-left text here.
        """
        super().__init__()
        self._gated = gated
        self._passage = passage
        self._style = style if style in STYLES else next(iter(STYLES))
        self._bidi = bidi
        self._of_passage = passage is not None
        self._quoted = False

    def compose(self) -> ComposeResult:
        """Put the forms above what the chosen one says."""
        with Vertical():
            yield Static("", id="cite-title", markup=False)
            yield OptionList(*(Option(Content(label)) for label in STYLES.values()))
            yield Reader(id="cite-text", measure=0, bidi=self._bidi)
            yield Static("", id="cite-hint", markup=False)

    def on_mount(self) -> None:
        """Start at the form that was used last."""
        self.reader.can_focus = False
        self.options.highlighted = list(STYLES).index(self._style)
        self.options.focus()
        self._look()

    @property
    def text(self) -> str:
        """The citation as it is chosen now."""
        passage = self._passage if self._of_passage else None
        return cite(self._gated, self._style, passage, quoted=self._quoted)

    def _look(self) -> None:
        self.reader.show(self.text)
        place = self._passage.place if self._passage and self._of_passage else ""
        of = f" · {place or 'a passage'}" if self._of_passage else ""
        private = " · the real name is shown" if self._names_really() else ""
        title = f"Cite {self._gated.testimony.title}"
        self.query_one("#cite-title", Static).update(one_line(f"{title[:60]}{of}{private}"))
        hints = ["Enter copies"]
        if self._passage is not None:
            words = "without" if self._quoted else "with"
            hints += [f"w: {words} its words"] if self._of_passage else []
            hints.append("p: the whole" if self._of_passage else "p: the passage")
        self.query_one("#cite-hint", Static).update(" · ".join(hints))

    def _names_really(self) -> bool:
        narrator = self._gated.testimony.narrator
        return bool(narrator.real_name) and narrator.naming in ("pseudonym", "anonymous")

    @on(OptionList.OptionHighlighted)
    def _highlighted(self, event: OptionList.OptionHighlighted) -> None:
        self._style = list(STYLES)[event.option_index]
        self._look()

    @on(OptionList.OptionSelected)
    def _selected(self) -> None:
        self.dismiss((self._style, self.text))

    def action_move(self, action: str) -> None:
        """Move by letters as in the list."""
        getattr(self.options, f"action_{action}")()

    def action_scroll(self, pages: float) -> None:
        """Scroll what the citation says."""
        self.reader.action_page(pages)

    def action_quote(self) -> None:
        """Put the words of the passage before the citation, or leave them out again."""
        if self._of_passage:
            self._quoted = not self._quoted
            self._look()

    def action_whole(self) -> None:
        """Cite the whole instead of the passage, or the passage again."""
        if self._passage is not None:
            self._of_passage = not self._of_passage
            self._quoted = False
            self._look()
