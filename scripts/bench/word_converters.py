#!/usr/bin/env python3
"""Convert the tests' Word files with several libraries; print a Markdown table of what each lets through.

Each library is installed into a folder of its own under `.cache/bench/word`, and gives the HTML or Markdown that it is
best at. Markdown is read as the bank reads it. What is asked for is in QUESTIONS; a figure is how many of a row's
questions were answered with yes. `kunskapsbank` is our own reader: what is taken in.
"""

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from _venv import enter
from node import CACHE

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = ROOT / "tests/cases/documents"
FOLDER = CACHE / "word"
TIMED = "slutrapport.docx"
# Name → what pip installs, and an expression that gives a file's text.
PEERS = {
    "kunskapsbank": ((), "word.read(open(path, 'rb').read()).html", "from kunskapsbank.intake import word"),
    "mammoth": (("mammoth",), "mammoth.convert_to_html(path).value", "import mammoth"),
    "pandoc": (
        ("pypandoc_binary",),
        "pypandoc.convert_file(path, 'html', extra_args=['--standalone', '--wrap=none'])",
        "import pypandoc",
    ),
    "markitdown": (
        ("markitdown[docx]",),
        "md.convert(path).text_content",
        "from markitdown import MarkItDown; md = MarkItDown()",
    ),
    "docx2python": (
        ("docx2python",),
        "docx2python(path, html=True).text",
        "from docx2python import docx2python",
    ),
}
IN_MARKDOWN = {"markitdown"}
RUN = """
import json, sys, time, warnings
warnings.simplefilter("ignore")
{prepare}
texts = {{}}
for path in sys.argv[2:]:
    texts[path] = {expression}
path = sys.argv[1]
start = time.process_time(), time.perf_counter()
for _ in range(10):
    {expression}
print(json.dumps([texts, (time.perf_counter() - start[1]) / 10]))
"""

FINAL, MESSY, WORD, TEMPLATE = "slutrapport.docx", "rorigt.docx", "word.docx", "mall.docx"


def questions() -> dict[str, list[tuple[str, Callable[..., bool]]]]:
    """Return what is asked of each file's HTML, in rows; the answers take a BeautifulSoup."""

    def level(soup, text):
        return next(
            (int(h.name[1]) for h in soup.find_all(["h1", "h2", "h3", "h4"]) if h.get_text().strip() == text), 0
        )

    def element(name, text):
        return lambda soup: any(text in tag.get_text() for tag in soup.find_all(name))

    def is_text(text):
        return lambda soup: text in " ".join(soup.get_text().split())

    def is_not(text):
        return lambda soup: text not in soup.get_text()

    def in_list(kind, text):
        return lambda soup: any(
            item.find_parent(["ul", "ol"]).name == kind and item.get_text().strip().startswith(text)
            for item in soup.find_all("li")
            if item.find_parent(["ul", "ol"])
        )

    def nested(soup):
        return any(item.get_text().strip() == "telefon" and item.find_parent("li") for item in soup.find_all("li"))

    def spans(soup):
        return any(tag.get("colspan") == "2" and "Antal" in tag.get_text() for tag in soup.find_all(["td", "th"]))

    def down(soup):
        return any(tag.get("rowspan") == "2" and "Farsta" in tag.get_text() for tag in soup.find_all(["td", "th"]))

    def is_called(soup):
        note = next((tag for tag in soup.find_all("li") if "Enligt projektplanen" in tag.get_text()), None)
        return bool(note and note.get("id") and soup.find("a", href=f"#{note['id']}"))

    def has_alt(text):
        return lambda soup: any(text == image.get("alt") for image in soup.find_all("img"))

    def leads_on(soup):
        return any(
            soup.find(id=link["href"][1:]) for link in soup.find_all("a", href=True) if link.get_text() == "Resultat"
        )

    return {
        "title and headings": [
            (FINAL, lambda soup: level(soup, "Slutrapport 2025: Trygg nyckel") == 1),
            (FINAL, lambda soup: level(soup, "Utgångspunkter") == level(soup, "Bakgrund") + 1 > 1),
            (FINAL, lambda soup: level(soup, "Hyresvärdarnas roll") == level(soup, "Bakgrund") + 2 > 2),
            (WORD, lambda soup: level(soup, "Projektplan 2026: Öppna dörrar") == 1),
            (WORD, lambda soup: level(soup, "Mål för 2026") == level(soup, "Budget") + 1 > 1),
        ],
        "headings by a template's own styles": [
            (TEMPLATE, lambda soup: bool(level(soup, "Delrapport 2025: Ljusa rum"))),
            (TEMPLATE, lambda soup: bool(level(soup, "Bakgrund"))),
            (TEMPLATE, lambda soup: bool(level(soup, "Så mycket används rummen"))),
        ],
        "lists, nested and numbered": [
            (FINAL, in_list("ul", "en kontaktperson")),
            (FINAL, nested),
            (FINAL, in_list("ol", "Vi bokar")),
            (WORD, in_list("ul", "Fler föräldrar")),
            (WORD, in_list("ol", "Pröva")),
        ],
        "tables, heads and merged cells": [
            (FINAL, element("th", "Bodde kvar")),
            (FINAL, element("td", "35")),
            (FINAL, spans),
            (TEMPLATE, down),
        ],
        "notes, called and linked": [
            (FINAL, is_text("diarienummer 3.1.1-123/2024")),
            (FINAL, is_called),
            (TEMPLATE, is_text("En slutnot.")),
        ],
        "pictures and alternative texts": [
            (FINAL, lambda soup: len(soup.find_all("img")) == 2),
            (FINAL, has_alt("Arbetsgången i tre steg: samtal, besök och plan")),
            (WORD, has_alt("Diagram över arbetsgången")),
        ],
        "links, outside and within": [
            (FINAL, lambda soup: bool(soup.find("a", href="https://example.se/trygg-nyckel"))),
            (FINAL, leads_on),
        ],
        "bold, italic, quotation": [
            (FINAL, element(["strong", "b"], "Trygg nyckel")),
            (FINAL, element(["em", "i"], "vräkningshotade")),
            (TEMPLATE, element(["em", "i"], "Kursivt")),
            (FINAL, element("blockquote", "Det var första gången")),
        ],
        "text boxes and inserted text": [
            (MESSY, is_text("Text i en textruta.")),
            (TEMPLATE, is_text("Text i en ruta.")),
            (WORD, is_text("Vi lagt till det här.")),
        ],
        "nothing that should be left out": [
            (MESSY, is_not("struken text")),
            (MESSY, is_not("En kommentar")),
            (FINAL, is_not("Innehåll")),
            (FINAL, is_not("stadsdelsförvaltning, sida")),
            (TEMPLATE, is_not("1 Bakgrund 2")),
        ],
    }


