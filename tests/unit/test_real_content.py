"""The bank's own content: whole, right, and with nothing in it that may not be published."""

import re
import unicodedata
from collections import Counter
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from kunskapsbank.bank import Bank, open_bank
from kunskapsbank.model.kinds import Kind
from kunskapsbank.reading import schema

ROOT = Path(__file__).parents[2]
CONTENT = ROOT / "content"
FILES = sorted(path for path in CONTENT.rglob("*") if path.suffix in {".md", ".yml"})
# Of every account: the projects that it names.
PROJECTS = {
    2016: [
        "Stella – det tredelade föräldraskapet",
        "Implementering av Signs of Safety",
        "Barnen i centrum",
        "Kasam – en bedömnings- och uppföljningsmetod för ungdomsmottagningen",
        "Processtöd för arbete med rehabiliteringsärenden",
        "Öppenvård sydost",
        "Stärkt brukarinflytande",
        "Mina båda världar – stödgrupp till familjehemsplacerade barn",
    ],
    2018: [
        "Samlarteam",
        "Lösningsinriktad intensiv hemmabaserad familjebehandling (LIHF)",
        "Kristeamets utvärdering",
        "Stockholms regnbågsteam",
        "Mätinstrument livskvalitet gruppbostad",
        "Brukarskola på boende- och behandlingsenheten",
        "Bostad direkt från gatan",
        "Bo kvar",
        "Södermalmsmodellen",
        "Nya startpunkten",
        "Alternativ Family Care – mottagande av ensamkommande barn i familjehem",
    ],
    2020: ["Ett systematiskt, skyndsamt och tryggt förändringsarbete för en modern och hållbar socialtjänst"],
    2022: [
        "Våga anmäla våga vittna",
        "Ett systematiskt, skyndsamt och tryggt förändringsarbete för en modern och hållbar socialtjänst",
        "Studiecirklar i bostadssökning – Civilsamhället som resurs för nyanländas väg till egen bostad",
        "Civilsamhället som resurs för nyanländas väg till egen bostad",
        "Utveckla arbetssätt och metoder för rehabiliteringsärenden inom ekonomiskt bistånd",
        "Samlokalisering socialsekreterare och polis",
        "Den placerade ungdomen och nätverket",
        "”Ingen ska lämnas utanför” – socialtjänstens barnrättsarbete för barn i ekonomisk utsatthet ur ett socialt "
        "hållbarhetsperspektiv",
    ],
}
NOT_TO_BE_PUBLISHED = {
    "e-mail address": r"[\w.+-]+@[\w-]+\.\w+",
    "phone number": r"(?<![\w/.-])(?:\+46|0)(?:[ -]?\d){7,10}(?![\w-])",
    # Also coordination numbers, where 60 is added to the day.
    "personal identity number": r"(?<!\d)(?:19|20)?\d{2}(?:0[1-9]|1[0-2])(?:[0-36-9]\d)[-+ ]?\d{4}(?!\d)",
}


@pytest.fixture(scope="module")
def bank() -> Bank:
    return open_bank(CONTENT, date(2026, 11, 27))


def plain(title: str) -> str:
    return title.replace("”", "").replace('"', "").casefold()


def test_no_problems(bank: Bank) -> None:
    assert [str(problem) for problem in bank.catalogue.problems] == []


@pytest.mark.parametrize(("year", "titles"), PROJECTS.items())
def test_every_project_of_an_account(year: int, titles: list[str], bank: Bank) -> None:
    projects = [record for record in bank.catalogue.of_kind(Kind.PROJECT) if year in record.years]
    assert sorted(plain(record.title) for record in projects) == sorted(map(plain, titles))
    for project in projects:
        assert year in [grant.year for grant in project.grants]


def test_all_projects_are_of_an_account(bank: Bank) -> None:
    projects = [record for record in bank.catalogue.of_kind(Kind.PROJECT) if not record.example]
    assert len(projects) == len({title for titles in PROJECTS.values() for title in titles})


def test_the_one_that_never_started_gave_its_money_back(bank: Bank) -> None:
    [never] = [record for record in bank.catalogue if record.status and record.status.id == "aldrig-paborjat"]
    assert never.title.startswith("Alternativ Family Care")
    assert [grant.paid_back for grant in never.grants] == [True]


def test_reports_calls_and_examples(bank: Bank) -> None:
    counts = Counter(record.kind for record in bank.catalogue)
    assert counts[Kind.RESEARCH_REPORT] == 4
    assert [record.years for record in bank.catalogue.of_kind(Kind.CALL)] == [(2018,), (2020,), (2022,), (2024,)]
    examples = [record for record in bank.catalogue if record.example]
    # No source describes a trip or a plan; the plans need a project to lie with.
    assert Counter(record.kind for record in examples) == {Kind.TRAVEL_REPORT: 3, Kind.PLAN: 2, Kind.PROJECT: 1}
    assert (counts[Kind.TRAVEL_REPORT], counts[Kind.PLAN]) == (3, 2)


