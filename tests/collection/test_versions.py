from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from collection import NotFound, Testimony

if TYPE_CHECKING:
    from collection import Collection


def test_an_earlier_version_comes_back(voices: Collection) -> None:
    voices.add(Testimony(id="a", title="first", account="one"))
    voices.revise("a", title="second")
    voices.revise("a", title="third")
    back = voices.bring_back("a", 1)
    assert (back.title, back.revision) == ("first", 4)
    assert voices.get("a") == back
    assert [version.before["title"] for version in voices.history("a")] == [
        "first",
        "second",
        "third",
    ]
    voices.undo()
    assert voices.get("a").title == "third"


def test_bringing_the_current_version_back_changes_nothing(voices: Collection) -> None:
    voices.add(Testimony(id="a", title="first", account="one"))
    voices.revise("a", title="second")
    voices.revise("a", title="first")
    assert voices.bring_back("a", 1).revision == 3


def test_a_withdrawn_testimony_comes_back(voices: Collection) -> None:
    voices.add(Testimony(id="a", title="first", account="one"))
    voices.revise("a", title="second")
    voices.withdraw("a")
    assert [(version.id, version.before) for version in voices.withdrawn()] == [("a", {})]
    voices.reveal(private=True)
    assert [version.before["title"] for version in voices.withdrawn()] == ["second"]
    assert voices.bring_back("a").title == "second"
    assert voices.withdrawn() == []
    voices.undo()
    assert "a" not in voices


def test_a_version_that_is_not_there(voices: Collection) -> None:
    voices.add(Testimony(id="a", title="first", account="one"))
    with pytest.raises(NotFound, match="version 7 of a"):
        voices.bring_back("a", 7)
    with pytest.raises(NotFound, match="no testimony b"):
        voices.bring_back("b")
