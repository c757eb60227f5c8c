"""Is everything about signing in sound, and does each knob of the policy really change it?"""

import json
import re
import time
from collections.abc import Callable
from typing import Any

import pytest

from launchready_testbed.portal.passwords import password_of
from launchready_testbed.portal.sessions import COOKIE
from launchready_testbed.portal.totp import code, step_at

NORA, SOL, SAM, ADA = "nora@northwind.test", "sol@southgate.test", "sam@lab.test", "ada@lab.test"
FRESH = "fresh-" * 3


def signed_in(visitor: Any) -> bool:
    return bool(visitor.get("/dashboard").status == 200)


def letters(visitor: Any, name: str, *, at_least: int = 1) -> list[str]:
    """The texts of the letters in a mailbox, oldest first; the last ones may be on their way."""
    from .test_imap import letter
    from .test_imap import signed_in as reading

    client = reading(visitor.bed, name)
    deadline = time.monotonic() + 5
    try:
        while True:
            _, (count,) = client.select(readonly=True)
            if int(count or 0) >= at_least or time.monotonic() > deadline:
                found = [letter(client, place + 1).get_body(("plain",)) for place in range(int(count or 0))]
                return [part.get_content().replace("\r", "") for part in found if part]
            time.sleep(0.02)
    finally:
        client.logout()


def link(text: str) -> str:
    found = re.search(r"^https://[^/]+(/\S+)$", text, re.MULTILINE)
    assert found
    return found[1]


def ask_for_reset(visitor: Any, email: str = NORA) -> Any:
    return visitor.post("/forgot", {"email": email, "csrf": visitor.get("/forgot").csrf})


def choose(visitor: Any, path: str, password: str = FRESH, again: str | None = None) -> Any:
    form = {"csrf": visitor.get(path).csrf, "password": password, "again": again or password}
    return visitor.post(path, form)


# The second factor


def test_the_password_alone_lets_an_administrator_nowhere(visitor: Any) -> None:
    answer = visitor.give_password(ADA)
    assert (answer.status, answer.header("location")) == (303, "/login/code")
    for path in ("/dashboard", "/users", "/profile", "/tickets/1", "/profile/password"):
        assert visitor.get(path).header("location").startswith("/login?next=")
    for path in ("session", "users", "tickets"):
        assert visitor.get(f"/api/v1/{path}").status == 401
    assert "Ada" not in visitor.get("/").text
    assert 'name="code"' in visitor.get("/login/code").text


def test_the_code_lets_in_under_a_new_identifier(visitor: Any) -> None:
    visitor.get("/login")
    ids = [visitor.cookies[COOKIE]]
    visitor.give_password(ADA, wanted="/users")
    ids.append(visitor.cookies[COOKIE])
    answer = visitor.give_code("ada")
    ids.append(visitor.cookies[COOKIE])
    assert (answer.status, answer.header("location")) == (303, "/dashboard")
    assert len(set(ids)) == 3
    assert visitor.get("/users").status == 200
    for old in ids[:2]:
        visitor.cookies[COOKIE] = old
        assert not signed_in(visitor)


def test_one_comes_to_where_one_wanted_after_the_code(visitor: Any) -> None:
    location = visitor.give_password(ADA, wanted="/users").header("location")
    assert location == "/login/code?next=%2Fusers"
    page = visitor.get(location)
    assert 'name="next" value="/users"' in page.text
    secret = visitor.bed.secret_file("ada", "totp").read_text()
    form = {"code": code(secret, step_at()), "csrf": page.csrf, "next": "/users"}
    assert visitor.post("/login/code", form).header("location") == "/users"


@pytest.mark.parametrize("wanted", ["//evil.test/", "https://evil.test/"])
def test_nobody_is_sent_elsewhere_after_the_code(visitor: Any, wanted: str) -> None:
    visitor.give_password(ADA)
    secret = visitor.bed.secret_file("ada", "totp").read_text()
    form = {"code": code(secret, step_at()), "csrf": visitor.get("/login/code").csrf, "next": wanted}
    assert visitor.post("/login/code", form).header("location") == "/dashboard"


def test_a_code_is_taken_once_and_the_next_one_still_is(new_visitor: Callable[[], Any]) -> None:
    first, second = new_visitor(), new_visitor()
    now = step_at()
    first.give_password(ADA)
    assert first.give_code("ada").status == 303
    second.give_password(ADA)
    if step_at() == now:  # else the same call shows another code by now
        assert second.give_code("ada").status == 401
    assert second.give_code("ada", 1).status == 303
    assert signed_in(second)


