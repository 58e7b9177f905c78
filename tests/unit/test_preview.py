"""The preview: what the page will have, and nothing that does anything."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kunskapsbank.editors import preview

SAFE = re.compile(
    r"</?(abbr|blockquote|br|cite|code|dd|del|div|dl|dt|em|h[1-6]|hr|img|ins|kbd|li|ol|p|pre|q|s|small|span|strong|sub|sup"
    r"|table|tbody|td|tfoot|th|thead|tr|ul)( (align|alt|class|colspan|rowspan|src|start|title)=\"[^\"<>]*\")*>"
)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("## Resultat", "<h2>Resultat</h2>"),
        ("| A |\n| -: |\n| 1 |", '<th align="right">A</th>'),
        ("[här](a.md)", '<span class="kb-preview__link">här</span>'),
        ("![En bro](bro.png)", '<img src="bro.png" alt="En bro">'),
        ("Not.[^b]\n\nOch.[^a]\n\n[^a]: Här.\n[^b]: Där.", "<sup>1</sup>"),
        ("Not.[^b]\n\nOch.[^a]\n\n[^a]: Här.\n[^b]: Där.", "<ol><li><p>Där.</p>\n</li><li><p>Här.</p>"),
        ("a <!-- Hjälp --> b", "<p>a  b</p>"),
        ("<script>x()</script>", "&lt;script&gt;x()&lt;/script&gt;"),
        ('<p onclick="x()">a</p>', "&lt;p onclick=&quot;x()&quot;&gt;a"),
        ("![a](javascript:x)", '<img alt="a">'),
        ("![a](https://example.se/a.png)", '<img alt="a">'),
        ("[a](javascript:x)", '<span class="kb-preview__link">a</span>'),
    ],
)
def test_markdown_becomes_what_the_page_will_have(text: str, html: str) -> None:
    assert html in preview.html(text)


PIECES = (
    "<script> </script> <style> </style> <img src=x onerror=y> <a href=javascript:x> </a> <p> </p> <svg/onload=x> "
    "<!-- --> <!DOCTYPE x> <?php <![CDATA[ ]]> </p </ <textarea> <title> <plaintext> <xmp> ![a](b) [a](b) [^1] [^1]: "
    "` ``` \" ' & < > <td <b =\"\" <iframe srcdoc='<x>'> \n \n\n"
).split(" ")


@given(st.lists(st.sampled_from(PIECES), max_size=20).map(" ".join))
def test_no_text_gives_anything_else(text: str) -> None:
    assert not re.search("[<>]", SAFE.sub("", preview.html(text)))
