"""What a document of a certain kind and year should say: analysis, summary, results, place, lessons, and its years.

A document that is the bank's own digest can say no more than its source, so it is not blamed for what is missing there;
statistics count it all the same.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kunskapsbank.checks import telling
from kunskapsbank.checks.check import Check
from kunskapsbank.checks.duplicates import by_name, names
from kunskapsbank.markup.sections import Sections, has_words
from kunskapsbank.model import vocabulary
from kunskapsbank.model.kinds import Kind
from kunskapsbank.model.known import beginning
from kunskapsbank.model.vocabulary import (
    MISSING,
    NEVER_STARTED,
    ONGOING,
    PLANNED,
    UNTOLD_RESULT,
    WITHOUT_ANALYSIS,
)
from kunskapsbank.problems import Severity
from kunskapsbank.reading import schema
from kunskapsbank.reading.fields import as_written, rule_of
from kunskapsbank.swedish.letters import BEGINS, ENDS, LETTER_OR_DIGIT
from kunskapsbank.swedish.text import fold
from kunskapsbank.swedish.words import words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from kunskapsbank.model.document import Document
    from kunskapsbank.model.record import Record
    from kunskapsbank.model.snapshot import Snapshot
    from kunskapsbank.problems import Problem

_ANALYSIS = "jämställdhetsanalys"
_SUMMARY, _RESULT, _PLACE, _LEARNT = "sammanfattning", "resultat", "plats", "lärdomar"
_EVIDENCE = "belägg"
_REPORT_YEAR, _STATUS, _NO_REPORT = "rapportår", "projektstatus", "slutrapport saknas"

# So many words of a summary must say something: not the title again, nor "Redovisar projektets arbete under året". The
# shortest of the bank has 15; the schema's own example, a bare sentence, 9.
_FEWEST_WORDS = 6
_EMPTY_WORDS = frozenset(
    "arbete arbetet beskriver projektet projektets rapport rapporten redovisar redovisning sammanfattning året".split()
)

_GENDER_BEGINNINGS = ("jämställd", "ojämställd", "kön", "genus", "kvinn", "flick", "pojk", "tjej", "kille", "killar")
_GENDER_WORDS = ("män", "mäns", "männen", "männens")
# What headings about results and about lessons hold, in lower case.
_RESULTS = ("resultat", "effekt", "utfall", "måluppfyll", "slutsats", "ledde till", "gav", "uppnå")
LESSONS = (
    "lärdom", "lärde", "lärt", "tar med", "tog med", "ta med", "tagit med", "tar vi med", "slutsats", "reflektion",
    "erfarenhet", "insikt", "använda", "nästa steg",
)  # fmt: skip
# The same in running text, where "erfarenhet" may be anybody's.
_LESSONS_IN_TEXT = ("lärdom", "lärde oss", "lärt oss", "tar med oss", "tog med oss", "tar vi med oss", "slutsats")
_NO_PLACES = frozenset(
    {
        "annan kommun", "annan ort", "annan stad", "digitalt", "diverse", "ej angivet", "ej känd", "ej känt", "europa",
        "flera", "flera orter", "flera platser", "framgår inte", "framgår inte av källan", "inrikes", "norden",
        "okänd", "okänt", "olika platser", "online", "saknas", "studiebesök", "studieresa", "utlandet", "utomlands",
        "utrikes", "vet ej", "vet inte",
    }
)  # fmt: skip
# An account comes two years after the year of the money: the decision for 2020 accounts for 2018.
_YEARS_TO_ACCOUNT = 2


def _hint(attribute: str) -> str:
    rule = rule_of(schema.FIELDS, attribute)
    return f"{rule.help} Skriv till exempel {as_written(rule.key, rule.example)}"


_ANALYSIS_RULE = rule_of(schema.FIELDS, "gender_analysis")
_MENTIONED_HINT = (
    f"Skriv hur långt analysen har kommit, till exempel {as_written(_ANALYSIS_RULE.key, _ANALYSIS_RULE.example)}"
)
_MISSING_HINT = (
    "En jämställdhetsanalys efterfrågas från {year} års medel. Be den som skrev texten att ta med den. "
    f"{_MENTIONED_HINT}"
)
_SUMMARY_RULE = rule_of(schema.ANALYSIS_FIELDS, "summary")
_ANALYSIS_HINT = f"{_SUMMARY_RULE.help} Skriv till exempel {as_written(_SUMMARY_RULE.key, _SUMMARY_RULE.example)}"


_GENDER = re.compile(
    rf"{BEGINS}(?:(?:{'|'.join(_GENDER_BEGINNINGS)}){LETTER_OR_DIGIT}*|(?:{'|'.join(_GENDER_WORDS)}){ENDS})"
)


def _mention(text: Sections) -> str:
    """Return the first word about women and men or girls and boys, as written in lower case; "" without any."""
    return next((match[0] for part in text.told if (match := _GENDER.search(part))), "")


def _analysis(document: Document, record: Record, bank: Snapshot) -> Iterator[Problem]:
    """The gender-equality analysis: asked for from a year's money on, so an older document is never told of it.

    The year, and the source that says so, are settings of the bank.
    """
    analysis, asked_from = record.gender_analysis, bank.settings.equality.asked_from
    if not record.kind.rule.analysed or not analysis or min(record.years) < asked_from:
        return
    mention = _mention(Sections.of(record.body.blocks))
    if analysis.status.id == MISSING and not record.digest:
        written = document.source and document.source.fields.get(schema.key_of("gender_analysis"))
        state = f"är '{analysis.status.label}'" if written else "fältet saknas"
        because = f"texten nämner '{mention}'" if mention else f"pengarna gäller {record.years[0]}"
        hint = _MENTIONED_HINT if mention else _MISSING_HINT.format(year=asked_from)
        yield telling.at_field(document, "gender_analysis", f"{state}, men {because}", hint, _ANALYSIS)
    elif analysis.status.id not in {*WITHOUT_ANALYSIS, PLANNED}:
        if not analysis.summary:
            message = f"fältet saknas, men status är '{analysis.status.label}'"
            yield _of_analysis(document, "summary", message, _ANALYSIS_HINT)
        # Of a digest the summary may be all there is to say.
        if not mention and not (record.digest and _GENDER.search(analysis.summary.lower())):
            message = f"är '{analysis.status.label}', men texten säger inget om jämställdhet"
            hint = "Skriv i texten vad analysen visar om kvinnor och män, flickor och pojkar, eller ändra status."
            yield _of_analysis(document, "status", message, hint)


def _of_analysis(document: Document, attribute: str, message: str, hint: str) -> Problem:
    inner = rule_of(schema.ANALYSIS_FIELDS, attribute).key
    return telling.at_field(document, "gender_analysis", message, hint, _ANALYSIS, inner)


def _summary(document: Document, record: Record, bank: Snapshot) -> Iterator[Problem]:
    """The summary of a report, which is what lists show of it: more than the title, and its own."""
    if not record.kind.rule.is_report:
        return
    said = {word.text for word in words(record.title)} | _EMPTY_WORDS | bank.once(names.unnamed)
    informative = [word.text for word in words(record.summary) if word.text not in said and not word.text.isdecimal()]
    project = bank.project_of(record)
    if len(informative) < _FEWEST_WORDS:
        message = "säger för lite om innehållet"
    elif project and beginning(record.summary) == beginning(project.summary):
        message = "är nästan samma som projektets sammanfattning"
    else:
        return
    yield telling.at_field(document, "summary", message, _hint("summary"), _SUMMARY)


def _results(document: Document, record: Record, bank: Snapshot) -> Iterator[Problem]:
    """The results of a final report, under a heading of their own."""
    if not record.kind.rule.has_results:
        return
    first, text = document.body_line, Sections.of(record.body.blocks)
    found = text.under(_RESULTS)
    rule, hint = _RESULT, "Skriv vad arbetet ledde till och hur ni vet det. Säger källan inget: skriv det."
    if not found:
        message = "texten har ingen rubrik om resultat"
        yield telling.at_line(document, first, message, f"Lägg till rubriken ## Resultat. {hint}", rule)
    elif all(text.is_empty(section) for section in found):
        message = f"under rubriken '{found[0].heading}' står ingenting"
        yield telling.at_line(document, found[0].line, message, hint, rule)


def _evidence(document: Document, record: Record, bank: Snapshot) -> Iterator[Problem]:
    """What came of the work, and how that is known: each year's account is made of these two fields."""
    if not record.kind.rule.evidenced or record.example:
        return
    key, untold = schema.key_of("evidence"), [term for term in record.evidence if term.id == UNTOLD_RESULT]
    result = schema.key_of("result")
    if not record.evidence:
        state = f"fältet saknas, men {result} står där" if record.result else "fältet saknas"
        yield telling.at_field(document, "evidence", state, _hint("evidence"), _EVIDENCE)
    elif untold and (record.result or len(record.evidence) > 1):
        other = f"{result} står där" if record.result else "andra belägg står också där"
        message = f"är '{untold[0].label}', men {other}"
        yield telling.at_field(document, "evidence", message, f"Ta bort '{untold[0].label}', eller rätta.", _EVIDENCE)
    elif not untold and not record.result:
        message = f"fältet saknas, men {key} är '{record.evidence[0].label}'"
        yield telling.at_field(document, "result", message, _hint("result"), _EVIDENCE)


