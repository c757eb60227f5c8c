"""Who reaches what on a small portal: what is found, what is let be, and what it costs."""

import random

import pytest

from launchready.evidence.access import ANONYMOUS

from .conftest import NAMES, TENANTS, Looks, Portal, Reply, data, page, told

INVOICE = "/invoices/{}"


async def test_a_sound_portal_has_no_crossing(looks: Looks) -> None:
    found = await looks.at(Portal())
    assert told(found) == set()
    assert found.refused is None
    assert found.unlooked == ()
    outcomes = {(c.route.split("/", 3)[-1], c.party): c.outcome for c in found.reached}
    assert outcomes["invoices/{}", "nora"] == "own"
    assert outcomes["invoices/{}", ANONYMOUS] == "refused"
    assert outcomes["clients", "nora"] == "refused"
    assert outcomes["help", "sol"] == "shared"


async def test_another_clients_record(looks: Looks) -> None:
    portal = Portal()
    portal.routes["invoices"] = lambda who, path, _: (
        portal.invoice(who, int(path.rsplit("/", 1)[1]))
        if who and path[10:].isdigit() and portal.owner(int(path[10:]))
        else None
    )
    found = await looks.at(portal)
    assert told(found) == {("object", INVOICE, "nora", "sol"), ("object", INVOICE, "sol", "nora")}
    crossing = found.crossings[0]
    assert crossing.certain
    assert "$TOKEN_SOL" in crossing.curl
    assert "$ID" in crossing.curl
    assert portal.tokens["sol"] not in repr(found)


async def test_without_consent_nothing_is_tried_on_others(looks: Looks) -> None:
    portal = Portal()
    asked: list[tuple[str, str]] = []
    portal.routes["invoices"] = lambda who, path, _: asked.append((who, path)) or None  # type: ignore[func-returns-value]
    found = await looks.at(portal, active=False)
    assert found.refused is not None
    assert not [path for who, path in asked if who == "sol" and path[10:].isdigit() and int(path[10:]) % 2]


async def test_what_staff_is_offered(looks: Looks) -> None:
    portal = Portal()
    portal.routes["clients"] = lambda who, path, query: Portal().answer("sam", path, query) if who else None
    found = await looks.at(portal)
    assert told(found) == {("function", "/clients", "sam", "nora"), ("function", "/clients", "sam", "sol")}


async def test_a_list_of_staff_that_is_cut_to_the_caller(looks: Looks) -> None:
    def clients(who: str, _path: str, _query: dict[str, list[str]]) -> Reply | None:
        shown = [name for tenant, name in NAMES.items() if who and TENANTS[who] in ("", tenant)]
        return (
            page(who, "<p>All clients</p>" + "".join(f"<p>{name} owes</p>" for name in shown))
            if who
            else None
        )

    portal = Portal()
    portal.routes["clients"] = clients
    assert told(await looks.at(portal)) == set()


async def test_a_page_that_asks_whether_one_means_it_is_no_page_for_staff(looks: Looks) -> None:
    assert told(await looks.at(Portal(wants_referer=True))) == set()


async def test_a_list_cut_to_the_only_client_there_is(looks: Looks) -> None:
    def clients(who: str, _path: str, _query: dict[str, list[str]]) -> Reply | None:
        shown = [name for tenant, name in NAMES.items() if who and TENANTS[who] in ("", tenant)]
        rows = "".join(f"<p>{name} owes</p><p>Margin of {name}: 31</p>" for name in shown)
        return page(who, f"<p>All clients, 2026</p>{rows}") if who else None

    portal = Portal()
    portal.routes["clients"] = clients
    assert told(await looks.at(portal, names=("nora", "sam"))) == set()


async def test_strangers_open_a_record(looks: Looks) -> None:
    portal = Portal()
    portal.routes["invoices"] = lambda who, path, _: (
        portal.invoice("", int(path[10:]))
        if not who and path[10:].isdigit() and portal.owner(int(path[10:]))
        else None
    )
    found = await looks.at(portal)
    assert {(kind, asker) for kind, _, _, asker in told(found)} == {("anonymous", ANONYMOUS)}


