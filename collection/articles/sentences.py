"""Where sentences end, as far as an attribution needs to know."""

from __future__ import annotations

import re
from typing import Final

_END: Final = re.compile(r"[.!?…]+[\"”’»“)\]]*(?:\s+(?=[\"“„«‘'(\[¿¡—–]*[^\W_])|\s*$)")
_SHORT: Final = re.compile(
    r"(?:^|[\s(])(?:Mr|Mrs|Ms|Dr|Prof|St|Sgt|Lt|Col|Gen|Capt|Maj|Rev|Jr|Sr|No|Mme|Mlle|Me|Sra|Srta"
    r"|Hr|Fr|Hl|Nr|bzw|ca|z\. ?B|d\. ?h|г|ул|им|вул|ok|godz|vs|etc|e\.g|i\.e|a\.m|p\.m"
    r"|[^\W\d_])\.$"
)


def sentences(text: str) -> list[tuple[int, int]]:
    """Give the spans of the sentences of a text, blanks around them left out.

    An initial and the commonest abbreviations end none; nor does a stop before a small letter.
    """
    found, start = [], 0
    for match in _END.finditer(text):
        stop = text[max(start, match.start() - 8) : match.start() + 1]
        following = text[match.end() : match.end() + 1]
        if match.group()[0] == "." and _SHORT.search(stop) and following:
            continue
        if following.islower():
            continue
        end = match.start() + len(match.group().rstrip())
        found.append((start, end))
        start = match.end()
    if start < len(text.rstrip()):
        found.append((start, len(text.rstrip())))
    return found
