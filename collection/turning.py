"""Lets the turns of speakers go with their words when an account is edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from collection.comparing import compare

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from collection.testimony import Turn


def moved(turns: Sequence[Turn], before: str, after: str) -> tuple[Turn, ...]:
    """Move turns along with an edit.

    Args:
        turns: of the account before, in any order.
        before: the words as they were.
        after: the words as they are now.

    Returns:
        the turns in order of their offsets. One whose words are still there stands at them; one
        whose words were replaced stands at what replaced them; of several whose words are gone
        the last remains, if what is left of its passage follows, and no turn begins there.
    """
    if before == after or not turns:
        return tuple(turns)
    waiting = sorted(turns, key=lambda turn: turn.offset, reverse=True)
    found: dict[int, Turn] = {}
    old = new = 0
    gone: list[Turn] = []
    """Those whose words were removed since the last words that stayed."""

    def place(turn: Turn, offset: int) -> None:
        found.setdefault(offset, msgspec.structs.replace(turn, offset=offset))

    for kind, length in _runs(before, after):
        if not length:
            continue
        if kind == "added":
            if gone:
                place(gone[0], new)
                gone = []
            new += length
            continue
        while waiting and waiting[-1].offset < old + length:
            turn = waiting.pop()
            if kind == "removed":
                gone.append(turn)
                continue
            if gone and turn.offset > old:
                place(gone[-1], new)
            gone = []
            place(turn, new + turn.offset - old)
        if kind == "same":
            if gone:
                place(gone[-1], new)
                gone = []
            new += length
        old += length
    # Those that pointed beyond the words still do.
    for turn in reversed(waiting):
        place(turn, turn.offset - len(before) + len(after))
    return tuple(found[offset] for offset in sorted(found))


def _runs(before: str, after: str) -> Iterator[tuple[str, int]]:
    """Give what stayed, went and came, in order, as kinds and numbers of characters."""
    start, end = _ends(before, after)
    yield "same", start
    removed = ""
    for piece in compare(before[start : len(before) - end], after[start : len(after) - end]):
        if piece.kind == "removed":
            removed = piece.text
        elif piece.kind == "added":
            # Words were compared: what they have in common stayed.
            head, tail = _ends(removed, piece.text)
            yield "same", head
            yield "removed", len(removed) - head - tail
            yield "added", len(piece.text) - head - tail
            yield "same", tail
            removed = ""
        else:
            yield "removed", len(removed)
            yield "same", len(piece.text)
            removed = ""
    yield "removed", len(removed)
    yield "same", end


def _ends(one: str, other: str) -> tuple[int, int]:
    """Count the characters in common at the beginning and at the end of two texts: whole words."""
    start = _common(one, other)
    return start, _common(one[start:][::-1], other[start:][::-1])


def _common(one: str, other: str) -> int:
    pairs = enumerate(zip(one, other, strict=False))
    length = next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))
    if one[length : length + 1].isalnum() or other[length : length + 1].isalnum():
        while length and one[length - 1].isalnum():
            length -= 1
    return length
