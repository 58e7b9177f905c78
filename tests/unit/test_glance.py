"""The first glance at projects and documents: every question answered, or said not to be."""

from collections.abc import Callable
from datetime import date

import pytest
from support import ROOT, pages_of

from kunskapsbank.bank import Bank, open_bank
from kunskapsbank.pages.glance import Answer, Unknown
from kunskapsbank.pages.models import DocumentPage, Link, ProjectPage
from kunskapsbank.pages.records import Views
from kunskapsbank.search.documents import documents

SampleWith = Callable[[dict[str, str]], Bank]
TRAPPAN, REPORT = "projekt/trappan/index.md", "projekt/trappan/2016-slutrapport.md"
NOT_TOLD = "status: framgår inte av källan"


@pytest.fixture(scope="module")
def real() -> Bank:
    return open_bank(ROOT / "content", date(2026, 11, 27))


def view(bank: Bank, url: str) -> ProjectPage | DocumentPage:
    found = next(page.view for page in pages_of(bank) if page.url == url)
    assert isinstance(found, ProjectPage | DocumentPage)
    return found


def answers(bank: Bank, url: str) -> dict[str, Answer]:
    return {answer.question: answer for answer in view(bank, url).glance}


def labels(answer: Answer) -> list[str]:
    return [link.label for link in answer.links]


def test_a_project_answers_what_everybody_asks(sample: Bank) -> None:
    found = answers(sample, "projekt/bryggan/")
    assert list(found) == [
        "För vem?", "Metoder", "Vad kom ut av det?", "Vad gäller i dag?", "Pengar", "Ägare", "Originalet"
    ]  # fmt: skip
    assert labels(found["För vem?"]) == ["unga med psykisk ohälsa"]
    assert found["Vad kom ut av det?"] == Answer(
        "Vad kom ut av det?", text="Vet vi inte. Ingen av bankens källor berättar det.", known=False
    )
    assert labels(found["Vad gäller i dag?"]) == ["permanent verksamhet"]
    assert found["Vad gäller i dag?"].text == (
        "Bryggan blev en fast verksamhet 2020. Uppgiften är från 2019. Vad som har hänt sedan dess vet vi inte."
    )
    assert found["Pengar"].text == "LUM 2018, 500\u00a0000 kr. LUM 2019."
    assert [(link.label, link.note) for link in found["Ägare"].links] == [
        ("Nordby", "numera Storby"),
        ("Sydby", "numera Storby"),
    ]
    assert found["Originalet"].text == "Finns inte i banken. Var det finns framgår inte av källan."


def test_a_result_is_told_with_how_it_is_known(sample_with: SampleWith, written: Callable[..., str]) -> None:
    told = written(REPORT, ("belägg: ingen redovisning", "resultat: Färre blev vräkta.\nbelägg: egen bedömning"))
    bank = sample_with({REPORT: told})
    for url in ("projekt/trappan/", "projekt/trappan/2016-slutrapport/"):
        found = answers(bank, url)
        assert found["Vad kom ut av det?"] == Answer("Vad kom ut av det?", text="Färre blev vräkta.")
        assert labels(found["Hur vet vi det?"]) == ["egen bedömning"]
    assert labels(found["Originalet"]) == []
    assert found["Originalet"].text == "Texten på den här sidan."
    assert labels(answers(bank, "projekt/trappan/")["Originalet"]) == ["Slutrapport 2016: Trappan"]


@pytest.mark.parametrize(
    ("status", "text", "known"),
    [
        (NOT_TOLD, "Vet vi inte. Det senaste som källorna berättar är från 2017.", False),
        ("status: pågående", "Projektet pågår. Uppgiften är från 2017.", True),
    ],
)
def test_what_is_known_of_today(
    status: str, text: str, known: bool, sample_with: SampleWith, written: Callable[..., str]
) -> None:
    bank = sample_with({TRAPPAN: written(TRAPPAN, (NOT_TOLD, status))})
    found = answers(bank, "projekt/trappan/")["Vad gäller i dag?"]
    assert (found.text, found.known) == (text, known)


def test_what_never_began_is_no_riddle(real: Bank) -> None:
    found = answers(real, "projekt/alternativ-family-care/")
    assert found["Vad kom ut av det?"] == Answer("Vad kom ut av det?", text="Inget, eftersom projektet aldrig började.")
    assert found["Vad gäller i dag?"].text.endswith("Skärholmen betalade tillbaka pengarna. Uppgiften är från 2019.")


