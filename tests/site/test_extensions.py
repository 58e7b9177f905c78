"""What comes new is written in few places, and the manual says which: each page of docs/extending is followed.

A page is followed in a copy of the tree, which is then built and asked. Where a page no longer fits, mend the page: it
is what engineers read.
"""

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import manual
import pytest
from support import ROOT, surroundings

pytestmark = pytest.mark.site

PAGES = ROOT / "docs/extending"
COPIED = ("kunskapsbank", "plugins", "content", "schemas", ".vscode", "tests", "docs", "mkdocs.yml", "pyproject.toml")
# What `kunskapsbank schema` writes: nobody does it by hand.
MADE = {"schemas/record.json", "schemas/page.json", "schemas/vocabulary.json", ".vscode/kunskapsbank.code-snippets"}
# The scripts set up an environment first; here there is one.
SCRIPTS = {
    "scripts/kunskapsbank": ("-c", "import sys; from kunskapsbank.cli import main; sys.exit(main(sys.argv[1:]))"),
    "scripts/build": ("-m", "mkdocs", "build", "--strict", "-d", "site"),
    "scripts/test": ("-m", "pytest", "-q", "-p", "no:cacheprovider"),
}


@dataclass(frozen=True)
class Copy:
    """A copy of the tree in which a page of the manual was followed; what runs there is the copy's own code."""

    root: Path
    page: Path

    @property
    def files(self) -> set[str]:
        """The files that the page writes and changes, but for cases and the content that it is tried with."""
        passing = ("tests/cases/checks/", "content/projekt/", "content/utvarderingar/")
        return {file for file in manual.files(self.page) if not file.startswith(passing)}

    @property
    def site(self) -> Path:
        """The folder of the site, if the page has it built."""
        return self.root / "site"

    def run(self, command: list[str]) -> str:
        """Run a script of the repository in the copy and return what it printed; anything but success is a failure."""
        python, script, *arguments = command
        assert python == "python3", command
        paths = os.pathsep.join(map(str, (self.root, self.root / "plugins")))
        environment = surroundings() | {"PYTHONPATH": paths, "PYTHONDONTWRITEBYTECODE": "1"}
        words = [sys.executable, *SCRIPTS[script], *arguments]
        done = subprocess.run(words, cwd=self.root, env=environment, capture_output=True, text=True)
        assert done.returncode == 0, f"{self.page.name}: {' '.join(command)}\n{done.stdout}{done.stderr}"
        return done.stdout + done.stderr

    def bank(self, *arguments: str) -> str:
        """Run the command line."""
        return self.run(["python3", "scripts/kunskapsbank", *arguments])

    def write(self, file: str, old: str, new: str) -> None:
        """Change a file as an editor would."""
        path = self.root / file
        text = path.read_text("utf-8")
        assert old in text, f"{file} has no {old!r} any more: choose another"
        path.write_text(text.replace(old, new, 1), "utf-8")


@pytest.fixture
def followed(request: pytest.FixtureRequest, tmp_path: Path) -> Copy:
    """A copy of the tree in which the page that the test names was followed to the letter."""
    for name in COPIED:
        source, target = ROOT / name, tmp_path / name
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, target)
    copy = Copy(tmp_path, PAGES / f"{request.param}.md")
    manual.follow(copy.page, tmp_path, copy.run)
    return copy


def made_again(copy: Copy) -> set[str]:
    """Return the files that `kunskapsbank schema` writes otherwise than they are in the tree."""
    copy.bank("schema")
    return {file for file in MADE if (copy.root / file).read_bytes() != (ROOT / file).read_bytes()}


def opens_the_sample(copy: Copy) -> None:
    """Fail where the sample that the tests build on has errors now."""
    copy.bank("check", "--bara-fel", "--innehåll", "tests/cases/sample")


def test_every_page_is_followed() -> None:
    pages = {page.stem for page in PAGES.glob("*.md")} - {"README"}
    source = Path(__file__).read_text("utf-8")
    assert pages == set(re.findall(r'parametrize\("followed", \["([\w-]+)"\]', source))


