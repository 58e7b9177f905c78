"""A report's text + the vocabularies → suggested fields, each with the passage it came from, for an editor to confirm.

Nothing is made up: a field that the text does not speak of gets no suggestion.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kunskapsbank.model import vocabulary
from kunskapsbank.reading import schema
from kunskapsbank.suggest import phrases_of_reports as phrases
from kunskapsbank.suggest.analysis import analysis
from kunskapsbank.suggest.evidence import Suggestion, Tally
from kunskapsbank.suggest.kinds import kind
from kunskapsbank.suggest.mentions import mentioned
from kunskapsbank.suggest.owners import owners
from kunskapsbank.suggest.results import results
from kunskapsbank.suggest.statements import IN_SUMMARY, statements
from kunskapsbank.suggest.years import year_handed_in, year_of_money
from kunskapsbank.swedish.text import normalise
from kunskapsbank.writing import drafts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kunskapsbank.model.kinds import Kind
    from kunskapsbank.model.vocabulary import Vocabularies, Vocabulary
    from kunskapsbank.suggest.statements import Statement
    from kunskapsbank.writing.drafts import Value

# So many terms of a field can be looked through; more are likely to be wrong.
_MOST = 4
# What a term must count to be suggested: a whole mention in running text, and so many per cent of the one mentioned
# most.
_LEAST, _SHARE = 400, 40
_TERMS = {"audiences": vocabulary.AUDIENCES, "themes": vocabulary.THEMES, "methods": vocabulary.METHODS}


def suggest(text: str, vocabularies: Vocabularies, asked_from: int) -> tuple[Suggestion, ...]:
    """Return the suggestions for a report's text in Markdown, in the order of the fields.

    A heading of level 1 is its title. A gender-equality analysis is asked for from the money of the year `asked_from`
    on. Nothing is raised for any text.
    """
    said = statements(normalise(text))
    found = kind(said, vocabularies[vocabulary.KINDS])
    year = year_of_money(said)
    number = int(str(year.value)) if year else None
    rule = found[0].rule if found else None
    may_have_analysis = (not rule or rule.analysed) and (number is None or number >= asked_from)
    parts = (
        _title(said),
        _kind(found, vocabularies[vocabulary.KINDS]),
        year,
        year_handed_in(said, number),
        *owners(said, number, vocabularies[vocabulary.OWNERS]),
        *(term for attribute, name in _TERMS.items() for term in _terms(said, attribute, vocabularies[name])),
        _place(said) if rule and rule.name_of == "place" else None,
        analysis(said, vocabularies) if may_have_analysis else None,
        *(results(said, vocabularies) if not rule or rule.evidenced else ()),
        _summary(said),
        _reference(said),
    )
    return tuple(part for part in parts if part)


def filled(suggestions: Iterable[Suggestion]) -> tuple[dict[str, Value], dict[str, list[str]]]:
    """Return the suggestions as fields and notes for `drafts.written`; terms of one field become a list."""
    fields: dict[str, Value] = {}
    notes: dict[str, list[str]] = {}
    several = {rule.key for rule in schema.FIELDS if rule.reader.shape.name == "terms"}
    for suggestion in suggestions:
        key, value = suggestion.key, suggestion.value
        before = fields.get(key, [])
        fields[key] = [*before, value] if key in several and isinstance(before, list) else value
        notes.setdefault(key, []).append(drafts.suggested(suggestion.passage))
    return fields, {key: list(dict.fromkeys(lines)) for key, lines in notes.items()}


def _title(said: Sequence[Statement]) -> Suggestion | None:
    title = next((statement for statement in said if statement.heading == 1), None)
    if title and len(title.text) <= schema.TITLE_LENGTH:
        return Suggestion(schema.key_of("title"), title.text, title.passage)
    return None


def _kind(found: tuple[Kind, str] | None, terms: Vocabulary) -> Suggestion | None:
    return Suggestion(schema.key_of("kind"), terms.label(found[0]), found[1]) if found else None


def _terms(said: Sequence[Statement], attribute: str, terms: Vocabulary) -> Iterator[Suggestion]:
    mentions = mentioned(said, terms)
    for mention in mentions[:_MOST]:
        if mention.score >= _LEAST and mention.score * 100 >= mentions[0].score * _SHARE:
            yield Suggestion(schema.key_of(attribute), mention.label, mention.passage)


def _place(said: Sequence[Statement]) -> Suggestion | None:
    """Return where a trip went: the name that follows most often on words for going."""
    tally = Tally()
    for statement in said:
        for match in phrases.PLACE.finditer(statement.text):
            tally.add(match[1], statement.weight, statement)
    return next(
        (Suggestion(schema.key_of("place"), place, tally.passages[place]) for place in tally.best_first()), None
    )


def _summary(said: Sequence[Statement]) -> Suggestion | None:
    """Return the first sentences under the heading Sammanfattning, as many as the field has room for."""
    text = ""
    for statement in said:
        if statement.weight == IN_SUMMARY and not statement.heading:
            longer = f"{text} {statement.text}".strip()
            if len(longer) > schema.SUMMARY_LENGTH:
                break
            text = longer
    return Suggestion(schema.key_of("summary"), text) if text else None


def _reference(said: Sequence[Statement]) -> Suggestion | None:
    for statement in said:
        if match := phrases.REFERENCE.search(statement.text):
            return Suggestion(schema.key_of("reference"), match[1] or match[2], statement.passage)
    return None
