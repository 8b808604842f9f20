"""What is said of the places in the form: what each would be taken for when it is saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collection.places.entry import AMBIGUOUS, DECIDED, UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Mapping

    from collection import Collection
    from collection.places.entry import Candidate, PlaceEntry
    from collection.testimony import Place

_ALIASES = 3


def place_line(
    collection: Collection,
    place: Place,
    entries: Mapping[str, PlaceEntry],
    choices: Mapping[str, Candidate],
) -> str:
    """Say in a line what a place would be taken for.

    Args:
        collection: where it is to be saved.
        place: as the testimony has it.
        entries: what is known of its name, or would be.
        choices: what was chosen in the form.
    """
    name = place.name
    if (chosen := choices.get(name)) is not None:
        about = collection.about_place(chosen, name)
        return f"{name}: {about}{_at(chosen.latitude, chosen.longitude)} · chosen here"
    entry = entries.get(name)
    if _differs(place, entry):
        country = place.country or (entry.country if entry is not None else None) or ""
        return f"{name}: {country}{_at(place.latitude, place.longitude)} · as this testimony says"
    if entry is None or entry.status == UNKNOWN:
        return f"{name}: not in the gazetteer; kept as it is written"
    if entry.status == AMBIGUOUS:
        if len(entry.candidates) == 1:
            # It is spelt a little otherwise.
            return (
                f"{name}: perhaps {collection.about_place(entry.candidates[0], name)}; F5 decides"
            )
        many = f"one of {len(entry.candidates)} places" if entry.candidates else "several places"
        return f"{name}: may be {many}; F5 chooses"
    about = collection.about_place(entry)
    also = [alias for alias in entry.aliases if alias != name][:_ALIASES]
    other = f" · also {', '.join(also)}" if also else ""
    decided = " · decided" if entry.status == DECIDED else ""
    return f"{name}: {about}{_at(entry.latitude, entry.longitude)}{decided}{other}"


def _differs(place: Place, entry: PlaceEntry | None) -> bool:
    """Tell whether a testimony says something else of a place than what is known of its name."""
    if not place.status and place.latitude is None:
        return False
    if entry is None or place.status == DECIDED != entry.status:
        return True
    known = (entry.latitude, entry.longitude)
    return (place.latitude, place.longitude) not in (known, (None, None))


def _at(latitude: float | None, longitude: float | None) -> str:
    if latitude is None or longitude is None:
        return ""
    north = f"{abs(latitude):.2f}°{'N' if latitude >= 0 else 'S'}"
    return f" · {north} {abs(longitude):.2f}°{'E' if longitude >= 0 else 'W'}"
