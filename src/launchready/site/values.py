"""What single values of the portal file look like: hosts, addresses of pages, networks, files.

Each validator returns the value in one normal form, or raises ValueError with the rest of a sentence that
begins with the key: "must be ...". A value is repeated in it only where it cannot hold a password.
"""

import re
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import quote, urlsplit, urlunsplit

from pydantic import AfterValidator, BeforeValidator, Field, PlainSerializer, ValidationInfo, WithJsonSchema
from yarl import URL

Network = IPv4Network | IPv6Network

_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
_UNSAFE = re.compile(r"[\s\x00-\x1f\x7f\\]")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_PATH_SAFE = "/%:@!$&'()*+,;=-._~"


def host_name(value: str) -> str:
    """A host in lower case and ASCII, or an IP address in its short form; no scheme, port, path or wildcard.

    Raises:
        ValueError: it is none of these.
    """
    for mark, without in (("://", "https:// in front"), ("@", "a user name"), ("/", "a path")):
        if mark in value:
            raise ValueError(f"must be a bare host name such as portal.example.com, without {without}")
    if "*" in value:
        raise ValueError("must name each host by itself; wildcards are not understood")
    bare = value[1:-1] if value.startswith("[") and value.endswith("]") else value
    try:
        return str(ip_address(bare))
    except ValueError:
        pass
    if re.search(r":\d*$", value):
        raise ValueError("must be a bare host name such as portal.example.com, without a port")
    name = value.lower().removesuffix(".")
    if not name.isascii():
        try:
            name = URL.build(scheme="https", host=name).raw_host or ""
        except ValueError:
            name = ""
    labels = name.split(".")
    if not all(map(_LABEL.fullmatch, labels)) or len(name) > 253 or labels[-1].isdigit():
        raise ValueError("must be a host name such as portal.example.com, or an IP address")
    return name


def same_host(value: str) -> str:
    """A host as it is compared: the normal form, or just lower case where it has none."""
    try:
        return host_name(value)
    except ValueError:
        return value.lower()


def web_url(value: str) -> str:
    """An absolute http:// or https:// address with a host, without credentials or a fragment, in normal form.

    Raises:
        ValueError: it is not; the text never repeats the address, as there may be a password in it.
    """
    if _UNSAFE.search(value):
        raise ValueError("must not contain spaces, line breaks or backslashes")
    try:
        parts = urlsplit(value)
        port = parts.port
    except ValueError:
        raise ValueError("must have a valid host and port; ports go from 1 to 65535") from None
    if parts.scheme not in ("http", "https"):
        scheme = f", not {parts.scheme}:" if parts.scheme and "://" in value else ""
        raise ValueError(f"must be a whole address that begins with https:// or http://{scheme}")
    if parts.username is not None or parts.password is not None:
        raise ValueError("must not hold a user name or password; give those as an [[identity]]")
    if not parts.hostname:
        raise ValueError("must name a host, such as https://portal.example.com")
    if "#" in value:
        raise ValueError("must not have a #fragment; a server never sees that part")
    if port == 0:
        raise ValueError("must have a port from 1 to 65535")
    host = host_name(parts.hostname)
    shown = f"[{host}]" if ":" in host else host
    standard = port in (None, 443 if parts.scheme == "https" else 80)
    netloc = shown if standard else f"{shown}:{port}"
    path = quote(parts.path or "/", safe=_PATH_SAFE)
    return urlunsplit((parts.scheme, netloc, path, quote(parts.query, safe=_PATH_SAFE + "?"), ""))


def with_scheme(value: str) -> str:
    """An address as a person types it, `portal.example.com:8443`, with https:// where there is no scheme.

    Raises:
        ValueError: it has the scheme of something else than a web address.
    """
    value = value.strip()
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]*://", value):
        return value
    scheme = _SCHEME.match(value)
    if scheme and not re.match(r"\d|$", value[scheme.end() :]):
        raise ValueError(f"must be a web address; {scheme.group()} addresses cannot be audited")
    return f"https://{value}"


def place(value: str) -> str:
    """A page of the portal: a path that begins with /, or a whole address."""
    if value.startswith("/") and not value.startswith("//") and not _UNSAFE.search(value):
        return value
    try:
        return web_url(value)
    except ValueError as error:
        raise ValueError(f"{error}, or be a path that begins with /") from None


def request_line(value: str) -> str:
    """A method and a place: `POST /api/v1/invitations`."""
    method, _, target = value.strip().partition(" ")
    if not re.fullmatch(r"[A-Z]{3,10}", method) or not target.strip():
        raise ValueError("must be a method and a place, such as POST /api/v1/invitations")
    return f"{method} {place(target.strip())}"


def network(value: Any) -> Any:
    """A range of addresses in CIDR form, or one address."""
    if not isinstance(value, str):
        return value
    try:
        return ip_network(value)
    except ValueError:
        pass
    try:
        meant = ip_network(value, strict=False)
    except ValueError:
        raise ValueError("must be an IP address or a range such as 10.0.0.0/24") from None
    raise ValueError(f"must be a range that begins where it says; did you mean {meant}?")


