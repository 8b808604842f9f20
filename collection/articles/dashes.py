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
_WITHIN: Final = frozenset(("ru", "uk", "pl"))
"""Where a clause between dashes may stand within the marks of a quotation."""
_LATER: Final = re.compile(r"(?<=[.!?…]) [—–] (?=[^\W\d_a-zа-яёіїєґ])")
_BEGINS: Final = re.compile(r"[—–―-]{1,2}[ \u00a0\u202f]?(?=[^\W_]|[¿¡«„“…\"])")
_DASH: Final = re.compile(r"(?<=[\s,.!?…»”])[—–―-](?=[\s\w])|(?<=\w)[—–―](?=[.,;:])")
_INCISION: Final = re.compile(
    r"(?:,|[?!…]) (?:se |s['’])?(?:([^\W\d_]{2,20})(?:-t)?-(?:il|elle)|([^\W\d_]{3,20})"
    r" (?=[A-ZÀ-Ý]|(?:l['’]|le |la |un |une |ce |cette |son |sa )))"
)
"""How a clause begins that says who speaks: `, dit-elle`, `, raconte le pêcheur`."""
_INCISION_ENDS: Final = re.compile(
    r"\.(?: |$)|, (?=[A-ZÀ-Ý])(?![A-ZÀ-Ý][\w’'-]*(?: [A-ZÀ-Ý][\w’'-]*){0,2}[.,])|,? ?$"
)
_AT_ONCE: Final = re.compile(r"[,.](?: |$)")
_INCISION_LONGEST: Final = 160
_NEAR: Final = 5
"""Within how many words the verb stands."""
_LONGEST: Final = 40
_LEADING: Final = " \t\u00a0\u202f.,;:—–-"


def spoken(text: str, words: Words) -> list[tuple[int, int]]:
    """Give the spans of a paragraph that are speech; none where no dash begins any.

    Speech may begin behind a sentence of the report, if a clause says who speaks it.
    """
    if words.language not in _LANGUAGES:
        return []
    begun = _BEGINS.match(text)
    if begun is not None and words.language == "fr":
        said = _said(text, begun.end(), len(text), words)[0]
        return [part for start, end in said for part in incised(text, start, end, words)]
    if begun is not None:
        return _said(text, begun.end(), len(text), words)[0]
    if words.language in _WITHIN and (within := _LATER.search(text)):
        found, told = _said(text, within.end(), len(text), words)
        return found if told else []
    return []


def _said(text: str, begin: int, stop: int, words: Words) -> tuple[list[tuple[int, int]], bool]:
    """Part speech from the clauses between dashes.

    Returns:
        the spans of the speech; and whether there is a clause at all.
    """
    cuts = [begin, *(match.start() for match in _DASH.finditer(text, begin, stop))]
    found: list[tuple[int, int]] = []
    told, any_told = True, False
    for start, end in zip(cuts, [*cuts[1:], stop], strict=True):
        piece = text[start:end]
        if start > begin and _tells(piece, words):
            told = any_told = True
            continue
        if found and not told:
            found[-1] = (found[-1][0], end)  # a dash that is a pause
        else:
            lead = len(piece) - len(piece.lstrip(_LEADING))
            found.append((start + lead, end))
        told = False
    return [(start, end) for start, end in found if start < end], any_told


def incised(text: str, start: int, end: int, words: Words) -> list[tuple[int, int]]:
    """Take out of a quotation what French, Russian and Polish print within its marks.

    That is `, dit-elle,` and `, — вспоминает Анна. —`.

    Returns:
        the spans of what is said; the whole one where nothing stands within it.
    """
    if words.language in _WITHIN:
        found, told = _said(text, start, end, words)
        return found if told else [(start, end)]
    if words.language != "fr":
        return [(start, end)]
    at = start
    found = []
    for match in _INCISION.finditer(text, start, end):
        # Turned round, `-t-elle`, any verb says it.
        if match.start() < at or (match[2] and not words.has("say", match[2])):
            continue
        ends = (
            _AT_ONCE if match[1] and text[match.end() : match.end() + 1] in ",." else _INCISION_ENDS
        )
        stop = ends.search(text, match.end(), min(end, match.end() + _INCISION_LONGEST))
        if stop is None:
            continue
        found.append((at, match.start() + 1))
        at = min(stop.end(), end)
    found.append((at, end))
    return [(one, other) for one, other in found if one < other]


def spoken_by_clause(text: str, words: Words) -> bool:
    """Tell whether a paragraph that a dash begins says who speaks it."""
    begun = _BEGINS.match(text)
    if begun is None:
        return False
    told = _said(text, begun.end(), len(text), words)[1]
    return told or (words.language == "fr" and len(incised(text, 0, len(text), words)) > 1)


def _tells(piece: str, words: Words) -> bool:
    """Tell whether a piece between dashes says who speaks."""
    bare = piece.lstrip(_LEADING)
    if not bare[:1].islower():
        return False
    first = tokens(bare[:200])[:_NEAR]
    says = words.kinds["say"]
    return len(piece.split()) <= _LONGEST and any(p in says for w in first for p in parts(w))
