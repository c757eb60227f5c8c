"""How fast are our TLS facts, against sslyze, on the same hosts in one run?

For each host of the lab that answers, both look in turn: ours collects its whole fact, sslyze runs the scan
commands that see the same (certificate, SSL 2.0 to TLS 1.3, compression). Both know the public roots and the
lab's and read them once, as in an audit of several hosts; ours pays for it at the first host.

sslyze is AGPL and is never imported: it lives in a virtual environment of its own, in a cache folder, and
runs as a subprocess that is started once and told the hosts, so that neither side pays for starting an
interpreter. It polls its workers each 0.2 s or so, which is why its times come in steps.

The bar is a median of ten times as fast.

    python bench/tls_facts.py [--hosts N] [--venv FOLDER]
"""

import argparse
import asyncio
import io
import json
import statistics
import subprocess
import sys
import time
import venv
from datetime import UTC, datetime
from pathlib import Path

from launchready.checks.https.certificate import CHECK as CERTIFICATE
from launchready.checks.https.tls import CHECK as TLS
from launchready.collect.tls import tls as collect
from launchready.site import Site
from launchready.verdict import word
from launchready.wire.gate import Gate
from launchready.wire.tls import TlsWire
from launchready_testbed.tlslab import CASES

BAR = 10.0
SSLYZE = "sslyze==6.3.1"
TESTBED = Path(__file__).resolve().parent.parent / "testbed"
RIVAL = """
import json, sys, time
from sslyze import ScanCommand as C, Scanner, ServerNetworkLocation, ServerNetworkConfiguration
from sslyze import ServerScanRequest
from sslyze import CertificateInfoExtraArgument, ScanCommandsExtraArguments
from pathlib import Path
commands = {C.CERTIFICATE_INFO, C.SSL_2_0_CIPHER_SUITES, C.SSL_3_0_CIPHER_SUITES, C.TLS_1_0_CIPHER_SUITES,
            C.TLS_1_1_CIPHER_SUITES, C.TLS_1_2_CIPHER_SUITES, C.TLS_1_3_CIPHER_SUITES, C.TLS_COMPRESSION}
for line in sys.stdin:
    host, address, port, ca = json.loads(line)
    start = time.perf_counter()
    extra = ScanCommandsExtraArguments(certificate_info=CertificateInfoExtraArgument(custom_ca_file=Path(ca)))
    scanner = Scanner()
    scanner.queue_scans([ServerScanRequest(
        ServerNetworkLocation(hostname=host, ip_address=address, port=port),
        network_configuration=ServerNetworkConfiguration(tls_server_name_indication=host, network_timeout=5),
        scan_commands=commands, scan_commands_extra_arguments=extra)])
    results = list(scanner.get_results())
    print(json.dumps([time.perf_counter() - start, results[0].scan_status.name]), flush=True)
"""


class _Wire:
    """The collector's wire with the lab's names."""

    def __init__(self, tls: TlsWire, address: str) -> None:
        self.tls = tls
        self.dns = self
        self._address = address

    async def addresses(self, _host: str) -> tuple[str, ...]:
        return (self._address,)

    def now(self) -> datetime:
        return datetime.now(UTC)


def site(hosts: list[str], port: int) -> Site:
    """A portal file for these hosts."""
    portal = {"name": "Lab", "url": f"https://{hosts[0]}:{port}/", "owner": "Portal Owner <owner@lab.test>"}
    scope = {"addresses": ["127.0.0.0/8"], "hosts": hosts[1:]}
    return Site.model_validate({"portal": portal, "scope": scope})


async def ours(tls: TlsWire, host: str, address: str, port: int) -> tuple[float, str]:
    """Seconds until the fact is there, and what the checks say of it."""
    start = time.perf_counter()
    fact = await collect(_Wire(tls, address), site([host], port))
    seconds = time.perf_counter() - start
    return seconds, f"{word(CERTIFICATE.judge(fact))}/{word(TLS.judge(fact))}"


def rival(folder: Path) -> subprocess.Popen[str]:
    """Start sslyze in an environment of its own, waiting for hosts."""
    python = folder / "bin" / "python"
    if not python.exists():
        venv.create(folder, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", SSLYZE], check=True)
    return subprocess.Popen([python, "-c", RIVAL], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def main() -> int:
    """Run both, print a table and the median ratio; 1 when the bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--hosts", type=int, default=30, help="how many hosts, spread over the lab")
    cache = Path.home() / ".cache" / "launchready-bench" / "sslyze"
    parser.add_argument("--venv", type=Path, default=cache, help="where sslyze is, or is to be installed")
    chosen = parser.parse_args()
    answering = [n for n, c in CASES.items() if c.tls != "unknown" and n not in ("plain-http", "ssh", "slow")]
    names = answering[:: max(1, len(answering) // chosen.hosts)][: chosen.hosts]
    command = [sys.executable, "-m", "launchready_testbed.tlslab", *names]
    lab_process = subprocess.Popen(
        command, cwd=TESTBED, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    other = rival(chosen.venv)
    runner = asyncio.Runner()
    try:
        lab = json.loads(lab_process.stdout.readline())
        gate = Gate(site([each["host"] for each in lab["hosts"].values()], 443), io.StringIO())
        tls = TlsWire(gate, extra_ca=[lab["private_roots"], lab["public_roots"]], timeout=5)
        ratios = []
        for name in names:
            place = lab["hosts"][name]
            host, address, port = place["host"], place["addresses"][0], place["port"]
            mine, verdict = runner.run(ours(tls, host, address, port))
            other.stdin.write(json.dumps([host, address, port, lab["private_roots"]]) + "\n")
            other.stdin.flush()
            theirs, status = json.loads(other.stdout.readline())
            if status == "COMPLETED":
                ratios.append(theirs / mine)
            print(
                f"{name:28} ours {mine * 1000:8.1f} ms {verdict:10} sslyze {theirs * 1000:8.1f} ms {status}"
            )
    finally:
        runner.close()
        for process in (other, lab_process):
            process.stdin.close()
            process.wait(10)
            process.stdout.close()
    median = statistics.median(ratios)
    print(f"median of {len(ratios)} hosts: {median:.1f} times as fast as {SSLYZE}, bar {BAR:g}; "
          f"least {min(ratios):.1f}, most {max(ratios):.1f}")  # fmt: skip
    return 0 if median >= BAR else 1


if __name__ == "__main__":
    sys.exit(main())
