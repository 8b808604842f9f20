"""Press articles: each person who speaks in the first person becomes a draft of a testimony."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from collection.articles.boxes import sorted_out
from collection.articles.decoding import Undecodable, decoded
from collection.articles.document import BODY, Paragraph, composed
from collection.articles.drafts import cited, dated, drafts
from collection.articles.markdown import front_matter, markdown_paragraphs
from collection.articles.masthead import from_file_name, read_head
from collection.articles.pages import page_paragraphs
from collection.articles.plain import paragraphs_of
from collection.articles.words import language_of
from collection.errors import Problem
from collection.exchange.interface import DETECTED, Beside, Doubt, Reading, Row, Where

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from collection.articles.document import Article

_PAGES: Final = frozenset((".html", ".htm", ".xhtml"))
_MARKDOWN: Final = frozenset((".md", ".markdown"))
_PAGE: Final = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,500}?-->\s*)?<(?:!doctype|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_BINARY: Final = {
    b"%PDF": "a PDF",
    b"PK\x03\x04": "a Word document or another packed file",
    b"\xd0\xcf\x11\xe0": "a document of an old Word",
    b"{\\rtf": "a document in RTF",
}
"""What people have instead of text, by its first bytes."""
NOBODY: Final = (
    "Nobody speaks in the first person in this article, so that there is no testimony in it."
)
EMPTY: Final = "The file holds no text."


class Articles:
    """The format `article`."""

    name = "article"
    label = "Press article"

    def read(self, path: Path, reading: Reading = DETECTED) -> Iterator[Row]:
        """Take an article apart into drafts, one for each person who speaks of himself.

        An article without one is a row with a problem, which holds what the article says of
        itself, and the article beside, for who enters a testimony by hand. The rules are in
        HEURISTICS.md.
        """
        page = path.suffix.casefold() in _PAGES
        data = path.read_bytes()
        where = Where(path.name, 1)
        if kind := next((kind for sign, kind in _BINARY.items() if data.startswith(sign)), ""):
            message = f"This is {kind}. Save it as plain text or as a web page, and import that."
            yield Row(where, problem=Problem("", path.name, message))
            return
        try:
            text, note = decoded(data, reading.encoding, declared=page or b"<html" in data[:2048])
        except Undecodable as error:
            yield Row(where, problem=Problem("", path.name, str(error)))
            return
        article = article_of(text, path.stem, path.suffix, note)
        if not article.text:
            yield Row(where, problem=Problem("", path.name, EMPTY))
            return
        row = 0
        for row, draft in enumerate(drafts(article, reading.known.themes, reading.known.places), 1):
            doubts = tuple(
                Doubt(one.field, one.message, one.start, one.end) for one in draft.doubts
            )
            beside = Beside(article.text, draft.taken, doubts)
            yield Row(Where(path.name, row), draft.raw, beside=beside)
        if not row:
            problem = Problem("account", path.name, NOBODY)
            yield Row(where, of_article(article), problem, beside=Beside(article.text))


def of_article(article: Article) -> dict[str, Any]:
    """Give what an article says of itself, for somebody who takes a testimony out of it by hand."""
    head = article.head
    raw = {
        "title": head.title,
        "date": dated(head.date),
        "source": cited(head),
        "language": language_of(article.text) or head.language,
    }
    return {key: value for key, value in raw.items() if value}


def article_of(text: str, stem: str = "", suffix: str = ".txt", note: str = "") -> Article:
    """Read the text of a file as an article.

    Args:
        text: what it holds.
        stem: its name without the suffix, which may say where and when it appeared.
        suffix: its suffix, which says whether it is a page, Markdown or plain text.
        note: what was unsure while it was decoded.
    """
    suffix = suffix.casefold()
    if suffix in _PAGES or _PAGE.match(text[:2000]):
        head, paragraphs = page_paragraphs(text)
    elif suffix in _MARKDOWN:
        head, rest = front_matter(text)
        paragraphs = markdown_paragraphs(rest)
    else:
        head, rest = front_matter(text)
        paragraphs = [Paragraph(one, BODY) for one in paragraphs_of(rest)]
    head, paragraphs = read_head(paragraphs, head)
    head = from_file_name(stem, head)
    language = language_of("\n".join(one.text for one in paragraphs[:200])) or head.language
    return composed(head, sorted_out(paragraphs, language), (note,) if note else ())
