"""Plays a new member of staff: signs in with a clean browser, works, and says whether all is well. One page, yes or no."""

import asyncio
import secrets
from datetime import UTC, datetime
from pathlib import Path

from launchready.audit import consent, open_journal, stamp
from launchready.collect.mailing.drilling import Drill
from launchready.collect.people import People
from launchready.collect.people.ways_out import leave
from launchready.errors import UsageError
from launchready.evidence import Missing
from launchready.evidence.letters import Delivery
from launchready.evidence.said import Declared, Run
from launchready.evidence.selftest import SelfTest
from launchready.evidence.store import RunFolder
from launchready.selftest.rendering import SelfTested, render
from launchready.selftest.walking import Walk
from launchready.site import Site
from launchready.site.identities import Identity
from launchready.verdict import Cause
from launchready.wire import Touch, Wire

__all__ = ["SelfTested", "identity_of", "render", "self_test"]


async def self_test(site: Site, name: str, *, runs: Path, active: bool = False) -> SelfTested:
    """Play this identity, keep what was seen under `runs`, and judge it. Cancelled, it says what it had by then.

    Args:
        site: the portal.
        name: of the identity; may be empty where there is one only.
        runs: folder in which the run gets its own folder.
        active: use the consent of the portal file: have a system mail sent.

    Raises:
        UsageError: the portal file has no such identity, or does not give that consent.
        StoreError: the run folder cannot be written.
    """
    identity = identity_of(site, name)
    started = datetime.now(UTC)
    touch = consent(site, active=active, today=started.date())
    run_id = f"{started:%Y%m%dT%H%M%SZ}-{secrets.token_hex(2)}"
    folder = RunFolder.create(runs, run_id)
    interrupted = False
    with open_journal(folder) as journal:
        async with Wire(site, consent=touch, journal=journal, attach=folder.attach) as wire:
            people = People(wire, site)
            walk = Walk(wire, site, people, identity)
            try:
                if touch > Touch.SIGN_IN:
                    await wire.require_control()
                await walk.go()
                walk.mail = await _mail(Drill(wire, site, people, only=identity.name), identity)
            except asyncio.CancelledError:
                interrupted = True
            await leave(people)
    test = walk.result
    run = Run(
        run_id,
        stamp(started),
        stamp(datetime.now(UTC)),
        site.scope_hosts,
        str(touch),
        interrupted=interrupted,
    )
    declared = site.declared()
    folder.save(((Declared, declared), (Run, run), (SelfTest, test)))
    done = SelfTested(declared, run, test, folder.path)
    folder.write("selftest.json", render(done, "json"))
    folder.write("selftest.html", render(done, "html"))
    return done


async def _mail(drill: Drill, identity: Identity) -> Delivery | Missing:
    """Whether the portal's mail reaches this identity: a password reset is asked for, and not used."""
    if identity.mailbox is None:
        told = f"the portal file gives {identity.name} no mailbox in which its mail could be seen"
        return Missing(Cause.NOT_COLLECTED, told, "add a [[mailbox]], and name it in this [[identity]]")
    done = await drill.go()
    return next(iter(done.deliveries), None) or done.gaps[0]


def identity_of(site: Site, name: str) -> Identity:
    """The identity of this name; the only one there is where no name is given.

    Raises:
        UsageError: there is none, or it is not clear which.
    """
    known = [identity.name for identity in site.identities]
    if not known:
        raise UsageError("the portal file names nobody to sign in as; add an [[identity]] for a test account")
    if not name and len(known) > 1:
        raise UsageError(f"say as whom, with --identity: {', '.join(known)}")
    for identity in site.identities:
        if identity.name == (name or known[0]):
            return identity
    from difflib import get_close_matches  # noqa: PLC0415 -- only where a name is mistyped

    near = get_close_matches(name, known, 1)
    hint = f"; did you mean {near[0]!r}?" if near else f"; there are {', '.join(known)}"
    raise UsageError(f"the portal file has no [[identity]] named {name!r}{hint}")
