"""A report's text + the vocabularies → suggested fields, each with the passage it came from, for an editor to confirm.

Nothing is made up: a field that the text does not speak of gets no suggestion. The rules are data (`rules`), and the
browser's twin create/suggest.js goes by the same; tests/cases/create/suggest.json holds the two together.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypedDict

from kunskapsbank.model import vocabulary
from kunskapsbank.model.record import ANALYSIS_ASKED_FROM, DOCUMENTS, PROJECT_DOCUMENTS, Kind
from kunskapsbank.reading import schema
from kunskapsbank.reading.fields import FIRST_YEAR
from kunskapsbank.suggest.mentions import IN_SUMMARY, SAME_MEANING, Pattern, Sentence, mentioned, patterns, sentences
from kunskapsbank.suggest.phrases_of_reports import CUES, LETTER, SOURCES
from kunskapsbank.swedish.text import fold
from kunskapsbank.writing import drafts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kunskapsbank.model.catalogue import Catalogue
    from kunskapsbank.model.vocabulary import Term, Vocabulary
    from kunskapsbank.writing.drafts import Value

# So many terms of a field can be looked through; more are likely to be wrong.
MOST = 4
# What a term must count to be suggested: one full mention in running text, and so many per cent of what the term
# mentioned most counts. An owner needs more: neighbours are named too.
LEAST, SHARE, OWNER_SHARE = 400, 40, 50
# How much more a year counts where it is said to be that of the money.
MONEY_YEAR = 3
# What a kind must count: its name in the title or a heading, or two headings of its own.
LEAST_KIND = 16
# What a year must count: once as that of the money, or in the title, or three times in running text. And what an
# administration for the whole city must: all reports name it.
LEAST_YEAR, LEAST_CITYWIDE = 12, 12
# How many characters beside a year tell what it is the year of.
AROUND = 40
# A report is dated at its beginning, and handed in when the money's year is over.
FIRST_SENTENCES, LATEST_REPORT = 12, 2
LAST_YEAR = 2099
LIMITS = {
    "most": MOST,
    "least": LEAST,
    "share": SHARE,
    "ownerShare": OWNER_SHARE,
    "moneyYear": MONEY_YEAR,
    "leastKind": LEAST_KIND,
    "leastYear": LEAST_YEAR,
    "leastCitywide": LEAST_CITYWIDE,
    "around": AROUND,
    "firstSentences": FIRST_SENTENCES,
    "latestReport": LATEST_REPORT,
    "title": schema.TITLE_LENGTH,
    "summary": schema.SUMMARY_LENGTH,
}

_NO_ANALYSIS = DOCUMENTS - PROJECT_DOCUMENTS


class Owner(TypedDict):
    """A name of an administration: its names in lower case, the years it was in use, and what it was or became."""

    label: str
    names: list[str]
    years: tuple[int, int]
    others: list[str]
    citywide: bool


class Outline(TypedDict):
    """A kind of document: what it is called, and the headings it should have, both in lower case."""

    id: str
    label: str
    names: list[str]
    headings: list[str]


class Rules(TypedDict):
    """All that the suggestions go by, as JSON: the same in Python and in the browser."""

    keys: dict[str, str]
    analysisKeys: dict[str, str]
    terms: dict[str, list[Pattern]]
    owners: list[Owner]
    kinds: list[Outline]
    withoutAnalysis: list[str]
    travel: str
    statuses: dict[str, str]
    methods: list[Pattern]
    analysisFrom: int
    years: tuple[int, int]
    limits: dict[str, int]
    cues: dict[str, str]
    meaning: dict[str, str]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A value for the field `key`, one term at a time where it takes several, and the passage that speaks for it."""

    key: str
    value: Value
    passage: str = ""


def suggest(text: str, catalogue: Catalogue) -> tuple[Suggestion, ...]:
    """Return the suggestions for a report's text, in Markdown or plain, in the order of the fields.

    A heading of level 1 is its title. Nothing is raised for any text.
    """
    return suggest_by(text, rules(catalogue.vocabularies))


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


