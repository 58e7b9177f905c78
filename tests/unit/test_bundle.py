"""Modules as one script do what they do apart, and what cannot be bundled is refused."""

import re
from pathlib import Path

import pytest

from kunskapsbank_mkdocs.bundle import SCRIPTS, bundle
from kunskapsbank_mkdocs.pages import BUNDLED


def write(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        path = folder / f"{name.replace('_', '/')}.js"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


def test_modules_are_put_before_those_that_need_them_and_comments_are_gone(tmp_path: Path) -> None:
    scripts = write(
        tmp_path,
        page="""import { a } from "./a.js";\nimport * as deep from "./deep/b.js";\n\nalert(a, deep.b); // Says it.\n""",
        a="""import {\n  b as other,\n} from "./deep/b.js";\n\n/** Made of b. */\nexport const a = other + 1;\n""",
        deep_b="""const b = 1;\nexport function c() {\n  return b;\n}\n\nexport { b };\n""",
    )
    assert bundle("page.js", scripts) == (
        "const m0=(()=>{const b=1;function c(){return b;}\nreturn{c,b};})();"
        "const m1=(()=>{const{b:other,}=m0;const a=other+1;return{a};})();"
        "const m2=(()=>{const{a}=m1;const deep=m0;alert(a,deep.b);return{};})();"
    )
    assert bundle("deep/b.js", scripts, exports=True).endswith("const{c,b}=m0;export{c,b};")


@pytest.mark.parametrize(
    "text",
    [
        """export default 1;\n""",
        """export * from "./b.js";\n""",
        """const b = await import("./b.js");\n""",
        """const a = 1;\nexport { a as b };\n""",
        """import b from "./b.js";\n""",
        """const b = (c) => `${c ? `Ett: ${c}` : "två"}`;\n""",
    ],
)
def test_other_ways_of_writing_are_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(ValueError, match=r"page\.js: .*cannot be bundled"):
        bundle("page.js", write(tmp_path, page=text, b="export const b = 1;\n"))


def test_modules_that_import_each_other_are_refused(tmp_path: Path) -> None:
    scripts = write(tmp_path, page="""import "./b.js";\n""", b="""import "./page.js";\n""")
    with pytest.raises(ValueError, match="import each other"):
        bundle("page.js", scripts)


@pytest.mark.parametrize("page", sorted(path.name for path in SCRIPTS.glob("*-page.js")))
def test_a_page_of_the_theme_has_one_small_script_that_imports_nothing(page: str) -> None:
    assert f"assets/kunskapsbank/js/{page}" in BUNDLED
    # What is started in a worker stands by itself.
    rooms = ("create", "search") if page == "create-page.js" else ("search",)
    parts = [SCRIPTS / page, *(part for room in rooms for part in (SCRIPTS / room).glob("*.js"))]
    whole = sum(len(part.read_text("utf-8")) for part in parts if part.name != "worker.js")
    small = bundle(page)
    assert len(small) < whole
    # An import is a statement of its own; a text may have the word.
    assert not re.search(r"(?:^|[;}\n])import\b", small)
