"""A new bank: what it begins with, for a city that is none of ours."""

import re
import shlex
import shutil
from datetime import date
from pathlib import Path

import pytest
import yaml
from mkdocs.config import load_config
from mkdocs.exceptions import Abort
from support import ROOT

from kunskapsbank import checks
from kunskapsbank.bank import Bank, open_bank
from kunskapsbank.cli import main
from kunskapsbank.model import facets
from kunskapsbank.model.kinds import Kind
from kunskapsbank.model.record import Limits
from kunskapsbank.pages import generate
from kunskapsbank.pages.records import limit_lines
from kunskapsbank.reading import schema, settings_file

TODAY = date(2026, 11, 27)
UMEA = (
    "--organisation", "Umeå kommun", "--förvaltning", "individ- och familjeomsorgen", "--nämnd",
    "individ- och familjenämnden", "--ägare-en", "verksamhet", "--ägare-flera", "verksamheter", "--första-ägaren",
    "Barn och unga öst", "--domän", "umea.se", "--kontakt", "kunskapsbanken@umea.se", "--analyser-från", "2022",
)  # fmt: skip
# What names the city of this repository.
OURS = re.compile(r"stockholm|stadsdel|farsta|södermalm|skärholm|regnbågsteam|globen|\bLUM\b|\bMUL\b", re.IGNORECASE)


def begun(folder: Path, *more: str) -> Path:
    assert main(["init", str(folder), *UMEA, *more]) == 0
    return folder