def _place(document: Document, record: Record, bank: Snapshot) -> Iterator[Problem]:
    """The place of a travel report: the name of one, and not where the travellers came from."""
    if record.kind.rule.name_of != "place":
        return
    owners, place = bank.vocabularies[vocabulary.OWNERS], fold(record.place)
    own = owners.find(place)
    if place in _NO_PLACES or not has_words(place) or place.isdecimal():
        message = f"är '{record.place}', men ska vara namnet på en plats"
    elif own and by_name.as_called_today(owners, own) & by_name.owners_today(bank, record):
        message = f"är '{record.place}', som gjorde resan"
    else:
        return
    yield telling.at_field(document, "place", message, _hint("place"), _PLACE)


def _lessons(document: Document, record: Record, bank: Snapshot) -> Iterator[Problem]:
    """What a travel report says was learnt: under a heading, or in so many words."""
    if not record.kind.rule.has_lessons:
        return
    first, text = document.body_line, Sections.of(record.body.blocks)
    found = text.under(LESSONS)
    if any(not text.is_empty(section) for section in found):
        return
    if any(part in told for told in text.told for part in _LESSONS_IN_TEXT):
        return
    if found:
        line, message = found[0].line, f"under rubriken '{found[0].heading}' står ingenting"
    else:
        line, message = first, "texten säger inte vad resan lärde er"
    hint = "Lägg till rubriken ## Vad vi tar med oss och skriv vad som går att använda hemma."
    if found:
        hint = "Skriv vad som går att använda hemma, eller ta bort rubriken."
    yield telling.at_line(document, line, message, hint, _LEARNT)


