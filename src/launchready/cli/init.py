"""`launchready init`: look at a portal once and write a portal file that explains itself."""

import asyncio
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from launchready.errors import UsageError

if TYPE_CHECKING:
    from launchready.cli._first_look import Look

_TOP = """\
# The portal file of launchready: what this portal is, what may be looked at, and who accepts which risk.
#
# Lines that begin with # and a space explain. Lines that begin with # alone are examples: to use one, take
# its # away, and that of the [section] above it. No password or token may stand here: write where it is kept,
# as "env:NAME", "file:PATH" or "keyring:SERVICE/USER". Paths count from the folder of this file.
"""


@click.command()
@click.argument("url", required=False)
@click.option("--name", help="What people call the portal.")
@click.option("--owner", help="Who answers for it: a person's name.")
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    default=Path("launchready.toml"),
    show_default=True,
    help="The file to write.",
)
@click.option("--force", is_flag=True, help="Write over a file that is there.")
@click.option(
    "--yes", is_flag=True, help="Ask nothing, and write the file even if the portal cannot be reached."
)
def command(
    *, url: str | None, name: str | None, owner: str | None, output: Path, force: bool, yes: bool
) -> None:
    """Look at a portal and write its launchready.toml.

    Asks for what is not given where somebody sits at the keyboard. Makes a few requests: the start page,
    what it redirects to, and the same host with or without www.
    """
    asking = sys.stdin.isatty() and not yes
    _may_write(output, force=force)
    if url is None:
        if not asking:
            raise UsageError("say where the portal is: launchready init https://portal.example.com")
        url = click.prompt("Address of the portal")
    from launchready.cli._first_look import first_look, site_to_look_at

    site = site_to_look_at(url)
    click.echo(f"looking at {site.portal.url}", err=True)
    look = asyncio.run(first_look(site))
    if look.trouble:
        _go_on_without(look.trouble, asking=asking, yes=yes)
    if asking:
        name = name or click.prompt("What do people call it", default=site.host)
        owner = owner or click.prompt("Who answers for it (a person's name)", default="", show_default=False)
    _write(output, portal_file(look, _plain(name) or site.host, _plain(owner)), force=force)
    click.echo(f"written: {output}; {_next_steps(output)}")


def _next_steps(output: Path) -> str:
    """What to do with the new file."""
    return (
        f"read it through, then: launchready audit {output}\n"
        f"With an [[identity]] for each role and tenant in it, `launchready authz learn {output}` writes who reaches "
        "what, for you to confirm."
    )


def portal_file(look: "Look", name: str, owner: str) -> str:
    """The text of the portal file."""
    from launchready.site.reference import sections, template

    portal: dict[str, Any] = {"url": look.url, "name": name}
    if owner:
        portal["owner"] = owner
    if look.hosts:
        portal["hosts"] = look.hosts
    if look.redirects:
        portal["redirects"] = [{"from": source, "to": target} for source, target in look.redirects]
    scope: dict[str, Any] = {"active": False}
    if look.addresses:
        scope["addresses"] = look.addresses
    if look.third_parties:
        scope["subresources"] = look.third_parties
    filled = {"portal": portal, "scope": scope}
    return "\n".join(
        [_TOP, *_remarks(look), *(template(section, filled.get(section, {})) for section in sections())]
    )


def _remarks(look: "Look") -> list[str]:
    """What the owner should know about how this file came about."""
    if look.trouble:
        text = "# The portal could not be looked at, so its further hosts and third parties are missing.\n"
    elif look.elsewhere:
        text = (
            f"# The start page sends people on to {look.elsewhere}, which was not looked at.\n"
            "# If it is yours, name it under hosts in [scope].\n"
        )
    else:
        return []
    return [text]


def _may_write(output: Path, *, force: bool) -> None:
    """Find out before anything is asked or looked at.

    Raises:
        UsageError: the file cannot be written, or is there already.
    """
    if output.is_dir():
        raise UsageError(f"{output} is a folder; name a file in it, such as {output / 'launchready.toml'}")
    if output.exists() and not force:
        raise UsageError(f"{output} is there already; --force writes over it, --output names another file")
    if not output.parent.is_dir():
        raise UsageError(f"there is no folder {output.parent} to write {output.name} into")


def _go_on_without(trouble: str, *, asking: bool, yes: bool) -> None:
    """Say what went wrong, and write the file only if that is wanted.

    Raises:
        UsageError: nobody said so.
    """
    said = f"the portal could not be looked at: {trouble}"
    if asking:
        click.echo(said, err=True)
        click.confirm("Write the file all the same?", abort=True)
    elif yes:
        click.echo(said, err=True)
    else:
        raise UsageError(f"{said}; --yes writes the file all the same")


def _plain(text: str | None) -> str:
    """Text from the command line as it can stand in a file."""
    return (text or "").strip().encode("utf-8", "replace").decode()


def _write(output: Path, text: str, *, force: bool) -> None:
    try:
        with output.open("w" if force else "x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except OSError as error:
        raise UsageError(f"cannot write {output}: {(error.strerror or 'failed').lower()}") from error
