"""Dates in other languages: what they say, what cannot be told, and laws that hold for all."""

from __future__ import annotations

import re
import subprocess
import sys
import unicodedata
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collection.dates import bounds, describe, read_date, short

READINGS = {
    "ru": """
12 мая 1944 = 1944-05-12
12 мая 1944 г. = 1944-05-12
12-го мая 1944 года = 1944-05-12
от 5 мая 1944 г. = 1944-05-05
пятница, 12 мая 1944 = 1944-05-12
01.05.1944 г. = 1944-05-01
1.V.1944г. = 1944-05-01
Май 1944 г. = 1944-05
в мае 1944 = 1944-05
окт. 1943 = 1943-10
1943 год = 1943
около 1943 = 1943~
ок. 1943 г. = 1943~
вероятно, 1943 = 1943?
1943 или 1944 = [1943,1944]
весной 1942 года = 1942-21
зима 1942/43 = 1942-24
лето — осень 1942 = 1942-22/1942-23
начало 1943 = 1943-01/1943-04~
в конце мая 1944 г. = 1944-05-21~/1944-05
первая половина 1943 г. = 1943-01/1943-06
между 1941 и 1943 = 1941/1943
с 1941 по 1943 гг. = 1941/1943
с мая 1944 по март 1945 г. = 1944-05/1945-03
с 5 по 8 мая 1945 г. = 1945-05-05/1945-05-08
июнь–июль 1941 = 1941-06/1941-07
1941–1943 гг. = 1941/1943
до 1943 = ../1943
до мая 1943 г. = ../1943-05
к маю 1943 г. = ../1943-05
после 1945 г. = 1945/..
с 1943 года = 1943/..
1940-е годы = 194X
40-е гг. = 194X
начало 1940-х гг. = 1940/1943~
сороковые годы = 194X
10 ч. 12 мая 1944 = -
по 1943 = -
лист 12 мая 1944 = -
12 мая 1944 (по старому стилю) = -
29 февраля 1943 = -
суббота, 12 мая 1944 = -
""",
    "uk": """
12 травня 1944 року = 1944-05-12
12 травня 1944 р. = 1944-05-12
у травні 1944 = 1944-05
лютий 1943 = 1943-02
листопад 1943 р. = 1943-11
близько 1943 = 1943~
між 1941 і 1943 роками = 1941/1943
з 1941 по 1943 рр. = 1941/1943
від 1941 до 1943 = 1941/1943
з травня до липня 1944 = 1944-05/1944-07
навесні 1942 = 1942-21
взимку 1942/43 = 1942-24
наприкінці 1943 року = 1943-09~/1943-12
до 1943 року = ../1943
після травня 1945 = 1945-05/..
1930-ті роки = 193X
5 або 6 травня 1944 = [1944-05-05,1944-05-06]
від 5 травня 1944 = -
""",
    "pl": """
12 maja 1944 = 1944-05-12
12 maja 1944 r. = 1944-05-12
dnia 12 maja 1944 roku = 1944-05-12
piątek, 12 maja 1944 = 1944-05-12
12 V 1944 r. = 1944-05-12
12.V.1944 = 1944-05-12
V–VI 1944 = 1944-05/1944-06
w maju 1944 = 1944-05
sierpien 1942 = 1942-08
12 listopada 1944 r. = 1944-11-12
w listopadzie 1944 = 1944-11
około 1943 roku = 1943~
ok. 1943 = 1943~
1943 lub 1944 = [1943,1944]
lato 1943 = 1943-22
wiosną 1942 r. = 1942-21
zima 1942/1943 = 1942-24
jesień 1942 – wiosna 1943 = 1942-23/1943-21
początek 1943 = 1943-01/1943-04~
koniec maja 1944 = 1944-05-21~/1944-05
pod koniec 1943 roku = 1943-09~/1943-12
w połowie 1944 = 1944-05~/1944-08~
I połowa 1943 = 1943-01/1943-06
między 1941 a 1943 = 1941/1943
od 1941 do 1943 = 1941/1943
od maja 1944 do marca 1945 = 1944-05/1945-03
w latach 1941-1943 = 1941/1943
lata 1941-1943 = 1941/1943
od 1943 = 1943/..
do 1943 = ../1943
przed 1945 = ../1945
po 1945 r. = 1945/..
lata 40. XX w. = 194X
lata czterdzieste = 194X
bez daty = -
31 czerwca 1944 = -
wielkanoc 1943 = -
""",
    "de": """
12. Mai 1944 = 1944-05-12
12.Mai 1944 = 1944-05-12
den 12. Mai 1944 = 1944-05-12
am 12. Mai 1944 = 1944-05-12
Freitag, den 12. Mai 1944 = 1944-05-12
Mai 1944 = 1944-05
im März 1943 = 1943-03
Maerz 1943 = 1943-03
Jänner 1945 = 1945-01
9. Nov. 1938 = 1938-11-09
8./9. Mai 1945 = 1945-05-08/1945-05-09
5. bis 8. Mai 1945 = 1945-05-05/1945-05-08
vom 5. bis 8. Mai 1945 = 1945-05-05/1945-05-08
8. u. 9. Mai 1945 = {1945-05-08,1945-05-09}
1.-3.5.1943 = 1943-05-01/1943-05-03
8./9.5.1945 = 1945-05-08/1945-05-09
12.5.-14.6.1945 = 1945-05-12/1945-06-14
12.5.1945 bis 14.6.1945 = 1945-05-12/1945-06-14
von Mai 1944 bis März 1945 = 1944-05/1945-03
Oktober/November 1944 = 1944-10/1944-11
zwischen 1941 und 1943 = 1941/1943
1943 oder 1944 = [1943,1944]
um 1943 = 1943~
etwa 1943 = 1943~
vermutlich 1943 = 1943?
1943 (vermutlich) = 1943?
Sommer 1944 = 1944-22
Frühjahr 1944 = 1944-21
Winter 1942/43 = 1942-24
Spätsommer 1944 = 1944-07/1944-08
Herbst 1943 bis Frühjahr 1944 = 1943-23/1944-21
Anfang 1943 = 1943-01/1943-04~
Ende Mai 1944 = 1944-05-21~/1944-05
Mitte 1944 = 1944-05~/1944-08~
Ende Mai/Anfang Juni 1944 = 1944-05-21~/1944-06-10~
erste Hälfte 1943 = 1943-01/1943-06
Anfang der 1940er Jahre = 1940/1943~
1940er-Jahre = 194X
vierziger Jahre = 194X
vor 1945 = ../1945
bis Mai 1945 = ../1945-05
nach 1945 = 1945/..
seit Mai 1943 = 1943-05/..
o. D. (um 1943) = 1943~
o. D. = -
Pfingsten 1944 = -
Montag, 12. Mai 1944 = -
""",
    "fr": """
14 juillet 1936 = 1936-07-14
le 14 juillet 1936 = 1936-07-14
mardi 14 juillet 1936 = 1936-07-14
1er mai 1944 = 1944-05-01
mai 1944 = 1944-05
août 1944 = 1944-08
aout 1944 = 1944-08
févr. 1943 = 1943-02
vers 1943 = 1943~
vers mai 1943 = 1943-05~
peut-être 1943 = 1943?
1943 ou 1944 = [1943,1944]
entre 1941 et 1943 = 1941/1943
de 1941 à 1943 = 1941/1943
du 5 au 8 mai 1945 = 1945-05-05/1945-05-08
du 5 mai au 8 juin 1945 = 1945-05-05/1945-06-08
5 et 6 mai 1944 = {1944-05-05,1944-05-06}
été 1944 = 1944-22
au printemps 1944 = 1944-21
l'automne 1943 = 1943-23
hiver 1942-1943 = 1942-24
début 1943 = 1943-01/1943-04~
début mai 1944 = 1944-05-01/1944-05-10~
mi-mai 1944 = 1944-05-11~/1944-05-20~
à la fin de mai 1944 = 1944-05-21~/1944-05
fin mai-début juin 1944 = 1944-05-21~/1944-06-10~
fin des années 1940 = 1947~/1949
années 40 = 194X
avant 1945 = ../1945
jusqu'en 1943 = ../1943
après mai 1945 = 1945-05/..
à partir de mai 1943 = 1943-05/..
depuis 1943 = 1943/..
s.d. [1943] = 1943
s. d. = -
1er mai an II = -
31 juin 1944 = -
""",
    "es": """
12 de mayo de 1944 = 1944-05-12
1º de mayo de 1944 = 1944-05-01
martes, 14 de julio de 1936 = 1936-07-14
mayo de 1944 = 1944-05
sept. 1936 = 1936-09
hacia 1943 = 1943~
entre 1941 y 1943 = 1941/1943
desde 1941 hasta 1943 = 1941/1943
del 5 al 8 de mayo de 1945 = 1945-05-05/1945-05-08
1943 o 1944 = [1943,1944]
verano de 1944 = 1944-22
invierno de 1942-1943 = 1942-24
a mediados de 1943 = 1943-05~/1943-08~
a principios de mayo de 1944 = 1944-05-01/1944-05-10~
finales de 1943 = 1943-09~/1943-12
primera mitad de 1943 = 1943-01/1943-06
antes de 1945 = ../1945
después de 1945 = 1945/..
hasta 1943 = ../1943
a partir de 1943 = 1943/..
años 40 = 194X
década de 1940 = 194X
años cuarenta = 194X
sin fecha = -
""",
    "it": """
12 maggio 1944 = 1944-05-12
1º maggio 1944 = 1944-05-01
il 12 maggio 1944 = 1944-05-12
venerdì 12 maggio 1944 = 1944-05-12
maggio 1944 = 1944-05
sett. 1943 = 1943-09
nell'estate del 1944 = 1944-22
dal 1941 al 1943 = 1941/1943
dal 5 all'8 maggio 1945 = 1945-05-05/1945-05-08
tra il 1941 e il 1943 = 1941/1943
fine maggio 1944 = 1944-05-21~/1944-05
inizio 1943 = 1943-01/1943-04~
prima del 1945 = ../1945
dopo il 1945 = 1945/..
anni '40 = 194X
anni Quaranta = 194X
s.d. = -
""",
    "nl": """
12 mei 1944 = 1944-05-12
vrijdag 12 mei 1944 = 1944-05-12
maart 1943 = 1943-03
zomer 1944 = 1944-22
tussen 1941 en 1943 = 1941/1943
van mei 1944 tot maart 1945 = 1944-05/1945-03
eind mei 1944 = 1944-05-21~/1944-05
begin 1943 = 1943-01/1943-04~
omstreeks 1943 = 1943~
vóór 1945 = ../1945
na 1945 = 1945/..
1943 of 1944 = [1943,1944]
jaren '40 = 194X
jaren veertig = 194X
zonder datum = -
""",
    "pt": """
12 de maio de 1944 = 1944-05-12
março de 1943 = 1943-03
verão de 1944 = 1944-22
por volta de 1943 = 1943~
entre 1941 e 1943 = 1941/1943
de 5 a 8 de maio de 1945 = 1945-05-05/1945-05-08
antes de 1945 = ../1945
depois de 1945 = 1945/..
início de 1943 = 1943-01/1943-04~
década de 1940 = 194X
sem data = -
""",
    "cs": """
12. května 1944 = 1944-05-12
12. kvetna 1944 = 1944-05-12
12. května 1944. = 1944-05-12
pátek 12. května 1944 = 1944-05-12
v květnu 1944 = 1944-05
červen 1944 = 1944-06
červenec 1944 = 1944-07
srpen 1944 = 1944-08
12. listopadu 1944 = 1944-11-12
kolem roku 1943 = 1943~
léto 1944 = 1944-22
na jaře 1942 = 1942-21
zima 1942/43 = 1942-24
začátek 1943 = 1943-01/1943-04~
koncem května 1944 = 1944-05-21~/1944-05
mezi 1941 a 1943 = 1941/1943
od 1941 do 1943 = 1941/1943
v letech 1941-1943 = 1941/1943
od května do července 1944 = 1944-05/1944-07
5. a 8. května 1945 = {1945-05-05,1945-05-08}
12. 5. až 14. 6. 1945 = 1945-05-12/1945-06-14
před rokem 1945 = ../1945
po roce 1945 = 1945/..
40. léta = 194X
nedatováno = -
31. června 1944 = -
""",
    "sk": """
12. mája 1944 = 1944-05-12
29. augusta 1944 = 1944-08-29
v októbri 1944 = 1944-10
jar 1942 = 1942-21
jeseň 1944 = 1944-23
okolo 1943 = 1943~
medzi 1941 a 1943 = 1941/1943
od 1941 do 1943 = 1941/1943
koncom mája 1944 = 1944-05-21~/1944-05
pred 1945 = ../1945
po roku 1945 = 1945/..
1943 alebo 1944 = [1943,1944]
""",
    "hu": """
1944. május 12. = 1944-05-12
1944. május 12-én = 1944-05-12
1944 majus 12 = 1944-05-12
1944. V. 12. = 1944-05-12
1944. 05. 12. = 1944-05-12
1944.05.12. = 1944-05-12
1944. május = 1944-05
1944 májusában = 1944-05
1944. május 5-8. = 1944-05-05/1944-05-08
1944. május 5–június 8. = 1944-05-05/1944-06-08
1944 nyarán = 1944-22
1944 őszén = 1944-23
1943 körül = 1943~
kb. 1943 = 1943~
1945 előtt = ../1945
1945 után = 1945/..
1944 elején = 1944-01/1944-04~
1944. május végén = 1944-05-21~/1944-05
1941 és 1943 között = 1941/1943
1941-től 1943-ig = 1941/1943
1941-1943 között = 1941/1943
1944-ben = 1944
1940-es évek = 194X
1944. június 31. = -
""",
    "ro": """
12 mai 1944 = 1944-05-12
iunie 1944 = 1944-06
vara 1944 = 1944-22
între 1941 și 1943 = 1941/1943
din mai 1944 până în martie 1945 = 1944-05/1945-03
începutul anului 1943 = -
sfârșitul lunii mai 1944 = 1944-05-21~/1944-05
înainte de 1945 = ../1945
după 1945 = 1945/..
anii 40 = 194X
""",
    "hr": """
12. svibnja 1944. = 1944-05-12
12. maja 1944. godine = 1944-05-12
lipanj 1944 = 1944-06
srpanj 1944 = 1944-07
prosinca 1944. = 1944-12
12. listopada 1944. godine = 1944-10-12
u listopadu 1944 = 1944-10
oko 1943. godine = 1943~
krajem 1943 = 1943-09~/1943-12
između 1941 i 1943 = 1941/1943
od 1941. do 1943. = 1941/1943
prije 1945 = ../1945
nakon 1945 = 1945/..
od 12. svibnja 1944. = -
""",
    "sr": """
12. мај 1944. године = 1944-05-12
12. маја 1944. = 1944-05-12
октобар 1943 = 1943-10
око 1943 = 1943~
између 1941 и 1943 = 1941/1943
од 1941. до 1943. = 1941/1943
крајем 1943. године = 1943-09~/1943-12
пре 1945 = ../1945
""",
    "he": """
12 ביוני 1944 = 1944-06-12
ב-12 ביוני 1944 = 1944-06-12
יוני 1944 = 1944-06
בינואר 1943 = 1943-01
דעם 12טן יוני 1944 = 1944-06-12
סעפטעמבער 1939 = 1939-09
קיץ 1944 = 1944-22
סוף 1943 = 1943-09~/1943-12
בין 1941 ל-1943 = 1941/1943
לפני 1945 = ../1945
אחרי 1945 = 1945/..
ט"ו בשבט תש"ד = -
12 אדר 1944 = -
""",
    "others": """
1944 m. gegužės 12 d. = 1944-05-12
1943 m. = 1943
apie 1943 m. = 1943~
12 юни 1944 г. = 1944-06-12
12 красавіка 1944 г. = 1944-04-12
12 Μαΐου 1944 = 1944-05-12
5. junij 1944 = 1944-06-05
den 5 maj 1945 = 1945-05-05
1945年6月18日 = 1945-06-18
1945년 6월 = 1945-06
昭和20年6月18日 = -
١٢ مايو ١٩٤٤ = -
15 Nisan 5703 = -
12 Adar 1943 = -
1 Ramadan 1363 = -
5 Brumaire 1799 = -
""",
}
CASES = [
    tuple(line.split(" = ")) for lines in READINGS.values() for line in lines.strip().splitlines()
]

