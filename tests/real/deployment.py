"""A real help desk: django-helpdesk on gunicorn behind the system's nginx, with TLS and DNS, all on loopback.

One deployment serves a whole session; `Deployment.switch` gives nginx another configuration. All that runs
was started here and is stopped by its process id, in reverse order, also when something fails on the way.
"""

import asyncio
import contextlib
import datetime as dt
import fcntl
import hashlib
import json
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import trustme

from launchready_testbed.authority import Authority
from launchready_testbed.dns import NameServer, sound_zone

HERE = Path(__file__).parent
HOST, OLD_HOST, KIOSK = "helpdesk.lab.test", "desk.lab.test", "kiosk.lab.test"
HOME, KIOSK_HOME = "127.0.0.1", "127.0.0.2"
PATIENCE = 30.0  # seconds until a server must answer; each needs about one
USERS = ("root-admin", "harbour-agent", "lighthouse-agent", "customer", "other-customer")


class NotHereError(RuntimeError):
    """Something that this machine lacks, in words; the tests skip with them."""


@dataclass(frozen=True)
class Variant:
    """One nginx configuration, put together from the files in nginx/."""

    servers: str
    policy: str = "policy-split"
    static: str = "static-sound"
    login: str = "login-open"
    hosts: tuple[str, ...] = (OLD_HOST,)


VARIANTS = MappingProxyType(
    {
        "sound": Variant("sound"),
        "shipped": Variant("shipped"),
        "trap": Variant("sound", static="static-trap"),
        "legacy": Variant("legacy", hosts=(OLD_HOST, KIOSK)),
        "inline": Variant("sound", policy="policy-inline"),
        "strict": Variant("sound", policy="policy-strict"),
        "limited": Variant("sound", login="login-limited"),
    }
)


@dataclass
class Deployment:
    """The running help desk.

    Attributes:
        state: folder with everything that it writes.
        https_port, http_port: the same on every address.
        nameserver: address and port of the name server that knows its hosts.
        passwords: of each user, made for this run.
        variant: name of the present configuration.
    """

    state: Path
    https_port: int
    http_port: int
    nameserver: str
    passwords: dict[str, str]
    nginx: subprocess.Popen[bytes]
    variant: str

    @property
    def url(self) -> str:
        """Address of the help desk."""
        return f"https://{HOST}:{self.https_port}/"

    @property
    def ca_file(self) -> Path:
        """The roots that its certificates lead to."""
        return self.state / "ca.pem"

    def switch(self, variant: str) -> None:
        """Give nginx another configuration; has taken effect when it returns."""
        if variant == self.variant:
            return
        _configure(self.state, variant, self.https_port, self.http_port)
        old = _children(self.nginx.pid)
        self.nginx.send_signal(signal.SIGHUP)
        _until("nginx took up its new configuration", lambda: _reloaded(self.nginx.pid, old), self.state)
        self.variant = variant

    def identities(self) -> str:
        """The people of the portal file: an administrator, an agent of each queue, a customer of each."""
        text = ""
        for user in USERS:
            secret = self.state / f"{user}.password"
            secret.touch(mode=0o600)
            secret.write_text(self.passwords[user])
            tenant = "lighthouse" if user.startswith(("lighthouse", "other")) else "harbour"
            role = user.rpartition("-")[2]
            text += f"""
[[identity]]
name = "{user}"
role = "{role}"
tenant = "{"" if role == "admin" else tenant}"
admin = {json.dumps(role == "admin")}
test = true
username = "{user}"
password = "file:{secret}"
"""
        return text

    def portal_file(self) -> str:
        """Text of the launchready.toml that an operator of this deployment would write."""
        hosts = [each for each in VARIANTS[self.variant].hosts if each != OLD_HOST]
        return f"""\
[portal]
name = "Help desk"
url = "{self.url}"
owner = "Portal Owner <owner@lab.test>"
hosts = {json.dumps(hosts)}
plain_http_port = {self.http_port}
redirects = [{{from = "https://{OLD_HOST}:{self.https_port}/", to = "{self.url}"}}]

[scope]
addresses = ["127.0.0.0/8"]

[crawl]
requests_per_second = 500

[resolver]
nameservers = ["{self.nameserver}"]

[tls]
extra_ca = [{json.dumps(str(self.ca_file))}]
"""


