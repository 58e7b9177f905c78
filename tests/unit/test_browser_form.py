"""What the page *Skapa rapport* is handed: every field and term, no text of any document, and always the same."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from support import SAMPLE, pages_of

from kunskapsbank.bank import open_bank
from kunskapsbank.editors import browser
from kunskapsbank.pages.create import new_file_address
from kunskapsbank.reading import schema

TODAY = date(2026, 11, 22)
# What create/fields.js can read and create/form.js can draw.
SHAPES = {
    "text",
    "texts",
    "identifier",
    "yes-no",
    "number",
    "year",
    "years",
    "day",
    "term",
    "terms",
    "group",
    "list",
}


def written() -> str:
    bank = open_bank(SAMPLE, TODAY)
    return json.dumps(browser.rules(bank.catalogue, [page.file for page in pages_of(bank)]), ensure_ascii=False)


@pytest.fixture(scope="module")
def rules() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(written())
    return found


def shapes(fields: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for field in fields:
        shape = field["shape"]
        yield shape
        if "item" in shape:
            yield shape["item"]
        yield from shapes(shape.get("fields", []) + shape.get("item", {}).get("fields", []))


def test_every_field_is_there_with_its_help(rules: dict[str, Any]) -> None:
    assert [field["key"] for field in rules["fields"]] == [rule.key for rule in schema.FIELDS]
    assert all(field["label"] and field["help"] and field["example"] for field in rules["fields"])


def test_every_shape_is_one_that_the_browser_knows(rules: dict[str, Any]) -> None:
    found = list(shapes(rules["fields"]))
    assert {shape["name"] for shape in found} == SHAPES
    assert all(shape["vocabulary"] in rules["vocabularies"] for shape in found if shape["name"] in {"term", "terms"})


def test_the_groups_say_what_they_need(rules: dict[str, Any]) -> None:
    by_attribute = {field["attribute"]: field["shape"] for field in rules["fields"]}
    assert by_attribute["grants"]["item"]["required"] == ["år", "form"]
    assert by_attribute["gender_analysis"]["required"] == ["status"]
    assert by_attribute["summary"]["longest"] == schema.SUMMARY_LENGTH


def test_projects_have_what_their_documents_inherit(rules: dict[str, Any]) -> None:
    [project] = [project for project in rules["projects"] if project["id"] == "bryggan"]
    assert project["folder"] == "bryggan"
    assert project["years"] == [2018, 2019]
    assert project["owners"] == ["nordby", "sydby"]


def test_no_text_of_a_document_is_handed_over() -> None:
    assert "Texten är påhittad" not in written()


def test_the_same_content_gives_the_same_bytes() -> None:
    assert written() == written()


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
