"""The text of files beside documents is searched, and a hit says where in a file it stands."""

from pathlib import Path

import pytest
from attached_files import bank_with_files

from kunskapsbank.bank import Bank
from kunskapsbank.search import attached, engine
from kunskapsbank.search.passages import where


@pytest.fixture(scope="module")
def filed(tmp_path_factory: pytest.TempPathFactory) -> Bank:
    return bank_with_files(tmp_path_factory.mktemp("filed") / "content")


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("index") / "index"


def test_originals_and_linked_files_are_read_and_kept(filed: Bank, tmp_path: Path) -> None:
    first = attached.attached(filed.catalogue, tmp_path)
    assert {record: [file.url for file in files] for record, files in first.items()} == {
        "bryggan-2018-slutrapport": ["projekt/bryggan/bilaga ett.docx"],
        "trappan-2016-slutrapport": ["projekt/trappan/2016-slutrapport-original.pdf"],
    }
    [pdf] = first["trappan-2016-slutrapport"]
    assert [place for place, _ in pdf.parts] == ["på sidan 1", "på sidan 2"]
    assert attached.attached(filed.catalogue, tmp_path) == first


@pytest.mark.parametrize(
    ("question", "url", "told"),
    [
        (
            "kattuggla",
            "projekt/trappan/2016-slutrapport-original.pdf#page=2",
            "I bilagan 2016-slutrapport-original.pdf, sidan 2: Sjutton kattugglor bodde i en gammal kvarn.",
        ),
        (
            "cyklar lättare vardag",
            "projekt/bryggan/bilaga ett.docx",
            "I bilagan bilaga ett.docx: Kommunen köpte trettio lastcyklar. Det gjorde vardagen lättare, "
            "och cyklarna används ännu.",
        ),
    ],
)
def test_a_hit_says_where_in_a_file_it_stands(filed: Bank, index: Path, question: str, url: str, told: str) -> None:
    result = engine.search(filed, index, question, {})
    found = result.in_file(result.hits[0])
    assert found
    assert (found.url, f"{found.where}: {found.passage}") == (url, told)


def test_a_document_that_answers_itself_needs_no_file(filed: Bank, index: Path) -> None:
    result = engine.search(filed, index, "hushåll bostad", {})
    assert result.hits[0].document.attached
    assert result.in_file(result.hits[0]) is None


@pytest.mark.parametrize(
    ("place", "told"),
    [
        ("på sidan 12", "I bilagan a.pdf, sidan 12"),
        ("på bladet Deltagare", "I bilagan a.pdf, bladet Deltagare"),
        ("i fotnoterna", "I bilagan a.pdf, i fotnoterna"),
        ("i texten", "I bilagan a.pdf"),
    ],
)
def test_places_are_told_as_readers_say(place: str, told: str) -> None:
    assert where("a.pdf", place) == told
