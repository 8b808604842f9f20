"""The question before what cannot be taken back."""

from __future__ import annotations

import pytest
from textual.app import App
from textual.widgets import Button, OptionList

from tui.screens.choice import ChoiceScreen
from tui.screens.confirm import ConfirmScreen


class Asking(App[None]):
    def __init__(self, *words: str) -> None:
        super().__init__()
        self.words = words
        self.answers: list[bool | None] = []

    def on_mount(self) -> None:
        self.push_screen(ConfirmScreen(*self.words), self.answers.append)


@pytest.mark.parametrize(
    ("keys", "answer"),
    [
        (["enter"], False),
        (["escape"], False),
        (["n"], False),
        (["y"], True),
        (["right", "enter"], True),
        (["left", "enter"], True),
        (["tab", "enter"], True),
        (["tab", "tab", "enter"], False),
        (["right", "left", "enter"], False),
    ],
)
async def test_keys(keys: list[str], answer: bool) -> None:
    app = Asking("Go on?", "Go", "Stay")
    async with app.run_test(size=(40, 12)) as pilot:
        await pilot.press(*keys)
        await pilot.pause()
        assert app.answers == [answer]


@pytest.mark.parametrize(("button", "answer"), [("#confirm-yes", True), ("#confirm-no", False)])
async def test_mouse(button: str, answer: bool) -> None:
    app = Asking("Go on?", "Go", "Stay")
    async with app.run_test(size=(40, 12)) as pilot:
        await pilot.pause()
        await pilot.click(button)
        await pilot.pause()
        assert app.answers == [answer]


async def test_everything_is_shown_literally_and_the_answers_stay_in_sight() -> None:
    question = "[/] [bold]x[/bold] \x1b[31mred\x07 " * 60
    app = Asking(question, "[b]Go[/]", "\x1bStay")
    async with app.run_test(size=(40, 12)) as pilot:
        await pilot.pause()
        shown = str(app.screen.query_one("#confirm-question").render())
        assert shown.startswith("[/] [bold]x[/bold] ␛[31mred␇")
        for button in app.screen.query(Button):
            assert app.screen.region.contains_region(button.region)
        assert str(app.screen.query_one("#confirm-yes", Button).label) == "[b]Go[/]"
        assert str(app.screen.query_one("#confirm-no", Button).label) == "␛Stay"


@pytest.mark.parametrize("asks", [True, False])
async def test_answers_that_arrive_together_are_given_once(asks: bool) -> None:
    given: list[object] = []
    below: list[object] = []

    class Asked(App[None]):
        def on_mount(self) -> None:
            self.push_screen(ChoiceScreen("Below", {"c": "C"}), below.append)
            choice = ChoiceScreen("Which?", {"a": "A", "b": "B"})
            self.push_screen(ConfirmScreen("Sure?") if asks else choice, given.append)

    app = Asked()
    async with app.run_test() as pilot:
        await pilot.pause()
        pressed = app.screen.query("#confirm-no, OptionList").first()
        for _ in range(3):
            # As it is when both keys come before the screen has seen the first.
            if isinstance(pressed, Button):
                pressed.post_message(Button.Pressed(pressed))
            elif isinstance(pressed, OptionList):
                option = pressed.get_option_at_index(0)
                pressed.post_message(OptionList.OptionSelected(pressed, option, 0))
        for _ in range(200):
            if given:
                break
            await pilot.pause(0.01)
        await pilot.pause(0.1)
        assert (given, below) == ([False if asks else "a"], [])
        assert isinstance(app.screen, ChoiceScreen)
