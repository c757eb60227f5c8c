"""Policies by which mail domains ask for encrypted transport (MTA-STS, RFC 8461), as their hosts serve them."""

from launchready.evidence import Fact, Missing


class StsPolicy(Fact, frozen=True):
    """What one mail domain serves at `mta-sts.`.

    Attributes:
        domain: the mail domain.
        mode: enforce, testing or none; empty where there is no readable policy.
        hosts: names that its MX must have, such as "*.example.com".
        fault: in words, what keeps senders from taking it; empty where nothing does.
        why: why it could not be looked at; None where it was.
    """

    domain: str
    mode: str = ""
    hosts: tuple[str, ...] = ()
    fault: str = ""
    why: Missing | None = None


class StsPolicies(Fact, frozen=True):
    """Those of the mail domains that announce one, sorted by domain."""

    policies: tuple[StsPolicy, ...] = ()
