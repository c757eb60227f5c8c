"""What answers tell of the inside: pages as frameworks really make them, and what only reads like them."""

import asyncio
import json
import traceback
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Message

from launchready.detect.inside import betrayals, texts_of
from launchready_testbed import error_screens


def told(body: str, media_type: str = "text/html", **known: tuple[str, ...]) -> list[str]:
    return [each.what for each in betrayals(texts_of(body, media_type), **known)]


SCREENS = {
    "DJANGO": "a debug page of Django",
    "WERKZEUG": "a debug page of Werkzeug (Flask)",
    "EXPRESS": "a stack trace of JavaScript",
    "RAILS": "a debug page of Rails",
    "ASP_NET": "a debug page of ASP.NET",
    "NEXT": "a debug page of Next.js",
    "PHP": "a stack trace of PHP",
    "TOMCAT": "the version of the application server",
    "NGINX": "the version of the web server",
}


@pytest.mark.parametrize(("screen", "what"), SCREENS.items())
def test_the_screens_of_frameworks_are_known(screen: str, what: str) -> None:
    assert what in told(getattr(error_screens, screen))


@pytest.mark.parametrize("accept", ["text/html", "text/plain"])
def test_a_real_framework_in_debug_mode_is_known(accept: str) -> None:
    def broken(request: Request) -> Response:
        raise ValueError(request.path_params["id"])

    routes = [Route("/invoices/{id}", broken)]
    for debug in (True, False):
        body = asyncio.run(answered(Starlette(debug=debug, routes=routes), "/invoices/x", accept))
        assert bool(told(body, accept)) is debug


async def answered(app: Starlette, path: str, accept: str) -> str:
    """The body that an application answers with, which goes on to raise what went wrong."""
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "method": "GET",
        "path": path,
        "query_string": b"",
        "headers": [(b"host", b"portal.example.com"), (b"accept", accept.encode())],
    }
    with suppress(ValueError):
        await app(scope, receive, send)
    return b"".join(message.get("body", b"") for message in sent).decode()


def test_what_python_itself_writes_is_known_in_text_and_in_json() -> None:
    try:
        int("x")
    except ValueError as error:
        written = "".join(traceback.format_exception(error))
    assert "a stack trace of Python" in told(written, "text/plain")
    assert "a stack trace of Python" in told(texts_json(written), "application/json")


def texts_json(text: str) -> str:
    return json.dumps({"errors": [{"detail": {"trace": text}}]})


TRACES = {
    "Java": "java.lang.IllegalStateException: x\n\tat com.harbour.Invoices.show(Invoices.java:58)",
    "Java, a module": "\tat java.base/jdk.internal.reflect.Method.invoke(Method.java:580)",
    "Ruby": "app/models/invoice.rb:12:in `total'\nconfig/environment.rb:3:in 'block in <main>'",
    "Go": "goroutine 12 [running]:\nmain.show(0x0)\n\t/src/harbour/main.go:41 +0x1d",
    "Rust": "thread 'tokio-runtime-worker' panicked at src/main.rs:41:9:",
    "Elixir": "    (harbour 0.1.0) lib/harbour_web/router.ex:1: HarbourWeb.Router.call/2",
    "PHP": "#0 /var/www/html/index.php(12): show()\n#1 {main}",
    ".NET": "   at Harbour.Invoices.Show(Int32 id) in /src/Invoices.cs:line 41",
    ".NET in German": "   bei Harbour.Invoices.Show(Int32 id) in C:\\src\\Invoices.cs:Zeile 41.",
    "Perl": "Can't locate object method at /srv/app/lib/Harbour.pm line 41.",
    "JavaScript": "TypeError: x is not a function\n    at show (/usr/src/app/invoices.js:27:31)",
    "JavaScript, a module": "    at async file:///app/server.mjs:12:5",
}


@pytest.mark.parametrize(("language", "text"), TRACES.items())
def test_traces_are_known_by_their_grammar(language: str, text: str) -> None:
    assert f"a stack trace of {language.partition(' in ')[0].partition(',')[0]}" in told(text, "text/plain")


