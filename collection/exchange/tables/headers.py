"""What a column is likely to hold, judged by its header: words of a dozen languages.

A header that is not known by its words, but sounds like a restriction, a consent or a hidden name,
is taken for that (see `restrictions.py`).
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from collection.exchange.tables.restrictions import sounds_like
from collection.folding import fold

_WORDS: Final = Path(__file__).with_name("headers.tsv")
"""Headers by the target that they speak of."""
_CAMEL: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")
_BRACKETS: Final = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_NUMBERED: Final = re.compile(r" \d{1,3}$")
_YES_OR_NO: Final = re.compile(
    r" (?:y n|yes no|ja nein|j n|oui non|o n|si no|s n|tak nie|t n|da net|ja nee|igen nem|ano ne)$"
)
"""What a header says of the values below it."""
_OR: Final = re.compile("[/&]")
_JOINTS: Final = re.compile(r"[\W_]+")
_PREFIXES: Final = (
    *("dublin core ", "item type metadata ", "dcterms ", "dc ", "schema ", "bibo ", "foaf "),
    *("name of the ", "name of ", "name des ", "name der ", "nom du ", "nom de la ", "nombre del "),
    *("name ", "nombre de la ", "imie i nazwisko ", "имя ", "фио "),
)
_SUFFIXES: Final = (
    *(" name", " names", " s", " en", " text", " value", " in", " nen", " n", " es"),
    *(" of interview", " of the interview", " des interviews", " de l entretien"),
    *(" de la entrevista", " wywiadu", " интервью", " del intervista"),
)
_LONGEST: Final = 100


def plain(header: str) -> str:
    """Bring a header to the form in which it is compared: `ObjectID ` is `object id`."""
    spaced = _CAMEL.sub(" ", header[:_LONGEST])
    return _JOINTS.sub(" ", fold(spaced)).strip()


def guess(header: str) -> str:
    """Guess what a column holds by its header.

    Returns:
        the key of a target; empty where the header says nothing that is known.
    """
    return _guess(header[:_LONGEST])


@lru_cache(maxsize=4096)
def _guess(header: str) -> str:
    known = _known()
    whole = _YES_OR_NO.sub("", plain(header))
    for name in (whole, plain(_BRACKETS.sub("", header))):
        for form in (name, name.replace(" ", ""), *_reduced(name)):
            if form in known:
                return _qualified(known[form], whole)
    if sounds := sounds_like(whole):
        return sounds
    if "/" in header or "&" in header:
        # `Topics / themes`; where the two are different things, nobody knows which it is.
        parts = {_guess(part.strip()) for part in _OR.split(header)} - {""}
        if len(parts) == 1 or parts == {"themes", "keywords"}:
            return max(parts)
    # A key within an object: `place.town`.
    within = header.rpartition(".")[2].strip()
    return known.get(plain(within), "") if within != header else ""


def _qualified(target: str, name: str) -> str:
    """Take `Name (confidential)` for what must not be seen."""
    if target in ("narrator.name", "notes") and sounds_like(name) == "narrator.real_name":
        return "narrator.real_name"
    return target


def _reduced(name: str) -> list[str]:
    """Give a header without what is often set around its word."""
    forms = [name.removesuffix(end) for end in map(_folded, _SUFFIXES) if name.endswith(end)]
    for prefix in map(_folded, _PREFIXES):
        if name.startswith(prefix):
            rest = name.removeprefix(prefix)
            forms += [rest, rest.removesuffix("s")]
    if name.endswith("s"):
        forms.append(name[:-1])
    forms.append(_NUMBERED.sub("", name))
    return forms


@cache
def _known() -> dict[str, str]:
    return {
        plain(word): target
        for line in _WORDS.read_text("utf-8").splitlines()
        for target, _, words in [line.partition("\t")]
        for word in words.split("|")
    }


_folded = cache(fold)
