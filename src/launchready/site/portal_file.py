"""Read the portal file, and say what is wrong with it: one sentence for each fault, with its line.

A sentence holds the file and line, the section and key, what was expected, and the nearest valid name. It
never repeats a value, as the value may be a password in the wrong place.
"""

import re
import tomllib
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from launchready.errors import PortalFileError
from launchready.site.faults import tell
from launchready.site.sections import Section
from launchready.site.toml_positions import positions

LARGEST = 1_000_000
"""Bytes; a longer file is something else."""

Whole = TypeVar("Whole", bound=Section)


def read_portal_file(path: Path, whole: type[Whole], today: date) -> Whole:
    """The file as a value of the type `whole`; relative paths in it count from its folder.

    Raises:
        PortalFileError: it cannot be read or holds faults; the text has one line for each fault.
    """
    text = _text(path)
    data = _parsed(path, text)
    try:
        context = {"folder": path.absolute().parent, "today": today}
        return whole.model_validate(data, context=context, by_alias=True, by_name=False)
    except ValidationError as error:
        faults = error.errors(include_url=False)
    told = tell(faults, whole, positions(text), data)
    raise PortalFileError("\n".join(f"{path}:{line}: {sentence}" for line, sentence in told))


def _text(path: Path) -> str:
    """The file's text.

    Raises:
        PortalFileError: it is no text file that can be read.
    """
    if path.is_dir():
        inside = path / "launchready.toml"
        hint = f"did you mean {inside}?" if inside.is_file() else "`launchready init` writes a portal file"
        raise PortalFileError(f"{path} is a folder, not a portal file; {hint}")
    try:
        if path.exists() and not path.is_file():
            raise PortalFileError(f"{path} is not an ordinary file")
        with path.open("rb") as file:
            raw = file.read(LARGEST + 1)
    except FileNotFoundError:
        raise PortalFileError(f"there is no file {path}; `launchready init` writes a portal file") from None
    except OSError as error:
        raise PortalFileError(
            f"{path} cannot be read: {(error.strerror or 'no reason given').lower()}"
        ) from None
    if len(raw) > LARGEST:
        raise PortalFileError(f"{path} is larger than {LARGEST:,} bytes, so it is hardly a portal file")
    try:
        return raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise PortalFileError(
            f"{path}:{line}: this line is not UTF-8; save the file with that encoding"
        ) from None


def _parsed(path: Path, text: str) -> dict[str, Any]:
    """What the TOML text says.

    Raises:
        PortalFileError: it is not TOML.
    """
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise PortalFileError(_syntax(path, text, str(error))) from None
    except ValueError:
        raise PortalFileError(f"{path}: a number in it has too many digits") from None
    except RecursionError:
        raise PortalFileError(f"{path}: lists or tables stand too deep inside each other") from None


def _syntax(path: Path, text: str, said: str) -> str:
    """The parser's complaint with the line in front, and a hint for what happens to people most often."""
    found = re.fullmatch(
        r"(?P<what>.*) \(at (?:line (?P<line>\d+), column \d+|end of document)\)", said, re.DOTALL
    )
    line = int(found["line"]) if found and found["line"] else text.rstrip("\n").count("\n") + 1
    what = found["what"] if found else said
    if what == "Invalid value":
        what = 'there is no valid value after "="; text must stand in "quotes"'
    elif what.startswith("Cannot overwrite"):
        what = "this key is there already, further up in the same section"
    elif twice := re.match(r"Cannot (?:declare|mutate|redefine)[^(]*\((.*?),?\)", what):
        name = ".".join(part.strip(" '") for part in twice[1].split(","))
        what = f"[{name}] is there already, further up"
    elif what.startswith("Expected '=' after a key"):
        what = 'there is no "=" after the key'
    else:
        what = what[:1].lower() + what[1:]
    return f"{path}:{line}: this is not valid TOML: {what}"
