"""The form for a record that comes in: what it was taken from lies beside, nothing is saved yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final

from textual.binding import Binding

from collection.errors import CollectionError, InvalidTestimony, Problem, shown
from collection.exchange.incoming import REFUSED, Verdict
from collection.exchange.interface import Beside
from collection.exchange.merging import merged
from collection.exchange.reporting import placed
from collection.reading import is_of_access, read_testimony
from collection.testimony import Testimony, as_record, validate
from tui.screens.form import TestimonyForm
from tui.screens.form_newer import BLANK
from tui.screens.form_values import FormValues, field_of, read_draft
from tui.widgets.beside import BesideView
from tui.widgets.field_text import safe

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.app import ComposeResult

    from collection.collection import Collection
    from collection.drafting import OpenDraft
    from collection.places.entry import Candidate

_TITLES: Final = {REFUSED: "To be mended"}


class IncomingForm(TestimonyForm):
    """Gives the record as the user wants it to enter; it enters with the rest of the import."""

    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012
        (0, "-narrow"), (56, "-middle"), (80, "-wide"), (110, "-beside")
    ]  # fmt: skip

    BINDINGS: ClassVar = [
        Binding("ctrl+s", "save", "Accept", key_display="^s", id="form.save",
                tooltip="Let the record enter like this, and close the form"),
        Binding("f8", "beside", "Source", key_display="F8", priority=True, id="form.beside",
                tooltip="Go to what the record was taken from, and back"),
        Binding("f9", "doubt", "Doubt", key_display="F9", priority=True, id="form.doubt",
                tooltip="Go to the next passage that is not certain"),
    ]  # fmt: skip

    DEFAULT_CSS = """
    IncomingForm {
        BesideView { dock: right; width: 100%; display: none; layer: above; }
        &.-source BesideView { display: block; }
        &.-beside BesideView { display: block; width: 45%; layer: default;
            border-left: solid $border; }
    }
    """

    def __init__(
        self,
        collection: Collection,
        verdict: Verdict,
        mended: Testimony | None = None,
        meant: Mapping[str, Candidate] | None = None,
    ) -> None:
        """Make a form.

        Args:
            collection: where the record will be kept.
            verdict: the row, with its plain values.
            mended: what the user made of it before.
            meant: what the places of that mean, where the user has chosen.
        """
        given = _given(collection, verdict, mended)
        super().__init__(collection, draft=given)
        start, texts = read_draft(given, BLANK)
        values = FormValues(start)
        self._as_given = values.record({**values.texts, **texts})
        self._verdict = verdict
        self.kept_draft: OpenDraft | None = None
        """What keeps the words until they are taken in, once they were accepted."""
        self._choices = dict(meant or {})
        self._given_choices = dict(self._choices)
        as_it_is = verdict.source() if verdict.source is not None else _told(verdict.raw)
        self._source = verdict.beside or Beside(as_it_is)

    @property
    def meant(self) -> Mapping[str, Candidate]:
        """What the places mean where the user has chosen, by name."""
        return self._choices

    @property
    def unsaved(self) -> bool:
        """Whether something was changed that would be lost."""
        if self._done is not None:
            return False
        changed = self._choices != self._given_choices
        return changed or self._values.record(self.texts) != self._as_given

    def compose(self) -> ComposeResult:
        """Put what the record was taken from beside the fields."""
        yield from super().compose()
        yield BesideView(bidi=self._bidi)

    def on_mount(self) -> None:
        """Show the source, and what is wrong or not certain beside its field."""
        self.query_one(BesideView).tell(self._source)
        if self._source.doubts:
            first = self._source.doubts[0].message
            self._say(first if len(self._source.doubts) == 1 else f"{first} F9: what else")
        self.call_after_refresh(self._point_out)

    def _point_out(self) -> None:
        wrong = {field_of(one.field): one.message for one in reversed(self._verdict.problems)}
        elsewhere = wrong.pop("", "")
        if elsewhere:
            self._say(elsewhere)
        if wrong:
            self._body.point_out(wrong)

    def _title_text(self) -> str:
        kind = _TITLES.get(self._verdict.kind, "To be looked at")
        return f"{kind} · {safe(placed(self._verdict.where))}"

    def _start_text(self) -> str:
        return ""

    def _is_untouched(self) -> bool:
        return False

    def action_beside(self) -> None:
        """Go to the source, or back to the field."""
        beside = self.query_one(BesideView)
        if beside.has_focus:
            self.remove_class("-source")
            self._body.go(self._body.section)
        else:
            self.add_class("-source")
            beside.focus()

    def action_doubt(self) -> None:
        """Go to the next doubtful passage; after the last comes the first."""
        beside = self.query_one(BesideView)
        if not self._source.doubts:
            self._say("Nothing is marked as doubtful.")
            return
        if not self.has_class("-beside"):
            self.add_class("-source")
            beside.focus()
        if beside.hit_count and not beside.next_hit():
            beside.go_to_hit(0)
        at = beside.current_mark
        told = [d.message for d in self._source.doubts if (d.start, d.end) == at]
        self._say(" ".join(told or [d.message for d in self._source.doubts if d.start >= d.end]))

    def action_close(self) -> None:
        """Close the source first, where it covers the form."""
        if self.has_class("-source") and not self.has_class("-beside"):
            self.action_beside()
            return
        super().action_close()

    def _save(
        self,
        kept: Testimony | None,
        values: FormValues,
        texts: Mapping[str, str],
        choices: Mapping[str, Candidate],
        accepted: frozenset[str],
    ) -> None:
        """Look whether the record can be kept like this; runs in a thread, writes nothing."""
        del kept, choices
        try:
            record = values.record(texts)
            validate(record)
            self._check_id(record)
            found = [
                one
                for one in self._collection.alike(record)
                if one.id not in accepted | {record.id, self._verdict.id}
            ]
        except CollectionError as error:
            self.post_message(self.Refused(error))
        else:
            self.post_message(self.Alike(found) if found else self.Kept(record, texts))

    def _check_id(self, record: Testimony) -> None:
        """Refuse an identifier that was refused already, or is that of another testimony."""
        same = [one for one in self._verdict.problems if one.field == "id"]
        if same and record.id == self._verdict.id:
            raise InvalidTestimony([Problem("id", record.id, one.message) for one in same])
        if record.id and record.id in self._collection and record.id != self._verdict.id:
            message = f"There is a testimony {record.id} already. Choose another identifier."
            raise InvalidTestimony([Problem("id", record.id, message)])

    def _finish(self) -> None:
        """Close; what was typed is kept as a draft until the import is taken in or given up."""
        if self._done is None or not self.is_current:
            return
        done, self._done = self._done, None
        try:
            if (job := self._keeping()) is not None:
                job()
        except OSError as error:
            # It is safe once the import is taken in.
            told = f"No draft of it can be kept ({error.strerror}); ^s takes it in."
            self.app.notify(safe(told), markup=False, severity="warning")
        self._done, self.kept_draft = done, self._draft
        self._draft = None
        self.dismiss(done)

    def typed_on(self, testimony: Testimony) -> None:
        """Go on with what was typed while it was looked at; nothing was saved."""
        del testimony
        self._say("You typed on; ^s accepts it as it is now.")


def _given(collection: Collection, verdict: Verdict, mended: Testimony | None) -> dict[str, Any]:
    if mended is not None:
        return dict(as_record(mended))
    raw = verdict.raw if isinstance(verdict.raw, dict) else {"account": _told(verdict.raw)}
    if verdict.id and verdict.id in collection:
        # What the file does not say of it stays as it is.
        return _sealed_if_unread(merged(collection.get(verdict.id), raw))
    return _sealed_if_unread({str(key): value for key, value in raw.items()})


def _sealed_if_unread(raw: dict[str, Any]) -> dict[str, Any]:
    """Take terms that nobody can read for the strictest: what is accepted must not be opened."""
    said = {key: value for key, value in raw.items() if is_of_access(key, value)}
    try:
        read_testimony({"title": "-", "account": "-"} | said)
    except InvalidTestimony:
        reason = f"The file said: {'; '.join(map(shown, said.values()))}"
        rest = {key: value for key, value in raw.items() if key not in said}
        return rest | {"access": {"record": {"level": "private", "reason": reason}}}
    return raw


def _told(raw: Any) -> str:
    """Write the plain values of a row down for people."""
    if isinstance(raw, dict):
        said = ((key, _told(value)) for key, value in raw.items())
        return "\n".join(f"{key}: {text}" if "\n" not in text else f"{key}:\n{text}"
                         for key, text in said if text)  # fmt: skip
    if isinstance(raw, list | tuple):
        return "; ".join(filter(None, map(_told, raw)))
    return "" if raw is None else str(raw)