def test_what_nobody_knows_stands_once_with_whom_to_ask(sample_with: SampleWith, written: Callable[..., str]) -> None:
    project = written(
        "projekt/bryggan/index.md",
        (
            "fortsättning",
            "vet inte: [om Bryggan finns kvar]\nkända handlingar:\n  - namn: Enkäten\n    typ: slutrapport\n"
            "    källa: redaktionen\n    ställe: bilaga 2\nfortsättning",
        ),
    )
    report = written(
        "projekt/bryggan/2018-slutrapport.md",
        ("innehav:", "vet inte: [hur många som deltog, om Bryggan finns kvar]\ninnehav:"),
    )
    bank = sample_with({"projekt/bryggan/index.md": project, "projekt/bryggan/2018-slutrapport.md": report})
    found = view(bank, "projekt/bryggan/").unknown
    assert isinstance(found, Unknown)
    assert found.gaps == ("om Bryggan finns kvar", "hur många som deltog")
    assert [(one.title, one.place) for one in found.documents] == [("Enkäten", "bilaga 2")]
    asked = view(bank, "projekt/bryggan/").asked
    assert [(link.label, link.note) for link in asked.owners] == [("Storby", "tidigare Nordby och Sydby")]
    of_report = view(bank, "projekt/bryggan/2018-slutrapport/").unknown
    assert of_report
    assert of_report.gaps == ("hur många som deltog", "om Bryggan finns kvar")
    assert view(bank, "projekt/trappan/").unknown is None


@pytest.mark.parametrize(
    ("contact", "link"),
    [
        ("kontakt: fou@stockholm.se\n", Link("fou@stockholm.se", "mailto:fou@stockholm.se")),
        ("kontakt: FoU-enheten\n", Link("FoU-enheten", None)),
        ("", Link("dem som ansvarar för Provbanken", "om/")),
    ],
)
def test_those_who_keep_the_bank_are_asked_where_its_settings_say(
    contact: str, link: Link, sample_with: SampleWith, written: Callable[..., str]
) -> None:
    said = ("kontakt: kunskapsbanken@stockholm.se\n", contact)
    settings = written("banken.yml", ("namn: Kunskapsbanken\n", "namn: Provbanken\n"), said)
    assert view(sample_with({"banken.yml": settings}), "projekt/trappan/").asked.keepers == link


def test_a_trip_leads_to_what_it_brought_home(real: Bank) -> None:
    found = answers(real, "resor/2018-kopenhamn/")
    assert found["Vart gick resan?"].text == "Köpenhamn"
    [link] = found["Vad kom ut av det?"].links
    assert (link.label, link.url) == ("Läs under Vad vi tar med oss", "resor/2018-kopenhamn/#vad-vi-tar-med-oss")
    assert found["Pengar"].text == "MUST 2018. Beloppen framgår inte av källan."


def test_every_real_project_tells_the_same_things(real: Bank) -> None:
    asked = {"För vem?", "Vad kom ut av det?", "Vad gäller i dag?", "Pengar", "Ägare"}
    for project in real.catalogue.real_projects:
        found = answers(real, project.url)
        assert asked <= found.keys(), project.id
        assert found["Vad kom ut av det?"].known == (bool(project.result) or project.id == "alternativ-family-care")
        assert not project.result or found["Hur vet vi det?"].links, project.id


def test_lists_and_hits_say_what_has_results_and_how_they_are_known(real: Bank) -> None:
    kasam, lihf = (real.catalogue.get(name) for name in ("kasam", "lihf"))
    assert kasam
    assert lihf
    assert real.catalogue.result_told(kasam) == "Har resultat: mätning före och efter"
    assert real.catalogue.result_told(lihf) == ""
    found = {document.id: document.result for document in documents(real.catalogue, real.index)}
    listed = {row.url: row.result for row in Views(real.catalogue, real.index).rows(real.catalogue.real)}
    assert listed == {record.url: found[record.id] for record in real.catalogue.real}
    assert {record.id for record in real.catalogue.real if record.result} == {name for name in found if found[name]}


def test_the_administration_is_no_name_within_a_sentence(real: Bank) -> None:
    asked = view(real, "projekt/bostad-direkt-fran-gatan/").asked
    assert [link.label for link in asked.owners] == ["socialförvaltningen"]
