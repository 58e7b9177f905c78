"""The docs for engineers are true: links lead somewhere, what is named is there, and tables are those of the code.

The pages of docs/extending are also followed to the letter, by tests/site/test_extensions.py.
"""

import ast
import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from functools import cache
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt
from support import ROOT

from kunskapsbank import cli
from kunskapsbank.model.facets import FACETS
from kunskapsbank.model.kinds import Kind
from kunskapsbank.reading import schema

DOCS = sorted((ROOT / "docs").rglob("*.md"))
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *DOCS]
# Those that show files which are not there yet; of decisions, what was once.
TOLD = [page for page in PAGES if page.parent.name != "extending" and page.name != "CHANGELOG.md"]
GLOSSARY = (ROOT / "docs/glossary.md").read_text("utf-8")
GROUPS = {
    "A record": schema.FIELDS,
    "`utfall`": schema.OUTCOME_FIELDS,
    "`medel`": schema.GRANT_FIELDS,
    "`jämställdhetsanalys`": schema.ANALYSIS_FIELDS,
    "`belagt i`": schema.PASSAGE_FIELDS,
    "`kända handlingar`": schema.KNOWN_FIELDS,
    "`regler`": schema.LIMIT_FIELDS,
    "`redovisning`": schema.ACCOUNT_FIELDS,
}


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def tokens(page: Path) -> Iterator[Any]:
    for token in MarkdownIt().enable("table").parse(page.read_text("utf-8")):
        yield token
        yield from token.children or ()


def anchors(page: Path) -> set[str]:
    """Return the anchors that GitLab and GitHub give the headings of a page."""
    found = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in found}


def wrong_links(page: Path) -> list[str]:
    wrong = []
    for link in (token.attrs["href"] for token in tokens(page) if token.type == "link_open"):
        path, _, anchor = str(link).partition("#")
        if re.match(r"\w+:", path):
            continue
        target = (page.parent / path).resolve() if path else page
        if not target.exists() or not target.is_relative_to(ROOT):
            wrong.append(link)
        elif anchor and target.suffix == ".md" and anchor not in anchors(target) | marked(target):
            wrong.append(link)
    return wrong


def marked(page: Path) -> set[str]:
    """Return the anchors that a page of the bank sets by itself."""
    return set(re.findall(r"\{: ?#([\w-]+)", page.read_text("utf-8")))


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_links_lead_somewhere(page: Path) -> None:
    assert wrong_links(page) == []


def test_the_check_of_links_would_find_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(globals(), "ROOT", tmp_path)
    (tmp_path / "b.md").write_text("# What it costs, in kB\n", "utf-8")
    page = tmp_path / "a.md"
    page.write_text("[a](b.md) [b](c.md) [c](b.md#what-it-costs-in-kb) [d](b.md#else) [e](#no) [f](../b.md)\n", "utf-8")
    assert wrong_links(page) == ["c.md", "b.md#else", "#no", "../b.md"]


# Where what a page names without its whole path may lie.
ASSETS = "plugins/kunskapsbank_mkdocs/theme/assets/kunskapsbank"
FOLDERS = ("", "docs", "kunskapsbank", "plugins", "plugins/kunskapsbank_mkdocs", ASSETS, "content", "scripts/bench")
FILES = {path.name for path in ROOT.rglob("*") if path.is_file() and not {".git", ".venv", "site"} & {*path.parts}}
PLUGINS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["entry-points"]["mkdocs.plugins"]
# What a build or a command makes, and where somebody else's things lie.
MADE = re.compile(r"/.*|(?:site|dist|\.venv|\.cache|\.site\.bygge|sok|ut|flode|fragor|DOCUMENTS|QUERIES)(?:[/.].*)?")
PATH = re.compile(r"[\w.åäö-]*(?:/[\w.åäö-]+)+/?|[\w.-]+/|[\w-]+\.(?:py|yml|toml|md|txt|json|js|html)")


def missing(page: Path) -> list[str]:
    """Return what a page names like a path and is no path."""
    spoken = {token.content for token in tokens(page) if token.type == "code_inline"} - {*PLUGINS}
    found = [text for text in sorted(spoken) if PATH.fullmatch(text) and not MADE.fullmatch(text)]
    return [
        text
        for text in found
        if not any((ROOT / folder / text).exists() for folder in FOLDERS) and not ("/" not in text and text in FILES)
    ]


@pytest.mark.parametrize("page", TOLD, ids=name)
def test_what_is_named_is_there(page: Path) -> None:
    assert missing(page) == []


def test_the_check_of_names_would_find_one(tmp_path: Path) -> None:
    page = tmp_path / "a.md"
    page.write_text(
        "`checks/links.py`, `docs/`, `index.py`, `checks/no.py`, `scripts/no`, `no.py`, `/data/`\n", "utf-8"
    )
    assert missing(page) == ["checks/no.py", "no.py", "scripts/no"]


def commands(page: Path) -> Iterator[list[str]]:
    """Yield the commands of a page that start a script of ours, in words."""
    for token in tokens(page):
        if token.type in {"fence", "code_inline", "code_block"}:
            for line in token.content.split("\n"):
                if re.match(r"python3 scripts/|kunskapsbank \w", line):
                    yield shlex.split(line, comments=True)


def fault(command: list[str]) -> str:
    """Return what a command names that there is not: a script, a subcommand, an option; "" for a good one."""
    if command[0] == "python3":
        script = ROOT / command[1]
        if not script.is_file():
            return command[1]
        if command[1] != "scripts/kunskapsbank":
            source = script.read_text("utf-8")
            # What it does not know itself goes to pytest.
            known = [*re.findall(r'"(--[\w-]+)"', source), "--fast"]
            return next((word for word in command[2:] if word.startswith("--") and word not in known), "")
        command = command[1:]
    asked, *rest = command[1:] or ["--help"]
    known = options() if asked == "--help" else options(asked)
    if not known:
        return asked
    return next((word for word in rest if word.startswith("--") and word.split("=")[0] not in known), "")


