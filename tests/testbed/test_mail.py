"""Do the letters of the bed travel, and do its providers judge and file them as the great ones do?"""

import asyncio
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any, cast

import pytest

from launchready_testbed.dns import Zone, sound_zone
from launchready_testbed.mail.keys import KeyRing
from launchready_testbed.mail.layouts import OUTLOOK
from launchready_testbed.mail.post_office import Letter, PostOffice
from launchready_testbed.mail.posting import Postman
from launchready_testbed.mail.receiving import Receiver, sound_receivers
from launchready_testbed.mail.records import (
    add_sending_domain,
    mailer_zone,
    portal_signing,
    quoted,
    reverse_zone,
)
from launchready_testbed.mail.sending import Sending
from launchready_testbed.world import World

PROVIDERS = ("gmail", "outlook", "apple", "imap")
KEYS = KeyRing()
LINK = "https://portal.lab.test/reset/abcdefgh"


@dataclass
class MailWorld:
    """As much of a world as mail needs."""

    mail: Sending = field(default_factory=Sending)
    receivers: dict[str, Receiver] = field(default_factory=sound_receivers)
    zones: dict[str, Zone] = field(default_factory=dict)
    old_mail: list[Callable[[PostOffice], object]] = field(default_factory=list)

    def __post_init__(self) -> None:
        for zone in (sound_zone("lab.test"), reverse_zone()):
            self.zones[zone.apex] = zone
        add_sending_domain(self.zones["lab.test"], KEYS)
        self.mail.signatures.append(portal_signing(KEYS))

    def text(self, name: str, *texts: str) -> None:
        zone = self.zones["lab.test"]
        zone.remove(name, "TXT")
        zone.add(name, "TXT", *map(quoted, texts))


class Round:
    """One letter to somebody at each provider, and where it came to."""

    def __init__(self, post: PostOffice) -> None:
        self.post = post

    def places(self, provider: str) -> dict[str, list[Letter]]:
        mailbox = self.post.mailbox(f"person@{provider}.example")
        assert mailbox
        return {name: folder.letters for name, folder in mailbox.folders.items() if folder.letters}

    def letter(self, provider: str, folder: str = "INBOX") -> EmailMessage:
        (found,) = self.places(provider)[folder]
        message = message_from_bytes(found.raw, policy=default)
        assert isinstance(message, EmailMessage)
        return message

    def results(self, provider: str, folder: str = "INBOX") -> str:
        return " ".join(str(self.letter(provider, folder)["authentication-results"]).split())


@asynccontextmanager
async def sent(world: MailWorld, link: str = LINK) -> AsyncIterator[Round]:
    post = PostOffice()
    for provider in PROVIDERS:
        post.open(f"person@{provider}.example", "open", provider)
    postman = Postman(post)
    await postman.start("127.0.0.1")
    postman.begin(cast(World, world))
    try:
        for provider in PROVIDERS:
            errand = postman.errand("password-reset", f"Person+tag@{provider}.example")
            assert errand.provider == provider
            letter = world.mail.letter(errand, "Choose a new password", ("Hello",), link)
            postman.send(cast(World, world), letter, errand)
        await postman.settled()
        yield Round(post)
    finally:
        postman.close()
        await asyncio.sleep(0)


async def test_a_sound_letter_passes_everywhere_and_lies_in_the_inbox() -> None:
    async with sent(MailWorld()) as seen:
        for provider in PROVIDERS:
            assert set(seen.places(provider)) - {"[Gmail]/All Mail"} == {"INBOX"}
            letter, results = seen.letter(provider), seen.results(provider)
            for verdict in ("spf=pass", "dkim=pass", "dmarc=pass"):
                assert verdict in results, provider
            assert "203.0.113.25" in str(letter["received-spf"] or letter["received"])
            assert "bounces@lab.test" in str(letter["return-path"])
            body = letter.get_body(("plain",))
            assert body
            assert LINK in body.get_content()
        assert seen.results("gmail").startswith("mx.google.com;")
        assert seen.results("imap").startswith("mx.lab.test;")
        assert seen.results("outlook").startswith("spf=pass (sender IP is 203.0.113.25)")


