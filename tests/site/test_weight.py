"""What a browser is sent for a page of a document and for a question: what a phone in a bad place takes at once."""

import gzip
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Response, expect

pytestmark = [pytest.mark.site, pytest.mark.browser]

MOST = 60_000
"""Bytes of HTML, styles and scripts, not compressed; pictures aside."""


def test_a_page_of_a_document_is_light(browser: Browser, site: Path, address: str) -> None:
    # The longest texts: what is light there is light everywhere.
    found = (
        sorted(site.glob(f"projekt/{way}/index.html"), key=lambda file: file.stat().st_size) for way in ("*", "*/*")
    )
    documents = [file for of_kind in found for file in of_kind[-2:]]
    assert len(documents) == 4
    context = browser.new_context(locale="sv-SE")
    page = context.new_page()
    sent: dict[str, tuple[str, int]] = {}

    def note(response: Response) -> None:
        sent[response.url] = response.headers["content-type"].partition(";")[0], len(response.body())

    page.on("response", note)
    for file in documents:
        # As to somebody who has never been here.
        context.new_cdp_session(page).send("Network.clearBrowserCache")
        sent.clear()
        page.goto(f"{address}/{file.parent.relative_to(site).as_posix()}/", wait_until="networkidle")
        kinds = {kind for kind, _ in sent.values()}
        assert {"text/html", "text/css", "text/javascript"} <= kinds
        assert not any("font" in kind for kind in kinds)
        assert sum(size for kind, size in sent.values() if not kind.startswith("image/")) <= MOST, (file, sent)
    context.close()


@pytest.mark.parametrize(("width", "most"), [(390, 17), (1280, 21)])
def test_a_first_question_fetches_little(browser: Browser, address: str, width: int, most: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900}, locale="sv-SE")
    page = context.new_page()
    sent: list[Response] = []
    page.on("response", lambda response: sent.append(response) if "/sok/index/" in response.url else None)
    page.goto(f"{address}/sok/?q=vr%C3%A4kning+heml%C3%B6shet")
    settled = "[data-kb-filters]" if width == 1280 else "[data-kb-results]"
    expect(page.locator(settled)).to_have_attribute("aria-busy", "false")
    expect(page.locator("[data-kb-hits] > li").first).to_be_visible()
    page.wait_for_load_state("networkidle")
    names = [urlsplit(response.url).path.partition("/sok/index/")[2] for response in sent]
    assert len(names) == len({*names})
    assert len(names) <= most, names
    # The manifest is the only file that the server must pack.
    sizes = [
        len(response.body() if name.endswith(".kb") else gzip.compress(response.body()))
        for name, response in zip(names, sent, strict=True)
    ]
    assert sum(sizes) <= 40_000
    # On a narrow screen the filters are behind a button, and nothing is counted for them.
    counted = {name for name in names if name.startswith("f/")}
    assert len(counted) == (3 if width == 1280 else 0)
    context.close()