INSIDE = {
    "PostgreSQL": 'ERROR: relation "invoices" does not exist',
    "MySQL": "You have an error in your SQL syntax; check the manual",
    "a unique key": 'duplicate key value violates unique constraint "users_email_key"',
    "SQLite": "sqlite3.OperationalError: no such table: invoices",
    "Oracle": "ORA-00942: table or view does not exist",
    "SQL Server": "Unclosed quotation mark after the character string ''.",
    "MongoDB": "E11000 duplicate key error collection: harbour.users index: email_1",
    "Prisma": "Invalid `prisma.invoice.findUnique()` invocation:",
    "SQL": "SELECT id, total FROM invoices WHERE id = 'x'",
    "a path": "ENOENT: no such file or directory, open '/var/www/harbour/config.json'",
    "a home": "cannot open /home/deploy/harbour/current/config.yml",
    "Windows": "Could not find C:\\inetpub\\wwwroot\\web.config",
    "a database's host": "connect ECONNREFUSED 10.1.2.3:5432",
    "a service": "upstream http://invoices.harbour.svc.cluster.local:8080 failed",
    "an internal name": "could not translate host name db.internal",
    "Redis": "WRONGTYPE Operation against a key holding the wrong kind of value",
    "Go": "json: cannot unmarshal string into Go struct field Login.username of type int",
    "Apache": "<address>Apache/2.4.41 (Ubuntu) Server at portal.example.com Port 443</address>",
    "PHP": "PHP/7.4.3",
}


@pytest.mark.parametrize("text", INSIDE.values(), ids=INSIDE.keys())
def test_words_of_the_inside_are_known(text: str) -> None:
    assert told(f"<h1>Error</h1><p>{text}</p>")


FINE = {
    "prose": "The traceback went to our developers. Nothing is lost, with the exception of your last click.",
    "products": "We run Django, Rails, PostgreSQL and nginx for you.",
    "selecting": "Select a report from the list, update your search, or delete from it.",
    "versions": "Harbour 10.2.0.1 (interface v10.0.0.7), TLS 1.3 only, HTTP/1.1 or HTTP/2.0, Version 4.2",
    "reference": "Reference 3e1f7a52-0c1b-4f5e-9a55-2f1f0b6f9f11, trace 4bf92f3577b34da6a3ce929d0e0e4736",
    "times": "Open 9:30 to 10:45. Room 10.20, building 192.",
    "validation": "Input should be a valid integer, unable to parse string as an integer (line 1 column 7)",
    "JSON": "Unexpected token < in JSON at position 0",
    "pages": "Try /help, /home, /app/overview or /docs/getting-started.html instead.",
    "addresses": "Write to help@local.example or see https://portal.example.com:8443/status",
    "GraphQL": 'Cannot query field "x" on type "Query". at line 1, column 3',
    "a user's computer": "Is your printer called localhost?",
    "ratio": "at 10:12 PM to 192.168 persons",
    "no such": "There is no such table reservation. No such column in your spreadsheet.",
}


@pytest.mark.parametrize("text", FINE.values(), ids=FINE.keys())
def test_what_only_reads_like_it_is_left_alone(text: str) -> None:
    assert told(f"<html><body><h1>Error</h1><p>{text}</p></body></html>") == []
    assert told(texts_json(text), "application/json") == []


def test_what_is_known_of_the_portal_betrays_nothing() -> None:
    assert told("see https://127.0.0.1:8443/", own_hosts=("127.0.0.1",)) == []
    assert told("<p>No page at /srv/app/main.py</p>", own_paths=("/srv/app/main.py",)) == []


def test_scripts_of_a_page_are_not_what_a_person_reads() -> None:
    assert told("<script>fetch('/var/www/x.js:1:2')</script><p>Sorry</p>") == []


@given(st.text(max_size=400), st.sampled_from(["text/html", "application/json", "text/plain", ""]))
def test_nothing_breaks_it(body: str, media_type: str) -> None:
    for each in betrayals(texts_of(body, media_type)):
        assert each.what


@pytest.mark.parametrize(
    "piece", ['File "', "at a.", "/home/", "#0 ", "SELECT ", '{"a":', "<p>", "10.", "a." * 3, "C:\\a\\"]
)
def test_long_hostile_answers_are_read_to_their_end(piece: str) -> None:
    """A pattern that went back over what it read would not come to an end before the tests are stopped."""
    body = piece * (200_000 // len(piece))
    assert all(each.what for each in betrayals(texts_of(body, "text/html")))
