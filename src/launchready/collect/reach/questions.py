"""Forms that are sent by POST and only show what was chosen in them, as a statement of some invoices. Pure; raw."""

from collections.abc import Iterator
from urllib.parse import urlencode, urlsplit

from selectolax.lexbor import LexborNode

from launchready.collect.people.forms import Form
from launchready.collect.people.pages import Page
from launchready.collect.reach.call import Call
from launchready.collect.reach.places import is_id, never
from launchready.collect.reach.writing.never import is_token, only_shows
from launchready.wire.http import Answer

_FORM = "application/x-www-form-urlencoded"
_CHOSEN = frozenset(("checkbox", "radio", "select", "hidden"))
_MOST = 4
"""Records of one party that are chosen at once."""


def questions(answer: Answer, url: str) -> tuple[Form, ...]:
    """Those of one page.

    Records are chosen in them, nothing is typed or handed in, and the words of the one button say that it is shown.
    """
    if b"<form" not in answer.body.lower():
        return ()
    page = Page(url, answer)
    forms = (form for form in page.forms if form.method)
    return tuple(
        form
        for node, form in zip(page.tree.css("form"), forms, strict=False)
        if _asks_for_records(form) and only_shows(form.action, _button(node))
    )


def _asks_for_records(form: Form) -> bool:
    urlencoded = form.method == "post" and form.declared and form.enctype != "multipart/form-data"
    return urlencoded and all(each.kind in _CHOSEN for each in form.fields) and bool(chosen(form))


def _button(form: LexborNode) -> str:
    """The words of its button; empty where there is more than one, as each may do something else."""
    buttons = form.css("button:not([type=button]):not([type=reset]),input[type=submit],input[type=image]")
    if len(buttons) != 1:
        return ""
    named = (buttons[0].attributes.get(key) or "" for key in ("value", "title", "aria-label"))
    return " ".join((buttons[0].text(deep=True, separator=" "), *named)).strip()


def chosen(form: Form) -> dict[str, tuple[str, ...]]:
    """By name of a field, the ids that may be chosen in it."""
    found: dict[str, tuple[str, ...]] = {}
    for each in form.fields:
        if each.name and not is_token(each):
            offered = [value for value, _ in each.options] or [each.value]
            ids = (*found.get(each.name, ()), *filter(is_id, offered))
            found[each.name] = tuple(dict.fromkeys(ids))
    return {name: values for name, values in found.items() if values}


def choosing(form: Form, page: str, name: str, ids: tuple[str, ...]) -> Call:
    """The form as it is sent when these are chosen in it."""
    kept = [(each.name, each.value) for each in form.fields if each.name and each.sent and each.name != name]
    pairs = [
        *kept,
        *((name, each) for each in ids[:_MOST]),
        *(form.button for _ in range(bool(form.button[0]))),
    ]
    parts = urlsplit(page)
    headers = (("content-type", _FORM), ("origin", f"{parts.scheme}://{parts.netloc}"), ("referer", page))
    return Call("POST", form.action, headers, urlencode(pairs).encode("ascii"), "form")


def swapped(mine: Form, theirs: Form, page: str) -> Iterator[tuple[str, Call, Call, Call]]:
    """One's own form with what only another party may choose in it.

    Yields:
        The name of the field; the call, the same with ids that do not exist, and the same as the form is meant.
    """
    own, others = chosen(mine), chosen(theirs)
    for name in sorted(own.keys() & others.keys()):
        foreign = tuple(each for each in others[name] if each not in own[name])
        if foreign:
            nothing = tuple(map(never, foreign))
            call, control, plain = (choosing(mine, page, name, ids) for ids in (foreign, nothing, own[name]))
            yield name, call, control, plain
