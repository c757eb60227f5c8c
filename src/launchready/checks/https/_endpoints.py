"""Which addresses the checks on TLS judge, and how they name them."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from launchready.evidence import Missing
from launchready.evidence.tls import Endpoint, Tls
from launchready.verdict import Finding


class Look(NamedTuple):
    """One address of one host.

    Attributes:
        subject: the host, with its port where that is not the usual one; the same in every run.
        host: its name alone.
        where: " (at ADDRESS)" where the host has several and they might differ, else empty.
        endpoint: what was seen there, or why the name leads nowhere.
    """

    subject: str
    host: str
    where: str
    endpoint: Endpoint | Missing


def looks(tls: Tls) -> Iterator[Look]:
    """Every address to judge. Hosts that are merely in scope count only where they speak TLS."""
    for host in tls.hosts:
        shown = f"[{host.host}]" if ":" in host.host else host.host
        subject = shown if host.port == 443 else f"{shown}:{host.port}"
        if isinstance(host.endpoints, Missing):
            if host.declared:
                yield Look(subject, host.host, "", host.endpoints)
            continue
        for endpoint in host.endpoints:
            if host.declared or endpoint.answer == "tls":
                where = f" (at {endpoint.address})" if len(host.endpoints) > 1 else ""
                yield Look(subject, host.host, where, endpoint)


def findings(wrong: Iterable[tuple[Look, str]], among: Iterable[Look]) -> Iterator[Finding]:
    """What is wrong, said once where it is so at every address of a host, else with the addresses."""
    addresses = Counter(look.subject for look in among)
    places: dict[tuple[str, str], list[str]] = {}
    for look, fault in wrong:
        places.setdefault((look.subject, fault), []).append(look.where)
    for (subject, fault), where in places.items():
        yield Finding(subject, fault if len(where) == addresses[subject] else fault + "".join(where))
