"""Titles in quotation marks, and marks within them: Chicago 17, 6.9, 6.11 and 8.175.

What a title itself puts in double marks, of whatever language, stands in single ones within the
double ones around it, and what stands within those in double ones again. A comma or a full stop
stands before the closing marks.
"""

from __future__ import annotations

from typing import Final

_CLOSERS: Final = {
    "“": "”",
    "„": "“”",
    "‟": "”",
    "«": "»",
    "»": "«",
    "‹": "›",
    "›": "‹",
    "‘": "’",
    "‚": "‘’",
    '"': '"',
    "「": "」",
    "『": "』",
}
"""What may close each mark that opens."""
_SPACES: Final = " \u00a0\u202f"
"""French puts one within its marks."""
_SINGLE, _DOUBLE = ("‘", "’"), ("“", "”")
_STOPS: Final = "?!…"
_STRAY: Final = str.maketrans({"“": "‘", "”": "’", "„": "‘", '"': "’"})


def quoted(title: str) -> str:
    """Put a title in double quotation marks; nothing where there is none."""
    title = title.strip()
    if not title:
        return ""
    bare = title.rstrip(".,") if not title.endswith("...") else title
    return f"“{nested(bare or title)}”"


def nested(title: str) -> str:
    """Write the marks within a title as those within double ones; its words stay as they are."""
    pairs = _pairs(title)
    told: list[str] = []
    depth = 0
    for at, sign in enumerate(title):
        if at not in pairs:
            # A mark without its other half must not end the title.
            told.append(sign.translate(_STRAY))
        elif pairs[at] > at:
            told.append((_SINGLE, _DOUBLE)[depth % 2][0])
            depth += 1
        else:
            depth -= 1
            told.append((_SINGLE, _DOUBLE)[depth % 2][1])
    inner = {at for at in pairs if title[at] in "«»‹›"}
    return "".join(
        sign
        for at, sign in enumerate(told)
        if not (
            title[at] in _SPACES
            and (
                (at - 1 in inner and pairs[at - 1] > at - 1)
                or (at + 1 in inner and pairs[at + 1] < at + 1)
            )
        )
    )


def with_mark(text: str, mark: str) -> str:
    """Put a comma or a full stop behind a text, but before the marks that close it.

    A full stop is left out where a question mark or the like stands there already.
    """
    end = len(text)
    closing = text.endswith("”") and ("”’" if "‘" in text else "”")
    while closing and end and text[end - 1] in closing:
        end -= 1
    inner = text[:end]
    stops = _STOPS + "." if end == len(text) else _STOPS
    return text if mark == "." and inner[-1:] in stops else f"{inner}{mark}{text[end:]}"


def _pairs(title: str) -> dict[int, int]:
    """Find which marks open and close one another, by their places, both ways."""
    found: dict[int, int] = {}
    open_at: list[int] = []
    for at, sign in enumerate(title):
        if open_at and sign in _CLOSERS[title[open_at[-1]]] and not _is_apostrophe(title, at):
            found[open_at[-1]] = at
            found[at] = open_at.pop()
        elif sign in _CLOSERS:
            open_at.append(at)
    return found


def _is_apostrophe(title: str, at: int) -> bool:
    """Tell whether a mark stands within a word: `don’t`."""
    around = title[max(0, at - 1) : at] + title[at + 1 : at + 2]
    return title[at] == "’" and len(around) == 2 and around.isalnum()
