from __future__ import annotations

import datetime
import json
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from collection.access import MASK, ended_embargoes, gate, left_out, public_record, tells_name
from collection.striking import BAR
from collection.testimony import (
    PARTS,
    Access,
    Medium,
    Narrator,
    Restriction,
    Source,
    Testimony,
    Turn,
)
from tests.collection.strategies import records

SECRET = "Zxqvsecret"
SEALS = [
    Restriction("restricted"),
    Restriction("embargoed", "1999-01-01"),
    Restriction("embargoed", "2999-01-01"),
    Restriction("embargoed"),
    Restriction("private"),
    Restriction("a level of the future"),
]


def _testimony(**values: Any) -> Testimony:
    return Testimony(**{"id": "t-1", "title": "A title", "account": "An account."} | values)


def _dump(testimony: Testimony) -> str:
    return json.dumps(public_record(gate(testimony)), ensure_ascii=False)


def _sealed(part: str, seal: Restriction) -> Testimony:
    """Say the secret wherever a sealed part, or what goes with it, can hold it."""
    values: dict[str, dict[str, Any]] = {
        "record": {
            "title": SECRET,
            "account": SECRET,
            "context": SECRET,
            "themes": [SECRET],
            "keywords": [SECRET],
            "places": [SECRET],
            "interview_place": SECRET,
            "interviewers": [SECRET],
            "present": [SECRET],
            "translators": [SECRET],
            "source": SECRET,
            "rights": SECRET,
            "licence": SECRET,
            "language": SECRET,
            "date": SECRET,
            "period": SECRET,
            "media": [Medium(SECRET)],
            "turns": [Turn(0, SECRET)],
            "narrator": Narrator(SECRET, "", SECRET),
            "by": SECRET,
        },
        "name": {
            "narrator": Narrator(SECRET, "real"),
            "title": f"{SECRET} speaks",
            "account": f"I am {SECRET}.",
            "turns": [Turn(0, SECRET)],
            "media": [Medium(f"{SECRET}.mp3")],
        },
        "account": {"account": SECRET, "turns": [Turn(0, SECRET)]},
        "context": {"context": SECRET},
        "media": {"media": [Medium(SECRET, SECRET, SECRET, SECRET)]},
    }
    return _testimony(
        **values[part], notes=SECRET, extra={"copy": SECRET}, access=Access(**{part: seal})
    )


@pytest.mark.parametrize("seal", SEALS, ids=lambda seal: f"{seal.level} {seal.until}")
@pytest.mark.parametrize("part", PARTS)
def test_nothing_of_what_is_sealed_comes_through(part: str, seal: Restriction) -> None:
    testimony = _sealed(part, seal)
    assert SECRET.casefold() not in _dump(testimony).casefold()
    assert SECRET not in repr(gate(testimony))
    assert SECRET not in left_out([gate(testimony)])


@given(records(levels=st.just("private"), title="Alone", id="t-1"))
def test_of_a_sealed_record_only_its_terms_are_left(testimony: Testimony) -> None:
    gated = gate(testimony)
    assert gated.sealed
    assert gated.testimony == Testimony(
        id="t-1",
        title=MASK,
        account=MASK,
        access=gated.testimony.access,
        revision=testimony.revision,
    )
    assert [getattr(gated.testimony.access, p).level for p in PARTS] == ["private"] * 5
    assert set(public_record(gated)) == {"id", "access"}


@given(records())
def test_private_is_the_same_object(testimony: Testimony) -> None:
    gated = gate(testimony, private=True)
    assert gated.testimony is testimony
    assert (gated.sealed, gated.withheld, gated.struck) == (False, (), ())


def test_what_is_open_is_the_same_object() -> None:
    testimony = _testimony(narrator=Narrator("Anna Nagy", "real", "Anna Nagy"))
    assert gate(testimony).testimony is testimony
    assert left_out([gate(testimony)]) == ""


