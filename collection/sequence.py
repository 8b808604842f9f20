"""The order in which a person's steps can be taken back and made again, across restarts."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from collection.store.changes import Step
    from collection.store.store import Store


class Sequence:
    """Which steps somebody has made and taken back; read from the file when first asked for.

    What others do meanwhile, and be it the same person in another window, is theirs to take back.
    """

    def __init__(self, store: Store, by: str) -> None:
        """Take the store, and who takes steps back."""
        self._store = store
        self._by = by
        self._undo: list[Step] | None = None
        self._redo: list[Step] = []
        self._dropped: set[int] = set()
        self._began = 0
        self._own: set[int] = set()

    def begin(self, sequence: int) -> None:
        """Begin after a step: what was done up to it can be taken back, and then what is made."""
        self._began = sequence

    def forget(self) -> None:
        """Read anew when next asked: the file has been read anew."""
        self._undo = None

    def last(self, *, redo: bool) -> Step | None:
        """Give the step to take back next, or the taking back of one; none if there is none."""
        undo = self._read()
        steps = self._redo if redo else undo
        return steps[-1] if steps else None

    def drop(self, step: Step) -> None:
        """Pass over a step that cannot be taken back any longer."""
        self._dropped.add(step.sequence)
        for steps in (self._read(), self._redo):
            steps[:] = [one for one in steps if one.sequence != step.sequence]

    def made(self, step: Step) -> None:
        """Take over a step that was made now."""
        self._own.add(step.sequence)
        if self._undo is not None:
            self._enter(self._undo, step)

    def _read(self) -> list[Step]:
        if self._undo is None:
            undo: list[Step] = []
            self._redo = []
            for step in self._mine(self._store.steps()):
                self._enter(undo, step)
            self._undo = undo
        return self._undo

    def _mine(self, steps: Iterable[Step]) -> Iterator[Step]:
        for one in steps:
            mine = one.by == self._by and one.sequence <= self._began
            if (mine or one.sequence in self._own) and one.sequence not in self._dropped:
                yield one

    def _enter(self, undo: list[Step], step: Step) -> None:
        if step.final:
            return
        if not step.reverses:
            undo.append(step)
            self._redo.clear()
        elif _take(undo, step.reverses):
            self._redo.append(step)
        elif _take(self._redo, step.reverses):
            undo.append(step)


def _take(steps: list[Step], sequence: int) -> bool:
    """Take a step out, which is the last one unless another window has taken it back."""
    for place in range(len(steps) - 1, -1, -1):
        if steps[place].sequence == sequence:
            del steps[place]
            return True
    return False
