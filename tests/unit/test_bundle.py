"""Modules as one script do what they do apart, and what cannot be bundled is refused."""

from pathlib import Path

import pytest
from support import ROOT

from kunskapsbank_mkdocs.bundle import bundle


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


def test_the_search_page_is_one_small_file() -> None:
    scripts = ROOT / "plugins/kunskapsbank_mkdocs/theme/assets/kunskapsbank/js"
    whole = sum(len(path.read_text("utf-8")) for path in (scripts / "search").glob("*.js"))
    assert len(bundle("search-page.js")) < whole
    assert "import" not in bundle("search-page.js").replace("important", "")