@contextlib.contextmanager
def deployed(variant: str = "sound") -> Iterator[Deployment]:
    """Start everything, and stop it again whatever happens.

    Raises:
        NotHereError: the machine lacks nginx, or the packages cannot be installed.
    """
    for needed in ("nginx", "curl", "openssl"):
        if not shutil.which(needed, path=_PATH):
            raise NotHereError(f"{needed} is not installed (as root on Debian: tools/install-servers)")
    if not sys.platform.startswith("linux"):
        raise NotHereError("needs Linux: a second loopback address and /proc")
    python = environment()
    with contextlib.ExitStack() as stack:
        # Not pytest's folder: a unix socket's path may have 107 characters at most.
        state = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="helpdesk-")))
        https_port, http_port = _free_port(), _free_port()
        _certificates(state)
        passwords = {user: secrets.token_urlsafe(16) for user in USERS}
        settings = _build(python, state, f"https://{HOST}:{https_port}/", passwords)
        for name, module in (("hardened", "desk_hardened"), ("shipped", "desk_settings")):
            chosen = {**settings, "DJANGO_SETTINGS_MODULE": module}
            stack.enter_context(_gunicorn(python, state, name, chosen))
        nameserver = stack.enter_context(_names())
        nginx = stack.enter_context(_nginx(state, variant, https_port, http_port))
        yield Deployment(state, https_port, http_port, nameserver, passwords, nginx, variant)


_PATH = os.pathsep.join((os.environ.get("PATH", os.defpath), "/usr/sbin", "/sbin"))