CLASHES = [
    ("listopad 1944", "[1944-10,1944-11]"),  # October in Croatian, November in Polish and Czech
    ("12 listopada 1944", "[1944-10-12,1944-11-12]"),
    ("lip. 1943", "[1943-06,1943-07]"),  # June in Croatian, July in Polish
    ("srp. 1943", "[1943-07,1943-08]"),  # July in Croatian, August in Czech
    ("lis. 1943", "[1943-10,1943-11]"),
    ("leto 1944", "1944"),  # summer in Slovak, the year in Slovene
    ("31 listopada 1944", None),  # no day in Polish: a slip there, or October?
    ("12 мая - 5 czerwca 1944", None),  # no language has both words
    ("Mai et Juni 1944", None),
    ("entre 1941 und 1943", None),
    ("1944 [i.e. 1945]", None),
    ("d. 1944", None),
    ("v. 1944", None),
    ("1943 a. 1944", None),
    ("١٢ мая 1944", None),
    ("12² мая 1944", None),
    ("12 мая １９４４", None),
    ("am 20. November 1941 um", None),  # "um" is circa before a date only
    ("1939. In February 1940", None),  # English is no Slovene
    ("June 1945 I", None),
    ("summer of 1942-1943 the", None),
    ("no 1944", None),  # Portuguese "in the", or a number
    ("for 1944", None),
    ("list 1944", None),  # a letter in Polish, a month only with a dot
    ("lis 1944", None),
    ("1944 (45)", None),
    ("1944 (XII)", None),
    ("Montag 1944", None),
    ("1944 - 1941-45", None),
]


