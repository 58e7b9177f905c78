"""What is still missing, against what the sources say; the letters; and commands that cannot be carried out."""

import csv
import io
import json
import shutil
from datetime import date
from pathlib import Path

import pytest
from support import ROOT

from kunskapsbank.accounts.follow_up import Lack, Sort, by_owner, lacks
from kunskapsbank.accounts.letters import letters
from kunskapsbank.bank import open_bank
from kunskapsbank.cli import main
from kunskapsbank.model.catalogue import Catalogue

TODAY = date(2026, 11, 27)
CONTENT = ROOT / "content"


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return open_bank(CONTENT, TODAY).catalogue


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(CONTENT, tmp_path / "content"))


def opened(content: Path) -> Catalogue:
    catalogue = open_bank(content, TODAY).catalogue
    assert catalogue.errors == ()
    return catalogue


def of(found: tuple[Lack, ...], sort: Sort) -> list[tuple[int, str]]:
    return [(lack.year, lack.what) for lack in found if lack.sort is sort]


def test_who_was_granted_money_to_go_on_has_not_accounted_for_it(catalogue: Catalogue) -> None:
    found = of(lacks(catalogue), Sort.NOT_ACCOUNTED)
    # Seven went on in 2019 and six in 2023; what they did is in no source.
    assert [year for year, _ in found] == [2023] * 6 + [2019] * 7
    assert (2019, "Samlarteam") in found
    # A final report at the end of years in a row accounts for all of them.
    assert not [what for _, what in found if what.startswith(("Stella", "Kasam", "Öppenvård"))]


def test_report_that_a_source_tells_of_is_missing_by_its_appendix(catalogue: Catalogue) -> None:
    found = [lack for lack in lacks(catalogue) if lack.sort is Sort.NOT_HELD]
    of_2022 = {lack.told: lack.what for lack in found if lack.year == 2022}
    assert len(of_2022) == 8
    source = "Socialförvaltningens tjänsteutlåtande, våren 2023"
    assert of_2022[f"{source}, bilaga 1."].startswith("Våga anmäla våga vittna")
    assert of_2022[f"{source}, bilaga 8."].startswith("”Ingen ska lämnas utanför”")
    # Ten projects and three research reports of 2018.
    assert sum(lack.year == 2018 for lack in found) == 13


def test_results_that_no_source_tells(catalogue: Catalogue) -> None:
    found = of(lacks(catalogue), Sort.NO_RESULT)
    assert sum(year == 2022 for year, _ in found) == 8
    # The ten of 2018, and the pilot study that is the outcome of one.
    assert sum(year == 2018 for year, _ in found) == 11
    assert not [what for _, what in found if "Kasam" in what]


def test_years_with_too_few(catalogue: Catalogue) -> None:
    found = lacks(catalogue)
    [few] = [lack for lack in found if lack.sort is Sort.TOO_FEW]
    assert (few.year, few.number, few.call and few.call.title) == (2020, 8, "Utlysning 2022")
    [trips] = [lack for lack in found if lack.sort is Sort.NO_TRAVEL_REPORT]
    assert (trips.year, trips.number, trips.call and trips.call.title) == (2022, 12, "Utlysning 2024")
    assert "rapporterna finns" in trips.told
    assert [year for year, _ in of(found, Sort.NO_ACCOUNT)] == [2023, 2021, 2019, 2017]


def test_what_depends_on_the_day_depends_on_the_day_given(catalogue: Catalogue) -> None:
    def without(today: date | None) -> list[int]:
        return [year for year, _ in of(lacks(catalogue, today), Sort.NO_ACCOUNT)]

    # An account comes in the year after its year, so that of 2024 was due by the end of 2025.
    assert without(date(2025, 12, 31)) == without(None)
    assert without(date(2026, 1, 1)) == [2024, *without(None)]


def test_unused_money_of_a_project_that_never_started(catalogue: Catalogue, copy: Path) -> None:
    [found] = [lack for lack in lacks(catalogue) if lack.sort is Sort.UNUSED]
    assert found.what.startswith("Alternativ Family Care")
    assert found.told == "Medlen betalades tillbaka. Utlysning 2018 anger ingen sista dag att säga till."
    page = copy / "projekt/alternativ-family-care/index.md"
    page.write_text(page.read_text("utf-8").replace("2018\n", "2020\n").replace("    återbetalt: ja\n", ""), "utf-8")
    [found] = [lack for lack in lacks(opened(copy)) if lack.sort is Sort.UNUSED]
    assert found.told == ("Om medlen betalades tillbaka framgår inte. Sista dagen att säga till var 7 juni 2020.")


def test_original_at_the_address_of_the_digest_ends_the_questions(catalogue: Catalogue, copy: Path) -> None:
    report = copy / "projekt/samlarteam/2018-slutrapport.md"
    digest = report.read_text("utf-8")
    report.write_text(
        digest.replace("innehav: sammandrag\n", "").replace(
            "belägg: ingen redovisning\n", "resultat: Tolv personer fick hjälp.\nbelägg: egen bedömning\n"
        ),
        "utf-8",
    )
    with_original = opened(copy)
    before = catalogue.get("samlarteam-2018-slutrapport")
    after = with_original.get("samlarteam-2018-slutrapport")
    assert before
    assert after
    assert before.url == after.url
    gone = {*of_project(catalogue)} - {*of_project(with_original)}
    assert gone == {(Sort.NOT_HELD, 2018), (Sort.NO_RESULT, 2018)}
    # The original lacks what a digest cannot be blamed for; what it did in 2019 is still not told.
    assert {*of_project(with_original)} == {(Sort.NOT_ACCOUNTED, 2019), (Sort.NO_ANALYSIS, 2018)}


