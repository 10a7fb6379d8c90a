"""The credit of a picture: which agencies it names, and which photographer."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from newsclean.data import table
from newsclean.rules.patterns import Pattern, compile_pattern

_CJK = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}ー"
"""Scripts that put no space between words."""
_CJK_LETTER = compile_pattern(f"[{_CJK}]")
_SURE_CJK = 3
"""Letters from which on a name in these scripts is no part of another word: 共同 is also "joint"."""
_LEAD_WORDS = 4
"""The most words of a part behind which its agency may begin, and one."""
_PLATFORMS = frozenset(
    {"Facebook", "Google Maps", "Instagram", "LinkedIn", "Telegram channel", "TikTok", "Twitter"}
    | {"VKontakte", "WeChat", "Weibo", "YouTube"}
)
"""Sources of pictures that a line may well end with and still be no credit: "follow us on Facebook"."""


@dataclass(frozen=True, slots=True)
class _Agencies:
    pattern: Pattern
    cjk_end: Pattern
    names: dict[str, str]
    alone: frozenset[str]
    """The spellings without those of platforms."""


@cache
def _agencies() -> _Agencies:
    names: dict[str, str] = {}
    for entry in table("agencies")["agency"]:
        for spelling in (entry["name"], *entry["spellings"]):
            names[_plain(spelling)] = entry["name"]
    sure: list[str] = []
    unsure: list[str] = []
    spaced: list[str] = []
    for name in sorted(names, key=len, reverse=True):
        cjk = _CJK_LETTER.search(name)
        kind = spaced if not cjk else sure if len(name) >= _SURE_CJK else unsure
        kind.append(re.escape(name).replace(r"\ ", " "))
    edge, cjk_edge = rf"[^\p{{L}}\d]|[{_CJK}]", f"[^{_CJK}]"
    cjk_names = f"({'|'.join(sure)})|(?:^|{cjk_edge})({'|'.join(unsure)})"
    return _Agencies(
        compile_pattern(rf"(?:^|{edge})({'|'.join(spaced)})(?:$|{edge})|{cjk_names}(?:$|{cjk_edge})"),
        compile_pattern(f"(?:{cjk_names})$"),
        names,
        frozenset(spelling for spelling, name in names.items() if name not in _PLATFORMS),
    )


def _plain(text: str) -> str:
    """Full-width letters and signs made plain, ＡＰ＝ as AP=."""
    return text if text.isascii() else unicodedata.normalize("NFKC", text)


def agencies_in(credit: str) -> tuple[str, ...]:
    """The agencies and libraries that a credit names, by their usual names, in order."""
    known = _agencies()
    rest = _plain(credit)
    found: dict[str, None] = {}
    while match := known.pattern.search(rest):
        group = next(i for i in (1, 2, 3) if match.group(i))
        found[known.names[match.group(group) or ""]] = None
        rest = rest[match.span(group)[1] :]
    return tuple(found)


def is_agency(part: str) -> bool:
    """Whether a part of a credit is an agency's name, alone or behind a person's."""
    known = _agencies()
    part = _plain(part)
    words = part.split()
    ends = (" ".join(words[i:]) for i in range(min(_LEAD_WORDS, len(words))))
    if any(end in known.alone for end in ends):
        return True
    return not part.isascii() and known.cjk_end.search(part) is not None


NAME_BREAK = re.compile(
    r"(?:(?<!\s)\s+)?[/|,;+=＝、／｜]\s*"
    r"|(?<!\s)\s+(?:(?:via|for|and|und|et|y|och|og|ve|и|та|і|και)|[-–—]|&)\s+"
)
_BRACKET = re.compile(r"[()\[\]<>«»\"“”]")

_LABEL = re.compile(
    r"""(?ix)^(?:[©:\s]|\(c\)|copyright\b|\d{4}\s)*
    (?:(?:(?:text\s*(?:und|och|og|et|&|\+)\s*)?
      (?:photo(?:graph|grapher|graphy|graphie|graphe)?s?|pictures?|pics?|images?|fotos?|fotó|fotograf(?:ie|ia|ía|în)?
      |fotograaf|fotógrafo|bild(?:er)?|billede|bilde|beeld|kuvat?|valokuva|snímek|zdjęci[ea]|zdj|fot|imagen|imagem
      |immagine|crédits?|credits?|illustrations?|фото(?:граф)?|снимка|φωτογραφία|φωτο)
      (?:\s(?:crédits?|credits?|credit))?)
    (?:\s*[:.©]+|\s+(?:by|von|de|par|por|di|da|door|av|af|przez)\b|\s)[:©\s]*)*
    (?:by\s+)?"""
)
"""What stands before a photographer's name: "Foto:", "Photo by", "Crédit photo :", "© 2024"."""

