"""The bundled gazetteer: what names mean, in any script and as cataloguers write them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collection.folding import fold
from collection.places.entry import AMBIGUOUS, RESOLVED, UNKNOWN
from collection.places.gazetteer import MOST_ALIASES, MOST_CANDIDATES, Gazetteer
from collection.places.keys import key_of

GAZETTEER = Gazetteer.bundled()


def also(entry, name):
    """Whether an entry is found under a name."""
    return key_of(name) in {key_of(entry.name), *map(key_of, entry.aliases)}


@pytest.mark.parametrize(
    ("written", "today", "country"),
    [
        ("Lemberg", "Lviv", "UA"),
        ("Lwów", "Львів", "UA"),
        ("לעמבערג", "Lviv", "UA"),
        ("Leningrad", "Saint Petersburg", "RU"),
        ("Петроград", "Saint Petersburg", "RU"),
        ("Stalingrad", "Volgograd", "RU"),
        ("Saigon", "Ho Chi Minh City", "VN"),
        ("Königsberg", "Kaliningrad", "RU"),
        ("Breslau", "Wrocław", "PL"),
        ("Danzig", "Gdańsk", "PL"),
        ("Wilno", "Vilnius", "LT"),
        ("ווילנע", "Vilnius", "LT"),
        ("Kovno", "Kaunas", "LT"),
        ("Pressburg", "Bratislava", "SK"),
        ("Kassa", "Košice", "SK"),
        ("Munkács", "Mukacheve", "UA"),
        ("Czernowitz", "Chernivtsi", "UA"),
        ("Constantinople", "Istanbul", "TR"),
        ("Smyrna", "İzmir", "TR"),
        ("Bombay", "Mumbai", "IN"),
        ("Peking", "Beijing", "CN"),
        ("Léopoldville", "Kinshasa", "CD"),
        ("Alma-Ata", "Almaty", "KZ"),
        ("Frunze", "Bishkek", "KG"),
        ("Stalinabad", "Dushanbe", "TJ"),
        ("Litzmannstadt", "Łódź", "PL"),
        ("Kattowitz", "Katowice", "PL"),
    ],
)
def test_a_historical_name_is_todays_place(written, today, country):
    entry = GAZETTEER.resolve(written)
    assert (entry.status, entry.country, entry.name) == (RESOLVED, country, written)
    assert also(entry, today)


@pytest.mark.parametrize(
    ("written", "english"),
    [
        ("Алматы", "Almaty"),
        ("Αθήνα", "Athens"),
        ("القاهرة", "Cairo"),
        ("京都", "Kyoto"),
        ("ירושלים", "Jerusalem"),
        ("Київ", "Kyiv"),
        ("서울", "Seoul"),
        ("Казахстан", "Kazakhstan"),
        ("Қазақстан", "Kazakhstan"),
        ("СССР", "Soviet Union"),
    ],
)
def test_every_script_is_read(written, english):
    entry = GAZETTEER.resolve(written)
    assert entry.status == RESOLVED
    assert also(entry, english)


@pytest.mark.parametrize(
    ("written", "container"),
    [
        ("Almaty", "Kazakhstan"),
        ("Almaty", "Soviet Union"),
        ("Almaty", "Central Asia"),
        ("Lviv", "Lviv Oblast"),
        ("Lviv", "Ukraine"),
        ("Lviv", "Galicia (Eastern Europe)"),
        ("Lviv", "Soviet Union"),
        ("Terezín Ghetto", "Terezín"),
        ("Terezín Ghetto", "Czechoslovakia"),
        ("Birkenau", "Auschwitz"),
        ("Winnsboro, S. C.", "South Carolina"),
        ("Sarajevo", "Yugoslavia"),
        ("Grozny", "Chechnya"),
        ("Simferopol", "Crimea"),
        ("Rangoon", "Myanmar"),
        ("Savannah, Georgia", "Georgia (United States)"),
        ("GUGULETU", "Cape Town"),
    ],
)
def test_a_place_lies_in_what_holds_it(written, container):
    entry = GAZETTEER.resolve(written)
    assert container in entry.within
    assert GAZETTEER.entry(container) is not None


def test_the_nearest_container_comes_first():
    within = GAZETTEER.resolve("Lviv").within
    order = [within.index(key) for key in ("Lviv Oblast", "Ukraine", "Soviet Union")]
    assert order == sorted(order)


@pytest.mark.parametrize(
    ("key", "names"),
    [
        ("Kazakhstan", ["Казахстан", "Қазақстан", "Kasachstan", "Kazakh SSR"]),
        ("Myanmar", ["Burma"]),
        ("Sri Lanka", ["Ceylon"]),
        ("Soviet Union", ["USSR", "СССР", "Sowjetunion", "ZSRR"]),
        ("Galicia (Eastern Europe)", ["Galizien", "Galicja", "גאליציע"]),
        ("Czechoslovakia", ["Československo", "Tschechoslowakei"]),
        ("Belarus", ["Byelorussia", "Белоруссия"]),
        ("Iran", ["Persia"]),
        ("Arkansas", []),
    ],
)
def test_a_container_is_found_by_its_other_names(key, names):
    entry = GAZETTEER.entry(key)
    assert entry.name == key
    assert [name for name in names if not also(entry, name)] == []


def test_there_is_no_entry_for_what_is_no_key():
    assert GAZETTEER.entry("Lemberg") is None
    assert GAZETTEER.entry("nowhere at all") is None
    assert GAZETTEER.entry("") is None


@pytest.mark.parametrize(
    ("written", "country", "kind"),
    [
        ("Pine Bluff, Arkansas", "US", "town"),
        ("Pine Bluff, Ark.", "US", "town"),
        ("Charleston, S.C.", "US", "town"),
        ("Wake County", "US", "county"),
        ("KING WILLIAM'S TOWN", "ZA", "town"),
        ("Nagyvárad/Oradea", "RO", "town"),
        ("Łódź (Poland : Ghetto)", "PL", "ghetto"),
        ("Budzyń (Lublin)", "PL", "camp"),
        ("Rastenburg [Kętrzyn]", "PL", "town"),
        ("Melk concentration camp", "AT", "camp"),
        ("Mińsk-Mazowiecki", "PL", "town"),
        ("Likeve (Łuków", "PL", "town"),
        ("Raleigh, North Carolina.", "US", "town"),
        ("Poland--Tarnów", "PL", "town"),
        ("Kolomyja, Poland", "UA", "town"),
        ("Lemberg (Austria)", "UA", "town"),
        ("Baranowicze Ghetto", "BY", "ghetto"),
        ("KTC, CAPE TOWN", "ZA", "township"),
        ("Robben Island", "ZA", "prison"),
        ("Czechoslovakia", "CZ|SK", "former state"),
        ("NYC", "US", "town"),
        ("Washington, D.C.", "US", "town"),
        ("Philipines", "PH", "country"),  # codespell:ignore
    ],
)
def test_catalogues_are_understood(written, country, kind):
    entry = GAZETTEER.resolve(written)
    assert (entry.status, entry.country, entry.kind) == (RESOLVED, country, kind)


def test_a_country_that_never_held_a_place_does_not_have_it():
    entry = GAZETTEER.resolve("Athens, Germany")
    assert (entry.status, entry.country) == (UNKNOWN, "DE")


@pytest.mark.parametrize("written", ["Georgia", "Athens", "Troy", "Birmingham", "Washington"])
def test_a_historian_has_to_decide(written):
    entry = GAZETTEER.resolve(written)
    assert entry.status == AMBIGUOUS
    assert 2 <= len(entry.candidates) <= MOST_CANDIDATES
    assert entry.latitude is None


def test_an_ambiguous_name_is_found_under_its_likeliest_places():
    assert {"Georgia (United States)", "South Caucasus"} <= set(GAZETTEER.resolve("Georgia").within)


def test_the_country_is_known_where_all_candidates_share_it():
    assert GAZETTEER.resolve("Clarke County").country == "US"
    assert GAZETTEER.resolve("Georgia").country is None


@pytest.mark.parametrize(
    ("written", "among", "within"),
    [
        ("Georgia", {"US"}, "United States"),
        ("Georgia", {"AM", "AZ"}, None),
        ("Athens", {"GR"}, "Greece"),
        ("Jarosław", {"PL"}, "Poland"),
        ("Moscow", {"US"}, None),
    ],
)
def test_the_other_places_decide_between_equals(written, among, within):
    entry = GAZETTEER.resolve(written, among)
    if within is None:
        assert entry.status == AMBIGUOUS
    else:
        assert entry.status == RESOLVED
        assert within in entry.within


@pytest.mark.parametrize("written", ["Gold Hill", "Wilson", "Oxford", "Aspendale"])
def test_a_small_or_common_name_of_the_new_world_is_not_taken_for_unique(written):
    assert GAZETTEER.resolve(written).status == AMBIGUOUS


def test_accents_tell_two_towns_apart():
    assert GAZETTEER.resolve("Dęblin", {"PL"}).country == "PL"
    assert GAZETTEER.resolve("Dublin").country == "IE"


def test_of_two_counties_the_larger_is_not_meant():
    assert GAZETTEER.resolve("Wayne County").status == AMBIGUOUS


def test_an_unknown_place_in_a_known_state_is_found_under_the_state():
    entry = GAZETTEER.resolve("Burwin, Okla.")
    assert (entry.status, entry.country) == (UNKNOWN, "US")
    assert "Oklahoma" in entry.within


@pytest.mark.parametrize(
    "written",
    [
        "Roberta Mill",
        "a conch fishing community",
        "Xyzzyqwx",
        "Mława-Przansysz",
        "118 W. Bolton St.",
    ],
)
def test_what_is_no_known_place_is_not_guessed(written):
    assert GAZETTEER.resolve(written).status == UNKNOWN


@pytest.mark.parametrize(
    "hostile",
    ["", " ", "[/]", "()", "/", ",", "x" * 10_000, "\x00\x1b[31m\x07", "\ud800", "🙂"],
)
def test_hostile_input_is_unknown_and_kept_as_written(hostile):
    entry = GAZETTEER.resolve(hostile)
    assert (entry.name, entry.status) == (hostile, UNKNOWN)
    assert GAZETTEER.candidates(hostile) == []
    assert GAZETTEER.complete(hostile[:50], 3) is not None


def test_completion_gives_the_most_populous_first():
    names = [candidate.name for candidate in GAZETTEER.complete("lember")]
    assert names[0] == "Lviv"
    people = [candidate.population for candidate in GAZETTEER.complete("spring")]
    assert people == sorted(people, reverse=True)
    assert len(people) == 10
    assert "London" in [candidate.name for candidate in GAZETTEER.complete("Lo", 40)]


def test_candidates_say_where_they_lie():
    candidates = GAZETTEER.candidates("Springfield, Illinois")
    assert "Illinois" in candidates[0].within


PIECES = (
    "Lviv Lemberg Georgia Springfield Łódź Ghetto camp County Ark. ( ) [ ] / , ; : -- . Алматы 京都"
    " Terezín near S. C. Poland Auschwitz Moscow"
)
words_of_places = st.sampled_from(PIECES.split())


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=30) | st.lists(words_of_places, max_size=6).map(" ".join))
def test_any_name_gets_an_honest_entry(written):
    entry = GAZETTEER.resolve(written, {"US", "PL"})
    assert entry.name == written
    assert entry.status in {RESOLVED, AMBIGUOUS, UNKNOWN}
    assert (entry.status == AMBIGUOUS) == bool(entry.candidates)
    folded = [fold(alias) for alias in entry.aliases]
    assert len(set(folded)) == len(folded) <= MOST_ALIASES
    assert fold(written) not in folded
    assert all(GAZETTEER.entry(key) for key in entry.within)
