"""Word (Office Open XML): a document to read, mark up and print, one for each testimony."""

from __future__ import annotations

import datetime
import io
import re
from typing import TYPE_CHECKING, Any, Final

from collection.exchange.readable.content import ReadingCopy, Section, reading_copy

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from collection.access import Gated

_RIGHT_TO_LEFT: Final = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_LETTER: Final = re.compile(r"[^\W\d_]")
ACCOUNT: Final = "Account"
"""The style of the paragraphs of an account."""
SPEAKER: Final = "Speaker"
"""The style of the line that says who speaks from there on."""
_LABELS, _VALUES = 4.0, 12.0
"""Centimetres of the columns of what is known of a testimony."""


class Word:
    """The format `docx`."""

    name = "docx"
    label = "Word document"
    about = "a document to read and mark up, one for each"
    suffix = ".docx"
    single = False

    def write(self, testimonies: Iterable[Gated]) -> Iterator[bytes]:
        """Write one document; of several testimonies each begins a page."""
        document = _document()
        first = True
        for gated in testimonies:
            if gated.sealed:
                continue
            copy = reading_copy(gated)
            if first:
                _name(document, copy)
            _write(document, copy, new_page=not first)
            first = False
        saved = io.BytesIO()
        document.save(saved)
        yield saved.getvalue()


def _document() -> Any:
    # 90 ms, and few exports are documents.
    import docx
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Pt

    document = docx.Document()
    # The template of the library has a picture of an empty page with it.
    package = document.part.package
    for key, relation in list(package.rels.items()):
        if relation.reltype.endswith("/thumbnail"):
            del package.rels[key]
    for name in (ACCOUNT, SPEAKER):
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = document.styles["Normal"]
        style.paragraph_format.space_after = Pt(6 if name == ACCOUNT else 2)
    style.font.bold = True
    style.paragraph_format.space_before = Pt(8)
    style.paragraph_format.keep_with_next = True
    return document


def _name(document: Any, copy: ReadingCopy) -> None:
    """Say in the properties what the document is and who speaks in it; not who wrote it out."""
    core = document.core_properties
    # The format allows 255 characters.
    core.title, core.identifier = copy.title[:255], copy.id[:255]
    core.author = copy.narrators[:255]
    core.comments = core.last_modified_by = ""
    core.created = core.modified = datetime.datetime.now(tz=datetime.UTC).replace(tzinfo=None)
    core.language = copy.language


def _write(document: Any, copy: ReadingCopy, *, new_page: bool) -> None:
    title = _line(document, copy.title, "Title")
    title.paragraph_format.page_break_before = new_page
    for notice in copy.notices:
        _line(document, notice, "Intense Quote")
    _table(document, (("Identifier", (copy.id,)), *copy.facts))
    if copy.account:
        _line(document, "Account", "Heading 1")
        for section in copy.sections:
            _section(document, copy, section)
    _line(document, "Citation", "Heading 1")
    _line(document, copy.citation, "Normal")
    if copy.omitted:
        _line(document, "Left out of this copy", "Heading 1")
        for sentence in copy.omitted:
            _line(document, sentence, "List Bullet")


def _table(document: Any, facts: Iterable[tuple[str, tuple[str, ...]]]) -> None:
    """Put what is known beside its labels; a line is a paragraph."""
    from docx.shared import Cm, Pt

    rows = list(facts)
    table = document.add_table(len(rows), 2)
    table.autofit = False
    # Each look at the columns or the rows of a table counts all of its cells.
    cells = table._cells  # noqa: SLF001  python-docx has no other way
    for number, (label, lines) in enumerate(rows):
        cell, beside = cells[2 * number : 2 * number + 2]
        cell.width, beside.width = Cm(_LABELS), Cm(_VALUES)
        for place, text in ((cell, label), *((beside, line) for line in lines)):
            paragraph = place.paragraphs[-1]
            if paragraph.runs:
                paragraph = place.add_paragraph()
            paragraph.paragraph_format.space_after = Pt(2)
            run = paragraph.add_run(_plain(text))
            run.bold = True if place is cell else None
            _direct(paragraph, run, text)


def _section(document: Any, copy: ReadingCopy, section: Section) -> None:
    told = " · ".join(filter(None, (section.speaker, section.time)))
    if told:
        _line(document, told, SPEAKER)
    for piece in section.pieces:
        _account(document, copy.account[piece.start : piece.end], copy.language)


def _line(document: Any, text: str, style: str) -> Any:
    paragraph = document.add_paragraph(style=style)
    if text:
        _direct(paragraph, paragraph.add_run(_plain(text)), text)
    return paragraph


def _account(document: Any, text: str, language: str) -> None:
    """Write a paragraph; line ends in it are line breaks, and what parts two is their distance."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    paragraph = document.add_paragraph()
    # By its name: looking a style up costs more than the rest of a paragraph.
    paragraph._p.style = ACCOUNT  # noqa: SLF001  python-docx has no public way
    run = paragraph.add_run(_plain(text))
    _direct(paragraph, run, text)
    if language:
        spoken = OxmlElement("w:lang")
        for kind in ("w:val", "w:bidi", "w:eastAsia"):
            spoken.set(qn(kind), language)
        run._r.get_or_add_rPr().append(spoken)  # noqa: SLF001


def _direct(paragraph: Any, run: Any, text: str) -> None:
    """Let a line run the way of its first letter."""
    first = _LETTER.search(text)
    if first is None or not _RIGHT_TO_LEFT.match(first[0]):
        return
    from docx.oxml import OxmlElement

    paragraph._p.get_or_add_pPr().append(OxmlElement("w:bidi"))  # noqa: SLF001
    run.font.rtl = True


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n")
