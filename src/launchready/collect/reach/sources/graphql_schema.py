"""Queries and mutations made out of a GraphQL schema, each with what it needs and no more. Pure; bounded."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from launchready.collect.people.slots import names_a_record, slot, snake

_TYPE = "kind name" + " ofType{kind name" * 6 + "}" * 6
INTROSPECTION = (
    "query Schema{__schema{queryType{name} mutationType{name} types{kind name"
    f" fields(includeDeprecated:true){{name args{{name defaultValue type{{{_TYPE}}}}} type{{{_TYPE}}}}}"
    f" inputFields{{name defaultValue type{{{_TYPE}}}}} enumValues{{name}} possibleTypes{{name}}}}}}}}"
)
MOST = 500
"""Queries, and mutations, of one schema."""
_MOST_FIELDS = 40
_MOST_RELATIONS = 12
_MOST_KINDS = 6
_FARTHEST = 4
"""Kinds of records on one way."""
_MOST_WALKED, _MOST_WAYS = 200, 8
_WRAPPED = ("edges", "nodes", "node")
_DEEPEST_INPUT = 4
_FIRST = ("first", "limit", "pagesize", "perpage", "take", "count", "size")
_FEW = 20
_SCALARS: dict[str, Any] = {"Int": 1, "Float": 1.0, "Boolean": True, "String": "test"}
_BY_NAME = (("date", "2026-01-15"), ("time", "2026-01-15T12:00:00Z"), ("mail", "someone@example.com"))
_LEAVES = ("SCALAR", "ENUM")
_PAYLOADS = ("Payload", "Result", "Response", "Output")


@dataclass(frozen=True, slots=True)
class Request:
    """One operation.

    Attributes:
        query: its text.
        variables: with `{name}` for what names a record.
        name: of the field that it asks.
        fields: of what it is given, innermost names.
        changes: whether it is a mutation.
        beyond: the query with what leads on from there, and back to records of a kind that was met on the way; empty
            where nothing does. What is cut to the asker at the first step may not be at the last.
    """

    query: str
    variables: dict[str, Any]
    name: str
    fields: tuple[str, ...]
    changes: bool = False
    beyond: str = ""


@dataclass(frozen=True, slots=True)
class _Type:
    """A type without its wrappers; `text` is as a variable declares it."""

    name: str
    kind: str
    required: bool
    several: bool
    text: str

    @classmethod
    def of(cls, given: Any) -> "_Type":
        """Unwrap what introspection says."""
        required = isinstance(given, dict) and given.get("kind") == "NON_NULL"
        several, closing, opening = False, "", ""
        for _ in range(8):
            kind = given.get("kind") if isinstance(given, dict) else None
            if kind == "NON_NULL":
                closing = "!" + closing
            elif kind == "LIST":
                several, opening, closing = True, opening + "[", "]" + closing
            else:
                break
            given = given.get("ofType")
        known = given if isinstance(given, dict) else {}
        name = str(known.get("name") or "")
        return cls(name, str(known.get("kind") or ""), required, several, f"{opening}{name}{closing}")


@dataclass(slots=True)
class Schema:
    """What introspection told."""

    types: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    query: str = ""
    mutation: str = ""

    @classmethod
    def of(cls, data: Any) -> "Schema | None":
        """The schema in an answer to `INTROSPECTION`; None where there is none."""
        told = data.get("data") if isinstance(data, dict) else None
        told = told.get("__schema") if isinstance(told, dict) else None
        if not isinstance(told, dict) or not isinstance(told.get("types"), list):
            return None
        types: dict[str, Mapping[str, Any]] = {
            str(each["name"]): each for each in told["types"] if isinstance(each, dict) and each.get("name")
        }
        roots = (told.get("queryType"), told.get("mutationType"))
        query, mutation = (str(each.get("name") or "") if isinstance(each, dict) else "" for each in roots)
        return cls(types, query, mutation)

    def requests(self) -> Iterator[Request]:
        """Each query and each mutation, as many as `MOST` of both."""
        yield from islice(self._queries(), MOST)
        yield from islice(self._mutations(), MOST)

    def _queries(self) -> Iterator[Request]:
        for each in self._fields(self.query):
            args = _args(each)
            needed = [arg for arg in args if _is_needed(arg)]
            paged = [
                arg for arg in args if snake(arg["name"]).replace("_", "") in _FIRST and arg not in needed
            ]
            naming = [arg for arg in args if arg not in needed and self._names_a_record(arg)]
            yield self._request("query", each, [*needed, *paged[:1]])
            if naming:
                yield self._request("query", each, [*needed, *naming[:1], *paged[:1]])

    def _mutations(self) -> Iterator[Request]:
        for each in self._fields(self.mutation):
            yield self._request("mutation", each, _args(each))

    def _request(self, kind: str, each: Mapping[str, Any], args: list[Mapping[str, Any]]) -> Request:
        name, type_ = str(each["name"]), _Type.of(each.get("type"))
        noun = snake(type_.name) if type_.kind not in _LEAVES and not type_.name.endswith(_PAYLOADS) else ""
        noun = noun.removesuffix("_connection") or snake(name).partition("_")[2] or snake(name)
        variables: dict[str, Any] = {}
        for arg in args:
            value = self._example(arg.get("type"), str(arg["name"]), noun, 0)
            if value is not None or _is_needed(arg):
                variables[str(arg["name"])] = value
        declared = ",".join(
            f"${arg['name']}:{_Type.of(arg.get('type')).text}" for arg in args if arg["name"] in variables
        )
        passed = ",".join(f"{given}:${given}" for given in variables)
        head = f"{kind} {name}({declared})" if declared else f"{kind} {name}"
        asked = f"{head}{{{name}{f'({passed})' if passed else ''}"
        text = f"{asked}{self._selection(type_)}}}"
        names = tuple(dict.fromkeys(_leaves(variables)))
        ways = sorted(islice(self._arrivals(type_, ()), _MOST_WALKED), key=lambda way: (way.count("{"), way))
        beyond = f"{asked}{{{' '.join(ways[:_MOST_WAYS])}}}}}" if ways and kind == "query" else ""
        return Request(text, variables, name, names, kind == "mutation", beyond)

    def _arrivals(self, type_: _Type, met: tuple[str, ...], *, several: bool = False) -> Iterator[str]:
        """What to ask of a type: its plain fields where its kind was met and many come; else what leads on."""
        wrapped = [each for each in self._fields(type_.name) if each["name"] in _WRAPPED]
        if wrapped:
            inner = self._arrivals(_Type.of(wrapped[0].get("type")), met, several=True)
            yield from (f"{wrapped[0]['name']}{{{way}}}" for way in inner)
        elif type_.name in met:
            if several:
                yield " ".join(("__typename", *self._plain(type_.name)))
        elif len(met) < _FARTHEST:
            for each in self._fields(type_.name):
                inner_type = _Type.of(each.get("type"))
                if inner_type.kind == "OBJECT" and not any(map(_is_needed, _args(each))):
                    ways = self._arrivals(inner_type, (*met, type_.name), several=inner_type.several)
                    yield from (f"{each['name']}{self._paged(each)}{{{way}}}" for way in ways)

    def _fields(self, name: str) -> list[Mapping[str, Any]]:
        listed = self.types.get(name, {}).get("fields")
        return (
            [each for each in listed if isinstance(each, dict) and each.get("name")]
            if isinstance(listed, list)
            else []
        )

    def _selection(self, type_: _Type, depth: int = 0) -> str:
        """What is asked of a type: its plain fields, and those of what it is related to, one step far."""
        if type_.kind in _LEAVES:
            return ""
        if type_.kind in ("UNION", "INTERFACE"):
            return "{" + " ".join(("__typename", *self._kinds(type_))) + "}"
        asked = ["__typename"]
        relations = 0
        for each in self._fields(type_.name):
            inner, wants = _Type.of(each.get("type")), any(map(_is_needed, _args(each)))
            if wants or len(asked) > _MOST_FIELDS:
                continue
            if inner.kind in _LEAVES:
                asked.append(str(each["name"]))
            elif each["name"] in _WRAPPED and depth < 4:
                asked.append(str(each["name"]) + self._selection(inner, depth))  # the same records, wrapped
            elif depth < 1 and relations < _MOST_RELATIONS:
                relations += 1
                asked.append(str(each["name"]) + self._paged(each) + self._selection(inner, depth + 1))
        return "{" + " ".join(asked) + "}"

    def _kinds(self, type_: _Type) -> Iterator[str]:
        possible = self.types.get(type_.name, {}).get("possibleTypes")
        for each in possible[:_MOST_KINDS] if isinstance(possible, list) else ():
            if plain := self._plain(str(each["name"])):
                # Two kinds may have fields of one name and unlike types, which may not stand side by side.
                yield f"... on {each['name']}{{" + " ".join(plain) + "}"

    def _plain(self, name: str) -> list[str]:
        """The plain fields of a type that need nothing to be asked."""
        found = [
            str(each["name"])
            for each in self._fields(name)
            if _Type.of(each.get("type")).kind in _LEAVES and not any(map(_is_needed, _args(each)))
        ]
        return found[:_MOST_FIELDS]

    @staticmethod
    def _paged(each: Mapping[str, Any]) -> str:
        names = [str(arg["name"]) for arg in _args(each) if arg["name"] in ("first", "limit")]
        return f"({names[0]}:{_FEW})" if names else ""

    def _names_a_record(self, arg: Mapping[str, Any]) -> bool:
        type_ = _Type.of(arg.get("type"))
        return type_.name == "ID" or (type_.kind == "SCALAR" and names_a_record(str(arg["name"])))

    def _example(self, given: Any, name: str, noun: str, depth: int) -> Any:
        """One value that fits; None where none is known."""
        type_ = _Type.of(given)
        value: Any
        if type_.kind == "ENUM":
            values = self.types.get(type_.name, {}).get("enumValues")
            value = values[0]["name"] if isinstance(values, list) and values else None
        elif type_.kind == "INPUT_OBJECT":
            value = self._input(type_.name, noun, depth)
        elif type_.name == "ID" or names_a_record(name):
            spelt = snake(name)
            value = slot(
                f"{noun}_{spelt}" if spelt in ("id", "ids", "uuid", "key", "slug", "number") else spelt
            )
        elif snake(name).replace("_", "") in _FIRST:
            value = _FEW
        else:
            hint = next((text for word, text in _BY_NAME if word in (type_.name + name).lower()), "test")
            value = _SCALARS.get(type_.name, hint) if type_.name != "String" else hint
        return [value] if type_.several and value is not None else value

    def _input(self, name: str, noun: str, depth: int) -> dict[str, Any] | None:
        if depth >= _DEEPEST_INPUT:
            return None
        listed = self.types.get(name, {}).get("inputFields")
        made: dict[str, Any] = {}
        for each in listed[:_MOST_FIELDS] if isinstance(listed, list) else ():
            value = self._example(each.get("type"), str(each["name"]), noun, depth + 1)
            if value is not None:
                made[str(each["name"])] = value
        return made


def _args(each: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    listed = each.get("args")
    return (
        [arg for arg in listed if isinstance(arg, dict) and arg.get("name")]
        if isinstance(listed, list)
        else []
    )


def _is_needed(arg: Mapping[str, Any]) -> bool:
    return _Type.of(arg.get("type")).required and arg.get("defaultValue") is None


def _leaves(value: Any, name: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for key, each in value.items():
            yield from _leaves(each, str(key))
    elif isinstance(value, list):
        for each in value:
            yield from _leaves(each, name)
    else:
        yield name
