"""The server of MkDocs and of ProperDocs is what `live` takes it for."""

import importlib
import re
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from support import TOOLS

from kunskapsbank_mkdocs import live
from kunskapsbank_mkdocs.live import Live

PLUGINS = Path(live.__file__).parent


@pytest.fixture(params=TOOLS)
def server(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Any]:
    reloading = importlib.import_module(f"{request.param}.livereload")
    # So seldom does it look for changes by itself that a test never sees it.
    found = reloading.LiveReloadServer(lambda: None, "127.0.0.1", 0, str(tmp_path), polling_interval=3600)
    yield found
    found.server_close()


def test_only_one_module_knows_how_the_server_works() -> None:
    private = re.compile(r"_want_rebuild|_rebuild_cond|_epoch|\._shutdown|emitters")
    assert [path.name for path in PLUGINS.rglob("*.py") if private.search(path.read_text("utf-8"))] == ["live.py"]


def test_a_version_is_shown_before_the_build_is_at_its_end_and_once_more_after(server: Any) -> None:
    one = Live(server)
    server._wanted_epoch += 1
    one.show()
    assert server._visible_epoch == server._wanted_epoch
    one.reload()
    assert server._visible_epoch < server._wanted_epoch


def test_whoever_waits_is_told_that_something_was_saved(server: Any, tmp_path: Path) -> None:
    one = Live(server)
    assert not one.is_wanted()
    assert not one.waits(0)
    server.watch(str(tmp_path))
    server.observer.start()
    end = one.hasten(tmp_path)
    try:
        told = threading.Event()
        threading.Thread(target=lambda: one.waits(60) and told.set(), daemon=True).start()
        # Watching begins in another thread, so what is written first may come before it.
        for number in range(600):
            (tmp_path / "a.md").write_text("text " * number, "utf-8")
            if told.wait(0.1):
                break
        assert one.is_wanted()
    finally:
        end()
        server.observer.stop()
