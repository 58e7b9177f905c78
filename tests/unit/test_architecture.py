"""The rules of the house that no type checker sees."""

import ast
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import jinja2
import pytest
from jinja2 import nodes

from kunskapsbank.reading import schema

ROOT = Path(__file__).parents[2]
LIBRARY = sorted((ROOT / "kunskapsbank").rglob("*.py"))
PLUGINS = sorted((ROOT / "plugins").rglob("*.py"))
KEYS = {
    rule.key
    for rule in (
        *schema.FIELDS,
        *schema.PAGE_FIELDS,
        *schema.GRANT_FIELDS,
        *schema.ANALYSIS_FIELDS,
        *schema.LIMIT_FIELDS,
        *schema.ACCOUNT_FIELDS,
    )
}
# Words that are something else as well: the name of an attribute, or of the folder of the projects.
AMBIGUOUS = {"projekt", *(rule.attribute for rule in schema.FIELDS)}
# The rooms of the library, the lowest first: a module imports what is lower, and of its own row only its own room.
ROOMS = (
    ("problems", "progress", "kept", "store"),
    ("swedish",),
    ("files", "settings"),
    ("markup",),
    ("model",),
    ("reading",),
    ("attachments",),
    ("checks",),
    ("bank",),
    ("exports",),
    ("accounts",),
    ("pages", "search", "writing"),
    ("suggest",),
    ("intake",),
    ("editors",),
    ("cli",),
)
HEIGHT = {room: height for height, rooms in enumerate(ROOMS) for room in rooms}
FOREIGN = ("mkdocs", "material", "properdocs", "jinja2", "kunskapsbank_mkdocs", "plugins")


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"), str(path))


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


def imported(path: Path) -> Iterator[str]:
    """Yield the modules of the library that a file imports, also those only for the type checker or when needed."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.startswith("kunskapsbank."))
        elif isinstance(node, ast.ImportFrom) and node.module == "kunskapsbank":
            yield from (f"kunskapsbank.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("kunskapsbank."):
            yield str(node.module)


def upwards(path: Path) -> list[str]:
    """Return what a module imports of rooms that are not below its own."""
    room = path.relative_to(ROOT / "kunskapsbank").parts[0].removesuffix(".py")
    others = ((module, module.split(".")[1]) for module in imported(path))
    return [module for module, other in others if other != room and HEIGHT[other] >= HEIGHT[room]]


def module_name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


LOOK_UPS = {"get", "pop", "setdefault"}
TELLERS = {"Problem", "problem"}


def used_as_keys(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the string literals that a mapping is asked for, that a value is compared with or a problem placed at.

    The same words may stand elsewhere: as folders, as names of facets and vocabularies, in texts for readers.
    """
    for node in ast.walk(tree(path)):
        found: list[ast.expr] = []
        if isinstance(node, ast.Subscript):
            found = [node.slice]
        elif isinstance(node, ast.Compare):
            found = [node.left, *node.comparators]
        elif isinstance(node, ast.Call):
            called = getattr(node.func, "attr", None) or getattr(node.func, "id", None)
            found = node.args[:1] if called in LOOK_UPS else node.args if called in TELLERS else []
        for expression in found:
            for part in ast.walk(expression):
                if isinstance(part, ast.Constant) and isinstance(part.value, str):
                    yield part.lineno, part.value


@pytest.mark.parametrize("path", [path for path in LIBRARY if path.parent.name != "kunskapsbank"], ids=name)
def test_imports_go_one_way(path: Path) -> None:
    assert upwards(path) == []


def test_each_module_at_the_top_has_its_place() -> None:
    top = {path.relative_to(ROOT / "kunskapsbank").parts[0].removesuffix(".py") for path in LIBRARY}
    assert top - {"__init__"} == {*HEIGHT}
    for path in (ROOT / "kunskapsbank").glob("*.py"):
        # The front is above everything that it lets in.
        assert path.stem == "__init__" or upwards(path) == []


def test_the_check_of_imports_would_find_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "kunskapsbank/model/a.py"
    path.parent.mkdir(parents=True)
    path.write_text(
        "from kunskapsbank import checks\nimport kunskapsbank.cli.new\nfrom kunskapsbank.swedish.text import fold\n"
        "if TYPE_CHECKING:\n    from kunskapsbank.reading import schema\n",
        "utf-8",
    )
    monkeypatch.setitem(globals(), "ROOT", tmp_path)
    assert upwards(path) == ["kunskapsbank.checks", "kunskapsbank.cli.new", "kunskapsbank.reading"]


@pytest.mark.parametrize("path", LIBRARY, ids=name)
def test_library_imports_nothing_of_its_host(path: Path) -> None:
    assert not [module for module in imports(path) if module.split(".")[0] in FOREIGN]


