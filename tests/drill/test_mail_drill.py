"""The drill with a portal of a few lines, which sends straight into mailboxes on loopback: which mail is which?"""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import Asked, Loopback

from launchready.collect.mailing.drilling import Drill
from launchready.collect.people import People
from launchready.evidence.letters import Delivery
from launchready.site import Site
from launchready.verdict import Cause
from launchready.wire import Touch, Wire
from launchready.wire.hands import Hands
from launchready.wire.programs import chromium
from launchready_testbed.mail.imap import ImapServer
from launchready_testbed.mail.post_office import PostOffice

HOST = "mail.example.org"
PORTAL = "portal@127.0.0.1"
PASSWORD = "open-" + "sesame"
NORA, SOL = "nora@example.org", "sol@example.org"
LOGIN = (
    b'<form method=post><input name=email><input type=password name=word></form><a href="/forgot">Forgot?</a>'
)
FORGOT = (
    b"<h1>Forgot your password?</h1><form method=post action=/forgot><input type=email name=email></form>"
)
needs_browser = pytest.mark.skipif(chromium() is None, reason="no Chromium here")
RESET = "https://127.0.0.1/reset/Zk3vQ9xT1mB7cR5wL2pN8sD4"
QUIET = {"kinds": [], "wait": 20.0}
INVITE = {"kind": "invite", "request": "POST /invites", "body": '{"email": "{address}", "name": "{tag}"}'}
NOTICE = {"kind": "notice", "request": "POST /notices"}


@dataclass
class Lab:
    """A portal, two mailboxes, and a drill."""

    wire: Wire
    site: Site
    post: PostOffice
    act: Callable[[Asked], Any] = lambda _: None
    pages: dict[str, bytes] = field(default_factory=lambda: {"/": LOGIN, "/forgot": FORGOT})
    asked: list[Asked] = field(default_factory=list)
    status: str = "200 OK"

    def mail(self, to: str, subject: str, text: str = "Hello", sender: str = PORTAL) -> None:
        made = EmailMessage()
        made["From"], made["To"], made["Subject"] = sender, to, subject
        made.set_content(text)
        assert self.post.deliver(made) == 1

    async def deliveries(self) -> dict[tuple[str, str], Delivery]:
        drill = await Drill(self.wire, self.site, People(self.wire, self.site)).go()
        return {(each.kind, each.mailbox): each for each in drill.deliveries}


@pytest.fixture
def start(loopback: Loopback, tmp_path: Path) -> Callable[..., Any]:
    """Starts it; keywords are sections of the portal file, or of the wire."""
    (tmp_path / "secret").write_text(PASSWORD)

    @asynccontextmanager
    async def started(
        *, consent: Touch = Touch.PROBE, hands: Hands | None = None, plus: bool = True, **sections: Any
    ) -> AsyncIterator[Lab]:
        post = PostOffice()
        server = ImapServer(post)
        imap = await server.start("127.0.0.1", loopback.tls(HOST))
        boxes = []
        for address in (NORA, SOL):
            post.open(address, PASSWORD)
            boxes.append(
                {
                    "name": address.partition("@")[0],
                    "address": address,
                    "imap_host": HOST,
                    "imap_port": imap,
                    "plus": plus,
                }
                | {"password": f"file:{tmp_path / 'secret'}"}
            )
        labs: list[Lab] = []

        async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            while True:
                asked = await Asked.read(reader)
                lab = labs[0]
                if asked.method == "POST":
                    lab.asked.append(asked)
                    lab.act(asked)
                body = lab.pages.get(asked.path, b"")
                status = lab.status if asked.method == "POST" else "200 OK"
                writer.write(loopback.http(body, status, b"Content-Type: text/html"))
                await writer.drain()

        async with (
            loopback.serve(answer, loopback.tls()) as port,
            loopback.names({HOST: ("127.0.0.1",)}) as names,
        ):
            site = Site.model_validate(
                {
                    "portal": {"url": f"https://127.0.0.1:{port}/"},
                    "scope": {"addresses": ["127.0.0.0/8"]},
                    "crawl": {"timeout": 5.0, "requests_per_second": 1000},
                    "resolver": {"nameservers": [names.address]},
                    "tls": {"extra_ca": [loopback.ca_file]},
                    "email": QUIET,
                    "mailbox": boxes,
                    **sections,
                },
                by_alias=True,
            )
            try:
                async with Wire(
                    site, consent=consent, journal=loopback.journal, attach=lambda *_: "", hands=hands
                ) as wire:
                    labs.append(Lab(wire, site, post))
                    yield labs[0]
            finally:
                server.close()

    return started


