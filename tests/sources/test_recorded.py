"""What is taken from HAR files and Postman collections, and what is not: whatever signs in."""

import json
from pathlib import Path
from typing import Any

import pytest

from launchready.audit import audit
from launchready.collect.reach.call import Offered
from launchready.collect.reach.sources import filled, open_slots
from launchready.collect.reach.sources.recorded import of_har, of_postman
from launchready.errors import UsageError
from launchready.site import Site

from .conftest import Portal, running

SITE = Site(portal={"url": "https://portal.test/"}, scope={"hosts": ["api.test"]})
PATH = Path("file")


def entry(method: str, url: str, headers: dict[str, str] | None = None, **post: Any) -> dict[str, Any]:
    named = [{"name": name, "value": value} for name, value in (headers or {}).items()]
    request = {"method": method, "url": url, "headers": named, **({"postData": post} if post else {})}
    return {"request": request, "response": {"content": {"text": "s3cr3t-answer"}}}


def har(*entries: Any) -> tuple[Offered, ...]:
    return of_har(json.dumps({"log": {"version": "1.2", "entries": entries}}).encode(), PATH, SITE)


def test_a_recording_gives_requests_without_what_signs_in() -> None:
    found = har(
        entry(
            "POST",
            "https://portal.test/orders?access_token=s3cr3t-a&view=2",
            {"Cookie": "sid=s3cr3t-b", "Authorization": "Bearer s3cr3t-c", "X-CSRF-Token": "s3cr3t-d", "X-Tenant": "7",
             "User-Agent": "x", "X-Any": "Bearer s3cr3t-e"},
            mimeType="application/json",
            text=json.dumps({"title": "Rope", "csrf_token": "s3cr3t-f", "lines": [{"amount": 2}]}),
        ),
        entry("POST", "https://portal.test/login", mimeType="application/json", text='{"user":"a","password":"s3cr3t-g"}'),
        entry("GET", "https://portal.test/orders/17"),
        entry("GET", "https://portal.test/app.js"),
        entry("GET", "https://elsewhere.test/orders"),
        entry("GET", "https://portal.test/orders/17#again"),
        entry("GET", "https://portal.test/logout"),
    )  # fmt: skip
    assert "s3cr3t" not in repr(found)
    assert [(each.call.method, each.call.url, each.call.reads) for each in found] == [
        ("POST", "https://portal.test/orders?view=2", False),
        ("GET", "https://portal.test/orders/17", True),
    ]
    assert found[0].call.headers == (("content-type", "application/json"), ("x-tenant", "7"))
    assert json.loads(found[0].call.body) == {"title": "Rope", "lines": [{"amount": 2}]}
    assert found[0].fields == ("title", "csrf_token", "amount")


def test_forms_and_queries_in_a_recording() -> None:
    form, query, change = har(
        entry(
            "POST",
            "https://api.test/notes",
            mimeType="application/x-www-form-urlencoded",
            params=[{"name": "text", "value": "a b"}, {"name": "_token", "value": "s3cr3t"}],
        ),
        entry("POST", "https://api.test/g", mimeType="application/json", text='{"query":"{ a }"}'),
        entry("POST", "https://api.test/g", mimeType="application/json", text='{"query":"mutation { a }"}'),
    )
    assert (form.call.body, form.call.reads) == (b"text=a+b", False)
    assert (query.call.reads, change.call.reads) == (True, False)


