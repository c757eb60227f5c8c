"""Requests in files: HAR 1.2, as browsers record, and Postman collections 2.1. What signs in is dropped at once. Pure."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode, urljoin, urlsplit

from launchready.collect.people.apis import read_file
from launchready.collect.people.forms import Form, encode
from launchready.collect.people.slots import slot
from launchready.collect.reach.call import Call, Offered
from launchready.collect.reach.sources import graphql
from launchready.collect.reach.sources.keeping import (
    field_names,
    kept_body,
    kept_headers,
    kept_url,
    may_be_read,
    signs_somebody,
)
from launchready.errors import UsageError
from launchready.site import Site

_MOST = 2_000
_DEEPEST = 20
_ASSET = re.compile(
    r"\.(?:m?js|css|map|png|jpe?g|gif|svg|webp|avif|ico|woff2?|ttf|otf|mp4|webm|mp3)$", re.IGNORECASE
)
_VARIABLE = re.compile(r"\{\{\s*([^{}]{1,100}?)\s*\}\}")
_PATH_VARIABLE = re.compile(r"(?<=/):([A-Za-z_][\w\-]*)")
_METHODS = re.compile(r"[A-Z]{3,10}")

Headers = list[tuple[str, str]]


def recordings(site: Site) -> tuple[Offered, ...]:
    """What the files hold that [authz] names.

    Raises:
        UsageError: one of them cannot be used.
    """
    most = site.crawl.max_bytes
    found = [each for path in site.authz.har for each in of_har(read_file(path, "har", most), path, site)]
    for path in site.authz.postman:
        found += of_postman(read_file(path, "postman", most), path, site)
    return tuple(found)


def of_har(body: bytes, path: Path, site: Site) -> tuple[Offered, ...]:
    """Requests to hosts in scope that a recording holds, each once.

    Raises:
        UsageError: it is no HAR file.
    """
    data = _json(body, path, "har")
    log = data.get("log") if isinstance(data, dict) else None
    entries = log.get("entries") if isinstance(log, dict) else None
    if not isinstance(entries, list):
        raise UsageError(f"`har` in [authz]: {path} is no HAR file, as it has no log.entries")
    return _unique(filter(None, (_entry(each, site) for each in entries)))


def of_postman(body: bytes, path: Path, site: Site) -> tuple[Offered, ...]:
    """Requests to hosts in scope that a collection holds, each once; its variables resolved where it gives them.

    Raises:
        UsageError: it is no Postman collection.
    """
    data = _json(body, path, "postman")
    if not isinstance(data, dict) or not isinstance(data.get("item"), list):
        raise UsageError(
            f"`postman` in [authz]: {path} is no Postman collection (v2.1), as it has no list `item`"
        )
    return _unique(_items(data, {}, site, 0))


def _json(body: bytes, path: Path, key: str) -> Any:
    try:
        return json.loads(body.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise UsageError(f"`{key}` in [authz]: {path} is not JSON") from None


def _unique(found: Iterable[Offered]) -> tuple[Offered, ...]:
    kept: dict[tuple[str, str, bytes], Offered] = {}
    for each in found:
        kept.setdefault((each.call.method, each.call.url, each.call.body), each)
        if len(kept) >= _MOST:
            break
    return tuple(kept.values())


def _entry(entry: Any, site: Site) -> Offered | None:
    request = entry.get("request") if isinstance(entry, dict) else None
    if not isinstance(request, dict) or not isinstance(request.get("url"), str):
        return None
    post = request.get("postData")
    body, media = b"", ""
    if isinstance(post, dict):
        media = str(post.get("mimeType") or "")
        body = str(post.get("text") or "").encode("utf-8", "surrogatepass")
        if not body and isinstance(post.get("params"), list):
            body = urlencode(_pairs(post["params"], "name")).encode()
    headers = _pairs(request.get("headers"), "name")
    return _offered(str(request.get("method") or "GET"), request["url"], headers, (media, body), "har", site)


def _items(
    folder: Mapping[str, Any], variables: Mapping[str, str], site: Site, depth: int
) -> Iterator[Offered]:
    known = {**variables, **dict(_pairs(folder.get("variable"), "key"))}
    for item in folder["item"] if depth < _DEEPEST else ():
        if not isinstance(item, dict):
            continue
        if isinstance(item.get("item"), list):
            yield from _items(item, known, site, depth + 1)
        elif found := _request(item, {**known, **dict(_pairs(item.get("variable"), "key"))}, site):
            yield found


def _request(item: Mapping[str, Any], variables: Mapping[str, str], site: Site) -> Offered | None:
    request = item.get("request")
    if isinstance(request, str):
        request = {"method": "GET", "url": request}
    if not isinstance(request, dict):
        return None
    given = request.get("url")
    raw = str((given.get("raw") if isinstance(given, dict) else given) or "")
    own = dict(_pairs(given.get("variable"), "key")) if isinstance(given, dict) else {}
    url = _PATH_VARIABLE.sub(
        lambda match: quote(own.get(match[1]) or slot(match[1]), safe="{}"), _filled(raw, variables)
    )
    if not urlsplit(url).scheme:
        # What stands first and is not known is where the portal is; a bare host has its scheme left out.
        unknown = url.startswith("{")
        url = urljoin(site.portal.url, re.sub(r"^\{[^{}]*\}/*", "/", url)) if unknown else f"https://{url}"
    headers = [(name, _filled(value, variables)) for name, value in _pairs(request.get("header"), "key")]
    method = str(request.get("method") or "GET")
    return _offered(
        method,
        url,
        headers,
        _sent(request.get("body"), variables),
        "postman",
        site,
        str(item.get("name") or ""),
    )


def _sent(body: Any, variables: Mapping[str, str]) -> tuple[str, bytes]:
    """Content type and bytes of a body."""
    if not isinstance(body, dict) or body.get("disabled") is True:
        return "", b""
    mode = body.get("mode")
    if mode == "raw":
        text = _filled(str(body.get("raw") or ""), variables)
        options = body.get("options")
        raw = options.get("raw") if isinstance(options, dict) else None
        named = raw.get("language") if isinstance(raw, dict) else None
        is_json = named == "json" or text.lstrip()[:1] in ("{", "[")
        return "application/json" if is_json else "", text.encode()
    if mode == "graphql" and isinstance(body.get("graphql"), dict):
        given = body["graphql"].get("variables")
        try:
            values = (
                json.loads(_filled(given, variables)) if isinstance(given, str) and given.strip() else given
            )
        except (ValueError, RecursionError):
            values = None
        return "application/json", json.dumps(
            {"query": body["graphql"].get("query"), "variables": values or {}}
        ).encode()
    pairs = [(name, _filled(value, variables)) for name, value in _pairs(body.get(str(mode)), "key")]
    if mode == "urlencoded":
        return "application/x-www-form-urlencoded", urlencode(pairs).encode()
    if mode == "formdata":
        return encode(Form("", declared=True, method="post", enctype="multipart/form-data", fields=()), pairs)
    return "", b""


def _filled(text: str, variables: Mapping[str, str], depth: int = 0) -> str:
    """The text with its variables resolved; those that nobody knows are open places."""
    found = _VARIABLE.sub(lambda match: variables.get(match[1]) or slot(match[1]), text)
    return _filled(found, variables, depth + 1) if depth < 5 and _VARIABLE.search(found) else found


def _pairs(listed: Any, key: str) -> Headers:
    """Name and value of each entry of a list that is not switched off."""
    found = []
    for each in listed if isinstance(listed, list) else ():
        if isinstance(each, dict) and isinstance(each.get(key), str) and each.get("disabled") is not True:
            value = each.get("value")
            found.append(
                (each[key], "" if value is None else value if isinstance(value, str) else json.dumps(value))
            )
    return found


def _offered(  # noqa: PLR0917 -- each is another kind of thing
    method: str,
    url: str,
    headers: Headers,
    sent: tuple[str, bytes],
    source: str,
    site: Site,
    label: str = "",
) -> Offered | None:
    """The request without what signs in; None where it is not the portal's, or none to be made again."""
    method = method.upper()
    try:
        parts = urlsplit(url)
        ours = parts.scheme in ("http", "https") and site.in_scope(parts.hostname or "")
    except ValueError:
        return None
    if not ours or not _METHODS.fullmatch(method) or method == "OPTIONS" or _ASSET.search(parts.path):
        return None
    media, body = sent
    named = next((value for name, value in headers if name.lower() == "content-type"), "")
    media = media or named
    plain = media.partition(";")[0].strip().lower()
    names = field_names(body, plain)
    url = kept_url(url)
    if signs_somebody(method, url, names):
        return None
    kept = dict(kept_headers(headers))
    if body and media:
        kept["content-type"] = media
    is_query = graphql.queried(method, url, body)
    reads = may_be_read(method, url) if is_query is None else is_query
    call = Call(method, url, tuple(sorted(kept.items())), kept_body(body, plain), source, reads)
    return Offered(call, "", names, label=label)
