"""A small portal of two clients with notes, with a switch for each hole; and a run that may write to it."""

import asyncio
import contextlib
import hashlib
import io
import itertools
import json
import secrets
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any

import pytest
import trustme
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from launchready.collect.people import People
from launchready.collect.writes import writes
from launchready.evidence.access import Writes
from launchready.evidence.http import Crawl
from launchready.site import Site
from launchready.wire import Touch, Wire
from launchready_testbed.listener import Listener

PEOPLE = {
    "nora": ("client", "northwind"),
    "sol": ("client", "southgate"),
    "sam": ("staff", ""),
    "ada": ("admin", ""),
}
OWN_FIELDS = ("title", "body")


@dataclass
class Desk:
    """The portal. Each hole is the name of a check that is left out.

    With a shelf, a new note leads to the list and a message, the list has a setting of its own, and notes are removed from
    the shelf alone, by links with a key for each.
    """

    holes: frozenset[str] = frozenset()
    removable: bool = True
    by_links: bool = False
    noisy: bool = False
    boxes: bool = False
    shelf: bool = False
    rows: int = 20
    notes: dict[int, dict[str, Any]] = field(default_factory=dict)
    sessions: dict[str, dict[str, str]] = field(default_factory=dict)
    people: dict[str, dict[str, Any]] = field(default_factory=dict)
    banner: str = "Welcome to all of you"
    on_write: Callable[[str], None] = lambda _path: None
    numbers: Any = field(default_factory=lambda: itertools.count(1001))
    looks: Any = field(default_factory=itertools.count)

    def __post_init__(self) -> None:
        for name, (role, tenant) in PEOPLE.items():
            self.people[name] = {"id": name, "name": name, "role": role, "tenant": tenant, "phone": "1"}
        for tenant in ("northwind", "southgate"):
            for at in range(2):
                self.add(tenant, f"Old note {at} of {tenant}", "words")

    def add(self, tenant: str, title: str, body: str) -> int:
        number = next(self.numbers)
        self.notes[number] = {
            "id": number, "tenant": tenant, "title": title, "body": body, "status": "open", "price": 10, "said": [],
        }  # fmt: skip
        return number

    # Who asks

    def session(self, request: Request) -> dict[str, str] | None:
        return self.sessions.get(request.cookies.get("sid", ""))

    def who(self, request: Request) -> dict[str, Any] | None:
        session = self.session(request)
        return self.people[session["name"]] if session else None

    def note(self, request: Request, act: str) -> dict[str, Any] | None:
        """The note that the path names, if whoever asks may reach it."""
        note = self.notes.get(int(request.path_params["id"]))
        user = self.who(request)
        if user is None:
            return note if f"anonymous {act}" in self.holes else None
        fits = note is not None and (not user["tenant"] or user["tenant"] == note["tenant"])
        return note if fits or f"tenant {act}" in self.holes else None

    async def form(self, request: Request) -> dict[str, str] | None:
        sent = dict(await request.form())
        session = self.session(request)
        if session and sent.get("csrf") != session["csrf"]:
            return None
        self.on_write(request.url.path)
        return {name: str(value) for name, value in sent.items()}

    # What is shown

    def page(self, request: Request, *parts: str) -> Response:
        user, session = self.who(request), self.session(request)
        top = f"<p>Hello {user['name']}</p><a href=/notes>Notes</a> <a href=/me>Me</a>" if user else ""
        if user and self.shelf:
            top += "<a href=/shelf>Shelf</a>"
        if user and user["role"] == "admin":
            top += "<a href=/settings>Settings</a>"
        if user and session:
            top += f"<form method=post action=/logout>{self.token(request)}<button>Log out</button></form>"
        noise = f"<p>Looked at {next(self.looks)} times</p>" if self.noisy else ""
        return HTMLResponse(f"<title>Desk</title>{top}{noise}{''.join(parts)}<a href=/api/notes>As data</a>")

    def token(self, request: Request) -> str:
        session = self.session(request)
        return f'<input type=hidden name=csrf value="{session["csrf"] if session else ""}">'

    async def login(self, request: Request) -> Response:
        if request.method == "POST":
            sent = await request.form()
            name = str(sent.get("username"))
            if name not in PEOPLE or sent.get("password") != f"secret of {name}":
                return HTMLResponse("<p>Wrong.</p>", 401)
            sid = secrets.token_hex(16)
            self.sessions[sid] = {"name": name, "csrf": secrets.token_hex(16)}
            answer = RedirectResponse("/notes", 303)
            answer.set_cookie("sid", sid, secure=True, httponly=True)
            return answer
        return HTMLResponse(
            "<title>Log in</title><form method=post action=/login><label>User name <input name=username></label>"
            "<input type=password name=password><button>Log in</button></form>"
        )

    async def logout(self, request: Request) -> Response:
        self.sessions.pop(request.cookies.get("sid", ""), None)
        return RedirectResponse("/login", 303)

    async def listing(self, request: Request) -> Response:
        if (user := self.who(request)) is None:
            return RedirectResponse("/login", 302)
        rows = [n for n in self.notes.values() if not user["tenant"] or n["tenant"] == user["tenant"]]
        links = "".join(
            f"<li>{escape(n['title']) * self.shelf}<a href=/notes/{n['id']}>{escape(n['title'])}</a>"
            for n in rows
        )
        if request.method == "POST":
            if (sent := await self.form(request)) is None:
                return Response(status_code=403)
            self.rows = int(sent["rows"])
        rows_form = (
            f"<form method=post>{self.token(request)}<input type=number name=rows value={self.rows}>"
            "<button name=apply value=Apply>Apply</button></form>"
        )
        return self.page(
            request,
            f"<p>{escape(self.banner)}</p><ul>{links}</ul><a href=/notes/new>New note</a>",
            rows_form * self.shelf,
        )

    async def shelved(self, request: Request) -> Response:
        if (user := self.who(request)) is None:
            return RedirectResponse("/login", 302)
        own = [n for n in self.notes.values() if not user["tenant"] or n["tenant"] == user["tenant"]]
        asked = int(request.query_params.get("note", "0"))
        if asked and asked in {n["id"] for n in own} and request.query_params.get("nonce") == _key(asked):
            del self.notes[asked]
            return RedirectResponse("/shelf", 303)
        items = "".join(
            f"<tr><td>{escape(n['title'])}<td><a href='/notes/drop?act=delete&note={n['id']}&nonce={_key(n['id'])}'>Trash</a>"
            for n in own
        )
        return self.page(request, f"<table>{items}</table>")

    async def new(self, request: Request) -> Response:
        if (user := self.who(request)) is None and "anonymous new" not in self.holes:
            return RedirectResponse("/login", 302)
        if request.method == "GET":
            hidden = f'<input type=hidden name=tenant value="{user["tenant"]}">' if user else ""
            return self.page(
                request,
                f"<form method=post action=/notes/new>{self.token(request)}{hidden}<input name=title>"
                "<textarea name=body></textarea><button>Add it</button></form>",
            )
        if (sent := await self.form(request)) is None or not sent.get("title"):
            return Response(status_code=403)
        tenant = user["tenant"] if user else "northwind"
        if "hidden tenant" in self.holes or not tenant:
            tenant = sent.get("tenant") or "northwind"
        number = self.add(tenant, sent["title"], sent.get("body", ""))
        self.take(number, sent, "new")
        if self.shelf:
            return RedirectResponse("/notes?message=1", 303)
        return RedirectResponse(f"/notes/{number}", 303)

    def take(self, number: int, sent: dict[str, Any], act: str) -> None:
        """Take further fields where that is a hole."""
        for name in ("price", "tenant", "status"):
            if f"{act} takes {name}" in self.holes and name in sent:
                self.notes[number][name] = type(self.notes[number][name])(sent[name])

    async def shown(self, request: Request) -> Response:
        if self.who(request) is None:
            return RedirectResponse("/login", 302)
        if (note := self.note(request, "read")) is None:
            return HTMLResponse("<p>There is no such note.</p>", 404)
        at, token = f"/notes/{note['id']}", self.token(request)
        user = self.who(request)
        said = "".join(f"<p>{escape(each)}</p>" for each in note["said"])
        close = f"<form method=post action={at}/close>{token}<button>Archive it</button></form>"
        remove = f"<form method=post action={at}/delete>{token}<button>Delete</button></form>"
        if self.by_links:
            close = f"<a href={at}/close>Archive it</a>"
            remove = f"<a href={at}/delete>Delete</a>"
        return self.page(
            request,
            f"<h1>{escape(note['title'])}</h1><p>{escape(note['body'])}</p><p>It is {note['status']}.</p>{said}",
            f'<form method=post action={at}/edit>{token}<input name=title value="{escape(note["title"])}">'
            f"<textarea name=body>{escape(note['body'])}</textarea><button>Save</button></form>",
            f"<form method=post action={at}/say>{token}<input name=words><button>Say</button></form>",
            close if user and user["role"] != "client" else "",
            remove if self.removable and not self.shelf else "",
        )

    async def followed(self, request: Request) -> Response:
        """What a link does: it asks before it deletes, and archives at once."""
        act, note = request.path_params["act"], self.note(request, request.path_params["act"])
        user = self.who(request)
        if not self.by_links or act not in ("close", "delete") or not (user or note):
            return HTMLResponse("<p>There is no such page.</p>", 404)
        if note is None or (
            act == "close" and user and user["role"] == "client" and "role close" not in self.holes
        ):
            return HTMLResponse("<p>There is no such note.</p>", 404)
        if act == "close":
            note["status"] = "archived"
            return RedirectResponse("/notes", 303)
        ask = f"<form method=post>{self.token(request)}<button>Yes</button></form>"
        return self.page(request, f"<p>Delete the note {note['id']}?</p>", ask)

    async def act(self, request: Request) -> Response:
        act = request.path_params["act"]
        if self.who(request) is None and f"anonymous {act}" not in self.holes:
            return RedirectResponse("/login", 302)
        note, sent, user = self.note(request, act), await self.form(request), self.who(request)
        if note is None or sent is None:
            return HTMLResponse("<p>There is no such note.</p>", 200 if "soft" in self.holes else 404)
        if act == "close" and user and user["role"] == "client" and "role close" not in self.holes:
            return Response(status_code=403)
        if act == "edit":
            note.update({name: sent[name] for name in OWN_FIELDS if name in sent})
            self.take(note["id"], sent, "edit")
        elif act == "say":
            note["said"].append(sent.get("words", ""))
        elif act == "close":
            note["status"] = "archived"
        elif self.removable:
            del self.notes[note["id"]]
        return RedirectResponse("/notes", 303)

    async def data(self, request: Request) -> Response:
        if (user := self.who(request)) is None:
            return JSONResponse({"error": "sign in"}, 401)
        rows = [n for n in self.notes.values() if not user["tenant"] or n["tenant"] == user["tenant"]]
        return JSONResponse({"items": rows})

    async def me(self, request: Request) -> Response:
        if (user := self.who(request)) is None:
            return RedirectResponse("/login", 302)
        if request.method == "POST":
            if (sent := await self.form(request)) is None:
                return Response(status_code=403)
            user["name"], user["phone"] = sent.get("name", user["name"]), sent.get("phone", user["phone"])
            if "own role" in self.holes:
                user["role"] = sent.get("role", user["role"])
            return RedirectResponse("/me", 303)
        return self.page(
            request,
            f'<form method=post action=/me>{self.token(request)}<input name=name value="{user["name"]}">'
            f'<input name=phone value="{user["phone"]}"><button>Save</button></form><a href=/api/me>As data</a>',
        )

    async def my_data(self, request: Request) -> Response:
        user = self.who(request)
        return JSONResponse({**user, "username": user["id"]} if user else {}, 200 if user else 401)

    async def settings(self, request: Request) -> Response:
        if (user := self.who(request)) is None:
            return RedirectResponse("/login", 302)
        if user["role"] != "admin" and not (request.method == "POST" and "role settings" in self.holes):
            return Response(status_code=403)
        if request.method == "POST":
            if (sent := await self.form(request)) is None:
                return Response(status_code=403)
            self.banner = sent["banner"]
            return RedirectResponse("/settings", 303)
        return self.page(
            request,
            f'<form method=post action=/settings>{self.token(request)}<input name=banner value="{escape(self.banner)}">'
            "<button>Save</button></form>",
            f"<form method=post action=/letters/close>{self.token(request)}<input type=checkbox name=letters value=L-17>"
            "<input type=checkbox name=letters value=L-18><button>Close them</button></form>" * self.boxes,
        )

    async def front(self, request: Request) -> Response:
        return self.page(request, "<h1>Desk</h1><a href=/login>Log in</a>")

    def app(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/", self.front),
                Route("/login", self.login, methods=["GET", "POST"]),
                Route("/logout", self.logout, methods=["POST"]),
                Route("/notes", self.listing, methods=["GET", "POST"]),
                Route("/shelf", self.shelved),
                Route("/notes/drop", self.shelved),
                Route("/notes/new", self.new, methods=["GET", "POST"]),
                Route("/notes/{id:int}", self.shown),
                Route("/notes/{id:int}/{act}", self.act, methods=["POST"]),
                Route("/notes/{id:int}/{act}", self.followed),
                Route("/api/notes", self.data),
                Route("/me", self.me, methods=["GET", "POST"]),
                Route("/api/me", self.my_data),
                Route("/settings", self.settings, methods=["GET", "POST"]),
            ]
        )


