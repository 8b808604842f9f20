"""What the command line prints: plain text for people and screen readers, JSON for programs.

The text of a testimony is hostile until shown otherwise: nothing in it reaches the terminal as
a control character, and its lines cannot pass for lines of the program.
"""

from __future__ import annotations

import contextlib
import os
import re
import sys
from typing import TYPE_CHECKING, Any, Final

import click

from collection.exchange.controls import spelt_out
from tui.text import one_line, visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from collection.access import Gated
    from collection.errors import Problem
    from collection.exchange.interface import Report, Where
    from collection.results import Results
    from collection.testimony import Restriction, Testimony

REFUSED: Final = 1
"""Exit code: nothing found, something refused, or a problem found."""
WRONG_USAGE: Final = 2
"""Exit code: the command cannot be meant like that."""
NO_COLLECTION: Final = 3
"""Exit code: the collection could not be opened or saved, or the output not written."""
WITHHELD: Final = "(withheld)"
"""Stands in text for what the gate holds back; a screen reader would not read a bar."""
_INDENT: Final = "    "
_SURROGATES: Final = re.compile("[\ud800-\udfff]")
_OBEYED: Final = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|\xc2[\x80-\x9f]")
_PARAGRAPHS: Final = ("Circumstances", "Notes (private)")


class Stopped(Exception):  # noqa: N818 -- an ending, not always an error
    """The command ends here, with an exit code and a sentence or two on standard error."""

    def __init__(self, message: str, code: int) -> None:
        """Take what to tell and the exit code."""
        super().__init__(message)
        self.code = code
        """The exit code."""


class Unprintable(Stopped):
    """Standard output cannot be written, as on a full disk."""

    def __init__(self, reason: str | None) -> None:
        """Take why."""
        message = f"Standard output could not be written ({reason}); what came of it is incomplete."
        super().__init__(message, NO_COLLECTION)


class Unread(Exception):  # noqa: N818 -- not an error
    """Whoever read standard output has closed it, as `head` does; no reason to complain."""


# --- streams ---------------------------------------------------------------------------------


def put(chunks: Iterable[bytes]) -> None:
    """Write to standard output.

    Raises:
        Unread: when nobody reads it any more.
        Unprintable: when it cannot be written, as on a full disk.
    """
    if sys.stdout is None:
        raise Unprintable("it is closed")
    stream = sys.stdout.buffer
    try:
        for chunk in chunks:
            stream.write(chunk)
        stream.flush()
    except BrokenPipeError as error:
        raise Unread from error
    except OSError as error:
        raise Unprintable(error.strerror) from error


def put_text(texts: Iterable[str]) -> None:
    """Write lines of text, in the encoding of the terminal; what it lacks is spelt out."""
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    put(f"{text}\n".encode(encoding, "backslashreplace") for text in texts)


def put_citation(text: str) -> None:
    """Write a citation as it is, to be pasted or piped; on a terminal, as far as that is safe."""
    if sys.stdout is not None and sys.stdout.isatty():
        put_text(map(line, text.splitlines()))
    else:
        put([text.encode("utf-8", "replace"), b"" if text.endswith("\n") else b"\n"])


def put_json(document: dict[str, Any]) -> None:
    """Write one JSON document; the items of its lists are encoded one by one."""
    put(safe(json_pieces(document)))


def json_pieces(document: dict[str, Any]) -> Iterator[bytes]:
    """Encode an object piece by piece: a large collection is not held in memory twice."""
    import msgspec

    lead = b"{"
    for key, value in document.items():
        yield lead + msgspec.json.encode(key) + b":"
        lead = b","
        if isinstance(value, dict | str | int | float | None):
            yield msgspec.json.encode(value)
            continue
        comma = b"["
        for item in value:
            yield comma + msgspec.json.encode(item)
            comma = b","
        yield b"[]" if comma == b"[" else b"]"
    yield b"}\n"


