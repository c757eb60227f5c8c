"""The secrets of identities, fetched from where the portal file says they are. In clear: never evidence."""

from dataclasses import dataclass, field

from launchready.collect.people.codes import Codes
from launchready.collect.people.failing import NotSignedIn
from launchready.errors import UsageError
from launchready.site.identities import Identity


@dataclass(frozen=True, slots=True)
class Credentials:
    """What one identity can sign in with; empty where it has none of a kind."""

    password: str = field(default="", repr=False)
    token: str = field(default="", repr=False)
    cookie: str = field(default="", repr=False)
    header: str = field(default="", repr=False)
    storage_state: str = field(default="", repr=False)
    codes: Codes | None = None

    @property
    def pasted(self) -> tuple[str, ...]:
        """Which ready-made sessions there are."""
        return tuple(each for each in ("storage_state", "cookie", "header", "token") if getattr(self, each))


class Vault:
    """Fetches secrets; keeps the codes of each identity, as each code is sent once."""

    def __init__(self) -> None:
        self._codes: dict[str, Codes] = {}

    def of(self, identity: Identity) -> Credentials:
        """The identity's secrets.

        Raises:
            NotSignedIn: one is not there, or is not what it should be.
        """

        def get(name: str) -> str:
            reference = getattr(identity, name)
            return reference.resolve().get_secret_value() if reference is not None else ""

        names = ("password", "token", "cookie", "header", "storage_state")
        try:
            secret = get("totp")
            codes = self._codes.setdefault(identity.name, Codes(secret)) if secret else None
            if codes is not None:
                codes.check()
            return Credentials(**{name: get(name) for name in names}, codes=codes)
        except UsageError as error:
            raise NotSignedIn(identity, "secret-missing", why=str(error)) from None
