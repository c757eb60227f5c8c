"""A real help desk: django-helpdesk on gunicorn behind the system's nginx, with TLS and DNS, all on loopback.

One deployment serves a whole session; `Deployment.switch` gives nginx another configuration. All that runs
was started here and is stopped by its process id, in reverse order, also when something fails on the way.
"""

import contextlib
import datetime as dt
import json
import os
import pwd
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import trustme

from launchready_testbed.authority import Authority

from .running import (
    HOME,
    PATH,
    NotHereError,
    environment,
    free_port,
    listens,
    names,
    run,
    started,
    until,
)

HERE = Path(__file__).parent
HOST, OLD_HOST, KIOSK = "helpdesk.lab.test", "desk.lab.test", "kiosk.lab.test"
USERS = ("root-admin", "harbour-agent", "lighthouse-agent", "customer", "other-customer")


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
        until("nginx took up its new configuration", lambda: _reloaded(self.nginx.pid, old), self.state)
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
        if not shutil.which(needed, path=PATH):
            raise NotHereError(f"{needed} is not installed (as root on Debian: tools/install-servers)")
    if not sys.platform.startswith("linux"):
        raise NotHereError("needs Linux: a second loopback address and /proc")
    python = environment("django-helpdesk", HERE / "requirements.txt")
    with contextlib.ExitStack() as stack:
        # Not pytest's folder: a unix socket's path may have 107 characters at most.
        state = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="helpdesk-")))
        https_port, http_port = free_port(), free_port()
        _certificates(state)
        passwords = {user: secrets.token_urlsafe(16) for user in USERS}
        settings = _build(python, state, f"https://{HOST}:{https_port}/", passwords)
        for name, module in (("hardened", "desk_hardened"), ("shipped", "desk_settings")):
            chosen = {**settings, "DJANGO_SETTINGS_MODULE": module}
            stack.enter_context(_gunicorn(python, state, name, chosen))
        nameserver = stack.enter_context(names(HOST, OLD_HOST, elsewhere=KIOSK))
        nginx = stack.enter_context(_nginx(state, variant, https_port, http_port))
        yield Deployment(state, https_port, http_port, nameserver, passwords, nginx, variant)


def _build(python: Path, state: Path, url: str, passwords: dict[str, str]) -> dict[str, str]:
    """Migrate, collect static files, fill the database; returns the environment that the settings read."""
    settings = {
        "PATH": PATH,
        "PYTHONPATH": str(HERE / "project"),
        "PYTHONDONTWRITEBYTECODE": "1",
        "DESK_STATE": str(state),
        "DESK_URL": url,
        "DESK_SECRET_KEY": secrets.token_urlsafe(50),
        "DJANGO_SETTINGS_MODULE": "desk_hardened",
    }
    django = (python, "-m", "django")
    run(*django, "check", "--deploy", "--fail-level", "WARNING", env=settings)
    run(*django, "migrate", "--verbosity", "0", env=settings)
    run(*django, "collectstatic", "--no-input", "--verbosity", "0", env=settings)
    run(python, HERE / "project/desk_seed.py", env=settings, given=json.dumps(passwords))
    return settings


@contextlib.contextmanager
def _gunicorn(python: Path, state: Path, name: str, settings: dict[str, str]) -> Iterator[None]:
    """The application on a unix socket."""
    where = state / f"{name}.sock"
    options = ("--bind", f"unix:{where}", "--threads", "4")
    command = (python, "-m", "gunicorn", "desk_wsgi:application", *options)
    with started(state, name, *command, env=settings) as process:
        until(f"gunicorn ({name}) listens", lambda: listens(where), state, process)
        yield


@contextlib.contextmanager
def _nginx(state: Path, variant: str, https_port: int, http_port: int) -> Iterator[subprocess.Popen[bytes]]:
    """The system's nginx as a process of our own."""
    _configure(state, variant, https_port, http_port)
    with started(state, "nginx", *_nginx_command(state)) as process:
        until("nginx answers", lambda: listens((HOME, https_port)), state, process)
        yield process


def _nginx_command(state: Path) -> tuple[str | Path, ...]:
    program = shutil.which("nginx", path=PATH) or "nginx"
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
    run(*_nginx_command(state), "-t")


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


def _children(pid: int) -> frozenset[int]:
    return frozenset(map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split()))


def _reloaded(pid: int, old: frozenset[int]) -> bool:
    """New workers are there and the old ones are gone, so nobody is answered by the old configuration."""
    now = _children(pid)
    return bool(now) and not now & old
