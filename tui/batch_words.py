"""What is said of a change of several testimonies, before it is made and after."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collection.batch import Outcome
    from collection.batching import Batch

_MOST: Final = 3
"""Former values that are named."""
_SAME: Final = {
    "add": ("has it already", "have it already"),
    "remove": ("does not have it", "do not have it"),
    "set": ("says so already", "say so already"),
    "restrict": ("is sealed like that already", "are sealed like that already"),
    "open": ("is open already", "are open already"),
}
"""Why nothing changes, of one and of several."""
_STRICTER: Final = (
    "is sealed further already and stays so",
    "are sealed further already and stay so",
)
_LEFT: Final = (
    "is masked here and left alone (v shows it)",
    "are masked here and left alone (v shows them)",
)


def told(outcome: Outcome, batch: Batch, *, done: bool) -> str:
    """Say what a batch would do, or has done.

    Args:
        outcome: what came of it, or would.
        batch: what is to be changed.
        done: whether it was done.
    """
    changes = len(outcome.changed)
    if done:
        parts = [f"{changes} changed" if changes else "Nothing was changed"]
    else:
        parts = [f"{changes or 'None'} of {outcome.total} {'changes' if changes < 2 else 'change'}"]
    counts = ((outcome.same, _same(batch)), (outcome.stricter, _STRICTER))
    for count, (one, several) in (*counts, (outcome.left_alone, _LEFT)):
        if count:
            parts.append(f"{count} {one if count == 1 else several}")
    if outcome.replaced:
        first = sorted(outcome.replaced, key=lambda value: (-outcome.replaced[value], value))
        many = sum(outcome.replaced.values())
        more = ", …" if len(first) > _MOST else ""
        loses = ("lost" if done else "loses" if many == 1 else "lose") + " another value"
        parts.append(f"{many} {loses} ({', '.join(first[:_MOST])}{more})")
    if outcome.only_sealed:
        sealed = "is masked here and was" if done else "is masked here and would be"
        parts.append(f"of these {outcome.only_sealed} {sealed} only sealed further")
    return "; ".join(parts)


def _same(batch: Batch) -> tuple[str, str]:
    if batch.restrict or batch.open_again:
        return _SAME["restrict" if batch.restrict else "open"]
    adds = batch.add_themes or batch.add_keywords or batch.add_places
    removes = batch.remove_themes or batch.remove_keywords or batch.remove_places
    return _SAME["add" if adds else "remove" if removes else "set"]
