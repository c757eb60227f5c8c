"""`launchready authz`: who may reach what, learned from the portal itself, for its owner to confirm."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from launchready.cli import EXIT_INTERRUPTED, EXIT_NOT_PROVEN, EXIT_READY
from launchready.errors import UsageError

if TYPE_CHECKING:
    from launchready.evidence.access import Access
    from launchready.evidence.access_policy import DeclaredAccess
    from launchready.evidence.store import RunFolder
    from launchready.site import Site


@click.group()
def command() -> None:
    """Learn who may reach what, for you to confirm."""


@command.command()
@click.argument(
    "portal_file", default="launchready.toml", type=click.Path(path_type=Path, dir_okay=False, exists=True)
)
@click.option("--print", "printing", is_flag=True, help="Print the entries instead of writing them.")
@click.option(
    "--run", type=click.Path(path_type=Path, file_okay=False), help="Take what this run saw; ask nothing."
)
@click.option(
    "--no-browser", is_flag=True, help="Leave the browser out; what only it can see is not learned."
)
@click.option(
    "--runs",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path(".launchready/runs"),
    show_default=True,
    help="Where run folders go.",
)
def learn(*, portal_file: Path, printing: bool, run: Path | None, no_browser: bool, runs: Path) -> int:
    """Write who reaches what into the portal file, as entries [[access]] to be confirmed.

    Signs in as each [[identity]] and reads, as `launchready audit --row authz` does; nothing is changed at the portal.
    Entries with confirmed = true are left as they are. Ends with 0 when all identities were seen, with 3 when some
    could not be, so that the table is not whole.
    """
    from launchready.site import read_site
    from launchready.site.access import declared
    from launchready.site.access_text import block, merged
    from launchready.site.learned_access import learned

    site = read_site(str(portal_file))
    if not site.identities:
        raise UsageError(
            f"{portal_file} names nobody to sign in as; add an [[identity]] for each role and tenant"
        )
    folder, interrupted = _looked(site, run, runs, no_browser=no_browser)
    if interrupted:
        click.echo("interrupted; nothing was written", err=True)
        return EXIT_INTERRUPTED
    access = _access(folder)
    if access is None:
        return EXIT_NOT_PROVEN
    start = site.portal.url
    table = declared(site.access, start)
    entries = learned(access, table, start)
    raw = portal_file.read_bytes()
    # A mark at the beginning and the line ends of the file are put back as they were.
    text = raw.decode("utf-8-sig").replace("\r\n", "\n")
    result = merged(text, entries, start)
    if printing:
        click.echo("\n\n".join(map(block, entries)))
    else:
        _write(portal_file, raw, result.text)
        click.echo(
            f"{portal_file}: {result.new} new, {result.refreshed} brought up to date, {result.confirmed} confirmed "
            "and left as they are; read them through, and write confirmed = true where it is meant so"
        )
    _tell_drift(access, table)
    return _whole(site, access)


def _looked(site: "Site", run: Path | None, runs: Path, *, no_browser: bool) -> "tuple[RunFolder, bool]":
    """A run to learn from, and whether it was interrupted."""
    from launchready.audit import judge_folder
    from launchready.cli._running import perform

    if run is not None:
        folder, report = judge_folder(run)
        if report.portal.url != site.portal.url:
            raise UsageError(f"{run} is about another portal than this file")
        return folder, False
    done = perform(site, rows=("authz",), checks=(), active=False, no_browser=no_browser, runs=runs)
    return done.folder, done.report.run.interrupted


def _access(folder: "RunFolder") -> "Access | None":
    """What the run saw; None, with the reason on stderr, where it saw nothing."""
    from launchready.engine import fact_kinds
    from launchready.evidence import Missing
    from launchready.evidence.access import Access

    access = folder.load(fact_kinds()).get(Access)
    if isinstance(access, Access) and access.routes:
        return access
    reason = access.detail if isinstance(access, Missing) else "this run did not look at who reaches what"
    click.echo(f"nothing was learned: {reason}", err=True)
    return None


def _tell_drift(access: "Access", table: "DeclaredAccess") -> None:
    """Where what was seen is not what the owner confirmed, on stderr: the entry stays as it is."""
    from launchready.evidence.access import ANONYMOUS
    from launchready.evidence.access_policy import Policy

    policy = Policy(access.parties, table)
    for kind in (ANONYMOUS, "function", "object"):
        drift = policy.drift(access, kind)
        told = [(each.subject, each.detail) for each in drift.findings]
        told += [(each.subject, each.detail) for each in drift.doubts]
        for subject, detail in told:
            click.echo(f"{subject}: {detail}", err=True)


def _whole(site: "Site", access: "Access") -> int:
    """Whether all identities were seen in full; who was not is told on stderr."""
    why = dict(access.unlooked)
    seen = {party.name for party in access.parties} - why.keys()
    left_out = [identity.name for identity in site.identities if identity.name not in seen]
    for name in left_out:
        reason = f": {why[name].detail}" if name in why else ""
        click.echo(f"not seen in full: {name}{reason}", err=True)
    return EXIT_NOT_PROVEN if left_out else EXIT_READY


def _write(portal_file: Path, raw: bytes, text: str) -> None:
    """Write the file with the line ends that it had.

    Raises:
        UsageError: it cannot be written.
    """
    mark = b"\xef\xbb\xbf" if raw.startswith(b"\xef\xbb\xbf") else b""
    text = text.replace("\n", "\r\n") if b"\r\n" in raw else text
    try:
        portal_file.write_bytes(mark + text.encode())
    except OSError as error:
        raise UsageError(f"cannot write {portal_file}: {(error.strerror or 'failed').lower()}") from error