@pytest.mark.parametrize("followed", ["kind"], indirect=True)
def test_a_kind_of_document_touches_at_most_six_files(followed: Copy) -> None:
    assert len(followed.files | made_again(followed)) <= 6
    assert made_again(followed) <= MADE
    opens_the_sample(followed)

    begun = followed.root / "content/utvarderingar/stella-sedd-utifran.md"
    assert "\ntyp: utvärdering\n" in begun.read_text("utf-8")
    assert "## Uppdraget" in begun.read_text("utf-8")
    for page in ("utvarderingar/", "utvarderingar/stella-sedd-utifran/", "typer/utvardering/", "a-o/"):
        assert "Stella sedd utifrån" in (followed.site / page / "index.html").read_text("utf-8"), page
    evaluation = (followed.site / "utvarderingar/stella-sedd-utifran/index.html").read_text("utf-8")
    assert '<a href="../">Utvärderingar</a>' in evaluation


@pytest.mark.parametrize("followed", ["facet"], indirect=True)
def test_a_facet_over_a_field_that_is_there_touches_at_most_three_files(followed: Copy) -> None:
    assert len(followed.files | made_again(followed)) <= 3
    opens_the_sample(followed)

    assert "Sorters pengar" in (followed.site / "pengar/index.html").read_text("utf-8")
    assert "Stella" in (followed.site / "pengar/lum/index.html").read_text("utf-8")
    assert 'name="pengar" value="lum"' in (followed.site / "sok/index.html").read_text("utf-8")
    assert 'href="../../pengar/lum/"' in (followed.site / "projekt/stella/index.html").read_text("utf-8")


@pytest.mark.parametrize("followed", ["field"], indirect=True)
def test_a_facet_with_a_field_and_a_vocabulary_of_its_own_touches_at_most_seven_files(followed: Copy) -> None:
    # By hand; besides, what the command makes of it all.
    assert len(followed.files) <= 7
    assert made_again(followed) <= MADE
    assert "samarbeten" in (followed.root / "schemas/record.json").read_text("utf-8")
    opens_the_sample(followed)

    assert "Stella" in (followed.site / "samarbeten/polisen/index.html").read_text("utf-8")
    assert 'href="../../samarbeten/polisen/"' in (followed.site / "projekt/stella/index.html").read_text("utf-8")
    assert 'name="samarbeten" value="polisen"' in (followed.site / "sok/index.html").read_text("utf-8")
    assert "samarbeten: polisen" in (followed.site / "om/falt/index.html").read_text("utf-8")

    followed.write("content/projekt/stella/index.md", "samarbeten: polisen", "samarbeten: poliser")
    with pytest.raises(AssertionError, match="okänd term 'poliser'"):
        followed.bank("check", "--bara-fel")


@pytest.mark.parametrize("followed", ["check"], indirect=True)
def test_a_check_touches_at_most_three_files(followed: Copy) -> None:
    assert len(followed.files | made_again(followed)) <= 3
    opens_the_sample(followed)
    # The page ends with an exception that is allowed.
    assert "versaler" not in followed.bank("check", "content/projekt/stella/index.md")


@pytest.mark.parametrize("followed", ["export"], indirect=True)
def test_an_export_touches_at_most_four_files(followed: Copy) -> None:
    assert len(followed.files) <= 4
    calendar = (followed.root / "utlysningar.ics").read_text("utf-8")
    assert calendar.startswith("BEGIN:VCALENDAR\n")
    with pytest.raises(AssertionError, match=r"utlysningar\.ics finns redan"):
        followed.bank("calendar", "utlysningar.ics")


@pytest.mark.parametrize("followed", ["file-format"], indirect=True)
def test_a_file_format_touches_at_most_six_files(followed: Copy) -> None:
    assert len(followed.files) <= 6
    page = b"MIME-Version: 1.0\nContent-Type: text/html\n\n<h1>En rapport</h1><p>Om Stella.</p>\n"
    (followed.root / "rapport.mht").write_bytes(page)
    asked = ("--typ", "slutrapport", "--projekt", "stella", "--år", "2025")
    followed.bank("import", "rapport.mht", *asked)
    assert "Om Stella." in (followed.root / "content/projekt/stella/2025-slutrapport.md").read_text("utf-8")
