"""Questions that people come with: the page that answers is two choices from the start page at most, and it says so.

Each choice is a link as it is written, on the site as it is published; an answer may be that nobody knows, and then the
page says whom to ask.
"""

import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin

import pytest

pytestmark = pytest.mark.site

ROOT = "https://bank/"
ASK = "Fråga"


class Shown(HTMLParser):
    """The words of a page's main part, and all its links with their words."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.links: list[tuple[str, str]] = []
        self._href = ""
        self._label: list[str] = []
        self._within = self._without = 0
        self.feed(html)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "a":
            self._href, self._label = given.get("href") or "", []
        elif tag == "main" or given.get("id") == "innehall":
            self._within += 1
        elif tag in {"script", "style"}:
            self._without += 1

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._href:
            self.links.append((" ".join("".join(self._label).split()), self._href))
            self._href = ""
        elif tag in {"script", "style"}:
            self._without -= 1

    def handle_data(self, data: str) -> None:
        self._label.append(data)
        if self._within and not self._without:
            self.words.append(data)


def page(site: Path, url: str) -> Shown:
    return Shown((site / unquote(url.removeprefix(ROOT)) / "index.html").read_text("utf-8"))


def follow(site: Path, choices: tuple[str, ...]) -> Shown:
    """Return the page that these choices lead to; each is the beginning of a link's words, or their end."""
    url, shown = ROOT, page(site, ROOT)
    for choice in choices:
        hrefs = [href for label, href in shown.links if label.startswith(choice) or label.endswith(f" {choice}")]
        assert hrefs, f"{url} has no link {choice!r}"
        url = urljoin(url, hrefs[0]).partition("#")[0]
        shown = page(site, url)
    return shown


@pytest.mark.parametrize(
    ("choices", "said"),
    [
        pytest.param(
            ("Projekt", "Lösningsinriktad intensiv hemmabaserad familjebehandling (LIHF)"),
            (
                "Vad kom ut av det? Vet vi inte.",
                "Vad gäller i dag? Fick fortsätta Projektet fick medel även för 2019. Uppgiften är från 2019.",
                "Det här vet vi inte Om LIHF kan användas i stället för en externplacering",
                "Slutrapport 2018, som banken inte har",
                f"{ASK} Farsta",
            ),
            id="what came of LIHF",
        ),
        pytest.param(
            ("Målgrupper", "Vräkningshotade"),
            ("Det här har projekten visat Prövat, men ingen har berättat vad det ledde till: Bo kvar (Skärholmen",),
            id="did anybody prevent evictions",
        ),
        pytest.param(
            ("Projekt", "Bo kvar"),
            ("Vad kom ut av det? Vet vi inte.", "Om vräkningarna blev färre", f"{ASK} Skärholmen"),
            id="did that help",
        ),
        pytest.param(
            ("Projekt", "Bostad direkt från gatan"),
            (
                "Vad gäller i dag? Projektet finns inte bland dem som fick medel för 2019. Uppgiften är från 2019. "
                "Vad som har hänt sedan dess vet vi inte.",
                "Om Bostad direkt finns i dag",
                f"{ASK} socialförvaltningen",
            ),
            id="does Bostad direkt still exist",
        ),
        pytest.param(
            ("Stadsdelar", "Järva"),
            (
                "Namnet gäller från och med 1 juli 2023.",
                "Här räknas också det som Rinkeby-Kista och Spånga-Tensta skrev.",
                "Verksamheten hade 273 besök under 2016",
                "Prövat, men ingen har berättat vad det ledde till: Den placerade ungdomen och nätverket",
            ),
            id="what has my district done",
        ),
        pytest.param(
            ("Jämställdhet",),
            ("Dokument med en genomförd analys 1 Slutrapport 2018: Södermalmsmodellen (Södermalm). Metod: Sjuan.",),
            id="real gender-equality analyses",
        ),
        pytest.param(
            ("Utlysningar", "Utlysning 2024"),
            (
                "Kan jag söka nu? Ansökan tas emot från den 2 maj 2023 till och med den 8 september 2023.",
                "En studieresa kan få Högsta belopp framgår inte av källan. Högst 2 resor per stadsdelsförvaltning. "
                "Utlysning 2020 (den senaste som anger det: högst 25 000 kr)",
                "Banken har ingen senare utlysning än den här.",
                ASK,
            ),
            id="may I apply for a trip now",
        ),
        pytest.param(
            ("Målgrupper", "Placerade barn och unga"),
            (
                "21 barn deltog i fyra pilotgrupper.",
                "Belägg: brukarnas röst och egen bedömning.",
                "Prövat, men ingen har berättat vad det ledde till: Den placerade ungdomen och nätverket",
            ),
            id="support for placed children",
        ),
        pytest.param(
            ("Vad hände sedan", "Permanent verksamhet"),
            ("Det här vet vi Stella – det tredelade föräldraskapet", "Permanent från 2017. Uppgiften är från 2017."),
            id="everything that became permanent",
        ),
    ],
)
def test_question_finds_its_answer(site: Path, choices: tuple[str, ...], said: tuple[str, ...]) -> None:
    assert len(choices) <= 2
    text = re.sub(r"\s+", " ", follow(site, choices).text)
    # Signs stand close to the words that they follow.
    text = re.sub(r" ([.,:)])", r"\1", text)
    for sentence in said:
        assert sentence in text, text[:3000]


def test_a_digest_stands_in_full_on_the_page_of_its_project(site: Path) -> None:
    project = page(site, f"{ROOT}projekt/stella/")
    digest = page(site, f"{ROOT}projekt/stella/2016-slutrapport/")
    for sentence in ("Utifrån en förebild i Köpenhamn, Föräldrastötten, växte", "2017, fram till redovisningen"):
        assert sentence in digest.text
        assert sentence in project.text
    assert "Allt på den här sidan står också på projektets sida" in digest.text
    html = (site / "projekt/stella/index.html").read_text("utf-8")
    anchors = re.findall(r'\sid="([^"]+)"', html)
    assert len(anchors) == len(set(anchors))
    assert {"2016-slutrapport", "2016-slutrapport-resultat"} <= set(anchors)
    assert "\x1e" not in html
