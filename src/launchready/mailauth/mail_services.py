"""Services that send mail for others, and what shows that one does: `data/mail_services.toml`."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import msgspec


@dataclass(frozen=True, slots=True)
class Service:
    """One service; `data/mail_services.toml` says what each field means."""

    name: str
    says: str
    also: tuple[str, ...] = ()
    spf: tuple[str, ...] = ()
    selectors: tuple[str, ...] = ()
    fixed: bool = False
    pattern: str = ""
    keys: tuple[str, ...] = ()
    own_envelope: bool = False
    bounces: tuple[str, ...] = ()
    returns: tuple[str, ...] = ()
    env: tuple[str, ...] = ()
    packages: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    mailbox_host: bool = False

    def makes(self, selector: str) -> bool:
        """Whether it hands out this selector."""
        if selector in self.selectors:
            return True
        return bool(self.pattern) and re.fullmatch(self.pattern, selector) is not None

    def keeps(self, host: str) -> bool:
        """Whether keys of its customers stand at this name."""
        return _ends(host, self.keys)

    def takes_bounces(self, host: str) -> bool:
        """Whether it takes back there what could not be delivered."""
        return _ends(host, self.returns)

    def is_included(self, name: str) -> bool:
        """Whether an SPF record that includes this name allows its servers."""
        return any(name == each or name.endswith("." + each) for each in self.spf)

    def is_own(self, domain: str) -> bool:
        """Whether a signature or an envelope sender of this domain is the service's own."""
        own = (*self.keys, *self.returns, *self.spf)
        return any(domain == each.strip(".") or domain.endswith("." + each.strip(".")) for each in own)


@cache
def mail_services() -> tuple[Service, ...]:
    """All of them."""
    raw = files("launchready").joinpath("data", "mail_services.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(raw)["service"], tuple[Service, ...])


@cache
def service_called(name: str) -> Service | None:
    """The service that a person means by this name; None where we know none."""
    plain = re.sub(r"[^a-z0-9]", "", name.lower())
    for service in mail_services():
        if plain in {
            re.sub(r"[^a-z0-9]", "", each.lower()) for each in (service.name, service.says, *service.also)
        }:
            return service
    return None


@cache
def usual_selectors() -> tuple[str, ...]:
    """Selectors that services hand out to everybody, and a few that people choose, sorted."""
    chosen = {"default", "dkim", "mail", "selector", "key1"}
    return tuple(sorted(chosen.union(*(service.selectors for service in mail_services()))))


def _ends(host: str, ends: tuple[str, ...]) -> bool:
    return any(host == each.lstrip(".") or host.endswith("." + each.lstrip(".")) for each in ends)
