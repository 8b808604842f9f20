"""Countries, themes and people of the labelled benchmark, written down by hand."""

from __future__ import annotations

COUNTRIES = """
KZ | Kazakhstan | Казахстан, Қазақстан, Kasachstan | в Казахстане, w Kazachstanie
UZ | Uzbekistan | Узбекистан, Usbekistan | в Узбекистане
KG | Kyrgyzstan | Киргизия, Кыргызстан, Kirghizia | в Киргизии
RU | Russia | Россия, Russland, Rosja, Russie, Rusya | в России, w Rosji
UA | Ukraine | Україна, Украина, Ukraina, Ukrayna | в Україні, на Украине, na Ukrainie
BY | Belarus | Беларусь, Белоруссия, Białoruś, Belorussia | в Белоруссии, na Białorusi
LT | Lithuania | Lietuva, Литва, Litwa, Litauen | в Литве, na Litwie, Lietuvoje
LV | Latvia | Latvija, Латвия, Łotwa, Lettland | в Латвии
EE | Estonia | Eesti, Эстония, Estland | в Эстонии, Eestis
PL | Poland | Polska, Польша, Polen, Pologne, פולין | w Polsce, v Polsku, в Польше, do Polski
CZ | Czechia | Czech Republic, Česko, Чехия, Tschechien | v Česku, w Czechach, в Чехии
SK | Slovakia | Slovensko, Словакия, Slowakei | na Slovensku, na Słowacji
HU | Hungary | Magyarország, Венгрия, Ungarn, Węgry | Magyarországon, na Węgrzech, в Венгрии
RO | Romania | România, Румыния, Rumänien, Rumunia | în România, w Rumunii
BG | Bulgaria | България, Болгария, Bulgarien | в България, w Bułgarii
RS | Serbia | Srbija, Србија, Сербия, Serbien | u Srbiji, у Србији
BA | Bosnia and Herzegovina | Bosna i Hercegovina, Bosnia, Bosnien | u Bosni
HR | Croatia | Hrvatska, Хорватия, Kroatien | u Hrvatskoj, w Chorwacji
GR | Greece | Ελλάδα, Греция, Griechenland, Grecja | στην Ελλάδα, w Grecji, в Греции
TR | Turkey | Türkiye, Турция, Τουρκία, Türkei | Türkiye'de, w Turcji, в Турции
AM | Armenia | Հայաստան, Армения, Armenien | в Армении, Հայաստանում
GE | Georgia | საქართველო, Грузия, Gruzja | в Грузии, საქართველოში
DE | Germany | Deutschland, Германия, Niemcy, Allemagne, Německo | in Deutschland, w Niemczech, v Německu, в Германии
FR | France | Франция, Frankreich, Francja, Γαλλία | w Francji, во Франции, ve Francii
GB | United Kingdom | Great Britain, Велика Британія, Royaume-Uni, UK | w Wielkiej Brytanii
IT | Italy | Italia, Италия, Włochy, Italien | we Włoszech, v Itálii, в Италии
ES | Spain | España, Испания, Hiszpania, Spanien | w Hiszpanii, в Испании, en España
NL | Netherlands | Nederland, Holland, Нидерланды, Niederlande | w Holandii, в Голландии
IL | Israel | ישראל, إسرائيل, Израиль, Izrael | בישראל, w Izraelu, в Израиле
PS | Palestine | فلسطين, Палестина, פלסטין, Palästina | في فلسطين, w Palestynie
LB | Lebanon | لبنان, Ливан, Liban, Lübnan | في لبنان, w Libanie
SY | Syria | سوريا, Сирия, Syrien, Suriye | في سوريا, w Syrii, в Сирии
IQ | Iraq | العراق, Ирак, Irak | في العراق, w Iraku, в Ираке
IR | Iran | ایران, Иран, Persia | в Иране, w Iranie
AF | Afghanistan | افغانستان, Афганистан, Afganistan | в Афганистане, w Afganistanie
EG | Egypt | مصر, Египет, Ägypten, Égypte | في مصر, w Egipcie, в Египте
DZ | Algeria | Algérie, Алжир, Algerien, Cezayir | en Algérie, w Algierii
MA | Morocco | المغرب, Марокко, Maroc, Marokko | في المغرب, au Maroc
ET | Ethiopia | ኢትዮጵያ, Эфиопия, Äthiopien, Abyssinia | в Эфиопии
RW | Rwanda | Руанда, Ruanda | mu Rwanda, w Rwandzie
CD | Democratic Republic of the Congo | DR Congo, Zaire, Belgian Congo | au Zaïre
ZW | Zimbabwe | Зимбабве, Rhodesia | muZimbabwe
ZA | South Africa | Suid-Afrika, Южная Африка, Südafrika, RPA | w RPA, в ЮАР
NG | Nigeria | Нигерия, Nigéria | w Nigerii
IN | India | भारत, Индия, Indien, Inde | भारत में, w Indiach, в Индии
PK | Pakistan | پاکستان, Пакистан | w Pakistanie, в Пакистане
BD | Bangladesh | বাংলাদেশ, East Pakistan, Бангладеш | বাংলাদেশে
LK | Sri Lanka | ශ්‍රී ලංකාව, இலங்கை, Ceylon | இலங்கையில்
MM | Myanmar | မြန်မာ, Burma, Birmanie, Бирма | w Birmie
KH | Cambodia | កម្ពុជា, Kampuchea, Kambodscha, Cambodge | w Kambodży, au Cambodge
VN | Vietnam | Việt Nam, Вьетнам, Wietnam | w Wietnamie, ở Việt Nam
ID | Indonesia | Индонезия, Dutch East Indies, Indonesien | di Indonesia
CN | China | 中国, 中國, Китай, Chiny, Chine | в Китае, w Chinach, 在中国
JP | Japan | 日本, Япония, Japonia, Nippon | 日本で, w Japonii, в Японии
KR | South Korea | 한국, 대한민국, Южная Корея, Korea | 한국에서, w Korei
US | United States | USA, США, Vereinigte Staaten, Stany Zjednoczone | в США, w Stanach
MX | Mexico | México, Мексика, Meksyk | en México, w Meksyku
CO | Colombia | Колумбия, Kolumbien | w Kolumbii
PE | Peru | Perú, Перу | en el Perú
AR | Argentina | Аргентина, Argentinien, Argentyna | w Argentynie, в Аргентине
CL | Chile | Чили, Chili | w Chile
BR | Brazil | Brasil, Бразилия, Brasilien, Brazylia | no Brasil, w Brazylii
CA | Canada | Канада, Kanada, Kanadá | w Kanadzie, в Канаде
""".strip()
"""Code | English | in other languages and former names | inflected."""

