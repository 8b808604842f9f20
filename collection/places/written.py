"""How cataloguers write a place, taken apart: `Łódź (Poland : Ghetto)` and the like."""

from __future__ import annotations

import re
from typing import Final

import msgspec

_NOT_TEXT: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\u200b-\u200f\u202a-\u202e\ufeff]+")
_BRACKETED: Final = re.compile(r"[(\[{]([^()\[\]{}]*)[)\]}]?|/:(.*?):/")
_SLASH: Final = re.compile(r"\s*[/=|]\s*")
_COMMA: Final = re.compile(r"\s*[,،、]\s*")
_NOTE_PARTS: Final = re.compile(r"\s*[:;,،]\s*")
_SITE: Final = re.compile(
    r"\b(?:(?P<ghetto>ghetto|getto|gettó|גטו|гетто)"
    r"|(?P<camp>(?:(?:nazi|german|soviet|japanese) )?(?:(?:concentration|extermination|death"
    r"|labou?r|forced labou?r|slave labou?r|internment|transit|prison|displaced persons|dp|refugee"
    r"|detention|pow|prisoner of war|killing) )?(?:camp|subcamp|centre|center)"
    r"|k\.?z\.?|kl|konzentrationslager|arbeitslager|außenlager|koncentrační tábor|tábor"
    r"|obóz(?: koncentracyjny)?|koncentrációs tábor|концлагерь))\b\.?",
    re.IGNORECASE,
)
_COUNTY: Final = re.compile(r"\b(?:county|co\.?)$", re.IGNORECASE)
_BEFORE: Final = re.compile(
    r"^(?:(?:near|nr\.?|outside|born(?: in)?|city of|town of|village of|the city of"
    r"|bei|bei der|koło|k\.|u|під|под|город|г\.|місто|м\.|powiat|okres)\s+)+",
    re.IGNORECASE,
)
_AFTER: Final = re.compile(r"\s+(?:area|region|city|town|suburbs?|surroundings)$", re.IGNORECASE)
_EDGES: Final = " \t.,;:-–—?!*\"'„“”«»()[]{}"
_MOST: Final = 200
_MOST_WORDS: Final = 8


class Written(msgspec.Struct, frozen=True):
    """A written place, taken apart; nothing of it has been looked up."""

    names: tuple[str, ...] = ()
    """What it is called, several where they are given side by side; the fullest first."""
    contexts: tuple[str, ...] = ()
    """What it is said to lie in."""
    notes: tuple[str, ...] = ()
    """What stands in brackets: another name, or what it lies in."""
    renamed: bool = False
    """Whether a note is rather another name than what it lies in, as `[Kętrzyn]` is."""
    site: str = ""
    """`camp` or `ghetto` where it says so."""
    whole: str = ""
    """All of it that may be a name as it stands: `Washington, D.C.`, `Terezín Ghetto`."""


def clean(name: str) -> str:
    """Take out what is no text, and the white space at the edges and in excess."""
    return " ".join(_NOT_TEXT.sub(" ", name).split())


def take_apart(name: str) -> Written:
    """Take a place apart, as written; of a sentence or worse nothing comes."""
    if len(name) > _MOST:
        return Written()
    text = clean(name).split(";")[0]
    notes: list[str] = []
    renamed = "[" in text or text.count("(") > text.count(")")
    for match in _BRACKETED.finditer(text):
        notes += _NOTE_PARTS.split(match.group(1) or match.group(2) or "")
    text = _BRACKETED.sub(" ", text)
    if "--" in text:
        # As subject headings have it, from the country down.
        *above, text = text.split("--")
        notes += above
    parts = [part.strip(_EDGES) for part in _COMMA.split(text)]
    parts = [part for part in parts if part]
    if not parts or len(parts[0].split()) > _MOST_WORDS:
        return Written()
    main, *contexts = parts
    sites = [match for match in map(_SITE.search, (main, *contexts, *notes)) if match]
    site = (sites[0].lastgroup or "") if sites else ""
    names = [part.strip(_EDGES) for part in _SLASH.split(main)]
    if site:
        names = [_SITE.sub(" ", part).strip(_EDGES) or part for part in names]
        contexts = [c for c in (_SITE.sub(" ", c).strip(_EDGES) for c in contexts) if c]
        notes = [_SITE.sub(" ", note) for note in notes]
    names = [_BEFORE.sub("", part) or part for part in names if part]
    names = [" ".join(_COUNTY.sub("County", part).split()) for part in names]
    return Written(
        names=tuple(dict.fromkeys(names)),
        contexts=tuple(contexts),
        notes=tuple(note.strip(_EDGES) for note in notes if note.strip(_EDGES)),
        renamed=renamed,
        site=site,
        whole=" ".join(text.strip(_EDGES).split()),
    )


def without_kind(name: str) -> str:
    """Leave out a last word that says only what sort of place it is: `Raleigh area`."""
    return _AFTER.sub("", name)
