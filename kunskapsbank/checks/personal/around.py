"""The words around a figure that tell what it is: a number of people, an amount, a reference number, an hour."""

from __future__ import annotations

import re

# What is counted: as a word of its own, and as the end of one too, barnfamiljer and enkätsvar.
_WHOLE = (
    "barn", "män", "unga", "äldre", "vuxna", "svar", "beslut", "besök", "möten", "kr", "tkr", "mkr", "sek", "euro",
    "st", "stycken", "sidor", "ord", "tecken", "rader", "tim", "dygn", "år", "kg", "kilo", "gram", "ton", "liter",
    "meter", "km", "cm", "mm", "kvm", "mil", "poäng", "steg", "hus", "jobb", "träd", "bilar", "exempel", "tusen",
    "ex", "nätter", "träffar", "platser", "boende", "sökande", "placerade", "anställda", "nyanlända", "enheter",
)  # fmt: skip
_ENDING = (
    "personer", "deltagare", "ungdomar", "elever", "familjer", "hushåll", "kvinnor", "flickor", "pojkar",
    "föräldrar", "mammor", "pappor", "klienter", "brukare", "invånare", "medborgare", "besökare", "medarbetare",
    "medlemmar", "användare", "individer", "samtal", "ärenden", "intervjuer", "enkäter", "lägenheter", "bostäder",
    "tillfällen", "aktiviteter", "kronor", "miljoner", "procent", "procentenheter", "promille", "exemplar",
    "röster", "gånger", "timmar", "minuter", "sekunder", "dagar", "veckor", "månader", "grupper", "böcker",
    "skolor", "verksamheter", "projekt", "rapporter", "dokument", "vårddygn", "årsarbetare", "kontakter",
    "studenter", "respondenter", "flyktingar", "pensionärer", "kommuner", "företag", "tjänster", "handläggare",
    "socialsekreterare", "ledare", "ningar", "elser", "ationer", "iteter", "besök", "svar", "insatser", "mottagare",
    "barn",
)  # fmt: skip
# What may stand between: 8201 unga män, 8201 st barn.
_TELLING = (
    "st", "stycken", "unga", "yngre", "äldre", "vuxna", "nya", "andra", "olika", "unika", "enskilda", "pågående",
    "avslutade", "inskrivna", "nyanlända", "ensamstående", "utsatta", "aktiva", "registrerade", "berörda", "fler",
    "kvinnliga", "manliga", "anonyma", "svenska", "genomförda", "inkomna", "sådana", "hela", "små", "stora",
)  # fmt: skip
_AFTER = re.compile(
    rf"[ \n]{{0,3}}[%‰€$]|[ \n]{{1,3}}(?:av[ \n](?:de[ \n])?[0-9]|(?:(?:{'|'.join(_TELLING)})[ \n])?"
    rf"(?:(?:{'|'.join(_WHOLE)})|[a-zåäöé-]{{0,30}}(?:{'|'.join(_ENDING)}))(?![A-Za-zÅÄÖåäö0-9]))"
)
# What a number is called that is nobody's: OCR, referensnummer, fakturanr.
_REFERENCE = re.compile(
    r"(?<![a-zåäö])(?:ocr|ref|referens|faktura|bankgiro|plusgiro|bg|pg|konto|kundn|isbn|issn|doi|iban|artikel|serie|"
    r"order|beställning|kvitto|betalning|inbetalning|streckkod|transaktion|försändelse|kolli|diarie|dnr|meddelande)"
    r"[a-zåäö]{0,12}[-.: ]{0,2}(?:nummer|nr|id|kod)?[-.:#= ]{0,3}(?:är |nr |nummer )?$",
    re.IGNORECASE,
)
_FARTHEST = 48


def is_counted(text: str, end: int) -> bool:
    """Tell whether what ends at `end` is a number of something: persons, kronor, hours."""
    return bool(_AFTER.match(text, end))


def is_reference(text: str, start: int) -> bool:
    """Tell whether what starts at `start` is called a number that is nobody's."""
    return bool(_REFERENCE.search(before(text, start)))


def before(text: str, start: int) -> str:
    """Return the words that stand before `start` in its paragraph, as far as they tell anything."""
    return text[max(0, start - _FARTHEST) : start].rpartition("\n\n")[2]
