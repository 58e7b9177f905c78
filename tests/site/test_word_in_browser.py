"""Word files in the browser: the same text as the library makes of them, under the site's Content-Security-Policy."""

import base64
import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from support import ROOT

from kunskapsbank.intake import markdown, word

pytestmark = pytest.mark.browser
THEME = ROOT / "plugins/kunskapsbank_mkdocs/theme/assets/kunskapsbank/js"
DOCUMENTS = sorted((ROOT / "tests/cases/documents").glob("*.docx"))
CASES = json.loads((ROOT / "tests/cases/create/markdown.json").read_text("utf-8"))
POLICY = (
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'self'; script-src 'self'\">"
    '<meta charset="utf-8"><script type="module" src="ask.js"></script><p>Prov</p>'
)
ASK = """
import { read } from "./js/create/word.js";
import { write } from "./js/create/markdown.js";
globalThis.ask = { read, write };
"""
READ = """async ([encoded, told]) => {
  const bytes = Uint8Array.from(atob(encoded), (character) => character.charCodeAt(0));
  try {
    const { html, pictures, remarks } = await globalThis.ask.read(bytes, told);
    const sizes = Object.entries(pictures).map(([key, one]) => [key, one.length]);
    return { html, remarks, pictures: Object.fromEntries(sizes) };
  } catch (error) {
    return { name: error.name, message: error.message };
  }
}"""


@pytest.fixture(scope="module")
def page(browser: Browser, serve: Callable[[Path], str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    folder = tmp_path_factory.mktemp("word")
    shutil.copytree(THEME, folder / "js")
    (folder / "index.html").write_text(POLICY, "utf-8")
    (folder / "ask.js").write_text(ASK, "utf-8")
    page = browser.new_page()
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(f"{serve(folder)}/index.html")
    page.wait_for_function("globalThis.ask")
    yield page
    page.close()
    assert not [fault for fault in faults if "favicon" not in fault and "404" not in fault]


def read(page: Page, data: bytes) -> dict[str, Any]:
    found: dict[str, Any] = page.evaluate(READ, [base64.b64encode(data).decode(), word.BROWSER])
    return found


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_a_word_file_gives_the_same_text_as_in_the_library(page: Page, path: Path) -> None:
    data = path.read_bytes()
    original = word.read(data)
    found = read(page, data)
    assert found["html"] == original.html
    assert found["remarks"] == list(original.remarks)
    assert found["pictures"] == {key: len(picture) for key, picture in original.pictures.items()}
    names = {key: f"{key}.png" for key in original.pictures}
    expected = markdown.write(original.html, names)
    written = page.evaluate("([html, names]) => globalThis.ask.write(html, names)", [found["html"], names])
    assert written == {
        "markdown": expected.markdown,
        "title": expected.title,
        "pictures": list(expected.pictures),
        "remarks": list(expected.remarks),
    }


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_html_gives_the_same_markdown_as_in_the_library(page: Page, case: dict[str, Any]) -> None:
    written = page.evaluate(
        "([html, names]) => globalThis.ask.write(html, names)", [case["html"], case.get("names", {})]
    )
    assert written == {key: case.get(key, empty) for key, empty in EMPTY.items()}


EMPTY: dict[str, object] = {"markdown": "", "title": "", "pictures": [], "remarks": []}


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "filen är tom"),
        (b"{\\rtf1 text}", "RTF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "WordDocument".encode("utf-16-le"), "äldre Word-dokument"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 601 + "EncryptedPackage".encode("utf-16-le"), "lösenord"),
        (b"PK\x03\x04 avbruten", "skadad"),
        (b"%PDF-1.7", "läser bara Word-filer"),
        (b"\x89PNG\r\n", "filen är en bild"),
        (b"Bara text.", "inget dokument som banken kan läsa"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_word_file_is_refused_in_a_sentence(page: Page, data: bytes, said: str) -> None:
    found = read(page, data)
    assert found["name"] == "UnreadableError"
    assert said in found["message"]


def test_a_word_file_with_a_broken_part_is_refused_as_damaged(page: Page) -> None:
    data = DOCUMENTS[-1].read_bytes()
    assert read(page, data[: len(data) // 2])["message"] == word.BROWSER["damaged"]
