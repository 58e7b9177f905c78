"""Abbreviations and terms are explained where they stand: once, and neither in headings nor links nor code."""

import re
from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from support import pages_of, shown

from kunskapsbank.bank import Bank
from kunskapsbank.pages.explained import Explaining
from kunskapsbank.pages.models import Explained
from kunskapsbank_mkdocs.explained import explained


@pytest.fixture(scope="session")
def explaining(bank: Bank) -> Explaining:
    """What finds the words of the real vocabularies."""
    return Explaining(bank.catalogue.vocabularies)


def page_of(explaining: Explaining, markdown: str) -> BeautifulSoup:
    html = shown(markdown)
    text = BeautifulSoup(html, "html.parser").get_text("\n")
    return BeautifulSoup(explained(html, explaining.of(text), lambda url: f"/{url}"), "html.parser")


@pytest.mark.parametrize(
    ("text", "form", "meaning", "url"),
    [
        ("Projektet fick LUM.", "LUM", "Lokala utvecklingsmedel", "om/ord/#ord-lum"),
        ("De lärde sig MI.", "MI", "Motiverande samtal", "metoder/motiverande-samtal/"),
        ("Ett IOP skrevs.", "IOP", "Idéburet offentligt partnerskap", "metoder/ideburet-offentligt-partnerskap/"),
        ("Fyra stödgrupper började.", "stödgrupper", "", "metoder/stodgrupp/"),
        ("Klienterna fick frågan.", "Klienterna", "Brukare", "om/ord/#ord-brukare"),
        ("Analysen följde Sjuan.", "Sjuan", "", "jamstalldhetsmetoder/sjuan/"),
    ],
)
def test_a_word_is_explained(explaining: Explaining, text: str, form: str, meaning: str, url: str) -> None:
    [found] = explaining.of(text)
    assert (found.forms, found.meaning, found.url) == ((form,), meaning, url)
    assert found.text


@pytest.mark.parametrize("text", ["De var sju.", "Hon ville anmäla det.", "Mi casa.", "Lumen och mullen.", "SIMI"])
def test_what_only_looks_like_one_is_not(explaining: Explaining, text: str) -> None:
    assert explaining.of(text) == ()


def test_only_where_it_first_stands(explaining: Explaining) -> None:
    page = page_of(explaining, "LUM och MI.\n\nMer LUM, och motiverande samtal, och MI.")
    assert [button.text for button in page.select("button")] == ["LUM", "MI"]
    assert page.select_one("p button")


def test_not_in_headings_links_or_code(explaining: Explaining) -> None:
    page = page_of(
        explaining,
        "## Om LUM\n\n[Pengarna LUM](a.md) och `LUM`, <abbr title='x'>LUM</abbr>.\n\n| LUM |\n|---|\n| LUM 1 |\n\n"
        "- Sist kom **LUM**.",
    )
    [button] = page.select("button")
    assert button.parent
    assert button.parent.name == "td"
    assert not page.select("h2 button, a button, code button, abbr button, th button")


def test_the_button_opens_its_own_explanation(explaining: Explaining) -> None:
    page = page_of(explaining, "LUM, MI & <b>IOP</b>.")
    buttons = page.select("button")
    assert [button.text for button in buttons] == ["LUM", "MI", "IOP"]
    for button in buttons:
        assert button["type"] == "button"
        [told] = page.select(f"#{button['popovertarget']}[popover]")
        assert told.find_previous_sibling() == button
        assert told.select_one("a[href]")
    assert len({button["popovertarget"] for button in buttons}) == 3


def test_what_is_said_is_escaped() -> None:
    word = Explained(("R&D",), "A <b>", 'x < "y" & z', "a/?b=1&c")
    html = explained("<p>R&amp;D</p>", [word], lambda url: url)
    page = BeautifulSoup(html, "html.parser")
    assert page.button
    assert page.button.text == "R&D"
    assert page.get_text() == 'R&DA <b>. x < "y" & z Mer om ordet'


def test_nothing_else_of_the_text_changes(bank: Bank) -> None:
    for page in pages_of(bank):
        if page.words:
            html = shown(page.markdown)
            made = explained(html, page.words, lambda url: url)
            without = re.sub(r'<span class="kb-word__text".*?</span>', "", made)
            assert re.sub(r'<button class="kb-word"[^>]*>(.*?)</button>', r"\1", without) == html


def test_pages_of_records_have_their_words(sample_with: Callable[..., Bank], written: Callable[..., str]) -> None:
    report = "projekt/trappan/2016-slutrapport.md"
    bank = sample_with({report: written(report) + "\nPengarna var LUM.\n"})
    words = {page.file: page.words for page in pages_of(bank)}
    assert ("LUM",) in [word.forms for word in words[report]]