def rules(vocabularies: Mapping[str, Vocabulary]) -> Rules:
    """Return all that the suggestions go by, of a bank's vocabularies; the browser gets the same as JSON."""
    fields = ("kind", "title", "years", "report_year", "owners", "audiences", "themes", "methods", "place",
              "gender_analysis", "summary", "reference")  # fmt: skip
    used = {"audiences": vocabulary.AUDIENCES, "themes": vocabulary.THEMES, "methods": vocabulary.METHODS}
    return {
        "keys": {attribute: schema.key_of(attribute) for attribute in fields},
        "analysisKeys": {rule.attribute: rule.key for rule in schema.ANALYSIS_FIELDS},
        "terms": {attribute: patterns(vocabularies[name]) for attribute, name in used.items()},
        "owners": [_owner(term, vocabularies[vocabulary.OWNERS]) for term in vocabularies[vocabulary.OWNERS]],
        "kinds": [_outline(term) for term in vocabularies[vocabulary.KINDS] if term.id in DOCUMENTS],
        "withoutAnalysis": sorted(_NO_ANALYSIS),
        "travel": Kind.TRAVEL_REPORT.value,
        "statuses": {term.id: term.label for term in vocabularies[vocabulary.ANALYSIS_STATUSES]},
        "methods": patterns(vocabularies[vocabulary.ANALYSIS_METHODS]),
        "analysisFrom": ANALYSIS_ASKED_FROM,
        "years": (FIRST_YEAR, LAST_YEAR),
        "limits": LIMITS,
        "cues": SOURCES,
        "meaning": SAME_MEANING,
    }


def _owner(term: Term, terms: Vocabulary) -> Owner:
    others = (*terms.predecessors(term), *terms.successors(term))
    return {
        "label": term.label,
        "names": [fold(name) for name in (term.label, *term.synonyms)],
        "years": (
            term.valid_from.year if term.valid_from else FIRST_YEAR,
            term.valid_to.year if term.valid_to else LAST_YEAR,
        ),
        "others": [other.label for other in others if other.id != term.id],
        "citywide": not term.is_district,
    }


def _outline(term: Term) -> Outline:
    return {
        "id": term.id,
        "label": term.label,
        "names": [fold(name) for name in term.names],
        "headings": [fold(section.heading) for section in term.sections],
    }


class _Tally:
    """Adds up what speaks for each of several answers, and keeps the passage that does so most."""

    def __init__(self) -> None:
        self.scores: dict[str, int] = {}
        self.passages: dict[str, str] = {}
        self._most: dict[str, int] = {}

    def add(self, answer: str, worth: int, sentence: Sentence) -> None:
        self.scores[answer] = self.scores.get(answer, 0) + worth
        if worth > self._most.get(answer, 0):
            self._most[answer], self.passages[answer] = worth, sentence.passage

    def best_first(self) -> list[str]:
        """Return the answers, those that tie in the order of first mention."""
        return sorted(self.scores, key=lambda answer: -self.scores[answer])


def suggest_by(text: str, by: Rules) -> tuple[Suggestion, ...]:
    """Return the suggestions for a text by the rules."""
    found = sentences(text)
    kind = _kind(found, by)
    kind_id = next((one["id"] for one in by["kinds"] if kind and one["label"] == kind.value), "")
    year = _year(found, by)
    number, asked_from = int(str(year.value)) if year else None, by["analysisFrom"]
    parts = (
        _title(found, by),
        kind,
        year,
        _report_year(found, number, by),
        *_owners(found, number, by),
        *(term for attribute in by["terms"] for term in _terms(found, attribute, by)),
        _place(found, by) if kind_id == by["travel"] else None,
        _analysis(found, by)
        if kind_id not in by["withoutAnalysis"] and (number is None or number >= asked_from)
        else None,
        _summary(found, by),
        _reference(found, by),
    )
    return tuple(part for part in parts if part)


def _title(found: Sequence[Sentence], by: Rules) -> Suggestion | None:
    title = next((sentence for sentence in found if sentence.heading == 1), None)
    if title and len(title.text) <= schema.TITLE_LENGTH:
        return Suggestion(by["keys"]["title"], title.text, title.passage)
    return None


