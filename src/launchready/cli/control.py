"""`launchready control`: whether it is proved that whoever controls the portal agrees to more than reading, and how to."""

import asyncio
import io
from pathlib import Path
from typing import TYPE_CHECKING

import click

from launchready.cli import EXIT_NOT_PROVEN, EXIT_READY

if TYPE_CHECKING:
    from launchready.site import Site
    from launchready.wire.control import Control


@click.command()
@click.argument(
    "portal_file", default="launchready.toml", type=click.Path(path_type=Path, dir_okay=False, exists=True)
)
def command(portal_file: Path) -> int:
    """Whether you have proved to control the portal, and how to.

    An audit with --active sends what no stranger would: wrong passwords, tampered cookies. Before it does, whoever
    controls each host must have placed a word there that names the portal and the person in authorised_by. Ends with 0
    when all hosts are proved, with 3 when some are not.
    """
    from launchready.errors import UsageError
    from launchready.site import read_site

    site = read_site(str(portal_file))
    if not site.scope.authorised_by.strip():
        raise UsageError("authorised_by in [scope] must name the person who allows it; then run this again")
    found = asyncio.run(_asked(site))
    for each in found:
        click.echo(f"{'proved    ' if each.proved else 'not proved'}  {each.host}{_where(each.seen)}")
    open_hosts = [each.host for each in found if not each.proved]
    if not found:
        click.echo("None of the hosts in scope has an address.")
    if open_hosts:
        click.echo(_how(site, open_hosts[0]))
    return EXIT_READY if found and not open_hosts else EXIT_NOT_PROVEN


async def _asked(site: "Site") -> "tuple[Control, ...]":
    from launchready.wire import Wire

    async with Wire(site, journal=io.StringIO(), attach=lambda *_: "") as wire:
        return await wire.require_control()


def _where(seen: str) -> str:
    return f": {seen}" if seen else ""


def _how(site: "Site", host: str) -> str:
    from launchready.wire.control import FILE, LABEL, word

    return (
        f"\nTo prove it, do one of these for each host (a record of a domain counts for all names below it):\n"
        f'  DNS   {LABEL}.{host}.  TXT  "{word(site)}"\n'
        f"  file  https://{host}{FILE}  with the line  {word(site)}\n"
        f"The word is no secret. It changes with the portal's address and with authorised_by."
    )
