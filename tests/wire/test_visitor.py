"""A visitor sends what is its own where it belongs, and nowhere else."""

import asyncio
from typing import Any

import pytest

from launchready.errors import WireError
from launchready.evidence.redact import Redactor
from launchready.site import Site
from launchready.wire import Touch, Wire
from launchready.wire.cookies import Cookie
from launchready.wire.visitor import Visitor


class Echo:
    """Answers from a table by path; remembers heads and bodies."""

    def __init__(self, loopback: Any, answers: dict[str, bytes] | None = None) -> None:
        self.loopback, self.answers = loopback, answers or {}
        self.heads: list[str] = []
        self.bodies: list[bytes] = []

    async def __call__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            head = await self.loopback.head(reader)
            lower = head.lower()
            length = int(lower.partition("content-length: ")[2].partition("\r\n")[0] or 0)
            self.heads.append(head)
            self.bodies.append(await reader.readexactly(length))
            path = head.split(" ")[1]
            writer.write(self.answers.get(path, self.loopback.http(b"ok")))
            await writer.drain()

    def header(self, name: str, at: int = -1) -> str:
        lines = (line.partition(": ") for line in self.heads[at].split("\r\n"))
        return next((value for key, _, value in lines if key.lower() == name), "")


def site(loopback: Any, port: int, scheme: str = "https", **scope: Any) -> Site:
    return Site(
        portal={"url": f"{scheme}://localhost:{port}/"},
        scope={"addresses": ["127.0.0.0/8", "::1/128"], **scope},
        tls={"extra_ca": [loopback.ca_file]},
        crawl={"timeout": 5.0},
    )


def wire(loopback: Any, made: Site) -> Wire:
    return loopback.wire(made, Touch.PROBE)


async def test_cookies_come_back_to_where_they_were_set(loopback: Any) -> None:
    echo = Echo(
        loopback,
        {"/set": loopback.http(b"", "200 OK", b"Set-Cookie: a=1; Path=/", b"Set-Cookie: b=2; Path=/x")},
    )
    async with loopback.serve(echo, tls=loopback.tls()) as port, wire(loopback, site(loopback, port)) as made:
        visitor = Visitor(made.http, "nora", Touch.SIGN_IN)
        home = f"https://localhost:{port}"
        await visitor.fetch("GET", home + "/set")
        await visitor.fetch("GET", home + "/x/y")
        assert echo.header("cookie") == "b=2; a=1"
        await visitor.fetch("GET", home + "/")
        assert echo.header("cookie") == "a=1"
        assert visitor.held(home + "/x") == (("b", "2"), ("a", "1"))
    assert {line["who"] for line in loopback.lines} == {"nora"}


async def test_headers_of_its_own_go_to_hosts_of_the_portal_only(loopback: Any) -> None:
    echo = Echo(loopback)
    async with (
        loopback.serve(echo, tls=loopback.tls()) as port,
        wire(loopback, site(loopback, port, hosts=["127.0.0.1"])) as made,
    ):
        visitor = Visitor(made.http, "nora", Touch.SIGN_IN)
        visitor.headers = (("Authorization", "Bearer t0ken"),)
        await visitor.fetch("GET", f"https://localhost:{port}/")
        assert echo.header("authorization") == "Bearer t0ken"
        await visitor.fetch("GET", f"https://127.0.0.1:{port}/")
        assert echo.header("authorization") == ""


async def test_nor_do_they_go_over_plain_http(loopback: Any) -> None:
    echo = Echo(loopback)
    async with loopback.serve(echo) as plain, wire(loopback, site(loopback, 443)) as made:
        visitor = Visitor(made.http, "nora", Touch.SIGN_IN)
        visitor.headers = (("Authorization", "Bearer t0ken"),)
        await visitor.fetch("GET", f"http://localhost:{plain}/")
    assert echo.header("authorization") == ""


async def test_a_header_that_is_given_takes_the_place_of_its_own(loopback: Any) -> None:
    echo = Echo(loopback)
    async with loopback.serve(echo, tls=loopback.tls()) as port, wire(loopback, site(loopback, port)) as made:
        visitor = Visitor(made.http)
        visitor.headers = (("Authorization", "Bearer mine"),)
        visitor.set_cookie("a", "1", f"https://localhost:{port}/")
        given = (("Authorization", "Bearer other"), ("Cookie", "a=2"), ("Host", "other.test"))
        await visitor.fetch("GET", f"https://localhost:{port}/", headers=given)
    assert echo.header("authorization") == "Bearer other"
    assert echo.header("cookie") == "a=2"
    assert echo.header("host") == "other.test"


