"""The wheel in an environment of its own: a bank of another city, from the first command to its first report."""

import ast
import gzip
import os
import re
import shutil
import socket
import subprocess
import sys
import sysconfig
import time
import venv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email.parser import HeaderParser
from importlib.metadata import packages_distributions
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen
from zipfile import ZipFile

import docx
import pytest
from hatchling.builders.wheel import WheelBuilder
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from support import ROOT, TOOLS, surroundings

pytestmark = pytest.mark.site

Once = Callable[[str, Callable[[Path], object]], Path]
UMEA = (
    "--organisation", "Umeå kommun", "--förvaltning", "individ- och familjeomsorgen", "--nämnd",
    "individ- och familjenämnden", "--ägare-en", "verksamhet", "--ägare-flera", "verksamheter", "--första-ägaren",
    "Barn och unga öst", "--domän", "umea.se",
)  # fmt: skip
OTHERS = re.compile(r"stadsdel|farsta|södermalm|skärholm|socialnämnden|socialförvaltningen|stockholm", re.IGNORECASE)
# What every bank says: the zone that a Swedish clock goes by, and of the law, which speaks of socialnämnden.
EVERYWHERE = re.compile(r"Europe/Stockholm|Anmälan till socialnämnden|socialnämnden, social nämnd")
# As packages, beside Python's own, that the code may import: itself, and what a browser has in the place of the rest.
OWN = frozenset({*sys.stdlib_module_names, "kunskapsbank", "kunskapsbank_mkdocs", "js", "pyodide", "pyodide_js"})
# What MkDocs and Pillow themselves are made of is theirs to name.
THROUGH_OTHERS = {"jinja2": "mkdocs", "markupsafe": "mkdocs", "click": "mkdocs"}


