"""The JSON Schemas: right by themselves, up to date, and never at odds with the library."""

import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator
from support import ROOT, SAMPLE, lay_over

from kunskapsbank.bank import Bank, open_bank
from kunskapsbank.checks import shown
from kunskapsbank.cli import main
from kunskapsbank.cli.schema import files
from kunskapsbank.editors import json_schema, snippets
from kunskapsbank.model import vocabulary
from kunskapsbank.model.kinds import Kind
from kunskapsbank.model.vocabulary import Vocabulary
from kunskapsbank.problems import Severity
from kunskapsbank.reading import fields, schema, vocabulary_files, word_list

CASES = ROOT / "tests/cases/content-errors"
TODAY = date(2026, 11, 22)


class Yaml12(yaml.SafeLoader):
    """Types plain values as YAML 1.2 and the language servers do: no dates, and ja is a text."""

    yaml_implicit_resolvers = {}  # noqa: RUF012


Yaml12.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"^(~|null|Null|NULL|)$"), ["~", "n", "N", ""])
Yaml12.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(true|True|false|False)$"), list("tTfF"))
Yaml12.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"^[-+]?[0-9]+$"), list("-+0123456789"))
Yaml12.add_implicit_resolver("tag:yaml.org,2002:float", re.compile(r"^[-+]?[0-9]+\.[0-9]+$"), list("-+0123456789"))
# PyYAML's own constructor reads 012 as octal and ends at 08.
Yaml12.add_constructor("tag:yaml.org,2002:int", lambda loader, node: int(loader.construct_scalar(node)))


def front_matter(text: str) -> Any:
    return yaml.load(re.split(r"(?m)^(?:---|\.\.\.)\s*$", text)[1], Yaml12)


def complaints(found: object, made: json_schema.Json) -> list[str]:
    return [f"{'/'.join(map(str, error.path))}: {error.message}" for error in Draft7Validator(made).iter_errors(found)]


def schema_for(file: str, bank: Bank) -> json_schema.Json:
    if file.startswith(("projekt/", "resor/", "forskning/", "utlysningar/")):
        return json_schema.record(bank.catalogue.vocabularies)
    return json_schema.page()


@pytest.fixture(scope="module")
def records(bank: Bank) -> json_schema.Json:
    return json_schema.record(bank.catalogue.vocabularies)


def test_the_schemas_are_themselves_valid(records: json_schema.Json, bank: Bank) -> None:
    settings = json_schema.settings(bank.catalogue.vocabularies)
    for made in (records, json_schema.page(), json_schema.vocabulary_folder(), settings):
        Draft7Validator.check_schema(made)


def test_the_committed_files_are_up_to_date(bank: Bank) -> None:
    # But for the terms: who adds one on the web cannot run a command, and is not to be stopped by it.
    kept = (vocabulary.KINDS, vocabulary.OWNERS, vocabulary.FUNDING)
    no_terms = {name: Vocabulary(name) for name in vocabulary_files.REQUIRED} | {
        name: bank.catalogue.vocabularies[name] for name in kept
    }
    for path, text in files(no_terms).items():
        committed, made = json.loads((ROOT / path).read_text("utf-8")), json.loads(text)
        assert without_terms(committed) == without_terms(made), f"run kunskapsbank schema: {path}"


def without_terms(made: dict[str, Any]) -> Any:
    if "definitions" in made:
        made["definitions"] = {key: value for key, value in made["definitions"].items() if key[:6] != "terms-"}
    return json.loads(re.sub(r"\|.*?\|\}", "", json.dumps(made)))


def test_all_of_the_real_content_is_valid(bank: Bank) -> None:
    seen = 0
    for file in bank.catalogue.sources:
        found = front_matter((ROOT / "content" / file).read_text("utf-8"))
        assert complaints(found, schema_for(file, bank)) == [], file
        seen += 1
    for path in sorted((ROOT / "content/vokabular").glob("*.yml")):
        found = yaml.load(path.read_text("utf-8"), Yaml12)
        assert complaints(found, json_schema.vocabulary_folder()) == [], path.name
    assert seen > 70


def test_the_schema_of_the_words_of_accounts_tells_what_is_missing_or_too_much() -> None:
    written = yaml.load((ROOT / "content/vokabular/redovisning.yml").read_text("utf-8"), Yaml12)
    assert complaints(written, json_schema.vocabulary_folder()) == []
    del written["anmälan"]["till"]
    assert complaints(written, json_schema.vocabulary_folder()) != []
    written["anmälan"] |= {"till": "Till nämnden"}
    written["redovisning"]["rubriker"]["slut"] = "Slut"
    assert complaints(written, json_schema.vocabulary_folder()) != []


