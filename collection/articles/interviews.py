"""Articles that are one person's words throughout: interviews, and accounts as told to somebody.

Of an interview the answers are the account; the questions are its context.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import msgspec

from collection.articles.boxes import QUOTED
from collection.articles.dashes import spoken, spoken_by_clause
from collection.articles.document import ASIDE, BLOCK, BODY, HEADING, QUESTION, Paragraph
from collection.articles.doubts import AS_TOLD, INTERVIEW, UNNAMED
from collection.articles.introductions import introduced
from collection.articles.marks import quotations
from collection.articles.masthead import is_labelled
from collection.articles.naming import NAME
from collection.articles.subjects import first_subject
from collection.articles.words import tokens

if TYPE_CHECKING:
    from collections.abc import Sequence

    from collection.articles.document import Article
    from collection.articles.words import Words

_LABEL: Final = re.compile(
    r"\s*((?:[^\W\d_][\w.'’*-]*)(?: [^\W\d_][\w.'’*-]*){0,3})\s*[:：]\s+(?=\S)"
)
_FEWEST: Final = 2
"""Questions, and answers, that an interview has at least where they are labelled."""
_UNLABELLED: Final = 3
_SHARE: Final = 0.6
_SHARE_ASKED: Final = 0.22
"""The share of the paragraphs from the first question on that end with a question mark."""
"""The share of the paragraphs that labels, or questions and answers, make up."""
_INITIALS: Final = 3
_LONG_QUESTION: Final = 60
_DENSE: Final = 0.02
"""The share of the words that say I in an account, quotations left out."""
_TOLD_TO: Final = 0.008
"""The same where the article says that it was told to somebody."""
_DASH: Final = re.compile(r"\s*[—–-]\s*")
_LABELLED: Final = 4
"""Characters before an answer among which the colon of its label stands."""
_NOTES: Final = 2
"""Paragraphs at the end that may be notes."""
_REMARK: Final = 40
"""Words of the remark that says to whom an account was told."""


class Whole(msgspec.Struct, frozen=True):
    """An article that one person's words make up."""

    spans: tuple[tuple[int, int], ...]
    """The words, in the text of the article."""
    name: str = ""
    interviewer: str = ""
    doubt: str = ""
    context: tuple[tuple[int, int], ...] = ()
    """The questions, and what leads up to them."""
    questions: frozenset[int] = frozenset()
    """Where those of the context begin that are questions."""
    own: bool = False
    """Whether somebody wrote it down himself, so that nobody chose the words."""


def interview(article: Article, words: Words) -> Whole | None:
    """Read an article as an interview; none where it is another kind."""
    body = _body(article)
    return (
        _labelled(article, body, words)
        or _in_bold(article, body, words)
        or _alternating(article, body, words)
    )


def _body(article: Article) -> list[Paragraph]:
    return [one for one in article.paragraphs if one.kind in (BODY, BLOCK, QUESTION)]


# --- interviews --------------------------------------------------------------------------------


def _labelled(article: Article, body: Sequence[Paragraph], words: Words) -> Whole | None:
    """Read an interview whose speakers are labelled: `Q:`, `A:`, or by their names."""
    labels = [(one, _LABEL.match(one.text)) for one in body]
    counts = Counter(found[1].casefold() for _, found in labels if found)
    several = [label for label, count in counts.most_common(4) if count >= _FEWEST]
    if len(several) < 2 or sum(counts[label] for label in several) < _SHARE * len(body) / 2:
        return None
    asking = Counter[str]()
    for one, found in labels:
        if found and one.text.rstrip()[-1:] == "?":
            asking[found[1].casefold()] += 1
    known = [one for one in several if one in words.phrases.get("q", ())]
    asker = known[0] if known else max(several, key=lambda label: asking[label] / counts[label])
    if not known and asking[asker] * 2 < counts[asker]:
        return None
    answerers = [label for label in several if label != asker]
    answerer = max(answerers, key=lambda label: counts[label])
    spans, context = [], []
    questions = set()
    current, written = "", ""
    for one, found in labels:
        label = found[1].casefold() if found else ""
        if found and label in several:
            current = label
            written = found[1] if label == answerer else written
            start = one.start + found.end()
        else:
            start = one.start
        told = start == one.start and _is_report(one.text, written, words)
        if current == answerer and not told:
            spans.append((start, one.end))
        else:
            context.append((start, one.end))
            questions |= {start} if current and not told else set()
    name = "" if answerer in words.phrases.get("a", ()) else _spelt_out(written, article)
    asked = next((f[1] for _, f in labels if f and f[1].casefold() == asker), "")
    interviewer = "" if known else _spelt_out(asked, article)
    intro = _introduced(article, context, words)
    if name and (intro.split()[:1] == name.split()[:1] or name.split()[-1] in intro.split()):
        name = intro  # the introduction has the whole of it
    return Whole(
        tuple(spans), name or intro, interviewer, INTERVIEW, tuple(context), frozenset(questions)
    )


