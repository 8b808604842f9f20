"""Dublin Core: what catalogues and harvesters understand of a testimony.

Elements of the fifteen are in the namespace `dc`, what they have no room for in `dcterms`
(https://www.dublincore.org/specifications/dublin-core/dcmi-terms/).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from collection.access import MASK
from collection.exchange.xmlfile import escaped
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


class DublinCore:
    """The format `dc`."""

    name = "dc"
    label = "Dublin Core XML"
    about = "for catalogues and repositories: what describes each, without its account's turns"
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
    yield "dc:description", testimony.context
    yield "dc:description", testimony.account
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
    consent = testimony.consent
    uses = f" ({consent.uses})" if consent.uses else ""
    yield f"consent: {consent.status}{uses}"


def _medium(medium: Medium) -> Iterator[tuple[str, str]]:
    yield "dc:relation", medium.url
    yield "dc:relation", medium.file
    yield "dcterms:extent", medium.duration
