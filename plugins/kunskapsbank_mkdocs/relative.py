"""Addresses of the site → addresses to go to from a page, as MkDocs' filter `url` gives them, each worked out once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jinja2 import pass_context
from mkdocs.utils.templates import url_filter

if TYPE_CHECKING:
    from collections.abc import Callable

    from mkdocs.utils.templates import TemplateContext

# What may be no address of the site, or may begin with other parts than it shows.
_ELSEWHERE = frozenset({"", ".", ".."})


def filter_of_site() -> Callable[[TemplateContext, object], str]:
    """Return a filter for the templates of one build.

    From all pages that lie as deep and in another folder than the address, the way there is the same.
    """
    known: dict[tuple[int, str], str] = {}

    @pass_context
    def url(context: TemplateContext, value: object) -> str:
        page, address = context["page"], str(value)
        folder, slash, _ = address.partition("/")
        if (
            page is None
            or not slash
            or not page.url.endswith("/")
            or folder in _ELSEWHERE
            or folder == page.url.partition("/")[0]
            or ":" in address
            or "\\" in address
            or "/." in address
        ):
            return url_filter(context, address)
        key = (page.url.count("/"), address)
        if key not in known:
            known[key] = url_filter(context, address)
        return known[key]

    return url
