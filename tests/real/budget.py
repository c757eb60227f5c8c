"""A real budget manager: ihatemoney on gunicorn with TLS and DNS, on loopback; each of its projects is a tenant."""

import contextlib
import json
import secrets
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from launchready_testbed.authority import Authority

from .running import HOME, PATH, environment, free_port, listens, names, run, started, until

HERE = Path(__file__).parent / "budgets"
HOST = "budget.lab.test"
PROJECTS = ("harbour", "lighthouse")
SETTINGS = """\
SQLALCHEMY_DATABASE_URI = "sqlite:///{state}/budget.sqlite"
SECRET_KEY = "{key}"
# Three sign-ins a minute are allowed to one address, and an audit needs more.
RATELIMIT_ENABLED = False
"""


@dataclass(frozen=True)
class BudgetManager:
    """The running budget manager.

    Attributes:
        state: folder with everything that it writes.
        port: where it listens, with TLS.
        nameserver: address and port of the name server that knows its host.
        codes: the private code of each project, made for this run.
    """

    state: Path
    port: int
    nameserver: str
    codes: dict[str, str]

    def portal_file(self) -> str:
        """Text of the launchready.toml that an operator of this deployment would write."""
        text = f"""\
[portal]
name = "Budgets"
url = "https://{HOST}:{self.port}/"
owner = "Portal Owner <owner@lab.test>"

[scope]
addresses = ["127.0.0.0/8"]
active = true
authorised_by = "Portal Owner"

[crawl]
requests_per_second = 500

[resolver]
nameservers = ["{self.nameserver}"]

[tls]
extra_ca = [{json.dumps(str(self.state / "ca.pem"))}]
"""
        for project in PROJECTS:
            secret = self.state / f"{project}.code"
            secret.touch(mode=0o600)
            secret.write_text(self.codes[project])
            text += f"""
[[identity]]
name = "{project}"
tenant = "{project}"
test = true
username = "{project}"
password = "file:{secret}"
login = "/authenticate"
"""
        return text


@contextlib.contextmanager
def budgets() -> Iterator[BudgetManager]:
    """Start it, and stop it again whatever happens.

    Raises:
        NotHereError: the packages cannot be installed.
    """
    python = environment("ihatemoney", HERE / "requirements.txt")
    with contextlib.ExitStack() as stack:
        state = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="budget-")))
        port, codes = free_port(), {project: secrets.token_urlsafe(12) for project in PROJECTS}
        authority = Authority(state)
        leaf = authority.certificate(HOST, days_left=89)
        (state / "server.key").write_bytes(leaf.key_pem())
        (state / "server.pem").write_bytes(leaf.pem() + authority.intermediate.pem())
        settings = state / "budget.cfg"
        settings.write_text(SETTINGS.format(state=state, key=secrets.token_urlsafe(40)))
        chosen = {
            "PATH": PATH,
            "IHATEMONEY_SETTINGS_FILE_PATH": str(settings),
            "PYTHONDONTWRITEBYTECODE": "1",
        }
        run(python, HERE / "budget_seed.py", env=chosen, given=json.dumps(codes))
        certificate = ("--certfile", state / "server.pem", "--keyfile", state / "server.key")
        options = ("--bind", f"{HOME}:{port}", "--threads", "4", *certificate)
        command = (python, "-m", "gunicorn", "ihatemoney.wsgi:application", *options)
        process = stack.enter_context(started(state, "gunicorn", *command, env=chosen))
        until("gunicorn listens", lambda: listens((HOME, port)), state, process)
        nameserver = stack.enter_context(names(HOST))
        yield BudgetManager(state, port, nameserver, codes)
