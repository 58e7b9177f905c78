"""The modules that a page names are those that its first one imports, and theirs."""

from pathlib import Path

import pytest

from kunskapsbank_mkdocs.modules import SCRIPTS, modules


def write(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        path = folder / f"{name.replace('_', '/')}.js"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


def test_what_is_imported_at_the_start_is_found_once_and_nearest_first(tmp_path: Path) -> None:
    scripts = write(
        tmp_path,
        page="""import { a } from "./a.js";\nimport {\n  b,\n  c,\n} from "./deep/b.js";\nimport "./side.js";\n""",
        a="""import * as all from "./deep/b.js";\nexport { d } from "./deep/d.js";\n""",
        deep_b="""import { page } from "../page.js";\nexport const b = 1, c = 2;\n""",
        deep_d="""export const d = "./other.js";\n""",
        side="""/** @typedef {import("./other.js").Other} Other */\nconst later = () => import("./other.js");\n""",
    )
    assert modules("page.js", scripts) == ("page.js", "a.js", "deep/b.js", "side.js", "deep/d.js")


def test_a_module_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        modules("page.js", write(tmp_path, page="""import { a } from "./a.js";\n"""))


@pytest.mark.parametrize("entry", sorted(path.name for path in SCRIPTS.glob("*-page.js")))
def test_the_pages_of_the_theme_find_theirs(entry: str) -> None:
    found = modules(entry)
    assert found[0] == entry
    assert len(found) > 5
