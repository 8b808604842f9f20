"""Draws the pictures in this folder from the real app: `python screenshots/draw.py`."""

from __future__ import annotations

import asyncio
import os
import re
import sys
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
os.environ["TEXTUAL_ANIMATIONS"] = "none"
os.environ.setdefault("COLORTERM", "truecolor")

from textual.pilot import Pilot  # noqa: E402

from collection.exchange.sources import Incoming  # noqa: E402
from collection.sample import open_sample  # noqa: E402
from tui.app import FirsthandApp  # noqa: E402
from tui.screens.reading_room import ReadingRoom  # noqa: E402
from tui.settings import Settings  # noqa: E402

Scene = Callable[[Pilot[None], ReadingRoom], Awaitable[None]]


async def _browse(pilot: Pilot[None], room: ReadingRoom) -> None:
    for _ in range(40):
        testimony = room.gated(room.list.selected or "")
        if testimony and testimony.testimony.id == "FH-0001":
            return
        await pilot.press("j")


async def _search(pilot: Pilot[None], room: ReadingRoom) -> None:
    room.action_search()
    await pilot.press(*"в", "space", *"Казахстане")
    await _answered(pilot, room)


async def _context(pilot: Pilot[None], room: ReadingRoom) -> None:
    room.action_search()
    await pilot.press(*"hunger")
    await _answered(pilot, room)
    await pilot.press("enter", "c")


async def _answered(pilot: Pilot[None], room: ReadingRoom) -> None:
    while not room.is_settled:
        await pilot.pause(0.01)


async def _help(pilot: Pilot[None], room: ReadingRoom) -> None:  # noqa: ARG001
    await pilot.press("question_mark")


async def _form(pilot: Pilot[None], room: ReadingRoom) -> None:  # noqa: ARG001
    await pilot.press("a")
    await pilot.pause()
    await pilot.press(*"The", "space", *"last", "space", *"train", "f3")
    await pilot.press(*"12", "space", *"мая", "space", *"1944", *["enter"] * 4)
    await pilot.pause(0.5)
    await pilot.press(*"Georgia;", "space", *"Terezi")
    await pilot.pause(1)


async def _vocabulary(pilot: Pilot[None], room: ReadingRoom) -> None:  # noqa: ARG001
    await pilot.press("P")
    await pilot.pause(0.5)
    await pilot.press("j", "j")


async def _gaps(pilot: Pilot[None], room: ReadingRoom) -> None:  # noqa: ARG001
    await pilot.press("M")
    await pilot.pause(0.5)
    await pilot.press("tab")


async def _history(pilot: Pilot[None], room: ReadingRoom) -> None:
    await _browse(pilot, room)
    collection, id = room.collection, room.list.selected
    if collection is None or id is None:
        return
    title = collection.get(id).title
    account = collection.get(id).account.replace(" the ", " the same ", 1)
    collection.revise(id, title=f"{title} (second interview)", account=account)
    await pilot.press("H")
    await pilot.pause(0.3)


async def _narrow(pilot: Pilot[None], room: ReadingRoom) -> None:
    await _browse(pilot, room)
    await pilot.press("enter")


ARTICLE = """The night bus to Tashkent

By Ada Byron
28 September 2022

The station in Orenburg was full before midnight.

“There were no seats left, so I stood in the aisle with my bag between my knees,” said Mikhail*, a
welder from Orenburg, in a voice message.

The regional ministry said in a statement that there was “no cause for alarm”.

He had told his mother that he was going fishing. “I never lied to her before. When we crossed into
Kazakhstan I sent her a photograph of the river,” he said.

“She wrote back: good catch.”

Sign up to our newsletter for the best of the week.

*Name changed at his request.
"""


async def _article(pilot: Pilot[None], room: ReadingRoom) -> None:
    path = room.path.with_name("night-bus.txt")
    path.write_text(ARTICLE, "utf-8")
    room.show_incoming([Incoming(path)])
    await pilot.pause(1)
    await pilot.press("enter")
    await pilot.pause(0.7)


async def _import(pilot: Pilot[None], room: ReadingRoom) -> None:
    path = room.path.with_name("liste.csv")
    path.write_text(
        "Nr;Wer;Wann;Wo;Was erzählt wurde\n"
        "1;Anna W.;Mai 1945;Wien;Wir gingen nachts, und am Morgen war die Brücke fort.\n"
        "2;Josef K.;1944?;Łódź (Poland : Ghetto);Man sagte uns nichts.\n",
        "cp1250",
    )
    room.show_incoming([Incoming(path)])
    await pilot.pause(1)


SCENES: dict[str, tuple[tuple[int, int], Scene]] = {
    "reading-room": ((120, 40), _browse),
    "search": ((120, 40), _search),
    "concordance": ((120, 24), _context),
    "form": ((120, 40), _form),
    "vocabulary": ((120, 30), _vocabulary),
    "gaps": ((120, 24), _gaps),
    "article": ((130, 40), _article),
    "mapping": ((110, 20), _import),
    "history": ((120, 30), _history),
    "help": ((100, 40), _help),
    "stacked": ((80, 24), _narrow),
    "narrow": ((40, 12), _narrow),
}


async def draw(name: str, size: tuple[int, int], scene: Scene) -> None:
    """Run the app on the sample collection, play a scene and keep the picture."""
    with tempfile.TemporaryDirectory() as folder:
        path = open_sample(Path(folder))
        app = FirsthandApp(path, settings=Settings(Path(folder) / "config.toml"), scratch=True)
        async with app.run_test(size=size) as pilot:
            room = app.screen_stack[0]
            assert isinstance(room, ReadingRoom)
            while room.collection is None or room.collection.index_step():
                await pilot.pause(0.01)
            await pilot.pause(0.3)
            await scene(pilot, room)
            await pilot.pause(0.3)
            picture = app.export_screenshot(title="Firsthand")
    # The drawing names a font on a server; a picture must not make its reader's machine call.
    picture = re.sub(r"@font-face\s*\{.*?\}\s*", "", picture, flags=re.DOTALL)
    # The app has put right-to-left text into visual order already.
    as_drawn = "text { unicode-bidi: bidi-override; direction: ltr; }"
    picture = picture.replace("<style>", f"<style>\n    {as_drawn}", 1)
    (HERE / f"{name}.svg").write_text(picture, "utf-8")


def main() -> None:
    """Draw every picture."""
    for name, (size, scene) in SCENES.items():
        asyncio.run(draw(name, size, scene))
        print(f"{name}.svg")


if __name__ == "__main__":
    main()
