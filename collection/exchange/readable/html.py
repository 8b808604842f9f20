"""HTML: a page to read on any device, to hand on and to print."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from collection.exchange.readable.content import ReadingCopy, Section, reading_copy
from collection.exchange.readable.page import ENDING, beginning, escaped, linked

if TYPE_CHECKING:
    from collection.access import Gated


class HTML:
    """The format `html`."""

    name = "html"
    label = "HTML page"
    about = "to read in any browser, to hand on and to print"
    suffix = ".html"
    single = True

    def write(self, testimonies: Iterable[Gated]) -> Iterator[bytes]:
        """Write one page, with its contents first."""
        many = list(testimonies) if isinstance(testimonies, Iterator) else testimonies
        titles = [gated.testimony.title for gated in many if not gated.sealed]
        title = titles[0] if len(titles) == 1 else "Testimonies"
        yield beginning(title, "Skip to the account").encode()
        if len(titles) != 1:
            yield f"<header><h1>Testimonies</h1>\n<p>{len(titles)} in all.</p></header>\n".encode()
            yield b'<nav aria-label="Contents">\n<h2>Contents</h2>\n<ol>\n'
            for number, one in enumerate(titles, 1):
                yield f'<li><a href="#t{number}" dir="auto">{escaped(one)}</a></li>\n'.encode()
            yield b"</ol>\n</nav>\n"
        yield b'<main id="main">\n'
        leaving = (gated for gated in many if not gated.sealed)
        for number, gated in enumerate(leaving, 1):
            yield "".join(_article(reading_copy(gated), number, alone=len(titles) == 1)).encode()
        yield ENDING.encode()


def _article(copy: ReadingCopy, number: int, *, alone: bool) -> Iterator[str]:
    top, below = ("h1", "h2") if alone else ("h2", "h3")
    key = f"t{number}"
    yield f'<article id="{key}" aria-labelledby="{key}-title">\n<header>\n'
    yield f'<{top} id="{key}-title" dir="auto">{escaped(copy.title)}</{top}>\n'
    yield from (f'<p class="notice" dir="auto">{escaped(one)}</p>\n' for one in copy.notices)
    yield "</header>\n"
    if alone:
        yield from _contents(copy, key)
    yield f'<section id="{key}-about" aria-labelledby="{key}-about-title">\n'
    yield f'<{below} id="{key}-about-title">About this testimony</{below}>\n<dl>\n'
    for label, lines in (("Identifier", (copy.id,)), *copy.facts):
        yield f"<dt>{escaped(label)}</dt>"
        yield from (f'<dd dir="auto">{linked(line)}</dd>' for line in lines)
        yield "\n"
    yield "</dl>\n</section>\n"
    if copy.account:
        yield from _account(copy, key, below)
    yield f'<section id="{key}-citation" aria-labelledby="{key}-citation-title">\n'
    yield f'<{below} id="{key}-citation-title">Citation</{below}>\n'
    yield f'<p dir="auto">{escaped(copy.citation)}</p>\n</section>\n'
    if copy.omitted:
        yield f'<section id="{key}-omitted" aria-labelledby="{key}-omitted-title">\n'
        yield f'<{below} id="{key}-omitted-title">Left out of this copy</{below}>\n<ul>\n'
        yield from (f"<li>{escaped(one)}</li>\n" for one in copy.omitted)
        yield "</ul>\n</section>\n"
    yield "</article>\n"


def _contents(copy: ReadingCopy, key: str) -> Iterator[str]:
    parts = {
        "about": "About this testimony",
        "account": "Account" if copy.account else "",
        "citation": "Citation",
        "omitted": "Left out of this copy" if copy.omitted else "",
    }
    yield '<nav aria-label="Contents">\n<ul>\n'
    for part, label in parts.items():
        if label:
            yield f'<li><a href="#{key}-{part}">{label}</a></li>\n'
    yield "</ul>\n</nav>\n"


def _account(copy: ReadingCopy, key: str, below: str) -> Iterator[str]:
    language = f' lang="{copy.language}"' if copy.language else ""
    yield f'<section id="{key}-account" aria-labelledby="{key}-account-title">\n'
    yield f'<{below} id="{key}-account-title">Account</{below}>\n'
    for section in copy.sections:
        yield _headed(section, f"h{int(below[1]) + 1}")
        yield f'<div class="words"{language}>'
        yield from _paragraphs(copy, section, key)
        yield "</div>\n"
    yield "</section>\n"


def _headed(section: Section, level: str) -> str:
    who = f"<bdi>{escaped(section.speaker)}</bdi>" if section.speaker else ""
    when = f'<span class="time">{section.time}</span>' if section.time else ""
    told = " ".join(filter(None, (who, when)))
    return f"<{level}>{told}</{level}>\n" if told else ""


def _paragraphs(copy: ReadingCopy, section: Section, key: str) -> Iterator[str]:
    """Write the words of a section; what stands between paragraphs stands between elements."""
    at = section.start
    for piece in section.pieces:
        yield escaped(copy.account[at : piece.start])
        number = f' id="{key}-p{piece.number}" data-n="{piece.number}"' if piece.number else ""
        yield f'<p dir="auto"{number}>{escaped(copy.account[piece.start : piece.end])}</p>'
        at = piece.end
    yield escaped(copy.account[at : section.end])
