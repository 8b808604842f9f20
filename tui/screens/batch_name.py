"""The step of batch work that asks for a name: one that is known, or a new one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, Final

from textual import on
from textual.binding import Binding
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from collection.batching import Batch
from collection.errors import CollectionError
from collection.folding import fold
from collection.likeness import likeness
from collection.testimony import CONSENTS, split_names
from tui.screens.batch import CHOICES, BatchStep
from tui.text import one_line
from tui.widgets.field_input import FieldInput

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from textual.widget import Widget

    from collection import Collection

_OFFERED: Final = 50
_NEAR: Final = 3
_LISTS: Final = ("add_themes", "add_keywords", "add_places", "interviewers")
"""What takes several names, separated by semicolons."""
_FREE_TEXTS: Final = ("rights", "licence")
"""What is no name, so that nothing else can be meant by it."""


class NameStep(BatchStep):
    """Asks for a name, completes it, and offers one that is spelt nearly the same."""

    BINDINGS: ClassVar = [
        Binding("down", "move(1)", "Next name", show=False, id="batch.next", priority=True,
                tooltip="Choose the next of the names offered"),
        Binding("up", "move(-1)", "Name before", show=False, id="batch.previous", priority=True,
                tooltip="Choose the one before"),
    ]  # fmt: skip

    DEFAULT_CSS = """
    NameStep {
        FieldInput { background: $boost; }
        OptionList { height: auto; max-height: 30vh; min-width: 12; border: none; padding: 0; }
        OptionList { background: $surface; }
        OptionList:focus { border: none; }
    }
    """

    class Counted(Message):
        """The worker has counted the names that are known."""

        def __init__(self, names: Mapping[str, int], error: str = "") -> None:
            super().__init__()
            self.names = names
            """With the number of testimonies of each."""
            self.error = error

    def __init__(self, collection: Collection, ids: Sequence[str], kind: str) -> None:
        """Take what is to be named.

        Args:
            collection: where the testimonies are.
            ids: the testimonies.
            kind: one of the keys of `CHOICES`, a value of a `Batch`.
        """
        super().__init__(collection, ids, CHOICES[kind])
        self._kind = kind
        self._field = kind.removeprefix("add_").removeprefix("remove_")
        self._known: Mapping[str, int] = {}
        self._offered: list[str] = []
        self._chosen: int | None = None
        self._read = False
        self._wants = False
        """Whether Enter was pressed before it was known which names are spelt nearly the same."""

    @property
    def _chooses_only(self) -> bool:
        """Whether only what is offered can be chosen."""
        return self._kind.startswith("remove_") or self._kind == "consent"

    def fields(self) -> Iterator[Widget]:
        """Give the line to type in, and what is offered."""
        yield FieldInput("batch", "")
        options = OptionList(id="batch-names")
        options.can_focus = False
        yield options
        several = "; separates several. " if self._kind in _LISTS else ""
        how = "Type to narrow it down. " if self._chooses_only else several
        yield Static(f"{how}↓ chooses, Enter changes.", classes="batch--hint", markup=False)

    def on_mount(self) -> None:
        """Begin to count the names."""
        self.query_one(FieldInput).focus()
        self.tell("Gathering the names …")
        self.run_worker(partial(self._count), thread=True, group="names")

    def _count(self) -> None:
        """Count the names that are known; runs in a thread and touches no widget."""
        # What is to be removed must be borne by one of them.
        among = self._ids if self._kind.startswith("remove_") else None
        try:
            names = self._collection.terms(self._field, among)
        except CollectionError as error:
            self.post_message(self.Counted({}, str(error)))
            return
        if self._kind == "consent":
            here = self._collection.terms(self._field, self._ids)
            self.post_message(self.Counted({status: here[status] for status in CONSENTS}))
            return
        self.post_message(self.Counted(names))

    @on(Counted)
    def _counted(self, event: Counted) -> None:
        self._known, self._read = event.names, True
        self._offer()
        if event.error:
            self.tell(event.error)
        elif self._wants:
            self.do()

    # --- what is offered ---------------------------------------------------------------------

    @property
    def _typed(self) -> str:
        words = self.query_one(FieldInput).words
        return words.strip()

    def _offer(self) -> None:
        last = self._typed.rpartition(";")[2] if self._kind in _LISTS else self._typed
        wanted = fold(last)
        found = [name for name in self._known if wanted in fold(name)]
        # What begins like it comes first, the most usual first.
        found.sort(key=lambda name: not fold(name).startswith(wanted))
        self._offered = found[:_OFFERED]
        self._chosen = 0 if self._chooses_only and self._offered else None
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options([Option(Content(self._line(name))) for name in self._offered])
        options.display = bool(self._offered)
        options.highlighted = self._chosen
        self.look()

    def _line(self, name: str) -> str:
        return one_line(f"{name}  {self._known[name]}")

    @on(Input.Changed)
    def _changed(self) -> None:
        self._wants = False
        if self._read:
            self._offer()

    @on(OptionList.OptionSelected)
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        self._choose(event.option_index)

    def action_move(self, step: int) -> None:
        """Choose another of the names that are offered; above the first stands what is typed."""
        last = len(self._offered) - 1
        at = -1 if self._chosen is None else self._chosen
        first = 0 if self._chooses_only else -1
        at = max(first, min(at + step, last))
        self._choose(at if at >= 0 else None)

    def _choose(self, number: int | None) -> None:
        self._chosen = number
        self.query_one(OptionList).highlighted = number
        self.look()

    # --- what is wanted ----------------------------------------------------------------------

    @property
    def _names(self) -> tuple[str, ...]:
        """The names that are meant: those typed, the last one as it was chosen."""
        typed = split_names(self._typed) if self._kind in _LISTS else (self._typed,)
        if self._chosen is None and self._chooses_only:
            return ()
        if self._chosen is None:
            return tuple(name for name in typed if name)
        before = self._typed.rpartition(";")[0] if self._kind in _LISTS else ""
        return (*split_names(before), self._offered[self._chosen])

    def wanted(self) -> Batch | str:
        """Give the change as it is typed or chosen."""
        names = self._names
        if names:
            return self._of(names)
        if not self._read:
            return "Gathering the names …"
        if self._chooses_only:
            return "There is nothing of the kind." if not self._known else "Nothing is called that."
        return "Type a name, or choose one with ↓."

    def _of(self, names: tuple[str, ...]) -> Batch:
        takes_several = self._kind in _LISTS or self._kind.startswith("remove_")
        value: Any = names if takes_several else names[0]
        return Batch(**{self._kind: value})

    def do(self) -> None:
        """Give back the change; first ask about a new name that is spelt like one that is known."""
        batch = self.wanted()
        self._wants = not self._read
        if self._wants or isinstance(batch, str):
            self.tell("Gathering the names …" if isinstance(batch, Batch) else batch)
        elif self._chosen is not None or self._kind in _FREE_TEXTS:
            self.dismiss(batch)
        else:
            self._settle(self._names, ())

    def _settle(self, names: tuple[str, ...], settled: tuple[str, ...]) -> None:
        """Ask about one name after the other, then give back the change."""
        if not names:
            self.dismiss(self._of(settled))
            return
        name, rest = names[0], names[1:]
        near = [] if name in self._known else nearest(name, self._known)
        if not near:
            self._settle(rest, (*settled, name))
            return
        from tui.screens.choice import ChoiceScreen

        def answered(value: str | None) -> None:
            if value is not None:
                # The first character is ours: a name may be anything.
                self._settle(rest, (*settled, value[1:]))

        choices = {f"={other}": self._line(other) for other in near}
        choices[f"+{name}"] = one_line(f"{name}  (new, spelt like this)")
        title = f"There is a name like {name}. Which is meant?"
        self.app.push_screen(ChoiceScreen(one_line(title), choices), answered)


def nearest(name: str, known: Mapping[str, int]) -> list[str]:
    """Give the names that are spelt nearly like one, the nearest first."""
    scored = [(likeness(name, other), other) for other in known]
    near = sorted((one for one in scored if one[0] > 0), key=lambda one: (-one[0], one[1]))
    return [other for _, other in near[:_NEAR]]
