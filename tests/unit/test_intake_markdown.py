"""HTML → Markdown: golden files of real reports, small cases shared with the browser, and any HTML at all."""

import json
from html import escape
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import ROOT

from kunskapsbank.intake import markdown, word
from kunskapsbank.intake.spans import _INVISIBLE as INVISIBLE
from kunskapsbank.markup import body

DOCUMENTS = ROOT / "tests/cases/documents"
CASES = json.loads((ROOT / "tests/cases/markdown.json").read_text("utf-8"))
PIECES = st.lists(
    st.sampled_from(
        (
            "<p> </p> <b> </b> <i> </i> <h1> </h1> <h3> </h3> <ul> <li> </li> </ul> <ol> </ol> <table> <tr> <td> "
            "</td> <th> </tr> </table> <br> <a href='https://example.se/(å)'> <a href='javascript:x'> "
            "<a href='#footnote-1'> </a> <pre> </pre> <blockquote> </blockquote> <sup>2</sup> <img src='b' alt='] x'> "
            "<li id='footnote-1'> <script> <td colspan=3> <s> </s> <!-- --> "
            "&lt;script&gt; &amp;lt; * _ # > - + 1. | \\ ` [x]: [^1]: "
            "[a](javascript:b) ~~~ --- : { } {#id} !!! = ord Åäö \n \t \xa0 \xad \u200b"
        ).split(" ")
    ),
    max_size=30,
).map(" ".join)


def written(path: Path) -> markdown.Written:
    original = word.read(path.read_bytes())
    return markdown.write(original.html, {key: f"{key}.png" for key in original.pictures})


@pytest.mark.parametrize("path", sorted(DOCUMENTS.glob("*.docx")), ids=lambda path: path.stem)
def test_a_word_file_becomes_the_markdown_that_is_kept(path: Path) -> None:
    found = written(path)
    remarks = "".join(f"- {remark}\n" for remark in found.remarks)
    golden = path.with_suffix(".docx.md").read_text("utf-8")
    assert f"titel: {found.title}\n{remarks}\n{found.markdown}" == golden
    assert body.parse("x.md", found.markdown, 1)[1] == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_html_becomes_markdown(case: dict[str, Any]) -> None:
    found = markdown.write(case["html"], case.get("names", {}))
    assert found == markdown.Written(
        case.get("markdown", ""), case.get("title", ""), tuple(case.get("pictures", ())), tuple(case.get("remarks", ()))
    )
    assert body.parse("x.md", found.markdown, 1)[1] == []


@given(PIECES)
def test_any_html_gives_markdown_that_the_bank_accepts(html: str) -> None:
    found = markdown.write(html, {"b": "b.png"})
    assert body.parse("x.md", found.markdown, 1)[1] == []


# HTML with two texts in it, and the words that the page then shows.
PLACES = {
    "a broken line": ("<p>ord {0}<br>{1} slut</p>", "ord {0} {1} slut"),
    "marks": ("<p>ord <b>a{0}</b> <i>b{1}</i> slut<sup> </sup></p>", "ord a{0} b{1} slut"),
    "a list": ("<ul><li>{0}.</li><li>ord {1}<ul><li>slut</li></ul></li></ul>", "{0}. ord {1} slut"),
    "a table": ("<table><tr><th>A</th><th>B</th></tr><tr><td>{0}</td><td>x{1}</td></tr></table>", "A B {0} x{1}"),
    "a raised word": ("<p>ord <sup><u>a{0}</u></sup> {1}.</p>", "ord a{0} {1}."),
}


@pytest.mark.parametrize("place", PLACES)
@given(st.text(max_size=60) | PIECES, st.text(max_size=60) | PIECES)
def test_any_text_is_shown_as_it_is(place: str, one: str, other: str) -> None:
    html, shown = PLACES[place]
    found = markdown.write(html.format(escape(one), escape(other)), {})
    read, problems = body.parse("x.md", found.markdown, 1)
    assert problems == []
    assert (read.headings, read.links) == ((), ())
    expected = shown.format(INVISIBLE.sub("", one), INVISIBLE.sub("", other))
    figures = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
    assert read.text.translate(figures).split() == expected.translate(figures).split()


@given(st.text(max_size=60) | PIECES, st.text(max_size=60) | PIECES)
def test_any_text_can_stand_in_a_heading_and_a_link(one: str, other: str) -> None:
    html = (
        f"<h1>ett</h1><h1>ord {escape(one)}</h1><p>{escape(other)}<a href='https://example.se'>x{escape(one)}</a></p>"
    )
    read, problems = body.parse("x.md", markdown.write(html, {}).markdown, 1)
    assert problems == []
    assert [heading.text.split() for heading in read.headings] == [["ett"], f"ord {INVISIBLE.sub('', one)}".split()]
    assert [link.target for link in read.links] == ["https://example.se"]
