"""Reads what the header of a TEI text says of it, into plain values by the record's keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from collection.exchange.markup.tei_text import words
from collection.exchange.markup.xmlfile import local
from collection.exchange.spoken.timed import seconds_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from xml.etree.ElementTree import Element

KEPT: Final = "tei"
"""The key of `extra` for what the header says beside, by the paths of the elements."""
_XML: Final = "{http://www.w3.org/XML/1998/namespace}"
_DEEPEST: Final = 40
_SILENT: Final = ("id", "lang", "space", "base", "schemaLocation")
"""Attributes that say nothing of an interview."""
_NARRATORS: Final = ("narrator", "interviewee", "informant", "respondent", "witness")
_INTERVIEWERS: Final = ("interviewer", "ivr", "recorder", "investigator")
"""What the role of a person is called who asks or takes down; `ivr` is MARC's."""
_ASKING: Final = (
    *("interview", "questions", "recorded by", "taken down", "testimony taken", "statement taken"),
    *("aufgenommen", "protokoll", "befragt", "sepsal", "zapsal", "zaznamenal", "spisał"),
    *("protokołow", "protokółow", "felvette", "jegyzőkönyv", "recueilli", "raccolt"),
    *("опросил", "записал", "интервью", "протокол"),
)
"""Words that say of a task that somebody asked the narrator, or took down what was told."""
_OTHERWISE: Final = (
    *("transcri", "transkri", "transl", "übersetz", "přelož", "překlad", "tłumacz", "fordít"),
    *("encod", "edit", "annot", "markup", "digit", "přepis", "proofread", "publish"),
)
"""Words that say of a task that it was done to the text."""


