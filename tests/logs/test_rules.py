"""What people typed is found in the shapes in which it comes into logs; what only speaks of it is left alone."""

import base64
import gzip
import hashlib
import json
import random
import urllib.parse
import uuid

import pytest

from launchready.collect.log_search.names import kind_of
from launchready.collect.log_search.rules import Told, find
from launchready_testbed.secret_shapes import jwt

PASSWORD = "Mountain-" + "41-Lake"
TOKEN = "m0untain" + "41lake8river2Stone"
CARD = "4000" + "0566" + "5566" + "5556"
SIGNED = jwt({"sub": "1234567890", "name": "nora"})
FORM = {"email": "nora@northwind.test", "password": PASSWORD}
BODY = json.dumps(FORM)

LEAKS = {
    "query of a request": f'192.0.2.1 - - [x] "GET /login?email=a&password={PASSWORD} HTTP/1.1" 302 0',
    "form body": urllib.parse.urlencode(FORM),
    "nested form field": f"user%5Bpassword%5D={PASSWORD}&x=1",
    "json": json.dumps({"level": "debug", "body": FORM}),
    "json in json": json.dumps({"log": BODY}),
    "json in json in json": json.dumps({"log": json.dumps({"log": BODY})}),
    "ruby": f'Parameters: {{"email"=>"a", "password"=>"{PASSWORD}"}}',
    "python": repr(FORM),
    "django": f"<QueryDict: {{'email': ['a'], 'password': ['{PASSWORD}']}}>",
    "logfmt": f"level=debug msg=login password={PASSWORD} user=a",
    "php": f"Array ( [email] => a [password] => {PASSWORD} )",
    "java": f"LoginRequest(email=a, password={PASSWORD})",
    "go": f"{{Email:a Password:{PASSWORD}}}",
    "xml": f"<soap:Body><password>{PASSWORD}</password></soap:Body>",
    "multipart in one line": f'form-data; name="password"\\r\\n\\r\\n{PASSWORD}\\r\\n--x',
    "multipart": f'Content-Disposition: form-data; name="password"\r\n\r\n{PASSWORD}\r\n--x',
    "local variable": f"    password = '{PASSWORD}'",
    "setting": f"DB_PASSWORD={PASSWORD}",
    "command line": f"running: mysql --user app --password {PASSWORD}",
    "address": f"connecting to postgres://app:{PASSWORD}@db/portal",
    "sql update": f"UPDATE users SET password = '{PASSWORD}' WHERE id = 1",
    "sql insert": f"INSERT INTO users (email, password) VALUES ('a@b.test', '{PASSWORD}')",
    "sentence": f"login failed for a@b.test with password: {PASSWORD}",
    "pair": f"[('email', 'a'), ('password', '{PASSWORD}')]",
    "html": f"&quot;password&quot;:&quot;{PASSWORD}&quot;",
    "url twice": urllib.parse.quote(urllib.parse.quote(BODY)),
    "another language": f"Kennwort={PASSWORD}",
    "camel case": json.dumps({"newPassword": PASSWORD}),
    "bcrypt": json.dumps({"password": "$2b$12$" + "aB3" * 17 + "xy"}),
    "base64": "body=" + base64.b64encode(BODY.encode()).decode(),
    "form in base64": "raw " + base64.b64encode(urllib.parse.urlencode(FORM).encode()).decode(),
    "base64 twice": "raw " + base64.b64encode(base64.b64encode(BODY.encode())).decode(),
    "gzip": "body=" + base64.b64encode(gzip.compress(BODY.encode())).decode(),
    "hexadecimal": "payload " + BODY.encode().hex(),
    "utf-16": "payload " + base64.b64encode(BODY.encode("utf-16-le")).decode(),
    "bearer": f"authorization: Bearer {TOKEN}",
    "bearer in json": json.dumps({"headers": {"authorization": f"Bearer {TOKEN}"}}),
    "bearer among raw headers": f"(b'authorization', b'Bearer {TOKEN}')",
    "basic": "Authorization: Basic " + base64.b64encode(f"a:{PASSWORD}".encode()).decode(),
    "cookie": f"Cookie: lang=en; connect.sid=s%3A{TOKEN}; _ga=GA1.2.3",
    "set-cookie": json.dumps({"set-cookie": [f"__Host-session={TOKEN}; Path=/; Secure"]}),
    "cookies": json.dumps({"cookies": {"sessionid": TOKEN}}),
    "php session": "PHPSESSID=" + "0123456789abcdef" * 2,
    "signed token": f"user token {SIGNED} accepted",
    "token in a query": f'"GET /feed?access_token={TOKEN}&x=1 HTTP/1.1" 200',
    "refresh token": json.dumps({"refreshToken": TOKEN}),
    "reset link": f'"GET /reset?token={TOKEN} HTTP/1.1" 200',
    "one-time code": "mfa user=17 otp=492817 ok",
    "card": json.dumps({"card_number": CARD}),
    "card in groups": f"charged {CARD[:4]} {CARD[4:8]} {CARD[8:12]} {CARD[12:]} ok",
    "card code": json.dumps({"cvv": "123"}),
}
CLEAN = r"""
{"password":"[FILTERED]"} {"password":"***"} password=******** password=[REDACTED] "password":"<redacted>" password: invalid
Wrong password: 3 attempts left
{"errors":{"password":["is too short","must contain 3 digits"]}} {"password":["This field is required."]} {"password":"required"}
password reset requested for nora@northwind.test
password authentication failed for user "app"
Invalid password: user not found
token=*** token: expired {"token_type":"bearer","expires_in":3600} {"tokens":1532,"max_tokens":4096,"total_tokens":99}
request_id=7f9c24e8-3b1a-4f6d-9a2e-0c55ad015a3b session_id=7f9c24e8-3b1a-4f6d-9a2e-0c55ad015a3b
session=sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08 etag="9f86d081884c7d659a2feaa0c55ad015"
"GET /assets/app.9f86d081884c7d65.js HTTP/1.1" 200 "GET /?page_token=CAUQAAqwertyuiopasdf123 HTTP/1.1"
csrfmiddlewaretoken=Zx81kdjfhqpwoeirutyalskdjfhgzmxn password_reset=true passwordChanged: true password_length=12
Authorization: Bearer *** authorization: "Bearer [REDACTED]" Authorization header missing; Bearer token missing
Cookie: lang=en; theme=dark; _ga=GA1.2.1234567890.1234567890 cookie_consent=accepted Set-Cookie: session=; Max-Age=0
order 4123456789012345 took 1732640123456789 ns id=5105105105105100123 card ending 4242 card=**** **** **** 4242 card: visa
commit 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
{"password":null,"new_password":true,"pass":false} DB_PASSWORD=${DB_PASSWORD} PASSWORD=$PASSWORD password=%s password=:password
tests: pass: 12 fail: 0  pass=true  secret: rotated  otp: sent to a***@b.test  one_time_code=sent
passwort: falsch  mot de passe: invalide  Passwordless login enabled  forgot-password: mail sent
POST /login 401 {"event":"login_failed","reason":"bad_password"} "type":"password" "name":"password"
token: refreshed  sid: none  session: created for nora  session=renewed  jwt: expired at 2026-01-01
https://user:***@host/path  https://example.test:8443/path@2x.png  postgres://app@db/portal
{"fields":["email","password","remember_me"]} form fields: email, password, csrf
traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01 idempotency_token=Zx81kdjfhqpwoeirutyalskdjfhg1
password hash algorithm: argon2id  password_hash_algorithm=pbkdf2_sha256 token_hash=9f86d081884c7d659a2feaa0c55ad015a3bf4f1b
PASS: gdb.base/break.exp: breakpoint 12 set  pass: test_7b of suite A9
signature=aGVsbG8gd29ybGQgaGVsbG8gd29ybGQgaGVsbG8gd29ybGQ= x-amzn-trace-id: Root=1-67891233-abcdef012345678912345678
""".strip().split("\n")


