"""Adds the bank's pages to MkDocs', hands each its template and view, and gives every page its security policy."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

from mkdocs.exceptions import Abort
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, InclusionLevel

from kunskapsbank.text import date_text, listed, normalise
from kunskapsbank_mkdocs.catalogue import bank_of
from kunskapsbank_mkdocs.csp import with_policy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page
    from mkdocs.utils.templates import TemplateContext

    from kunskapsbank.pages.models import SitePage

THEME = Path(__file__).parent / "theme"


def _named(nav: object) -> Iterator[str]:
    """Return the Markdown files that a `nav` of mkdocs.yml names, at any depth."""
    if isinstance(nav, str) and nav.endswith(".md"):
        yield nav
    elif isinstance(nav, dict | list):
        for item in nav.values() if isinstance(nav, dict) else nav:
            yield from _named(item)


class PagesPlugin(BasePlugin):  # type: ignore[type-arg]
    """Makes MkDocs pages of the bank's. What a page shows is decided in the library, how it looks in the templates."""

    pages: dict[str, SitePage]

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Put our templates before the theme's own; raises Abort when the navigation names a page that is not there."""
        self.pages = {page.file: page for page in bank_of(config).pages}
        # MkDocs would tell only after it has emptied the site folder.
        if missing := [file for file in _named(config.nav) if file not in self.pages]:
            raise Abort(f"mkdocs.yml: nav: {listed(missing)} finns inte. Lägg tillbaka filen eller ta bort den ur nav.")
        config.theme.dirs.insert(0, str(THEME))
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add the pages that the bank makes, and keep out Markdown that it has not checked."""
        for file in list(files.documentation_pages()):
            if (uri := normalise(file.src_uri)) not in self.pages:
                files.remove(file)
            elif uri != file.src_uri:
                # A name with decomposed letters, as some file systems give them: published under the composed name.
                files.remove(file)
                files.append(File.generated(config, uri, abs_src_path=file.abs_src_path or ""))
        for page in self.pages.values():
            if not page.written:
                files.append(File.generated(config, page.file, content="", inclusion=InclusionLevel.NOT_IN_NAV))
        return files

    def on_page_read_source(self, *, page: Page, config: MkDocsConfig) -> str:
        """Return the text as the library read it, without its front matter."""
        # The empty first line keeps MkDocs from looking for front matter of its own in the text.
        return f"\n{self.pages[page.file.src_uri].markdown}"

    def on_page_markdown(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Give the page its title, description, template and date."""
        ours = self.pages[page.file.src_uri]
        page.meta = {"title": ours.title, "description": ours.summary, "template": ours.template}
        page.update_date = ours.updated.isoformat()
        return markdown

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Give the templates the Swedish filters they need, and escape what ours show; Material's do without."""
        ours = frozenset(path.relative_to(THEME).as_posix() for path in THEME.rglob("*.html"))
        env.autoescape = ours.__contains__
        env.filters["datum"] = date_text
        env.filters["uppräkning"] = listed
        return env

    def on_page_context(
        self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Hand the template its view model and the way there."""
        ours = self.pages[page.file.src_uri]
        return cast("TemplateContext", {**context, "view": ours.view, "trail": ours.trail})

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Add the page's Content-Security-Policy."""
        return with_policy(output)

    def on_post_template(self, output_content: str, *, template_name: str, config: MkDocsConfig) -> str:
        """Add the policy to the theme's own pages, such as 404.html."""
        return with_policy(output_content) if template_name.endswith(".html") else output_content