@given(records())
def test_the_gate_passed_twice_gives_the_same(testimony: Testimony) -> None:
    once = gate(testimony)
    if not once.sealed:
        assert len(once.testimony.account) in (len(testimony.account), len(MASK))
        assert once.testimony.date.latest == testimony.date.latest
        assert once.testimony.access.account == msgspec.structs.replace(
            testimony.access.account, reason=once.testimony.access.account.reason
        )


# --- names struck out --------------------------------------------------------------------------

KOVACS = Narrator("Anna", "pseudonym", "János Kovács")


@pytest.mark.parametrize(
    "said",
    [
        "Kovács",
        "KOVÁCS",
        "Kovacs",
        "kovács",
        "Kovács's",
        "Kovács’s",
        "Kovácsnak",
        "Kováccsal",
        "Kova\u0301cs",
        "Ｋｏｖａｃｓ",
        "Ko\u00advács",
        "Ko\u200bvács",
        "kovacs@posta.hu",
        "http://voices.org/jkovacs/1",
        "interview_kovacs.mp3",
        "KovácsJános",
        "kovacsjanos",
        "János",
        "Jánosé",
        "d'Kovács",
    ],
)
def test_a_name_is_struck_out_however_it_is_written(said: str) -> None:
    places: dict[str, Any] = {
        "title": f"About {said}, once",
        "account": f"They called: {said}! And {said}.",
        "context": said,
        "interview_place": said,
        "rights": said,
        "keywords": [said],
        "themes": [said],
        "present": [said],
        "source": Source(said, said),
        "turns": [Turn(3, said)],
        "media": [Medium(said, said)],
        "extra": {said: [{"deep": said}]},
        "places": [said],
        "access": Access(media=Restriction("open", None, f"{said} asked")),
        "date": said,
    }
    testimony = _testimony(narrator=KOVACS, **places)
    gated = gate(testimony)
    told = json.dumps(public_record(gated), ensure_ascii=False)
    assert BAR in told
    for piece in (said, "ovács", "ovacs", "OVÁCS", "ános", "Kova"):
        assert piece not in told, piece
    assert len(gated.testimony.account) == len(testimony.account)
    assert gated.testimony.account.startswith("They called: ")
    assert gated.testimony.narrator == Narrator("Anna", "pseudonym")
    assert set(gated.struck) >= {"title", "account", "turns", "media", "extra", "access"}


@pytest.mark.parametrize(
    ("name", "text", "left"),
    [
        ("משה כהן", "ראיתי את משה ואת לכהן וכהן", "ראיתי את ███ ואת ████ ████"),
        ("משה כהן", "כֹּהֵן", "██████"),
        ("أحمد علي", "قال احمد لعلي", "قال ████ ████"),
        ("金正恩", "他见了金正恩，正恩笑了，金先生走了", "他见了███，██笑了，█先生走了"),
        ("李 明", "我叫李明。李明说", "我叫██。██说"),
        ("김철수", "저는 김철수입니다. 철수는", "저는 ███입니다. ██는"),
        ("山田太郎", "私は山田です", "私は██です"),
        ("Wei Li", "Li went with Ms Li's son, and Wei", "██ went with Ms ████ son, and ███"),
        ("Li", "he liked it, li and wali", "he liked it, li and wali"),
        ("Jan de Vries", "De man, Jan, at de Vries", "De man, ███, at de █████"),
        ("jános kovács", "Kovács came", "██████ came"),
        ("Will Rose", "we will see the rose; Will, Rose", "we will see the rose; ████, ████"),
        ("Müller", "Mueller, Muller, MÜLLER", "███████, ██████, ██████"),
        ("Anna Kowalska", "Kowalskiej, Annę, Anny", "██████████, ████, ████"),
        ("O'Brien", "O’Brien and Brien", "███████ and █████"),
        ("174517", "my number is 174517, not 1745170", "my number is ██████, not 1745170"),
        ("გიორგი", "მე ვარ გიორგი", "მე ვარ ██████"),
        ("Иванова", "Ивановой, иванову", "████████, ███████"),
        ("Ó", "Ó said", "Ó said"),
        ("rose li", "the rose, li", "the ████, ██"),
        ("Autumn", "in autumn, AuTumn came", "in autumn, ██████ came"),
        ("⑴⑵⑶⑷ (x", "⑴⑵⑶⑷", "████"),
    ],
)
def test_names_of_many_scripts(name: str, text: str, left: str) -> None:
    testimony = _testimony(narrator=Narrator("Oleg", "pseudonym", name), account=text)
    assert gate(testimony).testimony.account == left


