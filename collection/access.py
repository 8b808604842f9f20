"""The gate: who may see what. Every exit of the program passes it, the screen included.

Private by default: real names, private notes and whatever part is sealed are taken out unless
the keeper asked for them. A sealed name is also struck out where it occurs in the other texts;
bars of the same length stand in its place, so that offsets into the account still hold.
An embargo never opens by itself, not even when its day has passed.
"""

from __future__ import annotations

import datetime
from collections import Counter
from typing import TYPE_CHECKING, Any, Final

import msgspec

from collection.folding import fold
from collection.testimony import FIELDS, PARTS, Access, Narrator, Testimony, as_record

if TYPE_CHECKING:
    from collections.abc import Iterable

    from collection.striking import Names

MASK: Final = "▒▒▒▒▒"
"""Stands where something is withheld."""
_OPEN: Final = Access()
_MASKED: Final = ("account", "context")
_HIDES: Final = {
    "account": ("account", "turns"),
    "context": ("context",),
    "media": ("media",),
}


class Gated(msgspec.Struct, frozen=True):
    """A testimony as it may be seen."""

    testimony: Testimony
    """The record with what is withheld masked; the very same object if nothing is."""
    sealed: bool = False
    """Whether the whole record is sealed; then nothing but its identifier and terms is left."""
    withheld: tuple[str, ...] = ()
    """The keys that were masked, dotted: `account`, `narrator.real_name`, `notes` …"""
    struck: tuple[str, ...] = ()
    """The keys in whose text a name was struck out."""


def gate(testimony: Testimony, *, private: bool = False) -> Gated:
    """Show a testimony as far as it may be seen.

    Args:
        testimony: the whole record.
        private: whether the keeper asked for everything.

    Returns:
        the record with its withheld parts masked, and the list of them.
    """
    if private:
        return Gated(testimony)
    if not withholds(testimony):
        return Gated(testimony)
    narrator = testimony.narrator
    access = testimony.access
    if access.record.level != "open":
        # The reasons are shown with the terms, and may name whom they protect.
        names = _striker([narrator.name, narrator.real_name], "")
        kept = Testimony(
            id=testimony.id,
            title=MASK,
            account=MASK,
            access=names.strike(access),
            revision=testimony.revision,
        )
        return Gated(kept, sealed=True, withheld=("record",))
    changes, withheld = _sealed_parts(testimony)
    hidden = _hidden_names(testimony)
    if hidden:
        seen = MASK if "name" in hidden else narrator.name
        changes["narrator"] = Narrator(name=seen, naming=narrator.naming)
        withheld += [f"narrator.{key}" for key in hidden]
    if testimony.extra and _extra_may_tell(testimony, hidden):
        changes["extra"] = {}
        withheld.append("extra")
    masked = msgspec.structs.replace(testimony, **changes)
    if not hidden:
        return Gated(masked, withheld=tuple(withheld))
    names = _names(testimony, hidden)
    shown = names.strike(masked) if names else masked
    struck = tuple(key for key in FIELDS if getattr(shown, key) != getattr(masked, key))
    return Gated(shown, withheld=tuple(withheld), struck=struck)


def tells_name(testimony: Testimony) -> bool:
    """Tell whether the identifier, which everybody sees, holds a name that is hidden."""
    names = _names(testimony, _hidden_names(testimony))
    # As in a file name: small and joined.
    path = f"/{testimony.id}"
    return bool(names) and names.strike(path) != path


def hides_name(testimony: Testimony) -> bool:
    """Tell whether a name of the narrator must not be seen; cheap."""
    return bool(_hidden_names(testimony))


def strikes(testimony: Testimony, keys: Iterable[str]) -> bool:
    """Tell whether a hidden name is struck out in one of the fields of a testimony.

    Args:
        testimony: a whole record that is not sealed as a whole.
        keys: fields of it.
    """
    values = [getattr(testimony, key) for key in keys]
    hidden = _hidden_names(testimony) if any(values) else {}
    names = _names(testimony, hidden) if hidden else None
    return names is not None and any(names.strike(value) != value for value in values)


