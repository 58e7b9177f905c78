"""Old addresses lead on to where their pages are, by what a static site has."""

from collections.abc import Callable
from urllib.parse import urljoin

from bs4 import BeautifulSoup

from kunskapsbank.bank import Bank
from kunskapsbank.exports import redirects

REPORT = "projekt/bryggan/2018-slutrapport.md"
SITE = "https://bank.example.se/kunskap/"


def test_each_old_address_leads_to_the_page(sample_with: Callable[..., Bank], written: Callable[..., str]) -> None:
    former = "äldre adresser: [projekt/bron/slut/, gamla/sidor/bron.html, Bron/]\n"
    bank = sample_with({REPORT: written(REPORT, ("Bryggan", "B & <b>"), ("innehav:", f"{former}innehav:"))})
    assert not bank.catalogue.errors
    made = dict(redirects.files(bank.catalogue, SITE))
    assert {*made} == {"projekt/bron/slut/index.html", "gamla/sidor/bron.html", "Bron/index.html"}
    for place, text in made.items():
        page = BeautifulSoup(text, "html.parser")
        [refresh] = page.select("meta[http-equiv=refresh]")
        seconds, _, way = str(refresh["content"]).partition("; url=")
        assert seconds == "0"
        [link] = page.select("main a")
        target = f"{SITE}projekt/bryggan/2018-slutrapport/"
        assert urljoin(SITE + place, way) == urljoin(SITE + place, str(link["href"])) == target
        assert [one["href"] for one in page.select("link[rel=canonical]")] == [target]
        assert link.text == "Slutrapport 2018: B & <b>"


def test_a_page_about_the_bank_has_old_addresses_too(
    sample_with: Callable[..., Bank], written: Callable[..., str]
) -> None:
    text = written("om/ord.md", ("titel:", "äldre adresser: hjalp/ord/\ntitel:"))
    assert [*dict(redirects.files(sample_with({"om/ord.md": text}).catalogue, ""))] == ["hjalp/ord/index.html"]


def test_a_link_to_an_old_address_is_told_where_the_page_is(
    sample_with: Callable[..., Bank], written: Callable[..., str]
) -> None:
    other = "projekt/trappan/2016-slutrapport.md"
    bank = sample_with(
        {
            REPORT: written(REPORT, ("innehav:", "äldre adresser: projekt/bron/slut/\ninnehav:")),
            other: written(other) + "\nSe [rapporten](../bron/slut.md).\n",
        }
    )
    [problem] = bank.catalogue.errors
    assert problem.hint == "Menade du ../bryggan/2018-slutrapport.md?"
