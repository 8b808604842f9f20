from __future__ import annotations

import threading

import pytest

from collection.search.order import Ranked


def test_identifiers_are_fetched_by_any_thread():
    ranked = Ranked((str(number) for number in range(9999)), 5000)
    seen: list[list[str]] = []
    threads = [
        threading.Thread(target=lambda: seen.append([ranked[n] for n in range(5000)]))
        for _ in range(4)
    ]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert seen == [[str(number) for number in range(5000)]] * 4


def test_no_more_is_fetched_than_is_looked_for():
    fetched = []

    def source():
        for number in range(5000):
            fetched.append(number)
            yield str(number)

    ranked = Ranked(source(), 5000)
    assert fetched == []
    assert ranked.index("70") == 70
    assert len(fetched) < 1000
    assert ranked.index("4321") == 4321
    assert ranked[3:5] == ["3", "4"]
    assert ranked[-1] == "4999"
    with pytest.raises(ValueError, match="x"):
        ranked.index("x")
    with pytest.raises(IndexError):
        ranked[5000]
    assert len(Ranked(iter(()), 0)) == 0