_SMALL_WORDS = """de del della dei di da do dos das du des la le les lo van von vom zu zum zur der den ter ten het op
    bin ibn bint al el ul af av"""
_PARTICLES = frozenset(_SMALL_WORDS.split())
_WORD = r"(?:\p{Lu}[\p{L}\p{M}'’.-]*|[dl]['’]\p{Lu}[\p{L}\p{M}'’-]*|al-\p{Lu}[\p{L}'’-]*)"
_PERSON = compile_pattern(rf"{_WORD}(?:\s+(?:(?:{'|'.join(sorted(_PARTICLES))})\s+){{0,3}}{_WORD}){{1,3}}")
_LONE_CAPITALS = 3
"""From so many capitals on, a word amid others in small letters is a short form or a surname."""

_NAME = r"[\u4e00-\u9fff々]{2,4}"
_CJK_PERSON = (
    re.compile(r"([가-힣]{2,4}?)\s*(?:선임|사진|수습|인턴|객원)?(?:기자|특파원)(?![가-힣])"),
    re.compile(rf"(?:记者|記者|通讯员)\s*({_NAME}?)\s*(?:[摄攝]|$)"),
    re.compile(
        rf"(?:^|[^\u4e00-\u9fff々])({_NAME}(?:\s[\u4e00-\u9fff々]{{1,3}})?)\s*[=/]?\s*(?:撮影|[摄攝](?![影]))"
    ),
    re.compile(rf"(?:撮影|摄影|攝影)(?:者|师|師)?\s*[:=・/]\s*({_NAME})(?:$|[^\u4e00-\u9fff々])"),
)
"""A photographer in Korean, Chinese and Japanese: by "reporter", "taken by" and the like beside the name."""
_NOT_A_CJK_PERSON = re.compile(
    r"사진|본사|공동|신문|일보|방송|뉴스|本社|筆者|著者|記者|记者|読者|編集|同社|提供|資料|资料|新聞|新闻|通信|网|網|報|报|作者|本人|本报|本紙|社$"
)

