"""What row `authz` weighs, and reads across tenants found and asked by launchready and by two peers, in one run.

First the whole row, writes included, on each portal of the bed as a user runs it: requests, peak memory (bar 300 MB,
Linux only), and what one template or one try costs. Then the peers, on the API portal.

Each fault of the portal "quay" that lets one client read another's records is switched on by itself. launchready gets
the portal file with its four people and no document or list of routes. schemathesis (check
`object_level_authorization`) gets the portal's OpenAPI document, without what signs in and out, and with the schemas of
its answers added by us, as it reads where records lead from those, and a peers file with the tokens of the same two
clients. OFFAT gets the document and one client's token. A peer has found a fault when it reports anything that it does
not report on the sound portal.
"""

import json
import os
import re
import ssl
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from launchready.audit import audit
from launchready.checks import all_checks
from launchready.collect.reach.writing.operations import route
from launchready.site import read_site
from launchready_testbed import Bed, faults

PEERS = ("schemathesis>=4.32", "offat>=0.19")
CHECKS = ("authz/object", "authz/function", "authz/anonymous")
CLIENTS = ("tess", "ugo")
PREFIX = "/api/v2"
WRITES = re.compile(r"change|delete|create|update|close|release|price|tenant$")


@dataclass
class Tally:
    """What one tool did over all faults."""

    found: list[str] = field(default_factory=list)
    alarms: set[str] = field(default_factory=set)
    requests: list[int] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)

    def line(self, name: str, of: int) -> str:
        """One line of the result."""
        return (
            f"{name}: {len(self.found)} of {of} found, {len(self.alarms)} findings on the sound portal, "
            f"median {statistics.median(self.requests):.0f} requests, {statistics.median(self.seconds):.1f} s"
        )


def main() -> None:
    """Print what the row weighs, what each tool found, and the ratios to the first peer."""
    with tempfile.TemporaryDirectory() as scratch, Bed.start() as bed:
        for portal in ("harbour", "quay"):
            print(weight(bed, Path(scratch), portal))
    compare()


def weight(bed: Bed, folder: Path, portal: str) -> str:
    """What the whole row takes on a sound portal, without a browser."""
    bed.switch(())
    (folder / "launchready.toml").write_text(bed.portal_file(portal, active=True), encoding="utf-8")
    rows = [part for each in all_checks() if each.row == "authz" for part in ("--check", each.id)]
    runs = folder / f"runs-{portal}"
    command = [sys.executable, "-m", "launchready", "audit", "--active", "--no-browser", "--runs", runs]
    peak, begun = 0, time.perf_counter()
    with subprocess.Popen([*command, *rows], cwd=folder, stdout=subprocess.DEVNULL) as process:
        while process.poll() is None:
            status = Path(f"/proc/{process.pid}/status").read_text(encoding="utf-8")
            peak = max(peak, *map(int, re.findall(r"VmHWM:\s+(\d+) kB", status)), 0)
            time.sleep(0.05)
    took = time.perf_counter() - begun
    journal = next(runs.rglob("journal.jsonl")).read_text(encoding="utf-8").splitlines()
    lines = [each for each in map(json.loads, journal) if each["method"] != "CONNECT"]
    asked = Counter((each["method"], route(each["url"]), each["who"]) for each in lines)
    facts = json.loads(next(runs.rglob("evidence.json")).read_text(encoding="utf-8"))
    tries = sorted(each["requests"] for each in facts["facts"]["Writes"]["trials"])
    return (
        f"{portal}: {len(lines)} requests, {took:.1f} s, {peak / 1024:.0f} MB (bar 300); by one identity at one template: "
        f"median {statistics.median(asked.values()):.0f}, most {max(asked.values())}; {len(tries)} tries of writes: "
        f"median {statistics.median(tries):.0f} requests, 9 of 10 at most {tries[len(tries) * 9 // 10]}, most {tries[-1]}"
    )