@pytest.fixture(scope="module")
def umea(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return begun(tmp_path_factory.mktemp("ny") / "umea")


@pytest.fixture(scope="module")
def bank(umea: Path) -> Bank:
    return open_bank(umea / "content", TODAY)


def test_a_new_bank_has_nothing_to_remark_on(bank: Bank) -> None:
    assert bank.catalogue.problems == ()
    assert checks.remarks(bank.catalogue) == []


def test_it_has_a_marked_example_of_every_kind_that_can_be_marked(bank: Bank) -> None:
    assert all(record.example for record in bank.catalogue)
    assert {record.kind for record in bank.catalogue} == {*Kind} - {Kind.CALL}


def test_no_file_names_another_city(umea: Path) -> None:
    files = [path for path in umea.rglob("*") if path.is_file()]
    assert {".gitlab-ci.yml", "mkdocs.yml", "README.md", "requirements.txt"} <= {path.name for path in files}
    assert {path.name: found[0] for path in files if (found := OURS.search(path.read_text("utf-8")))} == {}
    assert [path.name for path in files if "{{" in path.read_text("utf-8")] == []


def test_the_guide_and_the_fields_show_no_project_and_no_source_of_ours(umea: Path) -> None:
    pages = [path.read_text("utf-8") for path in (ROOT / "content/projekt").glob("*/index.md")]
    projects = {path.name for path in (ROOT / "content/projekt").iterdir()}
    projects |= {found[1].strip('"') for text in pages if (found := re.search(r"(?m)^titel: (.+)$", text))}
    ours = re.compile(rf"\b(?:{'|'.join(map(re.escape, projects | (sources(ROOT) - sources(umea))))})\b", re.IGNORECASE)
    guide = (umea / "content/om/redaktionshandbok.md").read_text("utf-8")
    schemas = "".join(path.read_text("utf-8") for path in (umea / "schemas").iterdir())
    examples = re.findall(r'Till exempel:[^"]*', schemas)
    assert (len(projects) > 20, len(examples) > 50) == (True, True)
    assert ours.findall("\n".join((guide, *examples))) == []


def sources(folder: Path) -> set[str]:
    return {
        term["id"] for term in yaml.safe_load((folder / "content/vokabular/källor.yml").read_text("utf-8"))["termer"]
    }


def test_the_organisation_is_named_only_by_the_settings(umea: Path) -> None:
    """Who changes the name there has changed it everywhere."""
    texts = {path.relative_to(umea).as_posix(): path.read_text("utf-8") for path in umea.rglob("*") if path.is_file()}
    assert [path for path, text in texts.items() if "Umeå kommun" in text] == ["content/banken.yml"]


def test_owners_of_any_kind_are_meant_where_none_is_called_a_forvaltning(umea: Path, bank: Bank) -> None:
    guide = (umea / "content/om/redaktionshandbok.md").read_text("utf-8")
    told = [line for line in guide.splitlines() if re.search(r"(?i)förvaltning", line)]
    # Whose the bank is remains: its field, and the word for it in accounts.
    assert [line[:40] for line in told if "`förvaltning`" not in line and "{förvaltningen}" not in line] == []
    shown = [rule.label + rule.help for rule in (*schema.FIELDS, *schema.LIMIT_FIELDS)]
    assert [text for text in shown if "förvaltning" in text.lower()] == []
    limits = Limits(projects_per_district=2, trips_per_district=1, applications_per_district=3)
    told = [line.label for line in limit_lines(limits, bank.catalogue.settings.owner.as_office)]
    assert [label for label in told if "per verksamhet" in label] == told[2:5]


def test_the_guide_shows_how_a_picture_is_written(umea: Path) -> None:
    guide = (umea / "content/om/redaktionshandbok.md").read_text("utf-8")
    assert re.findall(r"(?m)^!\[.*\]\((.+)\)$", guide) == ["arbetsgang.png"]
    assert not re.search(r"(?m)^```\w+\n```$", guide)


def test_no_page_names_another_city(bank: Bank) -> None:
    pages = generate(bank)
    told = {page.file: found[0] for page in pages if (found := OURS.search(f"{page} {page.view}"))}
    assert told == {}
    assert "verksamheter/barn-och-unga-ost/index.md" in {page.file for page in pages}


def test_owners_are_called_what_the_bank_calls_them(bank: Bank) -> None:
    owner = bank.index.named(facets.OWNER)
    assert (owner.id, owner.key, owner.label, owner.plural) == (
        "verksamheter", "verksamhet", "Verksamhet", "Verksamheter",
    )  # fmt: skip
    assert bank.catalogue.settings.sender == "Individ- och familjeomsorgen, Umeå kommun"


def test_the_account_speaks_of_its_own_committee(umea: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = open_bank(umea / "content", TODAY).catalogue.account_words
    assert words
    assert words.account.one("addressee") == "Till individ- och familjenämnden"
    with pytest.raises(SystemExit):
        main(["account", "--innehåll", str(umea / "content"), "--help"])
    told = capsys.readouterr().out
    assert "--verksamhet" in told
    assert not OURS.search(told)


@pytest.mark.parametrize("command", ["search", "new", "import", "account", "followup", "init", "build", "serve"])
def test_help_names_no_other_city(command: str, umea: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = [command, "--help"] if command == "init" else [command, "--innehåll", str(umea / "content"), "--help"]
    with pytest.raises(SystemExit):
        main(arguments)
    assert not OURS.search(capsys.readouterr().out)


def test_a_bank_without_examples_and_documents_has_all_its_pages(tmp_path: Path) -> None:
    folder = begun(tmp_path / "tom", "--utan-exempel")
    bank = open_bank(folder / "content", TODAY)
    assert (bank.catalogue.problems, bank.catalogue.records) == ((), ())
    menu = yaml.safe_load(re.sub(r"(?m)^site_url:.*$", "", (folder / "mkdocs.yml").read_text("utf-8")))["nav"]
    named = re.findall(r"[\w/-]+\.md", str(menu))
    assert len(named) > 20
    # The owners' page is named so in every bank: see the test of the menu below.
    assert {*named} - {"agare/index.md"} <= {page.file for page in generate(bank)}
    said = (folder / "README.md").read_text("utf-8") + (folder / "content/banken.yml").read_text("utf-8")
    assert "exempelprojektet" not in said


@pytest.mark.parametrize("written", ["- Ägare: agare/index.md", "- agare/index.md"])
def test_the_menu_names_the_owners_as_the_settings_do(written: str, umea: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(umea, tmp_path / "umea"))
    replaced(folder / "mkdocs.yml", "- Ägare: agare/index.md", written)
    replaced(
        folder / "content/banken.yml",
        "flera: verksamheter\n  adress: verksamheter",
        "flera: enheter\n  adress: enheter",
    )
    config = load_config(str(folder / "mkdocs.yml"))
    config.plugins.on_startup(command="build", dirty=False)
    assert {"Enheter": "enheter/index.md"} in config.plugins.on_config(config).nav


def test_a_menu_that_names_the_owners_by_an_old_address_is_told_how(umea: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(umea, tmp_path / "umea"))
    replaced(folder / "mkdocs.yml", "agare/index.md", "omraden/index.md")
    config = load_config(str(folder / "mkdocs.yml"))
    config.plugins.on_startup(command="build", dirty=False)
    with pytest.raises(Abort, match=r"omraden/index\.md finns inte.*För ägarnas sida skriver du agare/index\.md"):
        config.plugins.on_config(config)


def replaced(path: Path, before: str, after: str) -> None:
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after), "utf-8")


@pytest.mark.parametrize("more", [(), ("--utan-exempel",)])
def test_the_next_steps_that_it_tells_work(
    more: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    begun(Path(), *more)
    told = capsys.readouterr().out
    assert "Skapade banken i den här mappen" in told
    [line] = re.findall(r"(?m)^  .*?(new slutrapport .*)$", told)
    assert main(shlex.split(line)) == 0
    assert [path.name for path in (tmp_path / "content/projekt/namnet").iterdir()]


def test_what_was_not_said_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["init", str(tmp_path / "ny")]) == 0
    told = capsys.readouterr().out
    assert 'antogs: --organisation "Exempelstads kommun" --förvaltning socialförvaltningen' in told
    assert "I den första saknas kontakt" in told
    remarks = checks.remarks(open_bank(tmp_path / "ny/content", TODAY).catalogue)
    assert [(one.file, one.rule) for one in remarks] == [("banken.yml", "inställningar")] * 3
    assert [one.message.partition(" ")[0] for one in remarks] == ["kontakt", "Exempelstad", "Exempelstad"]
    assert "Tillgänglighetsredogörelsen" in remarks[0].hint
    assert "\n# kontakt: kunskapsbanken@exempelstad.se\n" in (tmp_path / "ny/content/banken.yml").read_text("utf-8")


def test_nothing_is_written_where_something_lies(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "anteckning.txt").write_text("min", "utf-8")
    assert main(["init", str(tmp_path), *UMEA]) == 2
    assert "innehåller redan något" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["anteckning.txt"]


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("--ägare-flera", "teman"), "mappen teman används till annat. Välj ett annat ord för flera ägare"),
        (("--ägare-flera", "projekt"), "mappen projekt används till annat"),
        (("--domän", "post@umea.se"), "domän"),
        (("--organisation", "…"), "--organisation: Skriv ett ord med bokstäver."),
        (("--analyser-från", "förra året"), "--analyser-från: 'förra året' är inget årtal."),
    ],
)
def test_what_cannot_be_is_told(
    more: tuple[str, str], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["init", str(tmp_path / "ny"), *UMEA, *more]) == 2
    assert said in capsys.readouterr().err
    assert not (tmp_path / "ny").exists()