@pytest.mark.parametrize(
    ("status", "method", "body"),
    [(303, "GET", b""), (302, "GET", b""), (301, "GET", b""), (307, "POST", b"a=1"), (308, "POST", b"a=1")],
)
async def test_redirects_are_followed_as_browsers_do(
    loopback: Any, status: int, method: str, body: bytes
) -> None:
    away = loopback.http(b"", f"{status} Away", b"Location: /there", b"Set-Cookie: s=1; Path=/")
    echo = Echo(loopback, {"/form": away})
    async with loopback.serve(echo, tls=loopback.tls()) as port, wire(loopback, site(loopback, port)) as made:
        visitor = Visitor(made.http, "nora", Touch.SIGN_IN)
        sent = (("Content-Type", "text/plain"),)
        answers = await visitor.follow("POST", f"https://localhost:{port}/form", headers=sent, body=b"a=1")
    assert [answer.exchange.status for answer in answers] == [status, 200]
    assert echo.heads[-1].startswith(f"{method} /there ")
    assert echo.bodies[-1] == body
    assert echo.header("cookie") == "s=1"
    assert bool(echo.header("content-type")) is (method == "POST")


async def test_what_a_form_holds_is_not_sent_on_to_others(loopback: Any) -> None:
    echo = Echo(loopback)
    async with loopback.serve(echo, tls=loopback.tls()) as port:
        other = f"Location: https://127.0.0.1:{port}/there".encode()
        echo.answers["/form"] = loopback.http(b"", "307 Away", other)
        async with wire(loopback, site(loopback, port, hosts=["127.0.0.1"])) as made:
            visitor = Visitor(made.http, "nora", Touch.SIGN_IN)
            answers = await visitor.follow("POST", f"https://localhost:{port}/form", body=b"password=x")
    assert len(answers) == 1
    assert len(echo.heads) == 1


async def test_it_does_not_follow_out_of_scope(loopback: Any) -> None:
    echo = Echo(loopback, {"/": loopback.http(b"", "302 Away", b"Location: https://elsewhere.test/")})
    async with loopback.serve(echo, tls=loopback.tls()) as port, wire(loopback, site(loopback, port)) as made:
        answers = await Visitor(made.http).follow("GET", f"https://localhost:{port}/")
        assert len(answers) == 1
        with pytest.raises(WireError):
            await Visitor(made.http).follow("GET", "https://elsewhere.test/")


async def test_a_loop_ends(loopback: Any) -> None:
    echo = Echo(loopback, {"/": loopback.http(b"", "302 Away", b"Location: /")})
    async with loopback.serve(echo, tls=loopback.tls()) as port, wire(loopback, site(loopback, port)) as made:
        assert len(await Visitor(made.http).follow("GET", f"https://localhost:{port}/", most=4)) == 4


def visitor_with_cookies(loopback: Any) -> Visitor:
    made = Visitor(loopback.wire().http, "nora")
    made.keep_cookies((Cookie("a", "1", "portal.test"), Cookie("b", "2", "portal.test", path="/x")))
    made.headers = (("X-Key", "k"),)
    made.local_storage = {"https://portal.test": {"token": "t"}}
    return made


def test_a_copy_goes_its_own_way(loopback: Any) -> None:
    first = visitor_with_cookies(loopback)
    second = first.copy("thief")
    second.set_cookie("a", "9")
    second.drop("b")
    second.local_storage["https://portal.test"]["token"] = "u"
    assert [each.value for each in first.cookies] == ["1", "2"]
    assert [each.value for each in second.cookies] == ["9"]
    assert first.local_storage["https://portal.test"]["token"] == "t"
    assert (second.name, second.headers) == ("thief", first.headers)


def test_forgetting_leaves_nothing(loopback: Any) -> None:
    made = visitor_with_cookies(loopback)
    made.forget()
    assert (made.cookies, made.headers, made.local_storage) == ((), (), {})


def test_as_evidence_no_value_is_left(loopback: Any) -> None:
    redact = Redactor()
    made = visitor_with_cookies(loopback)
    made.set_cookie("a", "Zx81kLp0QwErTy55")
    held = made.cookies_as_evidence(redact)
    assert "Zx81kLp0QwErTy55" not in repr(held)
    assert held[0].value == redact.fingerprint("Zx81kLp0QwErTy55")
    assert [each.opaque for each in held] == [True, False]
