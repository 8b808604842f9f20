from __future__ import annotations

import pytest

from collection import Collection, Conflict, Testimony


@pytest.fixture(params=[True, False], ids=["closed", "killed"])
def again(request: pytest.FixtureRequest):
    """Opens a collection anew, after closing it or as if it had been killed."""
    kept = []

    def reopened(voices: Collection, by: str = "keeper") -> Collection:
        if request.param:
            voices.close()
        kept.append(voices)
        return Collection.open(voices.path, by=by)

    return reopened


def _testimony(id: str, title: str = "First") -> Testimony:
    return Testimony(id=id, title=title, account="An account.")


def test_undo_and_redo_go_on_after_a_restart(voices: Collection, again) -> None:
    voices.add(_testimony("a"))
    voices.revise("a", title="Second")
    voices.add(_testimony("b"))
    voices.withdraw("b")
    voices.undo()
    voices = again(voices)
    assert [change.id for change in voices.redo()] == ["b"]
    assert "b" not in voices
    voices.undo()
    voices = again(voices)
    voices.undo()
    assert voices.ids() == ["a"]
    voices.undo()
    assert voices.get("a").title == "First"
    voices = again(voices)
    voices.redo()
    assert voices.get("a").title == "Second"
    assert voices.redo()[0].id == "b"
    assert voices.redo()[0].after is None, "the withdrawal too"
    assert voices.redo() == []
    for _ in range(4):
        voices = again(voices)
        assert voices.undo()
    assert (len(voices), voices.undo()) == (0, [])


def test_a_change_ends_what_can_be_made_again(voices: Collection, again) -> None:
    voices.add(_testimony("a"))
    voices.revise("a", title="Second")
    voices.undo()
    voices = again(voices)
    voices.add(_testimony("b"))
    assert voices.redo() == []
    voices = again(voices)
    assert voices.redo() == []


def test_only_ones_own_steps_are_taken_back(voices: Collection, again) -> None:
    voices.add(_testimony("a"))
    other = Collection.open(voices.path, by="somebody else")
    other.add(_testimony("b"))
    window = Collection.open(voices.path, by="keeper")
    voices.add(_testimony("c"))
    assert window.undo()[0].id == "a", "not what the other window has done meanwhile"
    assert [change.id for change in other.undo()] == ["b"]
    voices = again(voices)
    assert voices.undo()[0].id == "c"
    assert voices.undo() == []


def test_what_has_changed_since_stays_after_a_restart(voices: Collection, again) -> None:
    voices.add(_testimony("a"))
    voices.revise("a", title="Second")
    Collection.open(voices.path, by="somebody else").revise("a", title="Theirs")
    voices = again(voices)
    with pytest.raises(Conflict, match="changed since"):
        voices.undo()
    assert voices.get("a").title == "Theirs"


def test_an_identifier_is_free_while_its_addition_is_taken_back(voices: Collection, again) -> None:
    voices.add(_testimony("a"))
    voices.undo()
    voices = again(voices)
    voices.add(_testimony("a", "Another"))
    voices.withdraw("a")
    voices.undo()
    voices.redo()
    voices = again(voices)
    with pytest.raises(Conflict, match="withdrawn"):
        voices.add(_testimony("a", "A third"))
    voices.undo()
    assert voices.get("a").title == "Another"


def test_a_large_import_is_one_step(voices: Collection, again, monkeypatch) -> None:
    monkeypatch.setattr("collection.store.durable._LARGE", 500)
    voices.import_rows(_rows(30))
    voices = again(voices)
    assert len(voices) == 30
    assert len(voices.undo()) == 30
    assert len(again(voices)) == 0


def _rows(count: int):
    from collection.exchange.interface import Row, Where

    return [Row(Where("f", n), {"id": f"r{n}", "title": "a", "account": "b"}) for n in range(count)]
