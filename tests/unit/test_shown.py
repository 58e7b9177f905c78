"""What the site shows of Markdown: what GitLab's preview does, and what the bank has beside."""

import re

import pytest
from support import shown


def html(source: str) -> str:
    """Return what is shown, without the line ends between elements."""
    return re.sub(r"\n(?=<)|(?<=>)\n", "", shown(source))


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Tre saker:\n- ett\n- två", "<p>Tre saker:</p><ul><li>ett</li><li>två</li></ul>"),
        ("Så:\n1. ett\n2. två", "<p>Så:</p><ol><li>ett</li><li>två</li></ol>"),
        ("- a\n  - b\n    - c", "<ul><li>a<ul><li>b<ul><li>c</li></ul></li></ul></li></ul>"),
        ("- a\n    - b\n        - c", "<ul><li>a<ul><li>b<ul><li>c</li></ul></li></ul></li></ul>"),
        ("1. a\n   - b\n2. c", "<ol><li>a<ul><li>b</li></ul></li><li>c</li></ol>"),
        ("3. tre\n4. fyra", '<ol start="3"><li>tre</li><li>fyra</li></ol>'),
        (
            "Tabell:\n| a | b |\n|---|--:|\n| 1 | 2 |",
            '<p>Tabell:</p><table><thead><tr><th>a</th><th align="right">b</th></tr></thead>'
            '<tbody><tr><td>1</td><td align="right">2</td></tr></tbody></table>',
        ),
        ("År 2018\nkom", "<p>År 2018\nkom</p>"),
        ("rad  \nrad\\\nrad", "<p>rad<br />rad<br />rad</p>"),
        ("`&lt;<b>` &lt; & &copy; \\*a\\*", "<p><code>&amp;lt;&lt;b&gt;</code> &lt; &amp; © *a*</p>"),
        ("~~struket~~", "<p><s>struket</s></p>"),
        ("H<sub>2</sub>O", "<p>H<sub>2</sub>O</p>"),
        ("```py\na < b\n```", '<pre><code class="language-py">a &lt; b</code></pre>'),
        ("ord\n:   förklaring", "<dl><dt>ord</dt><dd>förklaring</dd></dl>"),
        (
            '!!! note "Obs"\n    ruta',
            '<div class="admonition note"><p class="admonition-title">Obs</p><p>ruta</p></div>',
        ),
        ("## Mål & *medel*", '<h2 id="mal-medel">Mål &amp; <em>medel</em></h2>'),
        ("## Mål {: #eget .stor }", '<h2 class="stor" id="eget">Mål</h2>'),
        ("Text\n{: title='T' }", '<p title="T">Text</p>'),
        ("[a](b.md){: title='T' } {: a }", '<p><a href="b.md" title="T">a</a> {: a }</p>'),
        ('![Alt *text*](b.png "T")', '<p><img alt="Alt text" src="b.png" title="T" /></p>'),
    ],
)
def test_a_text_is_shown_as(source: str, expected: str) -> None:
    assert html(source) == expected


def test_footnotes_stand_below_in_the_order_they_are_called_with_a_way_back_in_swedish() -> None:
    found = html("Ett[^b], två[^a] och ett[^b].\n\n[^a]: Andra\n[^b]: Första\n\n    mer\n\n[^c]: Okallad")
    assert re.findall(r'<li id="fn:(\w)">', found) == ["b", "a", "c"]
    assert re.findall(r'<sup id="([^"]+)"><a class="footnote-ref" href="([^"]+)">(\d)</a>', found) == [
        ("fnref:b", "#fn:b", "1"), ("fnref:a", "#fn:a", "2"), ("fnref2:b", "#fn:b", "1"),
    ]  # fmt: skip
    assert re.findall(r'href="(#fnref[^"]+)" title="([^"]+)"', found) == [
        ("#fnref:b", "Tillbaka till fotnot 1 i texten"),
        ("#fnref2:b", "Tillbaka till fotnot 1 i texten"),
        ("#fnref:a", "Tillbaka till fotnot 2 i texten"),
    ]
