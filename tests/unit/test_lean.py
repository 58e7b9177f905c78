import pytest

from kunskapsbank_mkdocs.lean import lean


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
