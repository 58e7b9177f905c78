"""Catalogue → the links to other sites that no longer lead anywhere; asked for only by `kunskapsbank check --external`.

What was answered is kept in a file, so that the same addresses are not asked for every time. An answer that says that
the page is gone is an error. What may be a passing fault, or a site that will not speak to programs, is a remark.
Which machines are asked at all is settled in `reach`.
"""

from __future__ import annotations

import http.client
import socket
import ssl
import time
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from queue import Empty, SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING, Any
from urllib.error import URLError
from urllib.parse import quote, urldefrag, urljoin, urlsplit, urlunsplit
from urllib.request import Request

from kunskapsbank.checks.links import RULE, short
from kunskapsbank.checks.reach import Nearness, OutOfReach, in_the_world, opener
from kunskapsbank.kept import Kept
from kunskapsbank.problems import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path
    from urllib.request import OpenerDirector

    from kunskapsbank.checks.reach import MayAsk
    from kunskapsbank.model.catalogue import Catalogue

_FILE, _FORMAT = "links.jsonl", "2"
_GOOD_FOR, _BAD_FOR = timedelta(days=7), timedelta(days=1)
_THREADS = 8
_MOST_REDIRECTS = 5
_AGENT = "Mozilla/5.0 (compatible; kunskapsbank-check)"
_GONE = frozenset({404, 410})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_FOR_EVER = frozenset({301, 308})

_HINT_GONE = "Leta upp sidans nya adress. Finns den inte längre, ta bort länken och skriv var uppgiften kom ifrån."
_HINT_BY_HAND = "Öppna länken i en webbläsare och se efter att den leder rätt."
_HINT_OWN_NETWORK = "Är länken till för dem som sitter på det nätet: kör kommandot där, med --interna."
_HINT_THIS_MACHINE = "Byt adressen till en som läsarna kan nå, eller ta bort länken."
_HINT_AGAIN = "Kör kommandot en gång till: det som är klart är sparat."


@dataclass(frozen=True, slots=True)
class Limits:
    """How long to wait, in seconds: for a server, for all of them together, and between two questions to the same."""

    one: float = 10
    all: float = 300
    between: float = 0.5


USUAL = Limits()


@dataclass(frozen=True, slots=True)
class _Answer:
    """What came of asking for an address.

    `status` is that of the last answer, 0 where there was none and `fault` says why, in Swedish. `moved` is the new
    address of a page that has moved for good. `asked` is when, in ISO 8601. `nearness` tells of a machine that was not
    asked how near it is, None of one that was.
    """

    status: int
    fault: str
    moved: str
    asked: str
    nearness: Nearness | None = None

    @property
    def is_good(self) -> bool:
        return 200 <= self.status < 300


def check(
    catalogue: Catalogue, cache: Path, now: datetime, limits: Limits = USUAL, may_ask: MayAsk = in_the_world
) -> Iterator[Problem]:
    """Ask for every outside link and yield what is wrong with it, on each line where it stands.

    `cache` is a folder, made if need be. `now` is the time with its zone: good answers are kept for a week, bad ones
    for a day. `may_ask` tells by its address whether a machine may be asked: see `reach`.
    """
    places = _places(catalogue)
    kept = _kept(cache)
    known = {address: answer for address, answer in kept.items() if _is_fresh(answer, now)}
    asked = _ask([address for address in places if address not in known], now.isoformat(), limits, may_ask)
    if answered := {address: answer for address, answer in asked.items() if answer.nearness is None}:
        for address, answer in (known | answered).items():
            kept.keep(address, answer)
        kept.save()
    for address, found in places.items():
        for place in found:
            yield from _problems(place, (known | asked).get(address))


@dataclass(frozen=True, slots=True)
class _Place:
    file: str
    line: int
    target: str


def _places(catalogue: Catalogue) -> Mapping[str, list[_Place]]:
    """Return where each address stands, by the address as it is asked for."""
    places: dict[str, list[_Place]] = {}
    for file, body in catalogue.bodies.items():
        for link in dict.fromkeys(body.links):
            if address := _address(link.target):
                places.setdefault(address, []).append(_Place(file, link.line, link.target))
    return places


