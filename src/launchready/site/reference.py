"""What may stand in a portal file, told by the models: JSON Schema, reference page and commented sections.

One source, so that editors, the documentation and a new portal file never say different things.
"""

import json
import textwrap
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from launchready.site import Site
from launchready.site.sections import Section

NOT_READ_YET = "This version checks what stands here, but uses it for nothing yet."

_INTRODUCTION = """\
# The portal file

<!-- Written by `launchready.site.reference.markdown()`; a test holds this page against it. -->

`launchready.toml` says what the portal is, what may be looked at, and who accepts which risk. It is
[TOML](https://toml.io), UTF-8, and meant to be committed and shared. `launchready init` writes one;
`launchready audit launchready.toml` reads it. `launchready audit https://portal.example.com` works without a
file: the scope is then that one host.

- **Nothing is guessed.** An unknown key, a value of the wrong type or an impossible value is refused, with
  the line, what was expected, and the nearest valid name.
- **No secret stands in the file.** Where a password, token or cookie is needed, write where it is kept:

  | write | and the secret is |
  |---|---|
  | `"env:NAME"` | in the environment variable `NAME` |
  | `"file:PATH"` | the text of that file, without the line break at its end |
  | `"keyring:SERVICE/USER"` | in the keyring of this machine; needs `pip install 'launchready[keyring]'` |

  A secret that stands in the file itself is refused, and not repeated in the message.
- **Paths** count from the folder of the portal file.
- **Editors** that know JSON Schema can complete and check the file:
  `launchready schema > launchready.schema.json`, then put `#:schema ./launchready.schema.json` on its first
  line (Even Better TOML, taplo).

Every section but `[portal]` may be left out, and so may every key that has a default.
"""


def json_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a portal file."""
    told = Site.model_json_schema()
    for model, _several in sections().values():
        told["$defs"][model.__name__]["description"] = _says(model)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **told,
        "title": "launchready.toml",
        "description": "The portal file of launchready.",
    }


def sections() -> dict[str, tuple[type[Section], bool]]:
    """Every section by its name in the file: its class, and whether it may stand there several times."""
    found = {}
    for name, field in Site.model_fields.items():
        parts = (field.annotation, *getattr(field.annotation, "__args__", ()))
        model = next(part for part in parts if isinstance(part, type) and issubclass(part, Section))
        found[field.alias or name] = (model, model is not field.annotation)
    return found


def example(section: str) -> str:
    """One section as TOML, with the examples of its keys."""
    model, several = sections()[section]
    lines = [f"[[{section}]]" if several else f"[{section}]"]
    lines += [f"{key} = {toml(shown)}" for key, shown, _ in _keys(model)]
    return "\n".join(lines) + "\n"


def template(section: str, values: Mapping[str, Any]) -> str:
    """One section as TOML that explains itself: each key with its description in front.

    Args:
        section: its name in the file.
        values: what to write. Keys that are not in it stand there as examples, commented out with a # that
            has no space after it; so does the whole section if there are no values.
    """
    model, several = sections()[section]
    header = f"[[{section}]]" if several else f"[{section}]"
    lines = [*_comment(_says(model)), header if values else f"#{header}"]
    for key, shown, description in _keys(model):
        lines += _comment(description)
        if key in values:
            lines.append(f"{key} = {toml(values[key])}")
        else:
            lines += (f"#{line.strip()}" for line in f"{key} = {toml(shown)}".splitlines())
    return "\n".join(lines) + "\n"


def toml(value: Any) -> str:
    """One value as TOML; a list of tables gets a line for each."""
    match value:
        case bool():
            return "true" if value else "false"
        case int() | float() | date():
            return str(value)
        case str():
            return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
        case {}:
            return "{ " + ", ".join(f"{key} = {toml(inner)}" for key, inner in value.items()) + " }"
        case [{}, *_]:
            return "[\n" + "".join(f"  {toml(inner)},\n" for inner in value) + "]"
        case _:
            return "[" + ", ".join(map(toml, value)) + "]"


def markdown() -> str:
    """The reference page of the portal file."""
    schema = json_schema()
    parts = [_INTRODUCTION]
    for name, (model, several) in sections().items():
        parts.append(f"\n## `[[{name}]]`\n" if several else f"\n## `[{name}]`\n")
        parts.append(f"\n{_says(model)}\n\n")
        parts.extend(_table(model, schema))
        parts.append(f"\n```toml\n{example(name)}```\n")
        for inner in _tables_in(model):
            parts.append(f"\nEach entry of `{inner[0]}` has these keys:\n\n")
            parts.extend(_table(inner[1], schema))
    return "".join(parts)


def _says(model: type[Section]) -> str:
    said = " ".join((model.__doc__ or "").split())
    return f"{said} {NOT_READ_YET}" if model.unread else said


def _comment(text: str) -> list[str]:
    return textwrap.wrap(text, 100, initial_indent="# ", subsequent_indent="# ")


def _keys(model: type[Section]) -> Iterator[tuple[str, Any, str]]:
    """Each key of a table with its example and its description."""
    for name, field in model.model_fields.items():
        yield field.alias or name, (field.examples or [""])[0], field.description or ""


def _table(model: type[Section], schema: Mapping[str, Any]) -> Iterator[str]:
    """The keys of one table as a table."""
    told = schema["$defs"][model.__name__]
    yield "| key | value | default | meaning |\n|---|---|---|---|\n"
    for name, field in model.model_fields.items():
        key = field.alias or name
        if field.is_required():
            default = "must be given"
        else:
            default = (
                "" if field.default in (None, "", ()) or field.default_factory else f"`{toml(field.default)}`"
            )
        yield f"| `{key}` | {_kind(told['properties'][key])} | {default} | {field.description} |\n"


def _kind(told: Mapping[str, Any]) -> str:
    """What a value must be, in words."""
    arms = [arm for arm in told.get("anyOf", [told]) if arm.get("type") != "null"]
    told = arms[0]
    if "enum" in told:
        return "one of " + ", ".join(f'`"{word}"`' for word in told["enum"])
    if told.get("type") == "array":
        items = told["items"]
        return "list of tables" if "$ref" in items else f"list of {_kind(items)}s".replace("texts", "text")
    if told.get("format") == "date":
        return "date"
    if str(told.get("pattern", "")).startswith("^(env:"):
        return "where the secret is kept"
    word = {"string": "text", "integer": "whole number", "number": "number", "boolean": "true or false"}[
        told["type"]
    ]
    low = told.get("minimum", told.get("exclusiveMinimum"))
    if low is None or "maximum" not in told:
        return word
    above = "over " if "exclusiveMinimum" in told else ""
    return f"{word}, {above}{low:,} to {told['maximum']:,}"


def _tables_in(model: type[Section]) -> Iterator[tuple[str, type[Section]]]:
    """Keys whose value is a list of tables, with the class of these."""
    for name, field in model.model_fields.items():
        for part in getattr(field.annotation, "__args__", ()):
            if isinstance(part, type) and issubclass(part, Section):
                yield field.alias or name, part