def test_the_words_of_a_pseudonym_are_not_struck() -> None:
    testimony = _testimony(
        narrator=Narrator("Anna Berg", "pseudonym", "Anna Kovács"), account="Anna Berg, Anna Kovács"
    )
    gated = gate(testimony)
    assert gated.testimony.account == "Anna Berg, Anna ██████"
    assert gated.struck == ("account",)


def test_codes_of_ours_and_numbers_are_not_struck() -> None:
    testimony = _testimony(
        narrator=Narrator("Anna", "", "Open Resolved 1944"),
        places=["x"],
        date="1944",
        extra={"year": 1944, "flag": True},
        consent=msgspec.convert({"status": "documented"}, type(_testimony().consent)),
    )
    seen = gate(testimony).testimony
    assert (seen.date.edtf, seen.date.earliest, seen.date.text) == ("1944", "1944-01-01", BAR * 4)
    assert seen.access.record.level == "open"
    assert seen.extra == {"year": BAR * 4, "flag": True}


def test_values_of_the_narrator_that_nobody_knows_go_with_the_name() -> None:
    testimony = _testimony(narrator=KOVACS, extra={"narrator.telephone": "555", "mood": "calm"})
    assert "555" not in _dump(testimony)


@given(st.text(st.characters(categories=["Lu", "Ll", "Lo"]), min_size=4, max_size=10))
def test_no_name_of_four_letters_survives(name: str) -> None:
    testimony = _testimony(
        narrator=Narrator("", "", name), account=f"a {name} b", title=f"«{name}»", keywords=[name]
    )
    seen = gate(testimony).testimony
    assert name not in (seen.account + seen.title + seen.keywords[0])
    assert len(seen.account) == len(testimony.account)


def test_a_long_text_without_spaces_takes_no_time() -> None:
    testimony = _testimony(narrator=KOVACS, account="漢" * 300_000 + "x" * 300_000)
    assert gate(testimony).testimony.account == testimony.account


def test_an_identifier_that_tells_the_name_is_found() -> None:
    assert tells_name(_testimony(id="kovacs-1944", narrator=KOVACS))
    assert not tells_name(_testimony(id="t-1944", narrator=KOVACS))


# --- what is said of it ------------------------------------------------------------------------


def test_embargoes_that_ended_are_told_and_stay() -> None:
    day = datetime.date(2025, 1, 1)
    access = Access(
        record=Restriction("embargoed", "2024-12-31"),
        account=Restriction("embargoed", "2025-01-01"),
        media=Restriction("embargoed", "2025-01-02"),
        context=Restriction("embargoed"),
        name=Restriction("private", "2020-01-01"),
    )
    testimony = _testimony(access=access)
    assert ended_embargoes(testimony, day) == ["record", "account"]
    assert gate(testimony).sealed


def test_what_was_left_out_is_counted() -> None:
    sealed = gate(_testimony(access=Access(record=Restriction("private"))))
    noted = gate(_testimony(notes="x", narrator=KOVACS, account="Kovács"))
    assert left_out([sealed, sealed, noted]) == (
        "Left out as private: 2 sealed testimonies, 1 private note, 1 real name, 1 text with a name struck out. --private includes them."
    )
