import re

from support import shown

from kunskapsbank_mkdocs.tables import named

TABLE = "| År | Belopp |\n| --- | ---: |\n| 2018 | 5 |\n"


def test_a_table_is_named_after_its_heading_and_its_heads_are_those_of_columns() -> None:
    html = named(shown(f'## Pengar *som* "lån" & mer\n\n{TABLE}\n{TABLE}\n### Sedan\n\n{TABLE}'))
    assert re.findall(r"<caption[^>]*>(.*?)</caption>", html) == [
        'Tabell: Pengar som "lån" &amp; mer',
        'Tabell: Pengar som "lån" &amp; mer (2)',
        "Tabell: Sedan",
    ]
    assert 'aria-label="Tabell: Pengar som &quot;lån&quot; &amp; mer"' in html
    assert html.count('<th scope="col"') == html.count("<th ") == 6
    assert html.count("<div") == html.count("</div>") == 3


def test_what_only_looks_like_a_table_stays_as_it_is() -> None:
    assert named(shown("Skriv `<table>` och `<th>` så.\n")) == shown("Skriv `<table>` och `<th>` så.\n")
    assert '<caption class="kb-sr">Tabell</caption>' in named(shown(TABLE))
