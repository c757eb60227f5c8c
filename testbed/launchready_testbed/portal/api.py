"""What does the JSON interface under /api/v1 offer?"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route

from launchready_testbed.portal import api_reads as reads
from launchready_testbed.portal import api_writes as writes
from launchready_testbed.portal.access import Endpoint
from launchready_testbed.portal.interface import PREFIX

ENDPOINTS: tuple[tuple[str, str, Endpoint], ...] = (
    ("GET", "/status", reads.status),
    ("GET", "/session", reads.session),
    ("GET", "/profile", reads.profile),
    ("PATCH", "/profile", writes.change_profile),
    ("GET", "/colleagues", reads.colleagues),
    *(("GET", f"/{table}", reads.listing(table)) for table in reads.TABLES),
    ("GET", "/tickets/{id:int}", reads.ticket),
    *(("GET", f"/{table}/{{id:int}}", reads.single(table)) for table in reads.TABLES[1:]),
    ("POST", "/tickets", writes.open_ticket),
    ("POST", "/tickets/lookup", reads.look_up),
    ("PATCH", "/tickets/{id:int}", writes.change_ticket),
    ("DELETE", "/tickets/{id:int}", writes.delete_ticket),
    ("POST", "/tickets/{id:int}/comments", writes.comment),
    ("PATCH", "/documents/{id:int}", writes.change_document),
    ("DELETE", "/documents/{id:int}", writes.delete_document),
    ("GET", "/documents/{id:int}/content", reads.content),
    ("POST", "/approvals", writes.ask_for_approval),
    ("DELETE", "/approvals/{id:int}", writes.withdraw),
    ("POST", "/approvals/{id:int}/decision", writes.decide),
    ("GET", "/announcements", reads.announcements),
    ("POST", "/announcements", writes.announce),
    ("DELETE", "/announcements/{id:int}", writes.take_back_announcement),
    ("GET", "/clients", reads.clients),
    ("GET", "/clients/{id:int}", reads.client),
    ("GET", "/clients/{client:int}/invoices/{id:int}", reads.invoice_of_client),
    ("GET", "/users", reads.users),
    ("PATCH", "/users/{id:int}", writes.change_user),
    ("GET", "/audit", reads.audit),
)
"""Method, path and endpoint of everything the interface offers; its description is made from this too."""


def _routes() -> list[Route]:
    """One route for each path: the router would refuse a method that another route of the same path has."""
    by_path: dict[str, dict[str, Endpoint]] = {}
    for method, path, endpoint in ENDPOINTS:
        by_path.setdefault(path, {})[method] = endpoint
    return [Route(path, _by_method(ways), methods=list(ways)) for path, ways in by_path.items()]


def _by_method(ways: dict[str, Endpoint]) -> Endpoint:
    async def endpoint(request: Request) -> Response:
        return await ways["GET" if request.method == "HEAD" else request.method](request)

    return endpoint


ROUTES = (Mount(PREFIX, routes=_routes()),)
