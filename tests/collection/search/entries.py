"""A handful of authority entries, as a collection would have them."""

from __future__ import annotations

from collection.places.entry import PlaceEntry
from collection.themes import ThemeEntry

_PLACES = {
    "Almaty": (("Алматы", "Alma-Ata", "Verny"), ("Kazakhstan", "Soviet Union")),
    "Алматы": (("Almaty", "Alma-Ata"), ("Kazakhstan", "Soviet Union")),
    "Lwów": (("Lviv", "Lemberg", "Львів"), ("Ukraine", "Galicia")),
    "Saigon": (("Ho Chi Minh City",), ("Vietnam",)),
    "Kazakhstan": (("Казахстан", "Kasachstan"), ("Soviet Union",)),
    "Warsaw": (("Warszawa", "Warschau"), ("Poland",)),
    "Lodz": (("Łódź", "Litzmannstadt"), ("Poland",)),
}
_CONTAINERS = {
    "Kazakhstan": ("Казахстан", "Kasachstan"),
    "Soviet Union": ("USSR", "СССР"),
    "Ukraine": ("Україна",),
    "Galicia": ("Galizien",),
    "Vietnam": ("Việt Nam",),
    "Poland": ("Polska", "Polen"),
}
_THEMES = {
    "Forced labour": (("Slave labour",), ("Work",)),
    "Torture": ((), ("Violence",)),
    "Violence": ((), ("Crime",)),
}


class Entries:
    """What the search asks of a collection's entries."""

    def __init__(self) -> None:
        self.places = {
            name: PlaceEntry(name, aliases=aliases, within=within)
            for name, (aliases, within) in _PLACES.items()
        }
        self.themes = {
            name: ThemeEntry(name, used_for, broader)
            for name, (used_for, broader) in _THEMES.items()
        }

    def place(self, name: str) -> PlaceEntry:
        return self.places.get(name, PlaceEntry(name))

    def known(self, name: str) -> PlaceEntry | None:
        return self.places.get(name)

    def container(self, key: str) -> PlaceEntry:
        return PlaceEntry(key, aliases=_CONTAINERS.get(key, ()))

    def theme(self, name: str) -> ThemeEntry:
        return self.themes.get(name, ThemeEntry(name))

    def broader_than(self, name: str) -> tuple[str, ...]:
        found: list[str] = []
        for above in self.theme(name).broader:
            found += [above, *self.broader_than(above)]
        return tuple(found)
