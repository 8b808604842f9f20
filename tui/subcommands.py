"""The commands, each on its own; `cli` puts them together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

from tui import printing
from tui.opening import open_app, reading, writing
from tui.printing import REFUSED, Stopped
from tui.start import Options

if TYPE_CHECKING:
    from collections.abc import Sequence

    from collection import Collection
    from collection.access import Gated

# --- options that several commands share -----------------------------------------------------


def _not_empty(_: click.Context, __: click.Parameter, value: str | None) -> str | None:
    # As from a variable that is not set: the user's own collection is not meant then.
    if value == "":
        raise click.BadParameter("the name of the file is empty.")
    return value


COLLECTION: Final = click.option(
    "--collection",
    metavar="FILE",
    callback=_not_empty,
    help="The collection's file; else FIRSTHAND_COLLECTION, else the one `paths` names.",
)
JSON: Final = click.option(
    "--json", "as_json", is_flag=True, help="Print one JSON document instead of text."
)
PRIVATE: Final = click.option(
    "--private",
    is_flag=True,
    help="Include what is private: real names, notes and whatever is sealed.",
)


def named_file(options: Options, collection: str | None) -> str | None:
    """Give the file that is named after the command or before it."""
    return collection if collection is not None else options.collection


# --- reading ---------------------------------------------------------------------------------


def sealed_ones(voices: Collection) -> list[Gated]:
    """Give what is sealed as a whole: told whatever was asked for, so that nobody can probe."""
    return [one for one in voices.withheld() if one.sealed]


def tell_left_out(gated: Sequence[Gated]) -> None:
    """Say on standard error what the gate held back of some testimonies."""
    from collection.access import left_out

    if told := left_out(gated):
        printing.tell(told)


@click.command(
    epilog="""\b
    firsthand search terezin hunger
    firsthand search --json --limit 5 lemberg
    firsthand search -- -hunger       a query that begins with a dash"""
)
@click.argument("query", nargs=-1, required=True)
@JSON
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="Show at most N hits.")
@PRIVATE
@COLLECTION
@click.pass_obj
def search(
    options: Options,
    *,
    query: Sequence[str],
    as_json: bool,
    limit: int | None,
    private: bool,
    collection: str | None,
) -> int:
    """Find testimonies by place, theme, name and words, best first.

    All words of QUERY must match, however they are spelt. Exits 1 if nothing is found.
    """
    from collection.access import public_record

    text = text_of(query)
    if not text:
        raise click.UsageError("Say what to search for; `firsthand list` shows everything.")
    file = named_file(options, collection)
    with reading(file, private=private, searching=True) as voices:
        results = voices.search(text)
        seen = [one for id in results.ids if not (one := voices.view(id)).sealed]
        hits = [(one, results.why(one.testimony.id)) for one in seen[:limit]]
        tell_left_out([one for one, _ in hits] + sealed_ones(voices))
    if as_json:
        records = (public_record(one) | {"why": list(why)} for one, why in hits)
        document = {"total": len(seen), "dropped": results.dropped, "problems": results.problems}
        printing.put_json(document | {"hits": records})
    else:
        printing.put_text(printing.block(one, why) for one, why in hits)
        for message in printing.about_search(results, len(seen), len(hits)):
            printing.tell(message)
    return 0 if hits else REFUSED


def text_of(query: Sequence[str]) -> str:
    """Give the words of a query as one text."""
    return printing.whole_characters(" ".join(query)).strip()


@click.command(
    epilog="""\b
    firsthand show FH-0001
    firsthand show --json FH-0001"""
)
@click.argument("id")
@JSON
@PRIVATE
@COLLECTION
@click.pass_obj
def show(options: Options, id: str, as_json: bool, private: bool, collection: str | None) -> int:
    """Print one testimony with its whole account.

    Labelled lines come first: its date, people, places, circumstances and terms.
    """
    from collection.access import public_record

    with reading(named_file(options, collection), private=private) as voices:
        gated = voices.view(id)
    if gated.sealed:
        terms = printing.sealed_until(gated.testimony.access.record)
        raise Stopped(f"{id} is sealed ({terms}). --private shows it.", REFUSED)
    tell_left_out([gated])
    if as_json:
        printing.put_json(public_record(gated))
    else:
        printing.put_text([printing.whole(gated)])
    return 0


@click.command(
    "list",
    epilog="""\b
    firsthand list
    firsthand list --json --collection voices.json""",
)
@JSON
@PRIVATE
@COLLECTION
@click.pass_obj
def list_all(options: Options, as_json: bool, private: bool, collection: str | None) -> int:
    """List every testimony, newest first.

    The order is that of the dates on which they were given; undated ones come last.
    """
    from collection.access import public_record

    with reading(named_file(options, collection), private=private) as voices:
        seen = [one for id in voices.ids() if not (one := voices.view(id)).sealed]
        tell_left_out(voices.withheld())
    if as_json:
        records = (public_record(one) for one in seen)
        printing.put_json({"total": len(seen), "testimonies": records})
    else:
        printing.put_text(map(printing.block, seen))
    return 0


# --- bringing in -----------------------------------------------------------------------------


@click.command(
    epilog="""\b
    firsthand add
    firsthand add --from testimony.json
    echo '{"title": "…", "account": "…"}' | firsthand add --from -"""
)
@click.option("--from", "source", metavar="FILE", help="A JSON record; - reads standard input.")
@JSON
@COLLECTION
@click.pass_obj
def add(options: Options, source: str | None, as_json: bool, collection: str | None) -> int:
    """Add one testimony: in the app's form, or from a JSON record.

    Prints its identifier once it is on the disk. The same identifier with the same content
    adds nothing.
    """
    named = named_file(options, collection)
    if source is None:
        if as_json:
            raise click.UsageError("--json needs --from; without it the form is opened.")
        return open_app(options.and_then(Options(collection=named)), adding=True)
    from collection.reading import read_testimony
    from tui.files import one_record

    testimony = read_testimony(one_record(source))
    with writing(named) as voices:
        kept = voices.add(testimony)
        for one in voices.alike(kept):
            printing.tell(f"Added, but it nearly equals {one.id}: {one.why}.")
    if as_json:
        printing.put_json({"id": kept.id})
    else:
        printing.put_text([printing.line(kept.id)])
    return 0


@click.command(
    epilog="""\b
    firsthand paths
    firsthand paths --json"""
)
@JSON
@COLLECTION
@click.pass_obj
def paths(options: Options, as_json: bool, collection: str | None) -> int:
    """Print where things are kept.

    These are the collection that would be opened, the folder of your data, that of the backups,
    the file of your settings and the folder of what can be thrown away.
    """
    from tui.paths import places

    known = {key: str(path) for key, path in places(named_file(options, collection)).items()}
    if as_json:
        printing.put_json({key: printing.whole_characters(path) for key, path in known.items()})
    else:
        printing.put_text(f"{key}: {printing.line(path)}" for key, path in known.items())
    return 0


ALL: Final = (search, show, list_all, add, paths)
"""The commands, in the order of the help."""
