"""Whose records are by a field that holds a tenant's id, where every list shows everybody the same."""

from collections.abc import Iterable
from typing import Any

import pytest

from launchready.collect.reach.belonging import shown_of_others, tenants_fields
from launchready.collect.reach.call import Call
from launchready.collect.reach.reading import Reading
from launchready.collect.reach.relations import Relation
from launchready.collect.reach.templates import Templates
from launchready.collect.reach.views import Sample, View
from launchready.evidence.access import ANONYMOUS
from launchready.evidence.http import Exchange

NORTH, SOUTH = "0f8fad5b-d9cb-469f-a165-70867728950e", "7c9e6679-7425-40de-944b-e07fc1f90ae7"
ME = "https://portal.example/api/me"
LIST = "https://portal.example/api/orders"
Fields = Iterable[tuple[str, str]]


def reading(fields: Fields) -> Reading:
    answer = Exchange("GET", LIST, 200, (), 90, truncated=False, digest="~0", address="192.0.2.1")
    fields = frozenset(fields)
    return Reading(answer, "api", frozenset(value.encode() for _, value in fields), fields=fields)


def profile(name: str, tenant: str, *more: tuple[str, str]) -> Fields:
    return (("id", f"{name}-1"), ("email", f"{name}@portal.test"), ("client_id", tenant), *more)


class Asked:
    """Answers by party and address."""

    def __init__(self, answers: dict[tuple[str, str], Reading]) -> None:
        self.answers = answers

    def got(self, party: str, call: Call) -> Reading | None:
        return self.answers.get((party, call.url))


def questions(nora: Fields, sol: Fields, stranger: Fields | None = None) -> list[tuple[str, str, str]]:
    """Kind, owner and asker of what is asked about, where the two are shown these fields at one address."""
    templates, asked = Templates({}), {}
    views = {ANONYMOUS: View(ANONYMOUS)}
    for name, tenant, shown in (("nora", NORTH, nora), ("sol", SOUTH, sol)):
        views[name] = View(name, (f"{name}@portal.test",))
        for url, fields in ((ME, profile(name, tenant)), (LIST, shown)):
            call = Call("GET", url)
            asked[name, url] = reading(fields)
            views[name].take(
                Sample(name, call, templates.of(call), (), asked[name, url]), templates, offered=True
            )
    if stranger is not None:
        asked[ANONYMOUS, LIST] = reading(stranger)
    asking: Any = Asked(asked)
    found = shown_of_others(views, asking, lambda _owner, _asker: Relation.APART)
    return sorted({(each.trial.kind, each.trial.owner, each.trial.asker) for each in found})


OWN_NORTH = (("id", "7"), ("client_id", NORTH))
OWN_SOUTH = (("id", "8"), ("client_id", SOUTH))


def test_each_sees_its_own() -> None:
    assert questions(OWN_NORTH, OWN_SOUTH, ()) == []


def test_all_see_all() -> None:
    both = (*OWN_NORTH, *OWN_SOUTH)
    assert questions(both, both) == [("object", "nora", "sol"), ("object", "sol", "nora")]


def test_a_stranger_sees_what_clients_own() -> None:
    assert questions(OWN_NORTH, OWN_SOUTH, OWN_SOUTH) == [("anonymous", "sol", ANONYMOUS)]


@pytest.mark.parametrize(
    "more",
    [("plan_id", "plan-7"), ("client_name", "Northwind"), ("group_size", "4x")],
    ids=["a plan", "a name", "a measure"],
)
def test_only_ids_of_tenants_say_whose_a_record_is(more: tuple[str, str]) -> None:
    view = View("nora", ("nora@portal.test",))
    call = Call("GET", ME)
    view.take(
        Sample("nora", call, Templates({}).of(call), (), reading(profile("nora", NORTH, more))),
        Templates({}),
        offered=True,
    )
    assert tenants_fields(view) - {("group_size", "4x")} == {("client_id", NORTH)}


def test_an_answer_about_several_people_is_no_profile() -> None:
    view = View("nora", ("nora@portal.test",))
    call = Call("GET", ME)
    people = (*profile("nora", NORTH), *profile("sol", SOUTH))
    view.take(Sample("nora", call, Templates({}).of(call), (), reading(people)), Templates({}), offered=True)
    assert tenants_fields(view) == frozenset()
