"""The Python of the page *Skapa rapport*: the files as they were made, and the library that it is handed."""

import ast
import hashlib
import io
import json
import re
import subprocess
import sys
import zipfile
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path

import brotli
import pytest
from support import ROOT

from kunskapsbank_mkdocs import runtime

RECORD = json.loads((runtime.PYODIDE / "runtime.json").read_text("utf-8"))
# Put in place by start.py, or found to be missing and done without.
DONE_WITHOUT = {"soupsieve", "typing_extensions"} | set(
    "PIL Crypto _typeshed arabic_reshaper bidi brotli cchardet chardet charset_normalizer cryptography fontTools "
    "html5lib linkify_it lxml".split()
)
# For what no browser does: the exchange of a built site, and files put into the content folder.
NEVER_ASKED_FOR = {"kunskapsbank/files/exchange.py", "kunskapsbank/intake/placing.py"}


def unpacked(name: str) -> bytes:
    return brotli.decompress((runtime.PYODIDE / f"{name}.br").read_bytes())


def modules(archive: zipfile.ZipFile, ending: str) -> set[str]:
    names = (name for name in archive.namelist() if name.endswith(ending))
    return {name.removesuffix(ending).removesuffix("/__init__").replace("/", ".") for name in names}


@pytest.mark.parametrize("name", RECORD["files"])
def test_the_files_are_those_that_were_made(name: str) -> None:
    data = unpacked(name)
    assert {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()} == RECORD["files"][name]


def test_the_version_is_the_one_that_is_asked_for() -> None:
    asked = re.search(r'^VERSION = "(.+)"$', (ROOT / "scripts/vendor").read_text("utf-8"), re.MULTILINE)
    assert asked
    assert asked[1] == RECORD["version"]


def test_every_file_comes_with_its_licence() -> None:
    assert "Mozilla Public License Version 2.0" in (runtime.PYODIDE / "LICENCE-MPL-2.0.txt").read_text("utf-8")
    assert "PYTHON SOFTWARE FOUNDATION LICENSE" in (runtime.PYODIDE / "LICENCE-PSF.txt").read_text("utf-8")
    names = set()
    for archive in (runtime.library(), runtime.pdf()):
        with zipfile.ZipFile(io.BytesIO(archive)) as opened:
            names |= {name.split("-")[0] for name in opened.namelist() if ".dist-info/" in name}
    assert names == {"beautifulsoup4", "markdown_it_py", "mdit_py_plugins", "mdurl", "pypdf", "pyyaml"}


@pytest.mark.parametrize(
    ("distribution", "file"),
    [("markdown-it-py", "markdown_it/main.py"), ("pyyaml", "yaml/__init__.py"), ("beautifulsoup4", "bs4/__init__.py")],
)
def test_the_library_is_what_is_installed_here(distribution: str, file: str) -> None:
    installed = Path(str(metadata.distribution(distribution).locate_file(file))).read_bytes()
    with zipfile.ZipFile(io.BytesIO(runtime.library())) as archive:
        assert archive.read(file) == installed
        assert archive.read("kunskapsbank/problems.py") == (ROOT / "kunskapsbank/problems.py").read_bytes()


def test_all_that_is_imported_is_there() -> None:
    with zipfile.ZipFile(io.BytesIO(unpacked("python_stdlib.zip"))) as standard:
        there = modules(standard, ".pyc")
    found: dict[str, str] = {}
    for data in (runtime.library(), runtime.pdf()):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            there |= modules(archive, ".py")
            for name in {*archive.namelist()} - NEVER_ASKED_FOR:
                if name.endswith(".py"):
                    found |= dict.fromkeys(imported(ast.parse(archive.read(name))), name)
    assert {module: name for module, name in found.items() if module not in there and not is_done_without(module)} == {}


def is_done_without(module: str) -> bool:
    """Whether a module is none of the files: it is looked for in vain, or is a part of Python itself, here as there."""
    if (top := module.split(".")[0]) in DONE_WITHOUT or module in {"collections.abc", "os.path", "yaml._yaml"}:
        return True
    return top in sys.stdlib_module_names and not str(getattr(find_spec(module), "origin", "")).endswith(".py")