def files_of(case: Path) -> Iterator[tuple[Path, Any]]:
    """Yield the Markdown files of a case whose front matter is YAML with every key once."""
    for path in sorted(case.rglob("*.md")):
        text = path.read_text("utf-8")
        try:
            found = front_matter(text)
        except (yaml.YAMLError, IndexError):
            continue
        keys = re.findall(r"(?m)^([^\W\d][\w ]*):", text.split("\n---")[0])
        if isinstance(found, dict) and len(keys) == len(set(keys)):
            yield path, found


@pytest.mark.parametrize("case", sorted(path for path in CASES.iterdir()), ids=lambda path: path.name)
def test_the_schema_complains_of_nothing_that_the_library_takes(case: Path, tmp_path: Path) -> None:
    content = tmp_path / "content"
    shutil.copytree(SAMPLE, content)
    lay_over(case, content)
    bank = open_bank(content, TODAY)
    if any(terms.broken for terms in bank.catalogue.vocabularies.values()):
        return  # a broken vocabulary takes every term
    faulty = {problem.file for problem in bank.catalogue.errors}
    for path, found in files_of(content):
        file = path.relative_to(content).as_posix()
        if file not in faulty:
            assert complaints(found, schema_for(file, bank)) == [], file


# Errors that a schema can see: the form and the names of fields, and their values one by one.
VISIBLE = (
    "okänt fält",
    "fältet hör inte till typen",
    "fältet saknar värde",
    "okänd term",
    "men ska vara",
    "är tomt",
    "får bara ha små bokstäver",
    "tecken lång",
    "bara ett projekt kan ha flera år",
    "en dag som inte finns",
)
HIDDEN = {
    # 1.5 could be meant as 1 500.
    ("values", "projekt/a/index.md", "är '1.5', men ska vara ett helt tal"),
    # February has no 30th day, but a pattern does not know.
    ("dates", "projekt/trappan/no-such-day.md", "är '2026-02-30', en dag som inte finns"),
}


@pytest.mark.parametrize(
    "case", [CASES / name for name in ("dates", "keys", "terms", "values", "years", "several-at-once")], ids=str
)
def test_the_schema_sees_what_the_library_finds_in_the_fields(case: Path, tmp_path: Path) -> None:
    content = tmp_path / "content"
    shutil.copytree(SAMPLE, content)
    lay_over(case, content)
    bank = open_bank(content, TODAY)
    seen = 0
    for path, found in files_of(content):
        file = path.relative_to(content).as_posix()
        told = [
            problem.message
            for problem in bank.catalogue.errors
            if problem.file == file
            and problem.field
            and any(words in problem.message for words in VISIBLE)
            and (case.name, file, problem.message) not in HIDDEN
        ]
        if told:
            seen += 1
            assert complaints(found, schema_for(file, bank)), (file, told)
    assert seen


@pytest.mark.parametrize("kind", list(Kind))
def test_each_kind_may_have_its_own_fields_and_no_others(kind: Kind, bank: Bank, records: json_schema.Json) -> None:
    label = bank.catalogue.vocabularies[vocabulary.KINDS].get(kind).label
    for rule in schema.FIELDS:
        found = {schema.key_of("kind"): label.upper(), rule.key: object()}
        told = [error.message for error in Draft7Validator(records).iter_errors(found)]
        rejected = any("Additional properties" in message and f"'{rule.key}'" in message for message in told)
        assert rejected is not rule.applies_to(kind)


@pytest.mark.parametrize("kind", list(Kind))
def test_each_kind_must_have_its_own_fields(kind: Kind, bank: Bank, records: json_schema.Json) -> None:
    found = {schema.key_of("kind"): bank.catalogue.vocabularies[vocabulary.KINDS].get(kind).label}
    missing = {error.message for error in Draft7Validator(records).iter_errors(found)}
    required = {rule.key for rule in schema.FIELDS if kind in rule.required} - set(found)
    assert missing == {f"'{key}' is a required property" for key in required}


def test_a_term_is_taken_by_every_name_in_any_case(bank: Bank, records: json_schema.Json) -> None:
    key = schema.key_of("themes")
    for term in bank.catalogue.vocabularies[vocabulary.THEMES]:
        for name in (term.id, *term.names):
            for written in (name, name.upper(), name.replace(" ", "  ")):
                validator = Draft7Validator({**records, "required": [], "allOf": [], "properties": {key: field(key)}})
                assert validator.is_valid({key: [written]}), written
                assert not validator.is_valid({key: [f"{written}x"]}), written


def field(key: str) -> json_schema.Json:
    rule = next(rule for rule in schema.FIELDS if rule.key == key)
    return {"$ref": f"#/definitions/field-{rule.attribute}"}