@pytest.mark.parametrize(("text", "edtf"), CASES)
def test_reads(text: str, edtf: str) -> None:
    span = read_date(text)
    assert span.edtf == (None if edtf == "-" else edtf)
    assert span.text == text
    if span.edtf:
        assert (span.earliest, span.latest) == bounds(span.edtf)
    for spelling in (unicodedata.normalize("NFD", text), text.upper(), f"\u202b{text}\u202c"):
        if "ß" not in text and not re.search("[IVX]", text):
            assert read_date(spelling).edtf == span.edtf


@pytest.mark.parametrize(("text", "edtf"), CLASHES)
def test_what_languages_read_differently_is_not_guessed(text: str, edtf: str | None) -> None:
    assert read_date(text).edtf == edtf


# Months as they stand beside a day, written down apart from the words of the program.
BESIDE_A_DAY = {
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "uk": "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
    "pl": "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października - grudnia",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "cs": "ledna února března dubna května června července srpna září října listopadu prosince",
    "sk": "januára februára marca apríla mája júna júla augusta septembra októbra novembra decembra",
    "hu": "január február március április május június július augusztus szeptember október november december",
    "ro": "ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie",
    "hr": "siječnja veljače ožujka travnja svibnja lipnja srpnja kolovoza rujna - studenoga prosinca",
    "sr": "јануара фебруара марта априла маја јуна јула августа септембра октобра новембра децембра",
    "lt": "sausio vasario kovo balandžio gegužės birželio liepos rugpjūčio rugsėjo spalio lapkričio gruodžio",
    "bg": "януари февруари март април май юни юли август септември октомври ноември декември",
    "be": "студзеня лютага сакавіка красавіка мая чэрвеня ліпеня жніўня верасня кастрычніка лістапада снежня",
    "he": "ינואר פברואר מרץ אפריל מאי יוני יולי אוגוסט ספטמבר אוקטובר נובמבר דצמבר",
}
NAMES = [
    (month, name)
    for names in BESIDE_A_DAY.values()
    for month, name in enumerate(names.split(" "), 1)
    if name != "-"
]
days = st.dates(date(1600, 1, 1), date(2099, 12, 31))
PREFIXES = {
    "": "",
    "ca. ": "~",
    "circa ": "~",
    "[": "",
}
WORDS = sorted({word for lines in READINGS.values() for word in lines.replace("=", " ").split()})


