"""A write as a line of curl that shows it by hand: no secret and no id in it. Pure."""

import json
import re
import shlex
from collections.abc import Collection
from typing import Any
from urllib.parse import urlsplit

from launchready.collect.reach.writing.filling import Filled
from launchready.collect.reach.writing.never import is_token
from launchready.evidence.access import ANONYMOUS

_NOT_NAME = re.compile(r"[^A-Za-z0-9]+")


def curl(ready: Filled, asker: str, ids: Collection[str] = ()) -> str:
    """The same request with $COOKIE_NAME or $TOKEN_NAME for what signs in, $CSRF for a token and $ID for the id."""
    operation = ready.operation
    name = _NOT_NAME.sub("_", asker).upper().strip("_")
    words = ["curl", "-i", "-X", operation.sent_by]
    if asker != ANONYMOUS:
        words += ["-H", f'"Cookie: $COOKIE_{name}"', "-H", f'"Authorization: Bearer $TOKEN_{name}"']
    if operation.carries == "json":
        words += ["-H", "'Content-Type: application/json'"]
        if ready.body is not None:
            words += ["--data", _quoted(json.dumps(_without(ready.body, ids), ensure_ascii=False))]
    elif operation.form is not None:
        for key, value in operation.form.filled(ready.values):
            token = any(each.name == key and is_token(each) for each in operation.fields)
            words += ["--data-urlencode", _quoted(f"{key}={'$CSRF' if token else _id(value, ids)}")]
    if operation.source not in ("form", "link"):
        words += ["-H", '"X-CSRF-Token: $CSRF"']
    parts = urlsplit(ready.url)
    path = "/".join(_id(segment, ids) for segment in parts.path.split("/"))
    query = "&".join(f"{key}={_id(value, ids)}" for key, value in operation.says_in_query(ids))
    shown = parts._replace(path=path, query=query, netloc=parts.netloc.rpartition("@")[2]).geturl()
    return " ".join([*words, _quoted(shown)])


def _id(value: str, ids: Collection[str]) -> str:
    return "$ID" if value in ids else value


def _without(value: Any, ids: Collection[str]) -> Any:
    if isinstance(value, dict):
        return {key: _without(each, ids) for key, each in value.items()}
    if isinstance(value, list):
        return [_without(each, ids) for each in value]
    return "$ID" if str(value) in ids and not isinstance(value, bool) else value


def _quoted(text: str) -> str:
    """In double quotes where a variable is to be put in, else as a shell wants it."""
    if "$ID" in text or "$CSRF" in text:
        return '"' + re.sub(r'(["\\`]|\$(?!ID|CSRF))', r"\\\1", text) + '"'
    return shlex.quote(text)
