"""Saved pages of the web to paragraphs: the report, without menus, boxes and comments.

Nothing is fetched and no script runs: `lxml` takes the page apart, and its tree is walked once.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from collection.articles.document import (
    ASIDE,
    BLOCK,
    BODY,
    HEADING,
    QUESTION,
    Head,
    Paragraph,
)
from collection.articles.pagehead import page_head

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

_BLOCKS_NAMES: Final = (
    "address article aside blockquote body center dd details div dl dt fieldset figcaption "
    "figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section summary "
    "table tbody td tfoot th thead tr ul"
)
_BLOCKS: Final = frozenset(_BLOCKS_NAMES.split())
_HEADINGS: Final = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_OUT_NAMES: Final = (
    "aside audio button canvas dialog embed fieldset figcaption figure footer form head "
    "iframe input label map math menu nav noscript object picture script select style svg "
    "template textarea title video"
)
_OUT: Final = frozenset(_OUT_NAMES.split())
"""Elements that hold nothing of a report, with all that is in them."""
_OUT_NAMED: Final = re.compile(
    r"(?i)(?:^|[\s_-])(?:ad|ads|advert\w*|banner|breadcrumbs?|caption|cc-\w+|comments?|consent"
    r"|cookies?|credit|disqus|donate|donation|footer|gdpr|inline-promo|jump-?links|menu|modal"
    r"|most-?read|nav|navbar|navigation|newsletter\w*|outbrain|paywall|popup|promo\w*|read-?more"
    r"|recirc\w*|recommend\w*|related\w*|screen-reader-text|share\w*|sharing|sidebar|signup"
    r"|sign-up|skip\w*|social\w*|sponsor\w*|subscribe\w*|subscription|taboola|tags|teaser"
    r"|toolbar|trending|visually-hidden|widget)(?=$|[\s_-])"
)
"""Classes and identifiers of boxes."""
_NEVER_NAMED: Final = frozenset(("article", "body", "main", "html", "blockquote", "em", "b", "i"))
_SPARED: Final = 20
"""Elements named like boxes that are looked into, to see whether they hold the report."""
_LEAST: Final = 0.4
"""What share of the letters of a page its main element has; else it is not the report."""
_LINKED: Final = 0.6
"""From what share of letters in links a paragraph is a menu."""
_DEEPEST: Final = 600
_LONG_TAG: Final = re.compile(r"<([A-Za-z][A-Za-z0-9]{0,20})\b[^<>]{4000,}>")
_TAGS: Final = re.compile(r"<(/?)([A-Za-z]+)")
_UNCLOSED: Final = frozenset(
    [
        "p",
        "li",
        "br",
        "hr",
        "img",
        "input",
        "meta",
        "link",
        "td",
        "tr",
        "th",
        "dd",
        "dt",
        "option",
        "source",
    ]
)
_ANY_TAG: Final = re.compile(r"<[^<>]{0,4000}>")
_SCRIPTS: Final = re.compile(r"(?is)<(script|style)\b.*?(?:</\1>|\Z)")
_BLANKS: Final = re.compile(r"[ \t\n\r\f]+")
_ENDS: Final = re.compile(r"[.!?…:]['\"’”“»)\]]*$")


def page_paragraphs(text: str) -> tuple[Head, list[Paragraph]]:
    """Take a page apart.

    White space is folded, as HTML says it is to be; no-break spaces are kept.

    Returns:
        what its head says, and its paragraphs.
    """
    # A tag of many thousand attributes takes the parser a time that grows with their square.
    page = _LONG_TAG.sub(r"<\1>", text)
    if _is_deep(page):
        return Head(), _crude(page)
    from lxml.etree import ParserError
    from lxml.html import HTMLParser, document_fromstring  # slow to import

    try:
        parser = HTMLParser(
            encoding="utf-8", huge_tree=True, no_network=True, remove_comments=True, remove_pis=True
        )
        root = document_fromstring(page.encode("utf-8", "replace"), parser=parser)
    except (ParserError, ValueError, AssertionError):
        return Head(), []
    found = [*_Walk().paragraphs(_main(root))]
    return page_head(root), found


def _is_deep(page: str) -> bool:
    """Tell a page whose elements lie deeper in each other than the parser goes."""
    depth = deepest = 0
    for tag in _TAGS.finditer(page):
        if tag[2].casefold() not in _UNCLOSED:
            depth = max(0, depth + (-1 if tag[1] else 1))
            deepest = max(deepest, depth)
    return deepest > _DEEPEST


def _crude(page: str) -> list[Paragraph]:
    """Take the text out of a page that is no page anybody wrote, so that nothing is lost."""
    from html import unescape

    bare = unescape(_ANY_TAG.sub("\n", _SCRIPTS.sub("\n", page)))
    lines = (_BLANKS.sub(" ", line).strip() for line in bare.split("\n"))
    return [Paragraph(line) for line in lines if line]


def _main(root: HtmlElement) -> HtmlElement:
    """Find the element that the report stands in: the smallest named so that has most of it."""
    whole = _letters(root)
    for path in (
        ".//*[@itemprop='articleBody']",
        ".//article",
        ".//main",
        ".//*[@role='main']",
    ):
        several = root.findall(path)
        best = max(several, key=_letters, default=None)
        if best is not None and _letters(best) >= _LEAST * whole:
            return best
    return root


def _letters(element: HtmlElement) -> int:
    """Count the letters of what may be paragraphs of a report."""
    total = 0
    for one in element.iter("p", "blockquote", "li", "div"):
        total += len((one.text or "").strip()) + sum(len((c.tail or "").strip()) for c in one)
    return total


class _Walk:
    """Goes through a tree once, gathering paragraphs."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.linked = self.bold = self.quoted = 0
        self.heading = ""
        self.in_link = self.in_bold = 0
        self.found: list[Paragraph] = []
        self.out: set[HtmlElement] = set()
        self.whole = 0
        self.spared = _SPARED

    def paragraphs(self, root: HtmlElement) -> list[Paragraph]:
        """Give the paragraphs of an element, in order."""
        from lxml.etree import iterwalk

        self.whole = _letters(root)
        walk = iterwalk(root, events=("start", "end"))
        for event, element in walk:
            tag = element.tag if isinstance(element.tag, str) else ""
            if event == "start":
                if element is not root and self.is_out(element, tag):
                    walk.skip_subtree()
                    self.out.add(element)
                    continue
                self.enter(tag)
                self.text(element.text)
            else:
                if element in self.out:
                    self.out.discard(element)
                else:
                    self.leave(tag)
                if element is not root:
                    self.text(element.tail)
        self.flush()
        return self.found

    def is_out(self, element: HtmlElement, tag: str) -> bool:
        """Tell an element that is left out; one that holds most of the page is not."""
        how = _is_out(element, tag)
        if how == "named" and self.spared and 3 * _letters(element) > self.whole:
            self.spared -= 1
            return False
        return bool(how)

    def enter(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.flush()
        if tag == "br":
            self.pieces.append("\n")
        self.quoted += tag == "blockquote"
        self.in_link += tag == "a"
        self.in_bold += tag in ("b", "strong")
        if tag in _HEADINGS:
            self.heading = tag
        if tag == "q":
            self.pieces.append("“")

    def leave(self, tag: str) -> None:
        if tag == "q":
            self.pieces.append("”")
        if tag in _BLOCKS:
            self.flush()
        self.quoted -= tag == "blockquote"
        self.in_link -= tag == "a"
        self.in_bold -= tag in ("b", "strong")
        if tag in _HEADINGS:
            self.heading = ""

    def text(self, text: str | None) -> None:
        if not text:
            return
        self.pieces.append(_BLANKS.sub(" ", text))
        length = len(text.strip())
        self.linked += length if self.in_link else 0
        self.bold += length if self.in_bold else 0

    def flush(self) -> None:
        """End a paragraph; of what only line breaks part, each ended sentence ends one."""
        whole = "".join(self.pieces)
        letters = len(whole.strip()) or 1
        kind = BODY
        if self.heading:
            kind = HEADING
        elif self.quoted:
            kind = BLOCK
        elif self.linked > _LINKED * letters:
            kind = ASIDE
        elif self.bold > 0.9 * letters:
            kind = QUESTION
        self.found += [Paragraph(line, kind) for line in _lines(whole)]
        self.pieces = []
        self.linked = self.bold = 0


def _lines(whole: str) -> Iterator[str]:
    """Part what two line breaks part, or one behind the end of a sentence."""
    pending = ""
    for broken in whole.split("\n"):
        line = _BLANKS.sub(" ", broken).strip(" ")
        if not line:
            if pending:
                yield pending
            pending = ""
        elif pending and not _ENDS.search(pending):
            pending = f"{pending} {line}"
        else:
            if pending:
                yield pending
            pending = line
    if pending:
        yield pending


def _is_out(element: HtmlElement, tag: str) -> str:
    """Tell an element that holds nothing of the report, and by what; empty where it may."""
    if tag in _OUT or not tag:
        # Some put quotations in figures.
        spared = tag == "figure" and element.find(".//blockquote") is not None
        return "" if spared else "element"
    if element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return "hidden"
    if "display:none" in (element.get("style") or "")[:500].replace(" ", ""):
        return "hidden"
    if tag in _NEVER_NAMED:
        return ""
    named = f"{(element.get('class') or '')[:500]} {(element.get('id') or '')[:100]}"
    return "named" if _OUT_NAMED.search(named) else ""