def imported(tree: ast.Module) -> set[str]:
    names = set()
    for block in ast.walk(tree):
        if isinstance(block, ast.If) and "TYPE_CHECKING" in ast.unparse(block.test):
            # Only type checkers go there.
            block.body = [ast.Pass()]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module)
    return names


def made(path: str, data: bytes) -> dict[str, bytes]:
    return {one.path: one.make() for one in runtime.of_data(path, data)}


def test_the_same_content_gives_the_same_bytes() -> None:
    assert runtime.library() == runtime.library()
    assert made("a.json", b"a" * 50_000) == made("a.json", b"a" * 50_000)


def test_large_files_lie_there_in_brotli_too() -> None:
    data = b"kunskap " * 10_000
    files = made("a/b.json", data)
    assert [*files] == ["a/b.json", "a/b.json.br"]
    assert brotli.decompress(files["a/b.json.br"]) == data
    assert made("a.json", b"[]") == {"a.json": b"[]"}


def test_the_files_of_pyodide_lie_there_as_they_are_kept() -> None:
    found = {Path(one.path).name: one.make() for one in runtime.runtime().files}
    for name in RECORD["files"]:
        assert found[name] == unpacked(name)
        if len(found[name]) > 20_000:
            assert found[f"{name}.br"] == (runtime.PYODIDE / f"{name}.br").read_bytes()


def test_what_a_file_is_made_of_is_told_without_making_it() -> None:
    keys = [one.key for one in runtime.runtime().files]
    assert len({*keys}) == len(keys)
    assert [one.key for one in runtime.runtime().files] == keys
    small, large = b"[1]", b"[1]" * 20_000
    assert {one.key for one in runtime.of_data("a.json", large)}.isdisjoint(
        one.key for data in (small, large + b" ") for one in runtime.of_data("a.json", data)
    )


def archive(files: dict[str, str]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as made:
        for name, text in files.items():
            made.writestr(name, text)
    return target.getvalue()


def run(code: str, *arguments: bytes, folder: Path) -> str:
    """Run code in a Python of its own, with start.py imported and what was given to it in `given`."""
    for number, data in enumerate(arguments):
        (folder / f"{number}.bin").write_bytes(data)
    before = (
        f"import sys; sys.path.insert(0, {str(runtime.HERE / 'browser')!r}); import start; from pathlib import Path\n"
        f"given = [Path({str(folder)!r}, f'{{number}}.bin').read_bytes() for number in range({len(arguments)})]\n"
    )
    done = subprocess.run([sys.executable, "-c", before + code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


MODULES = {
    "one.py": "import pack.inner\nfound = pack.inner.found",
    "pack/__init__.py": "",
    "pack/inner.py": "found = 1 + 1",
}
USE = "library = start.use(*given)\nimport one\nprint(one.found, library.compiled().hex())"


def test_modules_are_imported_from_an_archive_and_what_was_compiled_is_kept(tmp_path: Path) -> None:
    found, kept = run(USE, archive(MODULES), folder=tmp_path).split()
    assert found == "2"
    # The second time there is nothing new to keep; and what is kept is used, not the text.
    again = archive(dict.fromkeys(MODULES, "raise SystemError"))
    assert run(USE, again, bytes.fromhex(kept), folder=tmp_path).split() == ["2"]


def test_what_is_kept_and_damaged_is_done_without(tmp_path: Path) -> None:
    assert run(USE, archive(MODULES), b"no code", folder=tmp_path).split()[0] == "2"


def test_a_fault_is_told_with_its_line(tmp_path: Path) -> None:
    fails = "try:\n    import wrong\nexcept ValueError:\n    print(traceback.format_exc())"
    code = f"import traceback\nstart.use(*given)\n{fails}"
    told = run(code, archive({"wrong.py": 'raise ValueError("fel")  # here'}), folder=tmp_path)
    assert 'raise ValueError("fel")  # here' in told
