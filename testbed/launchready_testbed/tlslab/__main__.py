"""Run the lab in the foreground until standard input ends: `python -m launchready_testbed.tlslab [CASE ...]`.

Prints one JSON object: the files of roots, and for each case its host, addresses and port.
"""

from __future__ import annotations

import asyncio
import json
import sys

from launchready_testbed.tlslab.lab import Lab


async def _serve(names: list[str]) -> None:
    async with Lab(names) as lab:
        hosts = {
            name: {"host": each.case.asked, "addresses": each.addresses, "port": each.port}
            for name, each in lab.hosts.items()
        }
        roots = {"public_roots": str(lab.public_roots), "private_roots": str(lab.private_roots)}
        sys.stdout.write(json.dumps({**roots, "hosts": hosts}) + "\n")
        sys.stdout.flush()
        await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(_serve(sys.argv[1:]))
