"""`vokabular/redovisning.yml` → the words of accounts, and what is wrong with them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from kunskapsbank.files.faults import why_unread
from kunskapsbank.markup import frontmatter
from kunskapsbank.markup.frontmatter import Items
from kunskapsbank.model.account_words import AccountWords, Words
from kunskapsbank.model.vocabulary import FOLDER
from kunskapsbank.problems import ContentError, Problem
from kunskapsbank.reading.fields import (
    FieldRule,
    Reader,
    Reading,
    Shape,
    group,
    hint_of,
    missing_fields,
    read_fields,
    reads,
    texts,
)
from kunskapsbank.swedish.phrases import capitalised, genitive, listed, uncapitalised
from kunskapsbank.swedish.text import nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date
    from pathlib import Path

    from kunskapsbank.markup.frontmatter import Node
    from kunskapsbank.settings import Settings

FILE = "redovisning.yml"
# What a place for something of the settings is called; with a capital its text begins with one.
OF_SETTINGS: Mapping[str, Callable[[Settings], str]] = {
    "organisationen": lambda settings: settings.organisation,
    "nämnden": lambda settings: settings.committee,
    "nämndens": lambda settings: genitive(settings.committee),
    "förvaltningen": lambda settings: settings.administration,
    "förvaltningens": lambda settings: genitive(settings.administration),
    "ägarens förvaltning": lambda settings: settings.owner.as_office,
    "ägarnas förvaltningar": lambda settings: settings.owner.as_offices,
    "ägarens nämnd": lambda settings: settings.owner.board,
    "ägarnas nämnder": lambda settings: settings.owner.boards,
}
# What a place is called by those who write the words, and by the code.
PLACES = {
    "år": "year",
    "utlysningsår": "call_year",
    "ägare": "district",
    "förvaltning": "administration",
    "från": "begins",
    "till": "ends",
    "senast": "by",
}
_PLACE = re.compile(r"\{([^{}]*)\}")


def _words_with(places: tuple[str, ...]) -> Reader[object]:
    """Return a reader of a text, or a list of paragraphs, in which these places may stand and no others."""

    @reads(Shape("texts"))
    def read(node: Node, reading: Reading) -> tuple[str, ...] | None:
        found = texts(node, reading) or ()
        lines = [value.line for value in node.values] if isinstance(node, Items) else [node.line] * len(found)
        wrong = [
            (line, place)
            for text, line in zip(found, lines, strict=False)
            for place in _PLACE.findall(text)
            if place not in places and uncapitalised(place) not in OF_SETTINGS
        ]
        for line, place in wrong:
            close = nearest(place, (*places, *OF_SETTINGS))
            here = f"Här kan stå {listed([f'{{{name}}}' for name in places], 'eller')}." if places else "Ta bort det."
            reading.problem(line, f"okänd plats {{{place}}}", f"Menade du {{{close}}}?" if close else here)
        return None if wrong else tuple(_PLACE.sub(_as_known, text) for text in found)

    return read


def _as_known(place: re.Match[str]) -> str:
    return f"{{{PLACES[place[1]]}}}" if place[1] in PLACES else place[0]


def _text(key: str, name: str, help: str, *places: str) -> FieldRule:
    example = f"En mening{''.join(f' {{{place}}}' for place in places)}."
    return FieldRule(key, name, key, _words_with(places), example, help)


_YEARS = ("år", "utlysningsår")
HEADINGS = (
    _text("förslag", "proposal", "Rubriken över förslaget till beslut."),
    _text("sammanfattning", "summary", "Rubriken över sammanfattningen."),
    _text("bakgrund", "background", "Rubriken över bakgrunden."),
    _text("beredning", "preparation", "Rubriken över hur ärendet har beretts."),
    _text("ärendet", "matter", "Rubriken över själva ärendet."),
    _text("forskning", "research", "Rubriken över forskningsrapporterna.", "år"),
    _text("projekt", "projects", "Rubriken över projekten.", "år"),
    _text("resor", "trips", "Rubriken över studieresorna.", "år"),
    _text("siffror", "numbers", "Rubriken över siffrorna.", "år"),
    _text("inriktning", "direction", "Rubriken över inriktningen.", *_YEARS),
    _text("inriktning utan utlysning", "direction_unknown", "Samma rubrik när banken inte har utlysningen.", "år"),
    _text("utlysning", "call", "Rubriken över ansökningstider och antal."),
    _text("regler projekt", "project_rules", "Rubriken över reglerna för projekt."),
    _text("regler resor", "trip_rules", "Rubriken över reglerna för studieresor."),
    _text("kunskapsbanken", "bank", "Rubriken över stycket om kunskapsbanken."),
    _text("jämställdhet", "equality", "Rubriken över jämställdhetsanalyserna."),
    _text("synpunkter", "opinion", "Rubriken över förvaltningens synpunkter."),
    _text("bilagor", "appendices", "Rubriken över bilagorna."),
)
NOTICE_HEADINGS = (
    _text("förslag", "proposal", "Rubriken över förslaget till beslut."),
    _text("egna projekt", "own", "Rubriken över ägarens egna projekt.", "ägare", "år"),
    _text("alla projekt", "all", "Rubriken över allas projekt.", "år"),
)


def _group(rules: tuple[FieldRule, ...], inner: str = "") -> Reader[object]:
    """Return a reader of a group that must have all its texts; those of its group `inner` are words of their own."""

    def made(**values: Any) -> tuple[Words, Words]:
        within = values.pop(inner, None) if inner else None
        return Words(values), within or Words({})

    return group(rules, made, tuple(rule.attribute for rule in rules))


def _headings(rules: tuple[FieldRule, ...]) -> FieldRule:
    def made(**values: Any) -> Words:
        return Words(values)

    reader = group(rules, made, tuple(rule.attribute for rule in rules))
    return FieldRule("rubriker", "headings", "Rubriker", reader, f"{rules[0].key}: {rules[0].example}", "Rubrikerna.")


_HEAD = (
    _text("uppgifter", "facts", "Det som står överst, ett stycke för varje uppgift."),
    _text("titel utan utlysning", "title_alone", "Titeln när banken inte har utlysningen.", "år", "ägare"),
)
ACCOUNT = (
    _text("förvaltning", "administration", "Förvaltningen som redovisar."),
    _text("handlingens namn", "kind", "Vad handlingen heter."),
    *_HEAD,
    _text("till", "addressee", "Vem handlingen är till."),
    _text("titel", "title", "Titeln.", *_YEARS),
    _text("förslag till beslut", "proposal", "Förslaget till beslut, en punkt i taget.", *_YEARS),
    _text("förslag utan utlysning", "proposal_alone", "Förslaget när banken inte har utlysningen.", "år"),
    _text("inledning", "opening", "Sammanfattningens första mening."),
    _text("bakgrund", "background", "Bakgrunden."),
    _text("rubriker ur utlysningen om beredningen", "preparation_headings", "Rubriken på utlysningens sida."),
    _text("beredning saknas", "preparation", "Det som ska fyllas i när utlysningen inte berättar om beredningen."),
    _text("rubriker om syfte", "purpose_headings", "Ord i en rapports rubriker över det som var syftet."),
    _text("inriktning", "direction", "Meningen före inriktningens punkter.", *_YEARS),
    _text("inriktning saknas", "no_direction", "Det som ska fyllas i när banken inte har utlysningen.", "år"),
    _text("ansökan", "window", "När ansökan är öppen.", "från", "till"),
    _text("oanvända medel", "unused", "När oanvända medel ska meddelas.", "senast"),
    _text("kunskapsbanken", "bank", "Stycket om kunskapsbanken."),
    _text("jämställdhet efterfrågas", "analysis_asked", "Att analyser efterfrågas.", "från"),
    _text("jämställdhet efterfrågades inte", "analysis_not_asked", "Om ett år före dess.", "år", "från"),
    _text("synpunkter", "opinion", "Förvaltningens synpunkter."),
    _text("slutligt förslag", "closing", "Förvaltningens förslag sist i texten.", *_YEARS),
    _text("slutligt förslag utan utlysning", "closing_alone", "Samma när banken inte har utlysningen.", "år"),
    _text("underskrift", "signature", "Vilka som skriver under."),
    _text("bilaga", "appendix", "Vad bilagan heter.", "år"),
    _headings(HEADINGS),
)
NOTICE = (
    _text("förvaltning", "administration", "Förvaltningen som anmäler.", "ägare"),
    _text("handlingens namn", "kind", "Vad handlingen heter."),
    *_HEAD,
    _text("till", "addressee", "Vem handlingen är till.", "ägare"),
    _text("titel", "title", "Titeln.", *_YEARS, "ägare"),
    _text("förslag till beslut", "proposal", "Förslaget till beslut.", *_YEARS, "ägare"),
    _text("bakgrund", "background", "Bakgrunden."),
    _text("beredning", "preparation", "Hur ärendet har beretts."),
    _text("underskrift", "signature", "Vilka som skriver under."),
    _text("bilagor", "appendices", "Bilagorna.", *_YEARS),
    _headings(NOTICE_HEADINGS),
)
FOLLOW_UP = (
    _text("ärende", "subject", "Vad brevet gäller."),
    _text("hälsning", "greeting", "Hälsningen."),
    _text("inledning", "opening", "Varför brevet skickas.", "förvaltning"),
    _text("svar", "answer", "Hur och när den som får brevet svarar."),
    _text("eget ärende", "own_subject", "Vad brevet till den egna förvaltningen gäller.", "förvaltning"),
    _text("eget inledning", "own_opening", "Varför det skickas.", "förvaltning"),
    _text("avslut", "closing", "Sista meningen."),
    _text("underskrift", "signature", "Vem som skriver under."),
)


def _part(key: str, name: str, rules: tuple[FieldRule, ...], help: str) -> FieldRule:
    inner = "headings" if any(rule.attribute == "headings" for rule in rules) else ""
    return FieldRule(key, name, key, _group(rules, inner), f"{rules[0].key}: {rules[0].example}", help)


FILE_FIELDS = (
    _part("redovisning", "account", ACCOUNT, "Orden i redovisningen av ett år."),
    _part("anmälan", "notice", NOTICE, "Orden i en ägares anmälan av den."),
    _part("uppföljning", "follow_up", FOLLOW_UP, "Orden i breven som efterfrågar rapporter."),
)


def load(path: Path | None, settings: Settings, today: date) -> tuple[AccountWords | None, list[Problem]]:
    """Read the words, with the names of the settings in their places.

    Returns None where the file is missing (`path` is None) or at fault, and the problems.
    """
    file = f"{FOLDER}/{FILE}"
    if path is None:
        hint = f"Lägg tillbaka {FILE} så som den var i den senaste fungerande versionen."
        return None, [Problem(file, 1, "", "filen med redovisningens ord saknas", hint)]
    try:
        data = path.read_bytes()
    except OSError as error:
        message = f"filen går inte att öppna ({why_unread(error)})"
        return None, [Problem(file, 1, "", message, "Kontrollera filens behörighet.")]
    return parse(data, settings, today)


def parse(data: bytes, settings: Settings, today: date) -> tuple[AccountWords | None, list[Problem]]:
    """Read the words from the file's bytes; None where something is wrong with it, and the problems."""
    reading = Reading(f"{FOLDER}/{FILE}", {}, today, [])
    try:
        table = frontmatter.parse_fields(reading.file, data)
    except ContentError as error:
        return None, list(error.problems)
    values: dict[str, Any] = read_fields(table, FILE_FIELDS, reading, tuple(rule.attribute for rule in FILE_FIELDS))
    for rule in missing_fields(table, FILE_FIELDS, FILE_FIELDS):
        hint = hint_of(rule, reading.vocabularies)
        reading.problems.append(Problem(reading.file, 1, rule.key, "fältet saknas", hint))
    if reading.problems:
        return None, reading.problems
    (account, headings), (notice, notice_headings) = values["account"], values["notice"]
    return AccountWords(
        _named(account, settings),
        _named(headings, settings),
        _named(notice, settings),
        _named(notice_headings, settings),
        _named(values["follow_up"][0], settings),
        settings.owner.as_office,
    ), []


def _named(words: Words, settings: Settings) -> Words:
    """Return the words with what the settings call things in their places."""

    def name(place: re.Match[str]) -> str:
        plain = uncapitalised(place[1])
        if plain not in OF_SETTINGS:
            return place[0]
        found = OF_SETTINGS[plain](settings)
        return found if plain == place[1] else capitalised(found)

    return Words({key: tuple(_PLACE.sub(name, text) for text in texts) for key, texts in words.texts.items()})
