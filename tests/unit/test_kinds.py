"""The table of kinds: what it says holds together, and holds for the real content."""

import string

import pytest

from kunskapsbank.bank import Bank
from kunskapsbank.model.kinds import INHERITED, Kind, Need
from kunskapsbank.model.record import Record
from kunskapsbank.reading import schema
from kunskapsbank.writing import drafts


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("kind", list(Kind))
def test_a_new_file_lies_where_its_kind_may_lie(kind: Kind) -> None:
    file = drafts.place(kind, "stella", 2018, "Ett namn")
    assert kind.rule.may_lie_at(file)
    # Only the documents of projects share a place: their names tell them apart.
    assert {other for other in Kind if other.rule.may_lie_at(file)} == (
        Kind.where(lambda rule: rule.in_project) if kind.rule.in_project else {kind}
    )


@pytest.mark.parametrize("kind", list(Kind))
def test_a_rule_asks_for_what_its_path_and_title_are_made_of(kind: Kind) -> None:
    rule = kind.rule
    assert placeholders(rule.path) | placeholders(rule.title) <= {"project", "year", "kind", "name"}
    named = "{name}" in rule.path + rule.title
    assert bool(rule.name_of) == bool(rule.question) == named
    # A pilot study may be of a year that no source tells: then its name is its kind's alone.
    assert not rule.has_year_in_name or rule.years is not Need.NONE
    assert drafts.place(kind, "stella", None, "Ett namn").rpartition("/")[2] != ".md"
    assert bool(rule.list_title) == (not rule.in_project), "what no project lists is listed by its kind"


@pytest.mark.parametrize("kind", list(Kind))
def test_what_a_document_inherits_it_need_not_state(kind: Kind) -> None:
    stated = {rule.attribute for rule in schema.FIELDS if kind in rule.required}
    if kind.rule.in_project:
        assert not stated & set(INHERITED)


def test_every_attribute_of_a_field_is_one_of_a_record() -> None:
    of_call = {"direction", "limits", "opens", "closes", "unused_told_by", "account"}
    assert {rule.attribute for rule in schema.FIELDS} - of_call <= set(Record.__dataclass_fields__)


def test_the_real_files_lie_where_their_kinds_may(bank: Bank) -> None:
    for record in bank.catalogue:
        assert record.kind.rule.may_lie_at(record.file), record.file
