import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis.strategies import text

from kunskapsbank_mkdocs.lean import lean, lean_styles
from kunskapsbank_mkdocs.pages import STYLES, THEME


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<ul>\n\n   <li>a</li>\n \t\n</ul>\n", "<ul>\n<li>a</li>\n</ul>\n"),
        ("<p>två  ord \n  på rad\u00a0\n</p>", "<p>två  ord\npå rad\u00a0\n</p>"),
        ("\n <pre>\n  a\n\n  b\n</pre> \n\n<p>", "\n<pre>\n  a\n\n  b\n</pre>\n<p>"),
        (
            "<textarea>\n\n a</textarea>\n\n<pref>\n\n</pref>",
            "<textarea>\n\n a</textarea>\n<pref>\n</pref>",
        ),
    ],
)
def test_only_white_space_between_what_is_shown_goes(html: str, expected: str) -> None:
    assert lean(html) == expected


def test_styles_lose_comments_and_indents() -> None:
    css = "/* Why,\n   in two lines. */\n@media print {\n  a { color: red; } /* Here. */\n\n}\n"
    assert lean_styles(css) == "@media print {\na { color: red; }\n}\n"


@pytest.mark.parametrize("style", sorted((THEME / STYLES).glob("*.css")), ids=lambda path: path.name)
def test_no_text_in_styles_looks_like_a_comment(style: Path) -> None:
    css = style.read_text("utf-8")
    assert [text for text in re.findall(r"\"[^\"\n]*\"|'[^'\n]*'|url\([^)]*\)", css) if "/*" in text] == []
    assert (css.count("/*"), css.count("{")) == (css.count("*/"), lean_styles(css).count("{"))


def by_line(text: str) -> str:
    """The rule as it is told: each line without space at its ends, and none that is empty between others."""
    first, *others = text.split("\n")
    between = [line for line in (line.strip(" \t\r") for line in others[:-1]) if line]
    return "\n".join((first.rstrip(" \t\r"), *between, others[-1].lstrip(" \t\r"))) if others else text


@given(text(alphabet=" \t\r\n\u00a0\fab<>"))
def test_every_run_of_white_space_with_a_line_break_is_one_line_break(html: str) -> None:
    assert lean(html) == by_line(html)