def sent_to(asked: Asked) -> str:
    return str(json.loads(asked.body)["email"])


async def test_each_mail_is_told_by_the_tag_in_its_address(start: Any) -> None:
    async with start(mail=[INVITE, {**INVITE, "kind": "welcome"}]) as lab:
        waiting: list[Asked] = []

        def act(asked: Asked) -> None:
            waiting.append(asked)
            if len(waiting) == 4:  # in another order than they were asked for
                for each in reversed(waiting):
                    lab.mail(sent_to(each), f"For {json.loads(each.body)['name']}")

        lab.act = act
        found = await lab.deliveries()
        assert {key: [letter.to_is_ours for letter in each.letters] for key, each in found.items()} == {
            (kind, box): [True] for kind in ("invite", "welcome") for box in ("nora", "sol")
        }
        assert len({sent_to(each) for each in lab.asked}) == 4


async def test_what_names_no_address_is_done_once_for_all_mailboxes(start: Any) -> None:
    async with start(mail=[{**NOTICE, "body": "title={tag}+news"}]) as lab:

        def act(asked: Asked) -> None:
            lab.mail(NORA, asked.form["title"])
            lab.mail(SOL, "News", f"You have {asked.form['title']}")

        lab.act = act
        found = await lab.deliveries()
        assert len(lab.asked) == 1
        assert [len(each.letters) for each in found.values()] == [1, 1]


async def test_what_nothing_tells_is_asked_for_one_after_the_other(start: Any) -> None:
    async with start(mail=[NOTICE, {**NOTICE, "kind": "report", "request": "POST /reports"}]) as lab:
        lab.act = lambda asked: [lab.mail(each, asked.path) for each in (NORA, SOL)]
        found = await lab.deliveries()
        assert sorted(key for key, each in found.items() if len(each.letters) == 1) == sorted(found)
        assert sorted(each.path for each in lab.asked) == ["/notices", "/reports"]


async def test_words_of_the_subject_tell_a_mail_too(start: Any) -> None:
    async with start(mail=[{**NOTICE, "subject": "Weekly"}]) as lab:

        def act(_: Asked) -> None:
            lab.mail(NORA, "Somebody signed in")
            for each in (NORA, SOL):
                lab.mail(each, "Your WEEKLY news", sender="robot@elsewhere.example")

        lab.act = act
        found = await lab.deliveries()
        assert [each.letters[0].from_domain for each in found.values()] == ["elsewhere.example"] * 2
        assert [len(each.letters) for each in found.values()] == [1, 1]


async def test_mail_of_others_is_neither_taken_for_the_portals_nor_for_nothing(start: Any) -> None:
    async with start(mail=[NOTICE], email={"kinds": [], "wait": 1.0}) as lab:
        lab.act = lambda _: lab.mail(NORA, "Security alert", sender="no-reply@accounts.example")
        found = await lab.deliveries()
        nora, sol = found["notice", "nora"], found["notice", "sol"]
        assert nora.letters == sol.letters == ()
        assert nora.why is not None
        assert "accounts.example" in nora.why.detail
        assert "[email] from" in nora.why.settle_by
        assert sol.why is None
        assert sol.waited >= 1


async def test_a_tag_that_the_mail_does_not_repeat_is_done_without(start: Any) -> None:
    async with start(mail=[{**NOTICE, "body": "title={tag}"}], email={"kinds": [], "wait": 1.0}) as lab:
        lab.act = lambda _: lab.mail(NORA, "There is something new")
        found = await lab.deliveries()
        assert [len(found["notice", box].letters) for box in ("nora", "sol")] == [1, 0]


async def test_two_mails_that_cannot_be_told_apart_are_not_guessed_at(start: Any) -> None:
    tagged = {**NOTICE, "body": "title={tag}", "to": ["nora"]}
    async with start(mail=[tagged, {**tagged, "kind": "report"}], email={"kinds": [], "wait": 1.0}) as lab:
        lab.act = lambda _: lab.mail(NORA, "There is something new")
        for each in (await lab.deliveries()).values():
            assert each.letters == ()
            assert each.why is not None
            assert each.why.cause is Cause.AMBIGUOUS


