"""MkDocs' server, told more exactly when to build and what to show.

All that leans on how the server of MkDocs 1.6 goes about a change, and is not promised, stands in this module: it looks
for changes twice a second, waits until they end, begins a version of the site that is not visible yet, builds, and
makes that version visible, for which requests and browsers have waited.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from watchdog.events import FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.polling import PollingEmitter, PollingObserver

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from mkdocs.livereload import LiveReloadServer
    from watchdog.events import FileSystemEvent

# Seconds in which the changes of one save all come.
_ONE_SAVE = 0.05
# To read a file is an event too.
_CHANGES = frozenset({"modified", "created", "deleted", "moved", "closed"})


class Live:
    """The server while it runs."""

    def __init__(self, server: LiveReloadServer) -> None:
        """Take the server, which need not have begun."""
        self._server = server
        server.build_delay = _ONE_SAVE

    def is_wanted(self) -> bool:
        """Tell whether something was changed since the build began, or the server is to end."""
        return self._server._want_rebuild or self._server._shutdown

    def waits(self, seconds: float) -> bool:
        """Wait so long for something to change; tell whether it did, or the server is to end."""
        with self._server._rebuild_cond:
            return self._server._rebuild_cond.wait_for(self.is_wanted, seconds)

    def show(self) -> None:
        """Let requests and browsers have what is there, although the build goes on."""
        with self._server._epoch_cond:
            self._server._visible_epoch = self._server._wanted_epoch
            self._server._epoch_cond.notify_all()

    def reload(self) -> None:
        """Have browsers load their page once more when the build is at its end, although something was shown before."""
        with self._server._epoch_cond:
            self._server._wanted_epoch += 1

    def hasten(self, folder: Path) -> Callable[[], None]:
        """Have the server look for changes when the system tells of one in a folder, and not only twice a second.

        Returns what ends that. Where no system tells, as on a disk of another machine, nothing is lost.
        """
        told, ended = threading.Event(), threading.Event()
        observer = Observer()
        if isinstance(observer, PollingObserver):
            return lambda: None
        try:
            observer.schedule(_Telling(told), str(folder), recursive=True)
            observer.start()
        except OSError:
            # So many folders cannot be watched here.
            return lambda: None

        def look() -> None:
            while told.wait() and not ended.wait(_ONE_SAVE / 2):
                told.clear()
                for emitter in list(self._server.observer.emitters):
                    if isinstance(emitter, PollingEmitter) and emitter.watch.path == str(folder) and emitter.is_alive():
                        emitter.queue_events(0)

        threading.Thread(target=look, daemon=True).start()

        def end() -> None:
            ended.set()
            told.set()
            observer.stop()

        return end


class _Telling(FileSystemEventHandler):
    def __init__(self, told: threading.Event) -> None:
        self._told = told

    def on_any_event(self, event: FileSystemEvent) -> None:
        if event.event_type in _CHANGES:
            self._told.set()
