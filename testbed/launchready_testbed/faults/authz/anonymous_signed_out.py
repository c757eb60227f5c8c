"""The list of approvals as data is kept for each session, and is still answered when the session has ended."""

from __future__ import annotations

from starlette.requests import Request

from launchready_testbed.doors import Answer, changed
from launchready_testbed.fault import Fault
from launchready_testbed.portal.sessions import COOKIE
from launchready_testbed.world import World

PATH = "/api/v1/approvals"


def _apply(world: World) -> None:
    world.access.offers = ("approval-data",)
    kept: dict[str, Answer] = {}

    def change(request: Request, status: int, headers: dict[str, str], body: bytes) -> Answer:
        answer = (status, headers, body)
        session = request.cookies.get(COOKIE, "")
        if request.url.path != PATH or not session:
            return answer
        if status == 200:
            kept[session] = answer
        return kept.get(session, answer)

    changed(world, change)


FAULT = Fault(
    says="The list of approvals as data is kept for each session, and is still answered when the session has ended.",
    trips=("authz/anonymous",),
    look=(
        "$ sign_in nora > /dev/null; get nora /api/v1/approvals; cp nora.jar before.jar\n"
        "< HTTP/1.1 200\n"
        "$ submit nora /profile /logout\n"
        "< HTTP/1.1 303\n"
        "$ get before /profile\n"
        "< HTTP/1.1 302\n"
        "$ get before /api/v1/approvals\n"
        "< HTTP/1.1 200\n"
        "< for Northwind Rowing"
    ),
    apply=_apply,
)