def test_wrong_codes_run_out_for_every_visitor(new_visitor: Callable[[], Any]) -> None:
    guesser = new_visitor()
    guesser.give_password(ADA)
    for _ in range(4):
        form = {"code": "000000", "csrf": guesser.get("/login/code").csrf, "next": ""}
        assert guesser.post("/login/code", form).status == 401
    form = {"code": "000000", "csrf": guesser.get("/login/code").csrf, "next": ""}
    assert guesser.post("/login/code", form).status == 429
    assert guesser.get("/login/code").status == 302
    other = new_visitor()
    other.give_password(ADA)
    assert other.give_code("ada").status == 429
    codes = other.bed.secret_file("ada", "recovery").read_text().split()
    other.give_password(ADA)
    form = {"code": codes[0], "csrf": other.get("/login/code/recovery").csrf, "next": ""}
    assert other.post("/login/code/recovery", form).status == 429


def test_a_recovery_code_lets_in_once_and_its_owner_hears_of_it(new_visitor: Callable[[], Any]) -> None:
    first, second = new_visitor(), new_visitor()
    codes = first.bed.secret_file("ada", "recovery").read_text().split()
    assert len(set(codes)) == 8
    for visitor, expected in ((first, 303), (second, 401)):
        visitor.give_password(ADA)
        form = {"code": codes[0], "csrf": visitor.get("/login/code/recovery").csrf, "next": ""}
        assert visitor.post("/login/code/recovery", form).status == expected
        assert signed_in(visitor) == (expected == 303)
    assert "recovery code" in letters(first, "ada")[0]


def test_the_code_page_is_nothing_for_others(visitor: Any) -> None:
    for path in ("/login/code", "/login/code/recovery"):
        assert visitor.get(path).header("location").startswith("/login?next=")
    visitor.sign_in(NORA)
    assert visitor.get("/login/code").header("location") == "/dashboard"


def test_one_may_turn_back_half_way(visitor: Any) -> None:
    visitor.give_password(ADA)
    half = visitor.cookies[COOKIE]
    assert visitor.post("/logout", {"csrf": visitor.get("/login/code").csrf}).status == 303
    visitor.cookies[COOKIE] = half
    assert visitor.get("/login/code").status == 302


# Sessions


def test_who_has_signed_in_is_sent_on_from_the_log_in_page(client: Any) -> None:
    assert client.get("/login").header("location") == "/dashboard"
    assert client.get("/login?next=%2Ftickets").header("location") == "/tickets"
    assert client.get("/login?next=%2F%2Fevil.test").header("location") == "/dashboard"


def test_nobody_is_signed_out_by_a_link(client: Any) -> None:
    assert client.get("/logout").status == 405
    assert signed_in(client)


def test_signing_out_everywhere_ends_every_session_of_the_person_only(new_visitor: Callable[[], Any]) -> None:
    here, there, other = new_visitor(), new_visitor(), new_visitor()
    here.sign_in(NORA)
    there.sign_in(NORA)
    other.sign_in(SOL)
    assert here.post("/logout/everywhere", {"csrf": "guessed"}).status == 403
    assert signed_in(there)
    assert here.post("/logout/everywhere", {"csrf": here.get("/profile").csrf}).status == 303
    assert not signed_in(here)
    assert not signed_in(there)
    assert signed_in(other)


def test_an_identifier_that_nobody_gave_out_is_worth_nothing(visitor: Any) -> None:
    visitor.cookies[COOKIE] = "made-up"
    visitor.get("/login")
    assert visitor.cookies[COOKIE] != "made-up"


def test_switching_ends_sessions_limits_and_letters_and_brings_back_passwords(
    new_visitor: Callable[[], Any],
) -> None:
    visitor = new_visitor()
    ask_for_reset(visitor)
    choose(visitor, link(letters(visitor, "nora")[0]))
    sol = new_visitor()
    sol.sign_in(SOL)
    fail(visitor, SAM, 12)
    visitor.bed.switch(())
    assert not signed_in(sol)
    assert letters(visitor, "nora", at_least=0) == []
    for email in (NORA, SAM):
        again = new_visitor()
        again.sign_in(email)
        assert signed_in(again)


# Limits


def fail(visitor: Any, email: str, times: int) -> list[int]:
    """The statuses of so many wrong passwords."""
    return [visitor.give_password(email, "wrong").status for _ in range(times)]


def test_failures_at_one_account_are_limited_and_others_are_not_concerned(
    new_visitor: Callable[[], Any],
) -> None:
    visitor = new_visitor()
    assert fail(visitor, NORA, 12) == [401] * 10 + [429] * 2
    answer = visitor.give_password(NORA)
    assert answer.status == 429
    assert 1 <= int(answer.header("retry-after")) <= 60
    other = new_visitor()
    other.sign_in(SOL)
    assert signed_in(other)


