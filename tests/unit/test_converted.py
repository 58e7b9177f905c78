"""What the library renders of a text is to the letter what MkDocs makes of it with Python-Markdown."""

import importlib
import inspect

import pytest
from markdown.util import BLOCK_LEVEL_ELEMENTS
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from support import ROOT, SAMPLE

from kunskapsbank.markup import body, rendered
from kunskapsbank_mkdocs.converted import Converted
from kunskapsbank_mkdocs.markdown import EXTENSION

TEXTS = {path.name: path.read_text("utf-8").split("\n---\n", 1)[-1] for path in (*ROOT.glob("docs/*.md"),)} | {
    str(path.relative_to(ROOT)): path.read_text("utf-8").split("\n---\n", 1)[-1]
    for folder in (SAMPLE, ROOT / "content", ROOT / "tests/cases")
    for path in folder.rglob("*.md")
}
WRITTEN = (
    "",
    "En rad\nen till  \nen tredje\\\nen fjärde.\n\n\n\nEtt stycke till.",
    "## Rubrik {: #mal }\n\n### En *rubrik* med `kod` och **fetstil**\n\n## Rubrik\n\n##### Djup\n\n## Åter",
    "## Rubrik med [länk](b.md) och ![bild](c.png)\n\nText",
    "- ett\n- två\n  - inre\n\n    stycke\n  - andra\n- tre\n\n1. ett\n\n2. två\n\n   > citat\n\n7) sju",
    "* ett\n\n  ```python\n  kod <b> & \"så\"\n\n\n  ```\n* två\n\n      indragen kod\n\n---\n\n> > - djupt",
    "| a | b |\n|---|--:|\n| **x** | [y](b.md#z) |\n| | `z` |\n\nText *direkt*efter & så <br/ inte en tagg",
    "!!! note \"Obs\"\n    Text\n\n    - ett\n\nOrd\n:   Förklaring\n\n:   En till\n\n    med stycke\n\nAnnat\n: kort",
    "[a](b.md \"titel & 'så'\") ![alt \"x\" <](c.png){: .klass title=\"b\" } <https://exempel.se/?a=1&b=2> "
    "[d](#mal) [e](/rot/) [f](finns-inte.md) [g](b.md?x=1&y=2#mål) [h](b.md){: class=\"x\" }",
    "Text med &amp; &lt;b&gt; &copy; \\*stjärnor\\* ~~struket~~ **fet *kursiv* fet**\n{: .stycke }\n\n***\nslut",
    "    bara kod\n\ttabb\n\n\n```\nkod\n```\n~~~ text\n~~~\n",
    "- \n- x\n-\n\n  y\n\n\n- > z\n  > \n  > > å",
    "[ref]: b.md 'T'\n\n[Ref][] och [ref] `` ` ``\n\nUnder\n=====\n\nunder\n---\n",
)  # fmt: skip


@pytest.fixture(scope="module")
def config(tmp_path_factory: pytest.TempPathFactory) -> MkDocsConfig:
    folder = tmp_path_factory.mktemp("bank")
    (folder / "docs").mkdir()
    path = folder / "mkdocs.yml"
    path.write_text("site_name: Prov\nplugins: []\ntheme: material\nvalidation:\n  anchors: warn\n", "utf-8")
    found: MkDocsConfig = load_config(str(path))
    found.plugins._current_plugin = None
    found.markdown_extensions.append(EXTENSION)
    return found


def of_mkdocs(text: str, config: MkDocsConfig) -> tuple[Page, Files]:
    files = Files([File.generated(config, name, content="") for name in ("a/x.md", "a/b.md", "a/c.png")])
    page = Page(None, files.src_uris["a/x.md"], config)
    # As MkDocs leaves it after it has looked for front matter.
    page.markdown = text.lstrip("\n")
    return page, files


@pytest.mark.parametrize("text", [*WRITTEN, *TEXTS.values()], ids=[*map(str, range(len(WRITTEN))), *TEXTS])
def test_a_text_is_converted_as_mkdocs_converts_it(
    text: str, config: MkDocsConfig, caplog: pytest.LogCaptureFixture
) -> None:
    parsed, _ = body.parse("a/x.md", text, 1)
    if parsed.rendered is None:
        return
    page, files = of_mkdocs(text, config)
    page.render(config, files)
    told = [record.getMessage() for record in caplog.records]
    caplog.clear()
    other, files = of_mkdocs(text, config)
    Converted(other, text, parsed.rendered)(config, files)
    assert other.content == page.content
    assert str(other.toc) == str(page.toc)
    assert [[item.level for item in page.toc]] == [[item.level for item in other.toc]]
    assert other.links_to_anchors.values().__repr__() == page.links_to_anchors.values().__repr__()
    assert [record.getMessage() for record in caplog.records] == told


def test_no_text_is_a_text_of_nothing() -> None:
    assert body.parse("a/x.md", "", 1)[0].rendered == rendered.NOTHING


def test_most_texts_are_converted_by_the_library() -> None:
    found = [body.parse("a.md", text, 1)[0].rendered for text in (*WRITTEN, *TEXTS.values())]
    assert sum(map(bool, found)) > len(found) / 2


@pytest.mark.parametrize(
    "text",
    ["<b>x</b>", "a[^1]\n\n[^1]: not", "<div>\nx\n</div>", "[TOC]", "## A & B", "# Titel", "<!-- x -->"],
)
def test_what_python_markdown_has_its_own_rules_for_is_left_to_it(text: str) -> None:
    assert body.parse("a.md", text, 1)[0].rendered is None


def test_another_plugin_or_setting_has_its_say(config: MkDocsConfig) -> None:
    parsed, _ = body.parse("a/x.md", "Text", 1)
    assert parsed.rendered
    page, files = of_mkdocs("Ändrad text", config)
    Converted(page, "Text", parsed.rendered)(config, files)
    assert page.content == "<p>Ändrad text</p>"


def test_python_markdown_breaks_lines_around_what_we_think() -> None:
    shown = {*"a abbr br code em img s strong sup".split()}
    assert {*BLOCK_LEVEL_ELEMENTS} >= rendered._BLOCKS
    assert shown.isdisjoint(BLOCK_LEVEL_ELEMENTS)


@pytest.mark.parametrize("tool", ["mkdocs", "properdocs"])
def test_the_tool_converts_a_page_as_we_think(tool: str) -> None:
    page = importlib.import_module(f"{tool}.structure.pages")
    source = inspect.getsource(page.Page.render)
    set_there = {
        line.split("self.")[1].split(" ")[0] for line in source.splitlines() if line.strip().startswith("self.")
    }
    assert set_there == {"content", "toc", "_title_from_render", "present_anchor_ids", "links_to_anchors"}
    assert [*inspect.signature(page._RelativePathTreeprocessor).parameters] == ["file", "files", "config"]
    assert "self.path_to_url(url)" in inspect.getsource(page._RelativePathTreeprocessor.run)