def nameserver(value: str) -> str:
    """`ip`, `ip:port` or `[ipv6]:port`."""
    try:
        return str(ip_address(value))
    except ValueError:
        pass
    found = re.fullmatch(r"(?:\[([^\]]+)\]|([^:]+))(?::(\d{1,5}))?", value)
    try:
        host = ip_address(found[1] or found[2]) if found else None
    except ValueError:
        host = None
    if not found or host is None:
        raise ValueError("must be the IP address of a name server, such as 192.0.2.53 or 192.0.2.53:5353")
    if not found[3]:
        return str(host)
    if not 1 <= int(found[3]) <= 65535:
        raise ValueError("must have a port from 1 to 65535")
    return f"{host}:{int(found[3])}" if host.version == 4 else f"[{host}]:{int(found[3])}"


def email_address(value: str) -> str:
    """`somebody@example.com`."""
    local, at, domain = value.rpartition("@")
    if not at or not local or re.search(r"[\s@<>,;]", local):
        raise ValueError("must be an email address such as alerts@example.com")
    try:
        return f"{local}@{host_name(domain)}"
    except ValueError:
        raise ValueError("must be an email address such as alerts@example.com") from None


def _from_folder(path: str, info: ValidationInfo) -> Path:
    """Relative paths count from the folder of the portal file."""
    folder = (info.context or {}).get("folder")
    full = Path(path).expanduser()
    return Path(folder, full) if folder else full


def existing_path(value: Any, info: ValidationInfo) -> Any:
    """A file or folder that is there."""
    if not isinstance(value, str):
        return value
    if not value or "\x00" in value:
        raise ValueError("must be the path of a file or folder")
    path = _from_folder(value, info)
    if not path.exists():
        raise ValueError("must be a path that exists; relative ones count from the folder of this file")
    return path


def file_or_address(value: Any, info: ValidationInfo) -> Any:
    """A file that is there, or a web address."""
    if isinstance(value, str) and "://" in value:
        return web_url(value)
    if not isinstance(value, str | Path):
        raise ValueError("must be the path of a file, or an address, in quotes")  # noqa: TRY004 -- pydantic listens to ValueError alone
    return existing_path(value, info)


def path_pattern(value: str, info: ValidationInfo) -> str:
    """A path that may hold * and ?, made absolute."""
    if not value or "\x00" in value:
        raise ValueError("must be the path of a file, or a pattern such as logs/*.log")
    return str(_from_folder(value, info))


def repository_url(value: str) -> str:
    """Where a git repository is cloned from; no credentials."""
    example = "https://git.example.com/team/portal.git"
    try:
        parts = urlsplit(value)
    except ValueError:
        parts = None
    if not value or not parts or _UNSAFE.search(value):
        raise ValueError(f"must be the address of a git repository, such as {example}")
    if parts.password is not None or (parts.username is not None and parts.scheme in ("http", "https")):
        raise ValueError("must not hold a user name or password; let git's credential helper sign in")
    return value


def words(value: str) -> str:
    """Text that says something."""
    if not value.strip():
        raise ValueError("must not be empty")
    return value.strip()


Words = Annotated[str, AfterValidator(words)]
HostName = Annotated[str, AfterValidator(host_name)]
_WEB_URL = r"^[Hh][Tt]{2}[Pp][Ss]?://[^/?@#\s]+([/?][^#\s]*)?$"
"""What a JSON Schema can say of `web_url`."""
WebUrl = Annotated[str, AfterValidator(web_url), WithJsonSchema({"type": "string", "pattern": _WEB_URL})]
Place = Annotated[str, AfterValidator(place)]
RequestLine = Annotated[str, AfterValidator(request_line)]
EmailAddress = Annotated[str, AfterValidator(email_address)]
Nameserver = Annotated[str, AfterValidator(nameserver)]
RepositoryUrl = Annotated[str, AfterValidator(repository_url)]
PathPattern = Annotated[str, AfterValidator(path_pattern)]
ExistingPath = Annotated[
    Path, BeforeValidator(existing_path), PlainSerializer(str), WithJsonSchema({"type": "string"})
]
FileOrAddress = Annotated[
    Path | str,
    BeforeValidator(file_or_address),
    PlainSerializer(str),
    WithJsonSchema({"type": "string"}),
]
Cidr = Annotated[Network, BeforeValidator(network), PlainSerializer(str), WithJsonSchema({"type": "string"})]
Port = Annotated[int, Field(ge=1, le=65535)]


def own_addresses(host: str) -> tuple[Network, ...]:
    """Private addresses that somebody who types this host means: localhost, or an address written out."""
    if host == "localhost":
        return (ip_network("127.0.0.1"), ip_network("::1"))
    return (ip_network(host),) if is_ip(host) and not ip_address(host).is_global else ()


def is_ip(host: str) -> bool:
    """Whether the host is an IP address."""
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
