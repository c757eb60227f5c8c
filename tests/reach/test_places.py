"""Where ids stand in a request, what takes their place, and what templates are called."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from launchready.collect.reach.call import Call
from launchready.collect.reach.capability import is_secret
from launchready.collect.reach.places import is_id, never, places, put
from launchready.collect.reach.templates import Templates

UUID = "0f8fad5b-d9cb-469f-a165-70867728950e"


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (Call("GET", "https://h/invoices/17"), ["path"]),
        (Call("GET", f"https://h/api/v2/orders/{UUID}/lines/3"), ["path", "path"]),
        (Call("GET", "https://h/files/invoice-17.pdf"), ["path"]),
        (Call("GET", "https://h/list?client=3&page=2&limit=10"), ["query client"]),
        (Call("POST", "https://h/lookup", body=b'{"orders": [{"id": 4}, {"id": 5}]}'), ["json orders.id"] * 2),
        (Call("POST", "https://h/lookup", body=b"ticket=7&text=hello"), ["form ticket"]),
        (Call("GET", "https://h/list", (("X-Tenant", "north"), ("Accept", "text/html"))), ["header x-tenant"]),
        (
            Call("POST", "https://h/graphql", body=b'{"query": "query($id: ID!) {order(id: $id) {id}}", "variables": {"id": "17"}}'),
            ["variable variables.id"],
        ),
        (Call("GET", "https://h/about/us"), []),
        (Call("GET", "https://h/invoices/17?_rsc=1a0eb", (("RSC", "1"), ("Next-Router-State-Tree", "%5B17%5D"))), ["path"]),
        (Call("GET", "https://h/list?_=1731000000000&_dc=17&_id=17"), ["query _id"]),
    ],
)  # fmt: skip
def test_places(call: Call, words: list[str]) -> None:
    assert [place.words.lower() for place in places(call)] == words


@given(st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,40}", fullmatch=True))
def test_what_never_was_looks_like_it_and_is_another(value: str) -> None:
    other = never(value)
    assert other != value
    assert never(value) == other
    if value.isdigit():
        assert int(other) > 1_000_000_000
    elif other != value + "zz":
        assert [
            re.sub(r"[a-z]", "a", re.sub(r"[A-Z]", "A", re.sub(r"\d", "0", each))) for each in (other,)
        ] == [re.sub(r"[a-z]", "a", re.sub(r"[A-Z]", "A", re.sub(r"\d", "0", value)))]


def test_an_id_stays_one_behind_the_operator_that_compares_it() -> None:
    call = Call("GET", f"https://h/orders?id=eq.{UUID}&select=name")
    (place,) = places(call)
    assert (place.words, place.value) == ("query id", UUID)
    assert put(call, place, "17").url == "https://h/orders?id=eq.17&select=name"
    assert put(put(call, place, "17"), place, UUID).url == call.url
    assert [each.value for each in places(Call("GET", "https://h/orders?ref=qq.17"))] == ["qq.17"]


def test_only_headers_that_say_whose_records_are_asked_for_are_slots() -> None:
    call = Call("GET", "https://h/list?id=4", (("X-Tenant", "north-1"), ("X-Client-Info", "web/2.1")))
    assert Templates({}).of(call).slots == ("query id",)
    assert Templates({}, headers=["x-tenant"]).of(call).slots == ("header X-Tenant", "query id")


def test_a_uuid_is_no_secret_whatever_stands_before_it() -> None:
    assert not is_secret(f"eq.{UUID}")
    assert is_secret(f"{UUID}-Zk3vQ9x7Lm2Ta8Wb5Rd1")


def test_a_uuid_stays_one() -> None:
    assert re.fullmatch(r"[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}", never(UUID))


@given(
    st.lists(st.from_regex(r"[a-z]{1,8}|[0-9]{1,9}", fullmatch=True), min_size=1, max_size=5),
    st.from_regex(r"[A-Za-z0-9-]{1,20}", fullmatch=True),
)
def test_what_is_put_in_a_path_stands_there(segments: list[str], value: str) -> None:
    call = Call("GET", "https://h/" + "/".join(segments))
    for place in places(call):
        changed = put(call, place, value)
        assert changed.url.split("/")[3 + int(place.key)] == value
        assert put(changed, place, place.value) == call


@given(
    st.dictionaries(
        st.from_regex(r"[a-z_]{1,8}", fullmatch=True), st.integers(0, 10**9), min_size=1, max_size=4
    )
)
def test_what_is_put_in_json_keeps_its_type(fields: dict[str, int]) -> None:
    import json

    call = Call("POST", "https://h/lookup", body=json.dumps(fields).encode())
    for place in places(call):
        assert json.loads(put(call, place, "12345").body)[place.key] == 12345


def test_templates_have_no_id_in_their_name() -> None:
    known = {
        "nora": ["https://h/projects", "https://h/projects/harbour-wall", "https://h/projects/new-crane"],
        "sol": [
            "https://h/projects",
            "https://h/projects/old-mill",
            "https://h/audit-log",
            "https://h/about",
        ],
    }
    templates = Templates(known, ["https://h/receipts/jghex"])
    name = lambda url: templates.of(Call("GET", url)).name  # noqa: E731
    assert name("https://h/projects/old-mill") == "GET https://h/projects/{}"
    assert name("https://h/audit-log") == "GET https://h/audit-log"
    assert (
        name("https://h/invoices/17.json?client=3&page=2") == "GET https://h/invoices/{}.json?client={}&page"
    )
    assert name("https://h/receipts/jghex") == "GET https://h/receipts/{}"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("Zk3dQ9xLw02mTb7RfVhYpA", True),
        ("3f9c1e7ab2d84f6091c7e5d2a4b6f8013f9c1e7a", True),
        (UUID, False),
        ("roof-repair-2024-harbour", False),
        ("17", False),
        ("c4ca4238a0b923820dcc509a6f75849b", False),  # the hash of 1
    ],
)
def test_secrets_in_addresses(value: str, *, expected: bool) -> None:
    assert is_secret(value) is expected


def test_words_are_no_ids() -> None:
    assert not is_id("invoices")
    assert is_id("INV-2026-17")


def test_sections_with_two_words_are_no_titles_and_records_with_the_same_below_them_are() -> None:
    known = {
        "ann": [
            *(f"https://h/site-desk/{each}.php" for each in ("users", "edit", "tools")),
            *(f"https://h/site-files/{each}" for each in ("themes/x.png", "plugins/y.js")),
            *(f"https://h/site-api/{each}" for each in ("wiki/pages", "embed")),
            *(
                f"https://h/projects/{each}"
                for each in ("old-mill/tasks", "old-mill/files", "red-barn/tasks")
            ),
        ],
        "ben": ["https://h/projects/blue-gate", "https://h/site-desk/edit.php"],
    }
    templates = Templates(known)
    name = lambda url: templates.of(Call("GET", url)).name  # noqa: E731
    assert name("https://h/site-desk/users.php") == "GET https://h/site-desk/users.php"
    assert name("https://h/site-api/embed") == "GET https://h/site-api/embed"
    assert name("https://h/projects/red-barn/tasks") == "GET https://h/projects/{}/tasks"
    assert name("https://h/projects/blue-gate") == "GET https://h/projects/{}"


def test_words_that_stand_for_tenants_are_ids_all_the_way_down() -> None:
    known = {
        "ann": [
            "https://h/o/ardent/spring/orders/7",
            "https://h/o/ardent/spring/quotas",
            "https://h/o/all/list",
        ],
        "ben": [
            "https://h/o/birch/autumn/orders/9",
            "https://h/o/birch/autumn/quotas",
            "https://h/o/all/list",
        ],
        "sam": [
            "https://h/o/ardent/spring/orders",
            "https://h/o/birch/autumn/orders",
            "https://h/o/house/list",
        ],
    }
    templates = Templates(known, tenants={"ann": "Ardent", "ben": "Birch", "sam": ""})
    call = Call("GET", "https://h/o/ardent/spring/orders/7")
    assert templates.of(call).name == "GET https://h/o/{}/{}/orders/{}"
    assert [place.value for place in templates.slots(call)] == ["ardent", "spring", "7"]
    assert templates.of(Call("GET", "https://h/o/all/list")).name == "GET https://h/o/all/list"
    assert Templates(known).of(call).name == "GET https://h/o/ardent/spring/orders/{}"


def test_sections_of_one_tenant_are_no_ids() -> None:
    known = {"ann": ["https://h/fleet/list", "https://h/fleet/map"], "ben": ["https://h/berths/plan"]}
    templates = Templates(known, tenants={"ann": "Ardent", "ben": "Birch"})
    assert templates.of(Call("GET", "https://h/fleet/list")).name == "GET https://h/fleet/list"
