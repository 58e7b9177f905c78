"""The passage of a hit begins with a sentence that can be read by itself."""

from dataclasses import replace

import pytest

from kunskapsbank.bank import Bank
from kunskapsbank.search import concepts, language
from kunskapsbank.search.analysis import Analyser
from kunskapsbank.search.documents import Document
from kunskapsbank.search.passages import leans, passage

FILLING = "Personalen träffades varje vecka och gick igenom läget i huset. " * 4


@pytest.fixture(scope="module")
def swedish(bank: Bank) -> Analyser:
    return language.analyser(bank.catalogue.vocabularies, bank.catalogue.words)


@pytest.mark.parametrize(
    ("body", "begins"),
    [
        (
            f"{FILLING}\nBo kvar hjälpte hushåll. Det gör inte heller vräkningar färre.",
            "Bo kvar hjälpte hushåll. Det gör",
        ),
        (f"{FILLING}\nTeamet kom. Då sågs de. Men få vräkningar skedde.", "Teamet kom. Då sågs de. Men få"),
        (f"{FILLING}\nDe som fick hjälp undgick vräkningar.", "De som fick"),
        (f"{FILLING}\nDet finns få vräkningar.", "Det finns få"),
        # What another paragraph says is no help.
        (f"{FILLING}\nDet gör inte heller vräkningar färre.", "Det gör"),
        # Of two that answer as well the one that can be read by itself, though it comes later.
        (f"{FILLING}\nDe undgick vräkningar.\n{FILLING}\nHyresvärdar undvek vräkningar.", "Hyresvärdar undvek"),
        (f"{FILLING}\nTeamet arbetade bl.a. med vräkningar.", "Teamet arbetade"),
        (f"{FILLING}\n{'mycket ' * 40}vräkningar", "… mycket"),
    ],
)
def test_where_a_passage_begins(body: str, begins: str, found: list[Document], swedish: Analyser) -> None:
    document = replace(found[0], summary="En sammanfattning.", body=body)
    shown = passage(document, concepts.question(swedish, "vräkning"), swedish)
    assert shown.startswith(begins), shown
    assert "vräkningar" in shown


def test_a_passage_ends_with_its_paragraph(found: list[Document], swedish: Analyser) -> None:
    text = "Många vräkningar stoppades av ett team med vana handläggare, och det kostade mindre än väntat."
    document = replace(found[0], summary=text, body="Något annat.")
    assert passage(document, concepts.question(swedish, "vräkning"), swedish) == text


@pytest.mark.parametrize(
    "sentence", ["Detta gav inget.", "”Men det gick.", "I stället kom fler.", "Hon sade nej.", "Så blev det."]
)
def test_sentences_that_lean(sentence: str) -> None:
    assert leans(sentence)


@pytest.mark.parametrize(
    "sentence", ["Denise kom.", "Menige Ek.", "De som kom.", "Det är svårt att säga.", "Såväl unga som äldre."]
)
def test_sentences_that_stand(sentence: str) -> None:
    assert not leans(sentence)