THEMES = """
Forced labour; Hunger; Hiding; Flight; Border crossing; Mobilisation; Schooling; Deportation;
Childhood; Homecoming; Strikes; Detention; Liberation; Collectivisation; Famine; Resistance;
Underground press; Ghetto life; Neighbours; Torture; Interrogation; Amnesty; Exile; Refugee camps;
Smuggling; Black market; Evacuation; Siege; Bombardment; Aerial bombing; Occupation; Partisans;
Military service; Desertion; Prisoners of war; Massacre; Genocide; Survivors; Orphans; Adoption;
Midwifery; Nursing; Epidemics; Typhus; Rationing; Harvest; Fishing; Herding; Nomadic life; Mining;
Shipyards; Textile mills; Trade unions; Child labour; Domestic service; Apprenticeship; Literacy;
Religious education; Synagogues; Pilgrimage; Conversion; Weddings; Funerals; Mourning; Lullabies;
Folk songs; Storytelling; Mother tongue; Language loss; Surveillance; Informers; Censorship;
Show trials; Gulag; Penal colony; Solitary confinement; Hunger strike; Executions; Mass graves;
Exhumation; Disappearances; Truth commission; Reparations; Reconciliation; Commemoration; Apartheid;
Segregation; Colour bar; Civil rights; Voting; Land reform; Eviction; Displacement; Resettlement;
Repatriation; Partition; Pogrom; Emigration; Steerage; Quarantine; Naturalisation; Citizenship;
Statelessness; Identity papers; False documents; Bribery; Radiation; Earthquake; Flooding; Drought;
Landmines; Child soldiers; Checkpoints; Curfew; Blackouts; Air raid shelters; Rubble clearing;
Industrialisation; Colonisation; Decolonisation; Demobilisation; Radicalisation; Organised crime;
Behaviour in captivity; Rumours; Humour; Honour; Harbour work; Armoured trains; Unemployment;
Homosexuality; Motherhood; Miscarriage; Widowhood; Disability; Blindness; Addiction; Homelessness
""".replace("\n", " ").strip()

