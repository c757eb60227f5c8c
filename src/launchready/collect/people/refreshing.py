"""Exchanging a refresh token for a new access token, once it is known how this portal does it. Raw; never evidence."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urlencode, urljoin

from launchready.collect.people.apis import Operation
from launchready.collect.people.attempts import Token, token_in
from launchready.collect.people.json_login import says_no
from launchready.collect.people.pages import Page
from launchready.errors import StoreError, WireError
from launchready.wire.http import Answer
from launchready.wire.visitor import Visitor

_REFRESHES = re.compile(r"refresh|renew", re.IGNORECASE)
_FIELDS = ("refresh_token", "refreshToken", "refresh", "token")
_FORM = "application/x-www-form-urlencoded"
_MOST = 8


@dataclass(frozen=True, slots=True)
class Exchange:
    """How a refresh token is handed in.

    Attributes:
        url: raw.
        field: its name in the body; empty where a cookie holds it.
        is_form: whether the body is a form and not JSON.
    """

    url: str
    field: str = ""
    is_form: bool = False

    async def once(self, visitor: Visitor, token: str) -> tuple[Answer, Token | None]:
        """Hand it in as this visitor: the answer, and what it bought; None where it was refused.

        Raises:
            WireError: there was no answer.
        """
        values = {self.field: token} if self.field else {}
        if self.is_form:
            body = urlencode({"grant_type": "refresh_token", **values}).encode()
        else:
            body = json.dumps(values).encode()
        headers = (
            ("Content-Type", _FORM if self.is_form else "application/json"),
            ("Accept", "application/json"),
        )
        answer = await visitor.fetch("POST", self.url, headers=headers, body=body)
        data = Page(self.url, answer).data
        bought = token_in(data)
        taken = answer.exchange.status < 300 and not says_no(data)
        if taken and (bought.access or (not self.field and _keeps_a_cookie(answer))):
            return answer, bought
        return answer, None


def refresh_cookies(visitor: Visitor) -> tuple[str, ...]:
    """Names of the cookies that read as if they held a refresh token."""
    return tuple(dict.fromkeys(each.name for each in visitor.cookies if _REFRESHES.search(each.name)))


def exchanges(
    origin: str,
    declared: str,
    operations: Iterable[Operation],
    paths: Iterable[str],
    login: str,
    *,
    by_cookie: bool,
) -> Iterator[Exchange]:
    """How it may be done: as declared, as the API's document or the scripts say, then beside the login."""
    urls: dict[str, tuple[tuple[str, ...], bool]] = {}
    if declared:
        urls[urljoin(origin, declared)] = ((), False)
    for each in operations:
        if each.method == "post" and "{" not in each.path and _REFRESHES.search(f"{each.path} {each.says}"):
            fields = tuple(name for name in each.fields if "token" in name.lower() or _REFRESHES.search(name))
            urls.setdefault(urljoin(origin, each.path), (fields, each.is_form))
    for path in paths:
        if _REFRESHES.search(path.rstrip("/").rpartition("/")[2]):
            urls.setdefault(urljoin(origin, path), ((), False))
    if login:
        base = login.partition("?")[0].rpartition("/")[0]
        urls.setdefault(f"{base}/refresh", ((), False))
        urls.setdefault(f"{login.partition('?')[0].rstrip('/')}/refresh", ((), False))
    for url, (fields, is_form) in list(urls.items())[:_MOST]:
        if by_cookie:
            yield Exchange(url)
        else:
            yield from (Exchange(url, name, is_form) for name in (fields or _FIELDS))


async def find_exchange(
    ways: Iterable[Exchange], visitor: Visitor, token: str, most: int = 12
) -> tuple[Exchange, Token] | None:
    """The way that works, and what it bought; the token handed in may be void from now on."""
    for way, _ in zip(ways, range(most), strict=False):
        try:
            _, bought = await way.once(visitor, token)
        except StoreError:
            raise
        except WireError:
            continue
        if bought is not None:
            return way, bought
    return None


def _keeps_a_cookie(answer: Answer) -> bool:
    return any("max-age=0" not in value.lower() for value in answer.exchange.values("set-cookie"))