def told(line: str) -> list[Told]:
    return list(find(f"2030-01-01 INFO begin\n{line}\n2030-01-01 INFO end\n".encode()))


@pytest.mark.parametrize("line", LEAKS.values(), ids=LEAKS)
def test_a_leak_is_found_with_what_was_leaked(line: str) -> None:
    found = told(line)
    assert found
    for each in found:
        known = (PASSWORD, TOKEN, CARD, SIGNED, f"s:{TOKEN}", "123", "492817", "0123456789abcdef" * 2)
        assert each.value in known or each.kind == "password hash"
        assert each.value not in repr(each)


def test_there_are_more_than_twenty_five_shapes() -> None:
    assert len(LEAKS) > 40


@pytest.mark.parametrize("line", CLEAN, ids=lambda line: line[:24])
def test_what_only_speaks_of_secrets_is_none(line: str) -> None:
    assert told(line) == []


def test_a_log_full_of_ids_and_digests_holds_nothing() -> None:
    lot = random.Random(11)
    lines = []
    for n in range(4000):
        raw = lot.randbytes(48)
        lines.append(
            json.dumps(
                {
                    "time": f"2030-01-01T10:00:{n % 60:02d}Z",
                    "request_id": str(uuid.UUID(bytes=raw[:16])),
                    "session_id": str(uuid.UUID(bytes=raw[16:32])),
                    "etag": hashlib.md5(raw).hexdigest(),
                    "session": f"sha256:{hashlib.sha256(raw).hexdigest()}",
                    "integrity": "sha384-" + base64.b64encode(raw).decode(),
                    "order": lot.randrange(10**15, 10**16),
                    "account": lot.randrange(4 * 10**15, 5 * 10**15),
                    "took_ns": 1_790_000_000_000_000_000 + n,
                    "trace": raw[:16].hex(),
                }
            )
        )
    assert list(find("\n".join(lines).encode())) == []


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("password", "password"),
        ("user_password_confirmation", "password"),
        ("newPassword", "password"),
        ("PGPASSWORD", "password"),
        ("password_hash", "password hash"),
        ("passwordResetAt", ""),
        ("password_length", ""),
        ("accessToken", "token"),
        ("X-Auth-Token", "token"),
        ("csrf_token", ""),
        ("next_page_token", ""),
        ("token_type", ""),
        ("JSESSIONID", "session"),
        ("session_id", "session"),
        ("session_count", ""),
        ("Set-Cookie", "cookie"),
        ("cookie_consent", ""),
        ("card_last4", ""),
        ("status", ""),
    ],
)
def test_a_name_says_what_a_field_holds(name: str, kind: str) -> None:
    assert kind_of(name) == kind


def test_keys_that_everybody_is_given_are_no_leak() -> None:
    assert told("client made with " + jwt({"role": "anon", "iss": "supabase"})) == []