def _names(testimony: Testimony, hidden: dict[str, str]) -> Names:
    seen = "" if "name" in hidden else testimony.narrator.name
    return _striker([*hidden.values()], seen)


def _striker(hidden: list[str], public: str) -> Names:
    # Most collections can be shown without.
    from collection.striking import Names

    return Names(hidden, public)


def withholds(testimony: Testimony) -> bool:
    """Tell whether the gate holds anything of a testimony back; cheap."""
    access = testimony.access
    return bool(
        testimony.notes
        or _hidden_names(testimony)
        or (access != _OPEN and any(getattr(access, part).level != "open" for part in PARTS))
    )


def _sealed_parts(testimony: Testimony) -> tuple[dict[str, Any], list[str]]:
    """Give what stands in the place of the sealed parts and the notes, and their keys."""
    changes: dict[str, Any] = {}
    for part, fields in _HIDES.items():
        if getattr(testimony.access, part).level != "open":
            changes |= {name: MASK if name in _MASKED else () for name in fields}
    if testimony.notes:
        changes["notes"] = ""
    changes = {name: mask for name, mask in changes.items() if getattr(testimony, name)}
    return changes, list(changes)


def _hidden_names(testimony: Testimony) -> dict[str, str]:
    """Give the narrator's names that must not be seen, by their key."""
    narrator = testimony.narrator
    hidden = {}
    if narrator.name and testimony.access.name.level != "open":
        hidden["name"] = narrator.name
    if narrator.real_name and (hidden or fold(narrator.real_name) != fold(narrator.name)):
        hidden["real_name"] = narrator.real_name
    return hidden


def _extra_may_tell(testimony: Testimony, hidden: dict[str, str]) -> bool:
    # Nobody knows what stands there: a transcript, an address, a telephone number.
    if any(getattr(testimony.access, part).level != "open" for part in PARTS):
        return True
    return bool(hidden) and any(key.startswith("narrator.") for key in testimony.extra)


def public_record(gated: Gated) -> dict[str, Any]:
    """Give the plain values of a gated testimony; keys that are withheld are absent.

    Of a sealed one only its identifier and its terms are left.

    Absent rather than empty, so that bringing such a file in again cannot wipe out what the
    collection knows.
    """
    record: dict[str, Any] = as_record(gated.testimony)
    if gated.sealed:
        return {"id": record["id"], "access": record["access"]}
    for path in gated.withheld:
        keys = path.split(".")
        part = record
        for key in keys[:-1]:
            part = part[key]
        part.pop(keys[-1], None)
    return record


def ended_embargoes(testimony: Testimony, today: datetime.date | None = None) -> list[str]:
    """Name the parts whose embargo has run out: the keeper decides, nothing opens by itself."""
    day = (today or datetime.datetime.now(tz=datetime.UTC).date()).isoformat()
    return [
        part
        for part in PARTS
        if (terms := getattr(testimony.access, part)).level == "embargoed"
        and terms.until
        and terms.until <= day
    ]


def left_out(gated: Iterable[Gated]) -> str:
    """Say in one sentence what the gate held back, or nothing if it held back nothing."""
    counts: Counter[str] = Counter()
    for one in gated:
        if one.sealed:
            counts["sealed testimony"] += 1
            continue
        counts.update(_LABELS.get(key, key) for key in one.withheld if key != "turns")
        counts["text with a name struck out"] += len(one.struck)
    told = [_counted(n, label) for label, n in counts.items() if n]
    if not told:
        return ""
    return f"Left out as private: {', '.join(told)}. --private includes them."


_LABELS: Final = {
    "account": "sealed account",
    "context": "sealed context",
    "media": "sealed media list",
    "notes": "private note",
    "extra": "list of further values",
    "narrator.real_name": "real name",
    "narrator.name": "sealed name",
}


def _counted(n: int, label: str) -> str:
    if n == 1:
        return f"1 {label}"
    if label.endswith("testimony"):
        return f"{n} sealed testimonies"
    first, _, rest = label.partition(" ")
    if first in ("text", "list"):
        return f"{n} {first}s {rest}"
    return f"{n} {label}s"