def of_project(catalogue: Catalogue) -> list[tuple[Sort, int]]:
    return [(lack.sort, lack.year) for lack in lacks(catalogue) if lack.project == "samlarteam"]


def test_old_original_owes_no_analysis(copy: Path) -> None:
    report = copy / "projekt/kasam/2016-slutrapport.md"
    report.write_text(report.read_text("utf-8").replace("innehav: sammandrag\n", ""), "utf-8")
    assert of(lacks(opened(copy)), Sort.NO_ANALYSIS) == []


def test_trip_that_is_known_and_has_no_report_is_asked_of_its_owner(copy: Path) -> None:
    trip = copy / "resor/2022-goteborg.md"
    known = trip.read_text("utf-8").replace("exempel: ja\n", "innehav: bara uppgiften\n")
    trip.write_text(known, "utf-8")
    found = [lack for lack in lacks(opened(copy)) if lack.sort is Sort.NO_TRAVEL_REPORT]
    assert [(lack.number, bool(lack.owners)) for lack in found] == [(11, False), (1, True)]


def test_one_year_or_one_owner_and_those_before_it(catalogue: Catalogue) -> None:
    assert {lack.year for lack in lacks(catalogue, year=2020)} == {2020}
    jarva = catalogue.vocabularies["ägare"].find("Järva")
    found = lacks(catalogue, district=jarva)
    owners = {owner.label for lack in found for owner in lack.owners}
    assert {"Rinkeby-Kista", "Spånga-Tensta"} <= owners
    assert all({"Rinkeby-Kista", "Spånga-Tensta"} & {one.label for one in lack.owners} for lack in found)


def test_examples_are_asked_of_nobody(catalogue: Catalogue) -> None:
    examples = {record.title for record in catalogue if record.example}
    assert not [lack.what for lack in lacks(catalogue, TODAY) if lack.what in examples]


def test_letter_to_each_owner_of_today(catalogue: Catalogue) -> None:
    assert catalogue.account_words is not None
    found = lacks(catalogue, TODAY)
    made = letters(catalogue, found, catalogue.account_words)
    recipients = [letter.recipient for letter in made]
    assert "Järva" in recipients
    assert not {"Rinkeby-Kista", "Spånga-Tensta", "Norrmalm", "Hägersten-Liljeholmen"} & {*recipients}
    # The administration's own projects, and last what no owner can be asked for.
    assert recipients.count("Socialförvaltningen") == 2
    assert recipients[-1] == "Socialförvaltningen"
    wanted, nobodys = by_owner(catalogue, found)
    assert len(made) == len(wanted) + bool(nobodys)
    [jarva] = [letter.text() for letter in made if letter.recipient == "Järva"]
    assert jarva.startswith("Till: Järva\nÄrende: Rapporter till socialförvaltningens kunskapsbank\n\nHej!")
    assert "ägdes av Spånga-Tensta" in jarva
    assert "bilaga 7" in jarva
    assert "[adress]" in jarva
    # A result that stands in a report that the letter asks for is not asked for too.
    assert "Slutrapport 2022: Den placerade" not in jarva


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    try:
        status = main(["followup", "--innehåll", str(CONTENT), *arguments])
    except SystemExit as stop:
        status = int(str(stop.code))
    printed = capsys.readouterr()
    return status, printed.out, printed.err


def test_list_says_how_many(capsys: pytest.CaptureFixture[str]) -> None:
    status, output, errors = run(capsys)
    assert (status, errors) == (0, "")
    assert "FICK MEDEL MEN ÄR INTE REDOVISAT: 13\n" in output
    assert "STUDIERESA UTAN RAPPORT: 12\n" in output
    assert "BANKEN HAR FÖR FÅ PROJEKT FRÅN ÅRET: 8\n" in output


def test_table_and_objects_say_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    text = run(capsys, "--år", "2022", "--format", "csv")[1]
    assert text.startswith("\N{ZERO WIDTH NO-BREAK SPACE}saknas;år;vad;")
    rows = list(csv.DictReader(io.StringIO(text[1:]), delimiter=";"))
    objects = json.loads(run(capsys, "--år", "2022", "--format", "json")[1])
    assert len(rows) == len(objects) == 17
    assert [row["vad"] for row in rows] == [one["vad"] for one in objects]
    joint = next(one for one in objects if "Samlokalisering" in one["vad"])
    assert (joint["ägare"], joint["ägare i dag"]) == (["Rinkeby-Kista", "Spånga-Tensta"], ["Järva"])


def test_letters_to_one_owner_only(capsys: pytest.CaptureFixture[str]) -> None:
    status, output, _ = run(capsys, "--stadsdel", "Järva", "--brev")
    assert status == 0
    assert output.count("Till: ") == 1
    assert "--------" not in output


def test_nothing_missing(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "--år", "1999")[:2] == (0, "Banken saknar ingenting som den känner till.\n")
    status, output, errors = run(capsys, "--år", "1999", "--brev")
    assert (status, output) == (0, "")
    assert "inget som går att fråga efter" in errors


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--år", "i fjol"], "--år: 'i fjol' är inget årtal"),
        (["--stadsdel", "Sodermlm"], "--stadsdel: 'Sodermlm' finns inte. Menade du 'Södermalm'?"),
        (["--format", "xlsx"], "--format: 'xlsx' finns inte. Välj text, csv eller json."),
        (["--brev", "--format", "csv"], "--brev skriver text"),
    ],
)
def test_command_that_cannot_be_carried_out(
    capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    status, output, errors = run(capsys, *arguments)
    assert (status, output) == (2, "")
    assert said in errors
