"""Whole builds: the real content and a small sample, under MkDocs and ProperDocs, right and wrong."""

import json
import os
import re
from datetime import date
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from support import ROOT, TOOLS, Build, build

from kunskapsbank.bank import open_bank
from kunskapsbank.model.kinds import Kind

pytestmark = pytest.mark.site


class Html(HTMLParser):
    """The addresses, anchors and scripts of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.loaded: list[str] = []
        self.anchors: set[str] = set()
        self.styled: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        self.anchors |= {attributes[name] for name in ("id", "name") if name in attributes}
        if tag == "a" and "href" in attributes:
            self.links.append(attributes["href"])
        if tag == "link" and attributes.get("rel") in {"stylesheet", "icon", "preload", "search"}:
            self.loaded.append(attributes["href"])
        if "src" in attributes:
            self.loaded.append(attributes["src"])
        if "style" in attributes or tag == "style" or any(name.startswith("on") for name in attributes):
            self.styled.append(tag)


@cache
def page(file: Path) -> Html:
    return Html(file.read_text("utf-8"))


def pages(site: Path) -> list[Path]:
    return sorted(site.rglob("*.html"))


def files(site: Path) -> dict[str, bytes]:
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in sorted(site.rglob("*")) if path.is_file()}


def test_real_content_builds_without_a_warning(real: Build) -> None:
    assert real.status == 0, real.output
    assert "WARNING" not in real.output
    assert "ERROR" not in real.output


def test_two_builds_of_the_same_content_give_the_same_bytes(
    real: Build, site: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    generator = re.compile(rb'<meta name="generator"[^>]*>')
    first, second = (
        {name: generator.sub(b"", data) for name, data in files(folder).items()} for folder in (site, real.site)
    )
    assert first.keys() == second.keys()
    assert [name for name in first if first[name] != second[name]] == []


def test_every_link_leads_somewhere(site: Path) -> None:
    broken = []
    for file in pages(site):
        here = f"http://site/{file.relative_to(site).as_posix()}"
        for link in (*page(file).links, *page(file).loaded):
            to = urlsplit(urljoin(here, link))
            if to.netloc not in {"site", "127.0.0.1:8000"} or to.scheme not in {"http", "https"}:
                continue
            target = site / unquote(to.path).lstrip("/")
            target = target / "index.html" if target.is_dir() else target
            if not target.is_file() or (
                to.fragment and target.suffix == ".html" and unquote(to.fragment) not in page(target).anchors
            ):
                broken.append(f"{file.relative_to(site)}: {link}")
    assert broken == []


def test_nothing_is_loaded_from_elsewhere_and_nothing_is_inline(site: Path) -> None:
    for file in pages(site):
        assert [link for link in page(file).loaded if urlsplit(link).netloc not in {"", "127.0.0.1:8000"}] == [], file
        assert page(file).styled == [], file


def test_every_page_has_the_sites_own_scripts_and_no_others(site: Path) -> None:
    for file in pages(site):
        text = file.read_text("utf-8")
        policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', text)
        assert policy, file
        assert "default-src 'self'" in policy[1]
        # The page that runs the library compiles WebAssembly; that lets no script in.
        unsafe = {"'wasm-unsafe-eval'"} if file == site / "skapa/index.html" else set()
        assert {word for word in re.split(r"[ ;]+", policy[1]) if "unsafe" in word} == unsafe, file
        for attributes, code in re.findall(r"<script([^>]*)>(.*?)</script>", text, re.DOTALL):
            if attributes == ' type="application/ld+json"':
                # Data, which nothing runs.
                assert json.loads(code)["@context"] == "https://schema.org", file
                continue
            assert "assets/kunskapsbank/js/" in attributes, file
            assert code == "", file


def test_only_pages_and_assets_are_published(site: Path) -> None:
    assert {path.suffix for path in site.rglob("*") if path.is_file()} <= {
        *{".html", ".xml", ".gz", ".js", ".css", ".svg", ".png", ".json", ".map", ".txt", ".kb"},
        # The tables to take away, and the library for the browser.
        *{".csv", ".jsonl", ".zip", ".wasm", ".br"},
        # References for programs.
        *{".ris", ".bib"},
    }
    for file in pages(site):
        assert "\nsammanfattning:" not in file.read_text("utf-8") or "redaktionshandbok" in str(file)


def test_the_site_has_a_page_for_every_record(site: Path) -> None:
    bank = open_bank(ROOT / "content", date(2026, 11, 22))
    for record in bank.catalogue:
        text = (site / record.url / "index.html").read_text("utf-8")
        assert text.count("<h1") == 1, record.id
        assert ("påhittat exempel" in text) == record.example, record.id
    assert len([record for record in bank.catalogue.real if record.kind is Kind.PROJECT]) == 27


@pytest.mark.parametrize("tool", TOOLS)
def test_the_sample_builds(tool: str, sample: Path, tmp_path: Path) -> None:
    # mkdocs.yml names pages that every bank has, so the sample needs nothing of its own.
    built = build(tool, tmp_path / "site", sample)
    assert built.status == 0, built.output


@pytest.mark.parametrize("tool", TOOLS)
def test_faulty_content_leaves_the_old_site_whole(tool: str, sample: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    (site / "index.html").write_text("den gamla sidan", "utf-8")
    (sample / "om" / "index.md").write_bytes("---\ntitel: Ett: två\n---\n".encode())
    record = next((sample / "projekt").glob("*/index.md"))
    record.write_text(record.read_text("utf-8").replace("titel:", "tittel:") + "\n<script>alert(1)</script>\n", "utf-8")
    built = build(tool, site, sample)
    assert built.status != 0
    assert files(site) == {"index.html": b"den gamla sidan"}
    assert "Traceback" not in built.output
    for expected in (
        "om/index.md:2: ett kolon (:) i värdet gör att raden inte kan läsas",
        "tittel: okänt fält",
        "Menade du titel?",
        "HTML-elementet <script> får inte användas",
        "3 fel i innehållet",
    ):
        assert expected in built.output


def test_the_build_date_can_be_set(sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # 1991: the sample's years are then in the future, out of reason.
    monkeypatch.setitem(os.environ, "SOURCE_DATE_EPOCH", "670000000")
    built = build("mkdocs", tmp_path / "site", sample)
    assert built.status != 0
    assert "ett orimligt årtal" in built.output