def test_a_collection_has_its_variables_resolved_and_the_rest_left_open() -> None:
    collection = {
        "info": {"schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"},
        "auth": {"type": "bearer", "bearer": [{"key": "token", "value": "s3cr3t"}]},
        "variable": [
            {"key": "base", "value": "https://portal.test/{{version}}"},
            {"key": "version", "value": "v1"},
        ],
        "item": [
            {
                "name": "Orders",
                "item": [
                    {
                        "name": "Rename",
                        "request": {
                            "method": "PATCH",
                            "header": [
                                {"key": "X-Tenant", "value": "{{tenant}}"},
                                {"key": "X-Old", "value": "1", "disabled": True},
                            ],
                            "url": {
                                "raw": "{{base}}/orders/:order_id",
                                "variable": [{"key": "order_id", "value": ""}],
                            },
                            "body": {
                                "mode": "raw",
                                "raw": '{"title": "{{title}}", "amount": 2}',
                                "options": {"raw": {"language": "json"}},
                            },
                        },
                    },
                    {"name": "All", "request": "{{unknown}}/orders"},
                ],
            },
            {
                "name": "Ask",
                "request": {
                    "method": "POST",
                    "url": {"raw": "portal.test/graphql"},
                    "body": {"mode": "graphql", "graphql": {"query": "{ orders { id } }", "variables": ""}},
                },
            },
            {
                "name": "Upload",
                "request": {
                    "method": "POST",
                    "url": {"raw": "{{base}}/files"},
                    "body": {"mode": "formdata", "formdata": [{"key": "name", "value": "x", "type": "text"}]},
                },
            },
        ],
    }
    rename, every, ask, upload = of_postman(json.dumps(collection).encode(), PATH, SITE)
    assert rename.call.url == "https://portal.test/v1/orders/{order_id}"
    assert open_slots(rename.call) == ("order_id", "tenant", "title")
    assert json.loads(filled(rename.call, {"title": "x"}).body) == {"title": "x", "amount": 2}
    assert (every.call.url, every.call.reads) == ("https://portal.test/orders", True)
    assert (ask.call.url, ask.call.reads) == ("https://portal.test/graphql", True)
    assert upload.fields == ("name",)
    assert "s3cr3t" not in repr((rename, every, ask, upload))


@pytest.mark.parametrize(
    ("read", "body", "says"),
    [
        (of_har, b"{", "is not JSON"),
        (of_har, b"[" * 100_000, "is not JSON"),
        (of_har, b'{"log": 1}', "no HAR file"),
        (of_postman, b"\xff", "is not JSON"),
        (of_postman, b'{"info": {}}', "no Postman collection"),
    ],
    ids=["har-cut", "har-deep", "har-other", "postman-binary", "postman-other"],
)
def test_a_wrong_file_is_said_in_one_sentence(read: Any, body: bytes, says: str) -> None:
    with pytest.raises(UsageError, match=says):
        read(body, PATH, SITE)


@pytest.mark.parametrize(
    "odd",
    [None, 1, {}, {"request": None}, {"request": {"url": 1}}, entry("GET", "https://[portal"), entry("G T", "https://portal.test/"),
     {"request": {"method": "POST", "url": "https://portal.test/x", "headers": "x", "postData": {"params": 3}}}],
    ids=["null", "number", "empty", "no-request", "no-url", "no-address", "no-method", "wrong-types"],
)  # fmt: skip
def test_odd_entries_do_no_harm(odd: Any) -> None:
    assert len(har(odd, entry("GET", "https://portal.test/a"))) in (1, 2)


@pytest.mark.parametrize("key", ["har", "postman", "openapi"])
async def test_a_wrong_file_ends_the_audit_before_it_begins(tmp_path: Path, key: str) -> None:
    wrong = tmp_path / "wrong.json"
    wrong.write_text('{"a": 1}')
    named = str(wrong) if key == "openapi" else [str(wrong)]
    site = Site(portal={"url": "https://portal.test/"}, authz={key: named})
    with pytest.raises(UsageError, match=rf"`{key}` in \[authz\]"):
        await audit(site, runs=tmp_path / "runs")
    assert not (tmp_path / "runs").exists()


async def test_recordings_are_offered_to_everybody_and_never_asked(loopback: Any, portal: Portal) -> None:
    path = Path(loopback.folder, "a.har")
    async with running(loopback, portal, har=[str(loopback.ca_file)]) as harbour:
        recording = {"log": {"entries": [entry("GET", f"{harbour.url}/api/orders/9999")]}}
        path.write_text(json.dumps(recording))  # noqa: ASYNC240 -- no other task runs meanwhile
        harbour.people.site.authz.__dict__["har"] = (path,)  # the port is known only now
        nora = await harbour.learned("nora")
    (call,) = [each for each in nora.offered if each.call.source == "har"]
    assert (call.party, call.call.reads) == ("", True)
    assert not [each for each in portal.asked if each.path.endswith("/9999")]