def environment() -> Path:
    """The interpreter of the deployment's own environment, installed once and kept between runs.

    Raises:
        NotHereError: pip could not install it.
    """
    wanted = (HERE / "requirements.txt").read_bytes() + sys.version.encode()
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "launchready-tests"
    home = cache / f"helpdesk-{hashlib.sha256(wanted).hexdigest()[:12]}"
    cache.mkdir(parents=True, exist_ok=True)
    with home.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # two test runs at once install it once
        if not (home / "complete").exists():
            _run(sys.executable, "-m", "venv", "--clear", home)
            pip = (home / "bin/python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
            try:
                _run(*pip, "-r", HERE / "requirements.txt")
            except RuntimeError as error:
                raise NotHereError(f"django-helpdesk could not be installed: {error}") from error
            (home / "complete").touch()
    return home / "bin/python"


def _run(*command: str | Path, env: dict[str, str] | None = None, given: str = "") -> None:
    """Run to the end; raises RuntimeError with its last words when it fails."""
    done = subprocess.run(command, check=False, capture_output=True, text=True, env=env, input=given)
    if done.returncode:
        said = f"{done.stdout}\n{done.stderr}"[-2000:]
        raise RuntimeError(f"{' '.join(map(str, command))} ended with {done.returncode}:\n{said}")


def _build(python: Path, state: Path, url: str, passwords: dict[str, str]) -> dict[str, str]:
    """Migrate, collect static files, fill the database; returns the environment that the settings read."""
    settings = {
        "PATH": _PATH,
        "PYTHONPATH": str(HERE / "project"),
        "PYTHONDONTWRITEBYTECODE": "1",
        "DESK_STATE": str(state),
        "DESK_URL": url,
        "DESK_SECRET_KEY": secrets.token_urlsafe(50),
        "DJANGO_SETTINGS_MODULE": "desk_hardened",
    }
    django = (python, "-m", "django")
    _run(*django, "check", "--deploy", "--fail-level", "WARNING", env=settings)
    _run(*django, "migrate", "--verbosity", "0", env=settings)
    _run(*django, "collectstatic", "--no-input", "--verbosity", "0", env=settings)
    _run(python, HERE / "project/desk_seed.py", env=settings, given=json.dumps(passwords))
    return settings


@contextlib.contextmanager
def _started(
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
def _gunicorn(python: Path, state: Path, name: str, settings: dict[str, str]) -> Iterator[None]:
    """The application on a unix socket."""
    where = state / f"{name}.sock"
    options = ("--bind", f"unix:{where}", "--threads", "4")
    command = (python, "-m", "gunicorn", "desk_wsgi:application", *options)
    with _started(state, name, *command, env=settings) as process:
        _until(f"gunicorn ({name}) listens", lambda: _listens(where), state, process)
        yield


@contextlib.contextmanager
def _nginx(state: Path, variant: str, https_port: int, http_port: int) -> Iterator[subprocess.Popen[bytes]]:
    """The system's nginx as a process of our own."""
    _configure(state, variant, https_port, http_port)
    with _started(state, "nginx", *_nginx_command(state)) as process:
        _until("nginx answers", lambda: _listens((HOME, https_port)), state, process)
        yield process


def _nginx_command(state: Path) -> tuple[str | Path, ...]:
    program = shutil.which("nginx", path=_PATH) or "nginx"
    return (program, "-p", state, "-e", state / "error.log", "-c", state / "conf/main.conf")


def _configure(state: Path, variant: str, https_port: int, http_port: int) -> None:
    """Write a variant's files and let nginx read them over."""
    parts = VARIANTS[variant]
    # A master that runs as root gives its workers to somebody who cannot read this folder.
    user = f"user {pwd.getpwuid(0).pw_name};" if os.geteuid() == 0 else ""
    marks = {
        "@USER@": user,
        "@STATE@": str(state),
        "@HTTPS_PORT@": str(https_port),
        "@HTTP_PORT@": str(http_port),
        "@SERVERS@": parts.servers,
        "@POLICY@": parts.policy,
        "@STATIC@": parts.static,
        "@LOGIN@": parts.login,
    }
    (state / "conf").mkdir(exist_ok=True)
    for template in (HERE / "nginx").glob("*.conf"):
        text = template.read_text()
        for mark, value in marks.items():
            text = text.replace(mark, value)
        (state / "conf" / template.name).write_text(text)
    _run(*_nginx_command(state), "-t")


def _certificates(state: Path) -> None:
    """Two private authorities and a server certificate of each: a tidy elliptic-curve one, and an RSA one.

    The RSA one is trustme's, which marks the alternative names critical beside a subject: against the advice
    of RFC 5280, accepted by every browser, and the kind of thing that private authorities do.
    """
    hosts, left = (HOST, OLD_HOST, KIOSK), 89
    tidy = Authority(state)
    leaf = tidy.certificate(*hosts, days_left=left)
    (state / "ec.key").write_bytes(leaf.key_pem())
    (state / "ec.pem").write_bytes(leaf.pem() + tidy.intermediate.pem())
    root = trustme.CA()
    root.cert_pem.write_to_path(tidy.ca_file, append=True)
    now = dt.datetime.now(dt.UTC)
    until = now + dt.timedelta(days=left)
    issued = root.create_child_ca().issue_cert(
        *hosts, key_type=trustme.KeyType.RSA, not_before=now - dt.timedelta(days=1), not_after=until
    )
    issued.private_key_pem.write_to_path(state / "rsa.key")
    for place, pem in enumerate(issued.cert_chain_pems):
        pem.write_to_path(state / "rsa.pem", append=place > 0)


@contextlib.contextmanager
def _names() -> Iterator[str]:
    """The test bed's name server with the hosts of the deployment, in a thread of its own."""
    zone = sound_zone("lab.test", HOST, OLD_HOST)
    zone.add(KIOSK, "A", KIOSK_HOME)
    loop = asyncio.new_event_loop()
    server = NameServer(lambda: {zone.apex: zone})
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


def _free_port() -> int:
    """A port that is free on both addresses."""
    for _ in range(20):
        with socket.socket() as home, socket.socket() as other:
            home.bind((HOME, 0))
            port: int = home.getsockname()[1]
            try:
                other.bind((KIOSK_HOME, port))
            except OSError:
                continue
            return port
    raise NotHereError(f"no port is free on both {HOME} and {KIOSK_HOME}")


def _listens(where: Path | tuple[str, int]) -> bool:
    family = socket.AF_UNIX if isinstance(where, Path) else socket.AF_INET
    with socket.socket(family) as probe:
        probe.settimeout(1)
        return probe.connect_ex(str(where) if isinstance(where, Path) else where) == 0


def _children(pid: int) -> frozenset[int]:
    return frozenset(map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split()))


def _reloaded(pid: int, old: frozenset[int]) -> bool:
    """New workers are there and the old ones are gone, so nobody is answered by the old configuration."""
    now = _children(pid)
    return bool(now) and not now & old


def _until(
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
