"""What comes new is written in few places: a kind, a facet, a field with its vocabulary and a check, each as a patch.

Each patch is laid on a copy of the tree, which is then built and asked. A patch that no longer applies is made anew:
make its change in a clean tree, say `git add -N .` and `git diff -U1`, and keep only lines of context that are likely
to last.
"""

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from support import ROOT, surroundings

pytestmark = pytest.mark.site

PATCHES = ROOT / "tests/cases/extensions"
COPIED = ("kunskapsbank", "plugins", "content", "schemas", ".vscode", "tests/cases/sample", "mkdocs.yml", "README.md")
# What `kunskapsbank schema` writes: nobody does it by hand.
MADE = {"schemas/record.json", "schemas/page.json", "schemas/vocabulary.json", ".vscode/kunskapsbank.code-snippets"}
PROJECT = "content/projekt/stella/index.md"


@dataclass(frozen=True)
class Copy:
    """A copy of the tree with a patch laid on it; what runs there is the copy's own code."""

    root: Path
    patch: Path

    @property
    def files(self) -> set[str]:
        """The files that the patch changes or adds."""
        return set(re.findall(r"^\+\+\+ b/(.+)$", self.patch.read_text("utf-8"), re.MULTILINE))

    def run(self, *command: str) -> str:
        """Run a Python program in the copy and return what it printed; anything but success is a failure."""
        paths = os.pathsep.join(map(str, (self.root, self.root / "plugins")))
        environment = surroundings() | {"PYTHONPATH": paths, "PYTHONDONTWRITEBYTECODE": "1"}
        done = subprocess.run(
            [sys.executable, *command], cwd=self.root, env=environment, capture_output=True, text=True
        )
        assert done.returncode == 0, f"{self.patch.name}: {' '.join(command)}\n{done.stdout}{done.stderr}"
        return done.stdout + done.stderr

    def bank(self, *arguments: str) -> str:
        """Run the command line."""
        return self.run("-c", "import sys; from kunskapsbank.cli import main; sys.exit(main(sys.argv[1:]))", *arguments)

    def build(self) -> Path:
        """Build the site strictly and return its folder."""
        self.run("-m", "mkdocs", "build", "--strict", "-d", "site")
        return self.root / "site"

    def write(self, file: str, old: str, new: str) -> None:
        """Change a file as an editor would."""
        path = self.root / file
        text = path.read_text("utf-8")
        assert old in text, f"{file} has no {old!r} any more: choose another"
        path.write_text(text.replace(old, new, 1), "utf-8")


@pytest.fixture
def patched(request: pytest.FixtureRequest, tmp_path: Path) -> Copy:
    """A copy of the tree with the patch that the test names."""
    patch = PATCHES / f"{request.param}.patch"
    for name in COPIED:
        source, target = ROOT / name, tmp_path / name
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, target)
    # Above the copy no repository is to be looked for: git would then pass over what lies outside of it.
    environment = os.environ | {"GIT_CEILING_DIRECTORIES": str(tmp_path.parent)}
    command = ["git", "-c", "core.autocrlf=false", "apply", "-v", str(patch)]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, (
        f"{patch.relative_to(ROOT)} does not apply any more, because a line that it stands beside has changed:\n"
        f"{done.stderr}\nMake it anew as the head of this test says."
    )
    return Copy(tmp_path, patch)


def made_again(copy: Copy) -> set[str]:
    """Return the files that `kunskapsbank schema` writes anew."""
    return set(re.findall(r"^(.+): skriven$", copy.bank("schema"), re.MULTILINE))


def opens_the_sample(copy: Copy) -> None:
    """Fail where the sample that the tests build on has errors after the patch."""
    copy.bank("check", "--bara-fel", "--innehåll", "tests/cases/sample")


