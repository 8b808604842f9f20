"""The gazetteer built from a handful of made places, and its file when it is harmed."""

from __future__ import annotations

import pytest

from collection.errors import CollectionError
from collection.places import build_gazetteer, overlay
from collection.places.gazetteer import Gazetteer, GazetteerDamaged
from collection.places.made import Made, is_at_home, is_junk, sifted
from collection.places.packed import Packed
from collection.places.sources import Sources


def made_sources() -> Sources:
    return Sources(
        countries={
            "PL": Made("Poland", "country", "PL", population=38_000_000, key="Poland"),
            "UA": Made("Ukraine", "country", "UA", population=44_000_000, key="Ukraine"),
        },
        divisions={
            "UA.15": Made("Lviv Oblast", "oblast", "UA", population=2_000_000, parents=["UA"]),
            "PL.10": Made("Mazovia", "province", "PL", population=5_000_000, parents=["PL"]),
            "PL.10.1": Made("Powiat", "district", "PL", parents=["PL.10"]),
        },
        places={
            "1": Made("Lviv", "town", "UA", 49.84, 24.02, 700_000, ["Lwów", "Львов"], ["UA.15"]),
            "2": Made("Ryki", "town", "PL", 51.63, 21.93, 9_000, [], ["PL.10.1"]),
            "3": Made("Ryki Małe", "town", "PL", 51.6, 21.9, 700, [], ["PL.10"]),
        },
    )


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "regions.tsv").write_text(
        "# a comment\nGalicia\thistorical region\tUA\tGalizien|גאליציע\tUA/Lviv Oblast\n", "utf-8"
    )
    (tmp_path / "names.tsv").write_text("UA/Lviv\tLemberg\n", "utf-8")
    (tmp_path / "sites.tsv").write_text(
        "Janowska\tcamp\tUA\t49.85,24.0\tJanowska camp\tUA/Lviv\n", "utf-8"
    )
    return tmp_path


@pytest.fixture
def file(folder):
    path = folder / "made.bin"
    path.write_bytes(build_gazetteer.build(made_sources(), folder))
    return path


def test_what_is_built_is_read(file):
    lviv = Gazetteer.open(file).resolve("LEMBERG")
    assert (lviv.country, lviv.kind, lviv.latitude) == ("UA", "town", 49.84)
    assert lviv.aliases[:2] == ("Lviv", "Lwów") or lviv.aliases[0] == "Lviv"
    assert lviv.within == ("Lviv Oblast", "Galicia", "Ukraine")


def test_a_site_lies_in_its_town(file):
    camp = Gazetteer.open(file).resolve("Janowska camp")
    assert camp.kind == "camp"
    assert camp.within == ("Lviv", "Lviv Oblast", "Galicia", "Ukraine")


def test_municipalities_are_left_out(file):
    gazetteer = Gazetteer.open(file)
    assert gazetteer.entry("Powiat") is None
    assert gazetteer.resolve("Ryki", {"PL"}).within == ("Mazovia", "Poland")


def test_the_same_sources_give_the_same_bytes(file, folder):
    assert build_gazetteer.build(made_sources(), folder) == file.read_bytes()


def test_an_overlay_that_means_nothing_is_refused(folder):
    (folder / "names.tsv").write_text("UA/Nowhere\tSomewhere\n", "utf-8")
    with pytest.raises(overlay.OverlayError, match="UA/Nowhere"):
        build_gazetteer.build(made_sources(), folder)


def test_every_name_and_place_survives_packing(file):
    packed = Packed(file.read_bytes())
    names = {packed.row(number).name for number in range(len(packed))}
    assert {"Lviv", "Ryki", "Ryki Małe", "Janowska", "Galicia", "Poland"} <= names
    assert [name for name, _, _ in packed.starting("ryki")] == ["ryki", "rykimale"]


@pytest.mark.parametrize("harm", ["absent", "empty", "short", "foreign", "bitten"])
def test_a_harmed_file_raises_one_named_error(file, harm):
    data = file.read_bytes()
    if harm == "absent":
        file.unlink()
    else:
        middle = len(data) - 100
        file.write_bytes(
            {
                "empty": b"",
                "short": data[:-10],
                "foreign": b"PK\x03\x04" + bytes(200),
                "bitten": data[:middle] + bytes(60) + data[middle + 60 :],
            }[harm]
        )
    with pytest.raises(GazetteerDamaged, match="place names") as caught:
        gazetteer = Gazetteer.open(file)
        for name in ("Lviv", "Ryki", "Janowska"):
            gazetteer.resolve(name)
        gazetteer.complete("l")
    assert isinstance(caught.value, CollectionError)


@pytest.mark.parametrize("alias", ["LWO", "Ko", "li wo fu", "00-950", "", "…", "a|b"])
def test_junk_is_dropped(alias):
    assert is_junk(alias)


@pytest.mark.parametrize("alias", ["Lwów", "Львов", "京", "לבוב", "Łódź"])
def test_names_are_kept(alias):
    assert not is_junk(alias)


def test_a_village_is_not_named_in_scripts_from_afar():
    assert is_at_home("Терезин", "UA", 900)
    assert not is_at_home("テレジーン", "CZ", 2_850)
    assert is_at_home("プラハ", "CZ", 1_165_000)


def test_other_sounds_come_before_other_spellings():
    aliases, by_hand = sifted("Lviv", ["Lemberg"], ["Lwiw", "Leopolis", "LEMBERG", "Lvív", "Львів"])
    assert by_hand == 1
    assert aliases[:2] == ["Lemberg", "Leopolis"]
    assert [alias for alias in aliases if alias in {"LEMBERG", "Lvív", "Львів"}] == []
