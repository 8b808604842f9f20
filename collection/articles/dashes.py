"""Speech that begins with a dash, as Russian, Polish, French and Spanish print it.

`— Мы уехали, — говорит Олег. — Было страшно.` Between the dashes stands what he said, then who
did, then again what he said.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from collection.articles.words import parts, tokens

if TYPE_CHECKING:
    from collection.articles.words import Words

_LANGUAGES: Final = frozenset(("ru", "uk", "pl", "fr", "es"))
_BEGINS: Final = re.compile(r"[—–―-]{1,2}[ \u00a0\u202f]?(?=[^\W_]|[¿¡«„“…\"])")
_DASH: Final = re.compile(r"(?<=[\s,.!?…»”])[—–―-](?=[\s\w])|(?<=\w)[—–―](?=[.,;:])")
_INCISION: Final = re.compile(
    r"[,?!…] (?:se |s['’])?([^\W\d_]{2,20}(?:-t)?-(?:il|elle)"
    r"|[^\W\d_]{3,20} (?=[A-ZÀ-Ý]))(?:[A-ZÀ-Ý][\w’'-]*(?: [A-ZÀ-Ý][\w’'-]*){0,2})?[,.] "
)
_NEAR: Final = 5
"""Within how many words the verb stands."""
_LONGEST: Final = 40
_LEADING: Final = " \t\u00a0\u202f.,;:—–-"


def spoken(text: str, words: Words) -> list[tuple[int, int]]:
    """Give the spans of a paragraph that are speech; none where it does not begin with a dash."""
    begun = _BEGINS.match(text)
    if begun is None or words.language not in _LANGUAGES:
        return []
    cuts = [begun.end(), *(match.start() for match in _DASH.finditer(text, begun.end()))]
    found: list[tuple[int, int]] = []
    told = True
    for start, end in zip(cuts, [*cuts[1:], len(text)], strict=True):
        piece = text[start:end]
        if start > begun.end() and _tells(piece, words):
            told = True
            continue
        if found and not told:
            found[-1] = (found[-1][0], end)  # a dash that is a pause
        else:
            lead = len(piece) - len(piece.lstrip(_LEADING))
            found.append((start + lead, end))
        told = False
    return [(start, end) for start, end in found if start < end]


def incised(text: str, start: int, end: int, words: Words) -> list[tuple[int, int]]:
    """Take `, dit-elle,` out of a quotation, as French prints it within the marks.

    Returns:
        the spans of what is said; the whole one where nothing stands within it.
    """
    if words.language != "fr":
        return [(start, end)]
    found, at = [], start
    for match in _INCISION.finditer(text, start, end):
        says = words.kinds["say"]
        if not any(part in says for part in parts(match[1].casefold())):
            continue
        found.append((at, match.start() + 1))
        at = match.end()
    found.append((at, end))
    return [(one, other) for one, other in found if one < other]


def _tells(piece: str, words: Words) -> bool:
    """Tell whether a piece between dashes says who speaks."""
    bare = piece.lstrip(_LEADING)
    if not bare[:1].islower():
        return False
    first = tokens(bare[:200])[:_NEAR]
    says = words.kinds["say"]
    return len(piece.split()) <= _LONGEST and any(p in says for w in first for p in parts(w))
