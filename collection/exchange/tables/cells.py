"""What single cells of a table say: lists, dates in parts, flags, coordinates, files."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from collection.dates import read_date

if TYPE_CHECKING:
    from collections.abc import Mapping

_SEPARATORS: Final = re.compile(r"[;|]|\^\^")
"""Between the values of a list: never a comma, which names contain; `^^` in Omeka's exports."""
_FILE_SEPARATORS: Final = re.compile(r";\s|\||\^\^")
_WHOLE: Final = re.compile(r"([0-9]+)\.0+")
_DEGREES: Final = re.compile(r"[-+]?[0-9]{1,3}(?:[.,][0-9]+)?")
_ADDRESS: Final = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]{1,10}://")
_YES: Final = frozenset(
    [
        *("yes", "y", "true", "t", "1", "x", "ja", "j", "oui", "si", "sí", "tak", "да", "так"),
        *("wahr", "vrai", "igen", "ano", "sim", "✓", "✔", "☑"),
    ]
)
_BLANK: Final = frozenset(["", "-", "--", "–", "—", "n/a", "na", "."])
"""What stands in a cell that says nothing."""
_NO: Final = _BLANK | frozenset(
    [
        *("no", "n", "false", "f", "0", "none", "nein", "non", "nie", "нет", "ні", "falsch"),
        *("no restrictions", "none known", "unrestricted", "open", "faux", "keine", "aucune"),
        *("aucun", "ninguna", "ninguno", "nessuna", "nessuno", "brak", "geen", "nee", "nem"),
        *("nincs", "ne", "não", "nem", "нема", "keiner", "entfällt", "nicht"),
    ]
)
_ANSWERED: Final = re.compile(r"\s*([^\W\d_]{1,8})\s*(?:[-–—,;:.(!].{0,200})?", re.DOTALL)
"""A yes or a no that may have a remark behind it."""
APPROXIMATE: Final = "marked as approximate in the table"
"""Why a date that a table marks so is read as approximate."""


def split(cell: Any) -> list[Any]:
    """Take the values of a list apart; what is a list already stays one."""
    if not isinstance(cell, str):
        return list(cell) if isinstance(cell, list | tuple) else [cell]
    if not _SEPARATORS.search(cell):
        return [value] if (value := cell.strip()) else []
    return [value for part in _SEPARATORS.split(cell) if (value := part.strip())]


def is_yes(cell: str) -> bool:
    """Tell whether a cell says yes, in one of a few languages."""
    return cell.strip().casefold() in _YES


def is_no(cell: str) -> bool:
    """Tell whether a cell says no, or that there is nothing."""
    return cell.strip().rstrip(".").casefold() in _NO


def is_blank(cell: str) -> bool:
    """Tell whether a cell says nothing, though something may stand in it."""
    return cell.strip().casefold() in _BLANK


def answer(cell: Any) -> bool | None:
    """Read a cell that answers a question: yes, no, or neither; a remark may follow."""
    if isinstance(cell, bool):
        return cell
    text = str(cell)
    found = _ANSWERED.fullmatch(text)
    word = found[1] if found else text
    if is_yes(word):
        return True
    return False if is_no(word) and not is_blank(word) else None


def degrees(cell: Any, most: float) -> float | None:
    """Read a coordinate in decimal degrees; none where it is anything else.

    Args:
        cell: as the table has it, with a point or a comma.
        most: how far from 0 it may be, 90 or 180.
    """
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        value = float(cell)
    elif isinstance(cell, str) and _DEGREES.fullmatch(cell.strip()):
        value = float(cell.strip().replace(",", "."))
    else:
        return None
    return value if -most <= value <= most else None


def media(cell: Any) -> list[dict[str, Any]]:
    """Take files and addresses for media."""
    if isinstance(cell, list | tuple):
        return [item if isinstance(item, dict) else medium(str(item)) for item in cell]
    parts = (part.strip() for part in _FILE_SEPARATORS.split(str(cell)))
    return [medium(part) for part in parts if part]


def medium(place: str) -> dict[str, str]:
    """Take one file or address for a medium."""
    return {"url" if _ADDRESS.match(place) else "file": place}


# --- dates -----------------------------------------------------------------------------------


def date(parts: Mapping[str, Any]) -> tuple[Any, list[str]]:
    """Put a date together from its columns, never more precise than they are.

    Args:
        parts: what stands under `text`, `year`, `month`, `day`, `approximate`, `edtf`,
            `earliest`, `latest` and `reason`, as far as anything does.

    Returns:
        a plain date; and the names of the parts that found no place in it.
    """
    words, left = parts.get("text", ""), []
    if not isinstance(words, str):
        if isinstance(words, dict):
            return words, [name for name in parts if name != "text"]
        words = str(words)
    built, unused = _built(parts)
    whole: dict[str, Any] = {"text": words or built}
    if words and built and words != built:
        # The columns say what words mean that are not understood; they do not contradict others.
        said, meant = read_date(words).edtf, read_date(built).edtf
        if said is None and meant is not None:
            whole["edtf"] = meant
        elif said is None or said != meant:
            unused = [name for name in ("year", "month", "day") if name in parts]
    elif found := _WHOLE.fullmatch(words):
        whole["edtf"] = found[1]  # a number as some programs write it: 1944.0
    left += unused
    whole |= {
        name: parts[name] for name in ("edtf", "earliest", "latest", "reason") if name in parts
    }
    if "approximate" in parts:
        _approximate(whole, str(parts["approximate"]), left)
    return (whole["text"] if [*whole] == ["text"] else whole), left


def _built(parts: Mapping[str, Any]) -> tuple[str, list[str]]:
    """Write year, month and day as one date, and name those that have no place in it.

    Zeros stand for what is not known.
    """
    given = {name: _number(parts[name]) for name in ("year", "month", "day") if name in parts}
    said = {name: value for name, value in given.items() if value.strip("0?- ")}
    year, month, day = (said.get(name, "") for name in ("year", "month", "day"))
    if not year:
        return "", [*said]
    if not month:
        return year, ["day"] if day else []
    if month.isdigit() and year.isdigit() and (day.isdigit() or not day):
        built = "-".join([year.zfill(4), month.zfill(2), *([day.zfill(2)] if day else [])])
        if read_date(built).edtf == built:
            return built, []
    return " ".join(part for part in (day, month, year) if part), []


def _number(cell: Any) -> str:
    text = str(cell).strip()
    return found[1] if (found := _WHOLE.fullmatch(text)) else text


def _approximate(whole: dict[str, Any], flag: str, left: list[str]) -> None:
    """Read a date as about the one that its words say; they stay as they are."""
    if not is_yes(flag):
        if not is_no(flag):
            left.append("approximate")
        return
    whole["reason"] = "; ".join(filter(None, [whole.get("reason"), APPROXIMATE]))
    if "edtf" not in whole and (read := read_date(f"circa {whole['text']}")).edtf is not None:
        whole |= {"edtf": read.edtf, "earliest": read.earliest, "latest": read.latest}
