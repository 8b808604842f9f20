"""Reasons: why a testimony was found, in a few words for each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from collection.search.aliases import spelling_variants
from collection.search.entity import ALIAS, WIDER, WIDER_OF, level_of, phrase_part
from collection.search.fields import NAMES_OF, TEXTS_OF
from collection.search.lexicon import Kind
from collection.search.matching import IN_NAME, IN_TEXT, NAMES
from collection.search.texts import BREAK
from collection.search.words import joined

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from collection.search.entity import Entity, Ways
    from collection.search.matching import Match
    from collection.search.texts import Texts

_SECTIONS: Final = ("account", "context")
_MOST_INSIDE: Final = 3
"""Places told of those that lie in what was searched for."""


def reasons(
    matches: Sequence[Match],
    names: Sequence[Ways],
    narrator: str,
    texts: Mapping[str, Texts],
    number: int,
) -> tuple[str, ...]:
    """Say why a testimony was found.

    Args:
        matches: what each term of the query matched, several words taken as one first.
        names: the names that the testimony bears, with what leads to them.
        narrator: who speaks in it.
        texts: the running texts, by sort.
        number: the testimony's.

    Returns:
        phrases like `place Lwów`, or `Kazakhstan ⊃ Almaty` for what lies in something that was
        searched for; what matched best first.
    """
    found: dict[str, tuple[int, str]] = {}
    for match in matches:
        if number not in match.every:
            continue
        best = min(_in_names(match, names), default=None)
        if best is not None:
            cost, name, how = best
            found.setdefault(name, (cost, f"{name}{how}"))
        told = None
        if _is_meant(match, "narrator") and (
            told := _in_narrator(match, texts["narrator"], narrator, number)
        ):
            found.setdefault("narrator", told)
        if match.field:
            continue
        named = best is not None or told is not None
        if told := _in_title(match, texts["title"], number, exact_only=named):
            found[told[1]] = told
            named = True
        for cost, said in _in_account(match, texts["account"], number, exact_only=named):
            found[said] = (cost, said)
    return tuple(said for _, said in sorted(found.values(), key=lambda one: one[0]))


def _is_meant(match: Match, where: str) -> bool:
    return not match.field or where in TEXTS_OF[match.field]


def _in_names(match: Match, names: Sequence[Ways]) -> Iterator[tuple[int, str, str]]:
    near = [match.near.get(where, {}) for where in NAMES]
    for ways in names:
        entity = ways.entity
        if match.field and entity.field not in NAMES_OF[match.field]:
            continue
        name = f"{entity.field} {entity.name}"
        if entity.field in WIDER:
            if match.literal:
                continue
            name = entity.name
        if match.phrase:
            part = phrase_part(entity, match.words, unfinished=match.prefix, literal=match.literal)
            if part is not None:
                inside = _inside(entity, names)
                yield IN_NAME[Kind.EXACT][level_of(entity.field, part)], name + inside, ""
            continue
        best: tuple[int, str, int, Kind] | None = None
        for key, home, part in ways.meant(match.words[0], near, prefix=match.prefix):
            kind = match.kind(key, NAMES[home])
            if kind is not None:
                cost = IN_NAME[kind][level_of(entity.field, part)]
                if best is None or (cost, key) < best[:2]:
                    best = (cost, key, part, kind)
        if best is not None:
            cost, key, part, kind = best
            how = _by_alias(entity, key) if part >= ALIAS else ""
            if kind > Kind.PREFIX:
                how += f" ≈ {match.text}"
            yield cost, name + _inside(entity, names), how


def _inside(wider: Entity, names: Iterable[Ways]) -> str:
    """Name what of a testimony lies in something, if that is what an entity is."""
    if wider.field not in WIDER:
        return ""
    inside = [
        one.name
        for one in (ways.entity for ways in names)
        if WIDER_OF.get(one.field) == wider.field and wider.name in one.wider
    ]
    named = list(dict.fromkeys(inside))
    more = f" +{len(named) - _MOST_INSIDE}" if len(named) > _MOST_INSIDE else ""
    return f" ⊃ {', '.join(named[:_MOST_INSIDE])}{more}"


def _by_alias(entity: Entity, key: str) -> str:
    for alias, words in entity.aliases:
        if key in words or key == joined(words):
            if set(words) <= set(entity.words):
                return ""
            sign = "≈" if alias in spelling_variants(entity.name) else "="
            return f" {sign} {alias}"
    return ""


def _in_narrator(match: Match, texts: Texts, narrator: str, number: int) -> tuple[int, str] | None:
    counted = _counted(match, texts, texts.codes.get(number, ""), "narrator")
    if counted is None:
        return None
    kind, _, _ = counted
    how = f" ≈ {match.text}" if kind > Kind.PREFIX else ""
    return IN_TEXT["narrator"][kind], f"narrator {narrator}{how}"


def _in_title(
    match: Match, texts: Texts, number: int, *, exact_only: bool
) -> tuple[int, str] | None:
    counted = _counted(match, texts, texts.codes.get(number, ""), "title", exact_only=exact_only)
    if counted is None:
        return None
    kind, _, word = counted
    return IN_TEXT["title"][kind], f"title: {_as_found(match, kind, word)}"


def _in_account(
    match: Match, texts: Texts, number: int, *, exact_only: bool
) -> Iterator[tuple[int, str]]:
    for section, codes in zip(_SECTIONS, texts.codes.get(number, "").split(BREAK), strict=False):
        counted = _counted(match, texts, codes, "account", exact_only=exact_only)
        if counted is not None:
            kind, count, word = counted
            said = f"{section}: {count} × {_as_found(match, kind, word)}"
            yield IN_TEXT["account"][kind], said


def _as_found(match: Match, kind: Kind, word: str) -> str:
    if kind == Kind.EXACT:
        return match.text
    return f"{match.text}…" if kind == Kind.PREFIX else f"{word} ≈ {match.text}"


def _counted(
    match: Match, texts: Texts, codes: str, where: str, *, exact_only: bool = False
) -> tuple[Kind, int, str] | None:
    """Count what a text says of a term: exactly that, or else its beginnings, or else typos.

    Returns:
        how it agrees, how often, and a word that does; None if none does.
    """
    if match.phrase:
        count = texts.mentions(match.words, codes, unfinished=match.prefix)
        return (Kind.EXACT, count, "") if count else None
    code = texts.code(match.words[0])
    if code and (count := codes.count(code)):
        return Kind.EXACT, count, match.words[0]
    if exact_only:
        return None
    kinds: dict[Kind, tuple[int, str]] = {}
    for word, code in texts.words_of(codes):
        kind = match.kind(word, where)
        if kind is not None:
            count, _ = kinds.get(kind, (0, ""))
            kinds[kind] = (count + codes.count(code), word)
    return next(((kind, *kinds[kind]) for kind in sorted(kinds)), None)
