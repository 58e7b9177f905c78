"""Adds the bank's pages to MkDocs' and hands each its template and view."""

from __future__ import annotations

import json
import os
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, cast

from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.exceptions import Abort
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import get_navigation
from mkdocs.utils import get_relative_url

from kunskapsbank.exports import metadata, redirects
from kunskapsbank.files.digest import digest_of
from kunskapsbank.kept import Kept
from kunskapsbank.markup import body
from kunskapsbank.model import facets, known
from kunskapsbank.pages import create, data, generate, retold, take, written
from kunskapsbank.pages.records import Views
from kunskapsbank.swedish.phrases import capitalised, date_text, listed
from kunskapsbank.swedish.text import normalise
from kunskapsbank_mkdocs import foreign, surroundings, tables, templates, unchanged
from kunskapsbank_mkdocs.bundle import bundle
from kunskapsbank_mkdocs.catalogue import (
    bank_of,
    cache_of,
    kept_of,
    progress_of,
    publishing_of,
    shown_by,
    stages_of,
    tell_of,
)
from kunskapsbank_mkdocs.explained import explained
from kunskapsbank_mkdocs.kept_texts import Whole
from kunskapsbank_mkdocs.lean import lean, lean_styles
from kunskapsbank_mkdocs.places import shared_of
from kunskapsbank_mkdocs.relative import filter_of_site
from kunskapsbank_mkdocs.runtime import create_files
from kunskapsbank_mkdocs.unchanged import Sparing

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping

    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page
    from mkdocs.utils.templates import TemplateContext

    from kunskapsbank.bank import Bank
    from kunskapsbank.model.facets import Facet
    from kunskapsbank.pages.models import SitePage
    from kunskapsbank_mkdocs.runtime import Made

THEME = Path(__file__).parent / "theme"
# Tells browsers how to search the bank from their address bar.
OPENSEARCH = "sok/opensearch.xml"
SCRIPTS = "assets/kunskapsbank/js/"
# Scripts that are published with all that they import, as one file.
BUNDLED = tuple(
    f"{SCRIPTS}{name}.js"
    for name in (
        *("search-page", "idea-page", "create-page"),
        # These import nothing, and are only made smaller.
        *("call-window", "copy", "folds", "opened-as-file", "scheme"),
    )
)
STYLES = "assets/kunskapsbank/css/"
# What the parts that pages share lead to besides the pages of `nav`.
SHARED = (STYLES, SCRIPTS, "sok/")
# Material's own scripts, styles and pictures: no page asks for them.
UNUSED = ("assets/javascripts/", "assets/stylesheets/", "assets/images/")

# What a `nav` calls the owners' page, wherever the bank's settings place it.
OWNERS = f"{facets.OWNER.id}/index.md"


def _named(nav: object) -> Iterator[str]:
    """Return the Markdown files that a `nav` of mkdocs.yml names, at any depth."""
    if isinstance(nav, str) and nav.endswith(".md"):
        yield nav
    elif isinstance(nav, dict | list):
        for item in nav.values() if isinstance(nav, dict) else nav:
            yield from _named(item)


def _with_owners(nav: object, owner: Facet) -> object:
    """Return a `nav` in which the owners' page stands by its name and address in this bank."""
    if nav == OWNERS:
        return {owner.plural: f"{owner.id}/index.md"}
    if isinstance(nav, dict):
        return (
            _with_owners(OWNERS, owner)
            if [*nav.values()] == [OWNERS]
            else {title: _with_owners(inner, owner) for title, inner in nav.items()}
        )
    return [_with_owners(item, owner) for item in nav] if isinstance(nav, list) else nav


class PagesConfig(Config):
    """The options of the pages plugin in mkdocs.yml."""

    branch = config_options.Type(str, default="main")
    """The branch of `repo_url` that new files are proposed for on the page *Skapa rapport*."""


