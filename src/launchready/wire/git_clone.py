"""The machine's own git, told to fetch one whole repository: every branch, tag and other ref, nothing cut off.

The owner names the address, so the owner's own git settings count: their credential helper and their keys for SSH sign in.
It is never asked for a password, follows no redirect, runs no hook, and ends when it takes too long or brings too much.
What the other side says is not repeated, as it may say anything.
"""

import os
import re
import subprocess
import time
from base64 import b64encode
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryFile
from threading import Event
from urllib.parse import urlsplit

from launchready.errors import Refused, SignInFailed, TimedOut, TlsFailed, Unreachable, WireError

PATIENCE = 900.0
"""Seconds that it may take."""

MOST_BYTES = 2_000_000_000
"""Bytes that it may bring, packed as git sends them."""

_LOOK = 0.25
"""Seconds between two looks at how much there is."""

BY_HAND = "clone it by hand, all of it, and write its folder as path of [repo]"

_SCP = re.compile(r"(?:[\w.+-]+@)?(?P<host>\w[\w.-]*|\[[\da-fA-F:]+\]):(?!//|:)(?P<path>.+)")
_LEFT_OUT = re.compile(r"GIT_.*|(?:https?|all|no)_proxy|SSH_ASKPASS(?:_REQUIRE)?", re.IGNORECASE)
_SETTINGS = {
    "protocol.allow": "never",
    "protocol.https.allow": "always",
    "protocol.ssh.allow": "always",
    "http.followRedirects": "false",
    "http.proxy": "",
    "core.hooksPath": os.devnull,
    "core.fsmonitor": "false",
    "core.askPass": "",
    "fetch.recurseSubmodules": "false",
    "transfer.bundleURI": "false",
    "gc.auto": "0",
}
_ENVIRONMENT = {
    "GIT_TERMINAL_PROMPT": "0",
    "GCM_INTERACTIVE": "never",
    "GIT_LFS_SKIP_SMUDGE": "1",
    "GIT_SSH_COMMAND": "ssh -o BatchMode=yes -o StrictHostKeyChecking=yes -o ConnectTimeout=20",
    "LC_ALL": "C",
}
_DENIED = re.compile(
    r"Authentication failed|could not read (?:Username|Password)|Permission denied|returned error: 40[13]"
)
_UNKNOWN = re.compile(r"returned error: 404|repository '[^']*' not found|Repository not found")
_UNSAFE = re.compile(r"certificate|SSL|Host key verification failed", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Remote:
    """Where a repository is, taken apart.

    Attributes:
        url: as git takes it.
        scheme: https or ssh.
        host: its name or address.
        port: where it answers.
        shown: for the journal.
    """

    url: str
    scheme: str
    host: str
    port: int
    shown: str


def remote(url: str) -> Remote:
    """Take an address apart.

    Raises:
        Refused: it is neither https nor SSH.
    """
    if "://" not in url and (scp := _SCP.fullmatch(url)):
        host = scp["host"].strip("[]").lower()
        return Remote(url, "ssh", host, 22, f"ssh://{scp['host'].lower()}/{scp['path'].lstrip('/')}")
    parts = urlsplit(url)
    with suppress(ValueError):
        if parts.scheme in ("https", "ssh") and parts.hostname:
            port = parts.port or {"https": 443, "ssh": 22}[parts.scheme]
            return Remote(url, parts.scheme, parts.hostname.lower(), port, url)
    raise Refused("a repository is cloned by https or SSH only", f"correct url of [repo], or {BY_HAND}")


@dataclass(frozen=True, slots=True)
class Cloning:
    """One clone to be made.

    Attributes:
        program: git.
        remote: what to clone.
        address: the IP address that was let through.
        authorities: a file with all certificate authorities to trust; None for the machine's own.
        user, token: what signs in, where the owner gave a token; else git's own helper does.
    """

    program: Path
    remote: Remote
    address: str
    authorities: Path | None = None
    user: str = ""
    token: str = field(default="", repr=False)

    def into(self, folder: Path, stop: Event) -> int:
        """Clone into this folder, which must not be there yet; how many bytes it has then.

        Raises:
            SignInFailed: the other side wants somebody else, or does not tell that it has this repository.
            Unreachable: it did not come, took too long or is too large; `stop` was set.
        """
        led = self._led_to()
        if led != self.remote.url:
            raise Unreachable("this machine's git settings lead the address of [repo] elsewhere (insteadOf)")
        arguments = ("clone", "--quiet", "--mirror", "--no-hardlinks", "--template=", "--", self.remote.url)
        with TemporaryFile() as said:
            try:
                process = subprocess.Popen(  # noqa: S603 -- a full path found on this machine, no shell
                    self._command(*arguments, str(folder)),
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=said,
                    env=self._environment(),
                    start_new_session=True,
                )
            except OSError as error:
                raise Unreachable(f"git could not be started: {error.strerror}") from error
            try:
                code = self._watched(process, folder, stop)
            finally:
                _end(process)
            if code:
                said.seek(0)
                raise self._failed(said.read(65_536).decode("utf-8", "replace"))
        return _size(folder)

    def _watched(self, process: "subprocess.Popen[bytes]", folder: Path, stop: Event) -> int:
        """The exit code; ends the process when it takes too long or brings too much."""
        end = time.monotonic() + PATIENCE
        while True:
            try:
                return process.wait(_LOOK)
            except subprocess.TimeoutExpired:
                if stop.is_set():
                    raise Unreachable("the run was ended while the repository was cloned") from None
                if time.monotonic() > end:
                    raise TooLongError(f"cloning the repository took more than {PATIENCE:g} s") from None
                if _size(folder) > MOST_BYTES:
                    raise TooLargeError(f"the repository is larger than {MOST_BYTES / 1e6:,.0f} MB") from None

    def _led_to(self) -> str:
        """The address that this machine's git would ask in the place of the one given."""
        try:
            done = subprocess.run(  # noqa: S603 -- as above; it asks nobody
                self._command("ls-remote", "--get-url", self.remote.url),
                capture_output=True,
                check=False,
                env=self._environment(),
                timeout=PATIENCE,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise Unreachable(f"git could not be started ({type(error).__name__})") from error
        return done.stdout.decode("utf-8", "replace").strip()

    def _command(self, *arguments: str) -> list[str]:
        settings = dict(_SETTINGS)
        if self.remote.scheme == "https" and self.remote.host != self.address:
            there = f"[{self.address}]" if ":" in self.address else self.address
            settings["http.curloptResolve"] = f"{self.remote.host}:{self.remote.port}:{there}"
        if self.token:
            settings["credential.helper"] = ""
        told = [word for key, value in settings.items() for word in ("-c", f"{key}={value}")]
        return [str(self.program), *told, *arguments]

    def _environment(self) -> dict[str, str]:
        """The machine's, without what leads git elsewhere; a token stands here, where other people cannot see it."""
        kept = {name: value for name, value in os.environ.items() if not _LEFT_OUT.fullmatch(name)}
        kept |= {
            name: value
            for name, value in os.environ.items()
            if name in ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM")
        }
        if self.authorities:
            kept["GIT_SSL_CAINFO"] = str(self.authorities)
        if self.token:
            basic = b64encode(f"{self.user}:{self.token}".encode()).decode("ascii")
            kept |= {
                "GIT_CONFIG_COUNT": "1",
                "GIT_CONFIG_KEY_0": f"http.{self.remote.url}.extraHeader",
                "GIT_CONFIG_VALUE_0": f"Authorization: Basic {basic}",
            }
        return kept | _ENVIRONMENT

    def _failed(self, said: str) -> WireError:
        """What went wrong, in our words."""
        host = self.remote.host
        if _DENIED.search(said) or _UNKNOWN.search(said):
            return SignInFailed(
                f"{host} does not give the repository to whom git signs in as, or has none at this address",
                "give token of [repo], or sign in once with git itself; or " + BY_HAND,
            )
        if _UNSAFE.search(said):
            return TlsFailed(f"{host} did not prove who it is to git")
        return NotClonedError(f"git could not clone the repository from {host}")


class NotClonedError(Unreachable):
    """The repository did not come."""

    settle_by = BY_HAND


class TooLongError(TimedOut):
    """It took too long."""

    settle_by = BY_HAND


class TooLargeError(Unreachable):
    """It is too large to be cloned for one run."""

    settle_by = BY_HAND


def _end(process: "subprocess.Popen[bytes]") -> None:
    """End git and what it started, where that is still there."""
    if process.poll() is None:
        try:
            os.killpg(process.pid, 9)
        except (AttributeError, OSError):  # no groups of processes here
            process.kill()
        process.wait()


def _size(folder: Path) -> int:
    return sum(_sizes(folder))


def _sizes(folder: Path) -> Iterator[int]:
    for place, _, names in os.walk(folder):
        for name in names:
            with suppress(OSError):  # gone meanwhile
                yield os.lstat(os.path.join(place, name)).st_size  # noqa: PTH118 -- thousands of files
