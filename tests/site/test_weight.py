"""What a browser is sent for a page of a document: no more than a phone in a bad place takes at once, and no fonts."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Response

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