def compare() -> None:
    """Print what each tool found, of the faults named on the command line or of all, and the ratios to the first peer."""
    names = sys.argv[1:] or [
        name
        for name, each in faults().items()
        if each.portal == "quay" and each.trips == ("authz/object",) and not WRITES.search(name)
    ]
    tallies = {"launchready": Tally(), "schemathesis": Tally(), "OFFAT": Tally()}
    with tempfile.TemporaryDirectory() as scratch, Bed.start() as bed:
        folder = Path(scratch)
        peers = installed(folder)
        looks = {
            "launchready": lambda: launchready(bed, folder),
            "schemathesis": lambda: schemathesis(bed, folder, peers),
            "OFFAT": lambda: offat(bed, folder, peers),
        }
        for name in ["", *names]:
            for tool, tally in tallies.items():
                bed.switch((name,) if name else ())
                begun = time.perf_counter()
                findings, requests = looks[tool]()
                if not name:
                    tally.alarms = findings
                    continue
                tally.seconds.append(time.perf_counter() - begun)
                tally.requests.append(requests)
                if findings - tally.alarms:
                    tally.found.append(name)
            print(
                name or "sound", {tool: name in each.found for tool, each in tallies.items()}, file=sys.stderr
            )
    for tool, tally in tallies.items():
        print(tally.line(tool, len(names)))
    ours, peer = tallies["launchready"], tallies["schemathesis"]
    ratio = statistics.median(ours.requests) / statistics.median(peer.requests)
    print(
        f"launchready asks {ratio:.2f} x what schemathesis asks, and finds {len(ours.found) - len(peer.found)} more"
    )


def launchready(bed: Bed, folder: Path) -> tuple[set[str], int]:
    """Subjects of findings, and all requests of the audit, signing in and crawling included."""
    import asyncio

    file = folder / "launchready.toml"
    file.write_text(bed.portal_file("quay", active=True), encoding="utf-8")
    looked = audit(read_site(str(file)), runs=folder / "runs", checks=CHECKS, active=True)
    run, report = asyncio.run(looked)
    lines = (run.path / "journal.jsonl").read_text(encoding="utf-8").splitlines()
    findings = {f"{each.check} {finding.subject}" for each in report.results for finding in each.findings}
    return findings, sum(json.loads(line)["method"] != "CONNECT" for line in lines)


def schemathesis(bed: Bed, folder: Path, peers: Path) -> tuple[set[str], int]:
    """Its findings, and the requests that it reports."""
    tokens = {name: token(bed, name) for name in CLIENTS}
    (folder / "openapi.json").write_text(json.dumps(document(bed, tokens[CLIENTS[0]])), encoding="utf-8")
    entries = [
        {"name": name, "fixedHeaders": [{"name": "Authorization", "value": f"Bearer {each}"}]}
        for name, each in tokens.items()
    ]
    (folder / "wfc.json").write_text(json.dumps({"auth": entries}), encoding="utf-8")
    (folder / "schemathesis.toml").write_text(
        f'[auth.wfc]\npath = "wfc.json"\npeers = {json.dumps(CLIENTS)}\n', encoding="utf-8"
    )
    har = folder / "har.json"
    command: list[str | Path] = [peers / "bin/schemathesis", "run", "openapi.json", "--report-har-path", har]
    command += ["--url", f"https://127.0.0.1:{bed.https_port}{PREFIX}", "--tls-verify", "false", "--no-color"]
    command += ["-c", "object_level_authorization", "-H", f"Host: {host(bed)}"]
    done = subprocess.run(command, cwd=folder, check=False, capture_output=True, text=True)
    findings = set(re.findall(r"received the `[^`]*`", done.stdout)) | set(
        re.findall(r"^_+ (GET \S+) _+$", done.stdout, re.MULTILINE)
    )
    return findings, len(json.loads(har.read_text(encoding="utf-8"))["log"]["entries"])