@pytest.mark.parametrize(
    ("policy", "places"),
    [
        ("v=DMARC1; p=reject", {"gmail": "", "outlook": "Junk", "apple": "Junk", "imap": ""}),
        ("v=DMARC1; p=reject; t=y", dict.fromkeys(PROVIDERS, "Junk") | {"gmail": "[Gmail]/Spam"}),
        ("v=DMARC1; p=quarantine", dict.fromkeys(PROVIDERS, "Junk") | {"gmail": "[Gmail]/Spam"}),
        ("v=DMARC1; p=none", dict.fromkeys(PROVIDERS, "INBOX")),
        ("v=spf1 -all", dict.fromkeys(PROVIDERS, "INBOX")),
    ],
)
async def test_what_fails_dmarc_is_treated_as_the_domain_asks(policy: str, places: dict[str, str]) -> None:
    world = MailWorld()
    zone, signing = mailer_zone("mailer.test", "s1", KEYS)
    world.zones["mailer.test"] = zone
    world.mail.signatures[:] = [signing]
    world.mail.envelope = "bounce@mailer.test"
    world.text("_dmarc.lab.test", policy)
    async with sent(world) as seen:
        for provider, place in places.items():
            assert "".join(set(seen.places(provider)) - {"[Gmail]/All Mail"}) == place, provider
        results = seen.results("outlook", places["outlook"])
        assert "dkim=pass" in results
        assert "spf=pass" in results
        assert ("dmarc=fail" in results) == policy.startswith("v=DMARC1")


def unsigned(world: MailWorld) -> None:
    world.mail.signatures.clear()


def changed_on_the_way(world: MailWorld) -> None:
    world.mail.transit.append(lambda raw, _: raw.replace(b"Hello", b"Hullo"))


def no_key(world: MailWorld) -> None:
    world.zones["lab.test"].remove("harbour._domainkey.lab.test")


def silent_key(world: MailWorld) -> None:
    world.zones["lab.test"].trouble["harbour._domainkey.lab.test"] = "silence"


def elsewhere(world: MailWorld) -> None:
    world.mail.source = "198.51.100.7"


def silent_spf(world: MailWorld) -> None:
    world.zones["lab.test"].trouble["lab.test"] = "servfail"


def endless_spf(world: MailWorld) -> None:
    world.text("lab.test", "v=spf1 include:lab.test -all")


@pytest.mark.parametrize(
    ("change", "result"),
    [
        (unsigned, "dkim=none"),
        (changed_on_the_way, "dkim=fail"),
        (no_key, "dkim=permerror"),
        (silent_key, "dkim=temperror"),
        (elsewhere, "spf=fail"),
        (silent_spf, "spf=temperror"),
        (endless_spf, "spf=permerror"),
    ],
)
async def test_each_result_is_found_and_one_good_one_is_enough(
    change: Callable[[MailWorld], None], result: str
) -> None:
    world = MailWorld()
    change(world)
    async with sent(world) as seen:
        for provider in ("imap", "outlook"):
            assert result in seen.results(provider)
            assert "dmarc=pass" in seen.results(provider)


async def test_aliases_lead_to_keys_in_other_zones() -> None:
    world = MailWorld()
    record = world.zones["lab.test"].records.pop("harbour._domainkey.lab.test")
    world.zones["lab.test"].add("harbour._domainkey.lab.test", "CNAME", "k1.mailer.test.")
    world.zones["mailer.test"] = sound_zone("mailer.test")
    world.zones["mailer.test"].add("k1.mailer.test", "TXT", *record["TXT"])
    async with sent(world) as seen:
        assert "dkim=pass" in seen.results("gmail")


async def test_forged_results_in_the_providers_own_name_are_taken_out() -> None:
    world = MailWorld()
    for own in ("mx.google.com", "mx.lab.test", "mx.elsewhere.test"):
        field_of = f"{own}; dmarc=pass (it says) header.from=lab.test"
        world.mail.drafts.append(
            lambda letter, _, text=field_of: letter.add_header("Authentication-Results", text)  # type: ignore[misc]
        )
    async with sent(world) as seen:
        forged = [str(each) for each in seen.letter("imap").get_all("authentication-results") or ()]
        assert [each.partition(";")[0].strip() for each in forged] == [
            "mx.lab.test",
            "mx.google.com",
            "mx.elsewhere.test",
        ]
        assert "it says" not in forged[0]
        assert "dkim=pass" in seen.results("gmail")


