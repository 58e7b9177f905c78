"""What *Skapa rapport* is answered: the same as the command line says, in JSON."""

import json
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from support import ROOT

from kunskapsbank import checks
from kunskapsbank.bank import Bank, open_bank
from kunskapsbank.editors.browser import Session
from kunskapsbank.intake import conversion
from kunskapsbank.model.kinds import Kind

TODAY = date(2026, 11, 22)
DOCUMENTS = ROOT / "tests/cases/documents"


@pytest.fixture(scope="module")
def published(bank: Bank) -> tuple[str, str]:
    """What the build publishes of the real bank."""
    snapshot = checks.snapshot(bank.catalogue)
    return snapshot.to_json(), snapshot.runs_to_json()


@pytest.fixture
def session(published: tuple[str, str]) -> Session:
    found = Session(published[0], TODAY.isoformat())
    found.with_runs(published[1])
    return found


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A copy of the real content, to put files into."""
    return Path(shutil.copytree(ROOT / "content", tmp_path / "content"))


WHOLE = {
    "titel": "En rapport",
    "år": "2019",
    "publicerad": "2026-11-22",
    "sammanfattning": "Ett team prövade ett nytt sätt att arbeta med familjer.",
    "källa": ["originalrapport"],
}


def filled(kind: str = "slutrapport", project: str = "samlarteam", body: str = "", **values: Any) -> dict[str, Any]:
    return {
        "kind": kind,
        "project": project,
        "body": body,
        "values": WHOLE | values,
        "pictures": [],
        "original": "",
    }


def ask(session: Session, name: str, about: object) -> Any:
    return json.loads(session.answer(name, json.dumps(about)))


def said_by_check(content: Path, looked: dict[str, Any]) -> list[str]:
    """What `kunskapsbank check` says of the file, once it lies in the bank."""
    path = content / looked["file"]
    path.parent.mkdir(exist_ok=True)
    path.write_text(looked["text"], "utf-8")
    bank = open_bank(content, TODAY)
    found = {*bank.catalogue.problems, *checks.remarks(bank.catalogue)}
    return [problem.message for problem in sorted(found) if problem.file == looked["file"]]


COPY = (ROOT / "content/projekt/lihf/2018-slutrapport.md").read_text("utf-8").split("---\n", 2)[2]


@pytest.mark.parametrize(
    "form",
    [
        filled(body="# Resultat\n\nRing 070-174 06 05. ![](borta.png) [här](finns-inte.md)\n", rapportår="nitton"),
        filled(body="Se [där](../kasam/index.md#finns-inte) och [så](../../sok/index.md).\n"),
        filled(body=COPY),
        filled(
            "projekt", "", titel="Nytt", ägare=["farsta"], medel=[{"år": "2018", "form": "lum", "belopp": "900000"}]
        ),
        filled("projekt", "", titel="Samlarteam"),
        filled("reserapport", "", plats="Lund", medel=[{"år": "x"}], år="2024"),
        filled("utlysning", "", år="2020"),
        filled("forskningsrapport", "", titel="”Så” : här", år=""),
        filled(jämställdhetsanalys={"sammanfattning": "Analysen visar."}),
    ],
    ids=lambda form: f"{form['kind']}-{len(form['body'])}",
)
def test_the_page_is_told_what_check_says(form: dict[str, Any], session: Session, content: Path) -> None:
    looked = ask(session, "look", form)
    assert [problem["message"] for problem in looked["problems"]] == said_by_check(content, looked)


def test_near_copies_and_too_many_grants_of_a_district_are_among_it(session: Session) -> None:
    def rules(form: dict[str, Any]) -> set[str]:
        return {problem["rule"] for problem in ask(session, "look", form)["problems"]}

    assert "dubblett" in rules(filled(body=COPY))
    grant = [{"år": "2018", "form": "lum"}]
    terms = {"ägare": ["farsta"], "målgrupper": ["nyanlanda"], "teman": ["hemloshet-och-boende"], "status": "avslutat"}
    assert "antalsgräns" in rules(
        filled("projekt", "", titel="Nytt", år="2018", publicerad="2027-01-01", medel=grant, **terms)
    )


def test_a_problem_leads_to_its_place_in_the_form(session: Session) -> None:
    form = filled(
        "projekt", "", "\n\nText.\n\n# Rubrik\n", titel="Nytt", medel=[{"år": "2018", "form": "lum"}, {"år": "x"}]
    )
    looked = ask(session, "look", form)
    places = {problem["path"]: problem["message"] for problem in looked["problems"] if problem["textLine"] is None}
    assert places["medel/1/år"] == "är 'x', men ska vara ett årtal"
    assert places["medel/1/form"] == "fältet saknas"
    [line] = [problem["textLine"] for problem in looked["problems"] if "nivå 1" in problem["message"]]
    assert form["body"].split("\n")[line] == "# Rubrik"


def test_without_a_project_only_that_is_said_of_it(session: Session) -> None:
    looked = ask(session, "look", filled(project=""))
    assert [problem["message"] for problem in looked["problems"] if problem["field"] == "projekt"] == [
        "inget projekt är valt"
    ]
    assert not looked["isNamed"]


@pytest.mark.parametrize(
    ("form", "known"),
    [
        (filled(), {"titel": "Slutrapport 2019: Samlarteam", "rapportår": "2020", "källa": ["originalrapport"]}),
        (filled(år=""), {"titel": "", "rapportår": ""}),
        (filled("reserapport", "", plats="Lund"), {"titel": "Studieresa till Lund 2019", "rapportår": "2020"}),
        (filled("utlysning", ""), {"titel": "Utlysning 2019", "källa": []}),
    ],
)
def test_what_is_known_is_filled_in(form: dict[str, Any], known: dict[str, Any], session: Session) -> None:
    found = ask(session, "look", form)["known"]
    assert {key: found[key] for key in known} == known
    assert found["publicerad"] == "2026-11-22"


def test_a_title_that_the_editor_gives_is_left_alone(session: Session) -> None:
    assert "titel" not in ask(session, "look", filled("projekt", "", titel="Nytt"))["known"]


@pytest.mark.parametrize("kind", Kind)
def test_the_headings_of_every_kind_are_offered_where_it_has_some(kind: Kind, session: Session) -> None:
    form = filled(kind)
    assert ask(session, "look", form)["hasOutline"] == bool(ask(session, "outline", form))


def test_suggestions_are_those_that_say_something_new(session: Session) -> None:
    text = "## Bakgrund\n\nStudien handlar om hemlöshet och boende för nyanlända.\n"
    form = filled("forskningsrapport", "", text)
    found = {one["shown"]: one for one in ask(session, "suggest", form)}
    assert found["nyanlända"]["passage"] == "Studien handlar om hemlöshet och boende för nyanlända."
    form["values"]["målgrupper"] = [found["nyanlända"]["value"]]
    assert "nyanlända" not in {one["shown"] for one in ask(session, "suggest", form)}


@pytest.mark.parametrize(
    "path", [path for path in sorted(DOCUMENTS.iterdir()) if path.suffix != ".md"], ids=lambda path: path.name
)
def test_a_file_is_read_as_on_the_command_line(path: Path, session: Session) -> None:
    data = path.read_bytes()
    assert session.needs_pdf(memoryview(data)) == (path.suffix == ".pdf")
    read = json.loads(session.read(path.name, memoryview(data)))
    report = ask(session, "finish", {picture["name"]: "" for picture in read["pictures"]})
    expected = conversion.convert(path)
    assert (report["markdown"], report["title"]) == (expected.markdown, expected.title)
    assert report["pictures"] == [*expected.pictures]


def test_what_cannot_be_read_is_told_in_a_sentence(session: Session) -> None:
    assert json.loads(session.read("a.docx", memoryview(b"no Word")))["error"].endswith(".")


def test_the_original_that_is_to_lie_beside_is_looked_into(session: Session, content: Path) -> None:
    path = DOCUMENTS / "word.docx"
    session.read(path.name, memoryview(path.read_bytes()))
    report = ask(session, "finish", {})
    form = filled(body=report["markdown"]) | {"original": report["original"]}
    looked = ask(session, "look", form)
    assert "[Rapporten i original (Word-dokument)](original.docx)" in looked["text"]
    said = [problem["message"] for problem in looked["problems"] if problem["path"] == "original"]
    (content / "projekt/samlarteam/original.docx").write_bytes(path.read_bytes())
    bank = open_bank(content, TODAY)
    found = {*bank.catalogue.problems, *checks.remarks(bank.catalogue)}
    assert said == [one.message for one in sorted(found) if one.file == "projekt/samlarteam/original.docx"]
