"""What pages share is rendered once, and leads from each of them to the same as if it were rendered for that page."""

from pathlib import Path
from types import SimpleNamespace

import pytest
from jinja2 import DictLoader, Environment, nodes
from mkdocs.utils import get_relative_url

from kunskapsbank_mkdocs import pages
from kunskapsbank_mkdocs.places import Place, folders, place, shared_of
from kunskapsbank_mkdocs.relative import filter_of_site

LEADS_TO = ("", "projekt/", "om/", "om/ord/", "sok/", "assets/kunskapsbank/css/", "jamstalldhet/metoder/")
PAGES = (
    *LEADS_TO,
    *("projekt/stella/", "projekt/stella/2016-slutrapport/", "om/ord/lum/", "om/annat/", "teman/", "teman/hem/2016/"),
    *("sok/ny/", "assets/", "jamstalldhet/", "jamstalldhet/metoder/a/b/", "jamstalldhet/metod/"),
)
THEME = Path(pages.THEME)


@pytest.mark.parametrize("page", PAGES)
def test_from_its_place_all_is_reached_as_from_the_page(page: str) -> None:
    where = place(page, folders(LEADS_TO)).url
    for address in LEADS_TO:
        assert get_relative_url(address, where) == get_relative_url(address, page), address
        assert (where == address, where.startswith(address)) == (page == address, page.startswith(address)), address


def test_pages_that_lie_alike_share_a_place() -> None:
    known = folders(LEADS_TO)
    assert place("projekt/stella/", known) == place("projekt/trappan/", known) == Place("projekt/*/")
    assert len({place(page, known) for page in ("projekt/a/", "teman/a/", "om/a/", "projekt/a/b/")}) == 4


def test_a_part_is_the_one_that_the_page_itself_would_have() -> None:
    part = "{{ kind }} {{ page.url == 'om/' }}{% for to in ('om/ord/', 'projekt/') %} {{ to | url }}{% endfor %}"
    env = Environment(loader=DictLoader({"part.html": part}))
    nav = SimpleNamespace(pages=[SimpleNamespace(url=address) for address in LEADS_TO])
    env.globals["shared"] = shared_of(nav, ())  # type: ignore[arg-type]
    env.filters["url"] = filter_of_site()
    once, each = env.from_string("{{ shared('part.html', kind=kind) }}"), env.from_string(part)
    for page in (*PAGES, *PAGES[::-1], None):
        base = get_relative_url(".", page) if page is not None else "/bank"
        given = {"page": None if page is None else SimpleNamespace(url=page), "base_url": base, "config": None}
        for kind in ("a", "b"):
            assert once.render(**given, kind=kind) == each.render(**given, kind=kind), page


def shared_parts() -> dict[str, nodes.Template]:
    """The parts that templates share, and what those include, parsed."""
    env = Environment()
    trees = {path.relative_to(THEME).as_posix(): env.parse(path.read_text("utf-8")) for path in THEME.rglob("*.html")}
    calls = [call for tree in trees.values() for call in tree.find_all(nodes.Call)]
    names = [
        call.args[0].value
        for call in calls
        if isinstance(call.node, nodes.Name) and call.node.name == "shared" and isinstance(call.args[0], nodes.Const)
    ]
    for name in names:
        names += [one.template.value for one in trees[name].find_all(nodes.Include)]  # type: ignore[attr-defined]
    return {name: trees[name] for name in names}


def test_the_parts_that_are_shared_lead_only_to_what_is_known_to_be_led_to() -> None:
    found = shared_parts()
    assert len(found) >= 4
    for name, tree in found.items():
        led = {
            text.value
            for one in tree.find_all(nodes.Filter)
            if one.name == "url" and one.node
            for text in (one.node, *one.node.find_all(nodes.Const))
            if isinstance(text, nodes.Const) and "/" in text.value
        }
        assert folders(led) <= folders(pages.SHARED), name


def test_the_parts_that_are_shared_ask_of_their_page_for_its_address_alone() -> None:
    for name, tree in shared_parts().items():
        asked = [one for one in tree.find_all(nodes.Getattr) if isinstance(one.node, nodes.Name)]
        assert {one.attr for one in asked if one.node.name == "page"} <= {"url"}, name  # type: ignore[attr-defined]
        names = {one.name for one in tree.find_all(nodes.Name)}
        assert not names & {"view", "take", "trail", "title", "template"}, name
