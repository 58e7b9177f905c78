"""Unchanged pages are left out of a build in a way that no version of MkDocs promises: here is what it leans on."""

import importlib
import inspect
import os
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from jinja2 import Environment
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from kunskapsbank.bank import Bank
from kunskapsbank.pages import generate
from kunskapsbank.pages.models import FeedLink, Link, Row, SitePage
from kunskapsbank.problems import Severity
from kunskapsbank.settings import OwnerWords
from kunskapsbank_mkdocs import surroundings
from kunskapsbank_mkdocs.keys import Keys
from kunskapsbank_mkdocs.unchanged import Sparing

TOOLS = ("mkdocs", "properdocs")


@pytest.mark.parametrize("tool", TOOLS)
def test_the_tool_asks_for_its_pages_as_we_think(tool: str) -> None:
    module = importlib.import_module(f"{tool}.commands.build")
    whole = inspect.getsource(module.build)
    read, written = whole.split("config.plugins.on_env(")
    # Once to read them all, before the event, and once to write them, after it; everything else asks for all of them.
    assert read.count("documentation_pages(") == written.count("documentation_pages(") == 1
    assert whole.count("files.documentation_pages(inclusion=inclusion)") == 2
    parameters = inspect.signature(module._populate_page).parameters
    assert [*parameters][:3] == ["page", "config", "files"]
    # The page is asked for its template before its context is made, and has been described by then.
    one = inspect.getsource(module._build_page)
    assert one.index("page.meta.get('template'") < one.index("on_page_context(") < one.index("on_post_page(")


@pytest.fixture
def config(tmp_path: Path) -> MkDocsConfig:
    (tmp_path / "content").mkdir()
    path = tmp_path / "mkdocs.yml"
    path.write_text("site_name: Prov\ndocs_dir: content\ntheme: material\nplugins: []\n", "utf-8")
    found: MkDocsConfig = load_config(str(path))
    found.plugins._current_plugin = None
    return found


def shown(file: str, view: object) -> SitePage:
    return SitePage(file, "Titel", "", "list.html", view, date(2026, 11, 27))


def sparing(config: MkDocsConfig, pages: dict[str, SitePage]) -> Sparing:
    files = Sparing([File.generated(config, file, content="") for file in pages], pages, {})
    for file in files:
        Page(None, file, config)
    return files


def test_a_page_is_taken_over_only_if_it_shows_the_same_and_all_around_it_is_the_same(config: MkDocsConfig) -> None:
    pages = {name: shown(name, (Link(name, "a/"), 1)) for name in ("a.md", "b.md")}
    first = sparing(config, pages)
    assert first.spare("runt om", {}, lambda *_: True) == 2
    for file in first.documentation_pages():
        assert file.page
        first.note(file.page, f"sidan {file.src_uri}")
    assert len(first.written) == 2

    def taken(around: str | None, again: dict[str, SitePage]) -> list[str]:
        found: list[str] = []
        sparing(config, again).spare(around, first.written, lambda name, _: bool(found.append(name)) or True)
        return found

    assert taken("runt om", pages) == ["a/index.html", "b/index.html"]
    assert taken("runt om", {**pages, "a.md": shown("a.md", (Link("a.md", "a/"), 2))}) == ["b/index.html"]
    assert taken("runt annat", pages) == []
    assert taken(None, pages) == []


def test_equal_views_have_one_key_however_they_came_about() -> None:
    name = "samma ord"
    shared = (Link(name), Link(name))
    apart = (Link("".join(["samma", " ord"])), Link("".join(["samma ", "ord"])))
    assert Keys().of_page("x", shown("a.md", shared), None) == Keys().of_page("x", shown("a.md", apart), None) != ""
    # What is no data may be anything.
    assert Keys().of_page("x", shown("a.md", lambda: 1), None) == ""