@pytest.mark.parametrize("status", [200, 403])
async def test_an_error_that_repeats_the_number_is_no_record(looks: Looks, status: int) -> None:
    def invoices(who: str, path: str, _query: dict[str, list[str]]) -> Reply | None:
        number = path[10:]
        if not who or not number.isdigit() or portal.may_see(who, int(number)):
            return None
        return page(who, f"<h1>Invoice {number}</h1><p>Sorry, invoice {number} is not here</p>", status)

    portal = Portal()
    portal.routes["invoices"] = invoices
    assert told(await looks.at(portal)) == set()


async def test_shared_articles_in_random_order_are_nobodys(looks: Looks) -> None:
    def articles(who: str, path: str, _query: dict[str, list[str]]) -> Reply | None:
        if not who:
            return None
        number = path.removeprefix("/help").strip("/")
        if number.isdigit():
            return page(who, f"<h1>Article {number}</h1><p>How to mend sail number {number}q in the wind</p>")
        some = random.sample(range(1, 60), 4)
        return page(who, "".join(f'<a href="/help/{n}">Article {n}</a>' for n in some))

    portal = Portal()
    portal.routes["help"] = articles
    assert told(await looks.at(portal)) == set()


async def test_a_list_hands_on_what_the_address_refuses(looks: Looks) -> None:
    def everything(who: str, path: str, _query: dict[str, list[str]]) -> Reply | None:
        if not who or path != "/help":
            return None
        return data(
            [{"id": n, "text": f"Repair of hull number H{n}x", "page": f"/invoices/{n}"} for n in range(1, 7)]
        )

    portal = Portal()
    portal.routes["help"] = everything
    found = told(await looks.at(portal))
    assert {kind for kind, *_ in found} == {"object"}
    assert {path for _, path, *_ in found} == {"/help"}


async def test_order_of_identities_and_repeats_change_nothing(looks: Looks) -> None:
    portal = Portal()
    portal.routes["invoices"] = lambda who, path, _: (
        portal.invoice(who, int(path[10:]))
        if who and path[10:].isdigit() and portal.owner(int(path[10:]))
        else None
    )
    runs = [await looks.at(portal, names=names) for names in (("nora", "sol", "sam"), ("sam", "sol", "nora"))]
    assert told(runs[0]) == told(runs[1])
    assert [(c.why, c.seen, c.certain) for c in runs[0].crossings] == [
        (c.why, c.seen, c.certain) for c in runs[1].crossings
    ]


async def test_what_is_put_off_once_is_asked_again(looks: Looks) -> None:
    portal, put_off = Portal(), set[tuple[str, str]]()

    def invoices(who: str, path: str, _query: dict[str, list[str]]) -> Reply | None:
        if not who or not path[10:].isdigit() or not portal.owner(int(path[10:])):
            return None
        if not portal.may_see(who, int(path[10:])) and (who, path) not in put_off:
            put_off.add((who, path))
            return page(who, "Too busy", 503)
        return portal.invoice(who, int(path[10:]))

    portal.routes["invoices"] = invoices
    found = await looks.at(portal)
    assert put_off
    assert told(found) == {("object", INVOICE, "nora", "sol"), ("object", INVOICE, "sol", "nora")}
    assert not any(each.unanswered for each in found.tried)


async def test_what_is_always_put_off_is_not_known(looks: Looks) -> None:
    portal = Portal()

    def invoices(who: str, path: str, _query: dict[str, list[str]]) -> Reply | None:
        others = who and path[10:].isdigit() and not portal.may_see(who, int(path[10:]))
        return page(who, "Too busy", 503) if others else None

    portal.routes["invoices"] = invoices
    found = await looks.at(portal)
    assert told(found) == set()
    assert any(each.unanswered for each in found.tried if each.kind == "object")


async def test_the_number_of_records_costs_nothing(looks: Looks) -> None:
    few, many = await looks.at(Portal(invoices=10)), await looks.at(Portal(invoices=5_000))
    assert abs(few.requests - many.requests) <= few.requests / 10
    pairs = len(few.routes) * 4 * 3
    assert few.requests <= 15 * pairs
