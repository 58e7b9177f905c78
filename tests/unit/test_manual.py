"""The reader of the manual does what is shown, and stops where it cannot."""

from pathlib import Path

import manual
import pytest

PAGE = """Write it.

```python a/b.py
x = 1
```

Change it.

```diff a/b.py
+# Why.
 x = 1
```

```sh
python3 scripts/test -k "a b"
```

```text
1 passed
```
"""


def test_a_page_is_followed_to_the_letter(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(PAGE, "utf-8")
    asked = []
    manual.follow(page, tmp_path, lambda command: asked.append(command) or "== 1 passed ==")
    assert asked == [["python3", "scripts/test", "-k", "a b"]]
    assert (tmp_path / "a/b.py").read_text("utf-8") == "# Why.\nx = 1\n"
    assert manual.files(page) == {"a/b.py"}


def test_a_page_that_tells_of_something_else_is_not_true(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(PAGE, "utf-8")
    with pytest.raises(AssertionError, match=r"page\.md, line 18: \['1 passed'\]"):
        manual.follow(page, tmp_path, lambda _: "1 failed")


@pytest.mark.parametrize(
    ("diff", "text"),
    [
        ("+b\n a\n", "b\na\na2\n"),
        (" a\n+b\n@@\n-a2\n", "a\nb\n"),
        ("-a\n+c\n a2\n", "c\na2\n"),
    ],
)
def test_a_change_is_made_at_its_place(diff: str, text: str) -> None:
    assert manual.changed("a\na2\n", diff, "page.md") == text


@pytest.mark.parametrize(
    ("diff", "why"), [("-b\n", "no such place"), ("-a\n", "2 times"), (" x\n@@\n-a0\n", "no such")]
)
def test_a_place_that_is_not_there_once_is_told(diff: str, why: str) -> None:
    with pytest.raises(AssertionError, match=why):
        manual.changed("a0\nx\na\na\n", diff, "page.md")
