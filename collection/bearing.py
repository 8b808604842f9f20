"""Which places, themes and narrators a testimony names, and how it reads with another name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from collection.access import MASK, gate, withholds
from collection.authorities import NARRATOR, PLACE, THEME, theme_key
from collection.folding import words
from collection.placing import is_sound, taken_from
from collection.striking import BAR
from collection.testimony import Access, Place, Testimony

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from collection.places.entry import PlaceEntry

KINDS: Final = (PLACE, THEME, NARRATOR)
"""What testimonies name by names that are shared."""
_SIGNS: Final = frozenset({BAR, *MASK})
_OPEN: Final = Access()


def identity(kind: str, name: str) -> str:
    """Give what the spellings of one name have in common; only themes have several."""
    return theme_key(name) if kind == THEME else name


def readable(name: str) -> bool:
    """Tell whether a name is all there: nothing of it is masked or struck out."""
    return bool(name) and not _SIGNS & {*name}


def names_in(testimony: Testimony, kind: str) -> tuple[str, ...]:
    """Give the names of a kind that a testimony bears, each once.

    Args:
        testimony: as it may be seen; what is withheld in it is no name.
        kind: `place`, `theme` or `narrator`.
    """
    if kind == PLACE:
        found: Iterable[str] = (*(one.name for one in testimony.places), testimony.interview_place)
    elif kind == THEME:
        found = testimony.themes
    else:
        found = (testimony.narrator.name,)
    return tuple(name for name in dict.fromkeys(found) if readable(name))


# --- with another name -----------------------------------------------------------------------


def with_theme(testimony: Testimony, meant: Callable[[str], bool], new: str) -> Testimony:
    """Give a testimony another theme in the place of some; it has that only once."""
    if not any(meant(theme) and theme != new for theme in testimony.themes):
        return testimony
    themes: list[str] = []
    for theme in testimony.themes:
        if theme != new and not meant(theme):
            themes.append(theme)
        elif new not in themes:
            themes.append(new)
    return msgspec.structs.replace(testimony, themes=tuple(themes))


def with_place(
    testimony: Testimony, former: Mapping[str, PlaceEntry], entry: PlaceEntry
) -> Testimony:
    """Give a testimony another place in the place of some.

    Args:
        testimony: a whole record.
        former: what was known of each name that is meant.
        entry: what is known of the one that takes their place, under its name.

    Returns:
        the testimony as it is then. What a place has of its own stays: coordinates, a country,
        a decision. Two that come to the same are one, in the place of the first.
    """
    named = {*(place.name for place in testimony.places), testimony.interview_place}
    if not named & former.keys():
        return testimony
    if not named & former.keys() - {entry.name}:
        # It bears the one that stays only, and follows if more is known of that now.
        before = _as(former[entry.name])
        kept = (_as(entry) if place == before else place for place in testimony.places)
        return msgspec.structs.replace(testimony, places=tuple(kept))
    places: list[Place] = []
    where: int | None = None
    for place in testimony.places:
        if place.name not in former:
            places.append(place)
            continue
        follows = is_sound(entry) and taken_from(former[place.name], place)
        new = _as(entry) if follows else msgspec.structs.replace(place, name=entry.name)
        if where is None:
            where = len(places)
            places.append(new)
        elif not follows and new not in places:
            if places[where] == _as(entry):
                places[where] = new
            else:
                places.append(new)
    spoken_at = testimony.interview_place
    return msgspec.structs.replace(
        testimony,
        places=tuple(places),
        interview_place=entry.name if spoken_at in former else spoken_at,
    )


def _as(entry: PlaceEntry) -> Place:
    return Place(entry.name, entry.country, entry.latitude, entry.longitude, entry.status)


def with_narrator(testimony: Testimony, meant: Callable[[str], bool], new: str) -> Testimony:
    """Give a testimony's narrator another public name; how it was chosen and who it is stay.

    Returns:
        the very same testimony where a name that is sealed, or one behind a pseudonym, would be
        told by it: what is struck out in the texts goes by the public name.
    """
    narrator = testimony.narrator
    if not meant(narrator.name) or narrator.name == new:
        return testimony
    renamed = msgspec.structs.replace(narrator, name=new)
    after = msgspec.structs.replace(testimony, narrator=renamed)
    return testimony if _tells(testimony, after) else after


def uncovers(kind: str, before: Testimony, after: Testimony) -> bool:
    """Tell whether another place or theme would uncover one that is struck out.

    A place that is called as its narrator, whose name is sealed, is struck out with that name;
    under its new name it would be seen, and who knows what was renamed would know the narrator.
    """
    if not withholds(before):
        return False
    whole, seen = ({*names_in(one, kind)} for one in (before, gate(_as_if_open(before)).testimony))
    return bool((whole - seen) - {*names_in(after, kind)})


def _tells(before: Testimony, after: Testimony) -> bool:
    """Tell whether a testimony would show more of its narrator than it does."""
    if not withholds(before):
        return False
    if before.access.name.level != "open":
        # The name to be struck out in the texts is the one that is given here.
        return True
    real = before.narrator.real_name
    if not real:
        return False
    fresh = {*words(after.narrator.name)} - {*words(before.narrator.name)}
    if fresh & {*words(real)}:
        return True
    shown = [gate(_as_if_open(one)) for one in (before, after)]
    if not {*shown[0].withheld} <= {*shown[1].withheld}:
        return True
    texts = [msgspec.json.encode(msgspec.structs.replace(one.testimony, narrator=_NOBODY))
             .decode() for one in shown]  # fmt: skip
    before_text, after_text = texts
    if len(before_text) != len(after_text):
        # A number was struck out, which stands as text then.
        return True
    return any(a == BAR != b for a, b in zip(before_text, after_text, strict=True))


def _as_if_open(testimony: Testimony) -> Testimony:
    """Give a testimony as if it were not sealed as a whole: one day it may be."""
    access = msgspec.structs.replace(testimony.access, record=_OPEN.record)
    return msgspec.structs.replace(testimony, access=access)


_NOBODY: Final = Testimony(title="", account="").narrator
