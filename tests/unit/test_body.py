import pytest

from kunskapsbank.markup.body import Heading, parse
from kunskapsbank.markup.inline import Link


def test_headings_have_level_text_and_anchor() -> None:
    found, problems = parse("a.md", "## Så gick *det*\n\n### Mål & medel\n\n## Så gick det\n", 1)
    assert not problems
    assert found.headings == (
        Heading(2, "Så gick det", "sa-gick-det", 1),
        Heading(3, "Mål & medel", "mal-medel", 3),
        Heading(2, "Så gick det", "sa-gick-det_1", 5),
    )
    assert found.anchors >= {"sa-gick-det", "mal-medel"}


def test_links_and_pictures_have_their_line_in_the_file() -> None:
    source = "Se [x](../index.md).\n\n- [y](index.md)\n- ![z](bild.png)\n\n`[kod](kod.md)` och [r]\n\n[r]: ref.md\n"
    found, _ = parse("a.md", source, 10)
    assert found.links == (
        Link("../index.md", 10),
        Link("index.md", 12),
        Link("bild.png", 13),
        Link("ref.md", 17),
    )


def test_text_has_the_words_without_markup() -> None:
    found, _ = parse(
        "a.md", "## Mål\n\nEn **fet** text,\nmed `kod`.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n![Alt](b.png)\n", 1
    )
    assert found.text == "En fet text,\nmed kod.\na\nb\n1\n2\nAlt"


def test_words_of_list_and_table_do_not_run_together() -> None:
    found, _ = parse("a.md", "- ett\n- två\n\nslut<br>rad\n", 1)
    assert found.text.split() == ["ett", "två", "slut", "rad"]


@pytest.mark.parametrize(
    "source",
    [
        "<script>alert(1)</script>",
        "<SCRIPT SRC=a></SCRIPT>",
        "text <img src=a onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](vbscript:a)",
        "![x](data:image/svg+xml;base64,AAAA)",
        "text\n{: onclick='a' }",
        "[x](a.md){: style='color:red' }",
        "<iframe src='a'></iframe>",
        "<object></object>",
        "<svg onload=a></svg>",
        "<form action='a'></form>",
        "<base href='https://example.org'>",
        "<meta http-equiv='refresh' content='0'>",
        "<link rel='stylesheet' href='a'>",
        "<div markdown='1'>a</div>",
        "<!--> <script>a</script> -->",
        "<![CDATA[ > <script>a</script> ]]>",
        "<?php echo 1 ?>",
        "<div>\n<![ > x</div>",
        "# Titel",
    ],
)
def test_refused(source: str) -> None:
    _, problems = parse("a.md", f"Före.\n\n{source}\n", 5)
    assert problems
    assert {problem.line for problem in problems} <= {7, 8}


@pytest.mark.parametrize("source", ["[x](java&#x09;script:alert(1))", "<a href='&#106;avascript:alert(1)'>x</a>"])
def test_refused_in_disguise(source: str) -> None:
    assert parse("a.md", source, 1)[1]


@pytest.mark.parametrize(
    "source",
    [
        "`<script>`",
        "```html\n<script onclick='a'>\n# x\n```",
        "    <script>",
        "<!-- en kommentar <b> -->",
        "1 < 2 > 0 & annat",
        "rad<br>rad, H<sub>2</sub>O",
        "[a](https://example.org/?a=1&b=2) <https://example.org> <a@example.org>",
        "fot[^1]\n\n[^1]: not",
        "| a |\n|--:|\n| 1 |",
        "[a](b.md){: title='T' }",
        "3. tre\n4. fyra",
        "!!! note\n    ruta",
        "ord\n:   förklaring",
    ],
)
def test_let_pass(source: str) -> None:
    assert parse("a.md", f"Före.\n\n{source}\n", 5)[1] == []


def test_empty_body() -> None:
    found, problems = parse("a.md", "", 1)
    assert (found.text, found.headings, problems) == ("", (), [])
