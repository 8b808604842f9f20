"""Several programs at once, and programs that are killed; what they acknowledged is there.

`FIRSTHAND_KILLS=200` makes so many rounds of each kind.
"""

from __future__ import annotations

import json
import os
import random
import select
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from collection import Collection, Testimony
from collection.store.journal import journal_place
from tests.collection.store.scenes import assert_alone, opened, snapshot

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[3]
ROUNDS = int(os.environ.get("FIRSTHAND_KILLS", "5"))

ADDING = """
import sys
from collection import Collection, Testimony
with Collection.open(sys.argv[1]) as voices:
    for n in range(int(sys.argv[3])):
        kept = voices.add(Testimony(title=sys.argv[2], account=f"number {n}"))
        print(kept.id, flush=True)
"""

FOLDING = """
import sys
from collection import Collection, Testimony
n = 0
while True:
    with Collection.open(sys.argv[1]) as voices:
        kept = voices.add(Testimony(title=sys.argv[2], account=f"number {n}"))
        print(kept.id, flush=True)
    n += 1
"""


def _running(code: str, file: Path, *args: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", code, str(file), *args]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)


def test_two_processes_lose_nothing(file: Path) -> None:
    running = [_running(ADDING, file, name, "200") for name in ("one", "other")]
    acknowledged = [id for one in running for id in one.communicate()[0].split()]
    assert len(set(acknowledged)) == 400
    with Collection.open(file) as voices:
        assert voices.problems == ()
        assert set(voices.ids()) == set(acknowledged)
        found = snapshot(voices)
    assert len(found["steps"]) == 400
    assert len({json.loads(step)["sequence"] for step in found["steps"]}) == 400
    assert_alone(file, found)


def test_an_open_handle_sees_what_another_process_does(file: Path) -> None:
    with Collection.open(file) as voices:
        running = _running(ADDING, file, "other", "3")
        acknowledged = running.communicate()[0].split()
        assert journal_place(file).exists()
        assert len(voices) == 0
        assert voices.catch_up()
        assert set(voices.ids()) == set(acknowledged)
        assert not voices.catch_up()
        voices.add(Testimony(title="a", account="b"))
        other = _running(ADDING, file, "other", "1")
        acknowledged += other.communicate()[0].split()
        voices.catch_up()
        assert set(acknowledged) < set(voices.ids())
    assert not journal_place(file).exists()


@pytest.mark.parametrize("code", [ADDING, FOLDING], ids=["adding", "closing"])
@pytest.mark.parametrize("writers", [1, 3])
def test_what_was_acknowledged_survives_a_kill(file: Path, writers: int, code: str) -> None:
    chance = random.Random(f"{writers} {len(code)}")
    acknowledged: list[str] = []
    for _ in range(ROUNDS):
        _kill_them(lambda n: _running(code, file, str(n), "10000"), writers, chance, acknowledged)
        with opened(file) as voices:
            assert voices.problems == ()
            assert set(acknowledged) <= set(voices.ids())
            acknowledged.append(voices.add(Testimony(title="a", account="b")).id)
            found = snapshot(voices)
        assert_alone(file, found)
    assert len(acknowledged) == len(set(acknowledged)) >= 2 * ROUNDS


def _kill_them(
    begin: Callable[[int], subprocess.Popen[str]],
    writers: int,
    chance: random.Random,
    acknowledged: list[str],
) -> None:
    """Let programs write, kill them all in the midst of it, and take what they have told."""
    running = [begin(n) for n in range(writers)]
    for one in running:
        assert one.stdout is not None
        acknowledged.append(one.stdout.readline().strip())
    for _ in range(chance.randrange(8)):
        assert running[0].stdout is not None
        acknowledged.append(running[0].stdout.readline().strip())
    # Somewhere within a next save or fold.
    select.select([], [], [], chance.random() * 0.01)
    for one in running:
        one.send_signal(signal.SIGKILL)
    for one in running:
        # The last line may have been told in part; it has no end then.
        told = one.communicate()[0]
        acknowledged += told[: told.rfind("\n") + 1].split()


def test_what_the_command_line_has_added_is_there_whatever_is_killed(file: Path) -> None:
    Collection.open(file).close()
    chance = random.Random(11)
    command = [sys.executable, "-m", "tui", "--collection", str(file), "add", "--from", "-"]
    confirmed: set[str] = set()
    tried = 0
    for _ in range(max(2, ROUNDS // 2)):
        running: dict[str, subprocess.Popen[str]] = {}
        for _ in range(4):
            tried += 1
            id = f"c{tried}"
            one = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
            )
            assert one.stdin is not None
            one.stdin.write(json.dumps({"id": id, "title": id, "account": "b"}))
            one.stdin.close()
            running[id] = one
        first, *others = running
        assert running[first].wait(60) == 0
        select.select([], [], [], chance.random() * 0.05)
        for id in others[:2]:
            running[id].send_signal(signal.SIGKILL)
        confirmed |= {id for id, one in running.items() if one.wait(60) == 0}
        for one in running.values():
            assert one.stdout is not None
            one.stdout.close()
        with Collection.open(file) as voices:
            assert voices.problems == ()
            assert confirmed <= set(voices.ids())
            assert set(voices.ids()) <= {f"c{n}" for n in range(1, tried + 1)}
            found = snapshot(voices)
        assert_alone(file, found)
    assert len(confirmed) >= 2
