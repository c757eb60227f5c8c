"""Policies of MTA-STS: how they are read, and that they are asked for at their own host only."""

from typing import Any

import pytest

from launchready.collect.mta_sts import sts_policies
from launchready.errors import Refused
from launchready.evidence.dns import DnsAnswer
from launchready.evidence.mail_domains import MailDomain, MailDomains
from launchready.evidence.mta_sts import StsPolicy
from launchready.mailauth.sts import allows, read_policy
from launchready.wire.mta_sts import StsHosts

POLICY = (
    "version: STSv1\r\nmode: enforce\r\nmx: mx1.example.com\r\nmx: *.mail.example.com\r\nmax_age: 604800\r\n"
)


def test_a_policy() -> None:
    policy = read_policy("example.com", POLICY)
    assert policy == StsPolicy("example.com", "enforce", ("mx1.example.com", "*.mail.example.com"))
    assert allows(policy, "mx1.example.com")
    assert allows(policy, "a.mail.example.com")
    assert not allows(policy, "a.b.mail.example.com")
    assert not allows(policy, "mail.example.com")
    assert not allows(policy, "mx2.example.com")


@pytest.mark.parametrize(
    "left_out",
    [
        "version: STSv1\r\n",
        "mode: enforce\r\n",
        "mx: mx1.example.com\r\nmx: *.mail.example.com\r\n",
        "max_age: 604800\r\n",
    ],
)
def test_a_policy_that_senders_do_not_take(left_out: str) -> None:
    assert read_policy("example.com", POLICY.replace(left_out, "")).fault


def test_any_page_is_no_policy() -> None:
    assert read_policy("example.com", "<!doctype html><title>Not found</title>").fault


async def test_it_is_asked_for_at_its_own_host_out_of_scope(loopback: Any) -> None:
    seen: list[str] = []
    handler = loopback.answering(loopback.http(POLICY.encode()), seen)
    tls = loopback.tls("mta-sts.example.test")
    async with (
        loopback.serve(handler, tls) as port,
        loopback.names({"mta-sts.example.test": ("127.0.0.1",)}) as names,
    ):
        site = loopback.site(resolver={"nameservers": [names.address]}, tls={"extra_ca": [loopback.ca_file]})
        wire = loopback.wire(site)
        hosts = StsHosts(wire.gate, site, wire.redact, ["example.test"], port)
        answer = await hosts.policy("example.test")
        with pytest.raises(Refused):
            await hosts.policy("another.test")
        await hosts.close()
    assert read_policy("example.test", answer.body.decode()).mode == "enforce"
    assert len(seen) == 1
    assert seen[0].startswith("GET /.well-known/mta-sts.txt ")


async def test_a_policy_that_is_announced_and_not_served(loopback: Any) -> None:
    record = DnsAnswer("_mta-sts.example.test", "TXT", "present", ("v=STSv1; id=1",))
    mail = MailDomains((MailDomain("example.test", ("declared",)),), (record,))
    async with loopback.names({}) as names:
        site = loopback.site(resolver={"nameservers": [names.address]})
        found = await sts_policies(loopback.wire(site), site, mail)
        none = await sts_policies(loopback.wire(site), site, MailDomains(mail.domains, ()))
    assert [(policy.domain, bool(policy.fault)) for policy in found.policies] == [("example.test", True)]
    assert none.policies == ()
    assert names.asked
