"""The conversion cases under the Python of the browser: the same code in another interpreter gives the same."""

import json
import subprocess
from pathlib import Path
from typing import Any

import brotli
import pytest
from conversion_cases import results
from support import ROOT, node

from kunskapsbank_mkdocs import runtime

TESTS = ROOT / "tests"
DOCUMENTS = [path for path in sorted((TESTS / "cases/documents").iterdir()) if path.suffix != ".md"]
CASES = (TESTS / "cases/markdown.json").read_text("utf-8")


@pytest.fixture(scope="module")
def in_the_browser(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the Python of the browser gives for every case."""
    folder = tmp_path_factory.mktemp("pyodide")
    for packed in runtime.PYODIDE.glob("*.br"):
        (folder / packed.stem).write_bytes(brotli.decompress(packed.read_bytes()))
    (folder / "runtime.json").write_bytes((runtime.PYODIDE / "runtime.json").read_bytes())
    (folder / "library.zip").write_bytes(runtime.library())
    (folder / "pdf.zip").write_bytes(runtime.pdf())
    # So that Node.js takes what ends in .js for modules, as browsers do that are told so.
    Path(folder, "package.json").write_text('{"type": "module"}', "utf-8")
    run = [node(), str(TESTS / "js/pyodide.mjs"), str(folder), str(TESTS)]
    done = subprocess.run(run, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.mark.browser
def test_the_cases_give_the_same_in_the_python_of_the_browser(in_the_browser: dict[str, Any]) -> None:
    expected = json.loads(results(CASES, {path.name: path.read_bytes() for path in DOCUMENTS}))
    assert len(expected) > len(DOCUMENTS) > 5
    assert in_the_browser == expected
