"""Word (Office Open XML): a document to read, mark up and print, one for each testimony."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any, Final

from collection.exchange.readable.content import ReadingCopy, reading_copy

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from collection.access import Gated

_RIGHT_TO_LEFT: Final = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_LETTER: Final = re.compile(r"[^\W\d_]")
ACCOUNT: Final = "Account"
"""The style of the lines of an account: each line is a paragraph, so that nothing is changed."""


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
            else:
                document.add_page_break()
            first = False
            _write(document, copy)
        saved = io.BytesIO()
        document.save(saved)
        yield saved.getvalue()


def _document() -> Any:
    # 90 ms, and few exports are documents.
    import docx
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Pt

    document = docx.Document()
    style = document.styles.add_style(ACCOUNT, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles["Normal"]
    style.paragraph_format.space_after = Pt(0)
    return document


def _name(document: Any, copy: ReadingCopy) -> None:
    """Say in the properties what the document is, and nothing of who made it."""
    core = document.core_properties
    # The format allows 255 characters.
    core.title, core.identifier = copy.title[:255], copy.id[:255]
    core.author = core.comments = core.last_modified_by = ""
    core.language = copy.language


def _write(document: Any, copy: ReadingCopy) -> None:
    _line(document, copy.title, "Title")
    for notice in copy.notices:
        _line(document, notice, "Intense Quote")
    for label, lines in (("Identifier", (copy.id,)), *copy.facts):
        paragraph = _line(document, "", "List Bullet")
        paragraph.add_run(f"{label}: ").bold = True
        paragraph.add_run("; ".join(map(_plain, lines)))
    if copy.account:
        _line(document, "Account", "Heading 1")
        for section in copy.sections:
            told = " · ".join(filter(None, (section.speaker, section.time)))
            if told:
                _line(document, told, "Heading 2")
            _account(document, copy.account[section.start : section.end], copy.language)
    _line(document, "Citation", "Heading 1")
    _line(document, copy.citation, "Normal")
    if copy.omitted:
        _line(document, "Left out of this copy", "Heading 1")
        for sentence in copy.omitted:
            _line(document, sentence, "List Bullet")


def _line(document: Any, text: str, style: str) -> Any:
    paragraph = document.add_paragraph(style=style)
    if text:
        _direct(paragraph, paragraph.add_run(_plain(text)), text)
    return paragraph


def _account(document: Any, text: str, language: str) -> None:
    lines = text.replace("\r\n", "\n").removesuffix("\n").split("\n")
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    for line in lines:
        paragraph = document.add_paragraph()
        # By its name: looking a style up costs more than the rest of a paragraph.
        paragraph._p.style = ACCOUNT  # noqa: SLF001  python-docx has no public way
        if not line:
            continue
        run = paragraph.add_run(line)
        _direct(paragraph, run, line)
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