def _kind(found: Sequence[Sentence], by: Rules) -> Suggestion | None:
    """Return the kind that the text calls itself in its title or headings, or whose headings it has.

    In running text the kinds of other documents are named as often.
    """
    tally = _Tally()
    for kind in by["kinds"]:
        for sentence in found:
            if any(_begins_a_word(name, sentence.lower) for name in kind["names"]):
                tally.add(kind["label"], sentence.weight * 2 if sentence.heading else 1, sentence)
            elif sentence.heading and sentence.lower in kind["headings"]:
                tally.add(kind["label"], sentence.weight, sentence)
    label = next((kind for kind in tally.best_first() if tally.scores[kind] >= LEAST_KIND), None)
    return Suggestion(by["keys"]["kind"], label, tally.passages[label]) if label else None


_IN_WORD = re.compile(f"[{LETTER}]")


def _begins_a_word(name: str, text: str) -> bool:
    """Tell whether a name does: "slutrapport" in "slutrapporten", but not "rapport" in "slutrapport"."""
    place = text.find(name)
    while place > 0 and _IN_WORD.match(text[place - 1]):
        place = text.find(name, place + 1)
    return place >= 0


def _year(found: Sequence[Sentence], by: Rules) -> Suggestion | None:
    """Return the year of the money: the one that is spoken of most, more so after words that money goes with."""
    first, last = by["years"]
    tally = _Tally()
    for sentence in found:
        for match in CUES["year"].finditer(sentence.lower):
            before = sentence.lower[max(0, match.start() - AROUND) : match.start()]
            after = sentence.lower[match.end() : match.end() + AROUND]
            if first <= int(match[1]) <= last and not CUES["other year"].search(before):
                money = CUES["money before"].search(before) or CUES["money after"].search(after)
                tally.add(match[1], sentence.weight * (MONEY_YEAR if money else 1), sentence)
    # Of two spoken of as much, the earlier: reports also tell what is to come.
    spoken_of = [year for year in tally.scores if tally.scores[year] >= LEAST_YEAR]
    years = sorted(spoken_of, key=lambda year: (-tally.scores[year], year))
    return next((Suggestion(by["keys"]["years"], year, tally.passages[year]) for year in years), None)


def _report_year(found: Sequence[Sentence], year: int | None, by: Rules) -> Suggestion | None:
    for sentence in found[:FIRST_SENTENCES]:
        for match in CUES["day"].finditer(sentence.lower):
            dated = match[1] or match[2]
            if year is not None and year <= int(dated) <= year + LATEST_REPORT:
                return Suggestion(by["keys"]["report_year"], dated, sentence.passage)
    return None


def _owners(found: Sequence[Sentence], year: int | None, by: Rules) -> Iterator[Suggestion]:
    """Yield the administrations named most, by the name of the year."""
    names = [(name, owner["label"]) for owner in by["owners"] for name in owner["names"]]
    names.sort(key=lambda item: -len(item[0]))
    tally = _Tally()
    for sentence in found:
        for label in _named(sentence.lower, names):
            tally.add(label, sentence.weight, sentence)
    by_label = {owner["label"]: owner for owner in by["owners"]}
    labels = tally.best_first()[:MOST]
    settled: dict[str, str] = {}
    for label in labels:
        owner = _in_use(by_label[label], year, by_label)
        if by_label[label]["citywide"] and tally.scores[label] < LEAST_CITYWIDE:
            continue
        if owner and tally.scores[label] * 100 >= tally.scores[labels[0]] * OWNER_SHARE:
            settled.setdefault(owner, tally.passages[label])
    yield from (Suggestion(by["keys"]["owners"], label, passage) for label, passage in settled.items())


def _named(text: str, names: Iterable[tuple[str, str]]) -> list[str]:
    """Return the owners that a sentence names, also in the genitive; of names inside one another, the longest."""
    found = []
    for name, label in names:
        if name in text:
            itself = re.compile(f"(?<![{LETTER}-]){re.escape(name)}(?::?s)?(?![{LETTER}])")
            if itself.search(text):
                found.append(label)
                text = itself.sub(" ", text)
    return found