def test_no_document_but_an_example_is_more_than_its_source(bank: Bank) -> None:
    documents = [record for record in bank.catalogue if record.is_document and record.call is None]
    assert [record.file for record in documents if not (record.example or record.digest)] == []
    assert [record.file for record in documents if record.is_original] == []
    missing = [record.file for record in documents if not record.example and not record.evidence]
    assert missing == []
    analyses = Counter(
        record.gender_analysis.status.id for record in documents if record.gender_analysis and not record.example
    )
    assert analyses == {"ej-efterfragad": 8, "framgar-inte-av-kallan": 16, "namns": 3, "genomford": 1}
    assert len([record for record in documents if record.result]) == 12


def test_an_outcome_says_when_it_was_known(bank: Bank) -> None:
    outcomes = [outcome for record in bank.catalogue for outcome in record.outcomes]
    assert len(outcomes) == 20
    assert [outcome.words for outcome in outcomes if not (outcome.words and outcome.known)] == []
    assert not [outcome for outcome in outcomes if outcome.what.id == "avslutat"]


def test_every_record_names_its_source_and_only_examples_are_made_up(bank: Bank) -> None:
    for record in bank.catalogue:
        assert record.sources, record.file
        assert record.example == ("redaktionen" in {source.id for source in record.sources}), record.file


def test_summaries_fit_in_a_list(bank: Bank) -> None:
    assert [record.file for record in bank.catalogue if len(record.summary) > 300] == []


def test_every_project_says_what_happened_next(bank: Bank) -> None:
    silent = [record for record in bank.catalogue.real_projects if not (record.sequel or record.outcomes)]
    # The source is silent of one, and the page says that.
    assert [record.id for record in silent] == ["signs-of-safety"]
    assert all(record.unknown for record in silent)


def test_what_nobody_knows_is_said_in_its_place_and_not_in_the_text(bank: Bank) -> None:
    told = re.compile("framgår inte|säger inte|beskriver inte|anger inte")
    texts = [(record.file, record.body.text) for record in bank.catalogue.real if record.call is None]
    assert [(file, found[0]) for file, text in texts if (found := told.search(text))] == []
    summaries = [(record.file, record.summary, record.sequel) for record in bank.catalogue.real]
    assert [file for file, *said in summaries if told.search(" ".join(said))] == []
    gaps = [(record.file, gap) for record in bank.catalogue for gap in record.unknown]
    # Each can stand after "vi vet inte".
    assert [one for one in gaps if not re.match("(om|hur|vad|vilk(en|et|a)|vem|vart|när|varför) ", one[1])] == []


def test_headings_skip_no_level(bank: Bank) -> None:
    for file, body in bank.catalogue.bodies.items():
        levels = [1, *(heading.level for heading in body.headings)]
        assert all(after <= before + 1 for before, after in pairwise(levels)), file


@pytest.mark.parametrize("what", NOT_TO_BE_PUBLISHED)
def test_nobody_is_pointed_out(what: str) -> None:
    found = [
        (path.name, match[0])
        for path in FILES
        for match in re.finditer(NOT_TO_BE_PUBLISHED[what], path.read_text("utf-8"))
    ]
    assert found == []


@pytest.mark.parametrize(
    ("what", "text"),
    [
        ("e-mail address", "skriv till anna.berg@stockholm.se i dag"),
        ("phone number", "ring 08-508 25 000 i dag"),
        ("phone number", "ring 070-123 45 67"),
        ("phone number", "ring +46 8 508 250 00"),
        ("personal identity number", "född 19850412-1234"),
        ("personal identity number", "född 850412-1234"),
        ("personal identity number", "med samordningsnummer 850472+1234"),
    ],
)
def test_the_search_for_people_would_find_them(what: str, text: str) -> None:
    assert re.search(NOT_TO_BE_PUBLISHED[what], text)


@pytest.mark.parametrize(
    "text", ["2019-09-20", "750 000 kronor", "3.1.1-123/2019", "2013–2016", "4 077 000 kr", "10 av 12"]
)
def test_figures_are_no_people(text: str) -> None:
    assert not [what for what, pattern in NOT_TO_BE_PUBLISHED.items() if re.search(pattern, text)]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(CONTENT).as_posix())
def test_files_are_as_an_editor_saves_them(path: Path) -> None:
    data = path.read_bytes()
    text = data.decode("utf-8")
    assert unicodedata.is_normalized("NFC", text)
    assert unicodedata.is_normalized("NFC", path.name)
    assert b"\r" not in data
    assert not data.startswith(b"\xef\xbb\xbf")
    assert text.endswith("\n")


def test_handbook_quotes_messages_that_exist() -> None:
    handbook = (CONTENT / "om/redaktionshandbok.md").read_text("utf-8")
    table = handbook.split("| Meddelandet säger |")[1].split("\n\n")[0]
    messages = [line.split("|")[1].strip() for line in table.splitlines()[2:]]
    answers = [path.read_text("utf-8") for path in (ROOT / "tests/cases").glob("*/*/expected.txt")]
    assert len(messages) > 5
    assert [message for message in messages if not any(message in answer for answer in answers)] == []


def test_handbook_names_every_field() -> None:
    handbook = (CONTENT / "om/redaktionshandbok.md").read_text("utf-8")
    rules = (
        *schema.FIELDS,
        *schema.GRANT_FIELDS,
        *schema.ANALYSIS_FIELDS,
        *schema.LIMIT_FIELDS,
        *schema.ACCOUNT_FIELDS,
    )
    assert [rule.key for rule in rules if f"`{rule.key}`" not in handbook] == []
