"""Which machines may be asked for a page, and a way of asking that reaches no others.

A link can name any machine: this one, the one beside it, the one that hands out a build's secrets (169.254.169.254).
Who is asked is settled by the address that is connected to, not by the name in the link, so that neither a name, a
redirect, nor another way of writing the address leads elsewhere.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
from collections.abc import Callable
from enum import Enum
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from urllib.request import HTTPHandler, HTTPSHandler, OpenerDirector, ProxyHandler

from kunskapsbank.problems import BankError

if TYPE_CHECKING:
    from urllib.request import Request

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
MayAsk = Callable[[Address], bool]
"""Tells whether the machine with an address may be asked."""

_CARRIES_IPV4 = (ipaddress.IPv6Network("64:ff9b::/96"), ipaddress.IPv6Network("::/96"))
# Where clouds hand out secrets over IPv6; over IPv4 it is link-local.
_METADATA = ipaddress.IPv6Network("fd00:ec2::/32")


class Nearness(Enum):
    """How near a machine is: out on the internet, within the own network, or so near that it is never asked."""

    WORLD = "världen"
    OWN_NETWORK = "det egna nätet"
    THIS_MACHINE = "den här datorn"


class OutOfReach(BankError, OSError):
    """Raised instead of a connection to a machine that may not be asked; `nearness` tells why."""

    def __init__(self, nearness: Nearness) -> None:
        """Take how near the machine is."""
        self.nearness = nearness
        super().__init__(nearness.value)


def nearness(address: Address) -> Nearness:
    """Tell how near the machine with an address is; an IPv4 address within an IPv6 one counts."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if not inner and any(address in network for network in _CARRIES_IPV4) and int(address) > 1:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner:
            return nearness(inner)
        if address in _METADATA:
            return Nearness.THIS_MACHINE
    elif address in ipaddress.IPv4Network("0.0.0.0/8"):
        return Nearness.THIS_MACHINE
    is_none = address.is_multicast or address.is_unspecified or (address.is_reserved and not address.is_global)
    if address.is_loopback or address.is_link_local or is_none:
        return Nearness.THIS_MACHINE
    return Nearness.WORLD if address.is_global else Nearness.OWN_NETWORK


def in_the_world(address: Address) -> bool:
    """Let only machines on the internet be asked."""
    return nearness(address) is Nearness.WORLD


def on_the_own_network_too(address: Address) -> bool:
    """Let machines on the internet and on the own network be asked, but never this one or a link-local one."""
    return nearness(address) is not Nearness.THIS_MACHINE


def opener(may_ask: MayAsk) -> OpenerDirector:
    """Return what opens web addresses of machines that `may_ask` lets be asked, without following redirects.

    Every answer comes back as it is. Opening raises OutOfReach for other machines.
    """
    opener = OpenerDirector()
    for handler in (ProxyHandler(), _Http(may_ask), _Https(may_ask)):
        opener.add_handler(handler)
    return opener


def _reached(host: str, port: int, may_ask: MayAsk) -> list[tuple[Any, ...]]:
    """Return the ways to a machine that may be asked; raises OutOfReach where there are none, gaierror for no name."""
    # RFC 6761, 6.3: whatever a name server says.
    if f".{host.lower().rstrip('.')}".endswith(".localhost"):
        raise OutOfReach(Nearness.THIS_MACHINE)
    ways = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = [ipaddress.ip_address(str(way[4][0]).partition("%")[0]) for way in ways]
    reached = [way for way, address in zip(ways, addresses, strict=True) if may_ask(address)]
    if not reached:
        near = {nearness(address) for address in addresses}
        raise OutOfReach(Nearness.THIS_MACHINE if Nearness.THIS_MACHINE in near else Nearness.OWN_NETWORK)
    return reached


def _connector(may_ask: MayAsk) -> Callable[..., socket.socket]:
    def connect(address: tuple[str, int], timeout: Any = None, *_: object) -> socket.socket:
        last: OSError | None = None
        for family, kind, protocol, _name, place in _reached(*address, may_ask):
            made = socket.socket(family, kind, protocol)
            try:
                made.settimeout(timeout)
                made.connect(place)
            except OSError as error:
                made.close()
                last = error
            else:
                return made
        assert last is not None
        raise last

    return connect


def _guarded(connection: type[http.client.HTTPConnection], request: Request, may_ask: MayAsk) -> Any:
    """Return a maker of connections for a request: straight to a machine that may be asked, or through the proxy.

    What lies behind a name is then up to the proxy; the name is looked up here too, where that can be done.
    """
    target = urlsplit(request.full_url)

    def make(host: str, **options: Any) -> http.client.HTTPConnection:
        made = connection(host, **options)
        if request.host == target.netloc:
            made._create_connection = _connector(may_ask)  # type: ignore[attr-defined]
            return made
        try:
            _reached(target.hostname or "", target.port or 80, may_ask)
        except socket.gaierror:
            return made
        return made

    return make


class _Http(HTTPHandler):
    def __init__(self, may_ask: MayAsk) -> None:
        super().__init__()
        self.may_ask = may_ask

    def http_open(self, req: Request) -> http.client.HTTPResponse:
        return self.do_open(_guarded(http.client.HTTPConnection, req, self.may_ask), req)


class _Https(HTTPSHandler):
    def __init__(self, may_ask: MayAsk) -> None:
        super().__init__()
        self.may_ask = may_ask

    def https_open(self, req: Request) -> http.client.HTTPResponse:
        return self.do_open(_guarded(http.client.HTTPSConnection, req, self.may_ask), req)
