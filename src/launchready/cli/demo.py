"""`launchready demo`: the test bed's own portal, sound or with faults, audited like any other."""

import json
import sys
from pathlib import Path
from typing import Any

import click

from launchready.cli import EXIT_BROKEN, EXIT_READY
from launchready.cli._running import audit_options, keep_copy, perform, show
from launchready.errors import UsageError


@click.command()
@click.option("--faults", default="", metavar="A,B", help="Switch on these faults or look-alikes.")
@click.option("--keep", is_flag=True, help="Leave the portal running after the audit, until Enter or Ctrl-C.")
@click.option("--list-faults", is_flag=True, help="List what can be switched on; with --format json as JSON.")
@audit_options
@click.pass_context
def command(ctx: click.Context, /, faults: str, keep: bool, list_faults: bool, **options: Any) -> None:  # noqa: FBT001 -- click hands flags over by name
    """Audit a portal of our own on this machine, sound or with faults switched on.

    Writes report.html and report.json into this folder. Ends with 0 when the audit found exactly what was switched on,
    whatever the verdict is.
    """
    try:
        import launchready_testbed as testbed
    except ImportError as error:
        raise UsageError(
            f"the demo needs the test bed's packages ({error.name} is missing): pip install 'launchready[testbed]'"
        ) from error
    if list_faults:
        _list(testbed, as_json=options["form"] == "json")
        return
    wanted = tuple(name.strip() for name in faults.split(",") if name.strip())
    trips = _trips(testbed, wanted)
    from launchready.site import read_site

    with testbed.Bed.start(faults=wanted) as bed:
        portal_file = bed.ca_file.parent / "launchready.toml"
        # It is our own portal, so we may agree to everything; what a fault is about must be looked at.
        portal_file.write_text(bed.portal_file(active=True), encoding="utf-8")
        options["active"] = options["active"] or _beyond_https(trips)
        done = perform(read_site(str(portal_file)), **_for_audit(options))
        show(done, options["form"], options["output"])
        written = [keep_copy(done, name, Path(name)) for name in ("report.html", "report.json")]
        click.echo(f"written: {' and '.join(str(path) for path in written)}", err=True)
        if keep:
            click.echo(f"the portal stays at {bed.url} (CA: {bed.ca_file}); press Enter to stop it", err=True)
            click.echo(f"for further audits and self-tests its portal file is {portal_file}", err=True)
            sys.stdin.readline()
    failed = {result.check for result in done.report.results if result.verdict == "fail"}
    left_out = {result.check for result in done.report.results if result.cause == "not-collected"}
    if failed == trips - left_out:
        told = f"as it should be: {', '.join(sorted(failed)) or 'nothing'} failed"
        ctx.exit(_say(told, EXIT_READY))
    odd = ", ".join(sorted(failed ^ (trips - left_out)))
    ctx.exit(_say(f"not as it should be: {odd} came out otherwise than the faults say", EXIT_BROKEN))


def _say(text: str, code: int) -> int:
    click.echo(f"demo: {text}", err=True)
    return code


def _beyond_https(trips: set[str]) -> bool:
    """Whether what is switched on may be seen only by going further than signing in."""
    return any(not check.startswith("https/") for check in trips)


def _for_audit(options: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in options.items() if name not in ("form", "output")}


def _trips(testbed: Any, wanted: tuple[str, ...]) -> set[str]:
    known: dict[str, Any] = {**testbed.faults(), **testbed.lookalikes()}
    for name in wanted:
        if name not in known:
            from difflib import get_close_matches

            near = get_close_matches(name, known, 1)
            hint = f"; did you mean {near[0]!r}?" if near else ""
            raise UsageError(f"there is no fault {name!r}{hint} (see `launchready demo --list-faults`)")
    return {check for name in wanted for check in getattr(known[name], "trips", ())}


def _list(testbed: Any, *, as_json: bool) -> None:
    faults, lookalikes = testbed.faults(), testbed.lookalikes()
    if as_json:
        listed = {
            "faults": [
                {"fault": n, "says": f.says, "trips": list(f.trips)} for n, f in sorted(faults.items())
            ],
            "lookalikes": [
                {"lookalike": n, "says": f.says, "spares": list(f.spares)}
                for n, f in sorted(lookalikes.items())
            ],
        }
        click.echo(json.dumps(listed, indent=2, ensure_ascii=False))
        return
    for title, entries in (("Faults", faults), ("Look-alikes, all sound", lookalikes)):
        click.echo(f"{title}:")
        for name, entry in sorted(entries.items()):
            click.echo(f"  {name:40} {entry.says}")
