"""Requests to servers that misbehave: always an answer or one of our errors, in bounded time and memory."""

import asyncio
import gzip
import ssl
import time
import tracemalloc
import zlib
from typing import Any

import pytest
import trustme

from launchready import __version__
from launchready.errors import ConnectionRefused, Refused, TimedOut, TlsFailed, Unreachable
from launchready.wire import Touch

SECRET = "correct-horse-battery"


async def test_an_answer_holds_what_was_sent_and_no_secret_as_evidence(loopback: Any) -> None:
    seen: list[str] = []
    raw = loopback.http(
        b"hello",
        "200 OK",
        b"Set-Cookie: a=%s; Secure" % SECRET.encode(),
        b"set-cookie: b=2",
        b"X-Token: t0ken",
    )
    async with loopback.serve(loopback.answering(raw, seen)) as port, loopback.wire() as wire:
        answer = await wire.http.fetch(
            "GET", f"http://me:{SECRET}@127.0.0.1:{port}/a%2Fb?key={SECRET}&page=2#frag"
        )
    exchange = answer.exchange
    assert answer.body == b"hello"
    assert [value for name, value in answer.headers if name.lower() == "set-cookie"] == [
        f"a={SECRET}; Secure",
        "b=2",
    ]
    assert (exchange.status, exchange.size, exchange.truncated) == (200, 5, False)
    assert exchange.address == "127.0.0.1"
    assert len(exchange.values("set-cookie")) == 2
    assert SECRET not in repr(exchange)
    assert SECRET not in loopback.journal.getvalue()
    line, *fields = seen[0].split("\r\n")
    assert line == f"GET /a%2Fb?key={SECRET}&page=2 HTTP/1.1"
    assert f"Host: 127.0.0.1:{port}" in fields
    assert f"User-Agent: launchready/{__version__} (+https://github.com/launchready/launchready)" in fields
    assert not any(field.startswith(("Authorization", "Cookie")) for field in fields)
    assert wire.http.address_of(exchange.url).endswith(f"?key={SECRET}&page=2")
    (journalled,) = loopback.lines
    assert (journalled["status"], journalled["bytes"], journalled["url"]) == (200, 5, exchange.url)


