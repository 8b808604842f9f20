"""Which quotations belong together, which are speech at all, and whom each clause names.

What is found here is what the article's own words say; `speakers.py` tells who is meant.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import msgspec

from collection.articles.document import BLOCK
from collection.articles.gaps import WINDOW, Gaps
from collection.articles.marks import Quotation  # of a field
from collection.articles.naming import DESCRIBED, MANY, NAME, PRONOUN, TACIT, Subject
from collection.articles.nouns import Token, is_first_name, tokenised
from collection.articles.sentences import sentences
from collection.articles.subjects import first_subject, subject_after, subject_before
from collection.articles.words import parts, tokens

if TYPE_CHECKING:
    from collections.abc import Sequence

    from collection.articles.document import Article
    from collection.articles.words import Words

SAID: Final = "said"
"""A clause with a verb of speech, or a colon, names the speaker."""
BESIDE: Final = "beside"
"""The sentence before or behind names somebody who may be the speaker."""
_PLURALS: Final = {
    "es": ("an", "on", "en"),
    "pl": ("li", "ły", "ją"),
    "ru": ("ли", "ют", "ят", "ут"),
    "uk": ("ли", "ють", "ять"),
}
"""What verbs end with that say `they`."""
_TACIT: Final = frozenset(("es", "pl", "ru", "uk"))
"""The languages whose verbs need no subject."""
_AT_ONCE: Final = 5
"""Characters behind a quotation within which a clause of it begins."""
_CLAUSE: Final = 200
"""Characters between two parts of one quotation at most."""
_PART: Final = 7
"""From so many words a part of a sentence of the report is speech in its own right."""
_FRAGMENT: Final = 4
"""From so many words it is told whose they are, if somebody's who speaks elsewhere."""
_BANNER: Final = 12
"""Words that a banner has at most."""
_TITLE: Final = 6
_SENTENCE_ENDS: Final = ".!?…"
_ALONE: Final = re.compile(r"\s?[,—–-]\s*\w+\s*[.,]?\s*")
"""One word behind a quotation: a verb, whatever it is."""


class Clause(msgspec.Struct, frozen=True):
    """What a clause says of who speaks."""

    subject: Subject
    how: str
    at: int
    """Where it stands in the text of the article."""
    gender: str = ""
    """As the verb says it."""
    statement: bool = False
    """Whether it speaks of a statement or a report."""


class Utterance(msgspec.Struct):
    """Quotations that are one: parted by `he said`, or by the end of a paragraph."""

    pieces: list[Quotation]
    clause: Clause | None = None
    partial: bool = False
    """Whether it is part of a sentence of the report."""
    fragment: bool = False
    """Whether it is only a few words of one, which count where the person speaks elsewhere."""

    @property
    def start(self) -> int:
        """Where its first words stand."""
        return self.pieces[0].start

    @property
    def end(self) -> int:
        """Where its last words end."""
        return self.pieces[-1].end


def utterances(
    article: Article, found: Sequence[Quotation], words: Words
) -> tuple[list[Utterance], list[Quotation]]:
    """Put the parts of quotations together, and read the clauses beside them.

    Returns:
        the utterances in order; and the quotations that are none, but a few words taken up.
    """
    gaps = Gaps(article, found)
    made: list[Utterance] = []
    left: list[Quotation] = []
    previous = -1  # the quotation before, where it is speech
    for n, one in enumerate(found):
        joined = bool(made) and previous == n - 1 and _goes_on(gaps, n, words)
        partial = not (joined or one.continued) and _is_part(gaps, n, words)
        if partial and not _is_speech(gaps.words(n), words):
            clause = _clause(gaps, n, words) if _may_count(gaps.words(n)) else None
            if clause is not None and clause.how == SAID and not clause.statement:
                made.append(Utterance([one], clause, partial=True, fragment=True))
            else:
                left.append(one)
            continue
        clause = _clause(gaps, n, words)
        if not joined and not one.continued and _is_written(gaps, n, clause, words):
            left.append(one)
            continue
        previous = n
        if joined and clause and clause.how == SAID and _is_anew(gaps, n):
            joined = False
        if (joined or one.continued) and made:
            last = made[-1]
            last.pieces.append(one)
            if clause and (last.clause is None or last.clause.how == BESIDE != clause.how):
                last.clause = clause
            continue
        made.append(Utterance([one], clause, partial))
    return made, left