def main() -> int:
    enter()
    from bs4 import BeautifulSoup

    argparse.ArgumentParser(description=__doc__).parse_args()
    sizes, seconds, soups = {}, {}, {}
    for name, (wanted, expression, prepare) in PEERS.items():
        sizes[name] = installed(name, wanted)
        texts, seconds[name] = converted(name, RUN.format(prepare=prepare, expression=expression))
        soups[name] = {
            file: BeautifulSoup(html_of(text) if name in IN_MARKDOWN else text, "html.parser")
            for file, text in texts.items()
        }
    print(f"| | {' | '.join(PEERS)} |\n|{' --- |'}{' ---: |' * len(PEERS)}")
    totals = dict.fromkeys(PEERS, 0)
    asked = 0
    for row, found in questions().items():
        right = {name: sum(bool(answer(soups[name][file])) for file, answer in found) for name in PEERS}
        asked += len(found)
        totals = {name: totals[name] + right[name] for name in PEERS}
        print(f"| {row} | {' | '.join(f'{right[name]}/{len(found)}' for name in PEERS)} |")
    print(f"| all | {' | '.join(f'{totals[name]}/{asked}' for name in PEERS)} |")
    print(f"| installed, MB | {' | '.join(f'{sizes[name] / 1e6:.1f}' for name in PEERS)} |")
    times = {name: seconds[name] / seconds["mammoth"] for name in PEERS}
    print(f"| time for {TIMED}, mammoth = 1 | {' | '.join(f'{times[name]:.1f}' for name in PEERS)} |")
    return 0


def installed(name: str, wanted: tuple[str, ...]) -> int:
    """Install a library into a folder of its own, once; return its size in bytes, all that it needs included."""
    if not wanted:
        return 0
    folder = FOLDER / name
    if not (folder / ".done").is_file():
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-compile"]
        subprocess.run([*pip, "--upgrade", "--target", str(folder), *wanted], check=True)
        (folder / ".done").touch()
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)


def converted(name: str, program: str) -> tuple[dict[str, str], float]:
    """Run the library by itself; return the text of each file by its name, and the seconds that one took."""
    path = str(ROOT) if not PEERS[name][0] else str(FOLDER / name)
    command = [sys.executable, "-c", program, TIMED, FINAL, MESSY, WORD, TEMPLATE]
    environment = os.environ | {"PYTHONPATH": path, "PYTHONUTF8": "1"}
    ran = subprocess.run(command, env=environment, cwd=DOCUMENTS, capture_output=True, text=True)
    if ran.returncode:
        sys.exit(f"{name}: {ran.stderr[-500:]}")
    texts, seconds = json.loads(ran.stdout.splitlines()[-1])
    return texts, seconds


def html_of(markdown_text: str) -> str:
    from markdown import markdown

    from kunskapsbank_mkdocs.markdown import CommonMarkExtension

    return markdown(markdown_text, extensions=[CommonMarkExtension()])


if __name__ == "__main__":
    sys.exit(main())