def _address(target: str) -> str:
    """Return an address that can be asked for, in ASCII and without anchor; "" for what is no page of another site."""
    try:
        parts = urlsplit(urldefrag(f"https:{target}" if target.startswith("//") else target.strip()).url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            return ""
        host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname.encode("idna").decode()
        place = f"{host}:{parts.port}" if parts.port else host
    except ValueError:
        return ""
    path, query = (quote(part, safe="/%:@!$&'()*+,;=~?-._") for part in (parts.path, parts.query))
    return urlunsplit((parts.scheme, place, path or "/", query, ""))


def _problems(place: _Place, answer: _Answer | None) -> Iterator[Problem]:
    def problem(severity: Severity, message: str, hint: str) -> Problem:
        return Problem(place.file, place.line, "", message, hint, severity, RULE)

    shown = short(place.target)
    if answer is None:
        yield problem(Severity.REMARK, f"länken {shown} hann inte kontrolleras", _HINT_AGAIN)
    elif answer.nearness is Nearness.OWN_NETWORK:
        message = f"länken {shown} leder till ett internt nät och är inte prövad"
        yield problem(Severity.REMARK, message, _HINT_OWN_NETWORK)
    elif answer.nearness:
        message = f"länken {shown} leder till läsarens egen dator eller dess närmaste nät och prövas aldrig"
        yield problem(Severity.REMARK, message, _HINT_THIS_MACHINE)
    elif answer.status in _GONE:
        message = f"sidan {shown} finns inte längre (svar {answer.status})"
        yield problem(Severity.ERROR, message, _HINT_GONE)
    elif not answer.is_good:
        why = answer.fault or f"svar {answer.status}"
        yield problem(Severity.REMARK, f"länken {shown} gick inte att kontrollera: {why}", _HINT_BY_HAND)
    elif answer.moved:
        anchor = urldefrag(place.target).fragment
        new = answer.moved if urldefrag(answer.moved).fragment or not anchor else f"{answer.moved}#{anchor}"
        yield problem(Severity.REMARK, f"sidan {shown} har flyttat", f"Byt adressen till {new}")


def _ask(addresses: Iterable[str], asked: str, limits: Limits, may_ask: MayAsk) -> dict[str, _Answer]:
    """Ask for the addresses, the hosts side by side and each host one question at a time.

    The threads are left to themselves when the time is up, and keep no program alive.
    """
    hosts: dict[str, list[str]] = {}
    for address in addresses:
        hosts.setdefault(urlsplit(address).netloc, []).append(address)
    waiting: SimpleQueue[list[str]] = SimpleQueue()
    for group in hosts.values():
        waiting.put(group)
    answers: dict[str, _Answer] = {}
    end = time.monotonic() + limits.all
    asking = opener(may_ask)

    def work() -> None:
        while time.monotonic() < end:
            try:
                group = waiting.get_nowait()
            except Empty:
                return
            for number, address in enumerate(group):
                time.sleep(limits.between if number else 0)
                if time.monotonic() >= end:
                    return
                answers[address] = _answer(address, asked, limits, asking)

    threads = [Thread(target=work, daemon=True) for _ in range(min(_THREADS, len(hosts)))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(max(0, end - time.monotonic()))
    return dict(answers)


def _answer(address: str, asked: str, limits: Limits, asking: OpenerDirector) -> _Answer:
    """Follow an address to the page it leads to; never raises."""
    here, moved, is_for_ever = address, "", True
    for _ in range(_MOST_REDIRECTS + 1):
        try:
            status, leads_to = _status(here, limits, asking)
        except (OSError, http.client.HTTPException, ValueError) as error:
            cause = error.reason if isinstance(error, URLError) else error
            near = cause.nearness if isinstance(cause, OutOfReach) else None
            return _Answer(0, _reason(error), "", asked, near)
        if status not in _REDIRECTS or not leads_to:
            return _Answer(status, "", moved, asked)
        new = urljoin(here, leads_to)
        here = _address(new)
        if not here:
            # Nothing but web pages: never a file of this machine.
            return _Answer(0, "den leder vidare till något som inte är en webbsida", "", asked)
        is_for_ever = is_for_ever and status in _FOR_EVER
        if is_for_ever:
            moved = new
    return _Answer(0, "den leder vidare för många gånger", "", asked)


def _status(address: str, limits: Limits, asking: OpenerDirector) -> tuple[int, str]:
    """Return the status of an address and where it leads to; a server that will not answer HEAD is asked with GET."""
    try:
        status, leads_to = _asked(address, "HEAD", limits, asking)
    except (ConnectionError, http.client.HTTPException):
        status, leads_to = 0, ""
    return (status, leads_to) if 0 < status < 400 else _asked(address, "GET", limits, asking)


def _asked(address: str, method: str, limits: Limits, asking: OpenerDirector) -> tuple[int, str]:
    request = Request(address, method=method, headers={"User-Agent": _AGENT, "Accept": "*/*"})
    with asking.open(request, timeout=limits.one) as response:
        return response.status, response.headers.get("Location", "")


def _reason(error: Exception) -> str:
    cause = error.reason if isinstance(error, URLError) else error
    if isinstance(cause, ssl.SSLCertVerificationError):
        return "webbplatsens certifikat godkänns inte"
    if isinstance(cause, ssl.SSLError):
        return "den säkra anslutningen gick inte att öppna"
    if isinstance(cause, socket.gaierror):
        return "webbplatsen hittas inte"
    if isinstance(cause, TimeoutError):
        return "servern svarade inte i tid"
    if isinstance(cause, ConnectionError):
        return "anslutningen bröts"
    return "servern svarade inte som den ska"


def _is_fresh(answer: _Answer, now: datetime) -> bool:
    try:
        age = now - datetime.fromisoformat(answer.asked)
    except (TypeError, ValueError):
        return False
    return timedelta() <= age < (_GOOD_FOR if answer.is_good else _BAD_FOR)


def _kept(cache: Path) -> Kept[_Answer]:
    return Kept(cache / _FILE, _FORMAT, asdict, _read)


def _read(written: Any) -> _Answer:
    answer = _Answer(**written)
    if not (isinstance(answer.status, int) and isinstance(answer.moved, str)):
        raise TypeError(written)
    return answer
