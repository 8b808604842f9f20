"""Files of references, for the programs that keep them: CSL-JSON, BibTeX, RIS."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collection.citing.records import bibtex, bibtex_key, csl_item, ris
from collection.citing.work import Work, work

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from collection.access import Gated


class CSLJSON:
    """The format `csl`."""

    name = "csl"
    label = "CSL-JSON"
    about = "references for Zotero, pandoc and other programs"
    suffix = ".csl.json"
    single = True

    def write(self, testimonies: Iterable[Gated]) -> Iterator[bytes]:
        """Write one list, an item a line."""
        import msgspec

        lead = b"[\n"
        for one in _works(testimonies):
            yield lead + msgspec.json.encode(csl_item(one))
            lead = b",\n"
        yield b"[]\n" if lead == b"[\n" else b"\n]\n"


class BibTeX:
    """The format `bibtex`, which biblatex reads with the dates as they are known."""

    name = "bibtex"
    label = "BibTeX"
    about = "references for LaTeX"
    suffix = ".bib"
    single = True

    def write(self, testimonies: Iterable[Gated]) -> Iterator[bytes]:
        """Write one entry for each; no two have one key, whatever their identifiers are."""
        taken: set[str] = set()
        for one in _works(testimonies):
            key = bibtex_key(one.id)
            # BibTeX tells no capitals apart.
            while key.casefold() in taken:
                key = bibtex_key(f"{key} {one.id}")
            taken.add(key.casefold())
            yield f"{bibtex(one, key=key)}\n\n".encode()


class RIS:
    """The format `ris`."""

    name = "ris"
    label = "RIS"
    about = "references for EndNote, Zotero and other programs"
    suffix = ".ris"
    single = True

    def write(self, testimonies: Iterable[Gated]) -> Iterator[bytes]:
        """Write one record for each."""
        for one in _works(testimonies):
            yield f"{ris(one)}\r\n".encode()


def _works(testimonies: Iterable[Gated]) -> Iterator[Work]:
    return (work(gated) for gated in testimonies if not gated.sealed)
