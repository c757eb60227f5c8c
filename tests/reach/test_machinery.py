"""What belongs to a framework in a request, and is no part of what is asked for."""

import pytest

from launchready.collect.reach import machinery
from launchready.collect.reach.call import Call
from launchready.collect.reach.sources.walking import key_of
from launchready.collect.reach.templates import Templates


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://h/a?_rsc=1x2", "https://h/a"),
        ("https://h/a?_=17&status=open", "https://h/a?status=open"),
        ("https://h/a?_data=routes%2Fa", "https://h/a"),
        ("https://h/a?_id=17", "https://h/a?_id=17"),
        ("https://h/a?client_id=17&b=%20", "https://h/a?client_id=17&b=%20"),
    ],
)
def test_an_address_without_it(url: str, kept: str) -> None:
    assert machinery.without(url) == kept


def test_the_same_page_asked_for_by_a_router_is_the_same_request() -> None:
    one, other = (key_of("GET", f"https://h/invoices/17?_rsc={each}", b"") for each in ("a1", "b2"))
    assert one == other
    assert one != key_of("GET", "https://h/invoices/18?_rsc=a1", b"")


def test_its_values_name_no_record() -> None:
    call = Call("GET", "https://h/invoices/17?_rsc=6ae72", (("next-url", "/invoices/17"), ("rsc", "1")))
    template = Templates({}).of(call)
    assert template.name == "GET https://h/invoices/{}?_rsc"
    assert template.slots == ("path",)


def test_a_page_that_a_framework_draws_is_the_page_again() -> None:
    assert machinery.draws_page("GET", "text/x-component; charset=utf-8")
    assert not machinery.draws_page("POST", "text/x-component")  # what a server action answers
    assert not machinery.draws_page("GET", "application/json")
