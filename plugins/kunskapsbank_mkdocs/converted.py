"""Spares MkDocs the conversion of texts that the library has converted already, when it read them.

What leans on how MkDocs 1.6 converts a page, and is not promised, stands in this module: `Page.render` sets what is set
here, and asks `_RelativePathTreeprocessor` for each address.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from markdown.extensions.toc import nest_toc_tokens
from mkdocs.structure import pages
from mkdocs.structure.toc import get_toc

from kunskapsbank.markup.rendered import escaped
from kunskapsbank_mkdocs.markdown import EXTENSION

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

    from kunskapsbank.markup.rendered import Rendered

# The extensions of which none but the last has anything to say.
_EXTENSIONS = frozenset({"toc", "tables", "fenced_code", EXTENSION})


class Converted:
    """A page's own `render`, in the place of MkDocs'."""

    def __init__(self, page: Page, markdown: str, found: Rendered) -> None:
        """Take a page, its text as the library read it, and what that is rendered as."""
        self._page, self._markdown, self._found = page, markdown, found

    def __call__(self, config: MkDocsConfig, files: Files) -> None:
        """Convert the page, as MkDocs would, if no other plugin or setting has a say in it."""
        page = self._page
        is_own = config.markdown_extensions[-1:] == [EXTENSION] and _EXTENSIONS.issuperset(config.markdown_extensions)
        if not is_own or config.mdx_configs or (page.markdown or "").strip("\n") != self._markdown.strip("\n"):
            type(page).render(page, config, files)
            return
        links = pages._RelativePathTreeprocessor(page.file, files, config)
        pieces = list(self._found.pieces)
        pieces[1::2] = (escaped(links.path_to_url(address)) for address in pieces[1::2])
        page.content = "".join(pieces)
        page.toc = get_toc(
            nest_toc_tokens([{"level": level, "id": name, "name": text} for level, name, text in self._found.headings])
        )
        page._title_from_render = None
        if pages.log.getEffectiveLevel() > logging.DEBUG:
            page.links_to_anchors = links.links_to_anchors
