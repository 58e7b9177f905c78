"""The editor's guide and the page of all fields: nothing that an editor can write goes unexplained."""

import re

import pytest
from support import ROOT, pages_of

from kunskapsbank.bank import Bank
from kunskapsbank.pages.reference import FieldPage, FieldSection
from kunskapsbank.reading import schema
from kunskapsbank.reading.fields import FieldRule

GUIDE = (ROOT / "content" / "om" / "redaktionshandbok.md").read_text("utf-8")
GROUPS = {
    "fields": schema.FIELDS,
    "outcomes": schema.OUTCOME_FIELDS,
    "grants": schema.GRANT_FIELDS,
    "gender_analysis": schema.ANALYSIS_FIELDS,
    "passages": schema.PASSAGE_FIELDS,
    "known_documents": schema.KNOWN_FIELDS,
    "limits": schema.LIMIT_FIELDS,
    "account": schema.ACCOUNT_FIELDS,
    "pages": schema.PAGE_FIELDS,
}


@pytest.fixture(scope="module")
def sections(bank: Bank) -> dict[str, FieldSection]:
    page = next(page for page in pages_of(bank) if page.file == "om/falt.md")
    assert isinstance(page.view, FieldPage)
    return dict(zip(GROUPS, page.view.sections, strict=True))


@pytest.mark.parametrize(("group", "rule"), [(group, rule) for group, rules in GROUPS.items() for rule in rules])
def test_every_field_is_explained(group: str, rule: FieldRule, sections: dict[str, FieldSection]) -> None:
    line = next(line for line in sections[group].lines if line.key == rule.key)
    assert line.help == rule.help
    assert line.example.startswith(f"{rule.key}:")
    assert f"`{rule.key}`" in GUIDE


def test_the_guide_explains_no_field_that_does_not_exist() -> None:
    known = {rule.key for rules in GROUPS.values() for rule in rules}
    tables = re.findall(r"^\| `([^`]+)` \| .+ \| .+ \|$", GUIDE, re.MULTILINE)
    assert tables
    assert set(tables) <= known


def test_the_guide_says_how_long_a_summary_may_be() -> None:
    [line] = [line for line in GUIDE.split("\n") if line.startswith("| `sammanfattning` | En")]
    assert f"högst {schema.SUMMARY_LENGTH} tecken" in line


def test_every_command_of_the_guide_works_where_it_is_shown() -> None:
    shown = re.findall(r"^(\S.*kunskapsbank (?:import|new|check|search).*)$", GUIDE, re.MULTILINE)
    commands = [line for line in shown if not line[0].isdigit() and "`" not in line]
    assert commands
    assert all(line.startswith("python3 scripts/kunskapsbank ") for line in commands)
    assert ".venv" not in GUIDE


def test_a_field_of_every_kind_says_so(sections: dict[str, FieldSection]) -> None:
    title = next(line for line in sections["fields"].lines if line.key == "titel")
    assert (title.required, title.optional) == (("alla typer",), ())
    place = next(line for line in sections["fields"].lines if line.key == "plats")
    assert place.required == ("reserapport",)
