"""The published test suite of RFC 7208 (openspf.org), as a source release on the package index carries it."""

import subprocess
import sys
import tarfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import dns.name
import yaml

from launchready.mailauth.known import Known
from launchready_testbed.dns import Zone

T = TypeVar("T")
RELEASE = "pyspf==2.0.14"
FILE = "rfc7208-tests.yml"
KINDS = ("TXT", "A", "AAAA", "MX", "PTR")


@dataclass(frozen=True)
class Case:
    """One mail, and what must come of it."""

    name: str
    zone: Zone
    host: str
    mail_from: str
    helo: str
    results: tuple[str, ...]
    explanation: str | None

    def evaluation(self, check_sender: Callable[..., T]) -> Callable[[Known], T]:
        """The case, as an evaluation of what is known."""
        return lambda known: check_sender(known, self.host, self.mail_from, self.helo)

    def explains(self, explanation: str) -> bool:
        """Whether this is what the domain has to say; DEFAULT stands for the receiver's own words, of which we have none."""
        return self.explanation is None or explanation == self.explanation.replace("DEFAULT", "")


def fetch(folder: Path) -> Path | None:
    """The suite's file, fetched into `folder`; None where the package index cannot be reached."""
    command = [sys.executable, "-m", "pip", "download", RELEASE, "--no-deps", "--no-binary", "pyspf"]
    command += ["--quiet", "--timeout", "10", "--retries", "1", "--dest", str(folder)]
    subprocess.run(command, check=False, capture_output=True, timeout=100)
    for archive in folder.glob("*.tar.gz"):
        with tarfile.open(archive) as packed:
            for member in packed.getmembers():
                if member.name.endswith(f"/{FILE}") and (content := packed.extractfile(member)):
                    (folder / FILE).write_bytes(content.read())
                    return folder / FILE
    return None


def cases(file: Path) -> Iterator[Case]:
    for scenario in yaml.safe_load_all(file.read_bytes()):
        zone = _zone(scenario["zonedata"])
        for name, test in scenario["tests"].items():
            expected = test["result"]
            yield Case(
                name,
                zone,
                test["host"],
                test["mailfrom"],
                test["helo"],
                tuple(expected) if isinstance(expected, list) else (expected,),
                test.get("explanation"),
            )


def _zone(data: dict[str, list[Any]]) -> Zone:
    """One root zone; records of the old type SPF are of type TXT where there are no others, as the suite says."""
    zone = Zone("")
    zone.add("", "SOA", ". . 1 7200 3600 1209600 60")
    for written, entries in data.items():
        name = dns.name.from_text(_name(written)).to_text(omit_final_dot=True).lower()
        zone.records.setdefault(name, {})
        records = [
            (kind, value) for entry in entries if isinstance(entry, dict) for kind, value in entry.items()
        ]
        told = {kind for kind, _ in records}
        for kind, value in records:
            if value == "TIMEOUT":
                zone.trouble[name, kind] = "silence"
            elif value == "NONE":
                continue
            elif kind == "TXT" or (kind == "SPF" and "TXT" not in told):
                zone.add(name, "TXT", _strings(value))
            elif kind != "SPF":
                zone.add(name, kind, _record(kind, value))
        if "TIMEOUT" in entries:
            for kind in KINDS:
                if kind not in zone.records[name]:
                    zone.trouble[name, kind] = "silence"
    return zone


def _name(written: str) -> str:
    """As zone files write it; empty labels count for nothing in the suite."""
    labels = [label.replace("\\", "\\\\") for label in written.split(".") if label]
    return ".".join(labels) + "."


def _strings(value: str | list[str]) -> str:
    strings = [value] if isinstance(value, str) else value or [""]
    return " ".join(
        '"' + "".join(f"\\{octet:03d}" for octet in each.encode("latin-1")) + '"' for each in strings
    )


def _record(kind: str, value: Any) -> str:
    match kind:
        case "MX":
            return f"{value[0]} {_name(value[1])}"
        case "PTR" | "CNAME":
            return _name(value)
        case _:
            return str(value)
