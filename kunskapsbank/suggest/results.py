"""Statements → what came of the work, in a report's own words, and what that rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kunskapsbank.model import vocabulary
from kunskapsbank.reading import schema
from kunskapsbank.suggest import phrases_of_reports as phrases
from kunskapsbank.suggest.evidence import Suggestion

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kunskapsbank.model.vocabulary import Vocabularies
    from kunskapsbank.suggest.statements import Statement

# Ids of terms in belägg.yml with the words that speak for each.
_GROUNDS = {
    "brukarnas-rost": phrases.ASKED,
    "matning-fore-och-efter": phrases.BEFORE_AND_AFTER,
    "jamforelsegrupp": phrases.COMPARED,
    "forskningsstudie": phrases.RESEARCHED,
}
_OWN_WORD = "egen-bedomning"


def results(said: Sequence[Statement], vocabularies: Vocabularies) -> Iterator[Suggestion]:
    """Yield the first sentences under a heading of results, and what they rest on; nothing without such a heading.

    What the result rests on is looked for in the whole text, as methods have headings of their own. A report that names
    nothing tells its own judgement.
    """
    text = ""
    for statement in _under_results(said):
        longer = f"{text} {statement.text}".strip()
        if len(longer) > schema.SUMMARY_LENGTH or text.count(". ") > 1:
            break
        text = longer
    if not text:
        return
    yield Suggestion(schema.key_of("result"), text)
    terms, key = vocabularies[vocabulary.EVIDENCE], schema.key_of("evidence")
    found = [(term_id, _passage(said, phrase)) for term_id, phrase in _GROUNDS.items()]
    grounds = [(term_id, passage) for term_id, passage in found if passage] or [(_OWN_WORD, "")]
    for term_id, passage in grounds:
        if term := terms.find(term_id):
            yield Suggestion(key, term.label, passage)


def _under_results(said: Sequence[Statement]) -> Iterator[Statement]:
    level = 0
    for statement in said:
        if statement.heading:
            if level and statement.heading <= level:
                return
            level = level or (statement.heading if statement.says(phrases.RESULTS) else 0)
        elif level:
            yield statement


def _passage(said: Sequence[Statement], phrase: phrases.Phrase) -> str:
    fitting = (one for one in said if not one.heading and one.says(phrase) and not one.says(phrases.NOT))
    return next((one.passage for one in fitting), "")
