"""Which Chromium is used, how it is started, and the home folder that it gets, with the portal's authorities."""

import asyncio
import os
import re
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from launchready.errors import WireError

_NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
_CERTIFICATE = re.compile(rb"-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----", re.DOTALL)
_FLAGS = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    "--no-pings",
    "--no-proxy-server",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
)
"""No look-ups of its own, no QUIC or WebRTC, which the gate would not see, no proxy, which would resolve names."""
_PATIENCE = 20.0
"""Seconds for certutil."""


class NoBrowserError(WireError):
    """There is no browser to look with, or it did not start."""

    settle_by = "run `launchready doctor`, which says what is missing and how to get it"

    def __init__(self, detail: str, settle_by: str = settle_by) -> None:
        super().__init__(detail)
        self.settle_by = settle_by


def executable(playwright_own: str) -> str:
    """The path of Chromium: the one that LAUNCHREADY_CHROMIUM names, the machine's, or the one of Playwright.

    Raises:
        NoBrowserError: there is none.
    """
    named = os.environ.get("LAUNCHREADY_CHROMIUM", "")
    candidates = (named,) if named else (*map(shutil.which, _NAMES), playwright_own)
    for candidate in candidates:
        if candidate and Path(candidate).is_file():
            return candidate
    if named:
        raise NoBrowserError(f"LAUNCHREADY_CHROMIUM names {named}, where there is no program")
    raise NoBrowserError("there is no Chromium on this machine")


def flags(addresses: Mapping[str, str], free: Iterable[str], accept_keys: Iterable[str]) -> list[str]:
    """The command line.

    Args:
        addresses: host names and the IP address that each is asked at; no other name resolves.
        free: host names that the browser may look up for itself.
        accept_keys: base64 of the SHA-256 of public keys whose certificates are accepted, whatever is wrong.
    """
    rules = [f"MAP {host} {f'[{ip}]' if ':' in ip else ip}" for host, ip in addresses.items()]
    rules += ["MAP * ~NOTFOUND", *(f"EXCLUDE {host}" for host in free)]
    arguments = [*_FLAGS, f"--host-resolver-rules={','.join(rules)}"]
    if keys := ",".join(accept_keys):
        arguments.append(f"--ignore-certificate-errors-spki-list={keys}")
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        arguments.append("--no-sandbox")  # as root, Chromium does not start with it
    return arguments


def environment(folder: str) -> dict[str, str | float | bool]:
    """Chromium's surroundings: a home of its own, and nothing of ours, where proxies and secrets may stand."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "TMPDIR", "SYSTEMROOT") if name in os.environ}
    return {**kept, "HOME": folder}


async def home(authorities: Iterable[Path]) -> "tempfile.TemporaryDirectory[str]":
    """A new home folder in whose certificate database these PEM files' certificates are trusted authorities.

    Raises:
        NoBrowserError: certutil is missing or failed.
    """
    folder = tempfile.TemporaryDirectory(prefix="launchready-", ignore_cleanup_errors=True)
    try:
        pems = [pem for path in authorities for pem in _CERTIFICATE.findall(path.read_bytes())]
        if pems:
            await _trust(Path(folder.name), pems)
    except OSError as error:
        folder.cleanup()
        raise NoBrowserError(f"the browser's home folder could not be made: {error.strerror}") from error
    except BaseException:
        folder.cleanup()
        raise
    return folder


async def _trust(folder: Path, pems: Iterable[bytes]) -> None:
    certutil = shutil.which("certutil")
    if certutil is None:
        raise NoBrowserError(
            "[tls] extra_ca is set, and certutil, which tells Chromium of it, is not on this machine"
        )
    database = folder / ".pki" / "nssdb"
    database.mkdir(parents=True)
    where = ("-d", f"sql:{database}")
    await _run(certutil, *where, "-N", "--empty-password")
    for number, pem in enumerate(pems):
        await _run(certutil, *where, "-A", "-t", "C,,", "-n", f"extra-ca-{number}", "-a", stdin=pem)


async def _run(program: str, *arguments: str, stdin: bytes = b"") -> None:
    process = await asyncio.create_subprocess_exec(
        program,
        *arguments,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        await asyncio.wait_for(process.communicate(stdin), _PATIENCE)
    except TimeoutError:
        process.kill()
        await process.wait()
    if process.returncode:
        raise NoBrowserError("certutil could not make Chromium's certificate database")
