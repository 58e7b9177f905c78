"""Parts that many pages have alike → each rendered once for all pages from which everything is reached the same way.

A part is handed no page, only a place: an address that stands for those of such pages. So it cannot show what only one
of them has, and the way from it to whatever the part leads to is that of each of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from jinja2 import pass_context
from markupsafe import Markup

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from jinja2.runtime import Context
    from mkdocs.structure.nav import Navigation

# In the place of a folder that nothing shared lies in. No address has it.
_ANY = "*/"


@dataclass(frozen=True, slots=True)
class Place:
    """What a shared part knows of its page."""

    url: str


def place(address: str, known: frozenset[str]) -> Place:
    """Return the place of a page by its address; `known` are the `folders` of all that shared parts lead to."""
    shared = ""
    while (end := address.find("/", len(shared)) + 1) and address[:end] in known:
        shared = address[:end]
    return Place(shared + _ANY * address.count("/", len(shared)))


def folders(addresses: Iterable[str]) -> frozenset[str]:
    """Return the folders of some addresses, and all that those lie in; each ends with its slash."""
    return frozenset(address[: end + 1] for address in addresses for end, sign in enumerate(address) if sign == "/")


def shared_of(nav: Navigation, others: Iterable[str]) -> Callable[..., Markup]:
    """Return the function `shared` of the templates of one build: `shared("part.html", asked=…)` gives the part.

    It may ask for nothing but that, `nav`, what is the same for all pages, and a place as `page`. What it leads to are
    pages of `nav` and what lies in the folders of `others`.
    """
    known = folders((*(page.url for page in nav.pages), *others))
    made: dict[tuple[object, ...], Markup] = {}

    @pass_context
    def shared(context: Context, name: str, **asked: object) -> Markup:
        page, base = context["page"], context["base_url"]
        where = place(page.url, known) if page else None
        key = (name, where, base, *asked.values())
        if key not in made:
            part = context.environment.get_template(name)
            made[key] = Markup(part.render(nav=nav, config=context["config"], base_url=base, page=where, **asked))
        return made[key]

    return shared
