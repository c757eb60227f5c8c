"""Examples of what a JSON Schema, as OpenAPI has it, describes. Pure; bounded, whatever leads in circles."""

from collections.abc import Mapping
from typing import Any

from launchready.collect.people.slots import names_a_record, slot

_DEEPEST = 6
_MOST_VALUES = 300
"""Values in one example."""
_LONGEST = 200
_FORMATS = {
    "date": "2026-01-15",
    "date-time": "2026-01-15T12:00:00Z",
    "time": "12:00:00Z",
    "email": "someone@example.com",
    "uri": "https://example.com/",
    "url": "https://example.com/",
    "hostname": "example.com",
    "ipv4": "192.0.2.1",
    "ipv6": "2001:db8::1",
    "byte": "dGVzdA==",
    "binary": "test",
    "duration": "P1D",
    "uuid": "6f1d1c1e-5c0b-4e57-9d0f-4b8c5a1d2e3f",
}


def resolved(node: Any, document: Mapping[str, Any], depth: int = 0) -> Any:
    """What a local $ref leads to; nothing where it leads out of the document or in a circle."""
    if not isinstance(node, dict) or not isinstance(node.get("$ref"), str):
        return node
    if depth > 8 or not node["$ref"].startswith("#"):
        return None
    at: Any = document
    for part in node["$ref"].removeprefix("#").strip("/").split("/"):
        key = part.replace("~1", "/").replace("~0", "~").replace("%7B", "{").replace("%7D", "}")
        at = at.get(key) if isinstance(at, dict) else None
    return resolved(at, document, depth + 1)


def properties(schema: Any, document: Mapping[str, Any], depth: int = 0) -> tuple[str, ...]:
    """Names of an object's properties that a client may send, required ones first."""
    schema = resolved(schema, document)
    if not isinstance(schema, dict) or depth > 4:
        return ()
    found: dict[str, None] = {}
    own = schema.get("properties")
    own = own if isinstance(own, dict) else {}
    required = schema.get("required")
    if isinstance(required, list):
        found.update(dict.fromkeys(str(name) for name in required if not _read_only(own.get(name), document)))
    found.update(dict.fromkeys(str(name) for name, each in own.items() if not _read_only(each, document)))
    for key in ("allOf", "anyOf", "oneOf"):
        several = schema.get(key)
        for each in several if isinstance(several, list) else ():
            found.update(dict.fromkeys(properties(each, document, depth + 1)))
    return tuple(found)


def example(schema: Any, document: Mapping[str, Any], name: str = "") -> Any:
    """One value that fits, as JSON has it; `{name}` for what names a record, where the document gives no value."""
    return _Maker(document).value(schema, name, 0)


def _read_only(schema: Any, document: Mapping[str, Any]) -> bool:
    schema = resolved(schema, document)
    return isinstance(schema, dict) and schema.get("readOnly") is True


class _Maker:
    """Makes one example."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self._document = document
        self._left = _MOST_VALUES

    def value(self, schema: Any, name: str, depth: int) -> Any:
        schema = resolved(schema, self._document)
        self._left -= 1
        if not isinstance(schema, dict) or depth > _DEEPEST or self._left < 0:
            return None
        for key in ("example", "const", "default"):
            if schema.get(key) is not None:
                return schema[key]
        for key in ("examples", "enum"):
            if isinstance(schema.get(key), list) and schema[key]:
                return schema[key][0]
        for key in ("oneOf", "anyOf"):
            several = schema.get(key)
            if isinstance(several, list) and several and "properties" not in schema:
                return self.value(next(filter(self._is_something, several), several[0]), name, depth + 1)
        kind = _kind(schema)
        if kind == "object":
            return self._object(schema, depth)
        if kind == "array":
            item = self.value(schema.get("items"), name, depth + 1)
            return [] if item is None else [item]
        return self._plain(schema, kind, name)

    def _is_something(self, schema: Any) -> bool:
        schema = resolved(schema, self._document)
        return isinstance(schema, dict) and schema.get("type") != "null"

    def _object(self, schema: Mapping[str, Any], depth: int) -> dict[str, Any]:
        made: dict[str, Any] = {}
        own = schema.get("properties")
        required = schema.get("required") if isinstance(schema.get("required"), list) else []
        for name, each in own.items() if isinstance(own, dict) else ():
            if _read_only(each, self._document):
                continue
            value = self.value(each, str(name), depth + 1)
            if value is not None or (required and name in required):
                made[str(name)] = value
        for key in ("allOf", "anyOf", "oneOf"):
            several = schema.get(key)
            parts = several if isinstance(several, list) else []
            for each in parts if key == "allOf" else parts[:1]:
                part = self.value(each, "", depth + 1)
                if isinstance(part, dict):
                    made = {**part, **made}
        return made

    @staticmethod
    def _plain(schema: Mapping[str, Any], kind: str, name: str) -> Any:
        form = schema.get("format")
        if names_a_record(name) and kind in ("string", "integer", "number", ""):
            return slot(name)
        if kind == "boolean":
            return True
        if kind in ("integer", "number"):
            low = schema.get("minimum", schema.get("exclusiveMinimum"))
            return (
                low + ("exclusiveMinimum" in schema)
                if isinstance(low, int | float) and not isinstance(low, bool)
                else 1
            )
        if kind == "null":
            return None
        text = _FORMATS.get(form, "test") if isinstance(form, str) else "test"
        shortest, longest = schema.get("minLength"), schema.get("maxLength")
        if isinstance(shortest, int) and len(text) < shortest <= _LONGEST:
            text += "x" * (shortest - len(text))
        return text[:longest] if isinstance(longest, int) and longest > 0 else text


def _kind(schema: Mapping[str, Any]) -> str:
    kind = schema.get("type")
    if isinstance(kind, list):
        kind = next((each for each in kind if each != "null"), "null")
    if isinstance(kind, str):
        return kind
    if any(key in schema for key in ("properties", "allOf", "additionalProperties")):
        return "object"
    return "array" if "items" in schema else ""
