"""A text as a reader meets it → the street addresses and numbers of flats in it."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from kunskapsbank.checks.personal import around

if TYPE_CHECKING:
    from collections.abc import Iterator

_CAPITAL, _SMALL = "A-ZÅÄÖÉÜ", "a-zåäöéü"
_DEFINITE = (
    "gatan", "vägen", "gränden", "stigen", "backen", "allén", "torget", "slingan", "kroken", "brinken", "esplanaden",
    "terrassen", "kajen", "stranden", "svängen", "stråket", "backar", "bron",
)  # fmt: skip
_INDEFINITE = (
    "gata",
    "väg",
    "gränd",
    "stig",
    "backe",
    "allé",
    "torg",
    "strand",
    "esplanad",
    "kaj",
    "slinga",
    "terrass",
)
_STREETS = "|".join((*_DEFINITE, *_INDEFINITE))
# Words in -vägen, and a few others, that are no streets; what stands before the ending.
_NO_STREETS = (
    "Arbets", "Av", "Behandlings", "Besluts", "Cykel", "Flykt", "Försörjnings", "Gen", "Gång", "Huvud",
    "Informations", "In", "Järn", "Karriär", "Kontakt", "Kunskaps", "Lands", "Livs", "Läns", "Lösnings", "Mellan",
    "Motor", "Om", "Riks", "Skog(?:s)?", "Till", "Ut", "Utbildnings", "Vård", "Upp", "Åter", "Fram", "Smitt",
    "Luft", "Sid(?:o)?", "Tvär", "Europa", "Utvecklings", "Framtids", "Idé", "Mäss", "Torg", "Marknads", "Snabb",
    "Spår", "Vatten", "Biljett",
)  # fmt: skip
_NO_STREET = (
    rf"(?!(?i:{'|'.join(_NO_STREETS)})(?:väg|stig|torg)|"
    rf"[{_CAPITAL}{_SMALL}]{{2,30}}(?:skaps|hets|nings|tions|itets|ans|ens)(?:väg|stig|torg))"
)
# Squares and places in -plan; other words in -plan are documents. A bank's settings add those of its own town.
_PLACES = (
    "Alviks", "Aspudds", "Axelsbergs", "Bagarmossens", "Björns", "Blackebergs", "Bromma", "Engelbrekts", "Farsta",
    "Fridhems", "Gullmars", "Hammarby", "Hökarängs", "Högdals", "Jakobs", "Jarla", "Karla", "Kristinebergs",
    "Kärrtorps", "Liljeholms", "Lill", "Linné", "Mariehälls", "Midsommar", "Norrmalms", "Nockeby", "Nybro", "Oden",
    "Olympia", "Risinge", "Råcksta", "Rågsveds", "Rörstrands", "Sankt Eriks", "Skarpnäcks", "Skärmarbrinks",
    "Sluss", "Stations", "Sture", "Svea", "Telefon", "Tegnér", "Tessin", "Tulle", "Tule", "Tisslinge", "Ulvsunda",
    "Vanadis", "Vasa", "Västertorps", "Ålstens", "Årsta", "Älvsjö", "Örby", "Östermalms", "Islands", "Ängby",
    "Hyppinge", "Skogs", "Slotts", "Stadshus",
)  # fmt: skip
# Genitives that no street is called after, before väg and stig: Stockholms väg ut ur hemlöshet, Hans väg, Barnens väg.
_WHOSE = (
    r"Hans|Deras|Vars|Stockholms|Göteborgs|Malmös?|Sveriges|Stadens|Kommunens|Europas|Socialtjänstens|Lars|"
    rf"[{_CAPITAL}][{_SMALL}]{{2,30}}(?:ens|ets|ernas|ornas|arnas)"
)
_LEADING = "Norra|Södra|Östra|Västra|Stora|Lilla|Gamla|Nya|Övre|Nedre|Norr|Söder|Väster|Öster|Inre|Yttre"
_NO_PLACE = (
    "En|Ett|Min|Din|Sin|Vår|Er|Vilken|Nästa|Rätt|Fel|Ny|Lång|Kort|Egen|Gemensam|Annan|Ingen|Varje|Denna|Hela|Halva|Enda|"
    "Enkel|Samma|Öppet|Digitalt|Första|Andra|Tredje|Och|Eller|Via|På|Från|Till|Vid|Mot|För|Av|Med|Är|Kunskapens"
)
_SECOND = (
    rf"(?:[{_SMALL}]{{2,20}}(?:väg|gata|gränd|stig|backe|allé|torg|strand)|"
    r"[Aa]llé|[Aa]lléväg|[Tt]org|[Tt]orget|[Ss]trand|[Gg]ränd|[Kk]aj|[Bb]ackar)"
)
# From its first figure on, as that is found fast.
_HOUSE = re.compile(
    r"[0-9](?:(?<=[A-Za-zÅÄÖåäöé.,: ][ \n.:_-].)(?<![0-9] .)[0-9]{0,2}(?![0-9]|[.,][0-9]| ?%|[/:][0-9])"
    r"(?: ?[-/] ?[0-9]{1,3}(?![0-9]))?|"
    r"(?<=nr.)[0-9]{0,2}(?![0-9]))"
)
_LONGEST_STREET = 64
# How all names of streets end, and what may stand between one and its number.
_ENDS = (*_DEFINITE, *_INDEFINITE, "plan", "brygga", "nr", "no", "nummer", ".", ":")
_FLAT = re.compile(r"[Ll][Gg](?<![A-Za-z]..)[Hh]\.?[ \n]?(?:nr\.? ?)?[0-9]{4}(?![0-9])")
# The name of a project may end in -vägen, and its second part is no house.
_NAMED = re.compile(
    r"(?<![a-zåäö])(?:[a-zåäö]*projekt(?:et|en)?|metod(?:en)?|modell(?:en)?|program(?:met)?|kurs(?:en)?|insats(?:en)?|"
    r"fas|steg|etapp|boken|serien|utbildning(?:en)?|spel(?:et)?)[ \n][”\"']?$",
    re.IGNORECASE,
)
_NO_HOUSE = re.compile(
    r"[ \n](?:gånger|januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december|"
    r"av[ \n][0-9]|kapitel|§)"
)


@cache
def _street(squares: tuple[str, ...], names: tuple[str, ...]) -> re.Pattern[str]:
    """Return what a street looks like before its number; `squares` and `names` as in `find`."""
    places, whose = "|".join((*_PLACES, *map(re.escape, squares))), "|".join((_WHOSE, *map(re.escape, names)))
    return re.compile(
        rf"(?:(?<![{_CAPITAL}{_SMALL}]){_NO_STREET}[{_CAPITAL}][{_SMALL}]{{1,30}}(?:{_STREETS})|"
        rf"(?<![{_CAPITAL}{_SMALL}]){_NO_STREET}[{_SMALL}]{{3,30}}(?:gatan|gränd|vägen|torget|allén|backen|stigen)|"
        rf"(?<![{_CAPITAL}])[{_CAPITAL}]{{2,30}}(?:{_STREETS.upper()})|"
        rf"(?<![{_CAPITAL}{_SMALL}])(?:{places}|[{_CAPITAL}][{_SMALL}]{{2,20}}inge)plan|"
        rf"(?:{_LEADING}|(?!(?:{whose}) [VvSs](?:äg|tig))[{_CAPITAL}][{_SMALL}]{{1,30}}s) "
        r"(?:[Gg]ata|[Gg]atan|[Vv]äg|[Vv]ägen|[Gg]ränd|[Tt]org|[Tt]orget|[Aa]llé|[Bb]acke|[Ss]trand|[Pp]lan|[Ss]tig|[Bb]rygga)|"
        rf"(?<![{_CAPITAL}{_SMALL}])(?!(?:{_NO_PLACE}) )[{_CAPITAL}][{_SMALL}]{{2,30}} {_SECOND})"
        r"[ \n_,-]{1,3}(?:(?:nr|no|nummer)[.:]? ?)?$"
    )


def find(text: str, squares: tuple[str, ...], names: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    """Yield where each address starts and ends.

    `squares` are beginnings of names of places in -plan, `names` genitives that no street is called after.
    """
    pattern = _street(squares, names)
    for house in _HOUSE.finditer(text):
        first = max(0, house.start() - _LONGEST_STREET)
        before = text[first : house.start()].rpartition("\n\n")[2]
        # Few words end as streets do, and it is sooner seen.
        if not before.rstrip(" \n_,-").lower().endswith(_ENDS):
            continue
        street = pattern.search(before)
        if not street:
            continue
        start = house.start() - len(street[0])
        if around.is_counted(text, house.end()) or _NO_HOUSE.match(text, house.end()):
            continue
        if not _NAMED.search(text[max(0, start - 24) : start]):
            yield start, house.end()
    yield from (match.span() for match in _FLAT.finditer(text))
