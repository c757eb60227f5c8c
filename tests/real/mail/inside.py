"""The drill over the bed's own mail and over real servers, one after the other: run inside a network of its own.

`unshare --net --mount --pid --fork --mount-proc python inside.py FOLDER WORLD…` prints, for each of WORLDS that is named, what the drill said both
times, as JSON. FOLDER is empty, and others may look into it.
"""

import asyncio
import json
import sys
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from servers import HERE, IMAPS, RELAY, Account, Servers, own_network

from launchready_testbed.mail.sending import Errand
from launchready_testbed.portal_file import portal_file
from launchready_testbed.serve import Service
from launchready_testbed.world import World

PEOPLE = ("ada", "sam")
"""Those whose mailboxes are at a provider with servers of its own."""


def sound(_world: World) -> None:
    """Nothing is wrong."""


def service(world: World) -> None:
    """A service sends in its own name only, and the domain wants such mail to be refused."""
    world.mail.signatures = [world.mailer("mailer.test")]
    world.mail.envelope = "bounces@mailer.test"


def junk(world: World) -> None:
    """The same, the domain wants it to be put aside, and the mail claims to have passed."""

    def praised(message: EmailMessage, _errand: Errand) -> None:
        message["Authentication-Results"] = (
            "mx.lab.test; dkim=pass header.d=lab.test; spf=pass smtp.mailfrom=lab.test; dmarc=pass header.from=lab.test"
        )

    service(world)
    world.text("_dmarc.lab.test", "v=DMARC1; p=quarantine; rua=mailto:dmarc@lab.test")
    world.mail.drafts.append(praised)


WORLDS: dict[str, Callable[[World], None]] = {each.__name__: each for each in (sound, service, junk)}


class Comparison:
    """The bed, and the servers that stand in for its mail."""

    def __init__(self, folder: Path, bed: Service) -> None:
        self._folder, self._bed = folder, bed

    async def of(self, names: list[str]) -> dict[str, Any]:
        """What the drill says in each world: over the bed's own mail, then over the servers."""
        world, found = self._bed.world, {}
        world.mailer("mailer.test")  # so that the servers have its zone from the start
        accounts = tuple(
            Account(each["address"], world.lab.secrets.read(each["name"], "mailbox"))
            for each in world.mailboxes
            if each["name"] in PEOPLE
        )
        certificate, signer = self._folder / "mail.pem", world.lab.certificate
        certificate.write_bytes(signer.pem() + world.lab.authority.intermediate.pem() + signer.key_pem())
        with Servers.up(self._folder, world.zones, accounts) as servers:
            for name in names:
                found[name] = [await self._own(name), await self._real(name, servers)]
        return found

    async def _own(self, name: str) -> Any:
        await self._begin(name)
        self._bed.postman.relay = None
        return await self._drill("")

    async def _real(self, name: str, servers: Servers) -> Any:
        world = await self._begin(name)
        self._bed.postman.relay = (HERE, RELAY)
        servers.show(world.zones, world.mail.signatures)
        return await self._drill("real")

    async def _begin(self, name: str) -> World:
        await self._bed.switch(())
        world = self._bed.world
        world.mailer("mailer.test")
        WORLDS[name](world)
        world.mailboxes[:] = [each for each in world.mailboxes if each["name"] in PEOPLE]
        world.identities[:] = [
            each if each["name"] in PEOPLE else {key: each[key] for key in each if key != "mailbox"}
            for each in world.identities
        ]
        world.mails[:] = [
            {**each, "to": list(PEOPLE)} for each in world.mails if set(PEOPLE) <= set(each.get("to", PEOPLE))
        ]
        return world

    async def _drill(self, where: str) -> Any:
        facts = self._bed.facts()
        text = portal_file(facts, "harbour", identities=True, active=True)
        if where:
            text = text.replace(f'"{facts["nameserver"]}"', f'"{HERE}:53"')
            text = text.replace(f"imap_port = {facts['imap_port']}", f"imap_port = {IMAPS}")
        path = self._folder / "bed" / f"{where}.toml"
        path.write_text(text)
        options = ("--format", "json", "--runs", str(path.parent / "runs"), "--no-browser")
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "launchready",
            "drill",
            "mail",
            str(path),
            *options,
            stdout=asyncio.subprocess.PIPE,
        )
        said, _ = await process.communicate()
        return {"status": process.returncode, **json.loads(said)}


async def main() -> None:
    """Start everything, compare, print."""
    folder = Path(sys.argv[1])
    own_network(folder)
    (folder / "bed").mkdir(mode=0o700)
    bed = Service(folder / "bed", 0)
    await bed.start(())
    try:
        json.dump(await Comparison(folder, bed).of(sys.argv[2:]), sys.stdout)
    finally:
        bed.close()


if __name__ == "__main__":
    asyncio.run(main())
