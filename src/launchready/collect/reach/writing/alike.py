"""An operation on one record, turned into the same on another of its kind. Pure; raw."""

from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from launchready.collect.reach.writing.canary import Canary
from launchready.collect.reach.writing.operations import Operation


def renamed(url: str, old: str, new: str) -> str:
    """An address with another id."""
    parts = urlsplit(url)
    path = "/".join(new if segment == old else segment for segment in parts.path.split("/"))
    query = "&".join(
        f"{name}={new}" if value == old else f"{name}={value}"
        for name, _, value in (pair.partition("=") for pair in parts.query.split("&"))
    )
    return parts._replace(path=path, query=query if parts.query else "").geturl()


def moved(operation: Operation, old: str, new: str, old_mark: str, new_mark: str) -> Operation:
    """The same operation on another record."""

    def value(text: str) -> str:
        return new if text == old else text.replace(old_mark, new_mark)

    def inside(body: Any) -> Any:
        if isinstance(body, dict):
            return {key: inside(each) for key, each in body.items()}
        if isinstance(body, list):
            return [inside(each) for each in body]
        if isinstance(body, str):
            return value(body)
        return int(new) if str(body) == old and new.isdigit() else body

    fields = tuple(replace(each, value=value(each.value)) for each in operation.fields)
    url = renamed(operation.url, old, new)
    form = operation.form and replace(
        operation.form,
        action=renamed(operation.form.action, old, new),
        fields=tuple(replace(each, value=value(each.value)) for each in operation.form.fields),
    )
    page = renamed(operation.page, old, new) if operation.page else ""
    return replace(operation, url=url, fields=fields, form=form, page=page, body=inside(operation.body))


def alike(operation: Operation, one: Canary, other: Canary) -> Operation:
    """The same operation on another record, where each of the two has one id."""
    if len(one.ids) != 1 or len(other.ids) != 1:
        return operation
    return moved(operation, next(iter(one.ids)), next(iter(other.ids)), one.mark, other.mark)
