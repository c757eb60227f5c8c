"""Addresses of test tenants themselves, below which something may be made. Raw."""

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

from launchready.collect.people.pages import Page
from launchready.collect.reach.writing.acting import Acting
from launchready.collect.reach.writing.learning import Learned, stem
from launchready.collect.reach.writing.ranks import Ranks

_MOST_OTHERS = 2
"""Further addresses of one folder that are looked at."""


async def own_scope(
    acting: Acting, learned: Learned, ranks: Ranks, keys: Mapping[str, Mapping[str, Any]]
) -> dict[str, frozenset[str]]:
    """By party, addresses that are those of a test tenant, as /clients/7/ is.

    That a ticket has a tenant's number makes it none of the tenant's addresses: in a folder of tenants each number of
    one that is known names that tenant and no other one, and nothing else there names the same.

    Args:
        acting: looks.
        learned: what is offered, and where.
        ranks: of the parties.
        keys: by party, the fields that say whose a record is, with its own value.
    """
    tests = {each.tenant.casefold() for each in ranks.parties if each.test and each.tenant}
    every = {each.tenant.casefold() for each in ranks.parties if each.tenant}
    whose: dict[str, set[str]] = {}
    for name, fields in keys.items():
        for value in fields.values():
            whose.setdefault(str(value), set()).add(ranks.party(name).tenant.casefold())
    tenant_of = {value: next(iter(names)) for value, names in whose.items() if len(names) == 1}
    nouns = {stem(key.removesuffix("_id").removesuffix("Id")) for fields in keys.values() for key in fields}
    found: dict[str, frozenset[str]] = {}
    for party, folder in _folders(learned, tenant_of):
        named = {
            value: await _named_at(acting, party, f"{folder}/{value}", every) for value in sorted(tenant_of)
        }
        told = {value: names for value, names in named.items() if names is not None}
        own = [value for value, names in told.items() if names == {tenant_of[value]}]
        enough = len(own) > 1 or (own and stem(folder.rpartition("/")[2]) in nouns)
        if not enough or len(own) < len(told):
            continue
        others = [
            await _named_at(acting, party, url, every) for url in _others(learned, party, folder, tenant_of)
        ]
        if not any(names and names & {tenant_of[value] for value in own} for names in others):
            mine = {f"{folder}/{value}/" for value in own if tenant_of[value] in tests}
            found[party] = found.get(party, frozenset()) | mine
    return found


def _folders(learned: Learned, values: Iterable[str]) -> list[tuple[str, str]]:
    """(party, address of a folder) of operations below something that has one of these for a name."""
    found: dict[tuple[str, str], None] = {}
    for each in learned.operations:
        parts = urlsplit(each.url)
        path = parts.path.split("/")
        at = next((at for at, segment in enumerate(path[:-1]) if segment in values), 0)
        if at > 1 and each.party:
            found.setdefault((each.party, parts._replace(path="/".join(path[:at]), query="").geturl()))
    return list(found)


def _others(learned: Learned, party: str, folder: str, values: Iterable[str]) -> list[str]:
    """Further addresses in this folder that the party was shown."""
    known = (url for url in learned.views.get(party, ()) if url.rpartition("/")[0] == folder)
    return [url for url in known if urlsplit(url).path.rpartition("/")[2] not in values][:_MOST_OTHERS]


async def _named_at(acting: Acting, party: str, url: str, tenants: Iterable[str]) -> set[str] | None:
    """Which tenants a page names; None where it shows nothing."""
    page = await acting.look(party, url)
    if page is None or page.status != 200:
        return None
    said = _said(page).casefold()
    return {name for name in tenants if name in said}


def _said(page: Page) -> str:
    return page.text if page.is_html else page.answer.body.decode("utf-8", "replace")
