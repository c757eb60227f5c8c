"""Which forms only a script sends."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from launchready.collect.reach.sources.script_forms import has_script_form

TWO = "<input name=subject><input name=when type=date>"


@pytest.mark.parametrize(
    ("form", "found"),
    [
        (f"<form>{TWO}<button>Create</button></form>", True),
        ("<form novalidate><textarea name=text></textarea></form>", True),
        ("<form class=upload><input type=file name=file></form>", True),
        (f'<form method="post">{TWO}</form>', False),  # known: to the page itself
        (f'<form action="/tickets">{TWO}</form>', False),
        (f'<form method="get">{TWO}</form>', False),  # a filter
        ("<form><input name=email><input type=password name=word></form>", False),
        ("<form><input type=search name=q><select name=in></select></form>", False),
        ("<form><input name=q placeholder=Search><button>Go</button></form>", False),
        (f"<div>{TWO}</div>", False),
    ],
)
def test_a_form_without_anything_that_says_where_it_goes(form: str, *, found: bool) -> None:
    assert has_script_form(LexborHTMLParser(form)) is found
