"""Turns the body of a TEI text into the words that a reader reads (https://tei-c.org/guidelines/).

The words of the source go before those of its editors: `sic` and not `corr`, what was added and
not what was struck out. Notes, running heads and pictures' captions leave the running text and
are kept apart. White space is layout, as the Guidelines say; paragraphs and lines are made by
elements.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from collection.exchange.markup.xmlfile import local
from collection.exchange.spoken.timed import with_labels
from collection.testimony import Turn

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator
    from xml.etree.ElementTree import Element

_BLANKS: Final = re.compile("[ \t\r\n]+")
_PARAGRAPHS: Final = frozenset(
    (
        *("p", "ab", "head", "lg", "sp", "u", "annotationBlock", "list", "table", "quote"),
        *("div", "div1", "div2", "div3", "div4", "div5", "div6", "div7"),
        *("body", "text", "group", "floatingText", "front", "back"),
        *("opener", "closer", "trailer", "byline", "epigraph", "argument", "postscript"),
        *("titlePage", "docTitle", "titlePart", "figure", "castList"),
    )
)
"""Elements with a blank line around them."""
_LINES: Final = frozenset(
    (
        *("l", "item", "row", "lb", "addrLine", "label", "castItem", "docDate"),
        *("signed", "dateline", "salute", "stage"),
    )
)
"""Elements that stand on lines of their own."""
_ASIDE: Final = frozenset(
    ("note", "del", "fw", "figDesc", "speaker", "teiHeader", "index", "certainty")
)
"""Elements whose words are not read with the others."""
_SOURCES: Final = ("sic", "orig", "abbr")
_EDITED: Final = ("corr", "reg", "expan")
"""What editors put beside what the source has."""
_CHOICES: Final = frozenset(("choice", "app", "subst"))
"""Elements that hold others only: their white space is no blank between words."""
_BREAKS: Final = frozenset(("lb", "pb", "cb", "gb", "milestone"))
_SOUNDS: Final = frozenset(("incident", "kinesic", "vocal", "writing", "shift"))
_NAMES: Final = frozenset(
    (
        *("persName", "placeName", "orgName", "name", "rs", "geogName", "settlement"),
        *("country", "term", "date"),
    )
)
"""Elements that may say what their words refer to."""
_SAID: Final = frozenset((*_SOUNDS, "gap", "ellipsis"))
"""Elements that are read as one sign."""
_OMISSION: Final = "[…]"
"""Stands where the source cannot be read or the editors left something out."""


class Body:
    """The words of a body, with what was taken out of them."""

    def __init__(self, names: Callable[[Element], str], seconds: Callable[[str], float | None]):
        """Make one that is empty.

        Args:
            names: gives the name of the speaker of an utterance.
            seconds: gives the time that a pointer of an utterance means.
        """
        self._names = names
        self._seconds = seconds
        self._parts: list[str] = []
        self._length = 0
        self._break = 0
        """Line feeds that stand before the next words."""
        self._blank = False
        """Whether a blank stands before the next words."""
        self._tight = False
        """Whether the next words follow at once, whatever white space there is."""
        self._waiting: tuple[str, float | None] | None = None
        """Who takes up the word with the next words."""
        self._turns: list[Turn] = []
        self.apart: dict[str, list[Any]] = {}
        """The words that were taken out, by the names of their elements."""
        self.places: list[tuple[str, str]] = []
        """The names of places in the words, in order, with what they refer to."""
        self.names: dict[str, dict[str, list[str]]] = {}
        """How people, places and things are called, by element and by what they refer to."""

    @property
    def account(self) -> str:
        """The words."""
        return "".join(self._parts)

    @property
    def turns(self) -> list[Turn]:
        """Where speakers take up the word."""
        return self._turns or with_labels(self.account, [])

    def read(self, body: Element, leaving_out: Container[Element] = ()) -> None:
        """Append the words of an element, but for those of some elements in it."""
        # By a stack of its own: documents nest deeper than functions may.
        stack: list[tuple[Element, Iterator[Element], Element | None]] = []

        def enter(element: Element) -> None:
            self._open(element)
            stack.append((element, iter(_children(element)), _chosen(element)))
            if local(element) not in _SAID:
                self._say_in(element, element.text)

        enter(body)
        while stack:
            element, children, chosen = stack[-1]
            child = next(children, None)
            if child is None:
                stack.pop()
                self._close(element)
                if stack:
                    self._say_in(stack[-1][0], element.tail)
            elif child in leaving_out:
                self._say_in(element, child.tail)
            elif _is_apart(child) or (chosen is not None and child is not chosen):
                self._set_apart(child)
                self._say_in(element, child.tail)
            else:
                enter(child)

    def _say_in(self, parent: Element, text: str | None) -> None:
        """Append words that stand in an element."""
        if text and (local(parent) not in _CHOICES or text.strip()):
            self._say(text)

    def _say(self, text: str) -> None:
        """Append words; white space between them is one blank."""
        said = _BLANKS.sub(" ", text)
        if said == " ":
            self._blank = not self._tight
            return
        if not self._length or self._tight:
            lead = ""
        elif self._break:
            lead = "\n" * self._break
        else:
            lead = " " if self._blank or said[0] == " " else ""
        self._break, self._blank, self._tight = 0, said[-1] == " ", False
        self._append(lead)
        if self._waiting is not None:
            self._turns.append(Turn(self._length, *self._waiting))
            self._waiting = None
        self._append(said.strip(" "))

    def _append(self, text: str) -> None:
        if text:
            self._parts.append(text)
            self._length += len(text)

    def _open(self, element: Element) -> None:
        name = local(element)
        if name in _BREAKS and element.get("break") == "no":
            # A word that runs on over the end of a line or a page stays whole.
            self._blank, self._tight = False, True
        elif name in _PARAGRAPHS:
            self._break = 2
        elif name in _LINES:
            self._break = max(self._break, 1)
        elif name == "cell" and not self._break:
            self._sign("\t")
        elif name in ("gap", "ellipsis"):
            self._say(_OMISSION)
            self._set_apart(element)
        elif name == "supplied":
            self._say(" [" if self._blank else "[")
            self._tight = True
        elif name in _SOUNDS:
            self._say(f" [{words(element)}] ")
        if name in ("u", "sp"):
            told = self._names(element), self._seconds(element.get("start", ""))
            self._waiting = told if told != ("", None) else None
        if name in _NAMES:
            self._name(element)

    def _close(self, element: Element) -> None:
        name = local(element)
        if name in _PARAGRAPHS:
            self._break = 2
        elif name in _LINES and name != "lb":
            self._break = max(self._break, 1)
        elif name == "supplied":
            self._append("]")
            self._tight = False

    def _sign(self, sign: str) -> None:
        """Put a sign where blanks would be."""
        self._append(sign)
        self._blank, self._tight = False, True

    def _set_apart(self, element: Element) -> None:
        told = words(element) if local(element) else ""
        if told and local(element) != "speaker":
            # Before a paragraph begins, what follows is its own.
            offset = self._length + (self._break if self._length else 0)
            at = {"offset": offset, "text": told}
            numbered = {"n": element.get("n", "")} if element.get("n") else {}
            self.apart.setdefault(local(element), []).append(numbered | at)

    def _name(self, element: Element) -> None:
        to = element.get("ref") or element.get("key") or element.get("when")
        told = words(element) if to or _is_place(element) else ""
        if told and _is_place(element):
            self.places.append((told, to or ""))
        if to and told:
            known = self.names.setdefault(local(element), {}).setdefault(to, [])
            if told not in known:
                known.append(told)


def _is_place(element: Element) -> bool:
    """Tell whether an element is the name of a place that is spoken of."""
    if local(element) in ("name", "rs"):
        return element.get("type") == "place"
    return local(element) in ("placeName", "geogName")


def words(element: Element) -> str:
    """Give the words of an element on one line, notes included."""
    return _BLANKS.sub(" ", "".join(element.itertext())).strip(" ")


def _children(element: Element) -> list[Element]:
    return [] if local(element) in _SAID else [*element]


def _is_apart(element: Element) -> bool:
    """Tell whether an element is never read where it stands; comments are not."""
    return not local(element) or local(element) in _ASIDE


def _chosen(element: Element) -> Element | None:
    """Give the one child that is read, where an element holds several readings of one passage.

    The source's is read, or else the first.
    """
    others = [child for child in element if local(child)] if local(element) in _CHOICES else []
    if local(element) == "choice":
        sources = [child for child in others if local(child) in _SOURCES]
        unedited = [child for child in others if local(child) not in _EDITED]
        return next(iter(sources or unedited or others), None)
    if local(element) == "app":
        readings = [child for child in others if local(child) in ("lem", "rdg", "rdgGrp")]
        return next(iter(readings or others), None)
    return None
