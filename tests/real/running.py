"""Servers of real software for the tests: installed in environments of their own, started here, stopped by process id."""

import asyncio
import contextlib
import fcntl
import hashlib
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from launchready_testbed.dns import NameServer, sound_zone
from launchready_testbed.mail.keys import KeyRing
from launchready_testbed.mail.records import add_sending_domain, registry_zone

HOME, ELSEWHERE = "127.0.0.1", "127.0.0.2"
PATIENCE = 30.0  # seconds until a server must answer; each needs about one


class NotHereError(RuntimeError):
    """Something that this machine lacks, in words; the tests skip with them."""


PATH = os.pathsep.join((os.environ.get("PATH", os.defpath), "/usr/sbin", "/sbin"))


def environment(name: str, requirements: Path) -> Path:
    """The interpreter of one deployment's own environment, installed once and kept between runs.

    Raises:
        NotHereError: pip could not install it.
    """
    wanted = requirements.read_bytes() + sys.version.encode()
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "launchready-tests"
    home = cache / f"{name}-{hashlib.sha256(wanted).hexdigest()[:12]}"
    cache.mkdir(parents=True, exist_ok=True)
    with home.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # two test runs at once install it once
        if not (home / "complete").exists():
            run(sys.executable, "-m", "venv", "--clear", home)
            pip = (home / "bin/python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
            try:
                run(*pip, "-r", requirements)
            except RuntimeError as error:
                raise NotHereError(f"{name} could not be installed: {error}") from error
            (home / "complete").touch()
    return home / "bin/python"


def run(*command: str | Path, env: dict[str, str] | None = None, given: str = "") -> None:
    """Run to the end; raises RuntimeError with its last words when it fails."""
    done = subprocess.run(command, check=False, capture_output=True, text=True, env=env, input=given)
    if done.returncode:
        said = f"{done.stdout}\n{done.stderr}"[-2000:]
        raise RuntimeError(f"{' '.join(map(str, command))} ended with {done.returncode}:\n{said}")


@contextlib.contextmanager
def started(
    state: Path, name: str, *command: str | Path, env: dict[str, str] | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """A process that ends with the block: asked first, then made to."""
    with (state / f"{name}.log").open("wb") as log:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=env)
        try:
            yield process
        finally:
            process.terminate()
            try:
                process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


@contextlib.contextmanager
def names(*hosts: str, elsewhere: str = "") -> Iterator[str]:
    """The test bed's name server with these hosts, in a thread of its own; its address and port.

    Args:
        hosts: below lab.test, at home.
        elsewhere: one more, at the other address.
    """
    zone = sound_zone("lab.test", *hosts)
    add_sending_domain(zone, KeyRing())
    if elsewhere:
        zone.add(elsewhere, "A", ELSEWHERE)
    loop = asyncio.new_event_loop()
    zones = {each.apex: each for each in (zone, registry_zone())}
    server = NameServer(lambda: zones)
    port = loop.run_until_complete(server.start(HOME))
    thread = threading.Thread(target=loop.run_forever, name="name server")
    thread.start()
    try:
        yield f"{HOME}:{port}"
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        server.close()
        loop.run_until_complete(asyncio.sleep(0.05))  # transports close in a later turn of the loop
        loop.close()


def free_port() -> int:
    """A port that is free on both addresses."""
    for _ in range(20):
        with socket.socket() as home, socket.socket() as other:
            home.bind((HOME, 0))
            port: int = home.getsockname()[1]
            try:
                other.bind((ELSEWHERE, port))
            except OSError:
                continue
            return port
    raise NotHereError(f"no port is free on both {HOME} and {ELSEWHERE}")


def listens(where: Path | tuple[str, int]) -> bool:
    """Whether a server takes connections there."""
    family = socket.AF_UNIX if isinstance(where, Path) else socket.AF_INET
    with socket.socket(family) as probe:
        probe.settimeout(1)
        return probe.connect_ex(str(where) if isinstance(where, Path) else where) == 0


def until(
    what: str, condition: Callable[[], bool], state: Path, process: subprocess.Popen[bytes] | None = None
) -> None:
    """Wait until something is so; raises RuntimeError with the last words of the logs when it will not be."""
    end = time.monotonic() + PATIENCE
    while not condition():
        died = process is not None and process.poll() is not None
        if died or time.monotonic() > end:
            said = "\n".join(log.read_text()[-2000:] for log in sorted(state.glob("*.log")))
            raise RuntimeError(f"in vain waited until {what}:\n{said}")
        time.sleep(0.02)
