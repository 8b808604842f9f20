from __future__ import annotations

from collection import Collection, Testimony
from collection.store.changes import Version
from collection.timeline import Moment, timeline


def told(moments: tuple[Moment, ...]) -> list[tuple[str, object, object]]:
    def title(state: object) -> object:
        return state.title if isinstance(state, Testimony) else state and state.get("title", "")

    return [(one.action, title(one.before), title(one.after)) for one in moments]


def version(action: str, title: str | None, revision: int = 1) -> Version:
    before = {} if title is None else {"title": title, "account": "x", "revision": revision}
    return Version("a", action, "2026-01-01T00:00:00+00:00", "ada", before)


def test_the_history_of_a_collection_is_told_newest_first(voices: Collection) -> None:
    voices.add(Testimony(id="a", title="first", account="one"))
    voices.revise("a", title="second")
    voices.withdraw("a")
    voices.bring_back("a", 1)
    moments = timeline(voices.history("a"), voices.get("a"))
    actions = [one.action for one in moments]
    assert actions[0] == "restored"
    assert actions[-3:] == ["withdrawn", "revised", "added"]
    assert moments[0].is_current
    assert [one.is_current for one in moments].count(True) == 1
    assert told(moments)[0] == ("restored", "second", "first")
    assert told(moments)[-2] == ("revised", "first", "second")
    assert moments[-1].after
    assert [one.revision for one in moments[-2:]] == [2, 1]


def test_what_a_journal_notes_of_itself_is_not_told_twice() -> None:
    noted = [
        version("added", None),
        version("revised", "first"),
        version("withdrawn", "second", 2),
        version("restored", None),
        version("revised", "third", 4),
    ]
    now = Testimony(id="a", title="fourth", account="x", revision=5)
    assert told(timeline(noted, now)) == [
        ("revised", "third", "fourth"),
        ("restored", "second", "third"),
        ("withdrawn", "second", None),
        ("revised", "first", "second"),
        ("added", None, "first"),
    ]


def test_what_is_withheld_is_empty_and_what_is_gone_is_none() -> None:
    moments = timeline([version("revised", None), version("withdrawn", None)], None)
    assert told(moments) == [("withdrawn", {}, None),
                             ("revised", {}, {}), ("added", None, {})]  # fmt: skip
    assert all(one.revision is None for one in moments)
    assert not any(one.is_current for one in moments)


def test_never_changed() -> None:
    one = Testimony(id="a", title="t", account="x", created="2026", by="ada", revision=1)
    assert timeline([], one) == (Moment("added", "2026", "ada", None, one, is_current=True),)
    assert timeline([], None) == ()
