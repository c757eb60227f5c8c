"""Policies of MTA-STS, read as RFC 8461 section 3.2 writes them. Pure."""

import re

from launchready.evidence.mta_sts import StsPolicy

_MODES = ("enforce", "testing", "none")


def read_policy(domain: str, text: str) -> StsPolicy:
    """Read the text that a policy host serves."""
    fields: dict[str, list[str]] = {}
    for line in text.splitlines():
        name, colon, value = line.partition(":")
        if colon:
            fields.setdefault(name.strip(), []).append(value.strip())
    hosts = tuple(value.lower().rstrip(".") for value in fields.get("mx", ()))
    mode = fields.get("mode", [""])[0]
    if fields.get("version") != ["STSv1"]:
        return StsPolicy(domain, fault="the policy does not say version: STSv1")
    if mode not in _MODES:
        return StsPolicy(domain, fault="the policy has no mode of enforce, testing or none")
    if not re.fullmatch(r"\d{1,10}", fields.get("max_age", [""])[0]):
        return StsPolicy(domain, fault="the policy does not say how long it holds (max_age)")
    if not hosts and mode != "none":
        return StsPolicy(domain, fault="the policy lists no host (mx)")
    return StsPolicy(domain, mode, hosts)


def allows(policy: StsPolicy, host: str) -> bool:
    """Whether senders may deliver to this host: a star stands for exactly one label."""
    return any(
        host == each or (each.startswith("*.") and host.partition(".")[2] == each[2:])
        for each in policy.hosts
    )