def _in_use(owner: Owner, year: int | None, by_label: Mapping[str, Owner]) -> str | None:
    """Return the owner's name in the year; None where that is one of several."""
    if year is None or owner["years"][0] <= year <= owner["years"][1]:
        return owner["label"]
    others = [other for other in owner["others"] if by_label[other]["years"][0] <= year <= by_label[other]["years"][1]]
    return others[0] if len(others) == 1 else None


def _terms(found: Sequence[Sentence], attribute: str, by: Rules) -> Iterator[Suggestion]:
    mentions = mentioned(found, by["terms"][attribute])
    for mention in mentions[:MOST]:
        if mention.score >= LEAST and mention.score * 100 >= mentions[0].score * SHARE:
            yield Suggestion(by["keys"][attribute], mention.label, mention.passage)


def _place(found: Sequence[Sentence], by: Rules) -> Suggestion | None:
    """Return where a trip went: the name that follows most often on words for going."""
    tally = _Tally()
    for sentence in found:
        for match in CUES["place"].finditer(sentence.text):
            tally.add(match[1], sentence.weight, sentence)
    return next((Suggestion(by["keys"]["place"], place, tally.passages[place]) for place in tally.best_first()), None)


def _analysis(found: Sequence[Sentence], by: Rules) -> Suggestion | None:
    """Return how far a gender-equality analysis has come by the words around it, the methods named, and the passage."""
    about: list[Sentence] = []
    compared: list[Sentence] = []
    under = False
    for sentence in found:
        if sentence.heading:
            under = sentence.says("equality")
            continue
        about += [sentence] if under or sentence.says("equality") else []
        compared += [sentence] if under or sentence.says("women", "men") else []
    methods = [mention.label for mention in mentioned(about, by["methods"]) if mention.score >= LEAST]
    status, passage = _status(about, compared)
    if status not in by["statuses"]:
        return None
    value: dict[str, Value] = {by["analysisKeys"]["status"]: by["statuses"][status]}
    if methods:
        value[by["analysisKeys"]["methods"]] = methods
    return Suggestion(by["keys"]["gender_analysis"], value, passage)


def _status(about: Sequence[Sentence], compared: Sequence[Sentence]) -> tuple[str, str]:
    """Return the id of the status and the passage that speaks for it; "" where the text says nothing.

    `about` are the sentences that speak of equality or stand under a heading that does, `compared` those that stand
    under one or speak of both sexes: a bare mention of an analysis may be of another report's.
    """
    said = [sentence for sentence in about if not sentence.says("not")]
    later = [sentence for sentence in said if sentence.says("analysis", "later")]
    done = [sentence for sentence in said if sentence not in later and sentence.says("done")]
    acted = [sentence for sentence in said if sentence not in later and sentence.says("acted")]
    split = [sentence for sentence in compared if sentence.says("women", "men", "digit")]
    for status, evidence in (
        ("genomford-med-atgarder", acted if done else []),
        ("genomford", done),
        ("planerad", later),
        ("konsuppdelad-statistik", split),
        ("namns", compared),
    ):
        if evidence:
            return status, evidence[0].passage
    return "", ""


def _summary(found: Sequence[Sentence], by: Rules) -> Suggestion | None:
    """Return the first sentences under the heading Sammanfattning, as many as the field has room for."""
    text = ""
    for sentence in found:
        if sentence.weight == IN_SUMMARY and not sentence.heading:
            longer = f"{text} {sentence.text}".strip()
            if len(longer) > schema.SUMMARY_LENGTH:
                break
            text = longer
    return Suggestion(by["keys"]["summary"], text) if text else None


def _reference(found: Sequence[Sentence], by: Rules) -> Suggestion | None:
    for sentence in found:
        if match := CUES["reference"].search(sentence.text):
            return Suggestion(by["keys"]["reference"], match[1] or match[2], sentence.passage)
    return None
