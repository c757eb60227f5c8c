"""Which lists are asked with what says whose they are, however the interface asks for them."""

import pytest

from launchready.collect.reach.call import Call
from launchready.collect.reach.reading import Reading
from launchready.collect.reach.templates import Templates
from launchready.collect.reach.trials import Planner
from launchready.collect.reach.variations import Variations
from launchready.collect.reach.views import Sample, View
from launchready.evidence.access import ANONYMOUS, Party
from launchready.evidence.http import Exchange

ORDERS = "https://portal.example/api/orders"
TENANTS = {"nora": "northwind-1", "sol": "southgate-2"}


@pytest.mark.parametrize("with_header", [False, True], ids=["plain", "with a header for the tenant"])
def test_lists_are_asked_with_the_tenant_of_others(*, with_header: bool) -> None:
    templates = Templates({}, headers=["x-tenant"])
    views = {ANONYMOUS: View(ANONYMOUS)}
    for name, tenant in TENANTS.items():
        call = Call("GET", ORDERS, (("X-Tenant", tenant),) if with_header else ())
        answer = Exchange("GET", ORDERS, 200, (), 90, truncated=False, digest=f"~{name}", address="192.0.2.1")
        reading = Reading(
            answer, "api", frozenset((tenant.encode(),)), fields=frozenset((("tenant", tenant),))
        )
        views[name] = View(name)
        views[name].take(Sample(name, call, templates.of(call), (), reading), templates, offered=True)
    parties = [Party(name, "client", tenant) for name, tenant in TENANTS.items()]
    trials = Variations(Planner(parties, views, templates), views, templates, {}).all()
    lists = [each for each in trials if each.sample is None and each.call.url != ORDERS]
    asked = {(each.asker, each.call.url) for each in lists}
    assert asked == {("nora", f"{ORDERS}?tenant=southgate-2"), ("sol", f"{ORDERS}?tenant=northwind-1")}