@dataclass(frozen=True)
class Installed:
    """An environment that has the wheel and nothing of this repository, and a folder to work in."""

    folder: Path
    wheel: Path

    @property
    def python(self) -> Path:
        return self.folder / "venv" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")

    @property
    def command(self) -> Path:
        return self.python.with_name("kunskapsbank")

    @property
    def bank(self) -> Path:
        return self.folder / "umea"

    def start(self, *arguments: str, cwd: Path | None = None) -> subprocess.Popen[str]:
        # The folder has been renamed since, and the command's first line names the one that was.
        return subprocess.Popen(
            [self.python, self.command, *arguments],
            cwd=cwd or self.bank,
            env=without_this_repository(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
        )

    def run(self, *arguments: str, cwd: Path | None = None) -> str:
        with self.start(*arguments, cwd=cwd) as process:
            output, _ = process.communicate()
        assert process.returncode == 0, output
        return output


def without_this_repository() -> dict[str, str]:
    return {name: value for name, value in surroundings().items() if name not in {"PYTHONPATH", "VIRTUAL_ENV"}}


def install(folder: Path) -> None:
    """Build the wheel, and install it beside the dependencies that are here already: no network is asked."""
    wheel = Path(next(WheelBuilder(str(ROOT)).build(directory=str(folder), versions=["standard"])))
    venv.create(folder / "venv", with_pip=False)
    made = Installed(folder, wheel)
    asked = [made.python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]
    site_packages = Path(subprocess.run(asked, capture_output=True, text=True).stdout.strip())
    # The packages of this environment, but not its own .pth files, which lead to this repository.
    (site_packages / "here.pth").write_text(sysconfig.get_path("purelib"), "utf-8")
    pip = [sys.executable, "-m", "pip", "--python", str(made.python), "install", "--quiet", "--no-deps", "--no-index"]
    done = subprocess.run([*pip, "--force-reinstall", str(wheel)], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    begin = [made.command, "init", "umea", *UMEA]
    begun = subprocess.run(begin, capture_output=True, text=True, cwd=folder, env=without_this_repository())
    assert "Skapade banken" in begun.stdout, begun.stderr


@pytest.fixture(scope="module")
def installed(once: Once) -> Installed:
    folder = once("wheel", install)
    return Installed(folder, next(folder.glob("*.whl")))


def test_the_program_is_the_wheel_s_own(installed: Installed) -> None:
    asked = "import kunskapsbank, kunskapsbank_mkdocs; print(kunskapsbank.__file__, kunskapsbank_mkdocs.__file__)"
    found = subprocess.run(
        [installed.python, "-c", asked],
        capture_output=True,
        text=True,
        cwd=installed.folder,
        env=without_this_repository(),
    )
    assert all(path.startswith(str(installed.folder)) for path in found.stdout.split()), found.stdout + found.stderr


def test_the_wheel_asks_for_all_that_its_code_imports(installed: Installed) -> None:
    with ZipFile(installed.wheel) as wheel:
        [metadata] = [name for name in wheel.namelist() if name.endswith(".dist-info/METADATA")]
        headers = HeaderParser().parsestr(wheel.read(metadata).decode())
        sources = {name: wheel.read(name) for name in wheel.namelist() if name.endswith(".py")}
    asked = {canonicalize_name(Requirement(one).name) for one in headers.get_all("Requires-Dist", [])}
    distributions = packages_distributions()
    for file, source in sources.items():
        for module in {name.partition(".")[0] for name in imported(source)} - OWN:
            provided = {canonicalize_name(name) for name in distributions[THROUGH_OTHERS.get(module, module)]}
            assert provided & asked, f"{file} imports {module}"


def imported(source: bytes) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


@pytest.fixture(scope="module")
def report(installed: Installed, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the bank in which a report was taken in, and its examples were left."""
    bank = Path(shutil.copytree(installed.bank, tmp_path_factory.mktemp("bank") / "umea"))
    word = docx.Document()
    word.add_heading("Ljusare kvällar", 0)
    for heading, text in (
        ("Bakgrund", "Unga var ute sent och mådde dåligt."),
        ("Resultat", "Fler unga kom till fritidsgården, och personalen kände dem bättre."),
    ):
        word.add_heading(heading, 1)
        word.add_paragraph(text)
    word.save(str(bank.parent / "rapport.docx"))
    new = ("--nytt-projekt", "Ljusare kvällar", "--ägare", "Barn och unga öst", "--år", "2025")
    told = installed.run("import", str(bank.parent / "rapport.docx"), "--typ", "slutrapport", *new, cwd=bank)
    assert "content/projekt/ljusare-kvallar/2025-slutrapport.md" in told.replace("\\", "/")
    assert (bank / "content/projekt/ljusare-kvallar/index.md").is_file()
    return bank


def test_what_was_begun_is_told_until_it_is_filled_in(installed: Installed, report: Path) -> None:
    with installed.start("check", cwd=report) as process:
        output, _ = process.communicate()
    assert process.returncode == 1
    assert "projekt/ljusare-kvallar/index.md" in output
    assert not OTHERS.search(output)


def test_a_new_bank_is_checked_asked_and_added_to(installed: Installed, tmp_path: Path) -> None:
    bank = Path(shutil.copytree(installed.bank, tmp_path / "umea"))
    # Whom to ask is left to fill in: it is nothing that a program can know.
    told = installed.run("check", cwd=bank)
    assert told.startswith("banken.yml:1: anmärkning: kontakt saknas")
    assert told.endswith("Inga fel och 1 anmärkning i 7 dokument och projekt.\n")
    assert "Exempelprojektet" in installed.run("search", "stödgrupper", "--exempel", cwd=bank)
    begun = installed.run("new", "slutrapport", "--projekt", "exempelprojektet", "--år", "2024", cwd=bank)
    assert "2024-slutrapport.md" in begun
    assert not OTHERS.search(begun)


@pytest.mark.parametrize("tool", TOOLS)
def test_a_bank_of_another_city_names_no_other(tool: str, installed: Installed, tmp_path: Path) -> None:
    bank = Path(shutil.copytree(installed.bank, tmp_path / "umea"))
    if tool == TOOLS[1]:
        # One of the two with nothing in it, as on the first day of who wants no examples.
        for folder in ("projekt", "resor", "forskning"):
            shutil.rmtree(bank / "content" / folder)
    installed.run("build", "--verktyg", tool, cwd=bank)
    site = bank / "site"
    assert "Individ- och familjeomsorgen, Umeå kommun" in (site / "index.html").read_text("utf-8")
    assert (site / "verksamheter/index.html").is_file()
    told = {}
    for path in site.rglob("*"):
        text = readable(path) if path.is_file() else ""
        if found := OTHERS.search(EVERYWHERE.sub("", text)):
            told[path.relative_to(site).as_posix()] = text[max(0, found.start() - 60) : found.end() + 30]
    assert told == {}


def readable(path: Path) -> str:
    """Return the text of a file of a site that is one, also packed; "" of words of the language and of programs."""
    name = path.as_posix()
    # Words of Swedish, whatever they name, and the library itself with the runtime that it runs in.
    if re.search(r"/sok/index/[kpw]/|/assets/kunskapsbank/(?:pyodide|python)|\.(?:br|zip|wasm)$", name):
        return ""
    data = path.read_bytes()
    data = gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data
    return "" if b"\0" in data[:1000] else data.decode("utf-8", "replace")


def test_the_bank_is_served(installed: Installed) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with installed.start("serve", "--port", str(port)) as process:
        try:
            assert "Umeå kommun" in fetched(f"http://127.0.0.1:{port}/", process)
        finally:
            process.terminate()
        process.communicate()
    # What serves ends with the command: the port is free.
    with socket.socket() as again:
        assert again.connect_ex(("127.0.0.1", port)) != 0


def fetched(address: str, process: subprocess.Popen[str]) -> str:
    while process.poll() is None:
        try:
            with urlopen(address) as answer:
                return str(answer.read().decode("utf-8"))
        except URLError:
            time.sleep(0.2)
    raise AssertionError(process.communicate()[0])