def test_unknown_accounts_are_limited_in_the_same_way(visitor: Any) -> None:
    assert fail(visitor, "nobody@northwind.test", 12) == [401] * 10 + [429] * 2


def test_no_header_moves_the_limit(visitor: Any) -> None:
    fail(visitor, NORA, 10)
    form = f"email={NORA}&password=wrong&next=&csrf={visitor.get('/login').csrf}".encode()
    for name in ("x-forwarded-for", "x-real-ip", "forwarded", "cf-connecting-ip", "true-client-ip"):
        headers = {"content-type": "application/x-www-form-urlencoded", name: "203.0.113.9"}
        assert visitor.ask("POST", "/login", form, headers).status == 429


def test_one_password_tried_at_many_accounts_is_limited(visitor: Any) -> None:
    seen = [visitor.give_password(f"somebody{n}@northwind.test", "wrong").status for n in range(22)]
    assert seen == [401] * 20 + [429] * 2


def test_guesses_from_an_address_lock_out_nobody_who_is_known_there(new_visitor: Callable[[], Any]) -> None:
    new_visitor().sign_in(NORA)
    guesser = new_visitor()
    for number in range(25):
        guesser.give_password(f"somebody{number}@northwind.test", "wrong")
    assert guesser.give_password(SOL).status == 429
    nora = new_visitor()
    nora.sign_in(NORA)
    assert signed_in(nora)
    assert guesser.give_password("yet-another@northwind.test", "wrong").status == 429
    assert fail(guesser, NORA, 11) == [401] * 10 + [429]


def test_right_passwords_are_not_counted(new_visitor: Callable[[], Any]) -> None:
    for _ in range(12):
        visitor = new_visitor()
        visitor.sign_in(NORA)
        assert signed_in(visitor)


def test_many_at_once_get_no_further_than_one_after_the_other(new_visitor: Callable[[], Any]) -> None:
    from concurrent.futures import ThreadPoolExecutor

    visitors = [new_visitor() for _ in range(15)]
    for visitor in visitors:
        visitor.get("/login")
    with ThreadPoolExecutor(15) as pool:
        seen = sorted(pool.map(lambda visitor: visitor.give_password(NORA, "wrong").status, visitors))
    assert seen == [401] * 10 + [429] * 5


# The password reset


def test_a_forgotten_password_is_renewed_by_the_link_in_the_letter(new_visitor: Callable[[], Any]) -> None:
    visitor, elsewhere = new_visitor(), new_visitor()
    elsewhere.sign_in(NORA)
    assert ask_for_reset(visitor).header("location") == "/forgot/sent"
    (text,) = letters(visitor, "nora")
    assert f"{visitor.bed.url}reset/" in text
    path = link(text)
    page = visitor.get(path)
    assert page.status == 200
    assert page.header("referrer-policy") == "no-referrer"
    assert page.header("cache-control") == "no-store"
    assert choose(visitor, path).header("location") == "/login"
    assert not signed_in(visitor)
    assert not signed_in(elsewhere)
    assert visitor.give_password(NORA).status == 401
    assert visitor.give_password(NORA, FRESH).header("location") == "/dashboard"
    assert "was just changed" in letters(visitor, "nora", at_least=2)[1]
    assert visitor.get(path).status == 410
    assert visitor.post(path, {"csrf": visitor.get("/profile").csrf, "password": FRESH}).status == 410


def test_the_newest_link_voids_the_ones_before(visitor: Any) -> None:
    ask_for_reset(visitor)
    first = link(letters(visitor, "nora")[0])
    ask_for_reset(visitor)
    second = link(letters(visitor, "nora", at_least=2)[1])
    assert visitor.get(first).status == 410
    assert visitor.get(second).status == 200


def test_a_reset_shows_no_way_around_the_second_factor(visitor: Any) -> None:
    ask_for_reset(visitor, ADA)
    choose(visitor, link(letters(visitor, "ada")[0]))
    answer = visitor.give_password(ADA, FRESH)
    assert answer.header("location") == "/login/code"
    assert not signed_in(visitor)


@pytest.mark.parametrize(("password", "again"), [("short", "short"), (FRESH, FRESH + "x"), ("", "")])
def test_an_unfit_new_password_changes_nothing(visitor: Any, password: str, again: str) -> None:
    ask_for_reset(visitor)
    path = link(letters(visitor, "nora")[0])
    assert choose(visitor, path, password, again).status == 400
    assert visitor.get(path).status == 200
    visitor.sign_in(NORA)
    assert signed_in(visitor)


