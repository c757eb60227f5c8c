"""What a line tells: of a request only, or of who did what, when, and how it went."""

import hashlib

import pytest

from launchready.collect.audit_trail import nouns
from launchready.collect.log_search.entries import (
    is_refused_sign_in,
    is_request,
    is_sign_in,
    lines_in,
    names_of,
    shows,
)

COMBINED = '192.0.2.1 - - [01/Jan/2030:10:00:00 +0000] "POST /login HTTP/1.1" 401 9 "-" "Mozilla/5.0"'
REQUESTS = (
    COMBINED,
    f"portal.example:443 {COMBINED}",
    '{"time": "2030-01-01T10:00:00Z", "method": "POST", "path": "/login", "status": 401, "ms": 12}',
    '{"level": 30, "req": {"method": "POST", "url": "/login"}, "res": {"statusCode": 401}, "msg": "request completed"}',
    '{"request": "POST /login HTTP/2.0", "status": "401"}',
    'INFO:     192.0.2.1:40022 - "POST /login HTTP/1.1" 401 Unauthorized',
    'I, [2030-01-01T10:00:00 #1] INFO -- : Started POST "/login" for 192.0.2.1 at 2030-01-01 10:00:00 +0000',
    '[GIN] 2030/01/01 - 10:00:00 | 401 | 1.2ms | 192.0.2.1 | POST     "/login"',
)
SIGN_INS = (
    '{"time": "2030-01-01T10:00:00Z", "event": "login_succeeded", "user_id": 42, "ip": "192.0.2.1"}',
    "2030-01-01 10:00:00 INFO o.s.security AuthenticationSuccessEvent: nora@northwind.test",
    "Jan  1 10:00:00 web portal[1]: nora@northwind.test logged in from 192.0.2.1",
    "2030-01-01T10:00:00Z audit Anmeldung nora@northwind.test erfolgreich",
    '{"action": "signed in", "actor": "nora", "result": "success"}',
)
REFUSED = (
    '{"time": "2030-01-01T10:00:00Z", "event": "login_failed", "ip": "192.0.2.1"}',
    "2030-01-01 10:00:00 WARN Invalid credentials for somebody",
    "django.security: failed login attempt from 192.0.2.1",
    "Jan  1 10:00:00 web portal[1]: authentication failure; user unknown",
    "2030-01-01 Anmeldung fehlgeschlagen: Benutzer unbekannt",
)
OTHERS = (
    "2030-01-01 10:00:00 INFO started in 2.1 seconds",
    '{"level": "info", "msg": "mail sent", "ms": 12}',
    "2030-01-01 10:00:00 WARN queue is long",
)


@pytest.mark.parametrize("line", REQUESTS)
def test_a_line_about_a_request_alone_tells_of_no_deed(line: str) -> None:
    assert is_request(line)


@pytest.mark.parametrize("line", [*SIGN_INS, *REFUSED, *OTHERS])
def test_a_line_about_anything_else_is_none_about_a_request(line: str) -> None:
    assert not is_request(line)


@pytest.mark.parametrize("line", SIGN_INS)
def test_a_sign_in_is_told_from_one_that_was_refused(line: str) -> None:
    assert is_sign_in(line)
    assert not is_refused_sign_in(line)


@pytest.mark.parametrize("line", REFUSED)
def test_a_refused_sign_in_is_told_from_one_that_was_not(line: str) -> None:
    assert is_refused_sign_in(line)
    assert not is_sign_in(line)


@pytest.mark.parametrize("line", OTHERS)
def test_other_lines_tell_of_no_sign_in(line: str) -> None:
    assert not is_sign_in(line)
    assert not is_refused_sign_in(line)


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        (SIGN_INS[0], ("time", "actor", "result", "address")),
        (SIGN_INS[2], ("time", "actor", "result", "address")),
        ("2030-01-01T10:00:00Z ticket 7 created", ("time", "object", "result")),
        ("2030-01-01T10:00:00Z ticket 7 archived", ("time", "object", "result")),
        ("2030-01-01T10:00:00Z ticket export requested", ("time", "object")),
        ("2030-01-01T10:00:00Z feed of tickets", ("time", "object")),
        (
            '{"ts": 1893492000.5, "actor": null, "event": "created", "object": "ticket 7"}',
            ("time", "object", "result"),
        ),
        (
            '{"ts": 1893492000.5, "user": "17", "event": "created", "object": "ticket 7"}',
            ("time", "actor", "object", "result"),
        ),
        ("something happened", ()),
    ],
)
def test_what_a_line_shows(line: str, shown: tuple[str, ...]) -> None:
    assert shows(line, names_of("nora@northwind.test"), ("ticket",)) == shown


def test_an_address_may_be_logged_by_its_hash() -> None:
    digest = hashlib.sha256(b"nora@northwind.test").hexdigest()
    assert "actor" in shows(f"login ok {digest}", names_of("Nora@northwind.test"))


@pytest.mark.parametrize(
    ("operation", "words"),
    [
        ("POST https://portal.example/api/v1/tickets", ("ticket",)),
        ("POST https://portal.example/tickets/new", ("ticket",)),
        ("POST https://portal.example/clients/{}/notes", ("note",)),
        ("POST https://portal.example/api/companies", ("company",)),
        ("POST https://portal.example/api/support-cases", ("support", "case")),
        ("POST https://portal.example/", ()),
    ],
)
def test_what_an_operation_makes(operation: str, words: tuple[str, ...]) -> None:
    assert nouns(operation) == words


def test_lines_come_with_the_byte_at_which_they_begin() -> None:
    assert list(lines_in([b"one\n\nt", b"wo\r\nthr\xffee"])) == [("one", 0), ("two", 5), ("thr\ufffdee", 10)]
