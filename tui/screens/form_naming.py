"""Names in the form: offered while one types, and what they would be taken for."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from textual import on
from textual.actions import SkipAction
from textual.binding import Binding
from textual.message import Message
from textual.widgets import Input

from collection.places.entry import AMBIGUOUS, DECIDED
from collection.suggesting import FIELDS, PLACES
from collection.testimony import Place, Testimony
from tui.meaning import place_line
from tui.screens.form_body import FormBody
from tui.screens.form_newer import FormOverNewer
from tui.terms import candidate_line
from tui.text import one_line
from tui.widgets.field_input import FieldInput
from tui.widgets.field_names import Offered
from tui.widgets.field_offers import FieldOffers
from tui.widgets.field_remark import FieldRemark
from tui.widgets.field_text import release

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from textual.timer import Timer

    from collection import Collection
    from collection.places.entry import Candidate, PlaceEntry
    from collection.suggesting import Suggestion, Suggestions
    from tui.screens.form_values import FormValues

_REST: Final = 0.15
"""Seconds without a key after which it is looked up what names mean."""
_PLAIN: Final = ("title", "narrator.name")
"""Fields of which a new value is nothing to remark on: most narrators are new."""
_LEAVE: Final = "leave"
_MOST: Final = 12
"""Places that are offered for a name about which nothing is decided yet."""


class FormNames(FormOverNewer):
    """The part of the form that knows the names of the collection and of the gazetteer."""

    BINDINGS: ClassVar = [
        # Before all others, so that a key that follows at once acts on what these chose.
        Binding("down", "offer(1)", "Next name", show=False, priority=True, id="form.offer_next",
                tooltip="Go into the names that are offered, or ask for the commonest"),
        Binding("up", "offer(-1)", "Name before", show=False, priority=True,
                id="form.offer_previous", tooltip="Go back in the names that are offered"),
    ]  # fmt: skip

    class Gathered(Message):
        """The worker has gathered the names that the collection knows."""

        def __init__(self, known: Suggestions) -> None:
            super().__init__()
            self.known = known
            """What offers them."""

    class Told(Message):
        """The worker has found out what the names in a field mean."""

        def __init__(
            self,
            key: str,
            words: str,
            lines: Sequence[tuple[str, str]],
            *,
            near: Mapping[str, Suggestion],
            unsure: Sequence[str],
            entries: Mapping[str, PlaceEntry],
        ) -> None:
            super().__init__()
            self.key = key
            """The field."""
            self.words = words
            """What it said."""
            self.lines = lines
            """Each name about which there is something to say, and that."""
            self.near = near
            """What is probably meant by a name that is new to the collection."""
            self.unsure = unsure
            """The names about which somebody should decide."""
            self.entries = entries
            """What is known of places, or would be."""

    _collection: Collection

    def __init__(self) -> None:
        """Know no names yet."""
        super().__init__()
        self._offers = FieldOffers()
        self._known: Suggestions | None = None
        self._gathering = False
        self._choices: dict[str, Candidate] = {}
        self._near: dict[str, Mapping[str, Suggestion]] = {}
        self._named: dict[str, list[str]] = {}
        self._unsure: dict[str, Sequence[str]] = {}
        self._entries: dict[str, PlaceEntry] = {}
        self._waiting: dict[str, Timer] = {}

    # --- gathering ---------------------------------------------------------------------------

    @on(FormBody.Reached)
    def _reached(self, event: FormBody.Reached) -> None:
        event.stop()
        self._offers.hide()
        if event.key in FIELDS and not self._gathering:
            # Only now: going through a large collection takes its time from the first words.
            self._gathering = True
            self.run_worker(self._gather, thread=True, group="form-names", exit_on_error=False)

    def _gather(self) -> None:
        """Gather the names; runs in a thread and touches no widget."""
        self.post_message(self.Gathered(self._collection.suggestions()))

    @on(Gathered)
    def _gathered(self, event: Gathered) -> None:
        self._known = event.known
        self._body.learn(event.known)
        for key in FIELDS:
            if self._body.text(key).strip():
                self._look_up_soon(key)
        field = self.focused
        if isinstance(field, FieldInput) and (names := self._body.names_of(field.key)):
            # What was typed before the names were known is completed now.
            self.run_worker(names.look(field), exit_on_error=False)

    def on_resize(self) -> None:
        """Take the offers away, which would hang in the air, and keep in view where one types."""
        self._offers.hide()
        if (field := self.focused) is not None:
            self.call_after_refresh(field.scroll_visible, animate=False)

    @on(FormBody.Scrolled)
    def _scrolled(self) -> None:
        if self._offers.shown:
            # Where the field stands now is known once it has been laid out.
            self.call_after_refresh(self._follow)

    def _follow(self) -> None:
        """Let the offers stay with their field, and go where that is out of sight."""
        field = self.focused
        if isinstance(field, FieldInput) and self._body.region.contains_region(field.region):
            self._offers.follow(field)
        else:
            self._offers.hide()

    # --- offering ----------------------------------------------------------------------------

    @on(Offered)
    def _offered(self, event: Offered) -> None:
        event.stop()
        field = self.focused
        if not isinstance(field, FieldInput) or (field.key, field.value) != (
            event.key,
            event.value,
        ):
            return
        names = self._body.names_of(field.key)
        # Where nothing is typed somebody may have asked for the commonest meanwhile.
        if names is not None and names.typed(field.value):
            self._offers.offer(event.names if field.typing else (), field)

    def action_offer(self, step: int) -> None:
        """Go through the names that are offered; where nothing is typed, offer the commonest."""
        field = self.focused
        if not isinstance(field, FieldInput):
            raise SkipAction
        if self._offers.shown:
            self._offers.move(step)
            return
        names = self._body.names_of(field.key)
        if names is not None and step > 0 and not names.typed(field.value):
            self._offers.offer(names.most_common(), field)
            if self._offers.shown:
                self._offers.move(step)

    @on(FieldOffers.Taken)
    def _clicked(self, event: FieldOffers.Taken) -> None:
        event.stop()
        if (name := self._offers.at(event.place)) is not None:
            self._take(name)

    def _take_offered(self) -> bool:
        """Take the name that is highlighted, if there is one."""
        chosen = self._offers.chosen
        if chosen is None:
            return False
        self._take(chosen)
        return True

    def _take(self, one: Suggestion) -> None:
        field = self.focused
        self._offers.hide()
        names = self._body.names_of(field.key) if isinstance(field, FieldInput) else None
        if not isinstance(field, FieldInput) or names is None:
            return
        if one.candidate is not None:
            self._choices[one.name] = one.candidate
        field.put(names.taken(field.value, one.name))
        self._look_up_soon(field.key)

    # --- what names mean ---------------------------------------------------------------------

    @on(Input.Changed)
    def _name_changed(self, event: Input.Changed) -> None:
        field = event.input
        if isinstance(field, FieldInput) and field.key in FIELDS:
            names = self._body.names_of(field.key)
            if names is not None and not names.typed(field.value):
                self._offers.hide()
            self._look_up_soon(field.key)

    def _look_up_soon(self, key: str) -> None:
        if key in self._waiting:
            self._waiting[key].stop()
        self._waiting[key] = self.set_timer(_REST, partial(self._start_looking_up, key))

    def _start_looking_up(self, key: str) -> None:
        # Only what bears on it: a long account is not put together at every rest.
        texts = {name: self._body.text(name) for name in (key, *PLACES)}
        job = partial(self._look_up, key, self._values, texts, dict(self._choices))
        self.run_worker(
            job, thread=True, group=f"form-meaning-{key}", exclusive=True, exit_on_error=False
        )

    def _look_up(
        self,
        key: str,
        values: FormValues,
        texts: Mapping[str, str],
        choices: Mapping[str, Candidate],
    ) -> None:
        """Find out what the names in a field mean; runs in a thread and touches no widget."""
        record = values.record(texts)
        places = _places_in(key, record)
        lines, unsure = [], []
        entries: Mapping[str, PlaceEntry] = {}
        if places:
            entries = self._collection.place_meanings(record)
            statuses = {name: entry.status for name, entry in entries.items()}
            unsure = [
                place.name
                for place in places
                if statuses.get(place.name) == AMBIGUOUS
                and place.status != DECIDED
                and place.name not in choices
            ]
            lines = [(p.name, place_line(self._collection, p, entries, choices)) for p in places]
        known, near = self._known, {}
        names = [place.name for place in places] or _names_in(key, texts[key])
        if known is not None and key not in _PLAIN:
            found = ((name, known.near(key, name)) for name in names if name not in choices)
            near = {name: one for name, one in found if one is not None}
        for name, one in near.items():
            lines.append((name, f"{name}: like {one.name} ({one.count} here); F5 takes that"))
        self.post_message(
            self.Told(key, texts[key], lines, near=near, unsure=[*unsure, *near], entries=entries)
        )

    @on(Told)
    def _take_told(self, event: Told) -> None:
        if self._body.text(event.key) == event.words:
            self._near[event.key] = event.near
            self._named[event.key] = [name for name, _ in event.lines]
            self._unsure[event.key] = event.unsure
            self._entries.update(event.entries)
            self._body.tell(event.key, "\n".join(line for _, line in event.lines))

    # --- choosing ----------------------------------------------------------------------------

    @on(FieldRemark.Clicked)
    def _remark_clicked(self, event: FieldRemark.Clicked) -> None:
        event.stop()
        names = self._named.get(event.key, [])
        if event.line < len(names):
            self._choose(event.key, names[event.line])

    def action_choose(self) -> None:
        """Choose what the name under the cursor means, or take the spelling that is there."""
        field = self.focused
        if not isinstance(field, FieldInput) or field.key not in FIELDS:
            self._say("F5 chooses in a field of names: places, themes, people, series.")
            return
        names = self._named.get(field.key, [])
        at = release(field.value[: field.cursor_position].rpartition(";")[2]).strip()
        inside = [name for name in names if at and name.startswith(at)]
        unsure = self._unsure.get(field.key, [])
        if field.cursor_at_end and unsure and not {*inside} & {*unsure}:
            # Behind what is clear: go on with what is not.
            inside = []
        name = next(iter([*inside, *unsure, *names[-1:]]), "")
        if name:
            self._choose(field.key, name)
        else:
            self._say("There is nothing to choose here yet: type a name first, ↓ offers some.")

    def _choose(self, key: str, name: str) -> None:
        near = self._near.get(key, {}).get(name)
        if key not in PLACES:
            if near is not None:
                self._replace(key, name, near.name)
            return
        entry = self._entries.get(name)
        candidates = entry.candidates if entry is not None else ()
        candidates = candidates or tuple(self._collection.place_candidates(name)[:_MOST])
        choices = {}
        if near is not None:
            choices["near"] = one_line(f"{near.name}, as the collection has it ({near.count})")
        choices |= {
            str(n): one_line(candidate_line(one, self._collection))
            for n, one in enumerate(candidates)
        }
        if not choices:
            self._say(
                f"The gazetteer knows no {name}. It is kept as it is written; what it is can be "
                f"said later, among the places of the collection."
            )
            return
        choices[_LEAVE] = "Leave it to the program, or to later"
        from tui.screens.choice import ChoiceScreen

        def chosen(value: str | None) -> None:
            if value == "near" and near is not None:
                self._replace(key, name, near.name)
            elif value == _LEAVE:
                self._choices.pop(name, None)
            elif value is not None:
                self._choices[name] = candidates[int(value)]
            self._look_up_soon(key)

        title = one_line(f"Which {name} is meant?")
        self.app.push_screen(ChoiceScreen(title, choices), chosen)

    def _replace(self, key: str, name: str, other: str) -> None:
        """Write another name in the place of one."""
        field = self._body.editor(key)
        if not isinstance(field, FieldInput):
            return
        parts = field.words.split(";") if key in _several(self._body) else [field.words]
        changed = [part.replace(name, other) if part.strip() == name else part for part in parts]
        field.words = ";".join(dict.fromkeys(changed))


def _several(body: FormBody) -> frozenset[str]:
    return frozenset(key for key in FIELDS if (n := body.names_of(key)) and n.several)


def _places_in(key: str, record: Testimony) -> list[Place]:
    if key == "places":
        return list(record.places)
    if key == "interview_place" and record.interview_place.strip():
        return [Place(record.interview_place)]
    return []


def _names_in(key: str, text: str) -> list[str]:
    from collection.testimony import split_names

    several = ("themes", "keywords", "interviewers", "present", "translators")
    return [*split_names(text)] if key in several else [text.strip()] * bool(text.strip())
