"""Where a secret is kept: `env:NAME`, `file:PATH` or `keyring:SERVICE/USER`; never the secret itself.

The portal file is meant to be committed and shared. So a password, token or cookie in it is refused, without
being repeated in the refusal; a reference says where the secret is, and it is fetched only when it is needed.
"""

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler, SecretStr, ValidationInfo
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from launchready.errors import UsageError

HOW = 'write where it is kept: "env:NAME", "file:PATH" or "keyring:SERVICE/USER"'

_FORM = re.compile(
    r"(env):([A-Za-z_][A-Za-z0-9_]*)|(file):([^\x00\r\n]+)|(keyring):([^\x00\r\n]+/[^\x00\r\n/]+)"
)


@dataclass(frozen=True, slots=True)
class SecretReference:
    """Where one secret is kept.

    Attributes:
        kind: env, file or keyring.
        where: the variable's name, the absolute path, or SERVICE/USER.
    """

    kind: str
    where: str

    def __str__(self) -> str:
        return f"{self.kind}:{self.where}"

    @classmethod
    def parse(cls, text: str, folder: Path | None = None) -> "SecretReference":
        """Read a reference; a relative path counts from `folder`.

        Raises:
            ValueError: it is no reference; the text is not repeated, as it may be the secret.
        """
        found = _FORM.fullmatch(text)
        if not found:
            raise ValueError(f"must not be the secret itself; {HOW} (what stands there now is not shown)")
        kind, where = (group for group in found.groups() if group)
        if kind == "file":
            path = Path(where).expanduser()
            where = str(folder / path if folder else path)
        return cls(kind, where)

    def resolve(self) -> SecretStr:
        """Fetch the secret; the value never shows in a repr, a log or a traceback's message.

        Raises:
            UsageError: it is not there.
        """
        value = {"env": _from_environment, "file": _from_file, "keyring": _from_keyring}[self.kind](
            self.where
        )
        if not value:
            raise UsageError(f"the secret at {self} is empty; put the value there and try again")
        return SecretStr(value)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        def read(value: Any, info: ValidationInfo) -> "SecretReference":
            if isinstance(value, SecretReference):
                return value
            if not isinstance(value, str):
                raise ValueError(f"must be text in quotes that says where the secret is kept; {HOW}")  # noqa: TRY004 -- pydantic collects ValueErrors only
            return cls.parse(value, (info.context or {}).get("folder"))

        return core_schema.with_info_plain_validator_function(
            read, serialization=core_schema.to_string_ser_schema()
        )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {"type": "string", "pattern": "^(env:[A-Za-z_][A-Za-z0-9_]*|file:.+|keyring:.+/[^/]+)$"}


def _from_environment(name: str) -> str:
    if name not in os.environ:
        raise UsageError(f"the environment variable {name} is not set; set it, then run this again")
    return os.environ[name]


def _from_file(path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8").rstrip("\r\n")
    except FileNotFoundError:
        raise UsageError(f"the file {path} that should hold a secret is not there") from None
    except UnicodeDecodeError:
        raise UsageError(f"the file {path} that should hold a secret is not text in UTF-8") from None
    except OSError as error:
        reason = (error.strerror or "no reason given").lower()
        raise UsageError(f"the file {path} that should hold a secret cannot be read: {reason}") from None


def _from_keyring(where: str) -> str:
    try:
        import keyring  # noqa: PLC0415 -- an optional package, and slow to import
        from keyring.errors import KeyringError  # noqa: PLC0415
    except ImportError:
        raise UsageError(
            f"keyring:{where} needs the package keyring; install it with: pip install 'launchready[keyring]'"
        ) from None
    service, _, user = where.rpartition("/")
    try:
        value = keyring.get_password(service, user)
    except KeyringError as error:
        reason = str(error).partition("\n")[0] or type(error).__name__
        raise UsageError(f"the keyring of this machine could not be asked for {where}: {reason}") from None
    if value is None:
        raise UsageError(f"the keyring has no entry {where}; add it with: keyring set {service} {user}")
    return value
