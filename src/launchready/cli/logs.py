"""`launchready logs`: search log files, or a stream, for what no log may hold."""

from pathlib import Path

import click


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
def command(paths: tuple[str, ...]) -> int:
    """Search logs for passwords, sessions, tokens, card numbers and keys; nothing is asked of anybody.

    PATH is a file (what it was rotated to is read too), a pattern with *, a folder, or - for standard input:
    `ssh server cat /var/log/portal/app.log | launchready logs -`. Ends with 1 where something was found, with 3 where
    something could not be read.
    """
    from threading import Event

    from launchready.checks.logging.scan import judge as judge_scan
    from launchready.checks.secrets.logs import judge as judge_keys
    from launchready.cli import EXIT_NOT_PROVEN, EXIT_NOT_READY, EXIT_READY
    from launchready.collect.log_scan import Scan
    from launchready.collect.log_search.reading import read
    from launchready.collect.log_secrets import Keys
    from launchready.detect import Detector
    from launchready.evidence.logs import LogScan, LogSecrets
    from launchready.evidence.redact import Redactor
    from launchready.evidence.secrets import KeyStates
    from launchready.verdict import Fail, Pass, Unknown
    from launchready.wire.log_files import LogFiles

    scan, keys = Scan(), Keys(Detector(), Redactor())
    logs = LogFiles(path if path == "-" else str(Path(path).expanduser()) for path in paths)
    done, gaps = read(logs, [scan, keys], Event())
    verdicts = (
        judge_scan(LogScan(read=done, leaks=scan.leaks(), gaps=gaps)),
        judge_keys(LogSecrets(keys.search(done, gaps)), KeyStates()),
    )
    for verdict in verdicts:
        for finding in verdict.findings if isinstance(verdict, Fail) else ():
            click.echo(f"found  {finding.subject}: {finding.detail}")
    doubts = {d for verdict in verdicts if isinstance(verdict, Fail | Unknown) for d in verdict.doubts}
    for doubt in sorted(doubts, key=lambda each: (each.subject, each.detail)):
        click.echo(f"unread {doubt.subject}: {doubt.detail}; {doubt.settle_by}", err=True)
    lines, size = sum(each.lines for each in done), sum(each.bytes for each in done)
    click.echo(
        f"{len(done):,} {'file' if len(done) == 1 else 'files'}, {lines:,} lines, {size:,} bytes were searched",
        err=True,
    )
    if any(isinstance(verdict, Fail) for verdict in verdicts):
        return EXIT_NOT_READY
    return EXIT_READY if all(isinstance(verdict, Pass) for verdict in verdicts) else EXIT_NOT_PROVEN
