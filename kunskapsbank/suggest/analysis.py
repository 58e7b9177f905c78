"""Statements → how far a report's gender-equality analysis has come, and the methods it names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kunskapsbank.model import vocabulary
from kunskapsbank.reading import schema
from kunskapsbank.suggest import phrases_of_reports as phrases
from kunskapsbank.suggest.evidence import Suggestion
from kunskapsbank.suggest.mentions import mentioned

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kunskapsbank.model.vocabulary import Vocabularies
    from kunskapsbank.suggest.statements import Statement
    from kunskapsbank.writing.drafts import Value

# What a method must count: a whole mention in running text.
_LEAST = 400
_KEYS = {rule.attribute: rule.key for rule in schema.ANALYSIS_FIELDS}


def analysis(said: Sequence[Statement], vocabularies: Vocabularies) -> Suggestion | None:
    """Return the status of the analysis by the words around it, with the methods named; None where nothing is said."""
    about: list[Statement] = []
    compared: list[Statement] = []
    under = False
    for statement in said:
        if statement.heading:
            under = statement.says(phrases.EQUALITY)
            continue
        about += [statement] if under or statement.says(phrases.EQUALITY) else []
        compared += [statement] if under or statement.says(phrases.WOMEN, phrases.MEN) else []
    status_id, passage = _status(about, compared)
    status = vocabularies[vocabulary.ANALYSIS_STATUSES].find(status_id)
    if not status:
        return None
    value: dict[str, Value] = {_KEYS["status"]: status.label}
    methods = mentioned(about, vocabularies[vocabulary.ANALYSIS_METHODS])
    if labels := [method.label for method in methods if method.score >= _LEAST]:
        value[_KEYS["methods"]] = labels
    return Suggestion(schema.key_of("gender_analysis"), value, passage)


def _status(about: Sequence[Statement], compared: Sequence[Statement]) -> tuple[str, str]:
    """Return the id of the status and the passage that speaks for it; "" where the text says nothing.

    `about` are the statements that speak of equality or stand under a heading that does, `compared` those that stand
    under one or speak of both sexes: a bare mention of an analysis may be of another report's.
    """
    told = [statement for statement in about if not statement.says(phrases.NOT)]
    later = [statement for statement in told if statement.says(phrases.ANALYSIS, phrases.LATER)]
    done = [statement for statement in told if statement not in later and statement.says(phrases.DONE)]
    acted = [statement for statement in told if statement not in later and statement.says(phrases.ACTED)]
    split = [statement for statement in compared if statement.says(phrases.WOMEN, phrases.MEN, phrases.DIGIT)]
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
