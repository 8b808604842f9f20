"""TEI: scholarly editions and transcriptions of speech."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from collection.citing.passage import paragraphs
from collection.errors import Problem
from collection.exchange.interface import DETECTED, Reading, Row, Where
from collection.exchange.markup.sections import notes_section, with_sections
from collection.exchange.markup.tei_header import KEPT, Header, identifier, languages, times
from collection.exchange.markup.tei_text import Body, words
from collection.exchange.markup.xmlfile import elements, local, root_name, unknown_root
from collection.exchange.spoken.timed import seconds_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path
    from xml.etree.ElementTree import Element

_TEXTS: Final = ("TEI", "TEI.2")
_ROOTS: Final = (*_TEXTS, "teiCorpus", "teiCorpus.2")
_ORIGINAL: Final = "original"
"""Type of the division that holds the text as it was given, in an edition with translations."""
_TRANSLATION: Final = "translation"


class TEI:
    """The format `tei`."""

    name = "tei"
    label = "TEI XML"

    def read(self, path: Path, reading: Reading = DETECTED) -> Iterator[Row]:
        """Read the texts of a file; a translation that stands beside its original is one more."""
        del reading  # XML says itself how it is to be read
        root, number = root_name(path), 0
        if root and root not in _ROOTS:
            yield Row(Where(path.name), problem=unknown_root(root))
            return
        for found in elements(path, _TEXTS):
            if isinstance(found, Problem):
                number += 1
                yield Row(Where(path.name, number), problem=found)
                continue
            for raw, columns in raw_records(found, path.stem):
                number += 1
                yield Row(Where(path.name, number), raw, columns=columns)
        if not number:
            yield Row(Where(path.name), problem=unknown_root(root))


def raw_records(text: Element, name: str) -> Iterator[tuple[dict[str, Any], dict[str, str]]]:
    """Read a text.

    Args:
        text: an element with a header and a text.
        name: what to call it if it has no title.

    Yields:
        the plain values of a record, and for each key the path of the element it was taken
        from; first the original, then its translations.
    """
    header = Header(text)
    told = {"title": name} | header.record()
    id = identifier(text) or header.text("id", "publicationStmt/idno")
    beside = {KEPT: header.rest(), **_around(text)}
    name_of, second_of, places_of = _speakers(header), _moments(text), header.places()
    made: Counter[str] = Counter()
    for kind, language, parts in _versions(text):
        body = Body(name_of, second_of)
        for part in parts:
            body.read(part)
        raw = dict(told)
        if language:
            raw["language"] = language
        extra: dict[str, Any] = {**beside, **_beside(body)}
        if places := _places(raw.get("places", []), body, places_of):
            raw["places"] = places
        if context := with_sections(raw.get("context", ""), [_notes(body)]):
            raw["context"] = context
        if id:
            raw["id"] = id
        if kind == _TRANSLATION:
            raw["rendering"] = "translated"
            made[language] += 1
            if id:
                again = f"-{made[language]}" if made[language] > 1 else ""
                raw["id"] = f"{id}/{language or _TRANSLATION}{again}"
                extra["translation of"] = id
        raw["account"] = body.account
        turns = [
            {"offset": one.offset, "speaker": one.speaker, "seconds": one.seconds}
            for one in body.turns
        ]
        raw |= {"turns": turns} if turns else {}
        extra = {key: value for key, value in extra.items() if value}
        yield raw | ({"extra": extra} if extra else {}), dict(header.columns)


def _beside(body: Body) -> dict[str, Any]:
    """Give what was taken out of the running text, and what its names refer to."""
    apart = dict(body.apart)
    return {"notes": apart.pop("note", []), "apart": apart, "names": body.names}


def _notes(body: Body) -> str:
    """Tell the notes with the paragraphs that they belong to, as citations number those."""
    notes = body.apart.get("note", [])
    begins = [start for start, _ in paragraphs(body.account)] if notes else []
    told = []
    for number, note in enumerate(notes, 1):
        paragraph = max(1, bisect_right(begins, note["offset"]))
        told.append((f"[{note.get('n') or number}] Paragraph {paragraph}:", note["text"]))
    return notes_section(told)


def _places(
    known: Sequence[Any], body: Body, named: dict[str, dict[str, Any]]
) -> list[dict[str, Any] | str]:
    """Give the places of a record: those of the header, then those that the words name, each once.

    A place that several names refer to has the name that the header gives it, or else the one
    that is written most often. One that begins small is no name, but an adjective as a rule.
    """
    found: dict[str, dict[str, Any] | str] = {name: name for name in known}
    written: dict[str, Counter[str]] = {}
    for told, to in body.places:
        written.setdefault(to or f" {told}", Counter())[told] += 1
    for to, names in written.items():
        name = next((one for one, _ in names.most_common() if not one[0].islower()), "")
        place = named.get(to.lstrip("#"), {"name": name})
        if not place["name"]:
            continue
        found.setdefault(place["name"], place if len(place) > 1 else place["name"])
    return [*found.values()]


def _versions(text: Element) -> Iterator[tuple[str, str, list[Element]]]:
    """Find the original and its translations: the kind, the language, and the elements of each."""
    bodies, above = (
        outermost([text], partial(_is, "body")),
        [one for one in text if local(one) == "text"],
    )
    found = [
        (one.get("type", ""), languages([one, body, *above, text]), one)
        for body in bodies
        for one in outermost([body], _is_version)
    ]
    if not found:
        yield "", languages([*bodies, *above, text]), bodies or above
        return
    originals = [one for kind, _, one in found if kind == _ORIGINAL]
    if originals:
        language = next(told for kind, told, _ in found if kind == _ORIGINAL)
        yield _ORIGINAL, language, originals
    for kind, language, division in found:
        if kind == _TRANSLATION:
            yield kind, language, [division]


def outermost(roots: Iterable[Element], fits: Callable[[Element], bool]) -> list[Element]:
    """Find elements in document order; what lies inside one that fits is not looked through."""
    found = []
    stack = [*roots][::-1]
    while stack:
        element = stack.pop()
        if fits(element):
            found.append(element)
        else:
            stack += [*element][::-1]
    return found


def _is(name: str, element: Element) -> bool:
    return local(element) == name


def _is_version(element: Element) -> bool:
    return local(element)[:3] == "div" and element.get("type") in (_ORIGINAL, _TRANSLATION)


def _around(text: Element) -> dict[str, str]:
    """Give the words that belong to no version: what stands before, behind and between them."""
    body = Body(_nobody, _never)
    for one in outermost([text], partial(_is, "body")):
        if versions := outermost([one], _is_version):
            body.read(one, frozenset(versions))
    found = {"beside": body.account}
    for name in ("front", "back"):
        part = Body(_nobody, _never)
        for one in outermost([text], partial(_is, name)):
            part.read(one)
        found[name] = part.account
    return found


def _nobody(_: Element) -> str:
    return ""


def _never(_: str) -> None:
    return None


def _speakers(header: Header) -> Callable[[Element], str]:
    people = header.people()

    def name_of(element: Element) -> str:
        for child in element:
            if local(child) == "speaker" and (said := words(child).rstrip(" :.")):
                return said
        who = [one.strip().lstrip("#") for one in element.get("who", "").split()]
        return "; ".join(people.get(one, one) for one in who if one)

    return name_of


def _moments(text: Element) -> Callable[[str], float | None]:
    known = times(text)

    def second_of(start: str) -> float | None:
        return known.get(start.strip().lstrip("#"), seconds_of(start.strip()))

    return second_of
