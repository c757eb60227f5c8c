"""Fault x check and outage x check, on a running test bed; writes docs/reference/matrix.md.

Every fault must turn exactly the checks it names to fail and change nothing else in the rows that it can reach; every
look-alike must change nothing; every outage must turn the checks that need that wire unknown(unreachable). `Looks` is
what the tests use too.
"""

import asyncio
import sys
import tempfile
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from zlib import crc32

from launchready.audit import audit
from launchready.checks import all_checks
from launchready.scorecard import Report
from launchready.site import read_site
from launchready_testbed import Bed, Fault, Lookalike, faults, lookalikes

PAGE = Path(__file__).resolve().parent.parent / "docs/reference/matrix.md"
OUTAGES = ("https", "http", "dns")
MARKS = {"pass": "·", "fail": "FAIL", "unknown": "?", "not-applicable": "-"}
DRILLS = ("auth/brute-force", "auth/enumeration", "auth/password-reset", "logging/audit-trail")
"""They send much and change for others what they see: made only where a fault or look-alike is about them."""


def audit_bed(
    bed: Bed,
    folder: Path,
    *,
    portal: str = "harbour",
    identities: bool = False,
    checks: tuple[str, ...] = (),
    browser: bool = False,
    active: bool = False,
    timeout: float = 0,
) -> Report:
    """Audit the bed as it is now.

    Args:
        bed: running.
        folder: gets the portal file and the runs.
        portal: the portal of the bed that is audited.
        identities: sign in as the bed's people too.
        checks: the only checks to make; empty means all.
        browser: look with a browser too.
        active: with the owner's consent to more than reading.
        timeout: seconds after which a silent host counts as silent; by default few, as this is loopback, and more
            where a browser has to render.
    """
    timeout = timeout or (15.0 if browser else 4.0)
    portal_file = folder / "launchready.toml"
    text = bed.portal_file(portal, identities=identities, active=active)
    portal_file.write_text(text.replace("[crawl]", f"[crawl]\ntimeout = {timeout}"), encoding="utf-8")
    site = read_site(str(portal_file))
    looked = audit(site, runs=folder / "runs", checks=checks, active=active, browser=browser)
    return asyncio.run(looked)[1]


class Looks:
    """Audits of one running bed, each as narrow as what it is about allows, beside what a sound bed gets from the same."""

    def __init__(self, bed: Bed, folder: Path, *, browser: bool, whole: bool = True) -> None:
        """Look at a bed.

        Args:
            bed: running; it is switched.
            folder: gets portal files and runs.
            browser: there is a browser, for what nothing else can tell.
            whole: make all checks of the row; else, in a row that takes long, only those that an entry is about.
        """
        self._bed, self._folder, self._browser, self._whole = bed, folder, browser, whole
        self._sound: dict[tuple[str, tuple[str, ...], bool], dict[str, str]] = {}

    def sound(self, portal: str = "harbour", row: str = "https", *, browser: bool = False) -> dict[str, str]:
        """What all checks of a row say of a sound portal."""
        ids = tuple(check.id for check in all_checks() if check.row == row)
        return self._at_rest(portal, ids, browser=browser)

    def fault(self, name: str, fault: Fault) -> tuple[dict[str, str], dict[str, str]]:
        """What is seen with the fault switched on, and what must be; a browser looks only if nothing else can tell."""
        for browser in (False, True)[: 1 + self._browser]:
            seen, sound = self.entry(name, fault, fault.trips, browser=browser)
            if all(seen[check] == "fail" for check in fault.trips):
                break
        return seen, {**sound, **dict.fromkeys(fault.trips, "fail")}

    def lookalike(
        self, name: str, entry: Lookalike, *, browser: bool = False
    ) -> tuple[dict[str, str], dict[str, str]]:
        """What is seen with the look-alike switched on, and what must be: the same as without it, where it can be told."""
        seen, sound = self.entry(name, entry, entry.spares, browser=browser)
        untold = {check: seen[check] for check in entry.untold if seen.get(check, "").startswith("unknown")}
        return seen, {**sound, **untold}

    def entry(
        self, name: str, entry: Fault | Lookalike, about: Iterable[str], *, browser: bool
    ) -> tuple[dict[str, str], dict[str, str]]:
        """The verdicts with this entry switched on, and those of the sound portal in the same audit."""
        checks = reached(name, about, whole=self._whole)
        sound = self._at_rest(entry.portal, checks, browser=browser)
        self._bed.switch((name,))
        return self._seen(entry.portal, checks, browser=browser), sound

    def _at_rest(self, portal: str, checks: tuple[str, ...], *, browser: bool) -> dict[str, str]:
        key = (portal, checks, browser)
        if key not in self._sound:
            self._bed.switch(())
            self._sound[key] = self._seen(portal, checks, browser=browser)
        return self._sound[key]

    def _seen(self, portal: str, checks: tuple[str, ...], *, browser: bool) -> dict[str, str]:
        signed_in = any(not check.startswith("https/") for check in checks)
        report = audit_bed(
            self._bed,
            self._folder,
            portal=portal,
            identities=signed_in,
            checks=checks,
            browser=browser,
            active=True,
        )
        return {check: verdict for check, verdict in verdicts(report).items() if check in checks}


