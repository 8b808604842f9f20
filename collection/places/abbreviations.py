"""Abbreviations that say where a place lies, and names that everybody takes for one city."""

from __future__ import annotations

from typing import Final

STATES: Final = {
    "Alabama": "Ala AL",
    "Alaska": "AK",
    "Arizona": "Ariz AZ",
    "Arkansas": "Ark AR",
    "California": "Calif Cal CA",
    "Colorado": "Colo Col CO",
    "Connecticut": "Conn CT",
    "Delaware": "Del DE",
    "District of Columbia": "DC",
    "Florida": "Fla FL",
    "Georgia (United States)": "Ga GA",
    "Hawaii": "HI",
    "Idaho": "Ida ID",
    "Illinois": "Ill Ills IL",
    "Indiana": "Ind IN",
    "Iowa": "Ia IA",
    "Kansas": "Kans Kan KS",
    "Kentucky": "Ky KY",
    "Louisiana": "La LA",
    "Maine": "Me ME",
    "Maryland": "Md MD",
    "Massachusetts": "Mass MA",
    "Michigan": "Mich MI",
    "Minnesota": "Minn MN",
    "Mississippi": "Miss MS",
    "Missouri": "Mo MO",
    "Montana": "Mont MT",
    "Nebraska": "Nebr Neb NE",
    "Nevada": "Nev NV",
    "New Hampshire": "NH",
    "New Jersey": "NJ",
    "New Mexico": "N Mex NM",
    "New York": "NY",
    "North Carolina": "N Car NC",
    "North Dakota": "N Dak ND",
    "Ohio": "OH",
    "Oklahoma": "Okla OK",
    "Oregon": "Oreg Ore OR",  # codespell:ignore
    "Pennsylvania": "Penn Penna Pa PA",
    "Rhode Island": "RI",
    "South Carolina": "S Car SC",
    "South Dakota": "S Dak SD",
    "Tennessee": "Tenn TN",
    "Texas": "Tex TX",
    "Utah": "UT",
    "Vermont": "Vt VT",
    "Virginia": "Va VA",
    "Washington": "Wash WA",
    "West Virginia": "W Va WV",
    "Wisconsin": "Wis Wisc WI",
    "Wyoming": "Wyo WY",
    "Alberta": "Alta AB",
    "British Columbia": "BC",
    "Manitoba": "Man MB",
    "New Brunswick": "NB",
    "Nova Scotia": "NS",
    "Ontario": "Ont ON",
    "Prince Edward Island": "PEI PE",
    "Quebec": "Que PQ QC",
    "Saskatchewan": "Sask SK",
    "New South Wales": "NSW",
    "Queensland": "Qld",
    "Victoria (Australia)": "Vic",
}
"""Keys of states and provinces, and how catalogues shorten them. Two words are one here: `NCar`,
and `S. C.` is read as `SC`."""

NICKNAMES: Final = {
    "nyc": "New York City",
    "newyorknewyork": "New York City",
    "la": "Los Angeles",
    "frisco": "San Francisco",
    "philly": "Philadelphia",
    "washingtondc": "Federal City",
    "dc": "Federal City",
}
"""Names that stand for one great city, whatever small place is called so as well."""


def spelt_out() -> dict[str, str]:
    """Give the key of a state for each folded abbreviation."""
    table = {}
    for key, shorts in STATES.items():
        words = shorts.split()
        # A single capital belongs to the word after it.
        while len(words) > 1 and len(words[0]) == 1:
            words[:2] = ["".join(words[:2])]
        for word in words:
            table[word.casefold()] = key
    return table