@pytest.mark.parametrize(("month", "name"), NAMES)
def test_every_month(month: int, name: str) -> None:
    for spelling in (name, name.upper(), name.capitalize()):
        assert read_date(f"12 {spelling} 1944").edtf == f"1944-{month:02}-12"
        assert read_date(f"{spelling} 1944").edtf == f"1944-{month:02}"
        assert read_date(f"1944 {spelling} 12").edtf == f"1944-{month:02}-12"
    assert read_date(f"12 {name} 1944 {name}").edtf is None
    assert read_date(f"12 x{name} 1944").edtf is None
    assert read_date(name).edtf is None


@given(days, st.sampled_from(list(BESIDE_A_DAY)), st.sampled_from(sorted(PREFIXES)), st.booleans())
def test_no_precision_is_invented(day: date, language: str, prefix: str, whole: bool) -> None:
    name = BESIDE_A_DAY[language].split(" ")[day.month - 1]
    words = (
        f"{prefix}{f'{day.day} ' if whole else ''}{name} {day.year}{']' if prefix == '[' else ''}"
    )
    reading = read_date(words).edtf
    expected = day.isoformat() if whole else day.isoformat()[:7]
    assert name == "-" or reading == expected + PREFIXES[prefix]


@given(days, days, st.sampled_from(("от {} до {}", "{} - {}", "с {} по {}", "между {} и {}")))
def test_a_range_spans_its_ends(one: date, other: date, words: str) -> None:
    first, last = sorted((one, other))
    names = BESIDE_A_DAY["ru"].split(" ")
    ends = [f"{day.day} {names[day.month - 1]} {day.year} г." for day in (first, last)]
    span = read_date(words.format(*ends))
    assert (span.earliest, span.latest) == (first.isoformat(), last.isoformat())
    if first != last:
        assert read_date(words.format(*reversed(ends))).edtf is None


