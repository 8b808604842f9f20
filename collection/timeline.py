"""What happened to a testimony, one moment after the other, and what each changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import msgspec

from collection.testimony import Testimony

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from collection.store.changes import Version

_BEGINS: Final = frozenset({"added", "restored"})
_ENDS: Final = frozenset({"withdrawn", "undone", "erased"})

WORDS: Final = {
    "added": "added",
    "revised": "revised",
    "withdrawn": "withdrawn",
    "restored": "brought back",
    "undone": "taken out again",
    "erased": "erased for good",
}
"""What happened, in words."""

State = Testimony | dict[str, Any] | None
"""What a testimony said: a record, or the plain values of one as they stand in a file, which are
empty where they are withheld; None where there was no testimony."""


class Moment(msgspec.Struct, frozen=True):
    """One change, with what it found and what it left."""

    action: str
    """A key of `WORDS`, or what a newer program calls it."""
    at: str
    """When, UTC, ISO 8601; empty if it is not known."""
    by: str
    """Who; empty if it is not known."""
    before: State
    """What the testimony said before; for one brought back, what it had said last."""
    after: State
    """What it has said since."""
    is_current: bool = False
    """Whether this is how it stands now."""

    @property
    def revision(self) -> int | None:
        """The number of the version that it left; None if there is none, or it is withheld."""
        found = _value(self.after, "revision")
        # A record leaves out what has its default.
        return found if isinstance(found, int) and self.after else None


def timeline(versions: Sequence[Version], now: State) -> tuple[Moment, ...]:
    """Put the history of a testimony in order.

    Args:
        versions: its history, oldest first. How it came into being, or came back, need not be
            among it: files did not always note that.
        now: the testimony; empty if it is withheld, None if there is none any more.

    Returns:
        what happened, newest first.
    """
    moments: list[Moment] = []
    here, last = False, None
    for number, version in enumerate(versions):
        begins = version.action in _BEGINS
        if not begins and not here:
            moments.append(_beginning(last, version.before))
        before: State = last if begins else version.before
        after: State = None
        if version.action not in _ENDS:
            following = versions[number + 1] if number + 1 < len(versions) else None
            if following is None:
                after = now
            elif following.action not in _BEGINS:
                after = following.before
        moments.append(Moment(version.action, version.at, version.by, before, after))
        here = after is not None
        last = after if here else before
    if now is not None and not here:
        moments.append(_beginning(last, now))
    if now is not None:
        moments[-1] = msgspec.structs.replace(moments[-1], is_current=True)
    return tuple(reversed(moments))


def _beginning(last: State, after: State) -> Moment:
    """Tell of an addition, or of a return, that was not noted, from what the record itself says."""
    if last is not None:
        return Moment("restored", _text(after, "modified"), _text(after, "by"), last, after)
    # Only the first version still names who added it.
    first = _value(after, "revision") in (1, None)
    return Moment(
        "added", _text(after, "created"), _text(after, "by") if first else "", None, after
    )


def _value(state: State, key: str) -> Any:
    if isinstance(state, Testimony):
        return getattr(state, key)
    values: Mapping[str, Any] = state or {}
    return values.get(key)


def _text(state: State, key: str) -> str:
    value = _value(state, key)
    return value if isinstance(value, str) else ""
