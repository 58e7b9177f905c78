"""Texts of other files shown on a page: each is read as on its own page, and leads nowhere else."""

import re

from support import shown

from kunskapsbank.markup import commonmark
from kunskapsbank.markup.parts import Part, joined, tokens

OWN = "## Resultat\n\nEget.[^1]\n\n[^1]: Egen not.\n\n[länk]: om.md\n"
OTHER = "## Resultat\n\n### Siffror\n\nAnnat.[^1] Se [ovan](#resultat) och [länk].\n\n[^1]: Annan not.\n"


def test_a_page_alone_is_as_it_was() -> None:
    assert [token.as_dict() for token in tokens(OWN)] == [token.as_dict() for token in commonmark.tokens(OWN)]


def test_a_part_stands_below_its_heading_with_anchors_of_its_own() -> None:
    html = shown(joined(OWN, [Part("Slutrapport 2018, i sammandrag", "2018-slutrapport", OTHER)]))
    headings = re.findall(r'<(h\d) id="([^"]+)">([^<]+)', html)
    assert headings == [
        ("h2", "resultat", "Resultat"),
        ("h2", "2018-slutrapport", "Slutrapport 2018, i sammandrag"),
        ("h3", "2018-slutrapport-resultat", "Resultat"),
        ("h4", "2018-slutrapport-siffror", "Siffror"),
    ]
    assert 'href="#2018-slutrapport-resultat">ovan' in html


def test_notes_and_references_of_two_texts_are_not_mixed_up() -> None:
    html = shown(joined(OWN, [Part("Förstudie", "forstudie", OTHER)]))
    assert re.findall(r'id="(fn:[^"]+)">\s*<p>([^<\xa0]+)', html) == [
        ("fn:1", "Egen not."),
        ("fn:forstudie-1", "Annan not."),
    ]
    # The address stands in the other text only, so here it is no link, as on the part's own page.
    assert "[länk]" in html


def test_no_heading_is_deeper_than_there_are() -> None:
    assert "<h6" in shown(joined("", [Part("A", "a", "###### Djupt\n")]))
