"""What do people see and do with documents?"""

from __future__ import annotations

import sqlite3
from urllib.parse import quote

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from launchready_testbed.portal import records
from launchready_testbed.portal.access import checked_form, fetch, person, tenant_for
from launchready_testbed.portal.rendering import page, see

LARGEST = 1_000_000  # octets


async def documents(request: Request) -> Response:
    """The list."""
    part = records.listed(request, "documents", person(request), search="name")
    return page(
        request,
        "documents.html",
        title="Documents",
        columns=("Name", "Uploaded"),
        rows=[(f"/documents/{row['id']}", (row["name"], row["uploaded"])) for row in part.rows],
        slice=part,
        query="",
        new="/documents/new",
    )


async def new_document(request: Request) -> Response:
    """The form for an upload, and what it sends."""
    user = person(request)
    if request.method == "POST":
        form = await checked_form(request)
        file = form.get("file")
        if not isinstance(file, UploadFile) or not file.filename:
            raise HTTPException(400)
        content = await file.read(LARGEST + 1)
        if len(content) > LARGEST:
            raise HTTPException(413)
        records.keep_document(
            request, user, tenant_for(request, user, form.get("tenant")), file.filename, content
        )
        return see(request, "/documents")
    fields = [("file", "File", "file")]
    hidden = () if user.is_staff else (("tenant", user.tenant),)
    if user.is_staff:
        fields.insert(0, ("tenant", "Number of the client", "number"))
    return page(
        request,
        "form.html",
        form=True,
        title="New document",
        action="/documents/new",
        button="Upload",
        upload=True,
        problem="",
        hidden=hidden,
        fields=fields,
        links=(),
    )


async def download(request: Request) -> Response:
    """One document, always as a file and never shown: it may hold anything."""
    return attachment(fetch(request, "documents", person(request)))


async def rename(request: Request) -> Response:
    """Gives a document another name."""
    user = person(request)
    found = fetch(request, "documents", user)
    records.change(request, user, "documents", found, await checked_form(request), "name")
    return see(request, "/documents")


async def delete(request: Request) -> Response:
    """Deletes a document."""
    user = person(request)
    found = fetch(request, "documents", user)
    await checked_form(request)
    records.remove(request, user, "documents", found)
    return see(request, "/documents")


def attachment(row: sqlite3.Row) -> Response:
    """A document as a download."""
    headers = {
        "content-disposition": f"attachment; filename*=UTF-8''{quote(row['name'], safe='')}",
        "cache-control": "no-store",
    }
    return Response(row["content"], media_type="application/octet-stream", headers=headers)


ROUTES = (
    Route("/documents", documents),
    Route("/documents/new", new_document, methods=["GET", "POST"]),
    Route("/documents/{id:int}", download),
    Route("/documents/{id:int}/rename", rename, methods=["POST"]),
    Route("/documents/{id:int}/delete", delete, methods=["POST"]),
)
