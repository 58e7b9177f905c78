"""All that a page is made with besides what it shows → a digest: settings, navigation, templates, code and versions."""

from __future__ import annotations

import sys
import sysconfig
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from hashlib import blake2b
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

import mkdocs

from kunskapsbank import kept

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.nav import Navigation

# What is known to make nothing of a page but what is known here. With any other plugin, each page is made anew.
_OURS = "kunskapsbank/"
_THEME = "material"
# What has a part in a page, by the names that they are installed by; not all need be there.
_DISTRIBUTIONS = (
    *("mkdocs", "properdocs", "mkdocs-material", "jinja2", "markupsafe", "markdown", "pymdown-extensions"),
    "babel",
)
# Folders of our own code that no page shows anything of.
_NOT_SHOWN = frozenset({"__pycache__", "pyodide"})
# A template that asks for the time is never the same.
_CHANGING = (b"build_date_utc", b"now(")
# In what Python says of an object that does not tell what it holds.
_ADDRESS = " object at 0x"


def are_known(config: MkDocsConfig) -> bool:
    """Tell whether nothing but what is known here has a part in the pages."""
    return not config.hooks and config.theme.name == _THEME and all(name.startswith(_OURS) for name in config.plugins)


def digest(config: MkDocsConfig, nav: Navigation, env: Environment) -> str | None:
    """Return the same for two builds only if pages that show the same come out the same; None where nobody can tell.

    `are_known` is true of `config`.
    """
    themes = _own_themes(config)
    if themes is None:
        return None
    # Functions are told by the code; whatever else templates ask for is told by what it is.
    globals_ = sorted((name, _told(value)) for name, value in env.globals.items() if not callable(value))
    if any(_ADDRESS in told for _, told in globals_):
        return None
    parts = (kept.version(), _versions(), _code(), _settings(config), _items(nav.items), globals_)
    return _digest(parts, themes)


def whole(config: MkDocsConfig) -> str | None:
    """Return the same for two builds of the same content only if they make the same site; None where nobody can tell.

    `config` is as it was read: no plugin has changed it.
    """
    themes = _own_themes(config) if are_known(config) else None
    if themes is None:
        return None
    # The names of these folders have the versions.
    found = (path.name for place in sys.path for path in (Path(place).iterdir() if Path(place).is_dir() else ()))
    installed = sorted(name for name in found if name.endswith((".dist-info", ".egg-info")))
    runtime = sorted((path.name, path.stat().st_size) for path in (Path(__file__).parent / "pyodide").iterdir())
    parts = (mkdocs.__name__, sys.version, installed, kept.version(), _code(), runtime, _settings(config))
    return _digest(parts, themes)


def _own_themes(config: MkDocsConfig) -> list[dict[str, bytes]] | None:
    """Return the files of the themes that no version tells of; None where one of them is never the same."""
    themes = [_files(Path(folder)) for folder in config.theme.dirs if not _is_installed(Path(folder))]
    return None if any(mark in data for files in themes for data in files.values() for mark in _CHANGING) else themes


def _digest(parts: object, themes: Iterable[Mapping[str, bytes]]) -> str:
    found = blake2b(repr(parts).encode("utf-8", "surrogatepass"), digest_size=16)
    for files in themes:
        for name, data in files.items():
            found.update(f"\0{name}\0{len(data)}\0".encode("utf-8", "surrogatepass") + data)
    return found.hexdigest()


def _told(value: object) -> str:
    """Return what tells a value from others, the same in every process: sets have another order in each."""
    if isinstance(value, set | frozenset):
        return f"{{{', '.join(sorted(map(_told, value)))}}}"
    if isinstance(value, tuple | list):
        return f"[{', '.join(map(_told, value))}]"
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{_told(key)}: {_told(found)}' for key, found in value.items())}}}"
    if is_dataclass(value) and not isinstance(value, type):
        return f"{type(value).__name__}({', '.join(_told(getattr(value, one.name)) for one in fields(value))})"
    return repr(value)


def _versions() -> tuple[object, ...]:
    return (mkdocs.__name__, *map(_version, _DISTRIBUTIONS))


@cache
def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""


@cache
def _code() -> str:
    """Return a digest of the plugins' code and of the theme."""
    found = blake2b(digest_size=16)
    for name, data in _files(Path(__file__).parent).items():
        found.update(f"\0{name}\0{len(data)}\0".encode() + data)
    return found.hexdigest()


def _files(folder: Path) -> dict[str, bytes]:
    paths = ((path, path.relative_to(folder)) for path in sorted(folder.rglob("*")))
    return {
        name.as_posix(): path.read_bytes()
        for path, name in paths
        if not _NOT_SHOWN.intersection(name.parts) and path.is_file()
    }


def _is_installed(folder: Path) -> bool:
    """Tell whether a folder is of a package whose version is known, or of our own code, which is looked at anyway."""
    own = Path(__file__).parent
    places = (Path(sysconfig.get_path(name)) for name in ("purelib", "platlib"))
    return folder.is_relative_to(own) or any(folder.is_relative_to(place) for place in places)


def _settings(config: MkDocsConfig) -> list[tuple[str, str]]:
    theme = config.theme
    asked = {name: repr(plugin.config) for name, plugin in config.plugins.items()}
    # The folder that the build is turned aside to, and what is no data.
    found = {name: value for name, value in config.items() if name not in {"plugins", "theme", "site_dir", "hooks"}}
    theme_settings = {name: theme[name] for name in theme}
    statics = sorted(theme.static_templates)
    return [
        *sorted((name, repr(value)) for name, value in found.items()),
        ("plugins", repr(sorted(asked.items()))),
        ("theme", repr((theme.name, theme.dirs, statics, sorted(theme_settings.items(), key=str)))),
    ]


def _items(items: object) -> list[object]:
    return list(_described(items))


def _described(items: object) -> Iterator[object]:
    for item in items if isinstance(items, list) else ():
        yield (type(item).__name__, item.title, getattr(item, "url", None), list(_described(item.children)))