async def test_what_a_letter_says_of_itself_can_be_changed() -> None:
    world = MailWorld()
    mail = world.mail
    mail.from_name, mail.reply_to, mail.message_id, mail.text, mail.copies = (
        "noreply",
        "a@b.test",
        False,
        False,
        2,
    )
    mail.auto_submitted = False
    mail.links.append(lambda link, errand: f"https://track.test/{errand.kind}?to={link}")
    async with sent(world) as seen:
        first, second = seen.places("imap")["INBOX"]
        assert first.uid != second.uid
        letter = message_from_bytes(first.raw, policy=default)
        assert str(letter["from"]) == "noreply <portal@lab.test>"
        assert str(letter["reply-to"]) == "a@b.test"
        assert letter["message-id"] is letter["auto-submitted"] is None
        assert letter.get_content_type() == "text/html"
        assert "https://track.test/password-reset?to=" in letter.get_content()


@pytest.mark.parametrize(
    ("place", "folder"),
    [("junk", "[Gmail]/Spam"), ("archive", "[Gmail]/All Mail"), ("promotions", "INBOX"), ("lost", "")],
)
async def test_a_provider_files_as_a_rule_says(place: str, folder: str) -> None:
    world = MailWorld()
    world.receivers["gmail"].files.append(lambda mail: place if "password" in mail.subject else None)
    async with sent(world) as seen:
        found = seen.places("gmail")
        assert set(found) == (
            {folder} | ({"[Gmail]/All Mail"} if folder == "INBOX" else set()) if folder else set()
        )
        if place == "promotions":
            assert found["INBOX"][0].category == "promotions"


async def until(there: Callable[[], object]) -> bool:
    """Waits as long as the test may take."""
    for _ in range(1000):
        if there():
            return True
        await asyncio.sleep(0.01)
    return False


async def test_letters_are_lost_or_kept_back() -> None:
    world = MailWorld()
    world.mail.lost = lambda errand: errand.provider == "gmail"
    world.mail.delay = lambda errand: 60.0 if errand.provider == "imap" else 0.0
    world.receivers["outlook"].delay = lambda _mail: 0.05
    async with sent(world) as seen:
        assert [provider for provider in PROVIDERS if seen.places(provider)] == ["apple"]
        assert await until(lambda: seen.places("outlook"))
        assert not seen.places("imap")


async def test_a_new_world_begins_with_its_old_mail_and_nothing_else() -> None:
    world = MailWorld()

    def fill(post: PostOffice) -> None:
        mailbox = post.mailbox("person@outlook.example")
        assert mailbox
        mailbox.fill(b"Subject: old\r\n\r\nold\r\n", 1000)

    world.old_mail.append(fill)
    folders = {"INBOX": "", "Junk Email": ""}
    world.receivers["outlook"].layout = replace(OUTLOOK, folders=folders, places={"junk": "Junk Email"})
    world.receivers["outlook"].files.append(lambda _mail: "junk")
    async with sent(world) as seen:
        places = seen.places("outlook")
        assert [(name, len(letters)) for name, letters in places.items()] == [
            ("INBOX", 1000),
            ("Junk Email", 1),
        ]


@pytest.mark.parametrize("kind", ["rsa", "ed25519"])
async def test_every_kind_of_key_signs(kind: Any) -> None:
    world = MailWorld()
    key = KEYS.key("other", kind)
    assert KEYS.key("other", kind) is key
    assert f"k={kind};" in key.record
    world.mail.signatures[:] = [replace(portal_signing(KEYS), selector="other", key=key)]
    world.text("other._domainkey.lab.test", key.record)
    async with sent(world) as seen:
        assert "dkim=pass" in seen.results("imap")


def test_long_records_are_cut_into_strings() -> None:
    assert quoted("") == '""'
    assert quoted('a"b') == '"a\\"b"'
    strings = re.findall(r'"([^"]*)"', quoted("x" * 600))
    assert [len(each) for each in strings] == [255, 255, 90]