@pytest.mark.parametrize(
    ("attribute", "right", "wrong"),
    [
        ("title", ["Stella", 2018, True], ["", "  ", [], ["a"], {}, None, "x" * (schema.TITLE_LENGTH + 1)]),
        ("id", ["stella", "a-2018", 2018], ["Stella", "stella-", "ställa", 1.5, None]),
        ("aliases", ["LIFH", ["LIFH", 2], 3], ["", [], [""], None, {}]),
        ("years", [2018, "2018", [2018], [2017, 2018], "2013–2016", "2013-2016"], [18, "i fjol", [], 1900, None]),
        ("report_year", [2018, "2018"], [[2018], "2017–2018", 20180, None]),
        ("published", ["2026-11-22"], ["22/11/2026", "2026", 2026, "2026-13-01", "0226-11-20", None]),
        ("example", ["ja", "Nej", "JA"], ["kanske", True, 1, None]),
        ("grants", [[{"år": 2018, "form": "LUM", "belopp": "500 000 kr"}]], ["LUM", [], [{"år": 2018}], [{}], None]),
        ("gender_analysis", [{"status": "saknas"}], ["saknas", {}, {"metod": "Sjuan"}, {"stat": "saknas"}, None]),
        ("limits", [{"belopp projekt": 500000}], [{"belopp projekt": "en miljon"}, {"belopp": 1}, {}, []]),
    ],
)
def test_values_of_each_form(attribute: str, right: list[Any], wrong: list[Any], records: json_schema.Json) -> None:
    made = {"definitions": records["definitions"], "$ref": f"#/definitions/field-{attribute}"}
    assert [value for value in right if not Draft7Validator(made).is_valid(value)] == []
    assert [value for value in wrong if Draft7Validator(made).is_valid(value)] == []


def test_every_field_explains_itself_in_the_schema(records: json_schema.Json, bank: Bank) -> None:
    definitions: Any = records["definitions"]
    for rule in schema.FIELDS:
        found = definitions[f"field-{rule.attribute}"]
        assert (found["title"], found["description"]) == (rule.label, rule.help)
        example = fields.example_of(rule, bank.catalogue.vocabularies)
        assert fields.as_written(rule.key, example) in found["markdownDescription"]


def test_the_years_within_reason_are_those_of_the_library(records: json_schema.Json) -> None:
    made = {"definitions": records["definitions"], "$ref": "#/definitions/field-report_year"}
    for year in (fields.FIRST_YEAR, TODAY.year + fields.YEARS_AHEAD):
        assert Draft7Validator(made).is_valid(year)
        assert Draft7Validator(made).is_valid(str(year))
    assert not Draft7Validator(made).is_valid(fields.FIRST_YEAR - 1)
    assert not Draft7Validator(made).is_valid(str(fields.FIRST_YEAR - 1))


def test_the_vocabulary_schema_has_the_keys_of_its_reader() -> None:
    made: Any = json_schema.vocabulary_file()
    term = made["properties"]["termer"]["items"]["properties"]
    assert list(term) == [rule.key for rule in vocabulary_files.TERM_FIELDS]
    sections = [rule.key for rule in vocabulary_files.SECTION_FIELDS]
    assert list(term["rubriker"]["items"]["properties"]) == sections


@pytest.mark.parametrize(
    ("written", "is_right"),
    [
        ("termer:\n  - {id: a, namn: A, förklaring: Ett a.}\n", True),
        ("termer:\n  - {id: a, namn: A, förklaring: Ett a., synonymer: [b], till: 2020-06-30, gemensam: Nej}\n", True),
        ("beskrivning: Utan termer.\n", False),
        ("termer:\n  - {id: Å, namn: A, förklaring: Ett a.}\n", False),
        ("termer:\n  - {id: a, namn: A}\n", False),
        ("termer:\n  - {id: a, namn: A, förklaring: Ett a., synonym: b}\n", False),
        ("termer:\n  - {id: a, namn: A, förklaring: Ett a., från: juli}\n", False),
        ("termer:\n  - {id: a, namn: A, förklaring: Ett a., gemensam: kanske}\n", False),
    ],
)
def test_the_vocabulary_schema_agrees_with_the_reader(written: str, is_right: bool) -> None:
    _, problems = vocabulary_files.parse(vocabulary.THEMES, written.encode())
    assert (problems == []) is is_right
    assert (complaints(yaml.load(written, Yaml12), json_schema.vocabulary_file()) == []) is is_right


def test_the_word_list_schema_has_the_keys_of_its_reader() -> None:
    made: Any = json_schema.word_list_file()
    assert list(made["properties"]["ord"]["items"]["properties"]) == [rule.key for rule in word_list.ENTRY_FIELDS]