def _goes_on(gaps: Gaps, n: int, words: Words) -> bool:
    """Tell whether only `he said` parts a quotation from the one before."""
    one, before = gaps.found[n], gaps.found[n - 1]
    if before.paragraph != one.paragraph:
        return False
    _, gap = gaps.before(n)
    if len(gap) > _CLAUSE or len(sentences(gap.strip(" ,"))) > 1 or gap.rstrip().endswith(":"):
        return False
    return _says(gap, words)


def _is_anew(gaps: Gaps, n: int) -> bool:
    """Tell whether a quotation that has a clause of its own begins a sentence."""
    _, gap = gaps.before(n)
    return gaps.words(n - 1)[-1:] in _SENTENCE_ENDS or gap.rstrip()[-1:] in _SENTENCE_ENDS


def _says(text: str, words: Words) -> bool:
    says = words.kinds["say"]
    return any(part in says for word in tokens(text) for part in parts(word))


def _is_part(gaps: Gaps, n: int, words: Words) -> bool:
    """Tell words that the report takes up in a sentence of its own from a quotation."""
    said = gaps.words(n)
    _, before = gaps.before(n)
    _, after = gaps.after(n)
    lead = before.rstrip(" \n\t`")
    spoken = lead.rstrip(" ,:—–-")
    # `Oleg said “I left”`: what a verb of speech or a stop leads up to is said.
    last = tokens(spoken[-60:])[-1:]
    led = lead.endswith((":", "—", "–")) or (
        bool(last) and any(words.has("say", part) for part in parts(last[0]))
    )
    if lead.endswith(",") and (_says(before, words) or words.says("per", before)):
        led = True
    begins = lead in ("", "-") or lead.endswith((".", "!", "?", "…", "”", "»", "“", '"', ")"))
    capital = (
        _first_letter(said).isupper() or said[:1] in "…¿¡" or not _first_letter(said).isalpha()
    )
    ended = said[-1:] in ".!?…,;—–" or after[:1] in ".!?…"
    if begins and capital:
        clause = _first_sentence(after)
        if ended or not after.strip():
            return False
        return not (_says(clause, words) or after.lstrip()[:1] in ",—–-")
    if capital and led:
        return False
    if not capital and led and not begins:
        return len(said.split()) < 4 and said[-1:] not in ".!?…,"
    if begins and not capital:
        return not (after.lstrip()[:1] in ",—–-." or _says(_first_sentence(after), words))
    # `He called it a “Help Point” then`
    return not (capital and said[-1:] in _SENTENCE_ENDS and len(said.split()) > _TITLE)


def _first_letter(text: str) -> str:
    return next((c for c in text if c.isalnum()), "")


def _first_sentence(text: str) -> str:
    spans = sentences(text)
    return text[spans[0][0] : spans[0][1]] if spans else ""


def _is_speech(text: str, words: Words) -> bool:
    """Tell a part of a sentence that is so long, and so much somebody's own, that it counts."""
    return len(text.split()) >= _PART and (words.firsts(text) > 0 or words.any("we", text))


def _is_written(gaps: Gaps, n: int, clause: Clause | None, words: Words) -> bool:
    """Tell what stands on a banner or a wall, which the sentence before names, from speech."""
    if clause is not None and clause.how == SAID and clause.at >= gaps.found[n].end:
        return False
    _, before = gaps.before(n)
    spans = sentences(before)
    lead = before[spans[-1][0] :] if spans else ""
    whole = lead.rstrip()[-1:] in _SENTENCE_ENDS
    short = len(gaps.words(n).split()) <= _BANNER
    return short and not whole and words.any("written", lead) and not _says(lead, words)


def _may_count(text: str) -> bool:
    """Tell a few words that say something from a term that is only named."""
    return len(text.split()) >= _FRAGMENT and not text[:1].isupper()


