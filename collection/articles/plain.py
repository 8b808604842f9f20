"""Plain text to paragraphs: by blank lines or by lines, with hard-wrapped lines joined again."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

_WRAPPED: Final = range(45, 101)
"""Characters of the longest line of a paragraph that was wrapped by hand or by a mailer."""
_FULL: Final = 0.6
"""What share of the longest line every line but the last fills where lines were wrapped."""
_LAST: Final = 0.8
"""Where no blank line parts paragraphs, a shorter line that ends a sentence ends one."""
_ENDS: Final = re.compile(r"[.!?…:]['\"’”“»)\]]*$")
_FEW: Final = 3
_WIDE: Final = 130
"""Characters of a line that was wrapped; whoever writes longer ones breaks at paragraphs only."""
_SPEAKS: Final = ("—", "–", "―", "- ", "-\u00a0")
"""What a line of a dialogue begins with."""
_OPENING: Final = ("“", "„", "«", "»", '"', "‘", "‚")


def paragraphs_of(text: str) -> list[str]:
    """Take a text apart into its paragraphs, each without line breaks and blanks around it.

    A line break inside a paragraph becomes one space; nothing else is changed.
    """
    lines = [line.strip("\n\t\v\f\r \u00a0\ufeff") for line in text.split("\n")]
    blocks: list[list[str]] = [[]]
    for line in lines:
        if line:
            blocks[-1].append(line)
        elif blocks[-1]:
            blocks.append([])
    blocks = [block for block in blocks if block]
    if len(blocks) == 1:
        return _without_blank_lines(blocks[0])
    return [part for block in blocks for part in _joined(block)]


def _joined(block: list[str]) -> list[str]:
    """Join the lines of a block where they were wrapped; else each is a paragraph."""
    if len(block) < 2:
        return block
    longest = max(map(len, block))
    body = block[:-1]
    full = sum(len(line) >= _FULL * longest for line in body)
    broken = sum(not _ENDS.search(line) for line in body)
    if longest in _WRAPPED and full == len(body) and 2 * broken >= len(body):
        return [" ".join(block)]
    if not _ENDS.search(block[-1]):
        return block  # the lines of a head: title, author, day
    found = [[block[0]]]
    for line, following in pairwise(block):
        if _goes_on(line, following, longest):
            found[-1].append(following)
        else:
            found.append([following])
    return [" ".join(part) for part in found]


def _goes_on(line: str, following: str, longest: int) -> bool:
    """Tell a line that was broken only because the next word had no room on it."""
    if following.startswith(_SPEAKS):
        return False
    if len(line) < _WRAPPED.start:
        return following[:1].islower() and not _ENDS.search(line)
    if not _ENDS.search(line):
        return True
    room = longest - len(line) - 1
    return (
        longest <= _WIDE
        and not following.startswith(_OPENING)
        and len(following.split(maxsplit=1)[0]) > room
    )


def _without_blank_lines(lines: list[str]) -> list[str]:
    """Find the paragraphs of wrapped lines by the short line that each ends with."""
    longest = max(map(len, lines))
    broken = sum(not _ENDS.search(line) for line in lines)
    if len(lines) < _FEW or longest not in _WRAPPED or 2 * broken < len(lines):
        return lines
    found: list[list[str]] = [[]]
    for line in lines:
        found[-1].append(line)
        if len(line) < _LAST * longest and _ENDS.search(line):
            found.append([])
    return [" ".join(part) for part in found if part]
