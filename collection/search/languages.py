"""Languages: codes of ISO 639 and the names that people write instead, folded alike.

The codes are those of ISO 639-1, 639-2 and 639-3; the names are the English ones and the
language's own, as far as catalogues use them.
"""

from __future__ import annotations

from functools import cache
from typing import Final

from collection.folding import fold

_NAMES: Final = """\
en English|eng
de German|deu|ger|Deutsch
fr French|fra|fre|français
es Spanish|spa|español|Castilian
it Italian|ita|italiano
pt Portuguese|por|português
nl Dutch|nld|dut|Nederlands
da Danish|dan|dansk
sv Swedish|swe|svenska
no Norwegian|nor|norsk|nb|nn
fi Finnish|fin|suomi
is Icelandic|isl|ice
et Estonian|est|eesti
lv Latvian|lav|latviešu
lt Lithuanian|lit|lietuvių
pl Polish|pol|polski
cs Czech|ces|cze|čeština|česky
sk Slovak|slk|slo|slovenčina
hu Hungarian|hun|magyar
ro Romanian|ron|rum|română|Moldovan
bg Bulgarian|bul|български
sr Serbian|srp|српски
hr Croatian|hrv|hrvatski
bs Bosnian|bos|bosanski
sl Slovenian|slv|Slovene|slovenščina
mk Macedonian|mkd|mac
sq Albanian|sqi|alb|shqip
el Greek|ell|gre|ελληνικά
ru Russian|rus|русский
uk Ukrainian|ukr|українська
be Belarusian|bel|беларуская|Belorussian
ka Georgian|kat|geo|ქართული
hy Armenian|hye|arm|հայերեն
az Azerbaijani|aze|azərbaycan
kk Kazakh|kaz|қазақша
ky Kyrgyz|kir|Kirghiz
uz Uzbek|uzb|oʻzbek
tk Turkmen|tuk
tg Tajik|tgk
tt Tatar|tat
ce Chechen|che
tr Turkish|tur|Türkçe
ku Kurdish|kur|kurdî|Kurmanji|Sorani|ckb|kmr
fa Persian|fas|per|Farsi|فارسی|Dari|prs
ps Pashto|pus|Pushto
ur Urdu|urd|اردو
hi Hindi|hin|हिन्दी
bn Bengali|ben|Bangla|বাংলা
pa Punjabi|pan|Panjabi
ta Tamil|tam|தமிழ்
te Telugu|tel
ml Malayalam|mal
gu Gujarati|guj
mr Marathi|mar
ne Nepali|nep
si Sinhala|sin|Sinhalese
my Burmese|mya|bur
km Khmer|khm|Cambodian
lo Lao|lao
th Thai|tha|ไทย
vi Vietnamese|vie|tiếng Việt
id Indonesian|ind
ms Malay|msa|may
tl Tagalog|tgl|Filipino|fil
zh Chinese|zho|chi|中文|Mandarin|Cantonese|yue
ja Japanese|jpn|日本語
ko Korean|kor|한국어
mn Mongolian|mon
bo Tibetan|bod|tib
ug Uyghur|uig|Uighur
ar Arabic|ara|العربية
he Hebrew|heb|עברית|iw
yi Yiddish|yid|ייִדיש|ji
lad Ladino|Judezmo|Judaeo-Spanish
rom Romani|Romany
am Amharic|amh
ti Tigrinya|tir
so Somali|som
sw Swahili|swa|Kiswahili
rw Kinyarwanda|kin|Rwanda
rn Kirundi|run
zu Zulu|zul|isiZulu
xh Xhosa|xho|isiXhosa
af Afrikaans|afr
st Sotho|sot|Sesotho
tn Tswana|tsn|Setswana
sn Shona|sna
ig Igbo|ibo
yo Yoruba|yor
ha Hausa|hau
wo Wolof|wol
mg Malagasy|mlg
ht Haitian Creole|hat|Haitian|Kreyòl
qu Quechua|que
ay Aymara|aym
gn Guarani|grn
mi Maori|mri|mao
ga Irish|gle|Gaeilge
cy Welsh|cym|wel|Cymraeg
gd Scottish Gaelic|gla|Gaelic
br Breton|bre
eu Basque|eus|baq|euskara
ca Catalan|cat|català
gl Galician|glg
la Latin|lat
eo Esperanto|epo
"""

"""One language a line: its shortest code, a blank, its names and other codes parted by `|`."""


@cache
def _english() -> dict[str, str]:
    lines = [line.partition(" ") for line in _NAMES.splitlines()]
    return {fold(code): rest.partition("|")[0] for code, _, rest in lines}


@cache
def _by_name() -> dict[str, tuple[str, ...]]:
    known: dict[str, tuple[str, ...]] = {}
    for line in _NAMES.splitlines():
        code, _, rest = line.partition(" ")
        names = tuple(dict.fromkeys(fold(name) for name in (code, *rest.split("|"))))
        for name in names:
            known.setdefault(name, names)
    return known


def language_codes(value: str) -> tuple[str, ...]:
    """Give the codes and folded names of the language that a value names.

    A value that names none is its own only name. Of a tag such as `yi-Hebr` the language counts.
    """
    folded = fold(value.strip())
    whole = _by_name().get(folded)
    if whole:
        return whole
    language = folded.replace("_", "-").partition("-")[0]
    return _by_name().get(language, (folded,))


def language_of(value: str) -> str:
    """Give one key for a language however it is written: a code, a tag, a name."""
    return language_codes(value)[0]


def language_name(value: str) -> str:
    """Give the English name of a language however it is written; what is no language stays."""
    return _english().get(language_of(value), value)