def _key(number: int) -> str:
    return hashlib.sha256(b"note %d" % number).hexdigest()[:10]


@dataclass
class Run:
    """What came of one run: the evidence, and each request that was sent."""

    found: Writes
    lines: list[dict[str, Any]]

    @property
    def crossings(self) -> set[tuple[str, str, str]]:
        """(kind, operation's path, asker) of what changed something."""
        return {
            (each.kind, each.operation.partition("//")[2].partition("/")[2], each.asker)
            for each in self.found.trials
            if each.changed
        }


class Writing:
    """Runs the writes against a small portal."""

    def __init__(self, authority: trustme.CA, folder: Path) -> None:
        self.authority, self.folder = authority, folder
        self.ca = folder / "ca.pem"
        authority.cert_pem.write_to_path(str(self.ca))
        for name in PEOPLE:
            (folder / name).write_text(f"secret of {name}")

    @asynccontextmanager
    async def wired(
        self, desk: Desk, people: tuple[str, ...], tests: tuple[str, ...], consent: Touch, **authz: Any
    ) -> AsyncIterator[tuple[Site, Wire, io.StringIO]]:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.authority.issue_cert("127.0.0.1").configure_cert(context)
        listener = Listener(desk.app(), "127.0.0.1")
        await listener.become("open", context)
        identities = [
            {
                "name": name, "role": PEOPLE[name][0], "tenant": PEOPLE[name][1], "admin": name == "ada",
                "test": name in tests, "username": name, "password": f"file:{self.folder / name}",
            }
            for name in people
        ]  # fmt: skip
        site = Site.model_validate(
            {
                "portal": {
                    "name": "Desk",
                    "url": f"https://127.0.0.1:{listener.port}/",
                    "owner": "Owner <o@lab.test>",
                },
                "scope": {"addresses": ["127.0.0.0/8"], "active": True, "authorised_by": "Owner"},
                "crawl": {"requests_per_second": 1000},
                "tls": {"extra_ca": [str(self.ca)]},
                "identity": identities,
                "authz": authz,
            }
        )
        journal = io.StringIO()
        wire = Wire(site, journal=journal, attach=lambda _d, s: f"none{s}", consent=consent, browser=False)
        try:
            yield site, wire, journal
        finally:
            await wire.close()
            listener.close()
            with contextlib.suppress(asyncio.CancelledError):
                await asyncio.sleep(0.02)

    async def run(
        self,
        desk: Desk,
        people: tuple[str, ...] = ("nora", "sol", "sam", "ada"),
        tests: tuple[str, ...] = tuple(PEOPLE),
        consent: Touch = Touch.PROBE,
        **authz: Any,
    ) -> Run:
        async with self.wired(desk, people, tests, consent, **authz) as (site, wire, journal):
            found = await look(wire, site)
            return Run(found, [json.loads(line) for line in journal.getvalue().splitlines()])


async def look(wire: Wire, site: Site) -> Writes:
    """Sign in, walk and write, as a run does."""
    from launchready.collect.http import crawl

    people = People(wire, site)
    sessions = await people.everybody()
    seen: Crawl = await crawl(wire, site, people, sessions)
    return await writes(wire, site, people, seen, sessions)


@pytest.fixture
def writing(authority: trustme.CA, tmp_path: Path) -> Writing:
    return Writing(authority, tmp_path)
