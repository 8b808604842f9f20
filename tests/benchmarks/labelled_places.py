"""Places of the labelled benchmark, written down by hand from general knowledge.

One a line: `name, country | in other scripts | variants and former names | inflected forms`.
It must not be drawn from the project's gazetteer, which it judges.
"""

from __future__ import annotations

PLACES = """
Almaty, KZ | Алматы, アルマトイ | Alma-Ata, Алма-Ата, Verny, Alma Ata | в Алма-Ате, из Алматы
Astana, KZ | Астана | Akmolinsk, Tselinograd, Nur-Sultan, Акмолинск, Целиноград | в Астане, в Акмолинске
Karaganda, KZ | Караганда, Қарағанды | Qaraghandy, Karagandy | в Караганде, из Караганды
Semey, KZ | Семей | Semipalatinsk, Семипалатинск | в Семипалатинске, под Семипалатинском
Aktobe, KZ | Ақтөбе | Aktyubinsk, Актюбинск | в Актюбинске
Tashkent, UZ | Ташкент, Toshkent | Taschkent, Tachkent | в Ташкенте, из Ташкента
Samarkand, UZ | Самарканд, سمرقند | Samarqand, Samarcande | в Самарканде
Bukhara, UZ | Бухара, بخارا | Buxoro, Bokhara, Buchara | в Бухаре
Bishkek, KG | Бишкек | Frunze, Фрунзе, Pishpek | в Бишкеке, во Фрунзе
Dushanbe, TJ | Душанбе | Stalinabad, Сталинабад | из Душанбе
Moscow, RU | Москва, モスクワ, موسكو | Moskva, Moskau, Moskwa, Moscou | в Москве, из Москвы, w Moskwie
Saint Petersburg, RU | Санкт-Петербург | Leningrad, Ленинград, Petrograd, Sankt-Peterburg | в Ленинграде, w Leningradzie, в Петербурге
Volgograd, RU | Волгоград | Stalingrad, Сталинград, Tsaritsyn | в Сталинграде, pod Stalingradem
Kaliningrad, RU | Калининград | Königsberg, Królewiec, Кёнигсберг | в Калининграде, w Królewcu
Grozny, RU | Грозный | Groznyy, Grosny, Grozni | в Грозном, из Грозного
Vorkuta, RU | Воркута | Workuta | в Воркуте, z Workuty
Magadan, RU | Магадан | Magadán | в Магадане
Novosibirsk, RU | Новосибирск | Novonikolayevsk, Nowosibirsk | в Новосибирске
Yekaterinburg, RU | Екатеринбург | Sverdlovsk, Свердловск, Ekaterinburg, Jekaterinburg | в Свердловске, в Екатеринбурге
Nizhny Novgorod, RU | Нижний Новгород | Gorky, Горький, Nischni Nowgorod | в Нижнем Новгороде
Vladivostok, RU | Владивосток, ウラジオストク | Wladiwostok, Vladivostock | во Владивостоке
Kazan, RU | Казань | Qazan, Kasan | в Казани, из Казани
Kyiv, UA | Київ, Киев | Kiev, Kijów, Kiew, Kijev | в Києві, в Киеве, w Kijowie
Lviv, UA | Львів, Львов, לבוב | Lwów, Lemberg, Lvov, Leopolis | у Львові, во Львове, we Lwowie
Kharkiv, UA | Харків, Харьков | Kharkov, Charkow, Charków | у Харкові, в Харькове
Odesa, UA | Одеса, Одесса, אודסה | Odessa | в Одессе, в Одесі
Dnipro, UA | Дніпро, Днепр | Dnipropetrovsk, Dnepropetrovsk, Ekaterinoslav | в Днепропетровске, у Дніпрі
Chernivtsi, UA | Чернівці, Черновцы, טשערנאוויץ | Czernowitz, Cernăuți, Chernovtsy, Czerniowce | в Черновцах, у Чернівцях
Ivano-Frankivsk, UA | Івано-Франківськ | Stanisławów, Stanislau, Stanislav | в Івано-Франківську, w Stanisławowie
Uzhhorod, UA | Ужгород | Ungvár, Uzhgorod, Užhorod | в Ужгороді, Ungváron, v Užhorodě
Mariupol, UA | Маріуполь, Мариуполь | Zhdanov, Marioupol | в Мариуполе, у Маріуполі
Donetsk, UA | Донецьк, Донецк | Stalino, Yuzovka, Donezk | в Донецке, у Донецьку
Simferopol, UA | Сімферополь, Симферополь | Aqmescit, Akmescit | в Симферополе
Minsk, BY | Мінск, Минск, מינסק | Mińsk, Mensk | в Минске, w Mińsku, у Мінску
Brest, BY | Брэст, Брест | Brest-Litovsk, Brześć, Brisk | в Бресте, w Brześciu
Grodno, BY | Гродна, Гродно | Hrodna, Gardinas | в Гродно, w Grodnie
Vitebsk, BY | Віцебск, Витебск | Viciebsk, Witebsk | в Витебске
Vilnius, LT | Вильнюс, ווילנע, Вільнюс | Wilno, Vilna, Wilna, Vilne | w Wilnie, в Вильнюсе, Vilniuje
Kaunas, LT | Каунас, קאָוונע | Kovno, Kowno, Kauen | в Каунасе, Kaune, w Kownie
Klaipeda, LT | Клайпеда | Klaipėda, Memel | в Клайпеде, Klaipėdoje
Riga, LV | Рига, ריגע | Rīga, Ryga, Riika | в Риге, Rīgā, w Rydze
Daugavpils, LV | Даугавпилс, Двинск | Dvinsk, Dünaburg, Dyneburg | в Даугавпилсе, Daugavpilī
Tallinn, EE | Таллин | Reval, Tallin, Revel | в Таллине, Tallinnas
Tartu, EE | Тарту | Dorpat, Yuryev | в Тарту, Tartus
Warsaw, PL | Варшава, ורשה, וואַרשע, Βαρσοβία | Warszawa, Warschau, Varsovie, Varšava | w Warszawie, do Warszawy, ve Varšavě, в Варшаве
Kraków, PL | Краков, קראָקע | Krakau, Cracow, Cracovie, Krakov | w Krakowie, do Krakowa, в Кракове
Łódź, PL | Лодзь, לאָדזש | Litzmannstadt, Lodsch, Lódź | w Łodzi, z Łodzi, в Лодзи
Wrocław, PL | Вроцлав | Breslau, Vratislav, Breslavia | we Wrocławiu, do Wrocławia
Gdańsk, PL | Гданьск | Danzig, Dantzig | w Gdańsku, do Gdańska
Poznań, PL | Познань | Posen, Poznaň | w Poznaniu, z Poznania
Lublin, PL | Люблин, לובלין | | w Lublinie, do Lublina
Białystok, PL | Белосток, ביאַליסטאָק | Belostok, Bialistok, Byalistok | w Białymstoku, z Białegostoku
Szczecin, PL | Щецин | Stettin, Štětín | w Szczecinie, do Szczecina
Oświęcim, PL | Освенцим, אושוויץ | Auschwitz, Osvětim, Osventsim, Oshpitsin | w Oświęcimiu, v Osvětimi, в Освенциме
Katowice, PL | Катовице | Kattowitz, Stalinogród, Katovice | w Katowicach, do Katowic
Przemyśl, PL | Перемишль, Пшемысль | Peremyshl, Premissel, Prömsel | w Przemyślu, do Przemyśla
Kielce, PL | Кельце, קעלץ | Kelts, Keltz | w Kielcach, do Kielc
Prague, CZ | Прага, פראג, プラハ | Praha, Prag, Praga | v Praze, do Prahy, w Pradze, в Праге
Brno, CZ | Брно | Brünn, Berno | v Brně, do Brna, w Brnie
Terezín, CZ | Терезин, טרזיינשטט | Theresienstadt, Terezin | v Terezíně, do Terezína
Ostrava, CZ | Острава | Ostrau, Moravská Ostrava, Ostrawa | v Ostravě, do Ostravy
Plzeň, CZ | Пльзень | Pilsen, Pilzno | v Plzni, do Plzně
Karlovy Vary, CZ | Карловы Вары | Karlsbad, Carlsbad | v Karlových Varech
Bratislava, SK | Братислава | Pressburg, Pozsony, Prešporok | v Bratislave, Pozsonyban
Košice, SK | Кошице | Kassa, Kaschau, Koszyce | v Košiciach, Kassán
Budapest, HU | Будапешт, בודפשט, Βουδαπέστη | Budapeszt, Budapešť | Budapesten, Budapestről, v Budapešti
Debrecen, HU | Дебрецен | Debreczin, Debrecín | Debrecenben, Debrecenből
Szeged, HU | Сегед | Segedin, Szegedin | Szegeden, Szegedről
Pécs, HU | Печ | Fünfkirchen, Pečuj | Pécsett, Pécsre
Bucharest, RO | Бухарест, בוקרשט | București, Bukarest, Bucarest, Bükreş | în București, la București, Bukarestben
Cluj-Napoca, RO | Клуж | Kolozsvár, Klausenburg, Cluj | Kolozsváron, în Cluj, Kolozsvárról
Iași, RO | Яссы, יאַס | Jassy, Iassy, Jászvásár | la Iași, din Iași
Timișoara, RO | Тимишоара | Temesvár, Temeswar, Temeschburg | Temesváron, în Timișoara
Sibiu, RO | Сибиу | Hermannstadt, Nagyszeben | Nagyszebenben, în Sibiu
Chișinău, MD | Кишинёв, Кишинэу, קעשענעוו | Kishinev, Kischinew, Kiszyniów | в Кишинёве, în Chișinău
Sofia, BG | София | Sofiya, Sofija, Sofya | в София, Sofya'da
Plovdiv, BG | Пловдив | Philippopolis, Filibe, Plowdiw | в Пловдив, Filibe'de
Belgrade, RS | Београд, Белград | Beograd, Belgrad, Nándorfehérvár, Belgrado | у Београду, u Beogradu, Belgrad'da
Novi Sad, RS | Нови Сад | Újvidék, Neusatz | u Novom Sadu, Újvidéken
Niš, RS | Ниш | Nish, Nissa, Nisch | u Nišu, у Нишу
Sarajevo, BA | Сарајево, Сараево | Saraybosna, Sarajewo, Bosna Saray | u Sarajevu, у Сарајеву, Saraybosna'da
Srebrenica, BA | Сребреница | Srebrenitsa, Srebreniza | u Srebrenici, у Сребреници
Mostar, BA | Мостар | | u Mostaru, iz Mostara
Banja Luka, BA | Бања Лука | Banjaluka, Banyaluka | u Banjoj Luci
Zagreb, HR | Загреб | Agram, Zágráb, Zagabria | u Zagrebu, Zágrábban, iz Zagreba
Vukovar, HR | Вуковар | Vukovár, Wukowar | u Vukovaru, iz Vukovara
Rijeka, HR | Ријека | Fiume, Reka, Sankt Veit am Flaum | u Rijeci, a Fiume
Split, HR | Сплит | Spalato, Spalat | u Splitu
Ljubljana, SI | Љубљана, Любляна | Laibach, Lubiana, Lublana | v Ljubljani, iz Ljubljane
Pristina, XK | Приштина | Prishtina, Prishtinë, Priština | në Prishtinë, u Prištini
Skopje, MK | Скопје, Скопье | Üsküp, Uskub, Shkup, Skoplje | во Скопје, u Skoplju
Bitola, MK | Битола | Monastir, Manastır, Bitolj | во Битола
Tirana, AL | Тирана | Tiranë, Tirane | në Tiranë
Athens, GR | Αθήνα, Афины, أثينا | Athen, Athína, Atina, Athènes | στην Αθήνα, της Αθήνας, в Афинах
Thessaloniki, GR | Θεσσαλονίκη, Салоники, שאלוניקי | Salonica, Salonika, Saloniki, Selânik, Solun | στη Θεσσαλονίκη, της Θεσσαλονίκης, u Solunu
Ioannina, GR | Ιωάννινα | Yannina, Janina, Yanya | στα Ιωάννινα, των Ιωαννίνων
Heraklion, GR | Ηράκλειο | Candia, Iraklio, Kandiye | στο Ηράκλειο, του Ηρακλείου
Istanbul, TR | Стамбул, Κωνσταντινούπολη, استانبول | İstanbul, Constantinople, Konstantiniyye, Stamboul | İstanbul'da, İstanbul'dan, в Стамбуле, στην Κωνσταντινούπολη
Ankara, TR | Анкара, Άγκυρα | Angora, Ancyra | Ankara'da, Ankara'dan, в Анкаре
İzmir, TR | Измир, Σμύρνη | Smyrna, Smyrne, Esmirna | İzmir'de, İzmir'den, στη Σμύρνη
Diyarbakır, TR | Диярбакыр, آمد | Amed, Diyarbekir, Diarbekir | Diyarbakır'da, Diyarbakır'dan
Trabzon, TR | Трабзон, Τραπεζούντα | Trebizond, Trapezunt | Trabzon'da, στην Τραπεζούντα
Van, TR | Ван, Վան | Wan, Tushpa | Van'da, Van'dan
Yerevan, AM | Երևան, Ереван | Erevan, Erivan, Eriwan, Jerewan | в Ереване, Երևանում
Gyumri, AM | Գյումրի, Гюмри | Leninakan, Alexandropol, Ленинакан | в Ленинакане, Գյումրիում
Tbilisi, GE | თბილისი, Тбилиси | Tiflis, Тифлис, Tyflis | თბილისში, в Тифлисе
Sukhumi, GE | სოხუმი, Сухуми | Sokhumi, Sukhum | სოხუმში, из Сухума
Baku, AZ | Баку, باکو | Bakı, Bakou | Bakıda, из Баку
Shusha, AZ | Шуша, Շուշի | Şuşa, Shushi | в Шуше, Şuşada
Berlin, DE | Берлин, ברלין, ベルリン, Βερολίνο | Berlín, Berlino, Berliini | в Берлине, w Berlinie, v Berlíně, Berlin'de
Munich, DE | Мюнхен, Μόναχο | München, Monachium, Mnichov, Monaco di Baviera | в Мюнхене, w Monachium, v Mnichově
Cologne, DE | Кёльн | Köln, Kolonia, Keulen, Colonia | w Kolonii, в Кёльне
Hamburg, DE | Гамбург | Hambourg, Hamburgo, Amburgo | в Гамбурге, w Hamburgu
Dresden, DE | Дрезден | Drezno, Drážďany, Dresde | w Dreźnie, v Drážďanech, в Дрездене
Leipzig, DE | Лейпциг | Lipsk, Lipsko, Lipsia | w Lipsku, v Lipsku
Nuremberg, DE | Нюрнберг | Nürnberg, Norymberga, Norimberk | w Norymberdze, v Norimberku, в Нюрнберге
Dachau, DE | Дахау, דכאו | | в Дахау, w Dachau
Vienna, AT | Вена, Βιέννη, וינה | Wien, Wiedeń, Vídeň, Bécs, Beč | w Wiedniu, ve Vídni, Bécsben, в Вене
Salzburg, AT | Зальцбург | Salisburgo, Solnohrad | w Salzburgu, v Salcburku
Paris, FR | Париж, פריז, パリ, باريس, Παρίσι | Paryż, Parigi, Paříž, Párizs | w Paryżu, v Paříži, в Париже, Paris'te
Strasbourg, FR | Страсбург | Straßburg, Strasburgo, Argentoratum | w Strasburgu, в Страсбурге
Marseille, FR | Марсель, مرسيليا | Marseilles, Marsylia, Marsiglia | w Marsylii, в Марселе
Brussels, BE | Брюссель | Bruxelles, Brussel, Bruksela, Brüssel | w Brukseli, в Брюсселе
Antwerp, BE | Антверпен | Antwerpen, Anvers, Antwerpia, Amberes | w Antwerpii, в Антверпене
The Hague, NL | Гаага | Den Haag, La Haye, 's-Gravenhage, Haga | w Hadze, в Гааге
Amsterdam, NL | Амстердам, אמשטרדם, アムステルダム | Amsterdamo, Mokum | w Amsterdamie, в Амстердаме
Copenhagen, DK | Копенгаген | København, Kopenhagen, Kopenhaga, Köpenhamn | w Kopenhadze, в Копенгагене
Gothenburg, SE | Гётеборг | Göteborg, Gotemburgo, Gotenburg | i Göteborg, в Гётеборге
Malmö, SE | Мальмё | Malmoe, Malmø | i Malmö
Helsinki, FI | Хельсинки | Helsingfors, Gelsingfors | Helsingissä, Helsingistä, в Хельсинки
Turku, FI | Турку | Åbo, Abo | Turussa, i Åbo
Vyborg, RU | Выборг | Viipuri, Viborg, Wiborg | в Выборге, Viipurissa
Oslo, NO | Осло | Kristiania, Christiania | i Kristiania, в Осло
London, GB | Лондон, לונדון, ロンドン, لندن, Λονδίνο | Londres, Londyn, Londra, Londýn | w Londynie, v Londýně, в Лондоне, Londra'da
Edinburgh, GB | Эдинбург | Dùn Èideann, Edynburg, Édimbourg | w Edynburgu, в Эдинбурге
Derry, GB | Дерри | Londonderry, Doire | i nDoire
Dublin, IE | Дублин | Baile Átha Cliath, Dublín, Dublino | w Dublinie, в Дублине
Cork, IE | Корк | Corcaigh, Corcaig | i gCorcaigh
Rome, IT | Рим, רומא, Ρώμη, روما | Roma, Rom, Rzym, Řím, Róma | w Rzymie, v Římě, в Риме
Naples, IT | Неаполь | Napoli, Neapel, Neapol, Nápoly | w Neapolu, v Neapoli, в Неаполе
Trieste, IT | Триест, Трст | Trst, Triest, Terst | v Trstu, u Trstu, в Триесте
Turin, IT | Турин | Torino, Turyn | w Turynie, в Турине
Lisbon, PT | Лиссабон, リスボン | Lisboa, Lissabon, Lisbonne, Lizbona | w Lizbonie, em Lisboa, в Лиссабоне
Seville, ES | Севилья | Sevilla, Sewilla, Siviglia | w Sewilli, в Севилье
Guernica, ES | Герника | Gernika, Gernika-Lumo | Gernikan, в Гернике
Bilbao, ES | Бильбао | Bilbo | Bilbon, в Бильбао
Nicosia, CY | Λευκωσία, Никосия | Lefkosia, Lefkoşa, Nikosia | στη Λευκωσία, Lefkoşa'da
Famagusta, CY | Αμμόχωστος | Gazimağusa, Ammochostos, Magosa | στην Αμμόχωστο, Gazimağusa'da
Jerusalem, IL | ירושלים, القدس, Иерусалим | Yerushalayim, Al-Quds, Jerozolima, Kudüs | בירושלים, w Jerozolimie, в Иерусалиме
Haifa, IL | חיפה, حيفا, Хайфа | Hefa, Hayfa, Kaiffa | בחיפה, w Hajfie, в Хайфе
Jaffa, IL | יפו, يافا, Яффа | Yafo, Yafa, Joppa | ביפו, в Яффе
Gaza, PS | غزة, עזה, Газа | Ghazza, Azza, Gazze | في غزة, в Газе
Nablus, PS | نابلس, שכם | Shechem, Nabulus | في نابلس
Hebron, PS | الخليل, חברון | Al-Khalil, Hevron, Khalil | في الخليل, בחברון
Beirut, LB | بيروت, Бейрут, ביירות | Beyrouth, Bayrut, Bejrut | في بيروت, в Бейруте, w Bejrucie
Damascus, SY | دمشق, Дамаск, דמשק | Dimashq, Damas, Damaszek, Şam | في دمشق, w Damaszku, в Дамаске
Aleppo, SY | حلب, Алеппо, חלב, Հալեպ | Halab, Alep, Halep | في حلب, Halep'te, в Алеппо
Homs, SY | حمص, Хомс | Hims, Emesa | في حمص, в Хомсе
Kobani, SY | كوباني, عين العرب | Kobanî, Ayn al-Arab, Kobane | في كوباني
Baghdad, IQ | بغداد, Багдад, בגדאד | Bagdad, Bağdat | في بغداد, Bağdat'ta, в Багдаде
Mosul, IQ | الموصل, Мосул | Al-Mawsil, Musul, Mossoul | في الموصل, в Мосуле
Halabja, IQ | حلبجة | Helebce, Halabdja | في حلبجة
Erbil, IQ | أربيل, Эрбиль | Hewlêr, Arbil, Irbil, Arbela | في أربيل
Tehran, IR | تهران, Тегеран, טהרן | Teheran, Téhéran, Tahran | в Тегеране, w Teheranie, Tahran'da
Isfahan, IR | اصفهان, Исфахан | Esfahan, Ispahan | в Исфахане
Tabriz, IR | تبریز, Тебриз | Tebriz, Tauris | Tebriz'de, в Тебризе
Kabul, AF | کابل, Кабул | Kaboul, Caubul | в Кабуле, w Kabulu
Kandahar, AF | قندهار, Кандагар | Qandahar, Candahar | в Кандагаре
Herat, AF | هرات, Герат | Hérat, Harat | в Герате
Cairo, EG | القاهرة, Каир, קהיר, Κάιρο | Al-Qahira, Le Caire, Kairo, Kahire | في القاهرة, w Kairze, в Каире
Alexandria, EG | الإسكندرية, Александрия, Αλεξάνδρεια | Alexandrie, Al-Iskandariyya, İskenderiye | في الإسكندرية, в Александрии, στην Αλεξάνδρεια
Tunis, TN | تونس, Тунис | Túnez, Tunesi, Tunus | في تونس
Algiers, DZ | الجزائر, Алжир | Alger, Argel, Algier, Cezayir | в Алжире, w Algierze
Oran, DZ | وهران, Оран | Wahran, Orán | في وهران
Constantine, DZ | قسنطينة, Константина | Qusantina, Cirta | في قسنطينة
Casablanca, MA | الدار البيضاء, Касабланка | Dar el Beida, Ad-Dar al-Bayda | في الدار البيضاء, в Касабланке
Marrakesh, MA | مراكش, Марракеш | Marrakech, Marrakusch, Marakesz | في مراكش, w Marrakeszu
Khartoum, SD | الخرطوم, Хартум | Al-Khurtum, Chartum, Hartum | في الخرطوم, w Chartumie
Addis Ababa, ET | አዲስ አበባ, Аддис-Абеба | Addis Abeba, Finfinne, Adis Abeba | አዲስ አበባ ውስጥ, в Аддис-Абебе
Asmara, ER | አስመራ, أسمرة | Asmera | в Асмэре
Gondar, ET | ጎንደር, Гондэр | Gonder, Gwendar | በጎንደር
Mogadishu, SO | مقديشو, Могадишо | Muqdisho, Mogadiscio, Hamar |
Nairobi, KE | Найроби | Enkare Nairobi | в Найроби
Kigali, RW | Кигали | Nyarugenge | mu Kigali
Butare, RW | Бутаре | Astrida, Huye | mu Butare
Kinshasa, CD | Киншаса | Léopoldville, Leopoldville | à Léopoldville, w Kinszasie
Kisangani, CD | Кисангани | Stanleyville | à Stanleyville
Lubumbashi, CD | Лубумбаши | Élisabethville, Elisabethville | à Élisabethville
Harare, ZW | Хараре | Salisbury, Fort Salisbury | muHarare
Bulawayo, ZW | Булавайо | koBulawayo | koBulawayo
Maputo, MZ | Мапуту | Lourenço Marques, Lourenco Marques | em Lourenço Marques, em Maputo
Johannesburg, ZA | Йоханнесбург | Joburg, eGoli, Jozi | eGoli, w Johannesburgu
Soweto, ZA | Соуэто | South Western Townships, eSoweto | eSoweto
Gqeberha, ZA | Гкеберха | Port Elizabeth, iBhayi | eBhayi
Lagos, NG | Лагос | Eko | w Lagosie
Enugu, NG | Энугу | Enugwu | w Enugu
Accra, GH | Аккра | Nkran, Akkra, Gã | w Akrze
Dakar, SN | Дакар | Ndakaaru, Dakkar | w Dakarze
Delhi, IN | दिल्ली, دہلی, Дели | Dilli, Dehli, Dehlī | दिल्ली में, в Дели
Mumbai, IN | मुंबई, Мумбаи | Bombay, Bombaj, Bombaim | मुंबई में, в Бомбее
Kolkata, IN | কলকাতা, कोलकाता | Calcutta, Kalkutta, Kalikata | কলকাতায়, w Kalkucie
Chennai, IN | சென்னை, चेन्नई | Madras, Madrás, Chennapattanam | சென்னையில்
Amritsar, IN | ਅੰਮ੍ਰਿਤਸਰ, अमृतसर | Ambarsar, Amritsur | ਅੰਮ੍ਰਿਤਸਰ ਵਿੱਚ
Varanasi, IN | वाराणसी | Benares, Banaras, Kashi | वाराणसी में
Lahore, PK | لاہور, ਲਾਹੌਰ, लाहौर | Lahaur, Lahor | لاہور میں
Karachi, PK | کراچی, कराची | Kurrachee, Karaçi | کراچی میں
Dhaka, BD | ঢাকা, Дакка | Dacca, Dakka, Jahangirnagar | ঢাকায়
Chittagong, BD | চট্টগ্রাম | Chattogram, Chatgaon | চট্টগ্রামে
Colombo, LK | කොළඹ, கொழும்பு | Kolamba, Kolumbo | கொழும்பில்
Jaffna, LK | யாழ்ப்பாணம் | Yalpanam, Yapanaya | யாழ்ப்பாணத்தில்
Kathmandu, NP | काठमाडौं | Katmandu, Kantipur | काठमाडौंमा
Lhasa, CN | ལྷ་ས, 拉萨 | Lasa, Llasa | 在拉萨
Yangon, MM | ရန်ကုန် | Rangoon, Rangun, Dagon | ရန်ကုန်မှာ
Mandalay, MM | မန္တလေး | Mandalaj, Yadanabon | မန္တလေးမှာ
Bangkok, TH | กรุงเทพ, 曼谷 | Krung Thep, Bangkók | ที่กรุงเทพ
Phnom Penh, KH | ភ្នំពេញ, 金边 | Phnompenh, Pnom Penh, Nom Pen | នៅភ្នំពេញ
Battambang, KH | បាត់ដំបង | Batdambang, Phratabong | នៅបាត់ដំបង
Ho Chi Minh City, VN | 胡志明市, Хошимин | Saigon, Sài Gòn, Thành phố Hồ Chí Minh | ở Sài Gòn, w Sajgonie
Hanoi, VN | 河内, Ханой | Hà Nội, Thăng Long | ở Hà Nội, в Ханое
Hue, VN | 顺化 | Huế, Phú Xuân | ở Huế
Jakarta, ID | ジャカルタ, Джакарта | Batavia, Djakarta, Betawi | di Jakarta, in Batavia
Yogyakarta, ID | ジョグジャカルタ | Jogjakarta, Djokjakarta, Jogja | di Yogyakarta
Makassar, ID | マカッサル | Ujung Pandang, Macassar | di Ujung Pandang
Dili, TL | Дили | Díli, Dilly | iha Dili, em Díli
Manila, PH | マニラ, Манила | Maynila, Manille | sa Maynila
Beijing, CN | 北京, Пекин, ペキン | Peking, Pékin, Peiping, Pekin | в Пекине, w Pekinie, 在北京
Nanjing, CN | 南京, Нанкин | Nanking, Nankín | в Нанкине, 在南京
Guangzhou, CN | 广州, 廣州 | Canton, Kanton, Kwangchow | 在广州, w Kantonie
Chongqing, CN | 重庆, 重慶 | Chungking, Tchongking | 在重庆
Shenyang, CN | 沈阳, 瀋陽 | Mukden, Fengtian, Moukden | 在沈阳, в Мукдене
Harbin, CN | 哈尔滨, Харбин | Kharbin, Charbin, Ha'erbin | в Харбине, w Harbinie
Lüshun, CN | 旅顺, 旅順 | Port Arthur, Ryojun, Порт-Артур | в Порт-Артуре
Taipei, TW | 台北, 臺北 | Taihoku, Taibei, T'ai-pei | 在台北
Hiroshima, JP | 広島, ヒロシマ, Хиросима | Hirosima, Hiroszima | 広島で, в Хиросиме, w Hiroszimie
Nagasaki, JP | 長崎, ナガサキ, Нагасаки | Nangasaki | 長崎で, в Нагасаки
Kyoto, JP | 京都, Киото | Kyōto, Kioto, Miyako | 京都で, в Киото
Tokyo, JP | 東京, Токио, طوكيو | Tōkyō, Edo, Tokio, Yedo | 東京で, w Tokio
Seoul, KR | 서울, ソウル, Сеул | Keijo, Hanyang, Gyeongseong, Söul | 서울에서, в Сеуле, w Seulu
Gwangju, KR | 광주, 光州 | Kwangju, Koushu | 광주에서
Busan, KR | 부산, 釜山 | Pusan, Fusan | 부산에서
Pyongyang, KP | 평양, 平壌, Пхеньян | Heijo, P'yŏngyang, Phenian | 평양에서, в Пхеньяне
Ulaanbaatar, MN | Улаанбаатар, Улан-Батор | Ulan Bator, Urga, Niislel Khüree | в Улан-Баторе, Улаанбаатарт
New York, US | Нью-Йорк, ניו יורק, ニューヨーク, نيويورك | Nowy Jork, Nueva York, New Amsterdam | w Nowym Jorku, в Нью-Йорке, v New Yorku
Los Angeles, US | Лос-Анджелес, ロサンゼルス | Los Ángeles | w Los Angeles, в Лос-Анджелесе
New Orleans, US | Новый Орлеан, ニューオーリンズ | La Nouvelle-Orléans, Nueva Orleans, Nowy Orlean | w Nowym Orleanie, в Новом Орлеане
San Francisco, US | Сан-Франциско, サンフランシスコ, 旧金山 | Yerba Buena | w San Francisco
Philadelphia, US | Филадельфия | Filadelfia, Philadelphie | w Filadelfii, в Филадельфии
Mexico City, MX | Мехико, メキシコシティ | Ciudad de México, Tenochtitlan, Mexiko-Stadt | w Meksyku, в Мехико
Guadalajara, MX | Гвадалахара | Guadalaxara | w Guadalajarze
Havana, CU | Гавана, ハバナ | La Habana, Havanna, Hawana, La Havane | w Hawanie, в Гаване
Port-au-Prince, HT | Порт-о-Пренс | Pòtoprens, Puerto Príncipe | nan Pòtoprens
Santo Domingo, DO | Санто-Доминго | Ciudad Trujillo | w Santo Domingo
Guatemala City, GT | Гватемала-Сити | Ciudad de Guatemala, Nueva Guatemala | en la ciudad de Guatemala
San Salvador, SV | Сан-Сальвадор | Cuzcatlán | w San Salwadorze
Bogotá, CO | Богота, ボゴタ | Santa Fe de Bogotá, Bacatá | w Bogocie, в Боготе
Medellín, CO | Медельин | Villa de la Candelaria, Medelín | w Medellín
Ayacucho, PE | Аякучо | Huamanga, Wamanga | Wamangapi
Cusco, PE | Куско | Cuzco, Qosqo, Qusqu | Qosqopi
Asunción, PY | Асунсьон | Asuncion | w Asunción
Buenos Aires, AR | Буэнос-Айрес, ブエノスアイレス, בואנוס איירס | Bonaire, Buenos Ayres | w Buenos Aires
Córdoba, AR | Кордова | Cordova, Kordoba | w Kordobie
Santiago de Chile, CL | Сантьяго | Santiago | w Santiago
Valparaíso, CL | Вальпараисо | Valparaiso | w Valparaíso
Rio de Janeiro, BR | Рио-де-Жанейро, リオデジャネイロ | Río de Janeiro, Guanabara, Rio | w Rio de Janeiro
São Paulo, BR | Сан-Паулу, サンパウロ | Sao Paulo, San Pablo | em São Paulo, w São Paulo
Montreal, CA | Монреаль, モントリオール | Montréal, Tiohtià:ke, Ville-Marie | w Montrealu, в Монреале
Winnipeg, CA | Виннипег | Winipeg | w Winnipegu, в Виннипеге
Iqaluit, CA | ᐃᖃᓗᐃᑦ | Frobisher Bay | w Iqaluit
Nuuk, GL | Нуук | Godthåb, Godthaab | Nuummi
Darwin, AU | Дарвин | Palmerston, Garramilla | w Darwin
Alice Springs, AU | Алис-Спрингс | Mparntwe, Stuart | in Mparntwe
Auckland, NZ | Окленд | Tāmaki Makaurau, Tamaki | w Auckland
""".strip()
