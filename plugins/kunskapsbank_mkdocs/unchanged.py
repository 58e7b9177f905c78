"""Spares MkDocs the pages that would be written as they stand on the published site.

All that leans on how MkDocs 1.6 goes about a build, and is not promised, stands in this module: it asks
`Files.documentation_pages(inclusion=…)` twice for what to work through, first to read all pages and, after the event
`env`, to write them. Here nothing is read in the first round, and in the second only what is to be written, each page
when its turn comes, so that the text of a page is held no longer than it takes to write it.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.commands import build
from mkdocs.structure.files import Files
from mkdocs.structure.toc import TableOfContents

from kunskapsbank.files.digest import digest_of
from kunskapsbank.markup.rendered import NOTHING
from kunskapsbank_mkdocs.converted import Converted
from kunskapsbank_mkdocs.keys import Keys
from kunskapsbank_mkdocs.warned import Warned

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import File, InclusionLevel
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page

    from kunskapsbank.pages.models import SitePage


class Sparing(Files):
    """The files of a build, of which only the pages that changed are worked through."""

    def __init__(self, files: Iterable[File], pages: Mapping[str, SitePage], anchors: Mapping[str, frozenset[str]]):
        """Take all files, the bank's pages by file, and what a link can lead to in the texts of them."""
        super().__init__(files)
        self._pages = pages
        self._anchors = anchors
        self._spared: frozenset[str] = frozenset()
        self._keys: Mapping[str, str] = {}
        self._is_read = False
        # As MkDocs does, all pages are looked for once, and not for each page that tells its template of them.
        self._all: Sequence[File] = ()
        self._around: str | None = None
        self._key_of = Keys()
        self._known: Mapping[str, str] = {}
        self._take: Callable[[str, str], bool] = lambda name, digest: False
        self._warnings = Warned()
        self._warned: set[str] = set()
        # The keys of other files that could not be taken over.
        self._asked: dict[str, str] = {}
        self.made: set[str] = set()
        """The files of the pages that were written, not taken over."""

        self.written: dict[str, str] = {}
        """The digest of every page of the new site that may be taken over by the next, by the key of what it shows."""

    def documentation_pages(self, *, inclusion: Callable[[InclusionLevel], bool] | None = None) -> Sequence[File]:
        """Return the pages; where MkDocs works through them, those that it has anything to do with."""
        if inclusion is None:
            return self._all or super().documentation_pages()
        found = super().documentation_pages(inclusion=inclusion)
        if self._is_read:
            return [file for file in found if file.src_uri not in self._spared]
        # Drafts, which the bank knows nothing of, go their usual way.
        return [file for file in found if file.page is None or file.src_uri not in self._pages]

    def describe(self, describe: Callable[[Page, SitePage], None]) -> None:
        """Have every page described as if it had been read: others show its title, and lead to its headings."""
        for file in super().documentation_pages():
            if file.page is not None and (ours := self._pages.get(file.src_uri)):
                file.page.markdown = ""
                describe(file.page, ours)
                file.page.present_anchor_ids = set(self._anchors.get(file.src_uri, ()))

    def spare(self, around: str | None, known: Mapping[str, str], take: Callable[[str, str], bool]) -> int:
        """Leave out the pages that `take` can take over from the published site; return how many are to be written.

        `around` is a digest of all that pages are made with, None where nobody can tell, and `known` the `written` of
        the last time. `take` gets the name of a file of the site and the digest that it must have.
        """
        self._is_read = True
        self._around, self._known, self._take = around, known, take
        self._all = super().documentation_pages()
        pages = [file for file in self._all if file.src_uri in self._pages]
        self._keys = {
            file.src_uri: self._key_of.of_page(around, self._pages[file.src_uri], file.page.edit_url)
            if around and file.page
            else ""
            for file in pages
        }
        spared = set()
        for file in pages:
            key = self._keys.get(file.src_uri)
            digest = known.get(key) if key else None
            if key and digest and take(file.dest_uri, digest):
                spared.add(file.src_uri)
                self.written[key] = digest
        self._spared = frozenset(spared)
        return len(pages) - len(spared)

    def take_over(self, name: str, shown: object) -> bool:
        """Let another file of the published site be one of the new if it shows the same; tell whether it is."""
        key = self._asked[name] = self._key_of.of(self._around, name, shown) if self._around else ""
        digest = self._known.get(key) if key else None
        if digest is None or not self._take(name, digest):
            return False
        self.written[self._asked.pop(name)] = digest
        return True

    def note_file(self, name: str, data: bytes) -> None:
        """Take note of another file that was written, because it could not be taken over."""
        if key := self._asked.pop(name, ""):
            self.written[key] = digest_of(data)

    def read(self, page: Page, config: MkDocsConfig) -> None:
        """Read a page that is about to be written, which MkDocs has not done."""
        if page.content is not None:
            return
        self._convert(page)
        self._warnings.begin()
        try:
            build._populate_page(page, config, self)
            config._current_page = page
            page.validate_anchor_links(files=self, log_level=config.validation.links.anchors)
        finally:
            count = self._warnings.end()
            vars(page).pop("render", None)
        page.links_to_anchors = None
        if count:
            # It is made again the next time, so that it is warned of again.
            self._warned.add(page.file.src_uri)

    def _convert(self, page: Page) -> None:
        """Let a page take its HTML from the library, if that has it."""
        text = self._pages[page.file.src_uri].text
        if text is None:
            vars(page)["render"] = Converted(page, "", NOTHING)
        # The texts of others on a page are joined with its own when they are converted.
        elif not text.others and (found := text.body.rendered):
            vars(page)["render"] = Converted(page, text.markdown, found)

    def note(self, page: Page, output: str) -> None:
        """Take note of what is written of a page, and let go of its text."""
        self.made.add(page.file.src_uri)
        key = self._keys.get(page.file.src_uri)
        if key and page.file.src_uri not in self._warned:
            # As MkDocs writes it.
            self.written[key] = digest_of(output.encode("utf-8", errors="xmlcharrefreplace"))
        if page.file.src_uri in self._keys:
            page.markdown, page.content, page.toc = "", None, TableOfContents([])


def write_again(
    files: Sparing, page: SitePage, folder: Path, config: MkDocsConfig, nav: Navigation, env: Environment
) -> Path | None:
    """Write a page of a build that has ended once more, into another folder, and return its file.

    The plugins hand MkDocs what it shows by now. None where it is no page of that build, or something is warned of.
    """
    file = files.get_file_from_path(page.file)
    if file is None or file.page is None:
        return None
    file.page.content = None
    # Where it is written to is kept with the file.
    site, file.dest_dir = file.dest_dir, str(folder)
    vars(file).pop("abs_dest_path", None)
    warned = Warned()
    warned.begin()
    try:
        build._build_page(file.page, config, [], nav, env)
        made = Path(file.abs_dest_path)
    finally:
        file.dest_dir = site
        vars(file).pop("abs_dest_path", None)
        count = warned.end()
    return None if count else made
