"""The form of *Skapa rapport*: every field that a kind of document has, what the page can draw, and always the same."""

from collections.abc import Iterable, Iterator
from datetime import date

import pytest
from support import SAMPLE

from kunskapsbank.bank import open_bank
from kunskapsbank.model.kinds import Kind
from kunskapsbank.pages.create import new_file_address
from kunskapsbank.pages.create_form import Field, Form, form
from kunskapsbank.reading import schema

TODAY = date(2026, 11, 22)
# What partials/kb-form.html draws.
LOOKS = {"text", "long", "texts", "yes-no", "terms", "term", "project", "group", "list"}


@pytest.fixture(scope="module")
def made() -> Form:
    return form(open_bank(SAMPLE, TODAY).catalogue)


def everything(fields: Iterable[Field]) -> Iterator[Field]:
    for field in fields:
        yield field
        yield from everything(field.fields)


@pytest.mark.parametrize("kind", Kind)
def test_every_field_of_a_kind_is_there_and_no_other(kind: Kind, made: Form) -> None:
    known = {"kind", *({"project"} if kind.rule.in_project else ())}
    for need in ("required", "optional"):
        expected = {rule.key for rule in schema.FIELDS if kind in getattr(rule, need) and rule.attribute not in known}
        assert {field.path for field in (made.years, *made.fields) if kind in getattr(field, need).split()} == expected


def test_every_field_can_be_drawn_and_is_told_apart(made: Form) -> None:
    found = [*everything((made.years, *made.fields))]
    assert {field.look for field in found} == LOOKS
    assert all(field.label and field.help for field in found)
    assert len({field.id for field in found}) == len(found)
    assert all(field.choices for field in found if field.look in {"term", "terms"})


def test_the_groups_say_what_they_need(made: Form) -> None:
    fields = {field.path: field for field in everything(made.fields)}
    assert [field.path for field in fields["medel"].fields if field.needed] == ["medel/NN/år", "medel/NN/form"]
    assert fields["medel/NN/år"].id == "falt-medel-NN-ar"
    assert [field.path for field in fields["jämställdhetsanalys"].fields if field.needed] == [
        "jämställdhetsanalys/status"
    ]
    assert fields["sammanfattning"].longest == schema.SUMMARY_LENGTH


def test_terms_that_a_document_gets_by_itself_are_not_for_choosing(made: Form) -> None:
    [status] = [field for field in everything(made.fields) if field.path == "jämställdhetsanalys/status"]
    assert "genomford" in {choice.id for choice in status.choices}
    assert not {"saknas", "ej-efterfragad"} & {choice.id for choice in status.choices}


def test_projects_are_chosen_by_their_folders(made: Form) -> None:
    assert ("bryggan", "Bryggan (Bron)") in [(project.id, project.label) for project in made.projects]


def test_the_same_content_gives_the_same_form(made: Form) -> None:
    assert form(open_bank(SAMPLE, TODAY).catalogue) == made


@pytest.mark.parametrize(
    ("repository", "address"),
    [
        ("", ""),
        ("https://git.example.se/fou/banken", "https://git.example.se/fou/banken/-/new/main?file_name="),
        ("https://git.example.se/fou/banken/", "https://git.example.se/fou/banken/-/new/main?file_name="),
        ("https://gitlab.com/fou/banken", "https://gitlab.com/fou/banken/-/new/main?file_name="),
        ("https://github.com/fou/banken", "https://github.com/fou/banken/new/main?filename="),
        ("https://github.example.se/fou/banken", "https://github.example.se/fou/banken/new/main?filename="),
    ],
)
def test_the_repository_is_told_the_path_of_the_new_file(repository: str, address: str) -> None:
    assert new_file_address(repository, "main") == address


def test_a_branch_may_have_a_space() -> None:
    assert new_file_address("https://github.com/a/b", "ny gren/å").startswith(
        "https://github.com/a/b/new/ny%20gren/%C3%A5?"
    )