def _is_report(text: str, name: str, words: Words) -> bool:
    """Tell a paragraph without a label that tells of the person: `Her daughter was born`."""
    if words.firsts(text) or words.any("we", text):
        return False
    subject = first_subject(text, words)
    if subject is None:
        return False
    whose = words.has("possess", text.split(maxsplit=1)[0])
    about = subject.kind == NAME and subject.name.split()[0] in name.split()
    return whose or about


def _spelt_out(label: str, article: Article) -> str:
    """Find the name that initials stand for, in the head or what leads up; else nothing."""
    if not (label.isupper() and 1 < len(label) <= _INITIALS):
        return label
    name = r"\b" + " ".join(rf"({re.escape(letter)}[^\W\d_][\w'’-]*)" for letter in label)
    lines = [article.head.author, article.head.title, *(p.text for p in article.paragraphs[:6])]
    found = (re.search(name, line) for line in lines)
    return next((match[0] for match in found if match), "")


def _in_bold(article: Article, body: Sequence[Paragraph], words: Words) -> Whole | None:
    """Read an interview whose questions are printed in bold."""
    asked = [one for one in body if one.kind == QUESTION]
    asking = sum(one.text.rstrip()[-1:] == "?" for one in asked)
    if len(asked) < _UNLABELLED - 1 or asking < _SHARE * len(asked):
        return None
    return _from_questions(article, body, {one.start for one in asked}, words)


def _alternating(article: Article, body: Sequence[Paragraph], words: Words) -> Whole | None:
    """Read an interview by its question marks alone."""
    asked = {
        one.start
        for one, following in pairwise(body)
        if _asks(one.text) and not _asks(following.text)
    }
    dialogue = [one for one in body if _DASH.match(one.text)]
    if len(asked) >= _FEWEST and all(_DASH.match(one.text) for one in body if one.start in asked):
        if any(spoken_by_clause(one.text, words) for one in dialogue):
            return None
        return _from_questions(article, dialogue, asked, words, around=body)
    if len(asked) < _UNLABELLED:
        return None
    first = next(n for n, one in enumerate(body) if one.start in asked)
    rest = body[first:]
    if len(asked) < _SHARE_ASKED * len(rest):
        return None
    asked |= {one.start for one in rest if _prompts(one.text, words)}
    asked |= _before_answers(rest, asked)
    return _from_questions(article, body, asked, words)


def _before_answers(rest: Sequence[Paragraph], asked: set[int]) -> set[int]:
    """Find what stands before labelled answers and has no label: questions, however they end."""
    labels = {one.start: found[1] for one in rest if (found := _LABEL.match(one.text))}
    counts = Counter(label for start, label in labels.items() if start not in asked)
    answerer, count = next(iter(counts.most_common(1)), ("", 0))
    if count < _FEWEST or count < _SHARE * len(asked):
        return set()
    return {
        one.start
        for one, following in pairwise(rest)
        if one.start not in labels and labels.get(following.start) == answerer
    }