@pytest.mark.parametrize(
    ("written", "is_right"),
    [
        ("ord:\n  - {ord: knark, vidare: [missbruk och beroende]}\n", True),
        ("ord:\n  - ord: knark\n    samma: droger\n    not: Vardagligt.\n", True),
        ("ord:\n  - {samma: [droger]}\n", False),
        ("ord:\n  - {ord: knark, synonymer: [droger]}\n", False),
        ("ord:\n  - knark\n", False),
    ],
)
def test_the_word_list_schema_agrees_with_the_reader(written: str, is_right: bool) -> None:
    vocabularies = vocabulary_files.load(ROOT / "content")[0]
    _, problems = word_list.parse(written.encode(), vocabularies)
    assert (problems == []) is is_right
    assert (complaints(yaml.load(written, Yaml12), json_schema.vocabulary_folder()) == []) is is_right


def test_the_command_writes_the_schemas_and_tells(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["schema", "--innehåll", str(ROOT / "content"), "--mapp", str(tmp_path)]
    assert main(command) == 0
    assert sorted(path.name for path in (tmp_path / "schemas").iterdir()) == sorted(
        path.name for path in (ROOT / "schemas").iterdir()
    )
    assert (tmp_path / ".vscode/kunskapsbank.code-snippets").is_file()
    assert "skriven" in capsys.readouterr().out
    assert main(command) == 0
    assert "skriven" not in capsys.readouterr().out


def test_the_command_writes_nothing_of_broken_vocabularies(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(SAMPLE, tmp_path / "content")
    (tmp_path / "content/vokabular/teman.yml").write_text("termer: nej\n", "utf-8")
    command = ["schema", "--innehåll", str(tmp_path / "content"), "--mapp", str(tmp_path)]
    assert main(command) == 1
    assert not (tmp_path / "schemas").exists()
    assert "vokabular/teman.yml:1: " in capsys.readouterr().out


def filled_in(body: list[str], pick: int) -> str:
    """Return what a snippet leaves when its examples are kept and a term is picked, as VS Code does."""
    text = re.sub(r"\$\{\d+:((?:\\.|[^}\\])*)\}", r"\1", "\n".join(body))

    def picked(found: re.Match[str]) -> str:
        labels = re.split(r"(?<!\\),", found[1])
        return re.sub(r"\\([\\,|])", r"\1", labels[pick % len(labels)])

    return re.sub(r"\$\{\d+\|(.*?)(?<!\\)\|\}", picked, text)


def test_every_field_has_a_snippet_that_leaves_a_right_value(bank: Bank, records: json_schema.Json) -> None:
    made: Any = snippets.snippets(bank.catalogue.vocabularies)
    assert list(made) == [rule.key for rule in schema.FIELDS]
    for rule in schema.FIELDS:
        validator = Draft7Validator({"definitions": records["definitions"], "properties": {rule.key: field(rule.key)}})
        for pick in range(30):
            found = yaml.load(filled_in(made[rule.key]["body"], pick), Yaml12)
            assert list(found) == [rule.key]
            assert validator.is_valid(found), found


def test_a_snippet_escapes_what_ends_a_choice() -> None:
    terms = Vocabulary("teman", terms=(vocabulary.Term("a", "ett, två|tre"), vocabulary.Term("b", "fyra")))
    vocabularies = {name: terms for name in vocabulary_files.REQUIRED}
    made: Any = snippets.snippets(vocabularies)
    body = made[schema.key_of("themes")]["body"]
    assert [filled_in(body, pick).split("- ")[1] for pick in (0, 1)] == ["ett, två|tre", "fyra"]


def test_the_editors_task_finds_each_problem_in_what_check_prints(tmp_path: Path) -> None:
    content = tmp_path / "content"
    shutil.copytree(SAMPLE, content)
    lay_over(CASES / "values", content)
    lay_over(CASES / "years", content)
    found_problems = open_bank(content, TODAY).catalogue.problems
    problems = [replace(found_problems[0], severity=Severity.REMARK), *found_problems[1:]]
    tasks = json.loads((ROOT / ".vscode/tasks.json").read_text("utf-8"))["tasks"]
    matchers = next(task["problemMatcher"] for task in tasks if "scripts/check" in task["args"])
    found = [
        (match[1], int(match[2]), matcher["severity"])
        for line in shown.text(problems).split("\n")
        for matcher in matchers
        if (match := re.match(matcher["pattern"]["regexp"], line))
    ]
    severities = {"fel": "error", "anmärkning": "warning"}
    assert sorted(found) == sorted((problem.file, problem.line, severities[problem.severity]) for problem in problems)
    assert {severity for *_, severity in found} == {"error", "warning"}