def _clause(gaps: Gaps, n: int, words: Words) -> Clause | None:
    """Read the clause that says who speaks a quotation."""
    said = gaps.words(n)
    at, after = gaps.after(n)
    spans = sentences(after)
    first = after[: spans[0][1]] if spans else ""
    anew = said[-1:] in ".…" and after[:1].isspace() and after.lstrip()[:1].isupper()
    leads_on = first.rstrip().endswith(":") or (len(spans) == 1 and after.rstrip().endswith(":"))
    if first.strip() and not (anew and leads_on):
        found = _spoken_by(first, words, at, behind=True, anew=anew)
        if found:
            return found
    start, before = gaps.before(n)
    spans = sentences(before)
    if spans:
        begin, end = spans[-1]
        lead = before[begin:end]
        whole = lead.rstrip()[-1:] in _SENTENCE_ENDS
        if not whole and (found := _spoken_by(lead, words, start + begin, behind=False)):
            return found
        follows = n > 0 and gaps.found[n - 1].paragraph == gaps.found[n].paragraph
        # Behind a quotation the first sentence says who spoke that one.
        if whole and not (follows and len(spans) == 1):
            if found := _spoken_by(lead, words, start + begin, behind=False):
                return found
            if subject := first_subject(lead, words):
                return Clause(subject, BESIDE, start + begin)
    if anew and not leads_on and first.strip() and (subject := first_subject(first, words)):
        return Clause(subject, BESIDE, at)
    return None


def _spoken_by(
    clause: str, words: Words, at: int, *, behind: bool, anew: bool = False
) -> Clause | None:
    """Read a clause with a verb of speech, or one that a colon or a dash makes one."""
    found = tokenised(clause[:WINDOW] if behind else clause)
    statement = words.says("statement", clause)
    lead = clause.lstrip(" ,.—–-\u00a0").casefold()
    whole = not behind and clause.rstrip()[-1:] in _SENTENCE_ENDS
    for phrase in () if whole else words.phrases.get("per", ()):
        if phrase in lead:
            place = clause.casefold().index(phrase) + len(phrase)
            rest = clause[place:]
            subject = first_subject(rest, words)
            if subject:
                return Clause(subject, SAID, at + place, statement=statement)
    verbs = [
        n for n, token in enumerate(found) if _is_verb(token.low, n, behind=behind, words=words)
    ]
    if whole:
        # Behind `I asked him why.` stands the answer.
        verbs = [n for n in verbs if not words.has("asks", found[n].text)]
    for n in verbs if behind else reversed(verbs):
        subject = _of_verb(clause, found, n, words)
        if subject:
            gender = verb_gender(found[n].low, words.language)
            return Clause(subject, SAID, at + found[n].start, gender, statement)
    if verbs and behind and not anew and words.language in _TACIT:
        # `– dodaje.`
        if found[verbs[0]].low.endswith(_PLURALS[words.language]):
            return Clause(Subject(MANY), SAID, at + found[verbs[0]].start)
        gender = verb_gender(found[verbs[0]].low, words.language)
        return Clause(Subject(TACIT), SAID, at + found[verbs[0]].start, gender)
    alone = len(found) == 1 and found[0].text.islower() and _ALONE.fullmatch(clause) is not None
    if behind and not verbs and not anew and alone and words.language in _TACIT:
        # `», protesta.`
        return Clause(Subject(TACIT), SAID, at, verb_gender(found[0].low, words.language))
    if behind and not verbs and not anew and found and (found[0].start < _AT_ONCE):
        # `“…,” she shrugs`, `„…“, brummt Böhme`: whatever the verb is, the clause has one.
        subject = _of_any_verb(clause, found, words)
        if subject:
            return Clause(subject, SAID, at, statement=statement)
    stripped = clause.strip()
    if not behind and stripped.endswith(":") and (subject := _before_colon(clause, words)):
        # On a poster anything may stand.
        unknown = subject.kind == DESCRIBED and not subject.nouns
        subject = msgspec.structs.replace(subject, official=True) if unknown else subject
        return Clause(subject, SAID, at, statement=statement)
    signed = re.match(r"\s*[—–(-]+\s*(?=[^\W\d_])", clause)
    if behind and signed and not anew and len(stripped) < 100:
        rest = clause[signed.end() :]
        if rest[:1].isupper() and (subject := first_subject(rest, words)):
            return Clause(subject, SAID, at + signed.end(), statement=statement)
    return None


