"""Operations of documents, which leave open which record is meant, bound to a record of ours. Raw."""

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from launchready.collect.reach.call import Call
from launchready.collect.reach.places import places, put
from launchready.collect.reach.writing.acting import Acting
from launchready.collect.reach.writing.canary import KEYS, Canary, shows
from launchready.collect.reach.writing.filling import as_id
from launchready.collect.reach.writing.learning import nouns, stem
from launchready.collect.reach.writing.operations import Operation, route

_WORD = re.compile(r"[a-z]{2,8}[_-](?=.{5})")


async def bind(acting: Acting, canary: Canary, operation: Operation) -> Operation | None:
    """An operation of a document, for this record; None where it is about something else.

    What stands in the address before anything else follows must show the record to its owner: nothing is ever written
    to a record that merely has the same number.
    """
    if _names_in_query(operation, canary):
        return await _bound_in_query(acting, canary, operation)
    operation = _opened(operation, canary)
    segments = urlsplit(operation.url).path.split("/")
    open_in_path = [at for at, segment in enumerate(segments) if "{" in segment]
    if len(open_in_path) == 1:
        at = open_in_path[0]
        if stem(segments[at - 1]) not in canary.nouns:
            return None
        for value in sorted(canary.ids):
            url = urlsplit(operation.url)._replace(path="/".join([*segments[:at], value]), query="").geturl()
            if value in canary.ids_at.get(url.rpartition("/")[0], ()) or await _is_there(acting, canary, url):
                path = "/".join([*segments[:at], value, *segments[at + 1 :]])
                bound = urlsplit(operation.url)._replace(path=path).geturl()
                form = operation.form and replace(operation.form, action=bound)
                return replace(operation, url=bound, form=form, body=_body_with(operation.body, canary))
        return None
    if open_in_path or not (names := _slots_of(operation.body)):
        return None
    about = canary.nouns & (
        nouns(operation) | {stem(n.removesuffix("_id").removesuffix("Id")) for n in names}
    )
    if not about or len(names) != 1 or not canary.record:
        return None
    here = canary.ids_at.get(operation.url.partition("?")[0].rstrip("/"), set())
    return replace(operation, body=_body_with(operation.body, canary, min(here, default=None)))


def _names_in_query(operation: Operation, canary: Canary) -> bool:
    """Whether the record is named behind the question mark alone, as in DELETE /tickets?id=eq.17."""
    where = [place.where for place in places(Call(operation.method, operation.url))]
    folder = urlsplit(operation.url).path.rstrip("/").rpartition("/")[2]
    texts = any(each.shown and each.value for each in operation.fields)
    is_link = operation.source in ("link", "form")
    return where == ["query"] and not is_link and not texts and stem(folder) in canary.nouns


async def _bound_in_query(acting: Acting, canary: Canary, operation: Operation) -> Operation | None:
    (place,) = places(Call(operation.method, operation.url))
    for value in sorted(canary.ids):
        url = put(Call("GET", operation.url), place, value).url
        if await _is_there(acting, canary, url):
            return replace(operation, url=url)
    return None


async def _is_there(acting: Acting, canary: Canary, url: str) -> bool:
    """Whether its owner is shown it there; asked once."""
    if url not in canary.shown_at:
        page = await acting.look(canary.owner, url)
        canary.shown_at[url] = page is not None and page.status == 200 and shows(page, canary.mark)
        if page is not None and canary.shown_at[url]:
            canary.own.setdefault(url)
            canary.read(page)
    return canary.shown_at[url]


def _slots_of(body: Any) -> list[str]:
    if isinstance(body, dict):
        return [name for value in body.values() for name in _slots_of(value)]
    if isinstance(body, list):
        return [name for value in body for name in _slots_of(value)]
    return [body[1:-1]] if isinstance(body, str) and body[:1] == "{" and body[-1:] == "}" else []


def _opened(operation: Operation, canary: Canary) -> Operation:
    """What was seen for another record of this kind, with its id left open; not where texts of that one stand in it."""
    parts = urlsplit(operation.url)
    segments = parts.path.split("/")
    # Some ids say what they are of before the id itself: inv_8fK2.
    ids = [
        at
        for at, each in enumerate(segments)
        if at and ("{}" in route(f"https://h/{each}") or is_made_alike(each, canary.ids))
    ]
    texts = any(each.shown and each.value for each in operation.fields)
    if len(ids) != 1 or "{" in parts.path or texts or stem(segments[ids[0] - 1]) not in canary.nouns:
        return operation
    segments[ids[0]] = "{id}"
    url = parts._replace(path="/".join(segments)).geturl()
    return replace(operation, url=url, form=operation.form and replace(operation.form, action=url))


def is_made_alike(segment: str, ids: Iterable[str]) -> bool:
    """Whether it begins with the same word and a sign as one of these ids, and is as long: tck_BofvDa as tck_xPwqLm."""
    word = _WORD.match(segment)
    return word is not None and any(
        each.startswith(word[0]) and len(each) == len(segment) and each != segment for each in ids
    )


def _body_with(body: Any, canary: Canary, known: str | None = None) -> Any:
    """A body of a document with this record's id in its open slot; `known`: what the same address calls it."""
    if isinstance(body, dict):
        return {key: _body_with(value, canary, known) for key, value in body.items()}
    if isinstance(body, list):
        return [_body_with(value, canary, known) for value in body]
    if isinstance(body, str) and body[:1] == "{" and body[-1:] == "}" and " " not in body:
        own = next((canary.record[key] for key in KEYS if key in canary.record), body)
        return as_id(known) if known and isinstance(own, int) else known or own
    return body
