"""What *Skapa rapport* is answered: the same as the command line says, in JSON."""

import io
import json
import shutil
import zipfile
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


PROJECT = {
    "titel": "Ljuset",
    "sammanfattning": "Ett arbete för unga som saknar sysselsättning.",
    "ägare": ["farsta"],
    "målgrupper": ["nyanlanda"],
    "teman": ["hemloshet-och-boende"],
    "status": "avslutat",
}
BODY = "## Resultat\n\nAtt arbeta tillsammans hjälpte.\n"


def with_new_project(**project: Any) -> dict[str, Any]:
    return filled(project="+", body=BODY, **{"nytt projekt": PROJECT | project})


def test_a_new_project_and_its_first_report_come_out_together(session: Session, content: Path) -> None:
    form = with_new_project() | {"pictures": ["kurva.png"]}
    form["body"] += "\n![En kurva som stiger](kurva.png)\n"
    looked = ask(session, "look", form)
    assert [problem for problem in looked["problems"] if problem["severity"] == "fel"] == []
    assert looked["isNamed"]
    assert looked["inherited"]["ägare"] == "Farsta"
    assert looked["package"] == "ljuset-2019-slutrapport.zip"
    picture = {"kurva.png": memoryview((ROOT / "content/om/bilder/skapa-1.png").read_bytes())}
    data = session.package(json.dumps(form), picture)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert package.testzip() is None
        assert package.namelist() == ["LÄS-MIG.txt", *looked["paths"][:2], "content/projekt/ljuset/kurva.png"]
        assert [*looked["paths"]] == package.namelist()[1:]
        read_me = package.read("LÄS-MIG.txt").decode()
        package.extractall(content.parent, [name for name in package.namelist() if name.startswith("content/")])
    assert "New Folder och skriv ljuset" in read_me
    assert f"git add {' '.join(looked['paths'])}" in read_me
    assert data == session.package(json.dumps(form), picture)
    catalogue = open_bank(content, TODAY).catalogue
    assert [problem for problem in catalogue.errors if "ljuset" in problem.file] == []


def test_what_the_new_project_lacks_is_told_at_its_own_fields(session: Session) -> None:
    looked = ask(session, "look", with_new_project(titel="", teman=[]))
    told = {problem["path"]: problem for problem in looked["problems"] if problem["severity"] == "fel"}
    assert {*told} == {"nytt projekt/titel", "nytt projekt/teman"}
    assert told["nytt projekt/teman"]["label"] == "Det nya projektet, Teman"
    assert all(problem["is_left"] for problem in told.values())
    assert not looked["isNamed"]


def test_what_both_lack_is_told_once(session: Session) -> None:
    looked = ask(session, "look", with_new_project() | {"values": {"nytt projekt": PROJECT}})
    paths = [problem["path"] for problem in looked["problems"] if problem["severity"] == "fel"]
    assert sorted(paths) == ["källa", "publicerad", "sammanfattning", "titel", "år"]


def test_a_new_project_that_the_bank_has_is_told(session: Session) -> None:
    looked = ask(session, "look", with_new_project(titel="Samlarteam"))
    assert "banken har redan ett projekt som heter så" in [
        problem["said"] for problem in looked["problems"] if problem["path"] == "nytt projekt/titel"
    ]


def test_what_documents_inherit_is_suggested_for_the_new_project(session: Session) -> None:
    form = with_new_project(målgrupper=[]) | {"body": "## Bakgrund\n\nStudien handlar om nyanlända.\n"}
    assert ("nytt projekt/målgrupper", "nyanlända") in [
        (one["key"], one["shown"]) for one in ask(session, "suggest", form)
    ]


def test_a_problem_is_told_in_the_words_of_the_form(session: Session) -> None:
    form = filled(project="", sammanfattning="", medel=[{"år": "x"}])
    found = {problem["path"]: problem for problem in ask(session, "look", form)["problems"]}
    summary = found["sammanfattning"]
    assert (summary["label"], summary["said"], summary["is_left"]) == ("Sammanfattning", "är inte ifyllt", True)
    assert ":" not in summary["help"]
    assert (found["projekt"]["label"], found["projekt"]["is_left"]) == ("Projekt", True)
    whole = filled("projekt", "", titel="Nytt", medel=[{"år": "2018", "form": "lum"}, {"år": "x"}])
    labels = {problem["label"] for problem in ask(session, "look", whole)["problems"]}
    assert {"Medel 2, År", "Medel 2, Form"} <= labels
