from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collection import Collection, Testimony
from collection.beginning import from_text
from collection.testimony import Access, Consent, Narrator, Restriction, Source

if TYPE_CHECKING:
    from pathlib import Path


def test_a_testimony_begins_like_another(tmp_path: Path) -> None:
    with Collection.open(tmp_path / "voices.json") as voices:
        one = voices.add(
            Testimony(
                title="Snow",
                account="It snowed.",
                narrator=Narrator("Oleg*", "pseudonym", "Ivan"),
                interviewers=["Ada"],
                date="1943",
                places=["Terezín"],
                interview_place="Praha",
                themes=["Hunger"],
                language="cs",
                source=Source("p. 3", "https://x", "Coll", "Series", "Archive"),
                consent=Consent("documented"),
                access=Access(account=Restriction("private")),
                notes="private",
                extra={"a": 1},
            )
        )
        begun = voices.begin_like(one.id)
        assert begun == Testimony(
            title="",
            account="",
            interviewers=["Ada"],
            places=one.places,
            interview_place="Praha",
            language="cs",
            source=Source(collection="Coll", series="Series", repository="Archive"),
        )


def test_nothing_is_taken_over_that_is_withheld(tmp_path: Path) -> None:
    with Collection.open(tmp_path / "voices.json") as voices:
        sealed = Access(record=Restriction("private"))
        voices.add(Testimony(id="a", title="t", account="x", interviewers=["Ada"], access=sealed))
        voices.add(
            Testimony(
                id="b",
                title="t",
                account="x",
                narrator=Narrator("Wanda", "real"),
                interviewers=["Wanda herself"],
                language="pl",
                access=Access(name=Restriction("private")),
            )
        )
        assert voices.begin_like("a") == Testimony(title="", account="")
        assert voices.begin_like("b").interviewers == ()
        assert voices.begin_like("b").language == "pl"
        voices.reveal(private=True)
        assert voices.begin_like("b").interviewers == ("Wanda herself",)


@pytest.mark.parametrize(
    ("text", "begun"),
    [
        ("", {}),
        (" \n", {}),
        ("I left in September.", {"account": "I left in September."}),
        ('{"title": "Snow", "speaker": "Ada"}', {"title": "Snow", "speaker": "Ada"}),
        ('{"colour": "red"}', {"account": '{"colour": "red"}'}),
        ("{snow}", {"account": "{snow}"}),
        ("[1]", {"account": "[1]"}),
    ],
)
def test_a_text_is_a_record_or_an_account(text: str, begun: dict[str, Any]) -> None:
    assert from_text(text) == begun


@given(st.text())
def test_no_text_is_lost(text: str) -> None:
    begun = from_text(text)
    assert begun.get("account", text) == text
    assert from_text("[" * 100_000) == {"account": "[" * 100_000}
