from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collection.reconciling import Clash, reconcile, settled

KEYS = "abc"
texts = st.fixed_dictionaries(dict.fromkeys(KEYS, st.sampled_from(["", "x", "y", "z; x"])))


def test_what_only_one_has_changed_goes_together() -> None:
    before = {"title": "T", "account": "A", "themes": "war", "notes": ""}
    mine = before | {"account": "A!", "notes": "same"}
    theirs = before | {"themes": "war; flight", "notes": "same"}
    found = reconcile(before, mine, theirs)
    assert found.texts == before | {"account": "A!", "themes": "war; flight", "notes": "same"}
    assert found.clashes == ()
    assert (found.mine, found.theirs) == (("account",), ("themes",))


def test_what_both_have_changed_must_be_decided() -> None:
    before = {"title": "T", "account": "A", "themes": "war"}
    mine = {"title": "Mine", "account": "A mine", "themes": "war; hunger"}
    theirs = {"title": "Theirs", "account": "A theirs", "themes": "war; flight"}
    found = reconcile(before, mine, theirs)
    assert found.clashes[0] == Clash("title", "T", "Mine", "Theirs")
    assert found.texts == before
    joints = {"account": "\n\n", "themes": "; "}
    done = settled(found, {"title": "mine", "account": "both", "themes": "both"}, joints)
    assert done == {
        "title": "Mine",
        "account": "A theirs\n\nA mine",
        "themes": "war; flight; hunger",
    }
    with pytest.raises(KeyError):
        settled(found, {"title": "mine", "account": "both"}, joints)
    with pytest.raises(KeyError):
        settled(found, {"title": "both", "account": "both", "themes": "mine"}, joints)


@given(texts, texts, texts)
def test_nothing_is_overwritten_unseen(
    before: dict[str, str], mine: dict[str, str], theirs: dict[str, str]
) -> None:
    found = reconcile(before, mine, theirs)
    clashing = {one.key for one in found.clashes}
    for key in KEYS:
        changed = {text for text in (mine[key], theirs[key]) if text != before[key]}
        # Two different changes: somebody decides. One: it stands. None: as before.
        assert (key in clashing) == (len(changed) == 2)
        if key not in clashing:
            assert found.texts[key] == (changed.pop() if changed else before[key])
    for choice, texts in (("mine", mine), ("theirs", theirs)):
        done = settled(found, dict.fromkeys(clashing, choice), {})
        assert all(done[key] == texts[key] for key in clashing)
    done = settled(found, dict.fromkeys(clashing, "both"), dict.fromkeys(KEYS, "\n\n"))
    assert all(mine[key] in done[key] and theirs[key] in done[key] for key in clashing)
