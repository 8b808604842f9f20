"""What a testimony is cited as: the facts that every style and every format draws on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import msgspec

from collection.citing.lines import one_line
from collection.citing.names import Person, narrators, person
from collection.dates import DateSpan
from collection.folding import fold

if TYPE_CHECKING:
    from collection.access import Gated
    from collection.testimony import Testimony

_BARS: Final = re.compile("█+(?:[^\\w\n]{1,3}█+)*")
_LINK: Final = re.compile('https?://[^\\s<>"{}|\\\\^`\x00-\x20\x7f-\x9f]+', re.IGNORECASE)
_MEDIA: Final = {
    "verbatim": "transcript",
    "edited": "edited transcript",
    "translated": "transcript in translation",
    "summary": "summary",
    "composed": "composed illustration, not a testimony",
}


class Work(msgspec.Struct, frozen=True):
    """A testimony as something to be cited; every text of it is on one line."""

    id: str
    kind: str
    """`interview` where somebody asked, `published` where the press printed it, `archival` where
    it is kept somewhere or printed in a book, `personal` where nothing is known of its source."""
    narrators: tuple[Person, ...]
    """Those who speak; nobody where no name is recorded, then the title leads."""
    title: str
    """Empty where it only repeats who speaks."""
    interviewers: tuple[Person, ...]
    translators: tuple[Person, ...]
    date: DateSpan
    """When it was given."""
    place: str
    """Where it was given."""
    medium: str
    """`transcript` and the like; empty where it is not recorded whose words these are."""
    series: str
    collection: str
    repository: str
    source: str
    """The source in the words of the record."""
    url: str
    """An address of the web, or nothing."""
    language: str
    rights: str
    keywords: tuple[str, ...]

    @property
    def genre(self) -> str:
        """What kind of text it is, in a word; empty where the medium says it."""
        if self.medium == _MEDIA["composed"]:
            # The medium says what it is, and that it is no testimony.
            return ""
        return "interview" if self.kind == "interview" else "testimony"


def work(gated: Gated) -> Work:
    """Gather what is cited of a testimony.

    Args:
        gated: the testimony as it may be seen, not sealed as a whole.
    """
    seen, source = gated.testimony, gated.testimony.source
    struck = frozenset(gated.struck)

    def line(text: str, key: str) -> str:
        text = one_line(text)
        return _BARS.sub("[name withheld]", text) if key in struck else text

    told = narrators(gated)
    url = one_line(source.url)
    rights = "; ".join(filter(None, (line(seen.rights, "rights"), line(seen.licence, "licence"))))
    return Work(
        id=one_line(seen.id),
        kind=_kind(seen),
        narrators=told,
        title=_title(line(seen.title, "title"), told),
        interviewers=_people(seen.interviewers, seen.language),
        translators=_people(seen.translators, seen.language),
        date=seen.date,
        place=line(seen.interview_place, "interview_place"),
        medium=_MEDIA.get(seen.rendering, ""),
        series=line(source.series, "source"),
        collection=line(source.collection, "source"),
        repository=line(source.repository, "source"),
        source=line(source.citation, "source").rstrip(". "),
        url=url if _LINK.fullmatch(url) else "",
        language=one_line(seen.language),
        rights=rights,
        keywords=tuple(line(one, "themes") for one in seen.themes),
    )


def _kind(seen: Testimony) -> str:
    source = seen.source
    if seen.interviewers:
        return "interview"
    if source.collection or source.repository or source.series:
        return "archival"
    if source.url:
        return "published"
    return "archival" if source.citation else "personal"


def _people(names: tuple[str, ...], language: str) -> tuple[Person, ...]:
    return tuple(person(one_line(name), language) for name in names if name.strip())


def _title(title: str, told: tuple[Person, ...]) -> str:
    """Leave a title out that is nothing but the name of the one who speaks."""
    who = fold(" and ".join(one.name for one in told))
    said = fold(title).strip(" .")
    return "" if said in (who, f"interview with {who}", f"interview of {who}") else title
