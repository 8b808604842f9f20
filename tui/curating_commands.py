"""The commands that keep names clean: rename, merge, split off, and look for names alike."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import click

from tui import printing, vocabulary
from tui.opening import reading, writing
from tui.printing import REFUSED
from tui.subcommands import COLLECTION, JSON, PRIVATE, named_file, sealed_ones, tell_left_out

if TYPE_CHECKING:
    from collections.abc import Sequence

    from collection import Collection
    from collection.curating import Followed
    from tui.start import Options

_KIND: Final = click.Choice(["place", "theme", "narrator"])


# --- listing ---------------------------------------------------------------------------------


@click.command(
    epilog="""\b
    firsthand narrators
    firsthand narrators --near      names that may mean the same"""
)
@click.option("--near", is_flag=True, help="List names that look alike instead, side by side.")
@JSON
@PRIVATE
@COLLECTION
@click.pass_obj
def narrators(
    options: Options, *, near: bool, as_json: bool, private: bool, collection: str | None
) -> int:
    """List the narrators by their public names, those of most testimonies first.

    A sealed name is not listed. Exits 1 if there is none.
    """
    with reading(named_file(options, collection), private=private) as voices:
        if near:
            return put_near(voices, "narrator", as_json=as_json)
        found = sorted(voices.narrators.items(), key=lambda one: (-one[1], one[0]))
        tell_left_out(sealed_ones(voices))
    if as_json:
        records = ({"name": name, "count": count} for name, count in found)
        printing.put_json({"total": len(found), "narrators": records})
    else:
        printing.put_text(vocabulary.counted_line(*one) for one in found)
    return 0 if found else REFUSED


def put_near(voices: Collection, kind: str, *, as_json: bool) -> int:
    """Print the names of a kind that look alike; give the exit code."""
    found = voices.near_duplicates(kind)
    tell_left_out(sealed_ones(voices))
    if as_json:
        printing.put_json({"total": len(found), "pairs": map(vocabulary.pair_record, found)})
    else:
        printing.put_text(map(vocabulary.pair_line, found))
        if not found:
            printing.tell("No names look alike.")
    return 0 if found else REFUSED


# --- changing --------------------------------------------------------------------------------


@click.command(
    epilog="""\b
    firsthand rename place Lodz Łódź
    firsthand rename theme "slave labour" "forced labour" --drop"""
)
@click.argument("kind", type=_KIND)
@click.argument("old")
@click.argument("new")
@click.option("--drop", is_flag=True, help="It is not to be found by its former name any more.")
@JSON
@PRIVATE
@COLLECTION
@click.pass_obj
def rename(
    options: Options,
    *,
    kind: str,
    old: str,
    new: str,
    drop: bool,
    as_json: bool,
    private: bool,
    collection: str | None,
) -> int:
    """Give a place, a theme or a narrator another name.

    Every testimony follows, and what is known of the name goes along; of a narrator only the
    public name is changed. Titles and accounts stay as they are. One undo in the app takes it
    back. A name that others bear already is refused: merge makes them one.
    """
    old, new = map(printing.whole_characters, (old, new))
    with writing(named_file(options, collection), create=False, private=private) as voices:
        done = voices.rename(kind, old, new, keep=not drop)
    return _put_done(f"{printing.line(old)} is called {printing.line(new)} now", done, as_json)


@click.command(
    epilog="""\b
    firsthand merge place Lodz Lodsch --into Łódź
    firsthand merge theme famine --into hunger"""
)
@click.argument("kind", type=_KIND)
@click.argument("names", metavar="NAME...", nargs=-1, required=True)
@click.option("--into", metavar="NAME", required=True, help="The name that stays.")
@JSON
@PRIVATE
@COLLECTION
@click.pass_obj
def merge(
    options: Options,
    *,
    kind: str,
    names: Sequence[str],
    into: str,
    as_json: bool,
    private: bool,
    collection: str | None,
) -> int:
    """Make several names of places, themes or narrators one.

    Every testimony follows, and bears the name once. Places and themes are still found by the
    names that went. One undo in the app takes it back.
    """
    gone, into = [*map(printing.whole_characters, names)], printing.whole_characters(into)
    with writing(named_file(options, collection), create=False, private=private) as voices:
        done = voices.merge(kind, gone, into)
    told = " and ".join(printing.line(name) for name in gone if name != into)
    return _put_done(f"Merged {told} into {printing.line(into)}", done, as_json)


@click.command(
    epilog="""\b
    firsthand split place Georgia "Georgia, USA" FH-0007 FH-0012"""
)
@click.argument("kind", type=_KIND)
@click.argument("name")
@click.argument("new")
@click.argument("ids", metavar="ID...", nargs=-1, required=True)
@JSON
@PRIVATE
@COLLECTION
@click.pass_obj
def split(
    options: Options,
    *,
    kind: str,
    name: str,
    new: str,
    ids: Sequence[str],
    as_json: bool,
    private: bool,
    collection: str | None,
) -> int:
    """Let some of the testimonies that bear a name bear another one.

    The testimonies are given by their identifiers; the others keep NAME.
    """
    name, new = map(printing.whole_characters, (name, new))
    with writing(named_file(options, collection), create=False, private=private) as voices:
        done = voices.split_off(kind, name, [*map(printing.whole_characters, ids)], new)
    return _put_done(f"Split {printing.line(new)} off {printing.line(name)}", done, as_json)


def _put_done(what: str, done: Followed, as_json: bool) -> int:
    if as_json:
        printing.put_json(
            {"kind": done.kind, "name": done.name, "changed": done.ids, "left": done.left}
        )
    else:
        printing.put_text([f"{what}; {vocabulary.followed(done)}"])
    return 0


CURATING: Final[tuple[Any, ...]] = (narrators, rename, merge, split)
"""The commands, in the order of the help."""
