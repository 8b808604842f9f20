"""What a row says to protect its narrator: another name, consent, and who may see the record.

Where a cell is not understood it seals, and a name that must not be seen is sealed unless there
is another in its place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from collection.exchange.tables import cells, restrictions
from collection.exchange.tables.rowcells import RowCells, is_of
from collection.testimony import CONSENTS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_BRIEF: Final = 5
"""Words that a column for secrets may say to everybody, as `embargoed by her children`."""
_CONSENTS: Final = ("documented", "", "pending", "update required", "withdrawn")
"""The states of a consent, and that nothing is told of it, the weakest last."""


class Protected(RowCells):
    """A row, as far as it says how its narrator is protected."""

    def __init__(
        self,
        columns: Sequence[str],
        taken: Mapping[str, list[int]],
        extra: list[int],
        values: Sequence[Any],
    ) -> None:
        """Take hold of a row, see `RowCells`."""
        super().__init__(columns, taken, extra, values)
        self.seal = restrictions.Seal()
        self.hidden: list[str] = []
        """Why the name must not be seen."""
        self.notes: list[str] = []
        """What must be kept among the private notes."""

    def closed_by(self, number: int) -> None:
        """Seal the record by a cell that is kept as it is."""
        self.seal.close(self.columns[number], str(self.values[number]))

    def narrator(self) -> None:
        """Put the narrator together from up to six columns."""
        name, given = self.one("narrator.name"), self.one("narrator.given")
        if given and isinstance(name, str) and isinstance(given, str):
            name = f"{given} {name}".strip()
        pseudonym, naming = self.pseudonym()
        if pseudonym:
            part = {"name": pseudonym, "naming": "pseudonym"} | (
                {"real_name": name} if name else {}
            )
            self.raw["narrator"] = part
            self.hidden = []
        elif name:
            self.raw["narrator"] = name
        for key in ("naming", "real_name"):
            if value := self.one(f"narrator.{key}"):
                part = self.raw.get("narrator", {})
                if not isinstance(part, dict):
                    changed = isinstance(part, str) and part.endswith("*")
                    part = {"name": part} | ({"naming": "pseudonym"} if changed else {})
                if key in part and part[key] != value and key == "real_name":
                    self.extra["real name"] = value
                else:
                    part[key] = value
                self.raw["narrator"] = part
        if naming and (told := self.raw.get("narrator")):
            whole = told if isinstance(told, dict) else {"name": told}
            self.raw["narrator"] = {"naming": naming} | whole
            if whole.get("real_name") and whole.get("name"):
                # The name that is seen is not the one that must not be.
                self.hidden = []

    def pseudonym(self) -> tuple[Any, str]:
        """Read what is said of a pseudonym: the name itself, or only that there is to be one."""
        found, naming = "", ""
        for n in self.there.pop("narrator.pseudonym", []):
            cell = self.values[n]
            if (wanted := cells.answer(cell)) is None:
                if found and found != cell:
                    self.keep(n)
                found = found or cell
            elif wanted:
                naming = "pseudonym"
                self.hidden.append(f"{self.columns[n]}: {cell}")
        for n in self.there.pop("narrator.anonymous", []):
            cell = str(self.values[n])
            if not cells.is_no(cell) and cells.answer(cell) is not False:
                naming = naming or "anonymous"
                self.hidden.append(f"{self.columns[n]}: {cell.strip()}")
        return found, naming

    def consent(self) -> None:
        """Read a consent that is told in other words than the record's; they are kept."""
        told = self.there.get("consent.status", [])
        if not all(_is_status(self.values[n]) or isinstance(self.values[n], dict) for n in told):
            self.there.pop("consent.status")
        else:
            told = []
        documents = self.there.get("consent.document", [])
        if documents and cells.answer(self.values[documents[0]]) is not None:
            told = [*told, *self.there.pop("consent.document")]
        if not told:
            return
        read = {n: self.consented(n) for n in told}
        worst = max(read.values(), key=_CONSENTS.index)
        documented = worst == "documented"
        part = self.raw.setdefault("consent", {})
        if worst:
            part["status"] = worst
        for n in told:
            if _is_status(self.values[n]):
                continue
            words = str(self.values[n]).strip()
            words = words if len(words.split()) > 1 else f"{self.columns[n]}: {words}"
            key = "document" if documented else "uses"
            if f"consent.{key}" in self.there:
                self.keep(n)
            else:
                part[key] = "; ".join(filter(None, [part.get(key), words]))

    def consented(self, n: int) -> str:
        """Give the status of a consent that a cell tells; one that was refused seals."""
        cell = self.values[n]
        if _is_status(cell):
            return str(cell).strip().replace("_", " ").casefold()
        status, refused = restrictions.consent(str(cell))
        if refused:
            self.seal.close(self.columns[n], str(cell))
        return status

    def access(self) -> None:
        """Read who may see what; what is not understood seals, and never opens."""
        seals: dict[str, Any] = {}
        whole = self.there.get("access.record")
        if whole and isinstance(self.values[whole[0]], dict):
            self.raw["access"] = self.one("access.record")
            return
        if reason := str(self.one("access.record.reason")):
            self.seal.because(reason)
        for target in restrictions.TAKEN:
            for n in self.there.pop(target, []):
                self.told(target, n)
        if record := self.seal.terms():
            seals["record"] = record
        for target in [t for t in self.there if is_of(t, "access")]:
            _, part, name = (*target.split("."), "level")[:3]
            seals.setdefault(part, {})[name] = self.one(target)
        if self.hidden:
            name = seals.setdefault("name", {})
            if name.get("level", "open") == "open":
                name["level"] = "restricted"
            name["reason"] = "; ".join(filter(None, [name.get("reason"), *self.hidden]))
        if seals:
            self.raw["access"] = seals

    def told(self, target: str, n: int) -> None:
        """Hear what a cell says of access; its reason is seen by all, so not all of it may be."""
        header, cell = self.columns[n], str(self.values[n])
        if restrictions.is_secret(header) and len(cell.split()) > _BRIEF:
            self.notes.append(f"{header}: {cell}")
            cell = "yes"
        self.seal.take(target, header, cell)


def _is_status(value: Any) -> bool:
    return isinstance(value, str) and value.strip().replace("_", " ").casefold() in CONSENTS