async def test_a_mail_that_comes_twice_is_there_twice(start: Any) -> None:
    async with start(mail=[{**INVITE, "to": ["nora"]}]) as lab:
        lab.act = lambda asked: [lab.mail(sent_to(asked), "You are invited") for _ in range(2)]
        (found,) = (await lab.deliveries()).values()
        assert len(found.letters) == 2


async def test_without_plus_addressing_the_address_stays_as_it_is(start: Any) -> None:
    async with start(mail=[INVITE], plus=False) as lab:
        lab.act = lambda asked: lab.mail(sent_to(asked), json.loads(asked.body)["name"])
        found = await lab.deliveries()
        assert {sent_to(each) for each in lab.asked} == {NORA, SOL}
        assert [len(each.letters) for each in found.values()] == [1, 1]


async def test_a_reset_is_asked_for_as_the_identity_whose_mailbox_it_is(start: Any) -> None:
    people = [
        {"name": "n", "username": NORA, "mailbox": "nora", "test": True},
        {"name": "s", "username": SOL, "mailbox": "sol"},
    ]
    async with start(identity=people, email={"kinds": ["password-reset"], "wait": 20.0}) as lab:

        def act(asked: Asked) -> None:
            lab.mail(asked.form["email"], "Welcome", "Have a look: https://127.0.0.1/")
            lab.mail(asked.form["email"], "Choose a new password", f"Follow {RESET}")

        lab.act = act
        found = await lab.deliveries()
        assert [each.form["email"] for each in lab.asked] == [NORA]
        nora, sol = found["password-reset", "nora"], found["password-reset", "sol"]
        assert (nora.asked_by, len(nora.letters)) == ("n", 1)
        assert any(link.carries_secret for link in nora.letters[0].links)
        assert sol.why is not None
        assert sol.why.cause is Cause.NO_CONSENT
        assert "Zk3vQ9xT1mB7cR5wL2pN8sD4" not in repr(found)


async def test_a_token_that_looks_like_a_tag_is_none(start: Any) -> None:
    people = [{"name": "n", "username": NORA, "mailbox": "nora", "test": True}]
    async with start(identity=people, email={"kinds": ["password-reset"], "wait": 20.0}) as lab:
        link = "https://127.0.0.1/reset/Zk3vQ9xT1LRbcdfghjkN8-lrbcdfghjk_sD4"
        lab.act = lambda asked: lab.mail(asked.form["email"], "Choose a new password", f"Follow {link}")
        found = await lab.deliveries()
        assert len(found["password-reset", "nora"].letters) == 1
        assert found["password-reset", "nora"].waited == 0


async def test_a_refusal_is_no_lost_mail(start: Any) -> None:
    async with start(mail=[INVITE]) as lab:
        lab.status = "403 Forbidden"
        for each in (await lab.deliveries()).values():
            assert each.why is not None
            assert "POST https://127.0.0.1" in each.why.detail
            assert "403" in each.why.detail


async def test_a_form_that_comes_again_may_not_have_been_taken(start: Any) -> None:
    async with start(mail=[{**NOTICE, "to": ["nora"]}], email={"kinds": [], "wait": 0.5}) as lab:
        lab.pages["/notices"] = b"<form method=post action=/notices><input name=title></form>"
        (found,) = (await lab.deliveries()).values()
        assert found.why is not None
        assert "the form again" in found.why.detail
        del lab.pages["/notices"]
        (found,) = (await lab.deliveries()).values()
        assert found.why is None


async def test_what_the_portal_wants_against_forged_requests_is_sent_along(start: Any) -> None:
    async with start(mail=[{**NOTICE, "body": "title={tag}&to={address}", "to": ["nora"]}]) as lab:
        lab.pages["/notices"] = (
            b"<form method=post action=/notices><input type=hidden name=csrf_token value=0fC3h1x8></form>"
        )
        lab.act = lambda asked: lab.mail(asked.form["to"], "News")
        (found,) = (await lab.deliveries()).values()
        assert len(found.letters) == 1
        (asked,) = lab.asked
        assert asked.form["csrf_token"] == asked.headers["x-csrf-token"] == "0fC3h1x8"


