"""The one table of the fields of front matter, FIELDS, and of their groups: no other module has their keys.

It is long as it is one: who looks for a field finds it here, with all that is to be known of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kunskapsbank.model import vocabulary
from kunskapsbank.model.kinds import Kind, Need
from kunskapsbank.model.record import (
    Account,
    GenderAnalysis,
    Grant,
    KnownDocument,
    Limits,
    Outcome,
    Passage,
)
from kunskapsbank.reading.fields import (
    FieldRule,
    day,
    day_that_has_come,
    group,
    identifier,
    list_of,
    number,
    old_addresses,
    rule_of,
    short_text,
    term_of,
    terms_of,
    text,
    texts,
    year,
    years,
    yes_or_no,
)

if TYPE_CHECKING:
    from collections.abc import Mapping


_ALL = frozenset(Kind)
_PROJECT = frozenset({Kind.PROJECT})
_CALL = frozenset({Kind.CALL})
_REPORTS = Kind.where(lambda rule: rule.is_report)
_ABOUT = Kind.where(lambda rule: rule.subjects is Need.REQUIRED)
_ABOUT_PERHAPS = Kind.where(lambda rule: rule.subjects is Need.OPTIONAL)

# A summary is read in lists, on phones too: two sentences.
SUMMARY_LENGTH = 400
# Where a form that begins a project together with a document has the fields of the project; no key of a field.
NEW_PROJECT = "nytt projekt"
TITLE_LENGTH = 200

GRANT_FIELDS = (
    FieldRule("år", "year", "År", year, "2018", "Året som pengarna gäller."),
    FieldRule("form", "form", "Form", term_of(vocabulary.FUNDING), "{medel}", "Vilken sorts pengar det är."),
    FieldRule("belopp", "amount", "Belopp", number, "500000", "Beloppet i kronor, om källan anger det."),
    FieldRule("återbetalt", "paid_back", "Återbetalt", yes_or_no, "ja", "Skriv ja om pengarna betalades tillbaka."),
    FieldRule(
        "slutledd",
        "inferred",
        "Slutledd",
        yes_or_no,
        "ja",
        "Skriv ja om källan berättar om arbetet det året men inte säger att det fick pengar.",
    ),
)

OUTCOME_FIELDS = (
    FieldRule("vad", "what", "Vad", term_of(vocabulary.OUTCOMES), "permanent verksamhet", "Vad som hände."),
    FieldRule("ord", "words", "Med ord", short_text(120), "Permanent från 2017", "Det som läsaren ser, kort."),
    FieldRule("år", "year", "År", year, "2017", "Året som uppgiften gäller."),
    FieldRule("sagt", "known", "Sagt", year, "2017", "Året då källan sade det. Efter det vet banken inget."),
)

KNOWN_FIELDS = (
    FieldRule("namn", "title", "Namn", text, "Slutrapport 2018", "Vad handlingen heter."),
    FieldRule("typ", "kind", "Typ", term_of(vocabulary.KINDS), "slutrapport", "Vilken sorts handling det är."),
    FieldRule("år", "year", "År", year, "2018", "Året som pengarna gäller."),
    FieldRule(
        "källa", "source", "Källa", term_of(vocabulary.SOURCES), "originalrapport", "Var det står att den finns."
    ),
    FieldRule("ställe", "place", "Ställe", text, "bilaga 1", "Var i källan det står, eller vilken bilaga det är."),
    FieldRule("ord", "words", "Med källans ord", text, "Slutrapporterna går att ta del av …", "Några ord ur källan."),
    FieldRule("antal", "number", "Antal", number, "12", "Hur många, när källan inte nämner dem var för sig."),
)

PASSAGE_FIELDS = (
    FieldRule("uppgift", "statement", "Uppgift", text, "273 besök under 2016", "Det som sidan säger."),
    FieldRule(
        "källa", "source", "Källa", term_of(vocabulary.SOURCES), "originalrapport", "Vilken källa som säger det."
    ),
    FieldRule("ställe", "place", "Ställe", text, "avsnittet Resultat", "Var i källan det står."),
    FieldRule("ord", "words", "Med källans ord", text, "hade 273 besök under 2016", "Några få ord ur källan."),
)

ANALYSIS_FIELDS = (
    FieldRule(
        "status",
        "status",
        "Status",
        term_of(vocabulary.ANALYSIS_STATUSES),
        "genomförd",
        "Hur långt analysen har kommit.",
    ),
    FieldRule(
        "metod",
        "methods",
        "Metod",
        terms_of(vocabulary.ANALYSIS_METHODS),
        "Sjuan",
        "Metod som analysen följer.",
    ),
    FieldRule("sammanfattning", "summary", "Sammanfattning", text, "Analysen visar …", "Vad analysen visar."),
)

LIMIT_FIELDS = (
    FieldRule(
        "belopp projekt",
        "project_amount",
        "Högst per projekt",
        number,
        "500000",
        "Högsta belopp för ett projekt, i kronor.",
    ),
    FieldRule(
        "belopp resa",
        "trip_amount",
        "Högst per studieresa",
        number,
        "25000",
        "Högsta belopp för en studieresa, i kronor.",
    ),
    FieldRule(
        "projekt per ägare",
        "projects_per_district",
        "Projekt per ägare",
        number,
        "2",
        "Högsta antal projekt.",
    ),
    FieldRule(
        "resor per ägare",
        "trips_per_district",
        "Studieresor per ägare",
        number,
        "2",
        "Högsta antal studieresor.",
    ),
    FieldRule(
        "ansökningar per ägare",
        "applications_per_district",
        "Ansökningar per ägare",
        number,
        "3",
        "Högsta antal ansökningar, projekt och resor sammanlagt.",
    ),
    FieldRule("år i rad", "years_in_a_row", "År i rad", number, "3", "Hur många år i rad ett projekt kan få medel."),
)

ACCOUNT_FIELDS = (
    FieldRule("år", "year", "År", year, "2018", "Året som redovisas i samma beslut."),
    FieldRule("projekt", "projects", "Beviljade projekt", number, "9", "Antal beviljade projekt enligt källan."),
    FieldRule("resor", "trips", "Beviljade studieresor", number, "12", "Antal beviljade studieresor enligt källan."),
    FieldRule("anmärkning", "note", "Anmärkning", text, "Källan anger …", "Om källans uppgifter inte går ihop."),
)

FIELDS = (
    FieldRule("titel", "title", "Titel", short_text(TITLE_LENGTH), "Ljusare kvällar", "Sidans rubrik.", required=_ALL),
    FieldRule(
        "typ",
        "kind",
        "Typ",
        term_of(vocabulary.KINDS),
        "slutrapport",
        "Vad det är för dokument.",
        required=_ALL,
    ),
    FieldRule(
        "id",
        "id",
        "Id",
        identifier,
        "ljusare-kvallar-2018-slutrapport",
        "Permanent id. Behövs bara om filen flyttas: annars blir det filens namn.",
        optional=_ALL,
    ),
    FieldRule(
        "alias",
        "aliases",
        "Även kallat",
        texts,
        "[Kvällsprojektet, LK]",
        "Andra namn i källorna.",
        optional=_ALL,
    ),
    FieldRule(
        "äldre adresser",
        "former",
        "Äldre adresser",
        old_addresses,
        "[projekt/kvallsprojektet/]",
        "Adresser som sidan hade förut. De leder vidare hit. Kommandot move skriver fältet.",
        optional=_ALL,
    ),
    FieldRule(
        "projekt",
        "project",
        "Projekt",
        identifier,
        "ljusare-kvallar",
        "Projektets mapp. Behövs bara för dokument som ligger utanför projektets mapp.",
        optional=_REPORTS,
    ),
    FieldRule(
        "år",
        "years",
        "År",
        years,
        "2018",
        "Året som pengarna gäller. Ett projekt kan ha flera: [2015, 2016] eller 2013–2016.",
        required=Kind.where(lambda rule: rule.years is Need.REQUIRED),
        optional=Kind.where(lambda rule: rule.years is Need.OPTIONAL),
    ),
    FieldRule(
        "rapportår",
        "report_year",
        "Rapportår",
        year,
        "2019",
        "Året då rapporten lämnades eller redovisades.",
        optional=_REPORTS,
    ),
    FieldRule(
        "publicerad",
        "published",
        "Publicerad i banken",
        day_that_has_come,
        "2026-11-22",
        "Dagen då texten kom in i kunskapsbanken.",
        required=_ALL,
    ),
    FieldRule(
        "beslutad",
        "decided",
        "Beslutad",
        day,
        "2019-04-23",
        "Dagen då nämnden beslutade.",
        optional=_CALL | _PROJECT,
    ),
    FieldRule(
        "ägare",
        "owners",
        "Ägare",
        terms_of(vocabulary.OWNERS),
        "{ägare}",
        "Den eller de som äger projektet, med namnet som gällde då.",
        required=Kind.where(lambda rule: rule.owners is Need.REQUIRED),
        optional=Kind.where(lambda rule: rule.owners is Need.OPTIONAL),
    ),
    FieldRule(
        "målgrupper",
        "audiences",
        "Målgrupper",
        terms_of(vocabulary.AUDIENCES),
        "nyanlända",
        "De som arbetet är till för.",
        required=_ABOUT,
        optional=_ABOUT_PERHAPS,
    ),
    FieldRule(
        "teman",
        "themes",
        "Teman",
        terms_of(vocabulary.THEMES),
        "ekonomiskt bistånd",
        "Verksamhetsområden som dokumentet handlar om.",
        required=_ABOUT,
        optional=_ABOUT_PERHAPS,
    ),
    FieldRule(
        "metoder",
        "methods",
        "Metoder",
        terms_of(vocabulary.METHODS),
        "motiverande samtal",
        "Metoder och arbetssätt som prövas eller beskrivs.",
        optional=_ABOUT | _ABOUT_PERHAPS,
    ),
    FieldRule(
        "plats",
        "place",
        "Plats",
        text,
        "Köpenhamn",
        "Dit resan gick.",
        required=Kind.where(lambda rule: rule.name_of == "place"),
    ),
    FieldRule(
        "status",
        "status",
        "Status",
        term_of(vocabulary.STATUSES),
        "avslutat",
        "Om projektet pågår.",
        required=_PROJECT,
    ),
    FieldRule(
        "utfall",
        "outcomes",
        "Vad hände sedan",
        list_of(group(OUTCOME_FIELDS, Outcome, required=("what",), short="what")),
        "- vad: permanent verksamhet\n  ord: Permanent från 2017",
        "Vad som hände efter projektåret, och när det sades. Lämna bort fältet om källan inte säger det.",
        optional=_PROJECT,
    ),
    FieldRule(
        "medel",
        "grants",
        "Medel",
        list_of(group(GRANT_FIELDS, Grant, required=("year", "form"))),
        "- år: 2018\n  form: {medel}",
        "Pengarna, ett år i taget.",
        optional=Kind.where(lambda rule: rule.granted),
    ),
    FieldRule(
        "jämställdhetsanalys",
        "gender_analysis",
        "Jämställdhetsanalys",
        group(ANALYSIS_FIELDS, GenderAnalysis, required=("status",)),
        "status: genomförd",
        "Vad dokumentet säger om jämställdhet.",
        optional=Kind.where(lambda rule: rule.analysed),
    ),
    FieldRule(
        "fortsättning",
        "sequel",
        "Fortsättning",
        text,
        "Projektet fick medel även för 2019.",
        "Vad som hände sedan, i en eller ett par meningar.",
        optional=_PROJECT,
    ),
    FieldRule(
        "resultat",
        "result",
        "Resultat",
        short_text(SUMMARY_LENGTH),
        "Av 145 unga höjde 92 procent sitt värde.",
        "Vad som kom ut av arbetet, i en eller två meningar. Lämna bort fältet om källan inte säger det.",
        optional=_REPORTS | _PROJECT,
    ),
    FieldRule(
        "belägg",
        "evidence",
        "Hur vet vi det?",
        terms_of(vocabulary.EVIDENCE),
        "mätning före och efter",
        "Vad resultatet bygger på. Flera får anges.",
        optional=_REPORTS | _PROJECT,
    ),
    FieldRule(
        "belagt i",
        "passages",
        "Belagt i",
        list_of(group(PASSAGE_FIELDS, Passage, required=("statement", "source"))),
        "- uppgift: 273 besök under 2016\n  källa: originalrapport",
        "Var i källan siffror och resultat står, med några få av källans ord.",
        optional=_ALL,
    ),
    FieldRule(
        "kända handlingar",
        "known_documents",
        "Kända handlingar",
        list_of(group(KNOWN_FIELDS, KnownDocument, required=("title", "kind", "source"))),
        "- namn: Slutrapport 2018\n  typ: slutrapport\n  källa: originalrapport",
        "Handlingar som källan berättar om men som inte finns i banken. Ta bort raden när handlingen har lagts in.",
        optional=_ALL,
    ),
    FieldRule(
        "vet inte",
        "unknown",
        "Det här vet vi inte",
        texts,
        "[hur många som deltog, om arbetssättet finns kvar]",
        "Det som ingen källa svarar på, skrivet så att det kan stå efter ”vi vet inte”. Skriv det här i stället för i "
        "texten.",
        optional=_ALL,
    ),
    FieldRule(
        "sammanfattning",
        "summary",
        "Sammanfattning",
        short_text(SUMMARY_LENGTH),
        "Ett team för personer som samlar på sig saker.",
        "Vad som prövades, för vem och vad det gav. Visas i listor.",
        required=_ALL,
    ),
    FieldRule(
        "källa",
        "sources",
        "Källa",
        terms_of(vocabulary.SOURCES),
        "originalrapport",
        "Var uppgifterna kommer ifrån.",
        required=_ALL,
    ),
    FieldRule(
        "diarienummer",
        "reference",
        "Diarienummer",
        text,
        "3.1.1-123/2019",
        "Diarienummer, om det är känt.",
        optional=_ALL,
    ),
    FieldRule(
        "innehav",
        "holding",
        "Banken har",
        term_of(vocabulary.HOLDINGS),
        "sammandrag",
        "Vad banken har av dokumentet. Utan fältet är det originalet.",
        optional=_REPORTS,
    ),
    FieldRule(
        "exempel",
        "example",
        "Exempel",
        yes_or_no,
        "ja",
        "Skriv ja om innehållet är påhittat.",
        optional=_REPORTS | _PROJECT,
    ),
    FieldRule(
        "inriktning",
        "direction",
        "Inriktning",
        texts,
        "[innovation, jämställdhet]",
        "Vad årets medel ska gå till.",
        required=_CALL,
    ),
    FieldRule(
        "regler",
        "limits",
        "Regler",
        group(LIMIT_FIELDS, Limits),
        "belopp projekt: 500000",
        "Utlysningens gränser.",
        optional=_CALL,
    ),
    FieldRule("ansökan från", "opens", "Ansökan öppnar", day, "2019-05-02", "Första dagen att söka.", optional=_CALL),
    FieldRule(
        "ansökan till",
        "closes",
        "Ansökan stänger",
        day,
        "2019-09-20",
        "Sista dagen att söka.",
        optional=_CALL,
    ),
    FieldRule(
        "säg till senast",
        "unused_told_by",
        "Säg till om oanvända medel senast",
        day,
        "2020-06-07",
        "Sista dagen att säga till om medel som inte används.",
        optional=_CALL,
    ),
    FieldRule(
        "redovisning",
        "account",
        "Redovisning",
        group(ACCOUNT_FIELDS, Account, required=("year",)),
        "år: 2018",
        "Vilket år som redovisas i samma beslut.",
        optional=_CALL,
    ),
)

PAGE_FIELDS = (
    FieldRule("titel", "title", "Titel", short_text(TITLE_LENGTH), "Om banken", "Sidans rubrik."),
    FieldRule(
        "sammanfattning",
        "summary",
        "Sammanfattning",
        short_text(SUMMARY_LENGTH),
        "Vad banken är.",
        "Visas i sökträffar.",
    ),
    FieldRule(
        "äldre adresser",
        "former",
        "Äldre adresser",
        old_addresses,
        "[om/hjalp/]",
        "Adresser som sidan hade förut. De leder vidare hit.",
    ),
)

KIND_KEY = "typ"
# How fields were written before: the key of today, and the values of today where they are others.
FORMER: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "sammandrag": ("innehav", {"ja": vocabulary.DIGEST, "nej": vocabulary.ORIGINAL}),
    "återbetalas senast": ("säg till senast", {}),
}


def key_of(attribute: str) -> str:
    """Return the editor's key of a record's attribute: "owners" gives "ägare"."""
    return rule_of(FIELDS, attribute).key


def label_of_limit(attribute: str, owner: str = "ägare") -> str:
    """Return what a reader is shown as the name of a call's limit, with what an `owner` is called."""
    return rule_of(LIMIT_FIELDS, attribute).label.replace("ägare", owner)


def label_of(attribute: str) -> str:
    """Return what a reader is shown as the name of an attribute."""
    return rule_of(FIELDS, attribute).label