def _before_colon(clause: str, words: Words) -> Subject | None:
    """Read whom a clause without a verb of speech names that leads up to a quotation."""
    subject = first_subject(clause, words)
    if subject is None or subject.kind != NAME or " " in subject.name or subject.nouns:
        return subject
    # `Ida, 24: “…”`, but not `Beside it: “…”` in whatever language.
    behind = clause[subject.start + len(subject.name) :].lstrip("*")[:2].lstrip()
    known = subject.starred or is_first_name(subject.name)
    return subject if known or behind[:1] in (":", ",", "(") else None


def _of_any_verb(clause: str, found: Sequence[Token], words: Words) -> Subject | None:
    """Read the subject of a clause behind a quotation whose verb the tables do not know."""
    first = found[0]
    if inverted := _inverted(first, words):
        return inverted  # `tranche-t-elle`
    kinds = ("prep", "and", "who", "aux", "det", "he", "she")
    opens = first.text[:1].islower() and not any(words.has(kind, first.text) for kind in kinds)
    if opens and words.language != "en":
        subject = subject_after(clause, found, 0, words)
        return subject if subject and (subject.kind != DESCRIBED or subject.nouns) else None
    comma = clause[: first.start].strip()[:1] in ("", ",", "—", "–")
    if not comma or len(found) < 2 or first.low in ("which", "that"):
        return None
    subject = first_subject(clause, words)
    if subject is None or subject.start > first.start or subject.kind == DESCRIBED:
        return None
    return subject


def _is_verb(low: str, place: int, *, behind: bool, words: Words) -> bool:
    if low == "so" and words.language == "de":
        return behind and place == 0
    return any(words.has("say", part) for part in parts(low))


def _of_verb(clause: str, found: Sequence[Token], n: int, words: Words) -> Subject | None:
    """Read the subject of a verb of speech, before it or behind it."""
    if inverted := _inverted(found[n], words):
        return inverted
    before = subject_before(clause, found, n, words)
    if before:
        return before
    if found[n].low == "told":
        return None
    return subject_after(clause, found, n, words)


def _inverted(verb: Token, words: Words) -> Subject | None:
    """Read the pronoun that a hyphen joins to a verb: `dit-elle`, `raconte-t-il`."""
    for part in parts(verb.low)[1:]:
        for kind, gender in (("she", "f"), ("he", "m")):
            if words.has(kind, part):
                return Subject(PRONOUN, gender=gender, start=verb.start)
    return None


def verb_gender(low: str, language: str) -> str:
    """Tell from a verb in the past whether a woman or a man spoke, where the language says it."""
    if language == "ru":
        if low.endswith(("ла", "лась")):
            return "f"
        return "m" if low.endswith(("л", "лся")) else ""
    if language == "uk":
        if low.endswith(("ла", "лась", "лася")):
            return "f"
        return "m" if low.endswith(("в", "вся", "вся")) else ""
    if language == "pl":
        if low.endswith(("ła", "łam")):
            return "f"
        return "m" if low.endswith("ł") else ""
    return ""


def signature(article: Article, utterance: Utterance, words: Words) -> Clause | None:
    """Read who signs a quotation that is set off: the paragraph behind it, `— Anna, Kyiv`."""
    last = utterance.pieces[-1].paragraph
    if last + 1 >= len(article.paragraphs) or article.paragraphs[last].kind != BLOCK:
        return None
    following = article.paragraphs[last + 1]
    signed = re.match(r"[—–-]\s*", following.text)
    if signed is None or len(following.text) > 100:
        return None
    subject = first_subject(following.text[signed.end() :], words)
    if subject and "(@" in following.text and not is_first_name(subject.name):
        subject = msgspec.structs.replace(subject, official=True)  # `— Press office (@office)`
    return Clause(subject, SAID, following.start) if subject else None
