"""Operations of an OpenAPI document as calls. Pure."""

import json
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import quote, urlencode, urljoin

from launchready.collect.people.forms import Form, encode
from launchready.collect.people.openapi import Operation, Parameter
from launchready.collect.people.slots import slot
from launchready.collect.reach.call import Call, Offered
from launchready.collect.reach.sources.keeping import SECRET, may_be_read, signs_somebody

_PARTS = "multipart/form-data"


def offered(operations: Iterable[Operation], portal: str) -> Iterator[Offered]:
    """Each operation as a call with the document's examples; what signs somebody in or out is left out."""
    for each in operations:
        call = _call(each, portal)
        outside = sorted(
            (p for p in each.parameters if not SECRET.search(p.name)),
            key=lambda parameter: not parameter.required,
        )
        names = tuple(dict.fromkeys((*each.fields, *(parameter.name for parameter in outside))))
        if not signs_somebody(call.method, call.url, names):
            yield Offered(call, "", names, label=f"{each.says} {each.about}".strip())


def _call(operation: Operation, portal: str) -> Call:
    method = operation.method.upper()
    url = urljoin(portal, operation.path)
    for each in operation.parameters:
        if each.place == "path" and each.value == slot(each.name):
            url = url.replace("{" + each.name + "}", each.value)
    wanted = [each for each in operation.parameters if each.required and not SECRET.search(each.name)]
    if query := _query(each for each in wanted if each.place == "query"):
        url += f"?{query}"
    headers = [(each.name.lower(), _text(each.value)) for each in wanted if each.place == "header"]
    media, body = _body(operation)
    if media:
        headers.append(("content-type", media))
    headers.append(("accept", "application/json"))
    reads = may_be_read(method, url, operation.says)
    return Call(method, url, tuple(sorted(dict(headers).items())), body, "openapi", reads)


def _query(parameters: Iterable[Parameter]) -> str:
    return "&".join(f"{quote(each.name)}={quote(_text(each.value), safe='{}')}" for each in parameters)


def _body(operation: Operation) -> tuple[str, bytes]:
    if not operation.media:
        return "", b""
    if not operation.is_form:
        return operation.media, json.dumps(operation.body, default=str).encode()
    values = operation.body if isinstance(operation.body, dict) else {}
    pairs = [(str(name), _text(value)) for name, value in values.items()]
    if operation.media != _PARTS:
        return operation.media, urlencode(pairs).encode()
    return encode(Form("", declared=True, method="post", enctype=_PARTS, fields=()), pairs)


def _text(value: Any) -> str:
    if isinstance(value, list):
        return ",".join(map(_text, value))
    if isinstance(value, bool | dict):
        return json.dumps(value, default=str)
    return "" if value is None else str(value)
