"""Finds what stands between marks of quotation, in the manners of several languages.

“English”, ‘British’, „deutsch“, „polski”, « français », «по-русски», »gewendet«, ”svenska” and
"straight" marks; and speech that begins with a dash. Of nested marks the outer ones count. A
quotation that runs over paragraphs opens each of them and is closed once.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from typing import TYPE_CHECKING, Final

import msgspec

from collection.articles.dashes import incised, spoken
from collection.articles.document import BLOCK, BODY, QUESTION
from collection.articles.words import parts, tokens

if TYPE_CHECKING:
    from collections.abc import Iterator

    from collection.articles.document import Article, Paragraph
    from collection.articles.words import Words

_MARK: Final = re.compile("[“”„‟\"«»‹›‘’‚']|(?<=`)`")
_CLOSERS: Final = {
    "“": '”"',
    "„": '“”"‟',
    "‟": "”",
    "”": "”",
    "«": "»",
    "»": "«",
    "‹": "›",
    "›": "‹",
    '"': '"',
    "‘": "’",
    "‚": "‘’",
    "'": "'",
    "`": "'",
}
_PAIRED: Final = "“„«"
"""Marks that only open, where their language is not told."""
_SINGLE: Final = "‘‚'"
_FAR: Final = 50
"""Marks among which the one is looked for that closes a single one."""
_CLAUSE: Final = 80
_FEW: Final = 8
"""Words of a clause that may stand behind a quotation nothing closes."""
_STOPS: Final = ",.?!…—–"
_BEFORE: Final = ' \t\n\u00a0\u202f([{—–-/:«“„"‘¡¿'
"""What may stand before a mark that opens."""
_SIGNED: Final = re.compile(r"[—–-]\s*(?=[^\W\d_])")
"""What begins the line under a quotation that says who signs it."""
_BLANK: Final = " \t\n\u00a0\u2009\u202f\ufeff"
QUOTABLE: Final = (BODY, BLOCK, QUESTION)
"""The kinds of paragraphs whose quotations count."""


class Quotation(msgspec.Struct, frozen=True):
    """Words between two marks, within one paragraph."""

    start: int
    """Where the words begin in the text of the article; the marks are not part of them."""
    end: int
    paragraph: int
    """The number of the paragraph that they stand in."""
    outer: tuple[int, int]
    """The span with its marks."""
    closed: bool = True
    """Whether the closing mark is there, or the next paragraph opens with the same."""
    continued: bool = False
    """Whether it goes on from the paragraph before."""


def quotations(article: Article, words: Words) -> list[Quotation]:
    """Find all quotations of an article, in order."""
    turned = _is_turned(article.text)
    found: list[Quotation] = []
    pending: str = ""
    quotable = [(n, p) for n, p in enumerate(article.paragraphs) if p.kind in QUOTABLE]
    for place, (number, one) in enumerate(quotable):
        following = quotable[place + 1][1].text if place + 1 < len(quotable) else ""
        if speech := spoken(one.text, words):
            found += [_made(one, number, span) for span in speech]
            pending = ""
            continue
        spans = [*_Scan(one.text, turned, pending, following[:1]).spans()]
        if pending and (cut := _runs_on(pending[0], one.text)) > 0:
            found.append(_made(one, number, (0, cut), continued=True, opened=False))
            spans = [*_Scan(one.text, turned, "", following[:1], cut + 1).spans()]
        if one.kind == BLOCK and _is_whole(one.text, spans, words):
            found.append(_made(one, number, (0, len(one.text)), marks=0))
            pending = ""
            continue
        unclosed = bool(spans) and spans[-1][1] is None
        for n, (opening, closing, mark) in enumerate(spans):
            goes_on = n == 0 and opening == 0 and bool(pending) and mark in pending
            last = closing if closing is not None else _last(one.text, spans, n)
            ended = closing is not None
            if not ended and (cut := _before_clause(one.text, opening + 1, last, words)) < last:
                last, unclosed = cut, False
            elif not ended and n == len(spans) - 1:
                ended = bool(following) and (
                    following[0] in _again(mark) or _runs_on(mark, following) > 0
                )
            for start, end in incised(one.text, opening + 1, last, words):
                made = _made(one, number, (start, end), closed=ended, continued=goes_on)
                if made.start < made.end:
                    found.append(made)
                goes_on = False
        pending = _again(spans[-1][2]) if unclosed else ""
    return found


def _is_whole(text: str, spans: list[tuple[int, int | None, str]], words: Words) -> bool:
    """Tell what is set off without marks of its own, whoever is quoted within it."""
    if _SIGNED.match(text) or (spans and spans[0][0] == 0):
        return False
    outside, at = [], 0
    for opening, closing, _ in spans:
        outside.append(text[at:opening])
        at = len(text) if closing is None else closing
    bare = " ".join([*outside, text[at:]])
    return not spans or words.firsts(bare) > 0 or words.any("we", bare)


def _again(mark: str) -> str:
    """Give the marks that a following paragraph of the same quotation may open with."""
    return f"{mark}»" if mark == "«" else mark


def _runs_on(mark: str, text: str) -> int:
    """Tell where a paragraph closes a quotation that it does not open again.

    Returns:
        the place of the closing mark; 0 where the paragraph opens one first, or closes none.
    """
    closers = _CLOSERS.get(mark, "") if mark in _PAIRED else ""
    for match in _MARK.finditer(text) if closers else ():
        before = text[match.start() - 1 : match.start()]
        if match.group() in closers and before and before not in _BEFORE:
            return match.start()
        if match.group() in _PAIRED:
            return 0  # `“` closes in German, behind a word
    return 0


def _before_clause(text: str, start: int, end: int, words: Words) -> int:
    """End a quotation that nothing closes before `, she said` at the end of the paragraph."""
    comma = max(text.rfind(sign, start, end) for sign in ",!?")
    behind = tokens(text[comma + 1 : min(end, comma + _CLAUSE)])
    if comma < 0 or end - comma > _CLAUSE or len(behind) > _FEW:
        return end
    says = words.kinds["say"]
    return comma + 1 if any(part in says for word in behind for part in parts(word)) else end


def _last(text: str, spans: list[tuple[int, int | None, str]], n: int) -> int:
    return spans[n + 1][0] if n + 1 < len(spans) else len(text)


def _made(
    one: Paragraph,
    number: int,
    span: tuple[int, int],
    *,
    closed: bool = True,
    continued: bool = False,
    marks: int = 1,
    opened: bool = True,
) -> Quotation:
    start, end = span
    outer = max(start - marks * opened, 0), min(end + marks, len(one.text))
    while start < end and one.text[start] in _BLANK:
        start += 1
    while end > start and one.text[end - 1] in _BLANK:
        end -= 1
    at = one.start
    outside = at + outer[0], at + outer[1]
    return Quotation(at + start, at + end, number, outside, closed, continued)


def _is_turned(text: str) -> bool:
    """Tell whether guillemets point inwards, as German books have them."""
    inwards = len(re.findall(r"(?:^|[\s(])»(?=[^\W_])", text))
    outwards = len(re.findall(r"(?:^|[\s(])«(?=[\s\u00a0]?[^\W_])", text))
    return inwards > outwards


class _Scan:
    """Goes through the marks of one paragraph."""

    def __init__(
        self, text: str, turned: bool, pending: str, following: str, start: int = 0
    ) -> None:
        self.text = text
        self.turned = turned
        self.pending = pending
        """The marks that a quotation of the paragraph before may go on with."""
        self.goes_on = following == "‘"
        """Whether the next paragraph opens again what a single mark opens here."""
        self.marks = [(match.start(), match.group()) for match in _MARK.finditer(text, start)]
        counts = Counter(mark for _, mark in self.marks)
        self.balanced = {
            mark: counts[mark] <= sum(counts[c] for c in closers if c != mark)
            for mark, closers in _CLOSERS.items()
        }
        # Single marks that close for certain: a stop stands before them, or behind.
        self.nesting = self._nesting()
        self.sure = {c: [p for p, m in self.marks if m == c and self._ends(p)] for c in "’'"}
        self.singles = {c: [p for p, m in self.marks if m == c and self._opens(p, m)] for c in "‘'"}

    def spans(self) -> Iterator[tuple[int, int | None, str]]:
        """Give each quotation: where it opens, where it closes if it does, its mark."""
        opening, mark, depth = 0, "", 0
        for place, sign in self.marks:
            if not mark:
                if place == 0 and sign in self.pending:
                    opening, mark, depth = 0, "«" if sign == "»" and not self.turned else sign, 0
                elif self._opens(place, sign) and not self._is_lonely(place, sign):
                    opening, mark, depth = place, sign, 0
                continue
            if sign in _CLOSERS[mark] and self._closes(place, sign, mark):
                if depth:
                    depth -= 1
                    continue
                yield opening, place, mark
                mark = ""
            elif sign == mark and place and self._opens(place, sign) and sign not in "'‘":
                if self.balanced[mark] or place in self.nesting:
                    depth += 1
                else:
                    yield opening, None, mark
                    opening = place
        if mark and (mark not in "'‘" or opening == 0 or (mark == "‘" and self.goes_on)):
            yield opening, None, mark

    def _nesting(self) -> set[int]:
        """Give the straight marks that open within a quotation, since two close behind them."""
        found: set[int] = set()
        open_behind = 0  # marks that close less those that open, from here to the end
        for place, sign in reversed(self.marks):
            if sign != '"':
                continue
            if self._closes(place, sign, sign):
                open_behind += 1
            elif self._opens(place, sign):
                open_behind -= 1
                if open_behind > 0:
                    found.add(place)
        return found

    def _around(self, place: int) -> tuple[str, str]:
        return self.text[place - 1 : place] if place else "", self.text[place + 1 : place + 2]

    def _opens(self, place: int, sign: str) -> bool:
        before, after = self._around(place)
        free = not before or before in _BEFORE
        if sign in "„‚‟`":
            return True
        if sign in "«»‹›":
            outward = sign in "«‹"
            return outward != self.turned and (free or not before.isalnum())
        if sign == "’":
            return False
        if not after or not free:
            return sign == "“" and bool(after) and after.isalnum() and not before.isalnum()
        if sign == "'":
            return after.isalpha()
        return after not in _BLANK

    def _is_lonely(self, place: int, sign: str) -> bool:
        """Tell a single mark that nothing closes: an apostrophe before a word."""
        closer = {"'": "'", "‘": "’"}.get(sign, "")
        if not closer or (sign == "‘" and (place == 0 or self.goes_on)):
            return False
        first = bisect_left(self.marks, (place + 1, ""))
        following = self.marks[first : first + _FAR]
        return not any(self._closes(p, m, sign) for p, m in following if m == closer)

    def _ends(self, place: int) -> bool:
        """Tell a single mark that cannot be an apostrophe."""
        before, after = self._around(place)
        if after.isalnum():
            return False
        return bool(before) and (before in _STOPS or (bool(after) and after in ",.;:!?)»”"))

    def _closes(self, place: int, sign: str, mark: str) -> bool:
        before, after = self._around(place)
        if mark == "`":
            return after == "'"  # ``of a typewriter''
        if mark in _SINGLE and sign in "’'":
            if after.isalnum() or before in _BLANK:
                return False
            if self._ends(place):
                return True
            # `the soldiers’ boots`: an apostrophe, where a surer end comes before the next.
            sure = self.sure[sign]
            at = bisect_left(sure, place + 1)
            if at == len(sure):
                return True
            openers = self.singles["‘" if sign == "’" else "'"]
            n = bisect_left(openers, place + 1)
            return n < len(openers) and openers[n] < sure[at]
        if sign in '"”' and mark == sign:
            return before not in _BLANK or not after or after in _BLANK
        if sign == "“":
            return before not in _BLANK  # of „deutsch“
        return True