def test_values_that_are_not_the_same_have_other_keys() -> None:
    row = Row("Rapport", "a/", "Slutrapport", "2018", "Södermalm", "", False)
    values = (
        *(1, True, 1.0, "1", b"1", None, (), [], {}, frozenset(), ("1",), ["1"], {"1": 1}, frozenset({"1"})),
        *(date(2026, 11, 27), Link("1"), Link("1", note="1"), (Link("1"),), FeedLink("1", "", "")),
        *(row, (row, row), replace(row, example=True), Severity.ERROR, Severity.REMARK, "ERROR"),
    )
    keys = Keys()
    found = [keys.of(value) for value in (*values, *values)]
    assert found[: len(values)] == found[len(values) :]
    assert len({*found}) == len(values)
    assert keys.of({"b", "a", "å"}) == Keys().of({"å", "a", "b"})


def test_every_page_of_a_bank_has_a_key(sample: Bank) -> None:
    keys = Keys()
    assert [page.file for page in generate(sample) if not keys.of_page("x", page, None)] == []


def test_a_page_that_is_warned_of_is_made_again(config: MkDocsConfig) -> None:
    pages = {"a.md": shown("a.md", 1)}
    files = sparing(config, pages)
    files.spare("runt om", {}, lambda *_: False)
    [file] = files.documentation_pages()
    assert file.page
    file._content = "[Bort](finns-inte.md)"
    files.read(file.page, config)
    files.note(file.page, "sidan")
    assert files.written == {}
    assert file.page.content is None


def test_what_is_around_the_pages_is_told_by_their_settings_templates_and_code(
    config: MkDocsConfig, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    nav, env = Navigation([], []), Environment()
    own = tmp_path / "egna"
    own.mkdir()
    (own / "list.html").write_text("mall", "utf-8")
    config.theme.dirs.insert(0, str(own))

    def told() -> str | None:
        return surroundings.digest(config, nav, env)

    seen = [told()]
    assert told() == seen[0]
    config.extra["ord"] = 1
    seen.append(told())
    (own / "list.html").write_text("annan mall", "utf-8")
    seen.append(told())
    env.globals["serving"] = True
    seen.append(told())
    for words in (OwnerWords("ägare"), OwnerWords("enhet")):
        env.globals["settings"] = words
        seen.append(told())
    nav = Navigation([Page("Start", File.generated(config, "index.md", content=""), config)], [])
    seen.append(told())
    monkeypatch.setattr(surroundings, "_version", lambda name: f"{name} 99")
    seen.append(told())
    assert len({*seen}) == len(seen)
    assert None not in seen
    env.globals["anything"] = object()
    assert told() is None
    del env.globals["anything"]
    (own / "list.html").write_text("{{ build_date_utc }}", "utf-8")
    assert told() is None


def test_a_value_is_told_alike_in_every_process() -> None:
    code = (
        "from kunskapsbank.settings import Settings; from kunskapsbank_mkdocs.surroundings import _told; "
        "print(_told([Settings(), {'a': frozenset({'ett', 'två', 'tre', 'fyra'})}]))"
    )
    told = {
        subprocess.run(
            [sys.executable, "-c", code], env=surroundings_of(seed), capture_output=True, text=True, check=True
        ).stdout
        for seed in range(4)
    }
    assert len(told) == 1


def surroundings_of(seed: int) -> dict[str, str]:
    """Return the environment of a process in which sets have an order of their own."""
    return os.environ | {"PYTHONHASHSEED": str(seed), "PYTHONUTF8": "1"}


def test_with_what_is_not_known_every_page_is_made(config: MkDocsConfig) -> None:
    assert surroundings.are_known(config)
    config.theme.name = "mkdocs"
    assert not surroundings.are_known(config)


def test_only_what_is_worked_through_is_left_out(config: MkDocsConfig) -> None:
    pages = {name: shown(name, name) for name in ("a.md", "b.md")}
    files = sparing(config, pages)
    draft = File.generated(config, "utkast.md", content="")
    files.append(draft)
    every = [file.src_uri for file in Files.documentation_pages(files)]
    assert [file.src_uri for file in files.documentation_pages(inclusion=lambda _: True)] == ["utkast.md"]
    known = {Keys().of_page("x", pages["a.md"], None): "siffror"}
    assert files.spare("x", known, lambda *_: True) == 1
    left = files.documentation_pages(inclusion=lambda _: True)
    assert [file.src_uri for file in left] == ["b.md", "utkast.md"]
    assert [file.src_uri for file in files.documentation_pages()] == every
