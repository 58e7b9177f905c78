import re
from pathlib import Path

import pytest

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
