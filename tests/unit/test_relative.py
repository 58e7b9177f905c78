"""The way from a page to an address is the one that MkDocs would tell, also when another page was told it before."""

from types import SimpleNamespace

import pytest
from mkdocs.utils.templates import url_filter

from kunskapsbank_mkdocs.relative import filter_of_site

PAGES = (
    *("", "projekt/", "projekt/stella/", "projekt/stella/2016-slutrapport/", "om/ord/", "om/", "a/404.html"),
    *("projekt/stella/2016-slutrapport-2/", "projekt/stella/2017/", "projekt/trappan/", "projekt/stel/"),
)
ADDRESSES = (
    *("", ".", "./", "projekt/", "projekt/stella/", "om/ord/#lum", "assets/kunskapsbank/css/base.css", "sok/?q=a/b"),
    *("../", "om/../sok/", "https://exempel.se/", "/rot/", "#del", "mailto:a@b.se", "a/./b/", "teman/hemlöshet/", "om"),
    *(
        "projekt/stella",
        "projekt/stella/2016-slutrapport/#del",
        "projekt/stella/2016-slutrapport",
        "projekt/stella/2017/",
    ),
    *("projekt/stella/2016-slutrapport/bild.png", "projekt/stella/2017/?a=projekt/", "projekt/trappan/", "projekt"),
)


@pytest.mark.parametrize("pages", [PAGES, PAGES[::-1]])
def test_the_way_is_the_same(pages: tuple[str, ...]) -> None:
    url = filter_of_site()
    for address in ADDRESSES:
        for page in pages:
            context = {"page": SimpleNamespace(url=page), "base_url": ".."}
            assert url(context, address) == url_filter(context, address), (page, address)  # type: ignore[arg-type]


def test_what_is_no_page_has_the_base_before_its_addresses() -> None:
    context = {"page": None, "base_url": "/bank"}
    assert filter_of_site()(context, "om/ord/") == "/bank/om/ord/"  # type: ignore[arg-type]