class PagesPlugin(BasePlugin[PagesConfig]):
    """Makes MkDocs pages of the bank's. What a page shows is decided in the library, how it looks in the templates."""

    pages: dict[str, SitePage]
    serving = False
    is_dirty = False
    _nav: Navigation
    # What of the site that is there may be taken over, what of it was written now, and the part of that which is no
    # page: digests by keys, as in `Sparing.written`. While the bank is served, nobody else knows the folder.
    _known: Mapping[str, str] = MappingProxyType({})
    _written: Mapping[str, str] = MappingProxyType({})
    _made: Mapping[str, str] = MappingProxyType({})
    _files: Files | None = None
    # What the last build was made with, for a page that is made once more.
    _views: Views
    _env: Environment
    # What was read of texts to make this build; see `retold.read_by_views`.
    _read: frozenset[tuple[str, str]] = frozenset()
    # How many pages are to be written, and how many are.
    _waiting, _done = 0, 0

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Remember whether pages are only shown to whoever writes them, and whether MkDocs itself leaves some out."""
        self.serving = command == "serve"
        self.is_dirty = dirty

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Put our templates before the theme's own; raises Abort when the navigation names a page that is not there."""
        self._views = Views(bank_of(config).catalogue, bank_of(config).index)
        self._read = frozenset()
        with self._noting(config):
            self.pages = {page.file: page for page in generate(bank_of(config), self._views, tell_of(config))}
        progress_of(config).end()
        stages_of(config).mark("räkna ut vad sidorna visar")
        _prepare(config)
        # MkDocs would tell only after it has emptied the site folder.
        if missing := [file for file in _named(config.nav) if file not in self.pages]:
            hint = f"Lägg tillbaka filen eller ta bort den ur nav. För ägarnas sida skriver du {OWNERS}."
            raise Abort(f"mkdocs.yml: nav: {listed(missing)} finns inte. {hint}")
        config.theme.static_templates.add(OPENSEARCH)
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add the pages that the bank makes; keep out what it has not checked and what of Material is not used."""
        assets = bank_of(config).catalogue.assets
        for file in list(files):
            if file.src_dir != config.docs_dir:
                # The theme's.
                if file.src_uri.startswith(UNUSED):
                    files.remove(file)
            elif (uri := normalise(file.src_uri)) not in self.pages and uri not in assets:
                files.remove(file)
            elif uri != file.src_uri:
                # A name with decomposed letters, as some file systems give them: published under the composed name.
                files.remove(file)
                files.append(File.generated(config, uri, abs_src_path=file.abs_src_path or ""))
        for page in self.pages.values():
            if not page.written:
                files.append(File.generated(config, page.file, content="", inclusion=InclusionLevel.NOT_IN_NAV))
        made_small = {entry: bundle(entry.removeprefix(SCRIPTS)) for entry in BUNDLED}
        for style in sorted((THEME / STYLES).glob("*.css")):
            made_small[f"{STYLES}{style.name}"] = lean_styles(style.read_text("utf-8"))
        for entry, content in made_small.items():
            if (asset := files.get_file_from_path(entry)) is not None:
                files.remove(asset)
            files.append(File.generated(config, entry, content=content))
        with self._noting(config):
            for path, content in data.files(bank_of(config).catalogue).items():
                files.append(File.generated(config, path, content=content))
            self._write_made(create_files(bank_of(config).catalogue), config)
        if self.is_dirty or not surroundings.are_known(config):
            return files
        bodies = bank_of(config).catalogue.bodies
        return Sparing(files, self.pages, {file: bodies[file].anchors for file in self.pages if file in bodies})

    def _write_made(self, made: Iterable[Made], config: MkDocsConfig) -> None:
        """Write large files at once, so that they are not held, or take them over if they are there already."""
        self._known = self._found(config)
        self._made = {}
        for one in made:
            digest = self._known.get(one.key)
            if digest is None or not publishing_of(config).take_over(one.path, digest):
                data = one.make()
                digest = digest_of(data)
                _write(config, one.path, data)
            self._made[one.key] = digest

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Describe all pages, so that they need not be read for others to tell of them."""
        self._nav = nav
        self._files = files
        self._done = 0
        stages_of(config).mark("ordna filer")
        if isinstance(files, Sparing):
            files.describe(self._describe)
        return nav

    def on_page_read_source(self, *, page: Page, config: MkDocsConfig) -> str:
        """Return the text as the library read it, without its front matter."""
        # The empty first line keeps MkDocs from looking for front matter of its own in the text.
        return f"\n{self.pages[page.file.src_uri].markdown}"

    def on_page_markdown(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Give the page its title, description, template and date."""
        self._describe(page, self.pages[page.file.src_uri])
        return markdown

    def _describe(self, page: Page, ours: SitePage) -> None:
        page.meta = {"title": ours.title, "description": ours.summary, "template": ours.template}
        page.update_date = ours.updated.isoformat()

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Explain words where they stand, say of tables what they are, and publish no comments between editors."""
        words = self.pages[page.file.src_uri].words
        shown = explained(body.without_comments(html), words, lambda url: get_relative_url(url, page.url))
        return tables.named(shown)

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Give the templates the Swedish filters they need, and escape what ours show; Material's do without."""
        ours = frozenset(path.relative_to(THEME).as_posix() for path in (*THEME.rglob("*.html"), THEME / OPENSEARCH))
        env.autoescape = ours.__contains__
        templates.quicken(env)
        self._env = env
        env.globals["opensearch"] = OPENSEARCH
        # Whose bank it is: what is said of it in the head and foot of every page.
        env.globals["settings"] = bank_of(config).catalogue.settings
        # Shown by one template, but a part of every page.
        env.globals["foreign"] = json.dumps(foreign.words(bank_of(config).catalogue.vocabularies), ensure_ascii=False)
        # While serving, MkDocs puts a script into the page that shows what was changed.
        env.globals["serving"] = self.serving
        # Where the page Skapa rapport sends its files.
        env.globals["new_file"] = create.new_file_address(config.repo_url or "", self.config.branch)
        folder = os.path.relpath(config.docs_dir, Path(config.config_file_path).parent)
        env.globals["content_folder"] = Path(folder).as_posix()
        env.globals["shared"] = shared_of(self._nav, SHARED)
        env.filters["url"] = filter_of_site()
        env.filters["versal"] = capitalised
        env.filters["datum"] = date_text
        env.filters["uppräkning"] = listed
        env.filters["metadata"] = metadata.tags
        env.filters["json_ld"] = metadata.json_ld
        if isinstance(files, Sparing):
            around = surroundings.digest(config, self._nav, env)
            self._waiting = files.spare(around, self._known, publishing_of(config).take_over)
            stages_of(config).mark("ta över det som inte har ändrats")
        return env

    def on_page_context(
        self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Hand the template its view model and the way there."""
        ours = self.pages[page.file.src_uri]
        found = {**context, "view": ours.view, "trail": ours.trail, "take": ours.take}
        if isinstance(self._files, Sparing):
            self._files.read(page, config)
            found["pages"] = self._files.documentation_pages()
        return cast("TemplateContext", found)

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Take out the room that templates leave, say which words are foreign, and take note of what is written."""
        output = foreign.marked(lean(output), foreign.words(bank_of(config).catalogue.vocabularies))
        if isinstance(self._files, Sparing):
            self._files.note(page, output)
            self._done += 1
            progress_of(config).step("Skriver sidor", self._done, self._waiting)
        return output

    # Before the catalogue plugin exchanges the sites: what is kept holds whatever comes of that.
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write what pages lead to, and what leads to pages, and keep for the next build what was written."""
        progress_of(config).end()
        stages_of(config).mark("skriva sidor")
        shown_by(config, self)
        bank = bank_of(config)
        address = config.site_url or ""
        with self._noting(config):
            for file in take.files(self._views, address):
                if not (isinstance(self._files, Sparing) and self._files.take_over(file.address, file.shown)):
                    data = file.make().encode("utf-8")
                    _write(config, file.address, data)
                    if isinstance(self._files, Sparing):
                        self._files.note_file(file.address, data)
            for place, text in redirects.files(bank.catalogue, address):
                _write(config, place, text.encode("utf-8"))
        self._written = {**self._made, **(self._files.written if isinstance(self._files, Sparing) else {})}
        if not self.serving:
            kept = _kept(config)
            for key, digest in self._written.items():
                kept.keep(key, digest)
            kept.save()
        self._keep_texts(config)
        # What pages show is much to hold while the search is made, and nobody asks for it any more.
        self.pages.update({file: replace(page, view=None) for file, page in self.pages.items()})

    @contextmanager
    def _noting(self, config: MkDocsConfig) -> Iterator[None]:
        """Take note of the texts that are read meanwhile."""
        catalogue = bank_of(config).catalogue
        if catalogue.asked is not None:
            catalogue.asked.clear()
        yield
        self._read |= retold.read_by_views(catalogue)

    def _keep_texts(self, config: MkDocsConfig) -> None:
        """Keep the pages of texts, for builds before which only texts are changed."""
        if (kept := kept_of(config)) is None:
            return
        in_nav = (replace(self.pages[file], view=None, text=None, take=None, words=()) for file in _named(config.nav))
        around = retold.around(self._views, self.pages, self._read)
        kept.keep(Whole(around, tuple(in_nav)), retold.texts(bank_of(config), self.pages.values(), self._read))

    def retell(self, pages: Iterable[SitePage], whole: Whole, config: MkDocsConfig) -> dict[str, bytes] | None:
        """Return some pages as files of the site, by name, of a bank whose other pages were made before.

        `whole` is what was kept of these. None where MkDocs warns of anything.
        """
        self.pages = {page.file: page for page in (*whole.in_nav, *pages)}
        _prepare(config)
        self._files = files = Sparing(_files_around(pages, whole, config), self.pages, _anchors(pages))
        self._nav = get_navigation(files, config)
        files.describe(self._describe)
        self.on_env(config.theme.get_env(), config=config, files=Files([]))
        found = {}
        with TemporaryDirectory() as folder:
            for page in pages:
                made = unchanged.write_again(files, page, Path(folder), config, self._nav, self._env)
                if made is None:
                    return None
                found[made.relative_to(folder).as_posix()] = made.read_bytes()
        return found

    def show(self, bank: Bank, file: str, config: MkDocsConfig) -> bool:
        """Put the page of a file, as it is in a bank of other texts, into the site that is there; tell whether it is.

        `config` is that of the last build.
        """
        if not isinstance(self._files, Sparing) or file not in self.pages:
            return False
        self.pages[file] = replace(
            written.page(self._views.rewritten(bank.catalogue), file), take=self.pages[file].take
        )
        site = Path(config.site_dir)
        with TemporaryDirectory(prefix=".", dir=site) as folder:
            made = unchanged.write_again(self._files, self.pages[file], Path(folder), config, self._nav, self._env)
            if made is None:
                return False
            made.replace(site / made.relative_to(folder))
        return True

    def others_made(self, files: Container[str]) -> bool:
        """Tell whether the last build wrote any page besides those of some files, as far as anybody can tell."""
        return not isinstance(self._files, Sparing) or any(file not in files for file in self._files.made)

    def _found(self, config: MkDocsConfig) -> Mapping[str, str]:
        """Return what of the site that is there may be taken over."""
        return self._written if self.serving else dict(_kept(config).items())


def _prepare(config: MkDocsConfig) -> None:
    """Put our templates before the theme's own, and the owners into the navigation by their name."""
    config.nav = cast("list[object]", _with_owners(config.nav, bank_of(config).index.named(facets.OWNER)))
    if str(THEME) not in config.theme.dirs:
        config.theme.dirs.insert(0, str(THEME))


def _anchors(pages: Iterable[SitePage]) -> dict[str, frozenset[str]]:
    return {page.file: page.text.body.anchors for page in pages if page.text}


def _files_around(pages: Iterable[SitePage], whole: Whole, config: MkDocsConfig) -> Iterator[File]:
    """Yield the files of some pages, of those in the navigation, and of those that their texts lead to."""
    shown = {page.file: page for page in (*whole.in_nav, *pages)}
    linked = (known.linked(page.file, link.target) for page in pages for body in page.bodies for link in body.links)
    for name in dict.fromkeys((*shown, *whole.around.names.intersection(linked))):
        if name in shown and not shown[name].written:
            yield File.generated(config, name, content="", inclusion=InclusionLevel.NOT_IN_NAV)
        else:
            file = File(name, config.docs_dir, config.site_dir, config.use_directory_urls)
            file.inclusion = InclusionLevel.NOT_IN_NAV
            yield file


def _write(config: MkDocsConfig, name: str, data: bytes) -> None:
    path = Path(config.site_dir, name)
    try:
        path.write_bytes(data)
    except FileNotFoundError:
        # Most lie beside a page, whose folder is there.
        path.parent.mkdir(parents=True)
        path.write_bytes(data)


def _kept(config: MkDocsConfig) -> Kept[str]:
    return Kept(cache_of(config) / "pages.jsonl.gz", "1", str, str)
