"""Links followed on a portal on loopback: what is asked there, and above all what is not."""

import asyncio
from typing import Any

import msgspec
import pytest

from launchready.collect.mailing.links import Links
from launchready.evidence.letters import Letter, LetterLink
from launchready.wire import Touch

from .signing import message

TOKEN = "kZ3v9QxT2LmN8pRw"
"""Too short to be known for a token by its looks alone."""
FORM = b'<form method="post"><input type="password" name="a"><input type="password" name="b"></form>'


class Portal:
    """Answers by path; a path with the token as if it had "TOKEN", with another one as if "OTHER"."""

    def __init__(self, loopback: Any, pages: dict[str, tuple[str, bytes]]) -> None:
        self.loopback, self.pages, self.asked = loopback, pages, []

    async def handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            line = (await self.loopback.head(reader)).partition("\r\n")[0]
            path = line.split(" ")[1]
            self.asked.append(path)
            status, body = self.pages.get(self._named(path), ("404 Not Found", b"gone"))
            extra = (b"Location: " + body,) if status.startswith("3") else (b"Content-Type: text/html",)
            writer.write(self.loopback.http(b"" if status.startswith("3") else body, status, *extra))
            await writer.drain()

    @staticmethod
    def _named(path: str) -> str:
        start, _, last = path.rpartition("/")
        return (
            path.replace(TOKEN, "TOKEN")
            if TOKEN in path
            else f"{start}/OTHER"
            if len(last) == len(TOKEN)
            else path
        )

    async def followed(
        self, text: str, kind: str = "password-reset", consent: Touch = Touch.PROBE, **headers: str
    ) -> tuple[LetterLink, ...]:
        async with self.loopback.serve(self.handle) as port:
            site = self.loopback.site(host=f"127.0.0.1:{port}", crawl={"timeout": 5.0})
            raw = message(text.replace("PORTAL", f"http://127.0.0.1:{port}").encode(), **headers)
            async with self.loopback.wire(site, consent) as wire:
                letter = await Links(wire, site).followed(
                    raw, Letter("inbox", 0.0), kind, "nora@northwind.test"
                )
        assert TOKEN.encode() not in msgspec.json.encode(letter)
        assert TOKEN not in self.loopback.journal.getvalue()
        return letter.links


@pytest.fixture
def portal(loopback: Any) -> Any:
    return lambda **pages: Portal(loopback, {f"/{path}": answer for path, answer in pages.items()})


async def test_a_reset_link_is_opened_and_its_token_is_taken(portal: Any) -> None:
    here = portal(
        **{"r/TOKEN": ("200 OK", FORM), "r/OTHER": ("200 OK", b"<p>This link is no longer valid.</p>")}
    )
    (link,) = await here.followed(f"PORTAL/r/{TOKEN}")
    assert (link.role, link.status, link.carries_secret, link.token_survives) == ("action", 200, True, True)
    assert link.why is None
    assert len(here.asked) == 2


async def test_a_token_may_leave_the_address(portal: Any) -> None:
    here = portal(
        **{"r/TOKEN": ("302 Found", b"/r/form"), "r/form": ("200 OK", FORM), "r/OTHER": ("410 Gone", b"x")}
    )
    (link,) = await here.followed(f"PORTAL/r/{TOKEN}")
    assert (link.status, link.token_survives, link.ends_at.endswith("/r/form")) == (200, True, True)


async def test_a_token_that_was_cut_is_refused(portal: Any) -> None:
    here = portal(**{"r/TOKEN": ("410 Gone", b"x"), "r/OTHER": ("410 Gone", b"x")})
    (link,) = await here.followed(f"PORTAL/r/{TOKEN}")
    assert (link.status, link.token_survives) == (410, False)


@pytest.mark.parametrize(
    ("body", "survives"),
    [
        (b"<p>Please ask for a new link.</p>", False),
        (b"<script src=/app.js></script>", None),
        (b"<form method=post><button>Go on</button></form>", None),
    ],
    ids=["nothing to be done", "a script's work", "a button first"],
)
async def test_a_page_like_that_of_a_made_up_token(
    portal: Any, body: bytes, *, survives: bool | None
) -> None:
    here = portal(**{"r/TOKEN": ("200 OK", body), "r/OTHER": ("200 OK", body)})
    (link,) = await here.followed(f"PORTAL/r/{TOKEN}")
    assert link.token_survives is survives


async def test_an_invitation_that_leads_on_to_the_login_is_not_accused(portal: Any) -> None:
    here = portal(
        **{
            "i/TOKEN": ("302 Found", b"/login"),
            "i/OTHER": ("302 Found", b"/login"),
            "login": ("200 OK", b"<p>SSO</p>"),
        }
    )
    (link,) = await here.followed(f"PORTAL/i/{TOKEN}", "invite")
    assert (link.status, link.token_survives) == (200, None)


async def test_the_token_of_an_approval_is_never_used(portal: Any) -> None:
    here = portal(**{"approve/TOKEN": ("200 OK", b"approved"), "approve/OTHER": ("403 Forbidden", b"no")})
    (link,) = await here.followed(f"PORTAL/approve/{TOKEN}", "approval")
    assert (link.status, link.made_up, link.carries_secret) == (403, True, True)
    assert here.asked
    assert not any(TOKEN in path for path in here.asked)


async def test_without_consent_no_token_is_used_at_all(portal: Any) -> None:
    here = portal()
    (link,) = await here.followed(f"PORTAL/r/{TOKEN}", consent=Touch.READ)
    assert link.why is not None
    assert link.why.cause == "no-consent"
    assert here.asked == []


async def test_what_unsubscribes_and_what_lies_elsewhere_is_left_alone(portal: Any) -> None:
    here = portal(news=("200 OK", b"News"))
    text = "PORTAL/news\nPORTAL/unsubscribe/me\nhttps://social.test/us"
    links = await here.followed(text, "notification", List_Unsubscribe="<http://127.0.0.1:1/off>")
    assert [(each.role, each.status, each.third_party) for each in links] == [
        ("action", 200, False),
        ("unsubscribe", None, False),
        ("other", None, True),
    ]
    assert here.asked == ["/news"]


async def test_a_way_that_leaves_the_scope_ends_there(portal: Any) -> None:
    here = portal(out=("302 Found", b"https://elsewhere.test/x"))
    (link,) = await here.followed("PORTAL/out", "notification")
    assert (link.status, link.ends_at) == (None, "https://elsewhere.test/x")
    assert link.why is not None
    assert "elsewhere.test" in link.why.detail


async def test_what_stands_in_several_letters_is_asked_once(portal: Any, loopback: Any) -> None:
    here = portal(news=("200 OK", b"News"))
    async with loopback.serve(here.handle) as port:
        site = loopback.site(host=f"127.0.0.1:{port}", crawl={"timeout": 5.0})
        async with loopback.wire(site) as wire:
            links = Links(wire, site)
            raw = message(f"http://127.0.0.1:{port}/news".encode())
            for _ in range(3):
                await links.followed(raw, Letter("inbox", 0.0), "notification", "n@x.test")
    assert here.asked == ["/news"]