def safe(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Escape the control characters that JSON allows as they are: DEL and 0x80 to 0x9f."""
    return map(spelt_out, chunks)


def harmless(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Take out of a text in UTF-8 what a terminal would obey, where it goes to a terminal."""
    if sys.stdout is None or not sys.stdout.isatty():
        yield from chunks
        return
    for chunk in chunks:
        yield _OBEYED.sub(b"?", chunk)


def tell(message: str) -> None:
    """Write a message to standard error; if nobody hears it, so be it."""
    with contextlib.suppress(OSError):
        click.echo("\n".join(map(visible, message.splitlines())), err=True)


def give_up_output() -> None:
    """Let what is still buffered go nowhere, so that the interpreter does not complain at exit."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())


def line(text: str) -> str:
    """Show a text on one line, with nothing a terminal would obey."""
    return one_line(whole_characters(text))


def whole_characters(text: str) -> str:
    """Replace half characters, which a shell passes on where its bytes are not UTF-8."""
    return _SURROGATES.sub("\ufffd", text)


# --- testimonies -----------------------------------------------------------------------------


def block(gated: Gated, why: Sequence[str] = ()) -> str:
    """Show a testimony in a few lines: what names it, then where and what about.

    Args:
        gated: the record as it may be seen.
        why: what a search matched in it.
    """
    from collection.facts import COMPOSED

    seen = gated.testimony
    date = one_line(seen.date.text or seen.date.edtf or "undated")
    lines = [f"{one_line(seen.id)}  {date}  {_name(gated)} — {one_line(seen.title)}"]
    details = [
        ("Places", _joined(place.name for place in seen.places)),
        ("Themes", _joined(seen.themes)),
        ("Found", _joined(why)),
    ]
    lines += [f"{_INDENT}{label}: {text}" for label, text in details if text]
    if seen.rendering == "composed":
        lines.append(_INDENT + COMPOSED)
    return "\n".join(lines)


def whole(gated: Gated) -> str:
    """Show all of a testimony: what must be known first, labelled lines, then the account."""
    from collection.facts import facts, notices

    seen = gated.testimony
    lines = [f"Title: {one_line(seen.title)}", *map(one_line, notices(gated))]
    for label, told in facts(gated):
        if label in _PARAGRAPHS:
            # Indented, so that no line of the text can pass for a label of ours.
            text = _lines("\n".join(map(_said, told))).replace("\n", f"\n{_INDENT}")
        else:
            text = _joined(map(_said, told))
        lines.append(f"{label}: {text}")
    return "\n".join([*lines, "", _account(seen)])


def _account(testimony: Testimony) -> str:
    """Show the words; where speakers are named above them, they are indented.

    So no line of them can pass for such a name.
    """
    from tui.turns import turn_labels, with_labels

    account = _said(testimony.account)
    labels = turn_labels(account, testimony.turns)
    if not labels:
        return _lines(account)
    ends = [found.span() for found in re.finditer("\r\n|\n", account)]
    starts = [0, *(end for _, end in ends)]
    spans = [*zip(starts, [*(start for start, _ in ends), len(account)], strict=True)]
    merged, told = with_labels(spans, labels)
    return "\n".join(
        told[number] if number in told else _indented(visible(account[start:end]))
        for number, (start, end) in enumerate(merged)
    )


def _indented(line: str) -> str:
    return f"{_INDENT}{line}" if line else ""


def sealed_until(terms: Restriction) -> str:
    """Say how far something is sealed: the level, and the day it is meant to end."""
    return f"{terms.level} until {terms.until}" if terms.until else terms.level


def _name(gated: Gated) -> str:
    narrator = gated.testimony.narrator
    if "narrator.name" in gated.withheld:
        return "name withheld"
    return one_line(narrator.name) or narrator.naming or "narrator not named"


def _said(text: str) -> str:
    from collection.access import MASK

    return WITHHELD if text == MASK else text


def _joined(texts: Iterable[str]) -> str:
    return "; ".join(filter(None, map(one_line, texts)))


def _lines(text: str) -> str:
    return "\n".join(map(visible, re.split("\r\n|\n", text)))


# --- reports ---------------------------------------------------------------------------------


def summary(report: Report, *, dry_run: bool, update: bool) -> str:
    """Say in a sentence or two what an import did, or would do."""
    done = "Would add" if dry_run else "Added"
    were = "was" if report.same == 1 else "were"
    told = f"{done} {report.added}; {report.same} {were} here already; {report.refused} refused."
    if report.waiting:
        drafts = f"{report.waiting} drafts have" if report.waiting > 1 else "1 draft has"
        told += f" {drafts} to be looked at first: open the app and press i, or --accept-drafts."
    if not report.changed:
        return told
    if not update:
        one = report.changed == 1
        differ = "differs" if one else "differ"
        them = "it" if one else "them"
        return f"{told} {report.changed} {differ} from what is here; --update takes {them} over."
    done = "would be" if dry_run else "was" if report.changed == 1 else "were"
    return f"{told} {report.changed} {done} brought up to date."


def refusals(report: Report) -> Iterator[str]:
    """Say, a line each, what was wrong with which row."""
    from collection.exchange.reporting import refused

    yield from map(one_line, map(refused, report.problems))


def report_document(report: Report, *, dry_run: bool) -> dict[str, Any]:
    """Give the JSON document of an import; drafts are whole, for they are the keeper's own."""
    from collection.testimony import as_record

    document: dict[str, Any] = {
        "added": report.added,
        "changed": report.changed,
        "same": report.same,
        "refused": report.refused,
        "problems": (as_record(one) | {"where": _where(one.where)} for one in report.problems),
    }
    if report.waiting:
        document["waiting"] = report.waiting
    return document | ({"drafts": map(as_record, report.drafts)} if dry_run else {})


def _where(where: Where) -> dict[str, Any]:
    place = {"file": where.file, "row": where.row, "line": where.line}
    return place | ({"column": where.column} if where.column else {})


def about_search(results: Results, total: int, shown: int) -> Iterator[str]:
    """Say what there is to say about a search beside its hits."""
    yield from map(one_line, results.problems)
    if results.dropped:
        yield f"Left out, as nothing matches: {_joined(results.dropped)}."
    if not total:
        yield "Nothing was found."
    elif shown < total:
        yield f"Shown: {shown} of {total} found."


def checked(
    total: int, problems: Sequence[Problem], mendable: Sequence[Problem] = ()
) -> Iterator[str]:
    """Say what a check found, a line each.

    Args:
        total: how many testimonies there are.
        problems: what is wrong.
        mendable: those of them that a repair mends.
    """
    counted = "1 testimony" if total == 1 else f"{total} testimonies"
    yield f"Looked through {counted}; problems: {len(problems) or 'none'}."
    for problem in problems:
        told = one_line(problem.message)
        yield f"{told} firsthand check --repair mends this." if problem in mendable else told
