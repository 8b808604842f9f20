"""Duplicates: an entry that nearly equals a testimony is told, and nothing else is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from collection import Collection, Testimony
from collection.alike import alike
from collection.folding import words
from collection.testimony import Access, Restriction

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ACCOUNT = (
    "We set out for Kazakhstan on the evening of the twenty-first, my brother and I, with one bag. "
    "At the border there were cars for nine kilometres. A woman walked along them and sold tea, "
    "and asked for nothing when somebody had no money left. In the morning we went on by foot."
)
OTHER = (
    "The winter in the ghetto was the coldest that anybody remembered. My mother sold her coat "
    "for two loaves of bread, and after that she did not leave the house until the spring came."
)


@pytest.fixture
def voices(tmp_path: Path) -> Iterator[Collection]:
    with Collection.open(tmp_path / "voices.json") as collection:
        collection.add(
            Testimony(id="flight", title="Nine kilometres", account=ACCOUNT, date="September 2022")
        )
        collection.add(Testimony(id="winter", title="The coat", account=OTHER, date="1942"))
        yield collection


def entry(**values: str) -> Testimony:
    return Testimony(**{"title": "Something else", "account": "A new account."} | values)


@pytest.mark.parametrize(
    ("account", "why"),
    [
        (ACCOUNT, "the same account"),
        (ACCOUNT.replace(". ", ".\n\n"), "the same account"),
        (ACCOUNT.replace("'", "’").replace("-", "–"), "% of the account"),
        (ACCOUNT.replace("one bag", "a bag").replace("tea", "coffee"), "% of the account"),
        (ACCOUNT + " " + OTHER[:60], "% of the account"),
        (ACCOUNT[: len(ACCOUNT) * 2 // 3], "% of the account"),
        ("We set out for Kazakhstan, and nothing else is as it was there.", ""),
        ("", ""),
        ("Yes.", ""),
    ],
)
def test_accounts_are_compared_by_their_passages(
    voices: Collection, account: str, why: str
) -> None:
    found = voices.alike(entry(account=account))
    assert [one.id for one in found] == (["flight"] if why else [])
    assert all(why in one.why for one in found)


@pytest.mark.parametrize(
    ("title", "date", "is_told"),
    [
        ("Nine kilometres", "September 2022", True),
        ("Nine kilometers", "2022-09", True),
        ("Nine kilometres", "1942", False),
        ("Nine kilometres", "", False),
        ("Nine days", "September 2022", False),
    ],
)
def test_a_title_counts_with_the_same_date(
    voices: Collection, title: str, date: str, is_told: bool
) -> None:
    found = voices.alike(entry(title=title, date=date))
    assert [one.id for one in found] == (["flight"] if is_told else [])


def test_a_testimony_is_not_alike_to_itself(voices: Collection) -> None:
    assert voices.alike(voices.get("flight")) == []


@pytest.mark.parametrize("part", ["account", "record"])
def test_what_is_sealed_is_not_laid_open_a_second_time(voices: Collection, part: str) -> None:
    voices.revise("flight", access=Access(**{part: Restriction("private")}))
    (found,) = voices.alike(entry(account=ACCOUNT))
    assert (found.id, found.why) == ("flight", "the words that are sealed in it")
    # Of a few words, or of a title, nothing is told: they could be guessed.
    assert voices.alike(entry(account="We set out for Kazakhstan")) == []
    told = voices.alike(entry(title="Nine kilometres", date="September 2022"))
    assert [one.id for one in told] == (["flight"] if part == "account" else [])
    voices.reveal(private=True)
    assert [one.why for one in voices.alike(entry(account=ACCOUNT))] == ["the same account"]


def test_short_accounts_are_alike_only_when_they_are_the_same(voices: Collection) -> None:
    voices.add(Testimony(id="short", title="t", account="No comment."))
    assert [one.id for one in voices.alike(entry(account="No  comment"))] == ["short"]


@pytest.mark.parametrize(
    "account",
    ["No.", "A: Yes, I did.\nB: No!\n" * 40, "河结了冰，我们走到对岸，母亲说，不要怕。" * 30],
    ids=["one word", "short turns", "few blanks"],
)
def test_other_accounts_are_told_apart_at_a_look(
    account: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    records = [msgspec.structs.replace(entry(account=ACCOUNT * 9), id=n) for n in "abc"]
    looked: list[str] = []

    def counted(text: str) -> list[str]:
        looked.append(text)
        return words(text)

    monkeypatch.setattr("collection.alike.words", counted)
    assert alike(entry(account=account, date="1"), records) == []
    assert ACCOUNT * 9 not in looked


@given(st.text(), st.text())
def test_any_two_texts_can_be_compared(one: str, other: str) -> None:
    known = msgspec.structs.replace(entry(account=one), id="a")
    for found in alike(entry(account=other, date="1"), [known]):
        assert 0 <= found.share <= 1
