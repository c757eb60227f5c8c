"""Names: an answer "there is none" is never taken for no answer, and no name leads around the scope."""

import asyncio
from typing import Any

import pytest

from launchready.errors import NameNotFound, Refused, TimedOut, Unreachable
from launchready.wire import Wire
from launchready.wire import dns as wire_dns

ZONE = {
    "both.test": ("127.0.0.2", "::1", "127.0.0.1"),
    "six.test": ("::1",),
    "none.test": (),
    "rebound.test": ("127.0.0.1", "192.168.7.7"),
    "metadata.test": ("169.254.169.254",),
}


def wire(loopback: Any, nameserver: str, *hosts: str) -> Wire:
    site = loopback.site(
        host="both.test", scope={"hosts": list(hosts)}, resolver={"nameservers": [nameserver]}
    )
    return loopback.wire(site)  # type: ignore[no-any-return] # the fixture's class cannot be imported


async def test_addresses_come_ipv4_first_and_are_asked_once(loopback: Any) -> None:
    async with loopback.names(ZONE) as server:
        looks = wire(loopback, server.address).dns
        found = await asyncio.gather(
            *(looks.addresses(name) for name in ("both.test", "BOTH.test.", "both.test"))
        )
        assert set(found) == {("127.0.0.1", "127.0.0.2", "::1")}
        assert server.asked == ["both.test", "both.test"]  # A and AAAA


async def test_ipv6_alone_is_enough(loopback: Any) -> None:
    async with loopback.names(ZONE) as server:
        assert await wire(loopback, server.address, "six.test").dns.addresses("six.test") == ("::1",)


@pytest.mark.parametrize(("name", "says"), [("gone.test", "no host name"), ("none.test", "no address")])
async def test_no_such_name_is_an_answer(loopback: Any, name: str, says: str) -> None:
    async with loopback.names(ZONE) as server:
        looks = wire(loopback, server.address, name).dns
        for _ in range(2):  # from the cache too
            with pytest.raises(NameNotFound, match=says):
                await looks.addresses(name)


async def test_a_broken_server_is_no_answer(loopback: Any) -> None:
    async with loopback.names(ZONE, broken=("broken.test",)) as server:
        with pytest.raises(Unreachable) as trouble:
            await wire(loopback, server.address, "broken.test").dns.addresses("broken.test")
    assert not isinstance(trouble.value, NameNotFound)


async def test_a_silent_server_is_a_time_out(loopback: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wire_dns, "_LIFETIME", 0.3)
    async with loopback.names(ZONE, silent=("silent.test",)) as server:
        with pytest.raises(TimedOut):
            await wire(loopback, server.address, "silent.test").dns.addresses("silent.test")


async def test_a_closed_name_server_port_is_no_answer(loopback: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wire_dns, "_LIFETIME", 0.5)
    with pytest.raises(Unreachable) as trouble:
        await wire(loopback, f"127.0.0.1:{loopback.closed_port()}").dns.addresses("both.test")
    assert not isinstance(trouble.value, NameNotFound)


@pytest.mark.parametrize("name", ["rebound.test", "metadata.test"])
async def test_a_name_that_leads_inside_is_refused(loopback: Any, name: str) -> None:
    async with loopback.names(ZONE) as server:
        with pytest.raises(Refused, match="not a public address"):
            await wire(loopback, server.address, name).dns.addresses(name)


async def test_names_out_of_scope_are_not_even_asked(loopback: Any) -> None:
    async with loopback.names(ZONE) as server:
        with pytest.raises(Refused, match="outside the scope"):
            await wire(loopback, server.address).dns.addresses("six.test")
        assert server.asked == []


async def test_without_name_servers_localhost_needs_none(loopback: Any) -> None:
    looks = loopback.wire(loopback.site(host="localhost")).dns
    assert await looks.addresses("localhost") == ("127.0.0.1", "::1")


async def test_an_address_stands_for_itself_but_is_checked(loopback: Any) -> None:
    looks = loopback.wire(loopback.site(scope={"hosts": ["192.168.0.9"]})).dns
    assert await looks.addresses("127.0.0.1") == ("127.0.0.1",)
    with pytest.raises(Refused):
        await looks.addresses("192.168.0.9")