async def test_cookies_and_proxies_are_never_used(loopback: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{loopback.closed_port()}")
    seen: list[str] = []
    raw = loopback.http(b"", "200 OK", b"Set-Cookie: a=1")
    async with loopback.serve(loopback.answering(raw, seen)) as port, loopback.wire() as wire:
        for _ in range(2):
            await wire.http.fetch("GET", f"http://127.0.0.1:{port}/")
    assert len(seen) == 2
    assert not any("Cookie:" in head for head in seen)


async def test_our_headers_give_way_to_given_ones(loopback: Any) -> None:
    seen: list[str] = []
    async with loopback.serve(loopback.answering(loopback.http(), seen)) as port, loopback.wire() as wire:
        given = (("accept", "application/json"), ("Authorization", "Bearer x"))
        await wire.http.fetch("GET", f"http://127.0.0.1:{port}/", headers=given)
    assert seen[0].lower().count("\r\naccept:") == 1
    assert "Authorization: Bearer x" in seen[0]


@pytest.mark.parametrize(
    ("location", "leads_to"),
    [
        ("/next", "http://127.0.0.1:{}/next"),
        ("next?a=1#there", "http://127.0.0.1:{}/deep/next?a=1"),
        ("//other.example/x", "http://other.example/x"),
        ("HTTPS://Other.Example:443/x", "https://other.example/x"),
        ("\\\\other.example\\x", "http://other.example/x"),
        ("https://other.example", "https://other.example/"),
        ("https://other.example/ü b", "https://other.example/%C3%BC%20b"),
        ("app://open", "app://open"),
        ("https://[broken/", ""),
        ("", ""),
    ],
)
async def test_where_a_redirect_leads(loopback: Any, location: str, leads_to: str) -> None:
    raw = loopback.http(b"", "302 Found", f"Location: {location}".encode())
    async with loopback.serve(loopback.answering(raw)) as port, loopback.wire() as wire:
        answer = await wire.http.fetch("GET", f"http://127.0.0.1:{port}/deep/here")
        assert answer.location == leads_to.format(port)
        assert wire.http.leads_to(answer.exchange.url) == answer.location


async def test_a_redirect_is_not_followed(loopback: Any) -> None:
    seen: list[str] = []
    raw = loopback.http(b"", "301 Moved", b"Location: /again")
    async with loopback.serve(loopback.answering(raw, seen)) as port, loopback.wire() as wire:
        answer = await wire.http.fetch("GET", f"http://127.0.0.1:{port}/")
    assert answer.exchange.status == 301
    assert len(seen) == 1


async def test_header_junk_is_tolerated(loopback: Any) -> None:
    raw = (
        b"HTTP/1.1 200 OK\r\nX-Latin: caf\xe9\r\nX-Utf8: caf\xc3\xa9\r\nServer:\x01odd\r\n"
        b"Link: <\xff\xfe>\r\nContent-Type: text/html; charset=\xff\r\nContent-Length: 2\r\n\r\nok"
    )
    async with loopback.serve(loopback.answering(raw)) as port, loopback.wire() as wire:
        answer = await wire.http.fetch("GET", f"http://127.0.0.1:{port}/")
    assert ("X-Latin", "café") in answer.headers
    assert ("X-Utf8", "café") in answer.headers
    assert answer.body == b"ok"
    repr(answer.exchange).encode()  # no lone surrogate anywhere


@pytest.mark.parametrize(
    "raw",
    [
        b"HTTP/1.1 200 OK\nContent-Length: 2\n\nok",
        b"HTTP/1.0 200 OK\r\n\r\nok",
        b"HTTP/1.1 200\r\nContent-Length: 2\r\n\r\nok",
        b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nok",
        b"HTTP/1.1 200 OK\r\n" + b"X-Many: 1\r\n" * 300 + b"\r\nok",
        b"HTTP/1.1 200 OK\r\nX-Long: " + b"x" * 50_000 + b"\r\n\r\nok",
    ],
)
async def test_sloppy_servers_are_understood(loopback: Any, raw: bytes) -> None:
    async def once(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await loopback.head(reader)
        writer.write(raw)
        await writer.drain()

    async with loopback.serve(once) as port, loopback.wire() as wire:
        answer = await wire.http.fetch("GET", f"http://127.0.0.1:{port}/")
    assert answer.body == b"ok"
    assert answer.exchange.truncated == (b"Length: 9" in raw)


@pytest.mark.parametrize(
    ("pack", "encoding"),
    [
        (gzip.compress, "gzip"),
        (gzip.compress, "X-GZIP"),
        (zlib.compress, "deflate"),
        (lambda data: zlib.compress(data)[2:-4], "deflate"),
        (lambda data: data, "identity"),
    ],
)
async def test_bodies_are_unpacked(loopback: Any, pack: Any, encoding: str) -> None:
    raw = loopback.http(pack(b"text " * 1000), "200 OK", f"Content-Encoding: {encoding}".encode())
    async with loopback.serve(loopback.answering(raw)) as port, loopback.wire() as wire:
        answer = await wire.http.fetch("GET", f"http://127.0.0.1:{port}/")
    assert answer.body == b"text " * 1000
    assert not answer.exchange.truncated


@pytest.mark.parametrize(
    "body",
    [gzip.compress(b"text " * 1000, mtime=0)[:-20], b"this is not packed at all"],
    ids=["cut", "plain"],
)
async def test_a_broken_pack_is_truncated(loopback: Any, body: bytes) -> None:
    raw = loopback.http(body, "200 OK", b"Content-Encoding: gzip")
    async with loopback.serve(loopback.answering(raw)) as port, loopback.wire() as wire:
        answer = await wire.http.fetch("GET", f"http://127.0.0.1:{port}/")
    assert answer.exchange.truncated
    assert answer.exchange.status == 200


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
async def test_a_bomb_does_not_go_off(loopback: Any, encoding: str) -> None:
    packer = zlib.compressobj(9, wbits=31 if encoding == "gzip" else 15)
    bomb = b"".join(packer.compress(bytes(1 << 20)) for _ in range(400)) + packer.flush()  # 400 MiB in 400 kB
    raw = loopback.http(bomb, "200 OK", f"Content-Encoding: {encoding}".encode())
    async with loopback.serve(loopback.answering(raw)) as port, loopback.wire() as wire:
        tracemalloc.start()
        answer = await wire.http.fetch("GET", f"http://127.0.0.1:{port}/", max_bytes=1_000_000)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert answer.exchange.truncated
    assert answer.exchange.size == 1_000_000
    assert peak < 20_000_000


async def test_ten_gigabytes_end_at_the_limit(loopback: Any) -> None:
    sent = 0

    async def endless(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal sent
        await loopback.head(reader)
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 10000000000\r\n\r\n")
        for _ in range(10_000):
            writer.write(bytes(1_000_000))
            await writer.drain()
            sent += 1

    async with loopback.serve(endless) as port, loopback.wire() as wire:
        answer = await wire.http.fetch("GET", f"http://127.0.0.1:{port}/big", max_bytes=300_000)
    assert (answer.exchange.size, answer.exchange.truncated) == (300_000, True)
    assert sent < 50


async def test_a_body_that_drips_ends_with_the_deadline(loopback: Any) -> None:
    async def drip(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await loopback.head(reader)
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 100000\r\n\r\n")
        for _ in range(1000):
            writer.write(b"x")
            await writer.drain()
            await asyncio.sleep(0.02)

    site = loopback.site(crawl={"timeout": 0.3})
    async with loopback.serve(drip) as port, loopback.wire(site) as wire:
        answer = await wire.http.fetch("GET", f"http://127.0.0.1:{port}/")
    assert answer.exchange.truncated
    assert 0 < answer.exchange.size < 100


@pytest.mark.parametrize(("first", "then"), [(b"", b""), (b"HTTP/1.1 200 OK\r\nX-Slow: ", b"x")])
async def test_headers_that_never_end_are_a_time_out(loopback: Any, first: bytes, then: bytes) -> None:
    async def drip(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await loopback.head(reader)
        writer.write(first)
        for _ in range(1000):
            writer.write(then)
            await writer.drain()
            await asyncio.sleep(0.02)

    site = loopback.site(crawl={"timeout": 0.3})
    async with loopback.serve(drip) as port, loopback.wire(site) as wire:
        with pytest.raises(TimedOut, match=r"did not answer within 0\.3 s"):
            await wire.http.fetch("GET", f"http://127.0.0.1:{port}/")
    assert "did not answer" in loopback.lines[0]["error"]


async def test_a_closed_port_is_told(loopback: Any) -> None:
    async with loopback.wire() as wire:
        with pytest.raises(ConnectionRefused, match="refuses connections"):
            await wire.http.fetch("GET", f"http://127.0.0.1:{loopback.closed_port()}/")


async def test_tls_to_a_plain_port_is_told(loopback: Any) -> None:
    async with loopback.serve(loopback.answering(loopback.http())) as port, loopback.wire() as wire:

        async def rude(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.read(100)
            writer.write(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")
            await writer.drain()

        async with loopback.serve(rude) as rude_port:
            with pytest.raises(TlsFailed, match="does not speak TLS"):
                await wire.http.fetch("GET", f"https://127.0.0.1:{rude_port}/")
        site = loopback.site(crawl={"timeout": 0.3})
        async with loopback.wire(site) as hasty:
            with pytest.raises((TimedOut, TlsFailed)):  # this one waits for the end of a request line
                await hasty.http.fetch("GET", f"https://127.0.0.1:{port}/")


async def test_plain_http_to_a_tls_port_is_told(loopback: Any) -> None:
    async def alert(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(100)
        writer.write(b"\x15\x03\x01\x00\x02\x02\x46")
        await writer.drain()

    async with loopback.serve(alert) as port, loopback.wire() as wire:
        with pytest.raises(Unreachable, match="speaks TLS where plain http was expected"):
            await wire.http.fetch("GET", f"http://127.0.0.1:{port}/")
    async with loopback.serve(loopback.answering(b""), tls=loopback.tls()) as port, loopback.wire() as wire:
        with pytest.raises(Unreachable):
            await wire.http.fetch("GET", f"http://127.0.0.1:{port}/")


@pytest.mark.parametrize(
    "junk", [b"SSH-2.0-OpenSSH_9.2\r\n", b"\x00\x01\x02\x03" * 100, b"HTTP/9 what\r\n\r\n"]
)
async def test_what_is_no_http_is_told(loopback: Any, junk: bytes) -> None:
    async with loopback.serve(loopback.answering(junk)) as port, loopback.wire() as wire:
        with pytest.raises(Unreachable, match="not with valid HTTP"):
            await wire.http.fetch("GET", f"http://127.0.0.1:{port}/")


async def test_reading_looks_past_a_bad_certificate_and_signing_in_does_not(loopback: Any) -> None:
    stranger = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("elsewhere.example").configure_cert(stranger)
    handler = loopback.answering(loopback.http(b"ok"))
    async with loopback.serve(handler, tls=stranger) as port, loopback.wire(consent=Touch.SIGN_IN) as wire:
        url = f"https://127.0.0.1:{port}/"
        assert (await wire.http.fetch("GET", url)).body == b"ok"
        with pytest.raises(TlsFailed, match=r"certificate .* does not hold"):
            await wire.http.fetch("POST", url, body=SECRET.encode(), touch=Touch.SIGN_IN)
        with pytest.raises(Refused, match="no consent"):
            await wire.http.fetch("POST", url, touch=Touch.PROBE)


async def test_a_private_authority_can_be_trusted(loopback: Any) -> None:
    site = loopback.site(host="localhost", tls={"extra_ca": [loopback.ca_file]})
    handler = loopback.answering(loopback.http(b"ok"))
    async with (
        loopback.serve(handler, tls=loopback.tls()) as port,
        loopback.wire(site, Touch.SIGN_IN) as wire,
    ):
        answer = await wire.http.fetch("GET", f"https://localhost:{port}/", touch=Touch.SIGN_IN)
    assert answer.body == b"ok"


async def test_old_tls_is_no_obstacle_to_reading(loopback: Any) -> None:
    old = loopback.tls()
    old.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
    old.set_ciphers("ALL:@SECLEVEL=0")
    with pytest.warns(DeprecationWarning, match="TLSv1"):
        old.maximum_version = ssl.TLSVersion.TLSv1
    async with (
        loopback.serve(loopback.answering(loopback.http(b"old")), tls=old) as port,
        loopback.wire() as wire,
    ):
        assert (await wire.http.fetch("GET", f"https://127.0.0.1:{port}/")).body == b"old"


async def test_a_second_address_is_tried_when_the_first_is_closed(loopback: Any) -> None:
    zone = {"two.test": ("127.0.0.8", "127.0.0.9")}
    handler = loopback.answering(loopback.http(b"ok"))
    async with loopback.names(zone) as server, loopback.serve(handler, address="127.0.0.9") as port:
        site = loopback.site(host="two.test", resolver={"nameservers": [server.address]})
        async with loopback.wire(site) as wire:
            for _ in range(2):
                answer = await wire.http.fetch("GET", f"http://two.test:{port}/")
                assert answer.exchange.address == "127.0.0.9"


async def test_a_rebound_name_is_refused_before_anything_is_sent(loopback: Any) -> None:
    seen: list[str] = []
    zone = {"rebound.test": ("127.0.0.1",)}
    handler = loopback.answering(loopback.http(b"inside"), seen)
    async with loopback.names(zone) as server, loopback.serve(handler) as port:
        scope = {"addresses": []}
        site = loopback.site(host="rebound.test", scope=scope, resolver={"nameservers": [server.address]})
        async with loopback.wire(site) as wire:
            with pytest.raises(Refused, match="not a public address"):
                await wire.http.fetch("GET", f"http://rebound.test:{port}/")
    assert seen == []


async def test_literal_and_odd_addresses_pass_the_gate_too(loopback: Any) -> None:
    async with loopback.serve(loopback.answering(loopback.http())) as port, loopback.wire() as wire:
        for host in ("127.1", "2130706433", "0x7f000001", "localhost", "[::1]", "[::ffff:127.0.0.1]"):
            with pytest.raises(Refused):
                await wire.http.fetch("GET", f"http://{host}:{port}/")


@pytest.mark.parametrize(("method", "tries"), [("GET", 2), ("HEAD", 2), ("POST", 1)])
async def test_a_dropped_connection_is_tried_once_more_if_that_is_safe(
    loopback: Any, method: str, tries: int
) -> None:
    heads: list[str] = []

    async def first_drops(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heads.append(await loopback.head(reader))
        if len(heads) > 1:
            writer.write(loopback.http(b"" if method == "HEAD" else b"ok"))
            await writer.drain()

    async with loopback.serve(first_drops) as port, loopback.wire(consent=Touch.PROBE) as wire:
        url = f"http://127.0.0.1:{port}/"
        if tries == 1:
            with pytest.raises(Unreachable, match="closed the connection"):
                await wire.http.fetch(method, url, touch=Touch.PROBE)
        else:
            assert (await wire.http.fetch(method, url)).exchange.status == 200
    assert len(heads) == tries
    assert len(loopback.lines) == tries


async def test_a_server_that_always_drops_is_left_alone(loopback: Any) -> None:
    count = 0

    async def drops(reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
        nonlocal count
        await loopback.head(reader)
        count += 1

    async with loopback.serve(drops) as port, loopback.wire() as wire:
        with pytest.raises(Unreachable):
            await wire.http.fetch("GET", f"http://127.0.0.1:{port}/")
    assert count == 2


@pytest.mark.parametrize(
    ("given", "requests"), [(b"0", 2), (b"3600", 1), (b"Fri, 31 Dec 2100 23:59:59 GMT", 1), (b"soon", 1)]
)
async def test_retry_after_is_honoured_within_bounds(loopback: Any, given: bytes, requests: int) -> None:
    seen: list[str] = []
    raw = loopback.http(b"", "503 Busy", b"Retry-After: " + given)
    async with loopback.serve(loopback.answering(raw, seen)) as port, loopback.wire() as wire:
        answer = await wire.http.fetch("GET", f"http://127.0.0.1:{port}/")
    assert answer.exchange.status == 503
    assert len(seen) == requests


@pytest.mark.parametrize(
    ("date", "until", "requests"),
    [
        (b"Sat, 28 Nov 2026 10:00:00 GMT", b"Sat, 28 Nov 2026 10:00:00 GMT", 2),
        (b"Sat, 28 Nov 2026 10:00:00 GMT", b"Sat, 28 Nov 2026 09:00:00 GMT", 2),
        (b"Sat, 28 Nov 2026 10:00:00 GMT", b"Sat, 28 Nov 2026 12:00:00 GMT", 1),
        (b"", b"Sat, 28 Nov 2026 10:00:00 GMT", 1),
        (b"Sat, 28 Nov 2026 10:00:00 GMT", b"Sat, 99 Nov 2026 10:00:00 GMT", 1),
    ],
)
async def test_a_retry_after_that_is_a_date_counts_from_the_answers_own(
    loopback: Any, date: bytes, until: bytes, requests: int
) -> None:
    seen: list[str] = []
    raw = loopback.http(b"", "503 Busy", b"Date: " + date, b"Retry-After: " + until)
    async with loopback.serve(loopback.answering(raw, seen)) as port, loopback.wire() as wire:
        await wire.http.fetch("GET", f"http://127.0.0.1:{port}/")
    assert len(seen) == requests


async def test_where_a_stranger_is_led_is_remembered_and_not_where_others_are(loopback: Any) -> None:
    async def lead(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            there = b"/desk" if "Cookie" in await loopback.head(reader) else b"/login"
            writer.write(loopback.http(b"", "302 Found", b"Location: " + there))
            await writer.drain()

    async with loopback.serve(lead) as port, loopback.wire() as wire:
        url = f"http://127.0.0.1:{port}/"
        await wire.http.fetch("GET", url)
        await wire.http.fetch("GET", url, headers=(("Cookie", "sid=1"),))
        assert wire.http.leads_to(url) == f"{url}login"


async def test_a_pause_is_really_kept(loopback: Any) -> None:
    times: list[float] = []

    async def busy_once(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            await loopback.head(reader)
            times.append(time.monotonic())
            status = "429 Slow down" if len(times) == 1 else "200 OK"
            writer.write(loopback.http(b"", status, b"Retry-After: 1"))
            await writer.drain()

    async with loopback.serve(busy_once) as port, loopback.wire() as wire:
        answer = await wire.http.fetch("GET", f"http://127.0.0.1:{port}/")
    assert answer.exchange.status == 200
    assert times[1] - times[0] >= 0.95


async def test_the_rate_and_the_number_at_once_are_kept(loopback: Any) -> None:
    now = most = 0

    async def slow(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal now, most
        while True:
            await loopback.head(reader)
            now += 1
            most = max(most, now)
            await asyncio.sleep(0.01)
            now -= 1
            writer.write(loopback.http())
            await writer.drain()

    site = loopback.site(crawl={"requests_per_second": 40.0, "concurrency": 2, "timeout": 5.0})
    async with loopback.serve(slow) as port, loopback.wire(site) as wire:
        began = time.monotonic()
        await asyncio.gather(*(wire.http.fetch("GET", f"http://127.0.0.1:{port}/{n}") for n in range(20)))
        took = time.monotonic() - began
    assert most <= 2
    assert took >= (20 - 2) / 40 * 0.95


async def test_what_is_out_of_scope_is_never_sent(loopback: Any) -> None:
    async with loopback.wire() as wire:
        for url in ("https://evil.example/", "ftp://127.0.0.1/", "http://127.0.0.1@evil.example/"):
            with pytest.raises(Refused):
                await wire.http.fetch("GET", url)
    assert loopback.lines == []


async def test_errors_hold_no_secret(loopback: Any) -> None:
    async with loopback.wire() as wire:
        with pytest.raises(ConnectionRefused) as refused:
            await wire.http.fetch("GET", f"http://127.0.0.1:{loopback.closed_port()}/{SECRET}?k={SECRET}")
    assert SECRET not in str(refused.value)
    assert "Traceback" not in str(refused.value)


async def test_an_interrupted_request_is_written_down(loopback: Any) -> None:
    async def silent(reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
        await reader.read()

    async with loopback.serve(silent) as port, loopback.wire() as wire:
        task = asyncio.create_task(wire.http.fetch("GET", f"http://127.0.0.1:{port}/"))
        await asyncio.sleep(0.1)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
    assert loopback.lines[0]["error"] == "interrupted"