def _asks(text: str) -> bool:
    quoted = QUOTED.search(text[:1]) is not None
    return text.rstrip()[-1:] == "?" and len(text.split()) <= _LONG_QUESTION and not quoted


def _prompts(text: str, words: Words) -> bool:
    """Tell what an interviewer says without asking, as `You have spoken of that before.` is."""
    if len(text.split()) > _LONG_QUESTION // 2 or words.firsts(text) or words.any("we", text):
        return False
    return any(token in words.kinds.get("you", ()) for token in tokens(text)) and not QUOTED.search(
        text
    )


def _from_questions(
    article: Article,
    body: Sequence[Paragraph],
    asked: set[int],
    words: Words,
    around: Sequence[Paragraph] = (),
) -> Whole | None:
    spans, context = [], []
    questions = set()
    interviewer = name = ""
    inside = {one.start for one in body}
    begun, labelled = False, 0
    for one in around or body:
        if one.start not in inside:
            context.append((one.start, one.end))
            continue
        begun |= one.start in asked
        label = _LABEL.match(one.text)
        lead = label or _DASH.match(one.text)
        start = one.start + (lead.end() if lead else 0)
        if one.start in asked or not begun:
            start = start if one.start in asked else one.start
            context.append((start, one.end))
            if one.start in asked:
                questions.add(start)
                interviewer = interviewer or (label[1] if label else "")
            continue
        name = name or (label[1] if label else "")
        labelled += label is not None and label[1] == name
        spans.append((start if label is None or label[1] == name else one.start, one.end))
    known = name or _introduced(article, context, words)
    closing = _notes(article, spans, known, words, labels=2 * labelled > len(spans))
    context += closing
    spans = spans[: len(spans) - len(closing)]
    said = " ".join(article.text[start:end] for start, end in spans)
    if not spans or not words.firsts(said):
        return None
    if not interviewer:
        name = ""  # a colon within an answer
    name = name or _introduced(article, context, words)
    return Whole(tuple(spans), name, interviewer, INTERVIEW, tuple(context), frozenset(questions))


def _notes(
    article: Article,
    spans: Sequence[tuple[int, int]],
    name: str,
    words: Words,
    *,
    labels: bool = False,
) -> list[tuple[int, int]]:
    """Find the notes at the end, without I: how an account came about, what has no label."""
    found: list[tuple[int, int]] = []
    for start, end in reversed(spans[-_NOTES:] if len(spans) > _NOTES else ()):
        text = article.text[start:end]
        if words.firsts(text) or words.any("we", text):
            break
        remarks = any(words.says(kind, text) for kind in ("changed", "translated", "note"))
        answer = article.text[max(start - _LABELLED, 0) : start].rstrip().endswith((":", "："))
        if not remarks and not (name and _is_report(text, name, words)) and (answer or not labels):
            break
        found.insert(0, (start, end))
    return found


def _introduced(article: Article, context: Sequence[tuple[int, int]], words: Words) -> str:
    """Find the name of who is interviewed in what leads up to the questions, or the title."""
    for start, end in context[:4]:
        text = article.text[start:end]
        if text.rstrip()[-1:] == "?":
            continue
        found = first_subject(text, words)
        if found is not None and found.kind == NAME and not found.official:
            return f"{found.name}*" if found.starred else found.name
    head = {article.head.author, article.head.publisher}
    for start, end in context:
        piece = Paragraph(article.text[start:end])
        several = introduced(msgspec.structs.replace(article, paragraphs=(piece,)), (), words, bool)
        for found in () if piece.text.rstrip()[-1:] == "?" else several:
            if " " in found.name and found.name not in head:
                return f"{found.name}*" if found.starred else found.name
    return ""


# --- as told to --------------------------------------------------------------------------------


