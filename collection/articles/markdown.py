"""Markdown to paragraphs, and what its front matter says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from collection.articles.document import BLOCK, BODY, HEADING, QUESTION, Head, Paragraph, head_of
from collection.articles.plain import paragraphs_of

if TYPE_CHECKING:
    from markdown_it.token import Token

_FRONT: Final = re.compile(r"\s*---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|$)", re.DOTALL)
_ENTRY: Final = re.compile(r"([^\W\d_][\w-]{0,29})[ \t]*:[ \t]*(.*)")
_KEYS: Final = {
    "title": "title",
    "headline": "title",
    "date": "date",
    "published": "date",
    "pubdate": "date",
    "author": "author",
    "authors": "author",
    "by": "author",
    "byline": "author",
    "publisher": "publisher",
    "publication": "publisher",
    "site": "publisher",
    "sitename": "publisher",
    "newspaper": "publisher",
    "url": "url",
    "link": "url",
    "canonical": "url",
    "canonical_url": "url",
    "source": "url",
    **dict.fromkeys(("titel", "titre", "titulo", "título", "titolo", "tytuł"), "title"),
    **dict.fromkeys(("datum", "fecha", "data", "veröffentlicht", "дата"), "date"),
    **dict.fromkeys(("autor", "autorin", "auteur", "autora", "автор"), "author"),
    **dict.fromkeys(("quelle", "zeitung", "journal", "periódico", "medio", "gazeta"), "publisher"),
    "lang": "language",
    "language": "language",
}
_BRACKETS: Final = 20_000
"""From more brackets on a text is read as plain; the parser takes long over each."""
_FURTHEST: Final = 20_000
"""Characters within which front matter ends."""
_URL: Final = re.compile(r"https?://\S+")
_TAG: Final = re.compile(r"<[^<>]{0,1000}>")
_SCRIPT: Final = re.compile(r"(?i)<(?:script|style|iframe|noscript|!--)")


def front_matter(text: str) -> tuple[Head, str]:
    """Part a text from the front matter that it may begin with.

    Returns:
        what it says, and the rest of the text.
    """
    found = _FRONT.match(text[:_FURTHEST])
    if found is None or not any(map(_ENTRY.match, found[1].split("\n"))):
        return Head(), text
    said: dict[str, str] = {}
    for line in found[1].split("\n"):
        if entry := _ENTRY.match(line):
            key = _KEYS.get(entry[1].casefold(), "")
            value = entry[2].strip().strip("[]").strip().strip("\"'").strip()
            if key == "url" and not _URL.fullmatch(value):
                key = "publisher"
            if key and value:
                said.setdefault(key, value)
    return head_of(said), text[found.end() :]


def markdown_paragraphs(text: str) -> list[Paragraph]:
    """Take Markdown apart into paragraphs of plain text; links give their words."""
    from markdown_it import MarkdownIt  # only a Markdown file needs it

    if text.count("[") > _BRACKETS:
        return [Paragraph(line) for line in paragraphs_of(text)]
    parser = MarkdownIt("commonmark", {"maxNesting": 40})
    depth, heading = 0, False
    found: list[Paragraph] = []
    for token in parser.parse(text):
        depth += token.nesting if token.type.startswith("blockquote") else 0
        if token.type.startswith("heading"):
            heading = token.nesting > 0
        if token.type == "inline":
            lines = _lines(token)
            bold = _is_bold(token)
            for line in filter(None, map(str.strip, lines)):
                kind = HEADING if heading else BLOCK if depth else QUESTION if bold else BODY
                found.append(Paragraph(line, kind))
        elif token.type in ("html_block", "code_block", "fence"):
            found += [Paragraph(line, BODY) for line in _bare(token)]
    return found


def _lines(token: Token) -> list[str]:
    """Give the text of a paragraph, taken apart where the writer broke a line on purpose."""
    breaks = {"softbreak": " ", "hardbreak": "\n"}
    said = ("text", "code_inline", "text_special")
    children = token.children or ()
    pieces = (c.content if c.type in said else breaks.get(c.type, "") for c in children)
    return "".join(pieces).split("\n")


def _is_bold(token: Token) -> bool:
    """Tell a paragraph that is in bold from its first word to its last."""
    children = [c for c in token.children or () if c.type != "text" or c.content.strip()]
    types = [child.type for child in children]
    return (
        len(types) > 2
        and (types[0], types[-1]) == ("strong_open", "strong_close")
        and types.count("strong_open") == 1
    )


def _bare(token: Token) -> list[str]:
    """Give the lines of a block that is not Markdown, without its tags."""
    if token.type == "html_block" and _SCRIPT.search(token.content):
        return []
    content = _TAG.sub("\n", token.content) if token.type == "html_block" else token.content
    return [line for line in map(str.strip, content.split("\n")) if line]
