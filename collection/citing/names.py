"""Who is cited: a person's name in the order that a list needs, and never a name that is hidden."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import msgspec

from collection.citing.lines import one_line
from collection.folding import fold
from collection.testimony import split_names

if TYPE_CHECKING:
    from collection.access import Gated

WITHHELD: Final = "Name withheld"
ANONYMOUS: Final = "Anonymous"
_FAMILY_FIRST: Final = frozenset({"hu", "zh", "yue", "ja", "ko", "vi", "km", "lo", "mn"})
"""Languages whose speakers write the family name first, so that nothing is turned round."""
_TURNED: Final = re.compile(r"[^\W\d_][\w'’.-]*(?: [^\W\d_]\.)* [^\W\d_][\w'’-]+")
"""A given name, initials, a family name: what can be turned round without guessing."""
_ONE_CASE: Final = re.compile("[\u0590-\u08ff\u0900-\u10ff\u1100-\u11ff\u1780-\u17ff\u2e80-\uffff]")
"""Scripts in whose names nothing is turned round."""
_BEGINNINGS: Final = (
    "a an the one der die das ein eine un une el la le les los las un una "
    "mr mrs ms miss dr prof herr frau pan pani mme monsieur madame señor señora "
    "mother father sister brother abu umm um bint ibn ben bat bar"
)
_ABOUT: Final = frozenset(_BEGINNINGS.split())
"""What a description, a title or a name by one's child begins with."""
_WITHIN: Final = (
    "von van der den de del della di da do dos das du des la le el al wa ibn bin bint "
    "zu zur zum vom ten ter te"
)
_PARTICLES: Final = frozenset(_WITHIN.split())
"""What joins the parts of a family name, each language in its own way."""


class Person(msgspec.Struct, frozen=True):
    """A name as it is cited."""

    name: str
    """The name in the order that people say it."""
    family: str = ""
    """What a list is sorted by; empty where the name is not turned round."""
    given: str = ""
    remark: str = ""
    """What must be said with the name: `pseudonym`."""

    @property
    def straight(self) -> str:
        """The name as a note has it."""
        return self._with_remark(self.name)

    @property
    def turned(self) -> str:
        """The name as a list has it, the family name first."""
        return self._with_remark(f"{self.family}, {self.given}" if self.family else self.name)

    def _with_remark(self, name: str) -> str:
        return f"{name} ({self.remark})" if self.remark else name


def narrators(gated: Gated) -> tuple[Person, ...]:
    """Give those whose testimony it is, as they may be named; nobody where no name is recorded.

    The real name behind a pseudonym is among them only where the gate let it pass, that is
    where the keeper asked for what is private.

    Args:
        gated: the testimony as it may be seen.
    """
    narrator, language = gated.testimony.narrator, gated.testimony.language
    if gated.sealed or "narrator.name" in gated.withheld:
        return (Person(WITHHELD),)
    public = one_line(narrator.name).rstrip("*").rstrip()
    real = one_line(narrator.real_name)
    if fold(real) == fold(one_line(narrator.name)):
        real = ""
    changed = narrator.naming == "pseudonym" or (
        narrator.name.rstrip().endswith("*") and narrator.naming != "real"
    )
    if narrator.naming == "anonymous":
        return (Person(ANONYMOUS, remark=real),)
    if not public:
        return (Person(real),) if real else ()
    if changed:
        return (Person(public, remark=f"pseudonym of {real}" if real else "pseudonym"),)
    return tuple(person(name, language) for name in split_names(public))


def person(name: str, language: str = "") -> Person:
    """Take a name apart where its parts are certain; where in doubt it stays as it stands.

    Args:
        name: as it is recorded; what stands in brackets behind it is a remark.
        language: BCP 47 of the account, which tells the order of the names.
    """
    name = one_line(name)
    if match := re.fullmatch(r"([^()]+) \(([^()]+)\)", name):
        bare = person(match[1], language)
        return msgspec.structs.replace(bare, remark=match[2])
    family, comma, given = name.partition(",")
    if comma and family.strip() and given.strip() and "," not in given:
        given, family = given.strip(), family.strip()
        return Person(f"{given} {family}", family, given)
    words = name.split(" ")
    if (
        not _TURNED.fullmatch(name)
        or language.partition("-")[0].casefold() in _FAMILY_FIRST
        or words[0].rstrip(".").casefold() in _ABOUT
        or any(word.casefold() in _PARTICLES for word in words)
        or not (words[0][0].isupper() and words[-1][0].isupper())
        or _ONE_CASE.search(name)
    ):
        return Person(name)
    return Person(name, words[-1], " ".join(words[:-1]))


def joined(names: list[str], word: str = "and") -> str:
    """Join names as English does: `A`, `A and B`, `A, B, and C`."""
    if len(names) < 3:
        return f" {word} ".join(names)
    return f"{', '.join(names[:-1])}, {word} {names[-1]}"