def as_told(article: Article, words: Words) -> Whole | None:
    """Read an account that one person gives from the first paragraph to the last."""
    head, body = article.head, _body(article)
    remark, interviewer = _remark(article, words)
    lead = _leading(body, remark)
    spans = [one for one in body if one is not remark and one not in lead]
    if not spans or any(spoken(one.text, words) for one in spans):
        return None
    bare = _without_quotations(article, spans, words)
    total = sum(len(text.split()) for text in bare)
    said = sum(map(words.firsts, bare))
    saying = sum(words.firsts(text) > 0 for text in bare)
    least = _TOLD_TO if remark is not None else _DENSE
    if total < 40 or said < least * total or 2 * saying < len(spans):
        return None
    name = _teller(article, [remark, *lead] if remark is not None else [], interviewer, words)
    closing = _notes(article, [(one.start, one.end) for one in spans], name, words)
    if not name and closing:
        name = re.sub(r"['’]s$", "", _introduced(article, closing, words))  # `Ida’s name has been`
    spans = spans[: len(spans) - len(closing)]
    around = [one for one in article.paragraphs if one is remark or one in lead]
    context = (*((one.start, one.end) for one in around), *closing)
    doubt = AS_TOLD if name else f"{AS_TOLD} {UNNAMED}"
    if not name and not interviewer:
        name = head.author
    own = remark is None and not interviewer and name in ("", head.author)
    taken = tuple((one.start, one.end) for one in spans)
    return Whole(taken, name, interviewer, doubt, context, own=own)


def _leading(body: Sequence[Paragraph], remark: Paragraph | None) -> list[Paragraph]:
    """Give the short paragraphs above the remark: a title, and who it is that tells."""
    if remark is None:
        return []
    above = [one for one in body if one.start < remark.start]
    short = all(len(one.text.split()) <= _REMARK for one in above)
    return above if short and len(above) <= _NOTES else []


def _without_quotations(
    article: Article, paragraphs: Sequence[Paragraph], words: Words
) -> list[str]:
    """Give what paragraphs say outside quotation marks."""
    quoted: dict[int, list[tuple[int, int]]] = {}
    for said in quotations(article, words):
        quoted.setdefault(article.paragraphs[said.paragraph].start, []).append(said.outer)
    found = []
    for one in paragraphs:
        pieces, at = [], one.start
        for start, end in quoted.get(one.start, ()):
            pieces.append(article.text[at:start])
            at = end
        found.append(" ".join([*pieces, article.text[at : one.end]]))
    return found


def _remark(article: Article, words: Words) -> tuple[Paragraph | None, str]:
    """Find the line that says to whom an account was told."""
    for one in article.paragraphs:
        if len(one.text.split()) > _REMARK or QUOTED.search(one.text):
            continue
        plain = one.text.casefold().replace("’", "'")
        for phrase in words.phrases.get("told", ()):
            at = plain.find(phrase)
            if at < 0 or (at and plain[at - 1].isalnum()):
                continue
            behind = one.text[at + len(phrase) :].lstrip(" :—–-")
            named = first_subject(behind, words)
            if named is not None and named.kind == NAME:
                return one, named.name
            if one.kind in (ASIDE, HEADING) or len(one.text.split()) < 15:
                return one, ""
    return None, ""


def _teller(article: Article, remarks: Sequence[Paragraph], interviewer: str, words: Words) -> str:
    """Find whose account it is: `Anna Petrova, as told to Jo Tanner`."""
    lines = [remark.text for remark in remarks]
    lines += [one.text for one in article.paragraphs if one.kind in (ASIDE, HEADING)][:6]
    for line in lines:
        if is_labelled(line) or QUOTED.search(line[:1]):
            continue
        plain = line.casefold()
        at = min((plain.find(p) for p in words.phrases["told"] if p in plain), default=len(plain))
        by = re.match(r"\s*(?:by|von|par|por)\s+", line, re.IGNORECASE)
        found = first_subject(line[by.end() if by else 0 : at], words) if at else None
        named = found is not None and found.kind == NAME and found.name != interviewer
        if found is not None and named and (line is not article.head.title or found.starred):
            if line == article.head.title and not found.nouns and not found.starred:
                continue
            if by and not interviewer and not remarks:
                continue
            return f"{found.name}*" if found.starred else found.name
    return ""
