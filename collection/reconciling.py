"""Two people have changed the same: what each changed, and where they must choose."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

import msgspec

if TYPE_CHECKING:
    from collections.abc import Mapping

Choice = Literal["mine", "theirs", "both"]
CHOICES: Final[tuple[Choice, ...]] = ("theirs", "mine", "both")


class Clash(msgspec.Struct, frozen=True):
    """A field that both have changed, each to something else."""

    key: str
    before: str
    """What it said when both began."""
    mine: str
    theirs: str


class Reconciled(msgspec.Struct, frozen=True):
    """Two sets of changes to the same texts, laid together as far as they go together."""

    texts: dict[str, str]
    """Every field: as the one who changed it left it; where both did, as it was before."""
    clashes: tuple[Clash, ...]
    """The fields about which somebody must decide."""
    mine: tuple[str, ...]
    """The keys that only I have changed."""
    theirs: tuple[str, ...]
    """The keys that only they have changed."""


def reconcile(
    before: Mapping[str, str], mine: Mapping[str, str], theirs: Mapping[str, str]
) -> Reconciled:
    """Lay two sets of changes together, field by field.

    Args:
        before: what both began with, by key.
        mine: what I have made of it, with the same keys.
        theirs: what they have made of it, with the same keys.

    Returns:
        the fields that go together, and those that clash. Where both have made the same change
        nothing is to be decided.
    """
    texts: dict[str, str] = {}
    clashes: list[Clash] = []
    only_mine: list[str] = []
    only_theirs: list[str] = []
    for key, start in before.items():
        my, their = mine[key], theirs[key]
        if my in (their, start):
            texts[key] = their
            if their not in (my, start):
                only_theirs.append(key)
        elif their == start:
            texts[key] = my
            only_mine.append(key)
        else:
            texts[key] = start
            clashes.append(Clash(key, start, my, their))
    return Reconciled(texts, tuple(clashes), tuple(only_mine), tuple(only_theirs))


def settled(
    reconciled: Reconciled,
    choices: Mapping[str, Choice],
    joints: Mapping[str, str],
) -> dict[str, str]:
    """Give every field, once it is decided about each that clashes.

    Args:
        reconciled: the two sets of changes.
        choices: what is decided, by key; for every clash.
        joints: what stands between their text and mine where both are kept, by key.

    Raises:
        KeyError: when it is not decided about a clash, or both cannot be kept of it.
    """
    texts = dict(reconciled.texts)
    for clash in reconciled.clashes:
        choice = choices[clash.key]
        if choice == "both":
            texts[clash.key] = joined(clash, joints[clash.key])
        else:
            texts[clash.key] = clash.mine if choice == "mine" else clash.theirs
    return texts


def joined(clash: Clash, joint: str) -> str:
    """Put mine behind theirs; nothing is left out of either.

    Args:
        clash: the field.
        joint: what stands between the two. In a list of names, where it is `; `, a name that
            both have is not given twice.
    """
    if joint != "; ":
        return f"{clash.theirs}{joint}{clash.mine}" if clash.theirs and clash.mine else (
            clash.theirs or clash.mine
        )  # fmt: skip
    names = [name.strip() for text in (clash.theirs, clash.mine) for name in text.split(";")]
    return joint.join(name for name in dict.fromkeys(names) if name)
