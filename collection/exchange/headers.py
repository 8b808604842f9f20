"""What a column is likely to hold, judged by its header: words of six languages and more."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from collection.folding import fold

_WORDS: Final = Path(__file__).with_name("headers.tsv")
"""Headers by the target that they speak of, in six languages and a little of more."""
_CAMEL: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")
_BRACKETS: Final = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_NUMBERED: Final = re.compile(r" \d{1,3}$")
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
    for name in (plain(header), plain(_BRACKETS.sub("", header))):
        for form in (name, name.replace(" ", ""), *_reduced(name)):
            if form in known:
                return known[form]
    # A key within an object: `place.town`.
    within = header.rpartition(".")[2].strip()
    return known.get(plain(within), "") if within != header else ""


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
