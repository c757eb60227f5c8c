"""How does a test, a demo or a bench start the test bed and change it while it runs?"""

from __future__ import annotations

import json
import os
import selectors
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from launchready_testbed.portal_file import portal_file

PATIENCE = 30.0  # seconds until the child must have answered; it normally needs milliseconds


class BedError(RuntimeError):
    """The child process did not do what it was told."""


class Bed:
    """A running test bed in a process of its own. Use `Bed.start` in a `with` statement."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        self._process = process
        self._to: IO[bytes] = process.stdin
        self._from: IO[bytes] = process.stdout
        self._facts: Mapping[str, Any] = self._hear()

    @classmethod
    def start(cls, faults: Sequence[str] = (), *, pages: int = 0) -> Self:
        """Starts a bed with `faults` (ids of faults or look-alikes) switched on; ready when it returns.

        `pages` adds that many public, interlinked help articles.
        """
        here = str(Path(__file__).resolve().parent.parent)
        paths = [here, *filter(None, [os.environ.get("PYTHONPATH")])]
        command = [
            sys.executable,
            "-m",
            "launchready_testbed",
            "--faults",
            ",".join(faults),
            "--pages",
            str(pages),
        ]
        process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
        )
        try:
            return cls(process)
        except BaseException:
            _end(process)
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Ends the child and waits for it."""
        _end(self._process)

    @property
    def url(self) -> str:
        """Address of the portal, such as "https://portal.lab.test:38443/"."""
        return str(self._facts["url"])

    @property
    def host(self) -> str:
        """Host name of the portal."""
        return str(self._facts["host"])

    @property
    def https_port(self) -> int:
        """Port on 127.0.0.1 where every host listens for https."""
        return int(self._facts["https_port"])

    @property
    def http_port(self) -> int:
        """Port on 127.0.0.1 where every host listens for plain http."""
        return int(self._facts["http_port"])

    @property
    def nameserver(self) -> str:
        """Address and port of the name server, such as "127.0.0.1:35353"; UDP and TCP."""
        return str(self._facts["nameserver"])

    @property
    def ca_file(self) -> Path:
        """PEM file of the root that signs the bed's certificates."""
        return Path(self._facts["ca_file"])

    @property
    def hosts(self) -> tuple[str, ...]:
        """Hosts beside the portal's that the portal file of the present world declares."""
        return tuple(self._facts["hosts"])

    @property
    def identities(self) -> tuple[Mapping[str, Any], ...]:
        """The fields of each [[identity]] of the portal "harbour"; secrets are references such as "file:/…"."""
        return tuple(self._facts["portals"]["harbour"]["identities"])

    @property
    def secrets(self) -> Path:
        """Folder with the files NAME.KIND that hold everybody's secrets; see `people.Secrets`."""
        return Path(self._facts["secrets"])

    @property
    def source(self) -> Path:
        """Folder of the git repository with the portal's source."""
        return Path(self._facts["source"])

    @property
    def logs(self) -> Path:
        """Folder with what the portal's servers write down."""
        return Path(self._facts["logs"])

    def secret_file(self, name: str, kind: str = "password") -> Path:
        """File with one secret of `name`: kind is username, password, mailbox, totp or recovery."""
        return self.secrets / f"{name}.{kind}"

    @property
    def imap_port(self) -> int:
        """Port on 127.0.0.1 where imap.lab.test serves every mailbox, with TLS from the first byte."""
        return int(self._facts["imap_port"])

    @property
    def pid(self) -> int:
        """Process id of the child."""
        return self._process.pid

    def switch(self, faults: Sequence[str] = (), *, policy: Mapping[str, Any] | None = None) -> None:
        """Replaces the set of faults and look-alikes that are on. Has taken effect when it returns.

        Data, sessions, limits and letters are as at the start again. `policy` sets fields of the portal's policy by name,
        such as {"code_reusable": True, "cookie.secure": False}, for a test that wants to try one without a fault.
        """
        self._tell({"switch": list(faults), "policy": dict(policy or {})})

    def outage(self, wire: str | None) -> None:
        """Makes "https", "http", "dns" or "imap" accept and then never answer; None brings it back."""
        self._tell({"outage": wire})

    def portal_file(self, portal: str = "harbour", *, identities: bool = True, active: bool = False) -> str:
        """Text of a launchready.toml for `portal` of the present world.

        `identities` says whether it names who may be signed in as, and `active` whether its owner consents to more than
        reading. Raises LookupError when there is no such portal.
        """
        return portal_file(self._facts, portal, identities=identities, active=active)

    def _tell(self, command: dict[str, Any]) -> None:
        self._to.write(json.dumps(command).encode() + b"\n")
        self._to.flush()
        self._facts = self._hear()

    def _hear(self) -> Mapping[str, Any]:
        """The child's next answer. Raises BedError when it refuses, dies or takes too long."""
        with selectors.DefaultSelector() as waiting:
            waiting.register(self._from, selectors.EVENT_READ)
            if not waiting.select(PATIENCE):
                raise BedError(f"the test bed said nothing for {PATIENCE:.0f} s")
        line = self._from.readline()
        if not line:
            raise BedError(f"the test bed ended with status {self._process.wait()}")
        answer: dict[str, Any] = json.loads(line)
        if "error" in answer:
            raise BedError(answer["error"])
        return answer


def _end(process: subprocess.Popen[bytes]) -> None:
    """Closes the child's standard input, which ends it, and waits; kills it if it does not end."""
    for stream in (process.stdin, process.stdout):
        if stream and not stream.closed:
            stream.close()
    try:
        process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