@pytest.mark.parametrize("patched", ["kind"], indirect=True)
def test_a_kind_of_document_touches_at_most_six_files(patched: Copy) -> None:
    assert len(patched.files | made_again(patched)) <= 6
    assert made_again(patched) == set()
    opens_the_sample(patched)

    told = patched.bank("new", "utvärdering", "Stella sedd utifrån")
    begun = patched.root / "content/utvarderingar/stella-sedd-utifran.md"
    assert "content/utvarderingar/stella-sedd-utifran.md" in told
    assert "\ntyp: utvärdering\n" in begun.read_text("utf-8")
    assert "## Uppdraget" in begun.read_text("utf-8")
    for key, value in (
        ("målgrupper", "medarbetare"),
        ("teman", "barn och unga"),
        ("sammanfattning", "En högskola har granskat hur Stella arbetade och vad det gav familjerna."),
    ):
        patched.write(begun.relative_to(patched.root).as_posix(), f"\n{key}:\n", f"\n{key}: {value}\n")

    site = patched.build()
    for page in ("utvarderingar/", "utvarderingar/stella-sedd-utifran/", "typer/utvardering/", "a-o/"):
        assert "Stella sedd utifrån" in (site / page / "index.html").read_text("utf-8"), page
    evaluation = (site / "utvarderingar/stella-sedd-utifran/index.html").read_text("utf-8")
    assert '<a href="../">Utvärderingar</a>' in evaluation
    assert "Stella sedd utifrån" in patched.bank("search", "--typ", "utvärdering")


@pytest.mark.parametrize("patched", ["facet"], indirect=True)
def test_a_facet_over_a_field_that_is_there_touches_at_most_three_files(patched: Copy) -> None:
    assert len(patched.files | made_again(patched)) <= 3
    opens_the_sample(patched)

    site = patched.build()
    assert "Sorters pengar" in (site / "pengar/index.html").read_text("utf-8")
    assert "Stella" in (site / "pengar/lum/index.html").read_text("utf-8")
    assert 'name="pengar" value="lum"' in (site / "sok/index.html").read_text("utf-8")
    assert 'href="../../pengar/lum/"' in (site / "projekt/stella/index.html").read_text("utf-8")
    assert "Sorts pengar: LUM" in patched.bank("search", "--pengar", "LUM")
    assert '"id": "stella"' in patched.bank("search", "pengar:LUM AND titel:Stella", "--json")


@pytest.mark.parametrize("patched", ["field"], indirect=True)
def test_a_facet_with_a_field_and_a_vocabulary_of_its_own_touches_at_most_seven_files(patched: Copy) -> None:
    # By hand; besides, what the command makes of it all.
    assert len(patched.files) <= 7
    assert made_again(patched) <= MADE
    assert "samarbeten" in (patched.root / "schemas/record.json").read_text("utf-8")
    opens_the_sample(patched)

    patched.write(PROJECT, "\nstatus:", "\nsamarbeten: polisen\nstatus:")
    site = patched.build()
    assert "Stella" in (site / "samarbeten/polisen/index.html").read_text("utf-8")
    assert 'href="../../samarbeten/polisen/"' in (site / "projekt/stella/index.html").read_text("utf-8")
    assert 'name="samarbeten" value="polisen"' in (site / "sok/index.html").read_text("utf-8")
    assert "samarbeten: polisen" in (site / "om/falt/index.html").read_text("utf-8")
    assert '"id": "stella"' in patched.bank("search", "--samarbete", "polisen", "--json")

    patched.write(PROJECT, "samarbeten: polisen", "samarbeten: poliser")
    with pytest.raises(AssertionError, match="okänd term 'poliser'"):
        patched.bank("check", "--bara-fel")


@pytest.mark.parametrize("patched", ["check"], indirect=True)
def test_a_check_touches_at_most_three_files(patched: Copy) -> None:
    assert len(patched.files | made_again(patched)) <= 3
    opens_the_sample(patched)

    patched.write(PROJECT, "titel: Stella – det tredelade föräldraskapet", "titel: STELLA NU")
    assert "titel: har bara stora bokstäver [versaler]" in patched.bank("check", PROJECT)
    patched.write(PROJECT, "titel: STELLA NU", "titel: STELLA NU # tillåt versaler: så skriver projektet sitt namn")
    assert "versaler" not in patched.bank("check", PROJECT)
    patched.build()
