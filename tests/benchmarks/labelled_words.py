"""Words of the accounts of the labelled benchmark: twelve languages, stems that take endings."""

from __future__ import annotations

WORDS = """
en | the and we was they of to in it that had were I my he she there for with but not when all then from at on one so would this us our what because people came went very out | mother father brother sister house winter morning soldier village bread river field school street letter horse train window garden church market doctor teacher neighbour kitchen station forest bridge border paper blanket potato candle engine factory wagon cellar shovel kettle basket ribbon hammer | s less like ful ly side yard man work land keeper maker place hood ship ward
de | und die der wir war ich es nicht sie in das dann hat mit auf von so ein wie uns da aber auch nach wenn noch haben mein alle nur sein zum waren bis | Mutter Vater Kinder Haus Winter Morgen Soldat Dorf Brot Fluss Feld Schule Straße Brief Pferd Wagen Fenster Garten Kirche Markt Lehrer Nachbar Küche Bahnhof Wald Brücke Grenze Papier Decke Kartoffel Kohle Keller Fabrik Schaufel Wäsche Milch Zucker Schnee | n s chen tür hof wagen zeit arbeit mann frau karte platz stück weg licht
pl | i w na nie to się że z do my był ja a jak było tam oni po już tak ale za co jeszcze potem bo tylko od wszyscy nas mnie jego | matk ojc brat siostr dom zim ran żołnierz wsi chleb rzek pol szkoł ulic list koń wóz okn ogród kościół targ lekarz sąsiad kuchn stacj las most granic papier koc ziemniak węgl piwnic fabryk łopat mlek cukr śnieg | a y ie ę ami ach owi em ów ą owa owy ka ek anie
ru | и в не на мы что он с как это я было а там они все но у так из за по же нас потом уже тогда её только когда мне | мат отец брат сестр дом зим утр солдат деревн хлеб рек пол школ улиц письм лошад вагон окн сад церков базар врач учител сосед кухн станц лес мост границ бумаг одеял картошк угол подвал завод лопат молок сахар снег | а ы е у ой ами ах ов ка ник ный ная ском ение
uk | і в не на ми що він з як це я було а там вони всі але у так із за по ж нас потім вже тоді її тільки коли мені | мам тат брат сестр хат зим ранк солдат сел хліб річк пол школ вулиц лист кон вагон вікн садк церкв базар лікар вчител сусід кухн станці ліс мост кордон папір ковдр картопл вугілл | а и і у ою ами ах ів ка ник ний ська ення
es | y que de la el en no a los se lo era las nos por con mi una un pero había todo cuando su como para muy ya también donde porque estaba | madr padr herman cas inviern mañan soldad puebl pan rí camp escuel call cart caball tren ventan jardín iglesi mercad médic maestr vecin cocin estación bosqu puent fronter papel mant patat carbón sótan fábric pal lech azúcar niev | a o as os ita ito era ero ado ada ando aron ería
fr | et de la le les on était je que nous il à en un une pas ne avec dans qui mais pour elle tout mon ils sur avait quand | mère père frère maison hiver matin soldat village pain rivière champ école rue lettre cheval train fenêtre jardin église marché médecin voisin cuisine gare forêt pont frontière papier couverture charbon cave usine pelle lait sucre neige | s tte rie age ment aient ant ière eur euse
tr | ve bir bu da de biz çok o ne için ben var sonra gibi ama daha vardı hep orada onlar kadar her şey yok bana bize | anne baba kardeş ev kış sabah asker köy ekmek nehir tarla okul sokak mektup at tren pencere bahçe kilise pazar doktor öğretmen komşu mutfak istasyon orman köprü sınır kağıt battaniye patates kömür bodrum fabrika | ler lar de da den ım imiz ci lik siz e in
el | και το να η ο δεν με στο της μας που τα ήταν από για τον σε τους μου εμείς αυτό όταν όλοι εκεί μετά πολύ | μητέρ πατέρ αδελφ σπίτ χειμών πρω στρατιώτ χωρι ψωμ ποτάμ χωράφ σχολε δρόμ γράμμ άλογ τρέν παράθυρ κήπ εκκλησ αγορ γιατρ δάσκαλ γείτον κουζίν σταθμ δάσ γέφυρ σύνορ χαρτ κουβέρτ | α ας ες ος ου ων ια άκι αν ούσε
ar | من في على كان و إلى عن مع كل ما لا نحن أنا هو هي هم ثم بعد قبل كنا هناك الذي التي | بيت ام اب اخ شتاء صباح جندي قرية خبز نهر حقل مدرسة شارع رسالة حصان قطار نافذة حديقة سوق طبيب معلم جار مطبخ محطة غابة جسر حدود ورق | ي نا هم ها ك ات ين ون ان
hi | और में की का के से यह वह हम था थे थी नहीं को पर तो ही भी एक मैं उस फिर जब तब सब बहुत | माता पिता भाई बहन घर सरदी सुबह सिपाही गाँव रोटी नदी खेत विद्यालय सड़क चिट्ठी घोड़ा गाड़ी खिड़की बगीचा बाज़ार वैद्य गुरु पड़ोसी रसोई | यों ओं वाला वाली ने कर ता ती
sw | na ya wa kwa ni la cha katika hii sisi yeye wao mimi alikuwa sana lakini hapa huko wote tu kama hata baada kisha | mama baba kaka dada nyumba baridi asubuhi askari kijiji mkate mto shamba shule barabara barua farasi treni dirisha bustani kanisa soko daktari mwalimu jirani jikoni stesheni msitu daraja mpaka karatasi | ni yetu yangu yao ake wote moja wale
""".strip()
"""Language | words that join others | stems | endings."""

RARE_ONSETS = (
    "bl br ch d dr f fl g gr h j k kr l m n p pl pr r s sh sk sl st t tr v w z kv shch tz zh"
)
RARE_VOWELS = "a e i o u ai ou ei ö ü ó é"
RARE_CODAS = "n r l k t m sk nd rt x ck ng lm v th š"