class Header:
    """A header, with what has been read of it."""

    def __init__(self, text: Element) -> None:
        """Take the element that holds header and text."""
        found = next((child for child in text if local(child) == "teiHeader"), None)
        self._all: list[tuple[str, Element]] = [*_walk(found)] if found is not None else []
        self._read: set[int] = set()
        self.columns: dict[str, str] = {}
        """Which element each key was taken from."""

    def find(self, *endings: str) -> Iterator[tuple[str, Element]]:
        """Give the elements whose path ends so, in the order of the endings."""
        for ending in endings:
            for path, element in self._all:
                if f"/{path}".endswith(f"/{ending}"):
                    yield path, element

    def texts(self, key: str, *endings: str) -> list[str]:
        """Take the words of all elements whose path ends so; each once."""
        told = []
        for path, element in self.find(*endings):
            if said := words(element):
                told.append(said)
                self._take(key, path, element)
        return [*dict.fromkeys(told)]

    def text(self, key: str, *endings: str) -> str:
        """Take the words of the first element that has some."""
        for path, element in self.find(*endings):
            if said := words(element):
                self._take(key, path, element)
                return said
        return ""

    def _take(self, key: str, path: str, element: Element) -> None:
        self._read.update(id(one) for one in element.iter())
        self.columns.setdefault(key, path)

    def rest(self) -> dict[str, Any]:
        """Give what has not been taken: words and attributes by the path of their element."""
        rest: dict[str, list[str]] = {}
        said: set[int] = set()
        for path, element in self._all:
            for name, value in element.attrib.items():
                plain = name.rpartition("}")[2]
                if value.strip() and plain not in _SILENT:
                    rest.setdefault(f"{path}@{plain}", []).append(value.strip())
            if id(element) in self._read or id(element) in said:
                continue
            # What has words of its own is one passage, with all that is in it.
            own = [element.text, *(child.tail for child in element)]
            if any(character.isalnum() for text in own if text for character in text):
                said.update(id(one) for one in element.iter())
                language = element.get(f"{_XML}lang", "")
                at = f"{path}[{language}]" if language else path
                rest.setdefault(at, []).append(words(element))
        return {path: told[0] if len(told) == 1 else told for path, told in rest.items()}

    # --- the record's keys ----------------------------------------------------------------------

    def record(self) -> dict[str, Any]:
        """Give the values that the record has keys for."""
        keywords, controlled = self._keywords()
        raw: dict[str, Any] = {
            "title": self.text("title", "titleStmt/title"),
            "narrator": "; ".join(self._narrators()),
            "interviewers": self._interviewers(),
            "translators": self._responsible("translators", lambda task: "transl" in task),
            "date": self._date(),
            "places": self.texts("places", "creation/origPlace", "creation/placeName"),
            "interview_place": self.text(
                "interview_place", "setting/placeName", "setting/name", "setting/locale"
            ),
            "themes": [*self.texts("themes", "creation/term"), *controlled],
            "keywords": keywords,
            "context": "\n\n".join(self._abstract()),
            "language": self._language(),
            "licence": (licence := self._licence()),
            "rights": self.text(
                "rights", "availability/p", *([] if licence else ["publicationStmt/availability"])
            ),
            "source": self._source(),
        }
        return {key: value for key, value in raw.items() if value}

    def _narrators(self) -> list[str]:
        found: list[str] = []
        for path, element in self.find("creation/persName", "titleStmt/author"):
            if _role(element) not in _INTERVIEWERS and (said := words(element)):
                found.append(said)
                self._take("narrator", path, element)
        if found:
            return [*dict.fromkeys(found)]
        for path, element in self.find("person"):
            if _role(element) in _NARRATORS and (name := person_name(element)):
                found.append(name)
                self.columns.setdefault("narrator", path)
        return found

    def _interviewers(self) -> list[str]:
        """Give those who asked or took down, as far as the header says so."""
        found = self._responsible("interviewers", _is_asking)
        for path, element in self.find("creation/persName", "person"):
            if _role(element) in _INTERVIEWERS and (name := person_name(element)):
                found.append(name)
                self.columns.setdefault("interviewers", path)
                if local(element) == "persName":
                    self._take("interviewers", path, element)
        return [*dict.fromkeys(found)]

    def _responsible(self, key: str, fits: Callable[[str], bool]) -> list[str]:
        found = []
        for path, element in self.find("respStmt"):
            tasks = [one for one in element if local(one) == "resp"]
            told = " ".join(f"{words(one)} {one.get('key', '')}" for one in tasks)
            names = [words(one) for one in element if local(one) in ("persName", "name")]
            if fits(told.casefold()) and any(names):
                found += names
                self._take(key, path, element)
        return list(filter(None, found))

    def places(self) -> dict[str, dict[str, Any]]:
        """Give the places that names point to, by their identifiers and addresses."""
        named: dict[str, dict[str, Any]] = {}
        for _, element in self.find("creation/placeName", "creation/origPlace"):
            if (to := element.get("ref", "").lstrip("#")) and (name := words(element)):
                named.setdefault(to, {"name": name})
        for _, element in self.find("place"):
            id = element.get(f"{_XML}id")
            names = (one for one in element.iter() if local(one) in ("placeName", "geogName"))
            if id and (name := next(filter(None, map(words, names)), "")):
                geo = next((words(one) for one in element.iter() if local(one) == "geo"), "")
                named[id] = {"name": name} | _coordinates(geo)
        return named

    def _date(self) -> str:
        """Give the date as the header words it; as its attributes have it where it has no words."""
        endings = ("creation/origDate", "creation/date", "recording/date", "setting/date")
        for path, element in self.find(*endings, "origin/origDate"):
            given = element.attrib.get
            span = "/".join(filter(None, (given("from"), given("to"))))
            if said := words(element) or given("when") or given("when-iso") or span:
                self._take("date", path, element)
                return said
        return ""

    def _keywords(self) -> tuple[list[str], list[str]]:
        """Give the terms of the text: free ones, and those of a vocabulary, which are themes."""
        free: list[str] = []
        controlled: list[str] = []
        for path, element in self.find("textClass/keywords"):
            scheme = element.get("scheme", "").strip("# ")
            key = "themes" if scheme else "keywords"
            terms = [words(one) for one in element.iter() if local(one) in ("term", "item")]
            (controlled if scheme else free).extend(filter(None, terms))
            self._take(key, path, element)
        return [*dict.fromkeys(free)], [*dict.fromkeys(controlled)]

    def _abstract(self) -> list[str]:
        for path, element in self.find("profileDesc/abstract"):
            self._take("context", path, element)
            inside = [words(one) for one in element if local(one)]
            return list(filter(None, inside)) or list(filter(None, [words(element)]))
        return []

    def _language(self) -> str:
        for path, element in self.find("langUsage/language", "textLang"):
            if code := element.get("ident") or element.get("mainLang"):
                self._read.add(id(element))
                self.columns.setdefault("language", path)
                return code
        return self.text("language", "langUsage/language", "profileDesc/langUsage")

    def _licence(self) -> str:
        for path, element in self.find("availability/licence", "availability/license"):
            told, target = words(element), element.get("target", "").strip()
            self._take("licence", path, element)
            return f"{told} <{target}>" if told and target else told or target
        return ""

    def _source(self) -> dict[str, str]:
        source = {
            "citation": self.text("source.citation", "sourceDesc/bibl", "sourceDesc/p"),
            "collection": self.text("source.collection", "msIdentifier/collection"),
            "series": self.text("source.series", "seriesStmt/title"),
            "repository": self.text(
                "source.repository",
                *("msIdentifier/institution/orgName", "msIdentifier/repository"),
                "msIdentifier/institution",
            ),
        }
        return {key: value for key, value in source.items() if value}

    # --- who speaks, and when -------------------------------------------------------------------

    def people(self) -> dict[str, str]:
        """Give the names of the persons that utterances point to, by their identifiers."""
        named = {}
        for _, element in self.find("person", "personGrp", "castItem", "role"):
            id = element.get(f"{_XML}id")
            if id and (name := person_name(element)):
                named[id] = name
        return named


