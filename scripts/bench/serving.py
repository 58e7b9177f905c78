#!/usr/bin/env python3
"""Serve a built site with nginx and the settings of docs/serving, and tell what it sends: headers, and bytes.

Needs nginx, and the module for Brotli where it is to be tried (Debian: nginx-light, libnginx-mod-http-brotli-static).
`serving.py [FOLDER]`: a site that scripts/compress has been run on. Only this machine is asked.
"""

import argparse
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from email.message import Message
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SETTINGS = ROOT / "docs/serving/nginx.conf"
_BROTLI = "modules/ngx_http_brotli_static_module.so"
_MODULES = (Path("/usr/lib/nginx"), Path("/usr/lib64/nginx"))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0], allow_abbrev=False)
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "site", metavar="FOLDER")
    folder: Path = parser.parse_args().folder.resolve()
    program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
    if not program:
        sys.exit("nginx is not installed.")
    with tempfile.TemporaryDirectory(prefix="nginx-") as name:
        port = _free_port()
        settings = _settings(Path(name), folder, port)
        server = subprocess.Popen([program, "-p", name, "-c", str(settings), "-g", "daemon off;"])
        try:
            _wait(port)
            print("\n".join(_table(folder, f"http://127.0.0.1:{port}")))
        finally:
            server.terminate()
            server.wait()
    return 0


def _settings(folder: Path, site: Path, port: int) -> Path:
    """Write the settings of a whole nginx around those of the docs, and return their file."""
    module = next((path / _BROTLI for path in _MODULES if (path / _BROTLI).exists()), None)
    own = SETTINGS.read_text("utf-8").replace("/srv/banken/site", str(site))
    own = own.replace("listen 80;", f"listen 127.0.0.1:{port};").replace("    listen [::]:80;\n", "")
    if not module:
        own = own.replace("    brotli_static on;\n", "")
    types = next(path for path in (Path("/etc/nginx/mime.types"), Path("/usr/local/nginx/mime.types")) if path.exists())
    shutil.copy(types, folder / "mime.types")
    (folder / "bank.conf").write_text(own, "utf-8")
    places = "\n".join(
        f"  {word}_temp_path {folder}/{word};" for word in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    lines = [f"load_module {module};"] if module else []
    lines += [f"pid {folder}/nginx.pid;", "error_log stderr;", "worker_processes 1;", "events {}"]
    lines += ["http {", f"  access_log off;\n{places}", f"  include {folder}/bank.conf;", "}"]
    target = folder / "nginx.conf"
    target.write_text("\n".join([*lines, ""]), "utf-8")
    return target


def _table(folder: Path, address: str) -> Iterator[str]:
    yield "| asked | status | type | Cache-Control | bytes | gzip | br | asked again |"
    yield "| --- | ---: | --- | --- | ---: | ---: | ---: | ---: |"
    for path in _asked(folder):
        status, headers, body = _get(f"{address}/{path}")
        sizes = []
        for encoding in ("gzip", "br"):
            _, packed, small = _get(f"{address}/{path}", {"Accept-Encoding": encoding})
            sizes.append(str(len(small)) if packed["Content-Encoding"] == encoding else "–")
        again = _get(f"{address}/{path}", {"If-None-Match": headers["ETag"]})[0] if headers["ETag"] else "–"
        row = [f"/{path}", status, headers["Content-Type"], headers["Cache-Control"], len(body), *sizes, again]
        yield f"| {' | '.join(map(str, row))} |"


def _asked(folder: Path) -> Iterator[str]:
    """Yield addresses of each sort that a site has."""
    yield from ("", "sok/", "sok/index/manifest.json", "finns-inte/")
    patterns = ("projekt/*/index.html", "assets/**/layout.css", "assets/**/client.js", "sok/index/*/**/*.kb")
    for pattern in (*patterns, "assets/**/pyodide.asm.wasm", "assets/**/library-*.zip", "data/*.csv", "flode.xml"):
        found = next(iter(sorted(folder.glob(pattern))), None)
        if found:
            yield re.sub(r"index\.html$", "", found.relative_to(folder).as_posix())


def _get(address: str, headers: dict[str, str] | None = None) -> tuple[int, Message, bytes]:
    asked = urllib.request.Request(address, headers=headers or {})
    try:
        with urllib.request.urlopen(asked, timeout=10) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read()


def _wait(port: int) -> None:
    until = time.monotonic() + 10
    while time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.05)
    sys.exit("nginx did not start.")


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


if __name__ == "__main__":
    sys.exit(main())
