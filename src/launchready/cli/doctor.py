"""`launchready doctor`: what is installed, what cannot be looked at without the rest, and how to get it."""

import json
import platform
import sys
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as package_version
from pathlib import Path

import click

from launchready import __version__


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that launchready makes use of.

    Attributes:
        name: what people call it.
        installed: whether it is there and starts.
        version: as it says itself; empty if it does not say.
        path: where it is; empty for what is not a program.
        without: what cannot be done without it.
        get: how to get it.
    """

    name: str
    installed: bool
    version: str
    path: str
    without: str
    get: str


@click.command()
@click.option("--json", "as_json", is_flag=True, help="As JSON, for programs.")
def command(*, as_json: bool) -> None:
    """What is installed, and what cannot be checked without the rest.

    Always ends with 0: nothing here is needed for a first audit, only for all of it.
    """
    parts = _parts()
    if as_json:
        told = {"launchready": __version__, "parts": [asdict(part) for part in parts]}
        click.echo(json.dumps(told, indent=2, ensure_ascii=False))
        return
    click.echo(f"launchready {__version__}\n")
    for part in parts:
        click.echo(_line(part))
    missing = [part for part in parts if not part.installed]
    if not missing:
        click.echo("\nEverything is there.")
    for part in missing:
        click.echo(f"\nWithout {part.name}: {part.without}.\n  To get it: {part.get}")


def _line(part: Part) -> str:
    state = "ok     " if part.installed else "missing"
    facts = "  ".join(fact for fact in (part.version, part.path) if fact)
    return f"  {state}  {part.name:<10}  {facts}".rstrip()


def _parts() -> list[Part]:
    """Everything that is worth knowing about, most important first."""
    from launchready.wire import programs

    return [
        _at_hand("Python", platform.python_version(), sys.executable),
        _at_hand("OpenSSL", programs.openssl(), ""),
        _program(
            "Chromium",
            programs.chromium(),
            "--version",
            without="what a page does in a browser stays unknown: insecure requests that scripts make, what "
            "the browser blocks, and whether it calls the page secure",
            get="playwright install chromium, or on Debian and Ubuntu: sudo apt install chromium",
        ),
        _program(
            "certutil",
            programs.find("certutil"),
            without="the browser cannot trust a private certificate authority, so for portals with [tls] "
            "extra_ca all that needs a browser stays unknown",
            get="on Debian and Ubuntu: sudo apt install libnss3-tools; on macOS: brew install nss",
        ),
        _program(
            "git",
            programs.find("git"),
            "--version",
            without="nothing proves that the whole history of the portal's source was searched for secrets, so that "
            "stays unknown, as does what is ignored there; the guard does not work",
            get="on Debian and Ubuntu: sudo apt install git",
        ),
        _secret_engine(),
        _packages(
            "keyring",
            "keyring",
            without='secrets cannot be kept as "keyring:SERVICE/USER"; env: and file: still work',
            get="pip install 'launchready[keyring]'",
        ),
        _packages(
            "test bed",
            "starlette",
            "uvicorn",
            "httptools",
            "itsdangerous",
            "python-multipart",
            "trustme",
            without="launchready demo has no portal of its own to look at",
            get="pip install 'launchready[testbed]'",
        ),
    ]


def _at_hand(name: str, version: str, path: str) -> Part:
    """What must be there, as this command runs."""
    return Part(name, installed=True, version=version, path=path, without="nothing runs", get="it is there")


def _program(name: str, path: Path | None, *ask: str, without: str, get: str) -> Part:
    """A program; one that is there but does not start counts as missing."""
    from launchready.wire import programs

    said = programs.version(path, *ask) if path and ask else ""
    return Part(
        name,
        installed=path is not None and said is not None,
        version=said if said is not None else "is there, but does not start",
        path=str(path or ""),
        without=without,
        get=get,
    )


def _secret_engine() -> Part:
    """What knows the shapes of secrets. Its rules are compiled the first time, which takes seconds; so this does it."""
    from launchready.detect.engines import REDUCED, best, kingfisher_version

    try:
        said = best().name
    except (ImportError, OSError, RuntimeError):
        said = ""
    return Part(
        "Kingfisher",
        installed=bool(said) and REDUCED not in said,
        version=kingfisher_version() or said,
        path="",
        without="secrets are looked for with our own rules alone, which know the commonest fifty of some five hundred "
        "shapes; all that is said of secrets says so",
        get="pip install kingfisher-secret-scanner, which comes built for Linux with glibc (not for Alpine), macOS "
        "and Windows",
    )


def _packages(name: str, *distributions: str, without: str, get: str) -> Part:
    """Python packages that only some uses need; the version is that of the first."""
    try:
        versions = [package_version(distribution) for distribution in distributions]
    except PackageNotFoundError:
        versions = []
    version = versions[0] if versions else ""
    return Part(name, installed=bool(versions), version=version, path="", without=without, get=get)
