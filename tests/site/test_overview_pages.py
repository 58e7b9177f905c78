"""The pages of rules, equality and statistics in a real browser: what depends on the day, and what bars look like."""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, expect
from support import Watched

pytestmark = [pytest.mark.site, pytest.mark.browser]


@pytest.mark.parametrize(
    ("now", "told"),
    [
        (datetime(2023, 5, 1, 21, 59, tzinfo=UTC), "Nej, inte än. Ansökan öppnar den 2 maj 2023."),
        (datetime(2023, 5, 1, 22, 1, tzinfo=UTC), "Ja. Ansökan är öppen till och med den 8 september 2023."),
        (datetime(2023, 9, 8, 21, 59, tzinfo=UTC), "Ja. Ansökan är öppen till och med den 8 september 2023."),
        (datetime(2023, 9, 8, 22, 1, tzinfo=UTC), "Nej. Ansökan stängde den 8 september 2023."),
    ],
    ids=["before", "first minute", "last minute", "after"],
)
def test_whether_a_call_is_open_is_told_by_the_readers_day(
    watched: Watched, address: str, now: datetime, told: str
) -> None:
    page = watched.page
    page.clock.set_fixed_time(now)
    for url in ("regler/", "utlysningar/2024/"):
        page.goto(f"{address}/{url}")
        expect(page.locator(".kb-window").first).to_have_text(f"Kan jag söka nu? {told}" if url == "regler/" else told)
    assert watched.faults == []


def test_without_javascript_the_days_stand_as_text(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/regler/")
    expect(page.get_by_text("2 maj 2023 – 8 september 2023")).to_be_visible()
    told = "Ansökan tas emot från den 2 maj 2023 till och med den 8 september 2023. Jämför med dagens datum."
    expect(page.locator(".kb-window").first).to_have_text(f"Kan jag söka nu? {told}")
    page.goto(f"{address}/provat/")
    expect(page.locator("noscript .kb-notice")).to_be_visible()
    expect(page.get_by_role("textbox", name="Klistra in eller skriv idén")).to_be_hidden()
    context.close()


@pytest.mark.parametrize("url", ["statistik/", "jamstalldhet/"])
def test_bars_are_drawn_as_long_as_the_figures_beside_them(watched: Watched, address: str, url: str) -> None:
    page = watched.page
    page.goto(f"{address}/{url}")
    for table in page.locator(".kb-chart__table").all():
        widths = table.evaluate(
            """table => [...table.tBodies[0].rows].map(row => {
                const parts = [...row.querySelectorAll("rect")].map(part => part.getBoundingClientRect().width);
                return [parts.reduce((sum, width) => sum + width, 0), row.querySelector("svg")?.clientWidth ?? 0];
            })"""
        )
        figures = table.evaluate(
            """table => [...table.tBodies[0].rows].map(row => [...row.cells].slice(1).map(cell => +cell.textContent))"""
        )
        drawn = max(width for width, _ in widths)
        assert drawn <= max(whole for _, whole in widths) + 3
        for (width, _), row in zip(widths, figures, strict=True):
            assert (width > 0) == any(row)


def test_a_tile_leads_to_its_district_by_keyboard(watched: Watched, address: str) -> None:
    page = watched.page
    page.goto(f"{address}/statistik/")
    tile = page.get_by_role("link", name="Farsta 6 projekt").first
    tile.focus()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Farsta")
    assert watched.faults == []


def test_forced_colours_leave_bars_and_tiles_to_be_seen(browser: Browser, address: str) -> None:
    context = browser.new_context(forced_colors="active")
    page = context.new_page()
    page.goto(f"{address}/statistik/")
    styles = page.evaluate(
        """() => {
            const style = (selector, name) => getComputedStyle(document.querySelector(selector))[name];
            return [style("body", "backgroundColor"), style(".kb-chart__part--1", "fill"),
                style(".kb-chart__part--2", "stroke"), style(".kb-tile", "borderTopColor")];
        }"""
    )
    assert styles[0] not in styles[1:]
    context.close()
