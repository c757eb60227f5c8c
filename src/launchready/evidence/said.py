"""What people said: the portal file's own words, as far as judging or reporting needs them."""

from launchready.evidence import Fact


class Waiver(Fact, frozen=True):
    """An accepted risk: it is shown beside its finding, never instead of it."""

    check: str
    subject: str
    owner: str
    reason: str
    until: str
    """ISO date; after it the waiver counts for nothing."""


class Declared(Fact, frozen=True):
    """The portal as its owner declared it.

    Attributes:
        name, url, owner: of the portal.
        hosts: every host name of the portal, the main one first.
        waivers: accepted risks.
    """

    name: str
    url: str
    owner: str
    hosts: tuple[str, ...]
    waivers: tuple[Waiver, ...] = ()


class Run(Fact, frozen=True):
    """The run itself: when, how far, and which checks were asked for.

    Attributes:
        id: sortable, unique.
        started, finished: UTC, ISO 8601 with Z, whole seconds.
        scope: hosts that could be asked.
        touch: the highest consent in force: read, sign-in, probe or load.
        checks: ids chosen; empty means all.
        interrupted: stopped before everything was collected.
    """

    id: str
    started: str
    finished: str
    scope: tuple[str, ...]
    touch: str
    checks: tuple[str, ...] = ()
    interrupted: bool = False