def reached(name: str, about: Iterable[str], *, whole: bool) -> tuple[str, ...]:
    """The checks that a fault or look-alike could reach: all of its row, and those drills only that it is about.

    With `whole` false, only those that it is about, but for the rows `https` and `authz`, which are asked at one go; of
    the row `auth` also whether people can sign in at all.
    """
    about = {*about}
    rows = {each.partition("/")[0] for each in (name, *about)} - {"oddities"} or {"https"}
    ids = (check.id for check in all_checks() if check.row in rows)
    if not whole:
        about.add("auth/login")
        return tuple(i for i in ids if i in about or i.startswith(("https/", "authz/")))
    return tuple(i for i in ids if i in about or i not in DRILLS)


def due(names: Iterable[str], parts: int) -> set[str]:
    """Those whose day it is: each day has another of `parts` of them, all as large but for one entry."""
    shuffled = sorted(names, key=lambda name: crc32(name.encode()))
    return {*shuffled[datetime.now(UTC).toordinal() % parts :: parts]}


def verdicts(report: Report) -> dict[str, str]:
    """Check id to verdict; an unknown with its causes."""
    return {
        r.check: f"unknown({', '.join(sorted({doubt.cause for doubt in r.doubts}))})"
        if r.verdict == "unknown"
        else r.verdict
        for r in report.results
    }


def spared(name: str, seen: dict[str, str], sound: dict[str, str]) -> bool:
    """Whether a look-alike changed nothing; what is merely odd may be beyond telling, but it is no fault."""
    return "fail" not in seen.values() if name.startswith("oddities/") else seen == sound


Row = tuple[str, dict[str, str]]


def table(title: str, head: str, rows: list[Row]) -> str:
    """One table of the page: a column for each check that any of the rows asked."""
    ids = sorted({check for _, row in rows for check in row})
    lines = [f"## {title}", "", f"| {head} | " + " | ".join(f"`{i}`" for i in ids) + " |"]
    lines.append("|---|" + "---|" * len(ids))
    for name, row in rows:
        cells = (MARKS.get(row.get(i, "").partition("(")[0], row.get(i, "")) for i in ids)
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return "\n".join((*lines, ""))


def tables_of(row: str, looks: Looks, wrong: list[str]) -> Iterator[str]:
    """The tables of one row: sound portals, faults, look-alikes; what came out otherwise is added to `wrong`."""
    portals = ("harbour", "quay") if row in ("auth", "authz", "deploy") else ("harbour",)
    rows = [
        (f"{portal}, {'with' if browser else 'without'} browser", looks.sound(portal, row, browser=browser))
        for portal in portals
        for browser in (False, True)
    ]
    yield table(f"Sound: {row}", "audit", rows)
    rows = []
    for name, fault in sorted(faults().items()):
        if belongs(name, row):
            seen, must = looks.fault(name, fault)
            rows.append((f"`{name}`: {fault.says}", seen))
            note(name, seen, must, wrong, good=seen == must)
    yield table(f"Faults: {row}", "fault", rows)
    rows = []
    for name, entry in sorted(lookalikes().items()):
        if belongs(name, row):
            seen, must = looks.lookalike(name, entry)
            rows.append((f"`{name}`: {entry.says}", seen))
            note(name, seen, must, wrong, good=spared(name, seen, must))
    yield table(f"Look-alikes: {row}", "look-alike", rows)


def belongs(name: str, row: str) -> bool:
    """Whether an entry is about this row; oddities are about the first."""
    return name.partition("/")[0].replace("oddities", "https") == row


def note(name: str, seen: dict[str, str], must: dict[str, str], wrong: list[str], *, good: bool) -> None:
    """Say how one entry came out."""
    print("ok " if good else "BAD", name, file=sys.stderr)
    if not good:
        wrong.append(f"{name}: { ({i: v for i, v in seen.items() if v != must[i]}) }")


def main() -> int:
    """Run all of it, write the page, and say what came out otherwise than it should."""
    wrong: list[str] = []
    page = [
        "# The fault matrix",
        "",
        "Generated by `make matrix` on the test bed. `·` pass, `FAIL`, `?` unknown, `-` not applicable.",
        "Empty: not asked, as the check is a drill that the fault is not about.",
        "",
    ]
    with tempfile.TemporaryDirectory() as scratch, Bed.start() as bed:
        looks = Looks(bed, Path(scratch), browser=True)
        for row in sorted({check.row for check in all_checks()}):
            page.extend(tables_of(row, looks, wrong))
        bed.switch(())
        rows = []
        for wire in OUTAGES:
            bed.outage(wire)
            rows.append((f"{wire} times out", verdicts(audit_bed(bed, Path(scratch), timeout=1.0))))
        bed.outage(None)
        page.append(table("Outages", "outage", rows))
    PAGE.write_text("\n".join(page), encoding="utf-8")
    print("\n".join(wrong) or "every fault turns exactly its checks", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
