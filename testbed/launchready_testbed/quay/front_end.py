"""What does the browser get from quay? One page for every address, and the scripts that make the pages out of it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from importlib.resources import files

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from launchready_testbed.portal.assets import ASSETS as HARBOUR_ASSETS

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'none'; "
    "base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
)
_KINDS = {"js": "text/javascript; charset=utf-8", "css": "text/css; charset=utf-8", "svg": "image/svg+xml"}


@dataclass(frozen=True)
class File:
    """One static file."""

    content: bytes
    content_type: str
    tag: str


def _build() -> dict[str, File]:
    """Every file of the front end by its path; there is no build step."""
    built = {}
    for entry in sorted(files("launchready_testbed.quay").joinpath("assets").iterdir(), key=lambda e: e.name):
        content = entry.read_bytes()
        tag = f'"{hashlib.sha256(content).hexdigest()[:16]}"'
        suffix = entry.name.rpartition(".")[2]
        if suffix in _KINDS:
            built[f"/static/{entry.name}"] = File(content, _KINDS[suffix], tag)
        elif entry.name == "shell.html":
            built["/"] = File(content, "text/html; charset=utf-8", tag)
    icon = HARBOUR_ASSETS["favicon"]
    built["/favicon.ico"] = File(icon.content, icon.content_type, '"icon"')
    return built


_FILES = _build()


def answer(request: Request) -> Response:
    """A static file, or the one page: which addresses there are is for the scripts to say, so unknown ones answer 200 too.

    Raises HTTPException for static files that are not there and for other methods.
    """
    if request.method not in ("GET", "HEAD"):
        raise HTTPException(405, headers={"allow": "GET, HEAD"})
    path: str = request.scope["path"]
    found = _FILES.get(path)
    if found is None:
        if path.startswith("/static/"):
            raise HTTPException(404)
        found = _FILES["/"]
    headers = {
        "content-type": found.content_type,
        "cache-control": "no-cache",
        "etag": found.tag,
        "content-security-policy": POLICY,
    }
    if request.headers.get("if-none-match") == found.tag:
        del headers["content-type"]
        return Response(status_code=304, headers=headers)
    return Response(found.content, headers=headers)
