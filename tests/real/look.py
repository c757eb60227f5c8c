"""Looks at a deployment that owe nothing to launchready: curl, openssl and a plain browser."""

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import ConsoleMessage, Page, sync_playwright

from .deployment import HOST, KIOSK, OLD_HOST, Deployment
from .running import ELSEWHERE, HOME, PATIENCE

ADDRESSES = {HOST: HOME, OLD_HOST: HOME, KIOSK: ELSEWHERE}
SECURITY_HEADERS = (
    "strict-transport-security",
    "x-content-type-options",
    "x-frame-options",
    "referrer-policy",
    "content-security-policy",
)


@dataclass(frozen=True)
class Answer:
    """What curl was answered; header names in lower case, repeated ones apart."""

    status: int
    headers: tuple[tuple[str, str], ...]

    def values(self, name: str) -> list[str]:
        """All values of one header."""
        return [value for key, value in self.headers if key == name]

    @property
    def missing(self) -> set[str]:
        """The security headers that did not come exactly once."""
        return {name for name in SECURITY_HEADERS if len(self.values(name)) != 1}


def curl(running: Deployment, url: str, *options: str) -> Answer:
    """One request, no redirect followed, certificate verified; raises CalledProcessError when it fails."""
    names = [
        option
        for host, address in ADDRESSES.items()
        for port in (running.https_port, running.http_port)
        for option in ("--resolve", f"{host}:{port}:{address}")
    ]
    command = ["curl", "-sS", "--max-time", "20", "--cacert", str(running.ca_file), *names, *options]
    command += ["-D", "-", "-o", os.devnull, url]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    status, *lines = said.strip().splitlines()
    headers = [line.partition(":") for line in lines]
    return Answer(int(status.split()[1]), tuple((name.lower(), value.strip()) for name, _, value in headers))


def handshake(running: Deployment, host: str, *options: str) -> str:
    """What `openssl s_client` agreed on, as "TLSv1.2 AES256-GCM-SHA384", or "refused: ALERT NUMBER"."""
    where = f"{ADDRESSES[host]}:{running.https_port}"
    command = ["openssl", "s_client", "-connect", where, "-servername", host, "-CAfile", str(running.ca_file)]
    command += options
    done = subprocess.run(command, check=False, input="", capture_output=True, text=True, timeout=PATIENCE)
    said = done.stdout + done.stderr
    if alert := re.search(r"SSL alert number (\d+)", said):
        return f"refused: {alert[1]}"
    suite = re.search(r"Cipher is (\S+)", said)
    version = re.search(r"^ *Protocol *: (\S+)|^New, (TLSv1\.3)", said, re.MULTILINE)
    verified = re.search(r"Verify return code: (\d+)", said)
    assert suite, said
    assert version, said
    assert verified, said
    trust = "" if verified[1] == "0" else f" (verify code {verified[1]})"
    return f"{version[1] or version[2]} {suite[1]}{trust}"


def chromium() -> str:
    """Where Chromium is, the machine's own or Playwright's; skips the test where there is none."""
    with sync_playwright() as driver:
        known = (
            os.environ.get("LAUNCHREADY_CHROMIUM"),
            shutil.which("chromium"),
            driver.chromium.executable_path,
        )
    found = next((each for each in known if each and Path(each).exists()), None)
    if found is None:
        pytest.skip("no Chromium here (`make browser` installs one)")
    return found


@contextmanager
def browsing() -> Iterator[tuple[Page, list[str]]]:
    """A page in a new browser, and what its content security policies blocked so far.

    The private CA is waved through: this looks at pages, and nothing is said about certificates by it.
    """
    program = chromium()
    arguments = ["--disable-gpu", "--disable-quic", "--no-first-run"]
    arguments.append("--host-resolver-rules=MAP *.lab.test 127.0.0.1")
    if os.geteuid() == 0:
        arguments.append("--no-sandbox")
    with sync_playwright() as driver, tempfile.TemporaryDirectory() as profile:
        context = driver.chromium.launch_persistent_context(
            profile, executable_path=program, args=arguments, ignore_https_errors=True
        )
        page = context.new_page()
        blocked: list[str] = []

        def note(said: ConsoleMessage) -> None:
            if "Content Security Policy" in said.text:
                blocked.append(said.text)

        page.on("console", note)
        yield page, blocked
        context.close()


def sign_in(page: Page, running: Deployment, user: str) -> None:
    """Sign in by the form, as a person does."""
    page.goto(running.url + "login/")
    page.fill("#username", user)
    page.fill("#password", running.passwords[user])
    page.click("button[type=submit].btn-primary")
    page.wait_for_url(lambda url: "/login/" not in url)


LINKED = (
    *("/", "/login/", "/kb/", "/kb/getting-started/", "/tickets/submit/", "/tickets/", "/dashboard/"),
    *("/api/tickets/", "/admin/login/", "/password-reset/", "/change_language/", "/view/"),
    *("/tickets/submit_iframe/", "/nope", "/%00", "/static", "/static/", "/static/nope"),
    *("/static/helpdesk/js/sb-admin.js", "/static/helpdesk/img/icon.svg"),
)
"""Paths of the help desk for looks by hand: pages, redirects, errors, files."""


def linked(running: Deployment) -> tuple[str, ...]:
    """The addresses of LINKED."""
    return tuple(running.url.removesuffix("/") + path for path in LINKED)
