"""A file of the bank as it was read: what a check looks at, one or all of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kunskapsbank.markup.body import Body
    from kunskapsbank.markup.frontmatter import ContentFile
    from kunskapsbank.model.record import Page, Record


@dataclass(frozen=True)
class Document:
    """A file and as much of it as could be read.

    `file` is relative to the content folder. `source` are its fields and `body` its Markdown, None for a vocabulary and
    for what could not be taken apart: of that there is only what can be `seen`. `record` or, for a plain page, `page`
    is what the fields say, None for these and where the fields are at fault. `digest` tells the file's bytes from all
    others, "" where nobody looked.
    """

    file: str
    seen: str = ""
    source: ContentFile | None = None
    body: Body | None = None
    record: Record | None = None
    page: Page | None = None
    digest: str = ""

    @property
    def text(self) -> str:
        """The whole of the file in normal form C."""
        return self.source.text if self.source else self.seen

    @property
    def body_line(self) -> int:
        """The first line of the text after the fields; 1 where there are none to tell it from."""
        return self.source.body_line if self.source else 1
