"""`launchready audit`: look at a portal and say whether it is ready."""

from pathlib import Path
from typing import Any

import click

from launchready.cli._running import audit_options, perform, show
from launchready.errors import UsageError


@click.command()
@click.argument("portal", required=False, metavar="[URL | launchready.toml]")
@audit_options
@click.pass_context
def command(
    ctx: click.Context, /, portal: str | None, form: str, output: Path | None, **options: Any
) -> None:
    """Look at a portal and say whether it is ready to launch.

    A bare URL works with no file at all: from the outside, read only. With a launchready.toml (the default is the one in
    this folder) its hosts, scope and consent are used.
    """
    from launchready.site import read_site

    if portal is None:
        if not Path("launchready.toml").exists():
            raise UsageError("give a URL, or write a launchready.toml here with `launchready init`")
        portal = "launchready.toml"
    done = perform(read_site(portal), **options)
    show(done, form, output)
    ctx.exit(done.exit_code)