@needs_browser
@pytest.mark.browser
async def test_steps_in_a_browser_cause_a_mail(start: Any) -> None:
    steps = [
        {"open": "/invite"},
        {"fill": "Name", "value": "Test {tag}"},
        {"fill": "Email", "value": "{address}"},
        {"click": "Send"},
    ]
    async with start(mail=[{"kind": "invite", "steps": steps}], email={"kinds": [], "wait": 1.0}) as lab:
        lab.pages["/invite"] = (
            b"<form method=post action=/invite><label>Name <input name=name></label>"
            b"<label>Email <input name=email></label><button>Send</button></form>"
        )

        def act(asked: Asked) -> None:
            if asked.form["email"].startswith("nora+"):
                lab.mail(asked.form["email"], f"For {asked.form['name']}")

        lab.act = act
        found = await lab.deliveries()
        nora, sol = found["invite", "nora"], found["invite", "sol"]
        assert (len(nora.letters), nora.why) == (1, None)
        assert sol.why is not None  # no expect shows that it was asked for
        assert "expect" in sol.why.settle_by


async def test_a_self_test_looks_at_its_own_mailbox_alone(start: Any) -> None:
    people = [
        {"name": name, "username": address, "mailbox": name, "test": True}
        for name, address in (("nora", NORA), ("sol", SOL))
    ]
    async with start(identity=people, mail=[INVITE]) as lab:
        lab.act = lambda asked: lab.mail(asked.form["email"], "Choose a new password", f"Follow {RESET}")
        drill = await Drill(lab.wire, lab.site, People(lab.wire, lab.site), only="sol").go()
        (found,) = drill.deliveries
        assert (found.kind, found.mailbox, len(found.letters)) == ("password-reset", "sol", 1)
        assert [each.path for each in lab.asked] == ["/forgot"]


async def test_nothing_is_asked_for_without_consent(start: Any, loopback: Loopback) -> None:
    async with start(mail=[INVITE], consent=Touch.SIGN_IN, email={}) as lab:
        found = await lab.deliveries()
        assert {kind for kind, _ in found} == {"password-reset", "invite", "approval", "notification"}
        assert found["invite", "nora"].why.cause is Cause.NO_CONSENT
        assert found["approval", "nora"].why.cause is Cause.NOT_COLLECTED
        assert "[[mail]]" in found["approval", "nora"].why.settle_by
    assert loopback.lines == []


async def test_nobody_but_a_test_identity_causes_mail(start: Any) -> None:
    async with start(identity=[{"name": "boss"}], mail=[{**INVITE, "identity": "boss"}]) as lab:
        found = await lab.deliveries()
        assert [each.why.cause for each in found.values()] == [Cause.NO_CONSENT] * 2
        assert lab.asked == []


async def test_what_is_sent_by_hand_is_waited_for(start: Any) -> None:
    told: list[str] = []
    labs: list[Lab] = []

    def ask(what: str) -> None:
        told.append(what)
        labs[0].mail(next(word for word in what.split() if "@" in word), "You are invited")

    async with start(hands=Hands(ask, 20.0), consent=Touch.SIGN_IN, email={"kinds": ["invite"]}) as lab:
        labs.append(lab)
        found = await lab.deliveries()
        assert [(each.asked_by, len(each.letters)) for each in found.values()] == [("by hand", 1)] * 2
        assert len(told) == 2
        assert lab.asked == []


async def test_a_mailbox_that_cannot_be_read_hides_no_other(start: Any) -> None:
    async with start(mail=[INVITE]) as lab:
        lab.post.open(SOL, "another")
        lab.act = lambda asked: lab.mail(sent_to(asked), "You are invited")
        found = await lab.deliveries()
        assert len(found["invite", "nora"].letters) == 1
        assert found["invite", "sol"].why.cause is Cause.NOT_AUTHORISED
        assert PASSWORD not in repr(found)


async def test_without_a_mailbox_there_is_no_drill(start: Any) -> None:
    async with start(mailbox=[], mail=[INVITE]) as lab:
        drill = await Drill(lab.wire, lab.site, People(lab.wire, lab.site)).go()
        assert drill.deliveries == ()
        assert "[[mailbox]]" in drill.gaps[0].settle_by
