"""What an OpenAPI document (2.0, 3.0, 3.1) says can be done, with examples of what is sent. Pure."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any
from urllib.parse import urljoin, urlsplit

from launchready.collect.people.schemas import example, properties, resolved
from launchready.collect.people.slots import names_a_record, slot

MOST_OPERATIONS = 2_000
_METHODS = frozenset("get put post delete options head patch trace".split())
_VARIABLE = re.compile(r"\{([^{}/]+)\}")
_MADE_UP = re.compile(
    r"localhost|127\.|10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|0\.0\.0\.0|(?:.*\.)?example(?:\.\w+)?"
)
"""Hosts that stand in a document for whatever host serves it."""
_FORM, _PARTS = "application/x-www-form-urlencoded", "multipart/form-data"


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter outside the body.

    Attributes:
        name: as it is sent.
        place: path, query or header.
        required: whether it must be sent.
        value: an example, as JSON has it; `{name}` where it names a record and the document has no example.
    """

    name: str
    place: str
    required: bool
    value: Any


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation of an OpenAPI document.

    Attributes:
        method: in lower case.
        path: from the root of its host, with {parameters}; or a whole address where its server is named.
        fields: property names of the body it takes, required ones first.
        is_form: whether the body is a form and not JSON.
        says: its id, summary and tags.
        parameters: outside the body; those of the path are all required.
        media: content type of the body; empty without one.
        body: an example of it, as JSON has it, with `{name}` for what names a record; None without one.
        about: its tags, and the roles or scopes that it is for.
    """

    method: str
    path: str
    fields: tuple[str, ...] = ()
    is_form: bool = False
    says: str = ""
    parameters: tuple[Parameter, ...] = ()
    media: str = ""
    body: Any = None
    about: str = ""


def document(body: bytes) -> dict[str, Any] | str:
    """An OpenAPI document, JSON or YAML; or why it is none, as the end of a sentence."""
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError:
        return "it is not UTF-8"
    try:
        found = json.loads(text) if text.lstrip()[:1] == "{" else _yaml(text)
    except ValueError:
        return "it is neither JSON nor YAML"
    except RecursionError:
        return "its values stand too deep inside each other"
    if not isinstance(found, dict) or not isinstance(found.get("paths"), dict):
        return "it is not an OpenAPI document, as it has no `paths`"
    return found


def _yaml(text: str) -> Any:
    """What YAML says, as plain values.

    Raises:
        ValueError: it is none.
    """
    if "paths" not in text or not ("openapi" in text or "swagger" in text):
        return None  # reading any long text as YAML would take long
    import yaml  # noqa: PLC0415 -- few portals need it

    try:
        return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 -- both make plain values alone
    except yaml.YAMLError as error:
        raise ValueError(str(error)) from None


def operations(
    document: Mapping[str, Any], url: str, hosts: Iterable[str], portal: str
) -> tuple[Operation, ...]:
    """The operations of a document whose server is one of these hosts, in its order.

    Args:
        document: as `document` gives it.
        url: where it was found, raw.
        hosts: those in scope.
        portal: address of the portal, from which paths count.
    """
    return tuple(islice(_operations(document, url, frozenset(hosts), portal), MOST_OPERATIONS))


def _operations(
    document: Mapping[str, Any], url: str, hosts: frozenset[str], portal: str
) -> Iterator[Operation]:
    everywhere = _base(document, url, hosts, portal)
    for path, written in document["paths"].items():
        item = resolved(written, document)
        if not isinstance(item, dict):
            continue
        for method, operation in item.items():
            if str(method).lower() not in _METHODS or not isinstance(operation, dict):
                continue
            own = next((each for each in (operation, item) if each.get("servers")), None)
            base = everywhere if own is None else _base({"servers": own["servers"]}, url, hosts, portal)
            if base is None:
                continue
            given = [
                resolved(each, document)
                for each in (*_list(item, "parameters"), *_list(operation, "parameters"))
            ]
            known = {(each.get("name"), each.get("in")): each for each in given if isinstance(each, dict)}
            yield _operation(str(method).lower(), base + str(path), operation, list(known.values()), document)


def _operation(
    method: str,
    path: str,
    operation: Mapping[str, Any],
    given: list[dict[str, Any]],
    document: Mapping[str, Any],
) -> Operation:
    schema, media, ready = _body(operation, given, document)
    says = " ".join(str(operation.get(key) or "") for key in ("operationId", "summary"))
    body = ready if ready is not None else example(schema, document) if schema is not None else None
    declared = [_parameter(each, document) for each in given if each.get("in") in ("path", "query", "header")]
    named = {each.name for each in declared if each.place == "path"}
    missing = [
        Parameter(name, "path", required=True, value=slot(name))
        for name in _VARIABLE.findall(path)
        if name not in named
    ]
    return Operation(
        method,
        path,
        properties(schema, document),
        media in (_FORM, _PARTS),
        says.strip(),
        (*declared, *missing),
        media,
        body,
        " ".join((*map(str, _list(operation, "tags")), *_scopes(operation, document))),
    )


def _scopes(operation: Mapping[str, Any], document: Mapping[str, Any]) -> Iterator[str]:
    """The roles or scopes that an operation asks for, of each way to sign in."""
    for each in _list(operation if "security" in operation else document, "security"):
        for scopes in each.values() if isinstance(each, dict) else ():
            yield from map(str, scopes if isinstance(scopes, list) else ())


def _parameter(given: Mapping[str, Any], document: Mapping[str, Any]) -> Parameter:
    name, place = str(given.get("name", "")), str(given["in"])
    schema = (
        given.get("schema") or next(iter(_contents(given.get("content"))), ("", {}))[1].get("schema") or given
    )
    shown = given.get("example", _first_example(given.get("examples"), document))
    if place == "path":
        value: Any = slot(name)
    elif shown is not None:
        value = shown
    else:
        value = example(schema, document, name)
        if names_a_record(name) and not _tells(schema, document):
            value = slot(name)
    return Parameter(name, place, place == "path" or given.get("required") is True, value)


def _tells(schema: Any, document: Mapping[str, Any]) -> bool:
    """Whether a schema gives values of its own."""
    schema = resolved(schema, document)
    return isinstance(schema, dict) and any(
        key in schema for key in ("example", "examples", "default", "const", "enum")
    )


def _body(
    operation: Mapping[str, Any], given: list[dict[str, Any]], document: Mapping[str, Any]
) -> tuple[Any, str, Any]:
    """The schema of the body, its content type, and an example that the document gives whole."""
    body = resolved(operation.get("requestBody"), document)
    contents = _contents(body.get("content") if isinstance(body, dict) else None)
    for kind in ("json", "form"):
        for media, value in contents:
            if kind in media:
                whole = value.get("example", _first_example(value.get("examples"), document))
                return value.get("schema") or {}, media, whole
    for each in given:  # Swagger 2
        if each.get("in") == "body":
            return each.get("schema") or {}, "application/json", None
    fields = [each for each in given if each.get("in") == "formData" and isinstance(each.get("name"), str)]
    if not fields:
        return None, "", None
    required = [each["name"] for each in fields if each.get("required") is True]
    consumes = _list(operation, "consumes") or _list(document, "consumes")
    parts = _PARTS in consumes or any(each.get("type") == "file" for each in fields)
    schema = {"properties": {each["name"]: each for each in fields}, "required": required}
    return schema, _PARTS if parts else _FORM, None


def _contents(content: Any) -> list[tuple[str, dict[str, Any]]]:
    if not isinstance(content, dict):
        return []
    return [(str(media).lower(), value) for media, value in content.items() if isinstance(value, dict)]


def _first_example(examples: Any, document: Mapping[str, Any]) -> Any:
    if not isinstance(examples, dict):
        return None
    first = resolved(next(iter(examples.values()), None), document)
    return first.get("value") if isinstance(first, dict) else None


def _list(node: Mapping[str, Any], key: str) -> list[Any]:
    value = node.get(key)
    return value if isinstance(value, list) else []


def _base(document: Mapping[str, Any], url: str, hosts: frozenset[str], portal: str) -> str | None:
    """What stands before each path: nothing of the portal's own origin; None where no server is in scope."""
    servers = [each for each in _list(document, "servers") if isinstance(each, dict)]
    if servers:
        named = [urljoin(url, _filled(each)) for each in servers]
    elif document.get("host"):  # Swagger 2
        schemes = _list(document, "schemes") or [urlsplit(url).scheme]
        scheme = "https" if "https" in schemes else str(schemes[0])
        named = [f"{scheme}://{document['host']}{document.get('basePath') or ''}"]
    else:
        named = [urljoin(url, str(document.get("basePath") or "/"))]
    for each in named:
        if _host(each) in hosts:
            return _from_root(each, portal)
    for each in named:
        if _MADE_UP.fullmatch(_host(each)) or _MADE_UP.match(_host(each) + "."):
            return _from_root(urljoin(url, urlsplit(each).path), portal)
    return None


def _filled(server: Mapping[str, Any]) -> str:
    """The address of a server with the usual value of each of its variables."""
    variables = server.get("variables")
    known = variables if isinstance(variables, dict) else {}

    def usual(match: re.Match[str]) -> str:
        variable = known.get(match[1])
        return str(variable.get("default", "")) if isinstance(variable, dict) else ""

    return _VARIABLE.sub(usual, str(server.get("url") or ""))


def _from_root(address: str, portal: str) -> str:
    """Without the origin where that is the portal's, as paths of one's own host are written."""
    parts, own = urlsplit(address), urlsplit(portal)
    same = (parts.scheme, parts.netloc) == (own.scheme, own.netloc)
    return (parts.path if same else f"{parts.scheme}://{parts.netloc}{parts.path}").rstrip("/")


def _host(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").rstrip(".")
    except ValueError:
        return ""
