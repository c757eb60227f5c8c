"""Records with the next number, where nobody else who is known is led to any."""

from collections.abc import Callable
from typing import Any

import pytest

from launchready.collect.reach.neighbours import beside
from launchready.evidence.access import ANONYMOUS, SOMEBODY, Access

from .conftest import NAMES, TENANTS, Looks, Portal, Reply, data, page, told

CONTRACT = "/contracts/{}"
Contract = Callable[[str, int], Reply | None]


def with_contracts(
    contract: Contract, *, ledto: tuple[str, ...] = ("nora",)
) -> tuple[Portal, list[tuple[str, int]]]:
    """A portal that leads these to the contracts 41 and 43 (and sol to 42), and all that was asked of contracts."""
    portal, asked = Portal(), list[tuple[str, int]]()

    def home(who: str, _path: str, _query: Any) -> Reply | None:
        numbers = (42, 44) if who == "sol" else (41, 43)
        links = "".join(f'<a href="/contracts/{n}">Contract {n}</a>' for n in numbers if who in ledto)
        return page(who, f"Welcome, {who}@{TENANTS[who] or 'house'}.test {links}") if who else None

    def contracts(who: str, path: str, _query: Any) -> Reply | None:
        number = int(path.rpartition("/")[2]) if path.rpartition("/")[2].isdigit() else 0
        asked.append((who, number))
        known = who and 41 <= number <= 45 and not (who == "sol" and "sol" not in ledto)
        return contract(who, number) if known else None

    portal.routes |= {"home": home, "contracts": contracts}
    return portal, asked


def client(number: int) -> str:
    """Whose contract that is, in the words of the portal."""
    return {42: NAMES["southgate"], 44: "Westmark Wines"}.get(number, NAMES["northwind"])


async def test_a_page_that_names_somebody_who_is_known(looks: Looks) -> None:
    portal, _ = with_contracts(
        lambda who, n: page(who, f"<p>{client(n)}</p><p>Storage of spinnakers, part N{n}x</p>")
    )
    found = await looks.at(portal)
    assert told(found) == {("object", CONTRACT, "sol", "nora")}
    crossing = found.crossings[0]
    assert crossing.certain
    assert crossing.owners is None
    assert "next number" in crossing.how


async def test_data_whose_field_names_somebody_else(looks: Looks) -> None:
    portal, _ = with_contracts(
        lambda _, n: data(
            {"id": n, "client": client(44 if n == 42 else n), "about": f"Delivery of ropes, lot N{n}x"}
        )
    )
    found = await looks.at(portal)
    assert told(found) == {("object", CONTRACT, SOMEBODY, "nora")}
    assert "its client names somebody else" in found.crossings[0].why


async def test_a_page_that_names_nobody_where_all_others_name_their_client_is_left_open(looks: Looks) -> None:
    portal, _ = with_contracts(
        lambda who, n: page(
            who, f"<p>{client(n) if n % 2 else 'Westmark'}</p><p>Storage of spinnakers, part N{n}x</p>"
        )
    )
    found = await looks.at(portal)
    assert told(found) == set()
    assert [(each.owner, each.asker) for each in found.unsettled] == [(SOMEBODY, "nora")]
    assert found.unsettled[0].settle_by


SOUND: dict[str, Contract] = {
    "each is refused what is not theirs": lambda who, n: (
        page(who, f"<p>{client(n)}</p><p>Storage of spinnakers, part N{n}x</p>") if n % 2 else None
    ),
    "none of them names anybody": lambda who, n: page(
        who, f"<p>Life jackets are checked in spring, part N{n}x</p>"
    ),
    "the next one is one's own": lambda who, n: page(
        who, f"<p>{client(41)}</p><p>Storage of boats, part N{n}x</p>"
    ),
    "the next one is one's own, as data": lambda _, n: data(
        {"id": n, "client": client(41), "about": f"Boats, part N{n}x"}
    ),
    "one shell for all": lambda who, _: page(
        who, f"<p>{client(41)}</p><p>This application needs scripts to be on</p>"
    ),
}


@pytest.mark.parametrize("contract", SOUND.values(), ids=SOUND)
async def test_what_is_no_crossing(looks: Looks, contract: Contract) -> None:
    found: Access = await looks.at(with_contracts(contract)[0])
    assert told(found) == set()
    assert found.unsettled == ()


async def test_two_are_asked_and_none_without_consent(looks: Looks) -> None:
    portal, asked = with_contracts(lambda who, n: page(who, f"<p>{client(n)}</p>") if n % 2 else None)
    await looks.at(portal, active=False)
    assert {n for who, n in asked if who == "nora"} <= {0, 41, 43}
    asked.clear()
    await looks.at(portal)
    assert sorted({n for who, n in asked if who == "nora"} - {41, 43}) == [40, 42]
    assert not {n for who, n in asked if who == ANONYMOUS} & {40, 42}


async def test_where_records_of_others_are_known_nothing_is_guessed(looks: Looks) -> None:
    portal, asked = with_contracts(
        lambda who, n: page(who, f"<p>{client(n)}</p>") if (n % 2 == 0) == (who == "sol") else None,
        ledto=("nora", "sol"),
    )
    await looks.at(portal)
    assert {n for _, n in asked if 0 < n < 1_000} == {41, 42, 43, 44}


@pytest.mark.parametrize(
    ("ids", "records", "expected"),
    [
        (("41",), [("41",), ("43",)], ["40", "42"]),
        (("1",), [("1",), ("2",), ("3",)], ["4"]),
        (("0009",), [("0009",)], ["0008", "0010"]),
        (("AC-2026-0017",), [("AC-2026-0018",), ("BD-2026-0016",)], ["AC-2026-0016", "AC-2026-0019"]),
        (("7", "41"), [("7", "41"), ("8", "40")], ["40", "42"]),
        (("c0ffee12",), [], []),
        (("6ba7b810-9dad-41d1-80b4-00c04fd430c8",), [], []),
        (("winter-storage",), [], []),
    ],
)
def test_the_numbers_beside(
    ids: tuple[str, ...], records: list[tuple[str, ...]], expected: list[str]
) -> None:
    assert beside(ids, records) == expected