def _report_year(document: Document, record: Record, bank: Snapshot) -> Iterator[Problem]:
    """The year of a report: not before the year that it tells of."""
    # A plan and a pilot study may be handed in before the year.
    if record.kind.rule.looks_back and record.report_year and record.years and record.report_year < record.years[0]:
        message = f"är {record.report_year}, men pengarna gäller {record.years[0]}"
        hint = (
            f"En rapport lämnas tidigast det år som den handlar om. Rätta fältet {schema.key_of('report_year')} eller "
            f"fältet {schema.key_of('years')}."
        )
        yield telling.at_field(document, "report_year", message, hint, _REPORT_YEAR)


def _status(document: Document, record: Record, bank: Snapshot) -> Iterator[Problem]:
    """A project said to go on whose last money is as old as what the newest call accounts for."""
    newest = _newest_call(bank)
    if record.kind is not Kind.PROJECT or not record.status or record.status.id != ONGOING or not newest:
        return
    last = max((*record.years, *(grant.year for grant in record.grants)))
    if last + _YEARS_TO_ACCOUNT <= newest:
        message = f"är '{record.status.label}', men de senaste medlen gäller {last}"
        hint = f"Den senaste utlysningen i banken gäller {newest}. Ändra status, eller lägg till medel för senare år."
        yield telling.at_field(document, "status", message, hint, _STATUS)


def _final_report(document: Document, record: Record, bank: Snapshot) -> Iterator[Problem]:
    """A project of the years of analyses, started and with money kept, that the newest call should account for, without
    a report.

    One final report of any year is enough: the accounts of some years are not among the sources.
    """
    if record.kind is not Kind.PROJECT or (record.status and record.status.id == NEVER_STARTED):
        return
    last = max(record.years)
    kept = not record.grants or any(not grant.paid_back for grant in record.grants)
    due = last >= bank.settings.equality.asked_from and last + _YEARS_TO_ACCOUNT <= _newest_call(bank)
    if due and kept and not any(other.kind is Kind.FINAL_REPORT for other in bank.documents_of(record)):
        message = f"projektet har ingen slutrapport, men de senaste medlen gäller {last}"
        hint = "Lägg in slutrapporten. Om projektet aldrig började: skriv det i fältet {}."
        yield telling.at_line(document, 1, message, hint.format(schema.key_of("status")), _NO_REPORT)


def _newest_call(bank: Snapshot) -> int:
    """Return the year of the newest call, 0 without any: the library asks no clock, and the bank has its own time."""
    return max((call.years[0] for call in bank.of_kind(Kind.CALL)), default=0)


_LOOKS: tuple[Callable[[Document, Record, Snapshot], Iterator[Problem]], ...] = (
    _analysis,
    _summary,
    _results,
    _evidence,
    _place,
    _lessons,
    _report_year,
    _status,
    _final_report,
)


def _look(documents: Iterable[Document], bank: Snapshot) -> Iterator[Problem]:
    """Yield what documents and projects lack, for their kind and year."""
    for document in documents:
        if document.record:
            for look in _LOOKS:
                yield from look(document, document.record, bank)


_RULES = {_ANALYSIS, _SUMMARY, _RESULT, _EVIDENCE, _PLACE, _LEARNT, _REPORT_YEAR, _STATUS, _NO_REPORT}
CHECK = Check(frozenset(_RULES), Severity.REMARK, _look)
