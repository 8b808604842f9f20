"""Dublin Core: what catalogues and harvesters understand of a testimony.

Elements of the fifteen are in the namespace `dc`, what they have no room for in `dcterms`
(https://www.dublincore.org/specifications/dublin-core/dcmi-terms/). A catalogue describes: the
account itself is not in it, and people are named without their part in it, for harvesters take
the whole of an element for the name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from collection.access import MASK
from collection.exchange.markup.xmlfile import escaped
from collection.testimony import PARTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from collection.access import Gated
    from collection.dates import DateSpan
    from collection.testimony import Medium, Testimony

_BEGINNING: Final = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<records xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">\n'
)
_END: Final = "</records>\n"
_ABSTRACT: Final = 300
"""Characters of an account that describe it where nothing else does."""
_KINDS: Final = {
    "Sound": ("mp3", "wav", "flac", "ogg", "oga", "opus", "m4a", "aac", "aif", "aiff", "wma"),
    "MovingImage": ("mp4", "m4v", "mov", "avi", "mkv", "webm", "mpg", "mpeg", "ogv", "wmv"),
    "StillImage": ("jpg", "jpeg", "png", "tif", "tiff", "gif", "webp", "heic"),
}
"""Endings of files by the DCMI type that they are of."""


class DublinCore:
    """The format `dc`."""

    name = "dc"
    label = "Dublin Core XML"
    about = "for catalogues and repositories: what describes each, without its account"
    suffix = ".xml"
    single = True

    def write(self, testimonies: Iterable[Gated]) -> Iterator[bytes]:
        """Write a record for each testimony; none for those that are sealed."""
        yield _BEGINNING.encode()
        for gated in testimonies:
            if not gated.sealed:
                lines = [
                    f"    <{name}>{escaped(value)}</{name}>\n"
                    for name, value in dublin_core(gated.testimony)
                    if value.strip() and MASK not in value
                ]
                yield "".join(["  <record>\n", *lines, "  </record>\n"]).encode()
        yield _END.encode()


def dublin_core(testimony: Testimony) -> Iterator[tuple[str, str]]:
    """Give the elements of a testimony as far as it may be seen; empty ones are not yet left out.

    A date is EDTF where it has been read, and else as it is worded. The name is the one by which
    the narrator is known: a pseudonym stays one.
    """
    source = testimony.source
    yield "dc:identifier", testimony.id
    yield "dc:title", testimony.title
    for name in (testimony.narrator.name, *testimony.interviewers, *testimony.translators):
        yield "dc:contributor", name
    yield "dc:date", _date(testimony.date)
    yield "dcterms:temporal", _date(testimony.period)
    for place in testimony.places:
        yield "dcterms:spatial", place.name
    for subject in (*testimony.themes, *testimony.keywords):
        yield "dc:subject", subject
    yield "dc:description", testimony.context or _beginning(testimony.account)
    yield "dc:type", "Text"
    for kind in dict.fromkeys(filter(None, map(_kind, testimony.media))):
        yield "dc:type", kind
    yield "dc:language", testimony.language
    yield "dc:source", source.citation
    yield "dc:source", source.url
    yield "dcterms:isPartOf", source.collection
    yield "dcterms:isPartOf", source.series
    yield "dc:publisher", source.repository
    yield "dc:rights", testimony.rights
    yield "dcterms:license", testimony.licence
    yield from (("dcterms:accessRights", line) for line in _terms(testimony))
    for medium in testimony.media:
        yield from _medium(medium)


def _date(span: DateSpan) -> str:
    return span.edtf or span.text


def _terms(testimony: Testimony) -> Iterator[str]:
    sealed = [part for part in PARTS if getattr(testimony.access, part).level != "open"]
    for part in sealed:
        terms = getattr(testimony.access, part)
        yield (
            f"{part}: {terms.level} until {terms.until}"
            if terms.until
            else f"{part}: {terms.level}"
        )
    if not sealed:
        yield "open"
    # How far consent has got is the archive's own affair; what it allows is a term.
    yield testimony.consent.uses


def _beginning(account: str) -> str:
    """Give the first words of an account, where nothing else describes it."""
    words = account.split()
    told = " ".join(words[:_ABSTRACT])
    if len(told) <= _ABSTRACT and len(words) <= _ABSTRACT:
        return told
    cut = told[: _ABSTRACT + 1]
    return f"{cut[: cut.rfind(' ')] if ' ' in cut else cut[:-1]} …"


def _kind(medium: Medium) -> str:
    """Give the type of a recording in the vocabulary of DCMI, if its name tells it."""
    name = (medium.file or medium.url).partition("?")[0].rpartition(".")[2].casefold()
    return next((kind for kind, suffixes in _KINDS.items() if name in suffixes), "")


def _medium(medium: Medium) -> Iterator[tuple[str, str]]:
    yield "dc:relation", medium.url
    yield "dc:relation", medium.file
    yield "dcterms:extent", medium.duration
