"""Which domains nobody registers as their own, as `co.uk`: the Public Suffix List as it was packed; nothing is fetched."""

from functools import cache
from ipaddress import ip_address
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tldextract import TLDExtract


@cache
def is_public_suffix(domain: str) -> bool:
    """Whether browsers refuse a cookie for this whole domain (lower case, ASCII, without a dot at either end)."""
    if "." not in domain:
        return not _is_ip(domain)
    return not _is_ip(domain) and _list()(domain).suffix == domain


@cache
def registrable(host: str) -> str:
    """The domain that somebody registered, as `example.co.uk` of `portal.example.co.uk`; empty where there is none.

    Browsers take a top-level name that the list does not know for a suffix as well, so `lab.test` is one.
    """
    if "." not in host or _is_ip(host):
        return ""
    suffix = _list()(host).suffix or host.rpartition(".")[2]
    rest = host.removesuffix(suffix).rstrip(".")
    return f"{rest.rpartition('.')[2]}.{suffix}" if rest else ""


@cache
def on_private_suffix(host: str) -> bool:
    """Whether this host lives under a name that a company hands out to its customers, as `portal.pages.dev`."""
    return _list()(host).is_private


@cache
def _list() -> "TLDExtract":
    from tldextract import TLDExtract  # noqa: PLC0415 -- the list takes a tenth of a second

    return TLDExtract(suffix_list_urls=(), cache_dir=None, include_psl_private_domains=True)


def _is_ip(host: str) -> bool:
    try:
        ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True
