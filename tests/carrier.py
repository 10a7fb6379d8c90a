"""An invented article to carry single lines through the whole of clean()."""

BEFORE = (
    "The town of Averly voted on Tuesday to keep its lido open for another ten years, after a campaign "
    "that drew in swimmers, shopkeepers and two retired engineers.",
    "The pool, which was dug by hand in 1934, loses about nine thousand litres of water a day through a "
    "crack that nobody has managed to find.",
    "“We have looked everywhere a person can look,” said Maud Tellier, who has kept the pumps running "
    "since her father gave up the job.",
    "Councillors had planned to fill the site with gravel and to sell it to the bakery next door, which "
    "wants room for its vans.",
)
AFTER = (
    "The vote was carried by eleven to four. It followed a debate of three hours in which the word "
    "“crack” was used, by the clerk's count, 118 times.",
    "Repairs will begin in October, when the water is let out and the tiles on the deep side can be lifted "
    "one by one and numbered.",
    "Mr Osgood, who runs the bakery, said that he would look for another place and that he still hoped to "
    "swim there on Sundays.",
    "The money comes from a fund that the county set up after the floods, and from the sale of a tractor.",
)
BODY = "\n\n".join((*BEFORE, *AFTER))

ARTICLES: dict[str, tuple[str, str, str, str]] = {
    "de": (
        "Die Stadt Averlau hat am Dienstag beschlossen, ihr Freibad noch zehn Jahre lang offen zu halten. "
        "Vorausgegangen war eine Kampagne, an der sich Schwimmer, Händler und zwei Ingenieure beteiligt hatten.",
        "Das Becken, das 1934 von Hand gegraben wurde, verliert am Tag etwa neuntausend Liter Wasser durch einen "
        "Riss, den bisher niemand finden konnte, obwohl viele danach gesucht haben.",
        "Der Beschluss fiel mit elf gegen vier Stimmen. Ihm ging eine Debatte von drei Stunden voraus, in der das "
        "Wort Riss nach der Zählung des Schriftführers 118 Mal gebraucht wurde.",
        "Die Arbeiten sollen im Oktober beginnen, wenn das Wasser abgelassen ist und die Fliesen auf der tiefen "
        "Seite einzeln gelöst und nummeriert werden können.",
    ),
    "fr": (
        "La ville d'Averly a décidé mardi de garder sa piscine ouverte pendant encore dix ans, après une campagne "
        "qui a réuni des nageurs, des commerçants et deux ingénieurs à la retraite.",
        "Le bassin, creusé à la main en 1934, perd chaque jour près de neuf mille litres d'eau par une fissure que "
        "personne n'est parvenu à trouver, et ce n'est pas faute d'avoir cherché.",
        "Le vote a été acquis par onze voix contre quatre. Il suivait un débat de trois heures dans lequel le mot "
        "fissure a été prononcé 118 fois, selon le compte du greffier.",
        "Les travaux commenceront en octobre, quand l'eau aura été vidée et que les carreaux du grand bain pourront "
        "être retirés un par un et numérotés.",
    ),
    "es": (
        "La ciudad de Averla votó el martes a favor de mantener abierta su piscina durante otros diez años, después "
        "de una campaña en la que participaron nadadores, comerciantes y dos ingenieros jubilados.",
        "El vaso, que fue excavado a mano en 1934, pierde cada día unos nueve mil litros de agua por una grieta que "
        "nadie ha conseguido encontrar, aunque muchos la han buscado.",
        "La propuesta salió adelante por once votos contra cuatro. Antes hubo un debate de tres horas en el que la "
        "palabra grieta se pronunció 118 veces, según la cuenta del secretario.",
        "Las obras empezarán en octubre, cuando se vacíe el agua y los azulejos de la parte honda se puedan levantar "
        "uno por uno para numerarlos.",
    ),
    "it": (
        "La città di Averla ha deciso martedì di tenere aperta la sua piscina per altri dieci anni, dopo una campagna "
        "che ha coinvolto nuotatori, negozianti e due ingegneri in pensione.",
        "La vasca, che fu scavata a mano nel 1934, perde ogni giorno circa novemila litri di acqua da una crepa che "
        "nessuno è riuscito a trovare, anche se molti la hanno cercata.",
        "Il voto è passato con undici sì e quattro no. Era stato preceduto da un dibattito di tre ore, nel quale la "
        "parola crepa è stata pronunciata 118 volte, secondo il conto del segretario.",
        "I lavori cominceranno a ottobre, quando la vasca sarà vuota e le piastrelle della parte più fonda potranno "
        "essere tolte una per una e numerate.",
    ),
    "pt": (
        "A cidade de Averla decidiu na terça-feira manter a sua piscina aberta por mais dez anos, depois de uma "
        "campanha que reuniu nadadores, comerciantes e dois engenheiros aposentados.",
        "O tanque, que foi cavado à mão em 1934, perde por dia cerca de nove mil litros de água por uma fenda que "
        "ninguém conseguiu encontrar, embora muitos já tenham procurado.",
        "A proposta passou com onze votos contra quatro. Antes houve um debate de três horas em que a palavra fenda "
        "foi dita 118 vezes, segundo a conta do secretário.",
        "As obras começam em outubro, quando a água for retirada e os azulejos da parte funda puderem ser levantados "
        "um por um e numerados.",
    ),
    "nl": (
        "De stad Averloo heeft dinsdag besloten om het zwembad nog tien jaar open te houden, na een campagne waar "
        "zwemmers, winkeliers en twee gepensioneerde ingenieurs aan meededen.",
        "Het bad, dat in 1934 met de hand is gegraven, verliest elke dag zo'n negenduizend liter water door een "
        "scheur die nog niemand heeft gevonden, hoewel er veel naar is gezocht.",
        "Het voorstel werd met elf tegen vier stemmen aangenomen. Er ging een debat van drie uur aan vooraf waarin "
        "het woord scheur volgens de griffier 118 keer werd gebruikt.",
        "De herstelwerken beginnen in oktober, als het water is weggelopen en de tegels aan de diepe kant een voor "
        "een kunnen worden losgemaakt en genummerd.",
    ),
    "sv": (
        "Staden Averby beslutade på tisdagen att hålla badet öppet i tio år till, efter en kampanj som samlade "
        "simmare, handlare och två ingenjörer som har gått i pension.",
        "Bassängen, som grävdes för hand 1934, förlorar varje dag omkring niotusen liter vatten genom en spricka som "
        "ingen har lyckats hitta, fast det är många som har letat.",
        "Förslaget gick igenom med elva röster mot fyra. Det skedde efter en debatt på tre timmar där ordet spricka "
        "användes 118 gånger, enligt vad sekreteraren hade räknat till.",
        "Arbetet börjar i oktober, när vattnet har tappats ut och plattorna på den djupa sidan kan lossas en efter "
        "en och få var sitt nummer.",
    ),
    "da": (
        "Byen Averby besluttede tirsdag at holde badet åbent i ti år mere, efter en kampagne som samlede svømmere, "
        "handlende og to ingeniører, der er gået på pension.",
        "Bassinet, som blev gravet med hånden i 1934, mister hver dag omkring ni tusind liter vand gennem en revne, "
        "som ingen har kunnet finde, selv om der er mange, der har ledt.",
        "Forslaget blev vedtaget med elleve stemmer mod fire. Det skete efter en debat på tre timer, hvor ordet "
        "revne blev brugt 118 gange, hvis man skal tro det, sekretæren har talt.",
        "Arbejdet begynder i oktober, når vandet er lukket ud, og fliserne i den dybe ende kan tages op en for en "
        "og få et nummer hver.",
    ),
    "no": (
        "Byen Averby vedtok tirsdag å holde badet åpent i ti år til, etter en kampanje som samlet svømmere, "
        "handelsfolk og to ingeniører som har gått av med pensjon.",
        "Bassenget, som ble gravd for hånd i 1934, mister hver dag rundt ni tusen liter vann gjennom en sprekk som "
        "ingen har klart å finne, selv om det er mange som har lett.",
        "Forslaget ble vedtatt med elleve mot fire stemmer. Det skjedde etter en debatt på tre timer, der ordet "
        "sprekk ble brukt 118 ganger, ifølge det sekretæren hadde talt.",
        "Arbeidet begynner i oktober, når vannet er tappet ut og flisene i den dype enden kan tas opp en etter en "
        "og få hvert sitt nummer.",
    ),
    "pl": (
        "Miasto Awerów zdecydowało we wtorek, że jego basen pozostanie otwarty jeszcze przez dziesięć lat. Była to "
        "odpowiedź na kampanię, w której wzięli udział pływacy, sklepikarze i dwaj inżynierowie na emeryturze.",
        "Niecka, która została wykopana ręcznie w 1934 roku, traci co dzień około dziewięciu tysięcy litrów wody "
        "przez pęknięcie, którego nikt nie potrafił znaleźć, choć wielu go szukało.",
        "Wniosek przeszedł jedenastoma głosami przy czterech przeciwnych. Po trzech godzinach debaty, w której słowo "
        "pęknięcie, jak policzył sekretarz, padło 118 razy, nie było już o czym mówić.",
        "Prace zaczną się w październiku, kiedy woda zostanie spuszczona, a płytki po głębokiej stronie będzie można "
        "zdjąć jedna po drugiej i ponumerować.",
    ),
    "cs": (
        "Město Averov se v úterý rozhodlo, že své koupaliště nechá otevřené ještě deset let. Stalo se tak po kampani, "
        "do které se zapojili plavci, obchodníci i dva inženýři v důchodu.",
        "Bazén, který byl v roce 1934 vykopán ručně, ztrácí každý den asi devět tisíc litrů vody trhlinou, kterou "
        "se zatím nikomu nepodařilo najít, i když ji hledali mnozí.",
        "Návrh prošel jedenácti hlasy proti čtyřem. Předcházela mu tři hodiny dlouhá debata, ve které slovo trhlina "
        "podle zapisovatele zaznělo 118krát, a to se ještě nepočítalo od začátku.",
        "Práce začnou v říjnu, až bude voda vypuštěna a dlaždice na hluboké straně bude možné jednu po druhé sundat "
        "a očíslovat.",
    ),
    "tr": (
        "Averova kenti salı günü açık havuzunu on yıl daha açık tutmaya karar verdi. Karardan önce yüzücüler, esnaf "
        "ve iki emekli mühendis için de önemli olan bir kampanya yürütülmüştü.",
        "Bin dokuz yüz otuz dörtte elle kazılan havuz, bugüne kadar kimsenin bulamadığı bir çatlak yüzünden her gün "
        "dokuz bin litre kadar su kaybediyor ve bu kayıp çok daha fazla olabilir.",
        "Öneri dörde karşı on bir oyla kabul edildi. Oylamadan önce üç saat süren bir tartışma oldu ve çatlak sözü "
        "kâtibin sayımına göre 118 kez geçti, ama kimse daha fazla bir şey söylemedi.",
        "Onarım, su boşaltıldıktan sonra ekim ayında başlayacak ve derin taraftaki karolar tek tek sökülüp her biri "
        "için bir numara verilecek, ancak en son karo için henüz bir karar yok.",
    ),
    "ja": (
        "アベリ市議会は火曜日、屋外プールをさらに十年間開いておくことを決めた。泳ぐ人々や商店主、引退した技師二人が加わった運動の末の決定だった。",
        "一九三四年に手で掘られたプールは、誰にも見つけられていないひび割れから、一日におよそ九千リットルの水を失っている。",
        "採決の結果は十一対四だった。三時間に及んだ議論の中で、「ひび」という言葉は書記の数えたところでは百十八回使われた。",
        "修理は水を抜いたあとの十月に始まる。深い側のタイルを一枚ずつ外し、番号を付けていく予定だという。",
    ),
    "ko": (
        "아벨리 시의회는 화요일 야외 수영장을 앞으로 십 년 더 열어 두기로 결정했다. 수영하는 사람들과 상인들, 은퇴한 기술자 두 명이 함께한 운동 끝에 나온 결정이다.",
        "천구백삼십사 년에 손으로 판 이 수영장은 아무도 찾지 못한 틈으로 하루에 약 구천 리터의 물을 잃고 있다.",
        "표결 결과는 열한 표 대 네 표였다. 세 시간 동안 이어진 토론에서 틈이라는 말은 서기가 센 바로는 백열여덟 번 나왔다.",
        "수리는 물을 뺀 뒤인 시월에 시작된다. 깊은 쪽의 타일을 한 장씩 떼어 내고 번호를 매길 예정이라고 시는 밝혔다.",
    ),
    "zh": (
        "阿弗利市议会周二决定，将露天泳池再开放十年。此前，游泳爱好者、店主和两位退休工程师一起发起了一场运动。",
        "这座泳池是一九三四年用双手挖成的，每天从一条谁也没能找到的裂缝里流失大约九千升水。",
        "提案以十一票对四票获得通过。在此之前的三个小时辩论中，据书记员统计，“裂缝”一词一共出现了一百一十八次。",
        "维修工程将在十月放水之后开始。深水区的瓷砖会被一块一块地取下来，并且编上号码。",
    ),
}
"""The like in other languages; the language of a page decides which rules are asked."""


def _parts(language: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    if language not in ARTICLES:
        return BEFORE, AFTER
    story = ARTICLES[language]
    return story[:2], story[2:]


def inside(line: str, language: str = "en") -> str:
    """The article with a line as a paragraph in its middle."""
    before, after = _parts(language)
    return "\n\n".join((*before, line, *after))


def behind(line: str, language: str = "en") -> str:
    """A whole page, with the line among the furniture under the article."""
    before, after = _parts(language)
    menu = "Home\n\nNews\n\nSport\n\nWeather\n\nSign in"
    foot = "Contact us\n\nPrivacy policy\n\nTerms and conditions\n\nSite map\n\nBack to top"
    return "\n\n".join((menu, *before, *after, line, foot))