def offat(bed: Bed, folder: Path, peers: Path) -> tuple[set[str], int]:
    """What its tests of this kind (BOLA) call vulnerable, as others vary by chance, and all requests that it made."""
    bearer = token(bed, CLIENTS[1])
    (folder / "openapi.json").write_text(json.dumps(document(bed, bearer)), encoding="utf-8")
    out = folder / "offat.json"
    out.unlink(missing_ok=True)
    command = [peers / "bin/offat", "-f", "openapi.json", "-o", out, "-of", "json", "-H"]
    command += [f"Authorization: Bearer {bearer}", f"Host: {host(bed)}"]
    subprocess.run(command, cwd=folder, check=False, capture_output=True, text=True)
    results = json.loads(out.read_text(encoding="utf-8"))["results"] if out.exists() else []
    return {
        f"{each['test_name']} {each['method']} {each['endpoint']}"
        for each in results
        if each["vulnerable"] and each["test_name"].startswith("BOLA")
    }, len(results)


def installed(folder: Path) -> Path:
    """An environment with the peers."""
    home = Path(os.environ.get("LAUNCHREADY_PEERS") or folder / "peers")
    if not home.exists():
        subprocess.run([sys.executable, "-m", "venv", home], check=True)
        subprocess.run([home / "bin/python", "-m", "pip", "install", "--quiet", *PEERS], check=True)
    return home


def host(bed: Bed) -> str:
    """What the portal is called; the peers cannot be told where a name is."""
    return f"quay.lab.test:{bed.https_port}"


def ask(bed: Bed, path: str, headers: Mapping[str, str], body: bytes | None = None) -> Any:
    """The JSON answer of the portal's interface."""
    context = ssl.create_default_context(cafile=str(bed.ca_file))
    context.check_hostname = False
    where = f"https://127.0.0.1:{bed.https_port}{PREFIX}{path}"
    request = urllib.request.Request(where, body, {"host": host(bed), **headers})
    with urllib.request.urlopen(request, context=context) as answer:
        return json.load(answer)


def token(bed: Bed, name: str) -> str:
    """An access token."""
    known = {
        kind: bed.secret_file(name, kind).read_text(encoding="utf-8") for kind in ("username", "password")
    }
    body = json.dumps({"email": known["username"], "password": known["password"]}).encode()
    answer: dict[str, str] = ask(bed, "/auth/login", {"content-type": "application/json"}, body)
    return answer["access_token"]


def document(bed: Bed, bearer: str) -> Any:
    """The portal's document, at an address that the peers reach, with schemas of answers read off the answers."""
    found = ask(bed, "/openapi.json", {})
    found["servers"] = [{"url": f"https://127.0.0.1:{bed.https_port}{PREFIX}"}]
    # The peers would sign their own tokens out, and be refused everything after that.
    found["paths"] = {path: each for path, each in found["paths"].items() if not path.startswith("/auth/")}
    for path, operations in found["paths"].items():
        if "{" in path or "get" not in operations:
            continue
        try:
            answer = ask(bed, path, {"authorization": f"Bearer {bearer}"})
        except (OSError, ValueError):
            continue
        described(operations["get"], schema(answer))
        rows = answer.get("data") if isinstance(answer, dict) else None
        single = found["paths"].get(f"{path}/{{id}}", {}).get("get")
        if single and isinstance(rows, list) and rows:
            described(single, schema(rows[0]))
    return found


def described(operation: dict[str, Any], answered: dict[str, Any]) -> None:
    """Add the schema of its answer to an operation."""
    operation["responses"]["200"]["content"] = {"application/json": {"schema": answered}}


def schema(value: Any) -> dict[str, Any]:
    """The JSON schema that fits one value."""
    match value:
        case dict():
            return {"type": "object", "properties": {name: schema(each) for name, each in value.items()}}
        case list():
            return {"type": "array", "items": schema(value[0]) if value else {}}
        case bool():
            return {"type": "boolean"}
        case int() | float():
            return {"type": "number"}
        case None:
            return {}
    return {"type": "string"}


if __name__ == "__main__":
    main()
