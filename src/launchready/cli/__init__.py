"""The command `launchready`: one file per command, imported only when it is called."""

import pkgutil
import sys
from importlib import import_module

import click

from launchready import __version__
from launchready.errors import LaunchreadyError, StoreError, UsageError

EXIT_READY = 0
EXIT_NOT_READY = 1
EXIT_USAGE = 2
EXIT_NOT_PROVEN = 3
EXIT_BROKEN = 4
EXIT_INTERRUPTED = 130

SHORT_HELP = {
    "audit": "Look at a portal and say whether it is ready to launch.",
    "authz": "Learn who may reach what, for you to confirm.",
    "checks": "List every check.",
    "control": "Whether you have proved to control the portal, and how to.",
    "demo": "Audit a portal of our own on this machine, sound or with faults.",
    "doctor": "What is installed, and what cannot be checked without the rest.",
    "drill": "Have the portal do something for real, and measure what comes of it.",
    "explain": "Say what a check asks, why it matters and how to mend it.",
    "init": "Look at a portal and write its launchready.toml.",
    "judge": "Judge a stored run again, or compare two.",
    "logs": "Search log files, or a stream, for what no log may hold.",
    "schema": "Print the JSON Schema of launchready.toml, for editors.",
    "secrets": "Keep secrets out of the repository, and replace those that leaked.",
    "selftest": "Play a new member of staff in a clean browser, and say yes or no.",
}
"""What `--help` lists, so that it need not import every command; a test holds it against the commands' own words."""


class Commands(click.Group):
    """A group whose commands are the modules beside this one."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 -- click's signature
        """Every command's name."""
        return sorted(name.name for name in pkgutil.iter_modules(__path__) if not name.name.startswith("_"))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import one command; an unknown name gets the nearest one."""
        if cmd_name not in self.list_commands(ctx):
            return None
        command: click.Command = import_module(f"{__name__}.{cmd_name}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command; where there is none, name the nearest."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            from difflib import get_close_matches

            near = get_close_matches(args[0], self.list_commands(ctx), 1)
            hint = f" Did you mean {near[0]!r}?" if near else ""
            raise click.UsageError(f"{error.message.rstrip('.')}.{hint}", ctx) from None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands with their short help."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, SHORT_HELP[name]) for name in self.list_commands(ctx)])


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="launchready")
def launchready() -> None:
    r"""Is this client portal ready to launch? A verdict with evidence, highest risk first.

    Exit codes: 0 ready, 1 not ready, 2 usage or portal file wrong, 3 not proven (nothing failed, but something that
    decides could not be looked at), 4 launchready itself failed, 130 interrupted.
    Shell completion: eval "$(_LAUNCHREADY_COMPLETE=bash_source launchready)" (or zsh_source, fish_source).
    """


def main() -> None:
    """Run a command, and end with the exit code of the contract."""
    try:
        code = launchready.main(standalone_mode=False)
    except click.exceptions.Abort:
        code = EXIT_INTERRUPTED
    except click.ClickException as error:
        error.show()
        code = EXIT_USAGE
    except (UsageError, StoreError) as error:
        click.echo(f"launchready: {error}", err=True)
        code = EXIT_USAGE
    except LaunchreadyError as error:
        click.echo(f"launchready: {error}", err=True)
        code = EXIT_BROKEN
    except KeyboardInterrupt:
        code = EXIT_INTERRUPTED
    except BrokenPipeError:
        sys.stderr.close()
        code = EXIT_READY
    except Exception as error:  # noqa: BLE001 -- the last stop: one calm sentence instead of a traceback
        click.echo(_crash(error), err=True)
        code = EXIT_BROKEN
    sys.exit(code if isinstance(code, int) else EXIT_READY)


def _crash(error: Exception) -> str:
    """What to send us about a crash: kinds and places only, as an exception's text may hold what it choked on."""
    import traceback

    frames = traceback.extract_tb(error.__traceback__)[-4:]
    places = " < ".join(f"{frame.filename.rpartition('/')[2]}:{frame.lineno}" for frame in reversed(frames))
    return (
        f"launchready: an unexpected error, and our fault: {type(error).__name__} at {places} "
        f"(launchready {__version__}, Python {sys.version.split()[0]}). Please report this line."
    )