@pytest.mark.parametrize(
    "address", [*dict.fromkeys(kind.rule.folder for kind in Kind), "om", "sok", "teman", "vokabular"]
)
def test_no_folder_of_the_bank_is_taken_for_the_owners(address: str, umea: Path, bank: Bank) -> None:
    text = (umea / "content/banken.yml").read_text("utf-8").replace("adress: verksamheter", f"adress: {address}")
    _, problems = settings_file.parse(text.encode(), bank.catalogue.vocabularies, TODAY)
    assert [(one.field, one.message, one.hint) for one in problems] == [
        ("ägare → adress", f"mappen {address} används till annat", "Skriv till exempel adress: verksamheter")
    ]


@pytest.mark.parametrize("name", ["Göteborgs Stad", "Ja", "Å: kommun # ett", 'Det "nya" kommunalförbundet', "2026"])
def test_any_name_is_read_as_it_was_written(name: str, tmp_path: Path) -> None:
    folder = begun(tmp_path / "ny", "--organisation", name)
    assert open_bank(folder / "content", TODAY).catalogue.settings.organisation == name


def test_no_proposal_is_asked_to_look_at_a_site_that_its_pipeline_does_not_make(umea: Path) -> None:
    assert "review" not in (umea / ".gitlab-ci.yml").read_text("utf-8")
    requests = [path.read_text("utf-8") for path in (umea / ".gitlab/merge_request_templates").iterdir()]
    assert len(requests) > 5
    assert not any("View app" in text for text in requests)


def test_the_program_tells_its_version_as_the_bank_asks_for_it(umea: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--version"])
    assert ended.value.code == 0
    [asked] = re.findall(r"(?m)^kunskapsbank==(.+)$", (umea / "requirements.txt").read_text("utf-8"))
    assert capsys.readouterr().out == f"kunskapsbank {asked}\n"


def test_an_example_that_was_taken_away_is_told(umea: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(umea, tmp_path / "umea"))
    shutil.rmtree(folder / "content/projekt")
    [told] = checks.remarks(open_bank(folder / "content", TODAY).catalogue)
    lines = (folder / "content/banken.yml").read_text("utf-8").split("\n")
    assert (told.message, lines[told.line - 1]) == (
        "exempel → projekt: exempelprojektet finns inte i banken", "  projekt: exempelprojektet",
    )  # fmt: skip


def test_our_own_bank_is_such_a_bank() -> None:
    ours, new = (yaml.safe_load((ROOT / "content/banken.yml").read_text("utf-8")), ROOT / "kunskapsbank/writing/bank")
    assert {*re.findall(r"(?m)^([\w-]+):", (new / "content/banken.yml").read_text("utf-8"))} <= {*ours}
