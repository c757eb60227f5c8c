"""How is quay put together?"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from launchready_testbed.people import Secrets
from launchready_testbed.quay import front_end
from launchready_testbed.quay.api import Call, NoSuchRecordError, answered, pattern
from launchready_testbed.quay.door import PREFIX, asked, caller
from launchready_testbed.quay.graph import GRAPH
from launchready_testbed.quay.manner import QuayManner
from launchready_testbed.quay.odd import ODD
from launchready_testbed.quay.openapi import describe
from launchready_testbed.quay.people import COLLEAGUE, identities
from launchready_testbed.quay.reading import READING
from launchready_testbed.quay.records import Ledger
from launchready_testbed.quay.sessions import Doorkeeper
from launchready_testbed.quay.signing_in import SIGNING_IN
from launchready_testbed.quay.writing import WRITING
from launchready_testbed.world import QUAY, Declared, World

_WORDS = {
    400: "bad_request",
    401: "sign_in_first",
    403: "not_for_you",
    404: "not_found",
    405: "method_not_allowed",
    413: "too_large",
    415: "send_json",
    500: "broken",
}
"""What the interface calls its refusals."""


async def _description(call: Call) -> Response:
    """The description of the interface; for anybody."""
    world: World = call.request.scope["world"]
    return answered(describe(world.origin(QUAY), ENDPOINTS))


ENDPOINTS = (*READING, *WRITING, *GRAPH, *SIGNING_IN, ("GET", "/openapi.json", _description))
"""Everything the interface offers."""
_MATCHED = tuple(
    (method, f"{method} {path}", pattern(path), handler) for method, path, handler in (*ENDPOINTS, *ODD)
)


def add_quay(world: World) -> None:
    """Adds quay, with fresh records and sessions, to a world, and what its portal file says."""
    secrets = world.lab.secrets
    told = identities(secrets)
    world.host(QUAY, secure=build_quay(secrets), declare=False)
    world.portals["quay"] = Declared("Quay", world.origin(QUAY) + "/", identities=told)


def build_quay(secrets: Secrets, clock: Callable[[], float] = time.time) -> ASGIApp:
    """Quay with fresh records and sessions; it reads its policy from the world at each request."""
    ledger, keeper = Ledger.seeded(), Doorkeeper(secrets, clock)

    async def quay(scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        try:
            response = await _answer(request, ledger, keeper)
        except NoSuchRecordError as error:
            world: World = request.scope["world"]
            response = _not_found(error.wanted, world.quay.manner)
        except HTTPException as error:
            response = _refused(error.status_code)
            response.headers.update(error.headers or {})
        except Exception:  # noqa: BLE001 - whatever it is, nobody outside is told
            response = _refused(500)
        await response(scope, receive, send)

    return quay


async def _answer(request: Request, ledger: Ledger, keeper: Doorkeeper) -> Response:
    world: World = request.scope["world"]
    policy = world.quay
    found = asked(request, policy)
    if found.path != PREFIX and not found.path.startswith(PREFIX + "/"):
        return front_end.answer(request)
    if policy.manner.colleague and not keeper.is_known(COLLEAGUE.email):
        keeper.admit(COLLEAGUE)
    methods = []
    for method, endpoint, path, handler in _MATCHED:
        match = path.fullmatch(found.path)
        if match is None:
            continue
        if method == request.method or (method == "GET" and request.method == "HEAD"):
            late = policy.access_survives_logout or endpoint in policy.access.after_sign_out
            who = caller(request, found, keeper, replace(policy, access_survives_logout=late))
            return await handler(Call(request, ledger, keeper, policy, who, endpoint, match.groupdict()))
        methods.append(method)
    if methods:
        raise HTTPException(405, headers={"allow": ", ".join(methods)})
    raise HTTPException(404)


def _not_found(wanted: str, manner: QuayManner) -> Response:
    """There is no such record for the caller, in the words that the world has for it."""
    if manner.null_for_missing:
        return answered({"data": None})
    told = {"error": "not_found", "message": "Not found."}
    if manner.echoes:
        told |= {"message": f"There is no record {wanted}.", "id": wanted}
    return answered(told, 200 if manner.refused_with_200 else 404)


def _refused(status: int) -> Response:
    word = _WORDS.get(status, "failed")
    return answered({"error": word, "message": word.replace("_", " ").capitalize() + "."}, status)
