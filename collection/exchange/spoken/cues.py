"""Takes cues apart, as WebVTT and SubRip have them (https://www.w3.org/TR/webvtt1/).

Written here because the libraries there are drop what they do not expect: words outside of a
cue, cues whose times are slightly wrong, and every voice of a cue but the first.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Any, Final

import msgspec

from collection.exchange.spoken.layout import laid_out, paragraphed, taken_out
from collection.exchange.spoken.noted import is_title, noted
from collection.exchange.spoken.timed import (
    KEPT,
    Assembly,
    Timed,
    cue_rest,
    gap_before,
    seconds_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

UNTIMED: Final = "untimed"
"""Identifier of a cue whose time means nothing: it holds words that have none."""

_ARROW: Final = re.compile(
    r"[ \t]*+((?:\d{1,5}:)?\d{1,3}:\d{2}(?:[.,]\d{1,3})?)[ \t]*+-->[ \t]*+"
    r"((?:\d{1,5}:)?\d{1,3}:\d{2}(?:[.,]\d{1,3})?)(?:[ \t]++(.*)|[ \t]*+)"
)
_SETTINGS: Final = re.compile(r"(?:[A-Za-z]\w{0,20}:\S+(?:[ \t]+|\Z))*+")
_ASIDE: Final = re.compile(r"(?:NOTE(?:[ \t].*)?|STYLE[ \t]*|REGION[ \t]*)")
_TAG: Final = re.compile(
    r"<(?:(?P<close>/?)(?P<name>v|c|i|b|u|ruby|rt|lang|br)(?P<classes>(?:\.[^\s<>./]*+)*+)"
    r"(?:[ \t\n\f]++(?P<note>[^<>]*+))?+/?|(?P<time>\d{1,5}:[\d:.]{4,12}+))>"
)
_STYLING: Final = re.compile(
    r"</?(?:i|b|u|s|font(?:[ \t][^<>]*+)?)>|\{\\[^{}\n]{1,40}\}", re.IGNORECASE
)
"""What SubRip files mark their text up with; nobody ever wrote it down."""
_REFERENCE: Final = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_LONE_BREAK: Final = re.compile(r"(?:^|(?<=\n))\x00(?=\n|$)")
_EMPTY: Final = "<br>"
"""How an empty line is written within a cue, which a real one would end."""
_BLANK: Final = " \t\n\f\r"


class _Cue(msgspec.Struct):
    """One cue, as it is written."""

    start: float
    end: float
    id: str = ""
    settings: str = ""
    lines: list[str] = []


class _Voice(msgspec.Struct):
    """What one voice says in a cue."""

    speaker: str = ""
    text: str = ""


def is_cued(text: str) -> bool:
    """Tell whether a text is WebVTT or SubRip, by its first lines."""
    if text.startswith("WEBVTT"):
        return True
    return any(map(_times, text[:4000].split("\n")[:30]))


def parse_cues(text: str, *, webvtt: bool | None = None, bare: bool = False) -> Timed:
    """Read the cues of a text.

    Args:
        text: the whole of it, with line feeds.
        webvtt: whether tags and entities are those of WebVTT; by its first line if not given.
        bare: whether notes are not to be read, for what holds the text says whose it is.

    Returns:
        the transcript; under `extra` what is no words: notes, styles, identifiers, settings,
        ends that are not the beginning of the next cue, and the text of cues with markup.
    """
    if webvtt is None:
        webvtt = text.startswith("WEBVTT")
    cues, blocks, header = _taken_apart(text, webvtt=webvtt)
    note, blocks = taken_out(blocks)
    said: list[tuple[_Cue, list[_Voice]]] = []
    kept: list[dict[str, Any]] = []
    for number, cue in enumerate(cues):
        raw = "\n".join(cue.lines)
        heard, marked = voices(raw) if webvtt else _styled(raw)
        said.append((cue, heard or [_Voice()]))
        following = cues[number + 1].start if number + 1 < len(cues) else None
        text = "\n".join(voice.text for voice in heard)
        if rest := _rest(number, cue, following, text, raw if marked else ""):
            kept.append(rest)
    assembly = _assembled(said, note)
    found, blocks = ({}, blocks) if bare else noted(header, blocks)
    if not bare and is_title(header) and "\n" not in header:
        # It is written from the record.
        header = ""
    told = {"header": header, "blocks": blocks, "cues": kept}
    if rest := {key: value for key, value in told.items() if value}:
        found["extra"] = {KEPT: rest}
    return assembly.timed(found)


def _assembled(said: list[tuple[_Cue, list[_Voice]]], note: str) -> Assembly:
    """Put the words of cues together: as a note tells, or else as is usual."""
    every = [voice for _, heard in said for voice in heard]
    named = any(voice.speaker for voice in every)
    texts, gaps = [voice.text for voice in every], [*_gaps(every)]
    laid = laid_out(note, texts, gaps) if note else None
    assembly = Assembly()
    if laid is not None:
        if laid[0]:
            assembly.add(laid[0])
        texts, gaps = laid[1:], [""] * len(texts)
    elif not named:
        # Each cue has one voice then.
        gaps = [*paragraphed((heard[0].text, cue.start, cue.end) for cue, heard in said)]
    told = iter(zip(texts, gaps, strict=True))
    for cue, heard in said:
        seconds = None if cue.id == UNTIMED else cue.start
        for voice in heard:
            text, gap = next(told)
            assembly.add(text, voice.speaker, seconds, gap)
            seconds = None
    return assembly


def _gaps(every: list[_Voice]) -> Iterator[str]:
    """Give what usually stands before the words of each voice."""
    before = ""
    for number, voice in enumerate(every):
        yield gap_before(before, voice.speaker) if number else ""
        before = voice.speaker or before


def unescaped(text: str) -> str:
    """Resolve character references; only those that are closed are meant as such."""
    return _REFERENCE.sub(lambda found: html.unescape(found[0]), text) if "&" in text else text


def _rest(number: int, cue: _Cue, following: float | None, text: str, raw: str) -> dict[str, Any]:
    """Give what the account and its turns do not tell of a cue; empty if that is nothing."""
    id = "" if cue.id == UNTIMED else cue.id
    told = cue_rest(number, cue.start, cue.end, following, text)
    rest = {"id": id, "settings": cue.settings, "raw": raw}
    told |= {key: value for key, value in rest.items() if value}
    return {"cue": number, "start": cue.start, **told} if told else {}


def _taken_apart(text: str, *, webvtt: bool) -> tuple[list[_Cue], list[list[Any]], str]:
    """Find the cues, what stands between them with the number of the next one, the header."""
    cues: list[_Cue] = []
    blocks: list[list[Any]] = []
    header = ""
    for number, block in enumerate(_blocks(text)):
        at = next((n for n, line in enumerate(block) if _times(line)), len(block))
        lead = block[:at]
        if number == 0 and webvtt and block[0].startswith("WEBVTT"):
            header = "\n".join(lead).removeprefix("WEBVTT")
            lead = []
        elif webvtt and lead and _ASIDE.fullmatch(lead[0]):
            blocks.append([len(cues), "\n".join(lead)])
            lead = []
        id = lead.pop() if lead and at < len(block) else ""
        if lead and cues:
            # Words after a blank line that does not belong into a cue.
            cues[-1].lines += [*([_EMPTY if webvtt else ""] if cues[-1].lines else []), *lead]
        elif lead:
            blocks.append([0, "\n".join(lead)])
        cues += _cues(block[at:], id)
    return cues, blocks, header.strip()


def _blocks(text: str) -> Iterator[list[str]]:
    """Split a text at its blank lines."""
    block: list[str] = []
    for line in text.split("\n"):
        if line.strip(_BLANK):
            block.append(line)
        elif block:
            yield block
            block = []
    if block:
        yield block


def _cues(lines: list[str], id: str) -> Iterator[_Cue]:
    """Read a block that begins with times; the blank lines between cues may be missing."""
    cue: _Cue | None = None
    for line in lines:
        times = _times(line)
        if times is not None:
            if cue is not None:
                last = cue.lines[-1].strip() if cue.lines else ""
                id = cue.lines.pop().strip() if last.isdigit() else ""
                yield cue
            start, end, settings = times
            words = [] if _SETTINGS.fullmatch(settings) else [settings]
            cue = _Cue(start, end, id.strip(), "" if words else settings, words)
        elif cue is not None:
            cue.lines.append(line)
    if cue is not None:
        yield cue


def _times(line: str) -> tuple[float, float, str] | None:
    """Read the line that begins a cue: its start, its end, its settings or first words."""
    found = _ARROW.fullmatch(line) if "-->" in line else None
    if found is None:
        return None
    start, end = seconds_of(found[1]), seconds_of(found[2])
    return None if start is None or end is None else (start, end, (found[3] or "").strip())


def voices(payload: str) -> tuple[list[_Voice], bool]:
    """Take the text of a cue apart into voices; tell whether markup was left out."""
    payload = payload.replace("\x00", "\ufffd")
    found: list[_Voice] = [_Voice()]
    # In pieces: to add to a text again and again takes quadratic time.
    raws: list[list[str]] = [[]]
    marked = False
    last = 0
    for tag in _TAG.finditer(payload):
        raws[-1].append(payload[last : tag.start()])
        last = tag.end()
        name, classes = tag["name"], tag["classes"] or ""
        if name == "br":
            raws[-1].append("\x00")
        elif name == "v" and not tag["close"]:
            found.append(_Voice(" ".join(unescaped(tag["note"] or "").split())))
            raws.append([])
            marked |= bool(classes)
        elif name != "v":
            marked = True
    raws[-1].append(payload[last:])
    for voice, pieces in zip(found, raws, strict=True):
        raw = "".join(pieces).strip(_BLANK)
        broken = _LONE_BREAK.sub("", raw).replace("\x00", "\n")
        voice.text = unescaped(broken)
    # Words may stand before the first voice; a voice that says nothing is still one.
    said = found if found[0].text else found[1:]
    return said, marked


def _styled(payload: str) -> tuple[list[_Voice], bool]:
    text = _STYLING.sub("", payload).replace("\x00", "\ufffd")
    return [_Voice(text=text)] if text.strip() else [], text != payload
