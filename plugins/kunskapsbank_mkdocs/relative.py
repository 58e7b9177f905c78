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

    The way is the same from all pages that lie as deep, to what lies in another top folder than they; and from all
    pages of a folder, to what is neither in nor below them. Pages of a folder mostly come one after the other, so the
    latter is known of one folder at a time.
    """
    far: dict[tuple[int, str], str] = {}
    near: dict[str, str] = {}
    around = ""

    @pass_context
    def url(context: TemplateContext, value: object) -> str:
        nonlocal near, around
        page, address = context["page"], str(value)
        own = page.url if page is not None else ""
        folder, slash, _ = address.partition("/")
        if (
            not slash
            or not own.endswith("/")
            or folder in _ELSEWHERE
            or address.startswith(own[:-1])
            or ":" in address
            or "\\" in address
            or "/." in address
        ):
            return url_filter(context, address)
        if not own.startswith(f"{folder}/"):
            key = (own.count("/"), address)
            if key not in far:
                far[key] = url_filter(context, address)
            return far[key]
        if (parent := own[: own.rfind("/", 0, -1) + 1]) != around:
            around, near = parent, {}
        if address not in near:
            near[address] = url_filter(context, address)
        return near[address]

    return url
