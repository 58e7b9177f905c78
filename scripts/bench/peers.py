"""Run the peers, other static sites' search, as their makers ship and configure them."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from html import escape
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import node
from engines import Engine
from questions import Document

LANGUAGE = "sv"
_BEFORE = f"""<!doctype html>
<html lang="{LANGUAGE}">
<head><meta charset="utf-8"></head>
<body><main data-pagefind-body>
"""
_AFTER = """
</main></body>
</html>
"""


class Lunr:
    """Material for MkDocs' search: its own plugin writes the index, its own worker answers, both as shipped.

    With `language: sv` and nothing else said, Material takes the separator and the pipeline from its English
    texts, for the Swedish ones have none: words are split at white space and hyphens, stop words are dropped
    from the index, and neither the stemmer nor the trimmer runs. A Swedish site gets that, so we measure it.
    """

    name = "lunr"

    def build(self, documents: Sequence[Document], folder: Path) -> None:
        """Lay out as much of a Material site as its search needs."""
        self._ids = [document.id for document in documents]
        self._folder = folder
        write_material_search(map(article, documents), folder)

    def search(self, queries: Sequence[str]) -> list[list[str]]:
        """Put the queries to the worker, one after another, as the search field does."""
        rankings = node.ask("lunr.mjs", queries, site=str(self._folder))
        return [[self._ids[_number(location)] for location in ranking] for ranking in rankings]


class Pagefind:
    """Pagefind: its program indexes pages marked as Swedish, its browser module answers, off the disk."""

    name = "pagefind"

    def build(self, documents: Sequence[Document], folder: Path) -> None:
        """Write a page for each document and let Pagefind index the site."""
        self._ids = [document.id for document in documents]
        self._folder = folder
        write_pages(map(article, documents), folder)
        done = subprocess.run(pagefind_command(folder), capture_output=True, encoding="utf-8")
        if done.returncode != 0:
            sys.exit(f"Pagefind failed:\n{done.stdout}{done.stderr}")

    def search(self, queries: Sequence[str]) -> list[list[str]]:
        """Ask as a page would, and look up the address of each of the first hits."""
        rankings = node.ask("pagefind.mjs", queries, bundle=str(self._folder / "pagefind"), language=LANGUAGE)
        return [[self._ids[_number(url)] for url in ranking] for ranking in rankings]


class MiniSearch:
    """MiniSearch over Snowball's stems, with its manual's advice for the rest.

    That is: a match in the title counts twice, and stems of more than three letters also match as prefixes
    and, for less, with one letter in five wrong.
    """

    name = "minisearch"
    _prefixes = "every"

    def build(self, documents: Sequence[Document], folder: Path) -> None:
        """Only keep the documents: MiniSearch indexes where it searches."""
        self._documents = [{"id": item.id, "title": item.title, "text": item.text} for item in documents]

    def search(self, queries: Sequence[str]) -> list[list[str]]:
        """Index and ask in one run of Node.js."""
        surroundings = {"documents": self._documents, "packages": str(node.packages()), "prefixes": self._prefixes}
        return node.ask("minisearch.mjs", queries, **surroundings)


class MiniSearchLast(MiniSearch):
    """The same, but only the last stem of a question matches as a prefix, as while it is being typed."""

    name = "minisearch-last"
    _prefixes = "last"


class MiniSearchWhole(MiniSearch):
    """The same without prefixes: of all ways to set MiniSearch up that we tried, the one that ranks best."""

    name = "minisearch-whole"
    _prefixes = "none"


_ALL = (Lunr, Pagefind, MiniSearch, MiniSearchLast, MiniSearchWhole)
PEERS: dict[str, Callable[[], Engine]] = {peer.name: peer for peer in _ALL}


def article(document: Document) -> str:
    """Return the document as HTML, as MkDocs makes it from Markdown."""
    heading = f'<h1 id="title">{escape(document.title)}</h1>\n' if document.title else ""
    paragraphs = (f"<p>{escape(part.strip())}</p>" for part in document.text.split("\n") if part.strip())
    return heading + "\n".join(paragraphs)


def write_pages(articles: Iterable[str], folder: Path) -> None:
    """Write each article as a page of its own: the first is `0.html`."""
    for number, content in enumerate(articles):
        (folder / f"{number}.html").write_text(f"{_BEFORE}{content}{_AFTER}", "utf-8")


def read_article(page: str) -> str:
    """Return the article of a page that `write_pages` wrote."""
    return page.removeprefix(_BEFORE).removesuffix(_AFTER)


def pagefind_command(site: Path) -> list[str]:
    """Return the command that makes `pagefind/` inside a folder of pages."""
    program = node.packages() / "node_modules" / "pagefind" / "lib" / "runner" / "bin.cjs"
    return [node.node(), str(program), "--site", str(site)]


def write_material_search(articles: Iterable[str], site: Path) -> None:
    """Write the files that Material's search fetches: the index, the worker and lunr's languages.

    All of it comes out of the installed Material: the plugin with the settings that a site in Swedish gives
    it, and the scripts. The article with number n has the address `n/`.
    """
    import material  # type: ignore[import-untyped]
    from mkdocs.config import load_config  # noqa: TID251 (a peer, not our library)

    settings = {
        "site_name": "bench",
        "theme": {"name": "material", "language": LANGUAGE},
        "plugins": ["search"],
    }
    (site / "docs").mkdir()
    (site / "mkdocs.yml").write_text(json.dumps(settings), "utf-8")
    config = load_config(str(site / "mkdocs.yml"))
    plugin: Any = config.plugins["material/search"]
    plugin.on_config(config)
    for number, content in enumerate(articles):
        page = SimpleNamespace(content=content, meta={}, title="", toc=[], url=f"{number}/")
        plugin.search_index.add_entry_from_context(page)
    (site / "search").mkdir()
    index = plugin.search_index.generate_search_index(None)
    (site / "search" / "search_index.json").write_text(index, "utf-8")

    scripts = Path("assets", "javascripts")
    for name in "lunr", "workers":
        shutil.copytree(Path(material.__file__).parent / "templates" / scripts / name, site / scripts / name)


def material_worker(site: Path) -> Path:
    """Return the worker of a site written by `write_material_search`; its name carries a hash."""
    (worker,) = (site / "assets" / "javascripts" / "workers").glob("search.*.min.js")
    return worker


def _number(address: str) -> int:
    """Return the number in `12/`, `12/#part` or `/12.html`."""
    return int(address.partition("#")[0].strip("/").removesuffix(".html"))
