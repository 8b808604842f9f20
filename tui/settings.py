"""What the program remembers: theme, splits, sort order; and what the user set: keys, bidi."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from pathlib import Path

DEFAULTS: Final[dict[str, Any]] = {
    "theme": "textual-dark",
    "sort": "given",
    "export_format": "jsonl",
    "citation": "chicago",
    "splits": [40, 26],
    "heights": [34, 28],
    "measure": 88,
    "bidi": "app",
    "spacing_marks": True,
    "keep_index": True,
    "backups": True,
    "network_folders": False,
    "recent": [],
    "keys": {},
}
"""Every setting with its default. `export_format` and `citation` are what was chosen last, as
`export --format` and `cite --style` call it; `splits` and `heights` are the percentages of the
list and of the context pane, beside each other and stacked; `measure` is the widest line of an
account in cells, 0 for as wide as the pane; `bidi` is `app`, `terminal` or `off`;
`spacing_marks` tells whether the terminal gives the spacing vowel signs of Indic scripts a
cell; `keep_index` whether the search index of a large collection is kept among the caches;
`backups` whether a backup of each day is; `network_folders` whether collections there may be
changed; `keys` maps the identifier of a command to its keys."""

_RECENT: Final = 8
_KEY: Final = r"(?:[^\W_]|[a-z0-9_]+(?:\+[a-z0-9_]+)*)"
_KEYS: Final = re.compile(rf"{_KEY}(?:, *{_KEY})*")


class Settings:
    """The settings in one TOML file, of which comments and unknown keys are kept."""

    def __init__(self, path: Path) -> None:
        """Read the file; an absent one is no problem, a wrong one is told and never replaced."""
        self.path = path
        """Their file."""
        self.problem = ""
        """What is wrong with the file, in a sentence; empty if nothing is."""
        self._changed: dict[str, Any] = {}
        self._values = dict(DEFAULTS)
        try:
            given = tomllib.loads(path.read_text("utf-8"))
        except FileNotFoundError:
            return
        except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
            self.problem = (
                f"The settings in {path} could not be read ({error}). "
                f"The defaults are used and the file is left as it is."
            )
            return
        except OSError as error:
            self.problem = f"The settings in {path} could not be read ({error.strerror})."
            return
        wrong = []
        for key, value in given.items():
            if key in DEFAULTS and not _fits(key, value):
                wrong.append(key)
            else:
                self._values[key] = value
        if wrong:
            self.problem = (
                f"{path} has values that do not fit for {', '.join(wrong)}. "
                f"The defaults are used for these."
            )

    def __getitem__(self, key: str) -> Any:
        """Give a setting."""
        return self._values[key]

    def remember(self, key: str, value: Any) -> None:
        """Change a setting; it is written by `save`."""
        if self._values.get(key) != value:
            self._values[key] = value
            self._changed[key] = value

    def remember_collection(self, path: Path) -> None:
        """Put a collection at the head of those opened lately."""
        if not str(path).isprintable():
            return
        lately = [str(path), *(name for name in self["recent"] if name != str(path))]
        self.remember("recent", lately[:_RECENT])

    def save(self) -> str:
        """Write what changed.

        Returns:
            what went wrong, in a sentence; empty if nothing did.
        """
        if not self._changed or (self.problem and self.path.exists()):
            return ""
        import tomlkit

        from collection.store.disk import write_atomically

        try:
            text = self.path.read_text("utf-8") if self.path.exists() else ""
            document = tomlkit.parse(text)
            document.update(self._changed)
            self.path.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(self.path, [tomlkit.dumps(document).encode()], backup=False)
        except (OSError, ValueError) as error:
            # It was sound when it was read; someone has changed it since.
            return f"The settings could not be saved in {self.path} ({error})."
        self._changed.clear()
        return ""


def _fits(key: str, value: Any) -> bool:
    if key in ("splits", "heights"):
        return (
            isinstance(value, list)
            and len(value) == 2
            and all(isinstance(n, int) and 5 <= n <= 90 for n in value)
            and sum(value) <= 95
        )
    if key == "keys":
        return isinstance(value, dict) and all(
            isinstance(keys, str) and _KEYS.fullmatch(keys) for keys in value.values()
        )
    if key == "recent":
        return isinstance(value, list) and all(isinstance(v, str) for v in value)
    if key == "sort":
        from collection.ordering import ORDERS

        return isinstance(value, str) and value in ORDERS
    if key == "bidi":
        return value in ("app", "terminal", "off")
    return type(value) is type(DEFAULTS[key])