@given(st.lists(st.sampled_from(WORDS), max_size=9).map(" ".join))
def test_any_words_at_all(text: str) -> None:
    span = read_date(text, "as told")
    assert (span.text, span.reason) == (text, "as told")
    if span.earliest and span.latest:
        assert span.earliest <= span.latest
    line = describe(span)
    assert line.isprintable()
    assert short(span).isprintable()
    if span.edtf is None:
        return
    assert bounds(span.edtf) == (span.earliest, span.latest)
    assert read_date(span.edtf).edtf == span.edtf
    figures = {int(figure) for figure in re.findall("[0-9]+", text)}
    if "~" not in span.edtf:  # the ends of "early May" are days that nobody named
        days = re.findall("[0-9]{4}-[0-9]{2}-([0-9]{2})", span.edtf)
        assert {int(day) for day in days} <= figures


@pytest.mark.parametrize("text", ["1944", "18. 6. 1945", "circa May 1943", "n.d."])
def test_plain_dates_load_no_other_language(text: str) -> None:
    code = f"""
import sys
from collection.dates import read_date
assert "collection.dating.reading" not in sys.modules
read_date({text!r})
assert "collection.dating.languages" not in sys.modules
"""
    root = Path(__file__).resolve().parents[2]
    subprocess.run([sys.executable, "-c", code], check=True, cwd=root)