# Each person's names: given names, then family names, Latin=native where the script is another.
PEOPLE = """
pl | Zofia Stanisław Halina Tadeusz Jadwiga Zbigniew Krystyna Wojciech Władysława Mieczysław | Kowalczyk Wiśniewska Lewandowski Wójcik Kamińska Zieliński Szymańska Woźniak Dąbrowska Kozłowski Jankowska Mazurek Krawczyk Piotrowska
ru | Anna=Анна Nikolai=Николай Tamara=Тамара Viktor=Виктор Lyudmila=Людмила Grigory=Григорий Valentina=Валентина Pavel=Павел | Smirnova=Смирнова Kuznetsov=Кузнецов Sokolova=Соколова Lebedev=Лебедев Morozova=Морозова Volkov=Волков Pavlova=Павлова Stepanov=Степанов Nikitina=Никитина Zakharov=Захаров Belyaeva=Беляева Gerasimov=Герасимов
uk | Oksana=Оксана Bohdan=Богдан Hanna=Ганна Mykola=Микола Stepan=Степан Kateryna=Катерина | Shevchenko=Шевченко Bondarenko=Бондаренко Tkachuk=Ткачук Kravchenko=Кравченко Oliynyk=Олійник Polishchuk=Поліщук Marchenko=Марченко Savchuk=Савчук Lysenko=Лисенко Petrenko=Петренко
kk | Aigul=Айгуль Nursultan=Нұрсұлтан Bolat=Болат Zhanar=Жанар Daniyar=Данияр | Akhmetov=Ахметов Suleimenova=Сүлейменова Omarov=Омаров Iskakov=Исқақов Kassymova=Қасымова Abdrakhmanov=Әбдірахманов Zhumabayev=Жұмабаев
el | Eleni=Ελένη Giorgos=Γιώργος Maria=Μαρία Dimitris=Δημήτρης Katerina=Κατερίνα | Papadopoulos=Παπαδόπουλος Nikolaidou=Νικολαΐδου Georgiou=Γεωργίου Oikonomou=Οικονόμου Karagiannis=Καραγιάννης Theodorou=Θεοδώρου Pappas=Παππάς Vasileiou=Βασιλείου Konstantinidis=Κωνσταντινίδης
hy | Anahit=Անահիտ Hakob=Հակոբ Siranush=Սիրանուշ Vardan=Վարդան | Petrosyan=Պետրոսյան Harutyunyan=Հարությունյան Sargsyan=Սարգսյան Grigoryan=Գրիգորյան Khachatryan=Խաչատրյան Hovhannisyan=Հովհաննիսյան
ka | Nino=ნინო Giorgi=გიორგი Tamar=თამარ Levan=ლევან | Beridze=ბერიძე Kapanadze=კაპანაძე Gelashvili=გელაშვილი Maisuradze=მაისურაძე Lomidze=ლომიძე
hi | Kamla=कमला Suresh=सुरेश Savitri=सावित्री Mohan=मोहन | Sharma=शर्मा Verma=वर्मा Yadav=यादव Mishra=मिश्रा Chaturvedi=चतुर्वेदी Agarwal=अग्रवाल
ko | Soonja=순자 Jaeho=재호 Yeonghui=영희 Minsu=민수 | Hwang=황 Baek=백 Jeong=정 Namgung=남궁 Seonu=선우
he | Rivka=רבקה Yosef=יוסף Miriam=מרים Avraham=אברהם Hannah=חנה | Goldberg=גולדברג Rosenfeld=רוזנפלד Mizrahi=מזרחי Shapira=שפירא Finkelstein=פינקלשטיין Abramovich=אברמוביץ Halevi=הלוי
ar | Fatima=فاطمة Youssef=يوسف Layla=ليلى Khalil=خليل Samira=سميرة | Haddad=حداد Khoury=خوري Mansour=منصور Qasim=قاسم Abdelrahman=عبدالرحمن Barghouti=برغوثي Tamimi=تميمي
zh | Xiulan=秀兰 Jianguo=建国 Guifang=桂芳 Zhiqiang=志强 | Ouyang=欧阳 Zhao=赵 Huang=黄 Zhang=张 Sima=司马 Zhuge=诸葛
ja | Haruko=春子 Kenji=健二 Sachiko=幸子 Takeshi=武 | Watanabe=渡辺 Yamamoto=山本 Nakamura=中村 Kobayashi=小林 Matsumoto=松本 Fujiwara=藤原
hu | Ilona Erzsébet István Gyula Zsuzsanna | Szabó Horváth Kertész Németh Szűcs Fazekas Takács Mészáros Varjas
tr | Ayşe Mehmet Gülsüm Hüseyin Zeynep | Yıldırım Öztürk Şahin Çelik Kılıç Karadağ Bozkurt Aydoğan
cs | Božena Jaroslav Ludmila Zdeněk Růžena | Novotná Dvořák Procházka Kučerová Hájek Veselý Šimek Pospíšil
de | Hildegard Heinrich Gertrud Wolfgang Käthe | Schneider Hoffmann Zimmermann Schröder Krüger Lindemann Baumgartner Strohmeyer
en | Margaret Dorothy Harold Winifred Clarence Beatrice | Thompson Robinson Whitfield Abernathy Hargreaves Pemberton Gallagher Llewellyn McAllister
fr | Geneviève Marcel Odette Lucien Thérèse | Lefèvre Rousseau Beaumont Chevalier Gauthier Dubreuil Montagnier
es | Dolores Ramón Consuelo Joaquín Mercedes | Fernández Rodríguez Gutiérrez Echeverría Quispe Mamani Zapatero Villanueva
pt | Conceição João Fátima Sebastião | Oliveira Cavalcanti Gonçalves Magalhães Figueiredo Nascimento
rw | Immaculée Innocent Espérance Célestin | Mukamana Habimana Uwimana Nsengiyumva Mukandayisenga Bizimana
vi | Thị-Hoa Văn-Minh Thị-Lan Quang-Huy | Nguyễn Trần Phạm Hoàng Huỳnh Đặng
sw | Wanjiru Otieno Njeri Kamau Akinyi | Kariuki Mwangi Odhiambo Wambui Kiplagat Nyambura Adeyemi Okonkwo Chukwuemeka
""".strip()

