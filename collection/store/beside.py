"""Which files belong to a collection: itself, and what the program keeps beside it."""

from __future__ import annotations

import contextlib
import re
from typing import TYPE_CHECKING

from collection.store.disk import ASIDE, temporary_prefix
from collection.store.layout import JOURNAL

if TYPE_CHECKING:
    from pathlib import Path


def belongs(path: Path, collection: Path) -> bool:
    """Tell whether a file is the collection's own, so that nothing else may be written there.

    That is the file itself under whatever name, its journal, its backup, drafts, what was put
    aside, and its lock and temporary files, whether they are there or not.

    Raises:
        OSError: when it cannot even be looked at.
    """
    own, target = collection.resolve(), path.resolve()
    for mine in (own, own.with_name(own.name + JOURNAL)):
        with contextlib.suppress(FileNotFoundError):
            # A hard link, or a name that only a system without capitals takes for the same.
            if target.samefile(mine):
                return True
    if target.parent != own.parent:
        return False
    kept = "|".join(
        [re.escape(JOURNAL), r"\.bak", *(rf"\.{what}-.+" for what in ("draft", *ASIDE))]
    )
    shape = rf"{re.escape(own.name)}(?:{kept})?|{re.escape(temporary_prefix(own))}.+"
    return re.fullmatch(shape, target.name, re.DOTALL) is not None
