"""`kunskapsbank build` and `kunskapsbank serve`: the site by MkDocs, in a process of its own."""

from __future__ import annotations

import importlib.util
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kunskapsbank.cli.parsing import UsageError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from kunskapsbank.cli.parsing import Shared

_SETUP = "mkdocs.yml"
_TOOLS = ("mkdocs", "properdocs")
_BUILD = (
    "Bygger webbplatsen i mappen site, eller en annan: %(prog)s --till MAPP. Fel i innehållet visas, och då skrivs "
    "inget."
)
_SERVE = (
    "Bygger banken och visar den på http://127.0.0.1:8000/. Det du sparar byggs och visas direkt. Avsluta med Ctrl-C."
)


def add(commands: Any, shared: Shared) -> None:
    """Add both commands to the parser."""
    build = commands.add_parser("build", parents=[shared], help="bygg webbplatsen", description=_BUILD)
    build.set_defaults(run=_build)
    build.add_argument("--till", metavar="MAPP", type=Path, help="mappen som webbplatsen skrivs till (site)")
    serve = commands.add_parser("serve", parents=[shared], help="visa banken här", description=_SERVE)
    serve.set_defaults(run=_serve)
    serve.add_argument("--port", metavar="N", default="8000", help="porten som banken visas på (8000)")
    for parser in (build, serve):
        parser.add_argument("--profile", action="store_true", help="visa var tiden gick")
        parser.add_argument(
            "--verktyg", choices=_TOOLS, default=_TOOLS[0], help="vad som bygger: mkdocs eller properdocs"
        )


def _build(options: argparse.Namespace) -> int:
    to = ["-d", str(options.till.resolve())] if options.till else []
    return _run(options, "build", ["--strict", *to])


def _serve(options: argparse.Namespace) -> int:
    if not options.port.isdigit() or not 0 < int(options.port) < 65536:
        raise UsageError(f"--port är '{options.port}', men ska vara ett tal mellan 1 och 65535.")
    try:
        socket.create_server(("127.0.0.1", int(options.port))).close()
    except OSError:
        raise UsageError(f"porten {options.port} är upptagen. Pröva --port {int(options.port) % 65535 + 1}.") from None
    # --livereload is the default, but not with every version of click.
    return _run(options, "serve", ["--strict", "--livereload", "-a", f"127.0.0.1:{options.port}"])


def _run(options: argparse.Namespace, command: str, more: Sequence[str]) -> int:
    """Run the tool in the bank's folder; returns its exit status."""
    folder = options.innehåll.resolve().parent
    if not (folder / _SETUP).is_file():
        raise UsageError(f"{folder / _SETUP} finns inte. Kör kommandot i bankens mapp, eller börja en bank med init.")
    if importlib.util.find_spec(options.verktyg) is None:
        raise UsageError(f"{options.verktyg} är inte installerat. Kör pip install {options.verktyg}.")
    # MkDocs tells at length of a version to come, which is none of an editor's concern.
    quiet = {"NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}
    if options.profile:
        quiet["KUNSKAPSBANK_PROFILE"] = "1"
    run = [sys.executable, "-X", "utf8", "-m", options.verktyg, command, "-f", _SETUP, *more]
    with subprocess.Popen(run, cwd=folder, env=os.environ | quiet) as tool:
        # Whoever ends the command, a service manager say, means the tool: it would go on with the port in its hands.
        before = signal.signal(signal.SIGTERM, lambda *_: tool.terminate())
        try:
            status = tool.wait()
        except BaseException:
            tool.kill()
            raise
        finally:
            signal.signal(signal.SIGTERM, before)
    # As a shell tells of what was ended by a signal.
    return status if status >= 0 else 128 - status