FAMILY_NAME_FIRST = frozenset({"hu", "zh", "ja", "ko", "vi"})
HARD_SCRIPTS = frozenset({"he", "ar", "zh", "ja"})
"""Scripts that write no vowels or no sounds: no letter for letter rendering leads to the name."""

# Family names that nobody asks for, so that there are enough for a typo to land beside.
STEMS = (
    "Bar Bel Ber Bog Bor Bran Chal Chor Dan Dob Dor Drag Dub Fal Fed Gal Gol Gor Grab Gur Hal Har "
    "Her Hol Hor Jab Jar Kal Kam Kap Kar Kol Kor Kos Kov Kras Kul Lab Lan Lev Lip Lom Luk Mak Mal "
    "Mar Mat Mel Mil Mor Nal Nem Nov Ol Or Pal Pan Pav Per Pol Por Rad Rak Ras Rog Rom Rud Sal Sam "
    "Sav Ser Sid Sin Sok Sol Stan Sten Such Tal Tar Tem Ter Tom Tur Vas Ver Vin Vol Vor Yar Zab Zal"
)
NAME_ENDINGS = (
    "enko ovich ewski owicz ian yan oğlu escu eanu berg stein mann sson sen ez ini elli "
    "ashvili adze ková insky anov eyev uk akis opoulou ishi ara igwe amba wala kar"
)
VILLAGE_ENDINGS = (
    "ovka owice ino itsa ograd ansk enberg dorf hausen ton bury holm stad mezzo ares illo "
    "pur abad kent tepe köy ville ac mura jima wan fa nda mbe ni la"
)