@cache
def options(*command: str) -> set[str]:
    """Return the options that the command line tells of in its help; none for a command that there is not."""
    with redirect_stdout(StringIO()) as told, redirect_stderr(StringIO()), pytest.raises(SystemExit) as ended:
        cli.main([*command, "--help", "--innehåll", str(ROOT / "content")])
    return set(re.findall(r"--[\wåäö-]+", told.getvalue())) if ended.value.code == 0 else set()


@pytest.mark.parametrize("page", TOLD, ids=name)
def test_commands_are_there(page: Path) -> None:
    assert [command for command in commands(page) if fault(command)] == []


@pytest.mark.parametrize(
    ("command", "word"),
    [
        ("python3 scripts/no", "scripts/no"),
        ("python3 scripts/kunskapsbank serch a", "serch"),
        ("kunskapsbank search a --stadsdel B --no", "--no"),
        ("python3 scripts/test --slow", "--slow"),
        ("python3 scripts/kunskapsbank search --år 2018", ""),
    ],
)
def test_the_check_of_commands_would_find_one(command: str, word: str) -> None:
    assert fault(shlex.split(command)) == word


def test_the_picture_of_the_architecture_is_what_the_code_is() -> None:
    done = subprocess.run([sys.executable, "scripts/draw_architecture", "--check"], cwd=ROOT, capture_output=True)
    assert done.returncode == 0, done.stderr.decode()


def test_every_page_is_in_the_contents() -> None:
    contents = (ROOT / "docs/README.md").read_text("utf-8")
    assert [page for page in DOCS if page.parent.name == "docs" and f"]({page.name})" not in contents][1:] == []
    for folder in ("decisions", "extending"):
        assert f"]({folder}/README.md)" in contents
        pages = {page.name for page in DOCS if page.parent.name == folder} - {"README.md"}
        assert pages == set(re.findall(r"\]\(([\w-]+\.md)\)", (ROOT / f"docs/{folder}/README.md").read_text("utf-8")))


def test_decisions_have_one_form_and_numbers_in_a_row() -> None:
    pages = sorted((ROOT / "docs/decisions").glob("0*.md"))
    assert [int(page.name[:4]) for page in pages] == [*range(1, len(pages) + 1)]
    for page in pages:
        text = page.read_text("utf-8")
        assert re.match(rf"# {int(page.name[:4])}\. \S.*\n\nDecided \d{{4}}-\d\d-\d\d\.\n", text), page.name
        assert re.findall(r"^## (.+)$", text, re.MULTILINE) == ["Why", "What", "What follows"], page.name


@pytest.mark.parametrize(
    "row",
    [
        *(f"| {kind.value} | `Kind.{kind.name}` |" for kind in Kind),
        *(f"| `{facet.id}` | `{facet.key}` | `{facet.path}` |" for facet in FACETS),
        *(f"| {group} | `{rule.key}` | `{rule.attribute}` |" for group, rules in GROUPS.items() for rule in rules),
    ],
)
def test_the_glossary_has_what_the_tables_have(row: str) -> None:
    assert row in GLOSSARY


def test_the_glossary_has_nothing_that_the_tables_lack() -> None:
    rows = re.findall(r"^\| (?:[^|]+\| `Kind\.|`[^|]+`|A record).*$", GLOSSARY.partition("## Kinds")[2], re.MULTILINE)
    assert len(rows) == len(Kind) + len(FACETS) + sum(map(len, GROUPS.values()))


def test_the_names_of_the_glossary_are_in_the_code() -> None:
    table = GLOSSARY.partition("## Kinds")[0]
    named = {
        word for row in re.findall(r"^\|[^|]*\|[^|]*\|([^|]*)\|", table, re.MULTILINE) for word in CODE.findall(row)
    }
    assert len(named) > 20
    assert named - names() == set()


CODE = re.compile(r"`(?:\w+\.)?(\w+)`")


def names() -> set[str]:
    """Return every name that the library defines, and those of its modules."""
    found = set()
    for path in (ROOT / "kunskapsbank").rglob("*.py"):
        found.add(path.stem)
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ClassDef | ast.FunctionDef):
                found.add(node.name)
            elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                found.add(node.id)
    return found


def test_the_changelog_says_nothing_twice() -> None:
    # It is merged by union: a line that two branches have moved would stand there twice.
    lines = [line for line in (ROOT / "CHANGELOG.md").read_text("utf-8").split("\n") if line.startswith("- ")]
    assert [line for line in lines if lines.count(line) > 1] == []


def test_the_changelog_has_the_headings_that_releases_are_cut_by() -> None:
    text = (ROOT / "CHANGELOG.md").read_text("utf-8")
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    first, *released = re.findall(r"(?m)^## (.+)$", text)
    assert first == "Unreleased"
    assert [name for name in released if not re.fullmatch(r"\d+\.\d+\.\d+ - \d{4}-\d\d-\d\d", name)] == []
    assert not released or released[0].startswith(f"{version} - ")
    sorts = {"To upgrade a bank", "Added", "Changed", "Deprecated", "Fixed", "Removed", "Security"}
    for part in text.split("\n## ")[1:]:
        found = re.findall(r"(?m)^### (.+)$", part)
        assert (len(found), {*found} - sorts) == (len({*found}), set())