def test_library_loads_nothing_of_its_host() -> None:
    fresh = subprocess.run(
        [
            sys.executable,
            "-c",
            f"import importlib, sys; [importlib.import_module(m) for m in {[module_name(path) for path in LIBRARY]}]; "
            f"print(*sorted({set(FOREIGN)} & {{module.split('.')[0] for module in sys.modules}}))",
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert fresh.returncode == 0, fresh.stderr
    assert fresh.stdout.split() == []


@pytest.mark.parametrize("path", [*LIBRARY, *PLUGINS], ids=name)
def test_front_matter_keys_are_used_only_in_the_schema(path: Path) -> None:
    if path != ROOT / "kunskapsbank/reading/schema.py":
        assert not [(line, word) for line, word in used_as_keys(path) if word in KEYS - AMBIGUOUS]


def test_the_check_of_keys_would_find_one(tmp_path: Path) -> None:
    path = tmp_path / "a.py"
    path.write_text(
        'meta["titel"]; meta.get("år"); key == "ägare"; Problem(file, 1, "typ", "a"); print("källa")\n', "utf-8"
    )
    assert {word for _, word in used_as_keys(path)} & KEYS == {"titel", "år", "ägare", "typ"}


@pytest.mark.parametrize("path", [*LIBRARY, *PLUGINS], ids=name)
def test_whoosh_has_one_door(path: Path) -> None:
    if path != ROOT / "kunskapsbank/search/index.py":
        assert not [module for module in imports(path) if module.split(".")[0] == "whoosh"]


@pytest.mark.parametrize("path", [*LIBRARY, *PLUGINS], ids=name)
def test_everything_public_is_documented(path: Path) -> None:
    module = tree(path)
    assert ast.get_docstring(module), "the module's promise"
    for node in module.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            assert ast.get_docstring(node), node.name


@pytest.mark.parametrize("path", LIBRARY, ids=name)
def test_library_asks_neither_clock_nor_surroundings(path: Path) -> None:
    if path.parent.name == "cli":
        return  # The command line is an edge, as the plugins are.
    called = {
        node.func.attr
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    }
    assert not called & {"today", "now", "utcnow", "cwd", "getcwd", "getenv"}
    assert "os" not in imports(path)


# What a template may ask of what MkDocs hands it: the page itself and the theme's own settings.
PAGE = {
    "canonical_url", "content", "is_homepage", "is_page", "is_section", "children", "meta", "next_page", "title", "toc",
    "update_date", "url", "items", "homepage",
}  # fmt: skip
CONFIG = {"extra", "repo_url", "site_description", "site_name", "site_url", "theme"}
ANY_PAGE = {"page", "nav"}


def looks_too_far(template: str) -> set[str]:
    """Return what a template asks for besides its page, its view and the theme."""
    found = jinja2.Environment().parse(template)
    set_here = {name.name for name in found.find_all(nodes.Name) if name.ctx in {"store", "param"}}
    macros = {macro.name for macro in found.find_all(nodes.Macro)}
    imported = {"kb"} | {target.target for target in found.find_all(nodes.Import)}
    names = {name.name for name in found.find_all(nodes.Name) if name.ctx == "load"} - set_here - macros - imported
    asked = {
        (owner.node.name, owner.attr) for owner in found.find_all(nodes.Getattr) if isinstance(owner.node, nodes.Name)
    }
    reached = {f"{name}.{attr}" for name, attr in asked if name in ANY_PAGE and attr not in PAGE}
    reached |= {f"config.{attr}" for name, attr in asked if name == "config" and attr not in CONFIG}
    return reached | (names - GIVEN)


# What the plugins put there is settled before any page is: addresses, settings and foreign words.
GIVEN = {
    "base_url", "caller", "config", "content_folder", "foreign", "lang", "loop", "modules", "nav", "new_file",
    "opensearch", "page", "serving", "settings", "shared", "super", "take", "template", "title", "trail", "view",
    # What a part that pages share is handed.
    "is_list", "searches",
}  # fmt: skip
TEMPLATES = sorted((ROOT / "plugins/kunskapsbank_mkdocs/theme").rglob("*.html"))


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_a_page_is_a_function_of_its_view_its_body_and_the_theme(path: Path) -> None:
    assert looks_too_far(path.read_text("utf-8")) == set()


def test_the_check_of_templates_would_find_a_look_at_the_bank() -> None:
    template = "{% for other in pages %}{{ config.plugins }}{{ page.file }}{{ view.row }}{% endfor %}"
    assert looks_too_far(template) == {"pages", "config.plugins", "page.file"}


def test_a_build_knows_nothing_of_whoosh() -> None:
    asked = "import kunskapsbank_mkdocs.search, sys; raise SystemExit('whoosh' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", asked]).returncode == 0


def test_a_command_loads_only_what_it_needs(tmp_path: Path) -> None:
    content = shutil.copytree(ROOT / "tests/cases/sample", tmp_path / "content")
    rooms = "{name.split('.')[1] for name in sys.modules if name.startswith('kunskapsbank.')}"
    asked = f"import sys; from kunskapsbank import cli; cli.main(['check', '--innehåll', sys.argv[1]]); print(*{rooms})"
    run = subprocess.run([sys.executable, "-c", asked, str(content)], capture_output=True, text=True, check=True)
    loaded = run.stdout.splitlines()[-1].split()
    assert "checks" in loaded
    assert not {"accounts", "editors", "intake", "pages", "search", "writing"}.intersection(loaded)