_ORGANISATIONS = {
    "newspapers, broadcasters, agencies and their desks": """the image images photo photos photograph photographer photography picture pictures pics press presse prensa
    agency agence agencia agência agenzia agentur agencja news nachrichten noticias media times post guardian herald
    mirror daily tribune journal courier standard record dispatch mercury gazette chronicle observer express telegraph
    examiner sentinel bulletin advertiser inquirer enquirer zeitung tageblatt anzeiger kurier rundschau bureau network
    syndication stringer staff reporter correspondent redaktion redaction rédaction redacción redazione redactie
    file archive archives pool handout screenshot screengrab video television televisión radio tv bbc cnn nbc cbs abc
    itv rtl zdf ard fbi channel studio studios productions films film entertainment records getty commons domain
    public supplied courtesy cortesía cortesia submitted provided collection privat private privé privado facebook
    instagram twitter youtube tiktok service services publishing verlag éditions editorial publications graphic
    graphics illustration infographic grafik stock credit copyright
    """,
    "the state and its services": """government state national federal ministry department office police army navy airforce force forces court council
    board authority agency commission committee parliament congress senate embassy consulate coastguard rescue fire
    ambulance brigade county borough municipality district city town village gobierno governo gouvernement regierung
    ayuntamiento ajuntament diputación junta generalitat comunidad mairie préfecture gendarmerie ville région conseil
    comune regione provincia prefeitura câmara bomberos vigili carabinieri guardia policía polícia polizia politie
    politi policja stadt gemeinde landkreis bundesamt landesamt feuerwehr kommune kommun region urząd straż gmina
    presidencia presidência présidence kremlin кремль администрация правительство пресс-служба
    belediyesi belediye bakanlığı valiliği emniyet başkanlığı kementerian polda polri
    """,
    "learning, arts, faith, care": """university college school institute academy library museum gallery theatre theater opera orchestra festival
    hospital clinic church cathedral diocese trust foundation society association federation union league charity
    fondation fundación fundação fondazione stiftung stichting säätiö stiftelse association asociación associação
    associazione verein verband gesellschaft klinik krankenhaus kirche hochschule universität université universidad
    universidade università uniwersytet universitet universiteit üniversitesi institut instituto istituto survey
    bibliothèque biblioteca bibliothek musée teatro théâtre observatory laboratory lab zoo croix-rouge roja
    """,
    "sport and business": """club team sport sports fc sc afc cf united rovers olympique racing party group company corporation corp inc ltd
    llc plc gmbh ag sa kg oy ab spa holding holdings bank airlines airways energy motors maritime lighting solutions
    technologies partners consulting family familie famille familia nasa noaa usgs esa un unicef unhcr nfl nba nhl
    mlb fifa uefa usa uk eu us pd idf ngo
    """,
}
"""Words by which a name is no person's, in small letters, whatever the language."""
_ORGANISATION_WORDS = frozenset(" ".join(_ORGANISATIONS.values()).split())
_ORGANISATION_STEMS = (
    *(
        "museo",
        "museu",
        "musei",
        "muzeu",
        "muzej",
        "muzie",
        "музе",
        "μουσε",
        "archiv",
        "arhiv",
        "arkiv",
        "архив",
        "архів",
        "αρχεί",
    ),
    *(
        "poliz",
        "полиц",
        "поліц",
        "minist",
        "минист",
        "мініст",
        "universit",
        "univerzit",
        "универс",
        "університ",
    ),
    *(
        "bibliot",
        "библиот",
        "фонд",
        "агентств",
        "агенц",
        "газет",
        "общест",
        "прокурат",
        "пресс-",
        "fundac",
        "kurator",
    ),
)
_ORGANISATION_ENDINGS = (
    *(
        "museum",
        "museet",
        "archiv",
        "arkivet",
        "polizei",
        "feuerwehr",
        "verein",
        "verband",
        "stiftung",
        "verlag",
    ),
    *("gesellschaft", "ministerium", "klinikum", "universität", "zeitung", "nachrichten", "theater", "werke"),
)


def photographer_in(credit: str) -> str | None:
    """The photographer's name in a credit, the first if it gives several."""
    credit = _plain(credit)
    if not credit.isascii() and (name := _cjk_person(credit)):
        return name
    for part in NAME_BREAK.split(_BRACKET.sub("/", credit)):
        name = _LABEL.sub("", part.strip(" .:"), count=1)
        if agencies_in(part) or agencies_in(name):
            continue
        if person := _person(name.strip(" .:")):
            return person
    return None


def _cjk_person(credit: str) -> str | None:
    for pattern in _CJK_PERSON:
        for match in pattern.finditer(credit):
            name = match.group(1)
            if not _NOT_A_CJK_PERSON.search(name) and not agencies_in(name):
                return name
    return None


def _person(name: str) -> str | None:
    """The name as it is usually written, if it can be a person's."""
    words = name.split()
    lower = name.isupper()
    tried = [w.lower() if i and lower and w.lower() in _PARTICLES else w for i, w in enumerate(words)]
    if any(map(_names_organisation, words)) or not _PERSON.fullmatch(" ".join(tried)):
        return None
    if (
        not lower
        and words[0].isupper()
        and sum(map(str.isalpha, words[0])) >= _LONE_CAPITALS
        and "." not in words[0]
    ):
        return None  # "BBC Scotland"
    return " ".join(_as_written(word, i, lower) for i, word in enumerate(words))


def _as_written(word: str, place: int, shouted: bool) -> str:
    """A word in capitals as names have it: HOLT as Holt, VAN as van; initials stay."""
    if not word.isupper() or "." in word or (not shouted and len(word) < _LONE_CAPITALS):
        return word
    small = word.lower()
    return small if place and small in _PARTICLES else word.title()


def _names_organisation(word: str) -> bool:
    bare = re.sub(r"['’]s$", "", word.casefold().strip(".,'’"))
    return (
        bare in _ORGANISATION_WORDS
        or bare.startswith(_ORGANISATION_STEMS)
        or bare.endswith(_ORGANISATION_ENDINGS)
        or any(map(str.isdigit, word))
    )