def test_links_name_the_portals_own_host_whatever_the_request_says(visitor: Any) -> None:
    token = visitor.get("/forgot").csrf
    form = f"email={NORA}&csrf={token}".encode()
    kind = {"content-type": "application/x-www-form-urlencoded"}
    forged = {"x-forwarded-host": "evil.test", "x-host": "evil.test", "forwarded": "host=evil.test"}
    assert visitor.ask("POST", "/forgot", form, {**kind, **forged}).status == 303
    assert "evil" not in letters(visitor, "nora")[0]
    assert visitor.ask("POST", "/forgot", form, {**kind, "host": "evil.test"}).status == 421


@pytest.mark.parametrize("path", ["/forgot", "/signup"])
def test_known_and_unknown_addresses_get_the_same_answer(new_visitor: Callable[[], Any], path: str) -> None:
    seen = []
    for email in (NORA, "stranger@northwind.test"):
        visitor = new_visitor()
        answer = visitor.post(path, {"name": "N", "email": email, "csrf": visitor.get(path).csrf})
        own = {"date", "set-cookie", "content-security-policy"}
        seen.append(
            (answer.status, answer.body, sorted(pair for pair in answer.headers if pair[0] not in own))
        )
    assert seen[0] == seen[1]


# Changing the password, invitations, sign-up


def test_a_password_is_changed_with_the_old_one_only(new_visitor: Callable[[], Any]) -> None:
    here, there = new_visitor(), new_visitor()
    here.sign_in(NORA)
    there.sign_in(NORA)
    form = {"old": "wrong", "password": FRESH, "again": FRESH}
    assert here.post("/profile/password", {**form, "csrf": here.get("/profile").csrf}).status == 401
    assert signed_in(there)
    before = here.cookies[COOKIE]
    form["old"] = password_of(NORA)
    assert here.post("/profile/password", form).status == 403
    assert here.post("/profile/password", {**form, "csrf": here.get("/profile").csrf}).status == 303
    assert here.cookies[COOKIE] != before
    assert signed_in(here)
    assert not signed_in(there)
    here.cookies[COOKIE] = before
    assert not signed_in(here)


def test_the_old_password_cannot_be_guessed_in_the_profile(client: Any) -> None:
    token = client.get("/profile").csrf
    form = {"old": "wrong", "password": FRESH, "again": FRESH, "csrf": token}
    seen = [client.post("/profile/password", form).status for _ in range(12)]
    assert seen == [401] * 10 + [429] * 2


def test_administrators_invite_and_the_link_works_once(new_visitor: Callable[[], Any]) -> None:
    ada, new = new_visitor(), new_visitor()
    ada.sign_in(ADA)
    form = {"name": "New Nora", "email": "nora+new@northwind.test", "role": "client", "tenant": "1"}
    assert ada.post("/users/invite", form).status == 403
    assert ada.post("/users/invite", {**form, "csrf": ada.get("/users/invite").csrf}).status == 303
    path = link(letters(ada, "nora")[0])
    assert new.get(path).header("referrer-policy") == "no-referrer"
    assert choose(new, path).header("location") == "/dashboard"
    assert json.loads(new.get("/api/v1/session").body)["role"] == "client"
    assert new.get(path).status == 410
    assert new.get("/users").status == 403


@pytest.mark.parametrize(
    ("changed", "status"),
    [({"role": "admin"}, 400), ({"tenant": ""}, 400), ({"tenant": "99"}, 400), ({"email": SOL}, 409)],
)
def test_odd_invitations_are_refused(visitor: Any, changed: dict[str, str], status: int) -> None:
    visitor.sign_in(ADA)
    form = {"name": "N", "email": "nora+x@northwind.test", "role": "client", "tenant": "1"}
    token = visitor.get("/users/invite").csrf
    assert visitor.post("/users/invite", {**form, **changed, "csrf": token}).status == status


@pytest.mark.parametrize("email", [SAM, NORA])
def test_only_administrators_invite(visitor: Any, email: str) -> None:
    visitor.sign_in(email)
    assert visitor.get("/users/invite").status == 403
    form = {"name": "N", "email": "n@lab.test", "role": "staff", "csrf": visitor.get("/profile").csrf}
    assert visitor.post("/users/invite", form).status == 403


def test_a_wish_for_an_account_is_confirmed_by_mail(visitor: Any) -> None:
    for email in ("nora+wish@northwind.test", NORA):
        visitor.post("/signup", {"name": "N", "email": email, "csrf": visitor.get("/signup").csrf})
    new, known = letters(visitor, "nora", at_least=2)
    assert "You have one already" in known
    path = link(new)
    page = visitor.get(path)
    assert visitor.post(path, {"csrf": page.csrf}).header("location") == "/contact/thanks"
    assert visitor.get(path).status == 410
