"""`launchready schema`: what editors need to complete and check a portal file."""

import json

import click


@click.command()
def command() -> None:
    """Print the JSON Schema of launchready.toml, for editors.

    Even Better TOML and taplo use it: save it as launchready.schema.json beside the portal file, and put
    `#:schema ./launchready.schema.json` on the first line of launchready.toml.
    """
    from launchready.site.reference import json_schema

    click.echo(json.dumps(json_schema(), indent=2, ensure_ascii=False))