def _role(element: Element) -> str:
    return element.get("role", "").strip("# ").casefold()


def _is_asking(task: str) -> bool:
    if any(word in task for word in _OTHERWISE):
        return False
    return any(word in task for word in _ASKING) or task.endswith(" ivr")


def _coordinates(geo: str) -> dict[str, float]:
    """Read the latitude and longitude of a place, as TEI writes them."""
    numbers = [*map(_decimal, geo.replace(",", " ").split())]
    match numbers:
        case [float(latitude), float(longitude)] if abs(latitude) <= 90 and abs(longitude) <= 180:
            return {"latitude": latitude, "longitude": longitude}
    return {}


def _decimal(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def person_name(person: Element) -> str:
    """Give the name of a person, or else what is said of them on one line."""
    names = (one for one in person.iter() if local(one) in ("persName", "name"))
    return next(filter(None, map(words, names)), "") or words(person)


def times(text: Element) -> dict[str, float]:
    """Give the moments of the timelines of a text, in seconds, by their identifiers.

    A moment is given by the clock, or by how long after another one it is.
    """
    found: dict[str, float] = {}
    for timeline in (one for one in text.iter() if local(one) == "timeline"):
        unit = {"ms": 0.001, "min": 60.0, "h": 3600.0}.get(timeline.get("unit", "s"), 1.0)
        for moment in (one for one in timeline if local(one) == "when"):
            id = moment.get(f"{_XML}id", "")
            absolute = seconds_of(moment.get("absolute", ""))
            since = found.get(moment.get("since", "").strip("# "), 0.0)
            interval = _number(moment.get("interval", ""))
            if absolute is not None:
                found[id] = absolute
            elif interval is not None:
                found[id] = round(since + interval * unit, 6)
            elif not found:
                found[id] = 0.0
    return found


def _number(text: str) -> float | None:
    number = _decimal(text)
    return number if number is not None and 0 <= number < 1e8 else None


def languages(elements: Iterable[Element]) -> str:
    """Give the language that the innermost of some nested elements names."""
    return next((told for one in elements if (told := one.get(f"{_XML}lang", ""))), "")


def identifier(text: Element) -> str:
    """Give the identifier of a text."""
    return (text.get(f"{_XML}id") or text.get("id") or "").strip()


def _walk(header: Element) -> Iterator[tuple[str, Element]]:
    """Give the elements of a header in order, with their paths below it."""
    stack = [(local(one), one, 1) for one in reversed(header)]
    while stack:
        path, element, depth = stack.pop()
        if not local(element):
            continue
        yield path, element
        if depth < _DEEPEST:
            stack += [(f"{path}/{local(one)}", one, depth + 1) for one in reversed(element)]
