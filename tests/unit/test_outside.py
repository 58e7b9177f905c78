"""Links to other sites are asked for on a real server that answers in all the ways that servers do."""

import shutil
import socket
import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path

import pytest
from support import SAMPLE

from kunskapsbank import checks
from kunskapsbank.checks import allowed, outside, reach
from kunskapsbank.checks.outside import Limits
from kunskapsbank.checks.reach import Address, MayAsk, Nearness
from kunskapsbank.model.catalogue import Catalogue
from kunskapsbank.problems import Problem, Severity
from kunskapsbank.reading.loading import load

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
QUICK = Limits(one=0.5, all=20, between=0)
PAGE = "om/ord.md"


class Handler(BaseHTTPRequestHandler):
    """/404 answers 404, and /301/x leads on to /x with 301; see `do_HEAD` for the rest."""

    server: "Server"

    def do_HEAD(self) -> None:
        self.server.asked.append((self.command, self.path))
        first, _, rest = self.path.lstrip("/").partition("/")
        if first == "no-head":
            self.answer(405 if self.command == "HEAD" else 200)
        elif first == "drops-head" and self.command == "HEAD":
            self.close_connection = True
        elif first == "slow":
            self.server.hurry.wait(5)
            self.answer(200)
        elif first == "to-file":
            self.answer(302, "file:///etc/passwd")
        elif first == "to-near":
            self.answer(302, f"http://127.0.0.2:{self.server.server_port}/bra")
        elif first == "round":
            self.answer(302, "/round")
        elif first == "no-address":
            self.answer(302)
        elif first == "nonsense":
            self.wfile.write(b"nonsense\r\n\r\n")
        elif first.isdecimal():
            self.answer(int(first), f"/{rest}" if rest else "")
        else:
            self.answer(200)

    do_GET = do_HEAD

    def answer(self, status: int, location: str = "") -> None:
        self.send_response(status)
        if location:
            self.send_header("Location", location)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Print nothing."""


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[tuple[str, str]] = []
        self.hurry = threading.Event()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    monkeypatch.setenv("no_proxy", "*")
    with Server() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.hurry.set()
        server.shutdown()


def linking(tmp_path: Path, *lines: str) -> Catalogue:
    """Return the sample with these lines from line 5 on one of its pages."""
    content = tmp_path / "content"
    shutil.copytree(SAMPLE, content, dirs_exist_ok=True)
    (content / PAGE).write_text("---\ntitel: Ord\n---\n\n" + "\n".join(lines) + "\n", "utf-8")
    return load(content, date(2026, 11, 22))


def asked(
    tmp_path: Path, *lines: str, now: datetime = NOW, limits: Limits = QUICK, may_ask: MayAsk | None = None
) -> list[Problem]:
    """Return what is said of links; the server of the tests may be asked, though it is on this machine."""
    return list(outside.check(linking(tmp_path, *lines), tmp_path / "cache", now, limits, may_ask or of_the_tests))


def of_the_tests(address: Address) -> bool:
    return str(address) == "127.0.0.1" or reach.in_the_world(address)


def told(problem: Problem) -> tuple[Severity, str]:
    return problem.severity, problem.message


@pytest.mark.parametrize("path", ["/", "/no-head", "/drops-head", "/302/there", "/307/302/there", "/a%20b?c=å#d"])
def test_a_page_that_is_there_is_passed(path: str, server: Server, tmp_path: Path) -> None:
    assert asked(tmp_path, f"[Sidan]({server.address}{path})") == []
    assert server.asked


@pytest.mark.parametrize(
    ("path", "fault"),
    [
        ("/403", "svar 403"),
        ("/429", "svar 429"),
        ("/500", "svar 500"),
        ("/503", "svar 503"),
        ("/302/500", "svar 500"),
        ("/no-address", "svar 302"),
        ("/slow", "servern svarade inte i tid"),
        ("/nonsense", "servern svarade inte som den ska"),
        ("/round", "den leder vidare för många gånger"),
        ("/to-file", "den leder vidare till något som inte är en webbsida"),
    ],
)
def test_what_may_pass_is_remarked(path: str, fault: str, server: Server, tmp_path: Path) -> None:
    target = f"{server.address}{path}"
    (problem,) = asked(tmp_path, f"[Sidan]({target})")
    assert told(problem) == (Severity.REMARK, f"länken {target} gick inte att kontrollera: {fault}")


@pytest.mark.parametrize(("path", "status"), [("/404", 404), ("/410", 410), ("/301/404", 404)])
def test_a_page_that_is_gone_is_an_error(path: str, status: int, server: Server, tmp_path: Path) -> None:
    target = f"{server.address}{path}"
    (problem,) = asked(tmp_path, f"[Sidan]({target})")
    assert told(problem) == (Severity.ERROR, f"sidan {target} finns inte längre (svar {status})")
    assert (problem.file, problem.line, problem.rule) == (PAGE, 5, "extern länk")


@pytest.mark.parametrize(
    ("path", "new"), [("/301/there", "/there"), ("/308/301/there#del", "/there#del"), ("/301/302/there", "/302/there")]
)
def test_a_page_that_has_moved_for_good_is_remarked(path: str, new: str, server: Server, tmp_path: Path) -> None:
    (problem,) = asked(tmp_path, f"[Sidan]({server.address}{path})")
    assert told(problem) == (Severity.REMARK, f"sidan {server.address}{path} har flyttat")
    assert problem.hint == f"Byt adressen till {server.address}{new}"


def test_a_server_that_is_not_there_is_remarked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "*")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    closed, unknown = asked(tmp_path, f"[a](http://127.0.0.1:{port}/)", "[b](http://finns-inte.invalid/)")
    assert closed.message.endswith(": anslutningen bröts")
    assert unknown.message.endswith(": webbplatsen hittas inte")
    assert {closed.severity, unknown.severity} == {Severity.REMARK}


def test_a_certificate_that_nobody_knows_is_remarked(server: Server, tmp_path: Path) -> None:
    (problem,) = asked(tmp_path, f"[Sidan]({server.address.replace('http:', 'https:')}/)")
    assert "den säkra anslutningen gick inte att öppna" in problem.message


def test_each_address_is_asked_for_once_and_told_where_it_stands(server: Server, tmp_path: Path) -> None:
    gone = f"{server.address}/404"
    problems = asked(tmp_path, f"[a]({gone}) och [b](ord.md)", "", f"[c]({gone}#del)", "[d](mailto:a@example.se)")
    assert [problem.line for problem in problems] == [5, 7]
    assert server.asked == [("HEAD", "/404"), ("GET", "/404")]


def test_good_answers_are_kept_for_a_week_and_bad_ones_for_a_day(server: Server, tmp_path: Path) -> None:
    lines = (f"[a]({server.address}/bra)", f"[b]({server.address}/404)")
    first = asked(tmp_path, *lines)
    count = len(server.asked)
    assert asked(tmp_path, *lines, now=NOW + timedelta(hours=23)) == first
    assert len(server.asked) == count
    asked(tmp_path, *lines, now=NOW + timedelta(hours=25))
    assert server.asked[count:] == [("HEAD", "/404"), ("GET", "/404")]
    count = len(server.asked)
    asked(tmp_path, *lines, now=NOW + timedelta(days=8))
    assert ("HEAD", "/bra") in server.asked[count:]


@pytest.mark.parametrize(
    "damage", ["", "{", "[]", '"2"\nhttp://localhost/\t{"status": "a"}', '"2"\nx', '"0"\nx\t{}', "\0"]
)
def test_a_damaged_file_of_answers_is_thrown_away(damage: str, server: Server, tmp_path: Path) -> None:
    (tmp_path / "cache").mkdir()
    kept = tmp_path / "cache" / "links.jsonl"
    kept.write_text(damage, "utf-8")
    assert len(asked(tmp_path, f"[a]({server.address}/404)")) == 1
    assert [line.partition("\t")[0] for line in kept.read_text("utf-8").split("\n")[1:-1]] == [f"{server.address}/404"]
    assert [path.name for path in kept.parent.iterdir()] == ["links.jsonl"]


def test_a_file_of_answers_that_cannot_be_written_is_done_without(server: Server, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("en fil, ingen mapp", "utf-8")
    assert len(asked(tmp_path, f"[a]({server.address}/404)")) == 1


def test_when_the_time_is_up_the_rest_is_said_not_to_be_checked(server: Server, tmp_path: Path) -> None:
    limits = Limits(one=5, all=0.5, between=0)
    lines = (f"[a]({server.address}/404)", f"[b]({server.address}/slow)", f"[c]({server.address}/bra)")
    gone, slow, good = asked(tmp_path, *lines, limits=limits)
    assert gone.severity is Severity.ERROR
    assert [slow.message, good.message] == [
        f"länken {server.address}/{path} hann inte kontrolleras" for path in ("slow", "bra")
    ]


def test_an_outside_link_can_be_allowed(server: Server, tmp_path: Path) -> None:
    why = "<!-- tillåt extern länk: sidan visas bara inom stadens nät -->"
    catalogue = linking(tmp_path, f"[a]({server.address}/404) {why}", "", f"[b]({server.address}/410)")
    found = outside.check(catalogue, tmp_path / "cache", NOW, QUICK, of_the_tests)
    (problem,) = allowed.apply(found, catalogue.documents, catalogue.snapshot, {outside.RULE})
    assert problem.line == 7
    assert [found for found in checks.errors(catalogue) if found.rule == "undantag"] == []


def test_addresses_with_swedish_letters_are_asked_for(server: Server, tmp_path: Path) -> None:
    assert asked(tmp_path, f"[a]({server.address}/å/rapport?år=2018)") == []
    assert server.asked == [("HEAD", "/%C3%A5/rapport?%C3%A5r=2018")]


THIS_MACHINE = """
127.0.0.1 127.8.9.1 0.0.0.0 0.1.2.3 169.254.169.254 224.0.0.1 240.0.0.1 255.255.255.255 ::1 :: fe80::1 ff02::1
::ffff:127.0.0.1 ::ffff:169.254.169.254 2002:7f00:1:: 64:ff9b::7f00:1 64:ff9b::a9fe:a9fe ::127.0.0.1 fd00:ec2::254
""".split()
OWN_NETWORK = (
    "10.0.0.1 172.16.0.1 172.31.255.1 192.168.1.1 100.64.0.1 fd12::1 fc00::1 ::ffff:10.0.0.1 64:ff9b::a00:1".split()
)
WORLD = "93.184.215.14 172.32.0.1 8.8.8.8 2001:4860:4860::8888 ::ffff:8.8.8.8 64:ff9b::808:808".split()


@pytest.mark.parametrize(
    ("written", "near"),
    [
        *((written, Nearness.THIS_MACHINE) for written in THIS_MACHINE),
        *((written, Nearness.OWN_NETWORK) for written in OWN_NETWORK),
        *((written, Nearness.WORLD) for written in WORLD),
    ],
)
def test_how_near_a_machine_is(written: str, near: Nearness) -> None:
    address = ip_address(written)
    assert reach.nearness(address) is near
    assert reach.in_the_world(address) is (near is Nearness.WORLD)
    assert reach.on_the_own_network_too(address) is (near is not Nearness.THIS_MACHINE)


HOSTS = [
    "127.0.0.1", "localhost", "LOCALHOST", "localhost.", "bank.localhost", "127.1", "2130706433", "0x7f000001",
    "0x7f.1", "0177.0.0.1", "0", "[::1]", "[::ffff:127.0.0.1]", "[0:0:0:0:0:ffff:7f00:1]", "①②⑦.0.0.1",
    "127。0。0。1", "anna@127.0.0.1",
]  # fmt: skip


@pytest.mark.parametrize("may_ask", [reach.in_the_world, reach.on_the_own_network_too])
def test_this_machine_is_never_asked_however_it_is_written(may_ask: MayAsk, server: Server, tmp_path: Path) -> None:
    links = [f"[a]({scheme}://{host}:{server.server_port}/)" for scheme in ("http", "https") for host in HOSTS]
    problems = asked(tmp_path, *links, may_ask=may_ask)
    assert ["prövas aldrig" in problem.message for problem in problems] == [True] * len(links)
    assert {problem.severity for problem in problems} == {Severity.REMARK}
    assert server.asked == []


def test_a_name_that_leads_to_this_machine_is_not_asked(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    look_up = socket.getaddrinfo
    monkeypatch.setattr(socket, "getaddrinfo", lambda host, *rest, **more: look_up("127.0.0.1", *rest, **more))
    (problem,) = asked(tmp_path, f"[a](http://webben.example.se:{server.server_port}/)", may_ask=reach.in_the_world)
    assert "prövas aldrig" in problem.message
    assert server.asked == []


def test_a_redirect_to_this_machine_is_not_followed(server: Server, tmp_path: Path) -> None:
    (problem,) = asked(tmp_path, f"[a]({server.address}/to-near)")
    assert "prövas aldrig" in problem.message
    assert {path for _, path in server.asked} == {"/to-near"}


def test_the_own_network_is_asked_only_when_told_to(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = "[a](http://10.1.2.3/)"
    (problem,) = asked(tmp_path, line, may_ask=reach.in_the_world)
    assert problem.message == "länken http://10.1.2.3/ leder till ett internt nät och är inte prövad"
    assert "--interna" in problem.hint
    assert not (tmp_path / "cache/links.jsonl").exists()
    reached: list[object] = []
    monkeypatch.setattr(socket.socket, "connect", lambda made, place: reached.append(place))
    asked(tmp_path, line, may_ask=reach.on_the_own_network_too, limits=Limits(one=0.1, all=5, between=0))
    assert ("10.1.2.3", 80) in reached


def test_what_lies_behind_a_proxy_is_looked_up_first(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("no_proxy", "")
    monkeypatch.setenv("NO_PROXY", "")
    monkeypatch.setenv("http_proxy", server.address)
    lines = ("[a](http://127.0.0.2/a)", "[b](http://finns-inte.invalid/bra)")
    (problem,) = asked(tmp_path, *lines, may_ask=reach.in_the_world)
    assert "http://127.0.0.2/a leder till läsarens egen dator" in problem.message
    assert server.asked == [("HEAD", "http://finns-inte.invalid/bra")]
