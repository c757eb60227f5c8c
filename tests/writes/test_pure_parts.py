"""What needs no portal: reading operations out of pages, filling them in, knowing whose is what, and secrets in JSON."""

import json
from dataclasses import replace

import pytest

from launchready.collect.people.forms import Field
from launchready.collect.people.pages import Page
from launchready.collect.reach.call import Call, Offered
from launchready.collect.reach.excess import excess_fields, is_secret
from launchready.collect.reach.writing.binding import _opened, is_made_alike
from launchready.collect.reach.writing.canary import Canary
from launchready.collect.reach.writing.creating import creations, owner_keys
from launchready.collect.reach.writing.curl import curl
from launchready.collect.reach.writing.effects import Effect
from launchready.collect.reach.writing.extra_fields import is_telling, other_value
from launchready.collect.reach.writing.filling import Filler, encoded, takes_text
from launchready.collect.reach.writing.learning import Learned, nouns
from launchready.collect.reach.writing.never import removes, why_never
from launchready.collect.reach.writing.operations import Operation, in_page, of_offer, route
from launchready.collect.reach.writing.ranks import Ranks
from launchready.collect.reach.writing.setting_more import ReadBack
from launchready.collect.reach.writing.several import for_record, with_own
from launchready.collect.reach.writing.tokens import Tokens
from launchready.evidence.access import ANONYMOUS, Party
from launchready.evidence.http import Exchange
from launchready.wire.http import Answer

HERE = "https://portal.example/notes/7"


def answer(body: str, content_type: str = "text/html", url: str = HERE) -> Answer:
    headers = (("content-type", content_type),)
    exchange = Exchange(
        "GET", url, 200, headers, len(body), truncated=False, digest="~0", address="192.0.2.1"
    )
    return Answer(exchange, body.encode(), headers, "")


def page(body: str) -> Page:
    return Page(HERE, answer(f"<html><body>{body}</body></html>"))


def operations(body: str) -> dict[str, Operation]:
    return {each.template(): each for each in in_page(page(body), "nora")}


def test_each_button_of_a_form_is_an_operation() -> None:
    found = operations(
        "<form method=post action=/approvals/3/decision><input type=hidden name=csrf value=x1>"
        "<button name=decision value=approved>Yes</button><button name=decision value=declined>No</button></form>"
    )
    assert set(found) == {
        "POST https://portal.example/approvals/{}/decision (decision=approved)",
        "POST https://portal.example/approvals/{}/decision (decision=declined)",
    }


def test_forms_of_one_address_are_told_apart_by_what_they_are_for() -> None:
    found = operations(
        "<form method=post><input type=hidden name=id value=7><input type=hidden name=intent value=close></form>"
        "<form method=post><input type=hidden name=id value=7><input type=hidden name=intent value=delete></form>"
        "<form method=post><input type=hidden name=$ACTION_ID_40816249faf9><input name=text><button>Add note</button></form>"
        "<form method=post><input type=hidden name=$ACTION_ID_60f2a1190be7><input type=hidden name=id value=7>"
        "<button>Delete note</button></form>"
        "<form method=post><input type=hidden name=line_1 value=x><input name=more><button>Save</button></form>"
    )
    here = "POST https://portal.example/notes/{}"
    told = {" (intent=close)", " (intent=delete)", " (Add note)", " (Delete note)", ""}
    assert set(found) == {here + each for each in told}


def test_a_form_for_each_row_of_a_list_is_read() -> None:
    rows = (
        f"<form method=post><input type=hidden name=id value={number}><button>Delete</button></form>"
        for number in (41, 42)
    )
    found = in_page(page("".join(rows)), "nora")
    assert [each.fields[0].value for each in found] == ["41", "42"]


def test_a_button_may_send_elsewhere() -> None:
    found = operations(
        "<form method=post action=/a><input name=t><button>Save</button><button formaction=/b name=x value=1>Drop</button></form>"
    )
    assert {each.url for each in found.values()} == {"https://portal.example/a", "https://portal.example/b"}


def test_a_form_may_name_another_method() -> None:
    found = operations(
        "<form method=post action=/notes/7><input type=hidden name=_method value=delete></form>"
    )
    (only,) = found.values()
    assert (only.method, only.sent_by, removes(only)) == ("DELETE", "POST", 3)


@pytest.mark.parametrize(
    ("html", "template"),
    [
        ('<button hx-delete="/notes/7">x</button>', "DELETE https://portal.example/notes/{}"),
        ('<a href="/notes/7" data-method="delete">x</a>', "DELETE https://portal.example/notes/{}"),
        (
            '<a href="/notes/7/pin" data-turbo-method="patch">x</a>',
            "PATCH https://portal.example/notes/{}/pin",
        ),
        ('<form hx-put="/notes/7"><input name=title></form>', "PUT https://portal.example/notes/{}"),
    ],
    ids=["htmx", "rails", "turbo", "htmx-form"],
)
def test_controls_without_a_form(html: str, template: str) -> None:
    assert template in operations(html)


def test_searches_are_no_writes() -> None:
    assert operations("<form action=/search><input name=q></form>") == {}


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://h/notes/17/edit", "https://h/notes/{}/edit"),
        ("https://h/orders/0b8f2c6e-92a1-4c11-9d2e-5f6a7b8c9d0e", "https://h/orders/{}"),
        ("https://h/api/v2/notes/{id}", "https://h/api/v2/notes/{}"),
        ("https://h/notes/green-tea?client=3", "https://h/notes/green-tea?client"),
    ],
    ids=["number", "uuid", "open", "slug"],
)
def test_routes_have_no_ids(url: str, expected: str) -> None:
    assert route(url) == expected


def test_a_known_slug_is_an_id() -> None:
    assert route("https://h/notes/green-tea/edit", {"green-tea"}) == "https://h/notes/{}/edit"


@pytest.mark.parametrize(
    ("html", "never"),
    [
        ("<form method=post action=/me/password><input type=password name=p></form>", True),
        ("<form method=post action=/logout><button>Log out</button></form>", True),
        ("<form method=post action=/users/invite><input name=who></form>", True),
        ("<form method=post action=/invoices/3/pay><button>Pay now</button></form>", True),
        ("<form method=post action=/a><input name=t><button>Einladen</button></form>", True),
        ("<form method=post action=/a><input name=t><button>招待する</button></form>", True),
        ("<form method=post action=/notes><input name=title><button>Send</button></form>", False),
        ("<form method=post action=/notes/7/delete><button>Delete</button></form>", False),
        ("<form method=post action=/me><input name=phone value=123><input name=name value=N></form>", False),
        ("<form method=post action=/me><input name=phone></form>", True),
    ],
    ids=["password", "sign-out", "invite", "pay", "german", "japanese", "note", "delete", "kept", "phone"],
)
def test_what_is_never_tried(html: str, *, never: bool) -> None:
    (only,) = operations(html).values()
    assert bool(why_never(only)) is never


@pytest.mark.parametrize("label", ["Löschen", "Supprimer", "削除", "Удалить", "Usuń", "delete"])
def test_words_that_remove(label: str) -> None:
    (only,) = operations(f"<form method=post action=/x/7><button>{label}</button></form>").values()
    assert removes(only) == 2


def test_a_file_is_small_and_named_after_the_mark() -> None:
    (only,) = operations(
        "<form method=post enctype=multipart/form-data action=/files><input type=hidden name=csrf value=a1>"
        "<input type=file name=file></form>"
    ).values()
    kind, body = encoded(Filler().fill(only, "mark"), {"csrf": "fresh"}, "mark")
    assert kind.startswith("multipart/form-data; boundary=")
    assert b'filename="mark.txt"' in body
    assert b"fresh" in body
    assert b"\r\na1\r\n" not in body
    assert takes_text(only)


def test_texts_get_the_mark_and_the_rest_something_valid() -> None:
    (only,) = operations(
        "<form method=post action=/n><input type=hidden name=keep value=k><input name=title><input type=email name=mail>"
        "<input type=date name=due><input type=number name=n><select name=tenant><option value=1>Elsewhere</option>"
        "<option value=2>Northwind Ltd</option></select><input name=url style='display:none'></form>"
    ).values()
    ready = Filler(tenant_names=frozenset({"northwind"})).fill(only, "mark")
    assert ready.values == {
        "title": "mark",
        "mail": "mark@canary.invalid",
        "due": "2031-05-17",
        "n": "1",
        "tenant": "2",
    }


def test_where_no_text_can_go_another_choice_is_made() -> None:
    (only,) = operations(
        "<form method=post action=/n/7/role><select name=role><option>client<option selected>staff</select></form>"
    ).values()
    assert Filler().fill(only, "mark", keep=True).values == {"role": "client"}


def test_json_takes_valid_words_where_they_are_known() -> None:
    call = Call(
        "PATCH",
        "https://h/notes/{id}",
        (("Content-Type", "application/json"),),
        b'{"title": "text", "status": "text", "id": "{id}", "mail": "a@b.example", "n": 3}',
        "openapi",
        reads=False,
    )
    filler = Filler(choices={"status": ("open", "closed")})
    ready = filler.fill(of_offer(Offered(call, "")), "mark", present={"status": "open"})
    assert ready.body == {"title": "mark", "status": "closed", "id": "{id}", "mail": "a@b.example", "n": 3}


def test_graphql_keeps_its_query() -> None:
    body = {"query": "mutation M($t: String!) { addNote(text: $t) { id } }", "variables": {"t": "text"}}
    ready = Filler().fill(Operation("POST", "https://h/graphql", carries="json", body=body), "mark")
    assert ready.body == {**body, "variables": {"t": "mark"}}


def test_nouns() -> None:
    assert nouns(Operation("POST", "https://h/api/v2/companies/7/notes/new")) == {"company", "note"}
    assert "message" in nouns(Operation("POST", "https://h/graphql", source="graphql", label="deleteMessage"))


PARTIES = (
    Party("ada", "admin", admin=True, test=True),
    Party("nora", "client", "northwind", test=True),
    Party("sam", "staff", test=True),
    Party("sol", "client", "southgate", test=True),
    Party("real", "client", "eastport"),
)


def test_who_tries_what() -> None:
    ranks = Ranks(PARTIES)
    assert ranks.askers("nora", frozenset({"nora", "sam"})) == (("sol", "object"), (ANONYMOUS, "anonymous"))
    assert ranks.askers("nora", frozenset({"sam", "ada"})) == (
        ("nora", "frontend-only"),
        (ANONYMOUS, "anonymous"),
    )
    assert ranks.askers("nora", frozenset({"ada"})) == (
        ("nora", "frontend-only"),
        ("sam", "frontend-only"),
        (ANONYMOUS, "anonymous"),
    )
    assert "real" not in {who for who, _ in ranks.askers("sol", frozenset({"sol"}))}


def test_whom_a_document_means() -> None:
    ranks = Ranks(PARTIES)
    assert ranks.meant("For administrators") == {"ada"}
    assert ranks.meant("rename user", "https://h/admin/users") == {"ada"}
    assert ranks.meant("For our own staff") == {"ada", "sam"}
    assert ranks.meant("For whoever has signed in") == set()


def test_fields_that_say_whose_a_record_is() -> None:
    def of(tenant: int) -> list[dict[str, object]]:
        return [
            {"id": 10 * tenant + at, "tenant": tenant, "kind": "note", "title": f"t{at}"} for at in range(3)
        ]

    assert owner_keys({"nora": of(1), "sol": of(2)}) == {"nora": {"tenant": 1}, "sol": {"tenant": 2}}
    profile = [{"id": 1, "email": "nora@x"}] * 2, [{"id": 2, "email": "sol@x"}] * 2
    assert owner_keys({"nora": profile[0], "sol": profile[1]}) == {}
    assert owner_keys({"nora": of(1)}) == {}


def test_an_effect_is_like_another_by_its_words() -> None:
    closed = Effect(
        frozenset({("/7", b"It is closed."), ("/7", b"12:01:07")}), frozenset({("/7", b"It is open.")})
    )
    other = Effect(
        frozenset({("/8", b"It is closed."), ("/8", b"12:02:44")}), frozenset({("/8", b"It is open.")})
    )
    clock = Effect(frozenset({("/8", b"12:02:44")}), frozenset({("/8", b"12:01:09")}))
    assert other.is_like(closed)
    assert not clock.is_like(closed)
    assert not Effect(gone=True).is_like(closed)
    assert not closed.is_like(Effect(gone=True))
    assert not Effect()


@pytest.mark.parametrize("name", ["role", "isAdmin", "price_cents", "tenantId", "approved_by", "decision"])
def test_names_that_tell(name: str) -> None:
    assert is_telling(name)


@pytest.mark.parametrize("name", ["title", "body", "description", "controller", "statement", "rolex"])
def test_names_that_do_not(name: str) -> None:
    assert not is_telling(name)


def test_other_values_keep_their_type() -> None:
    assert other_value(bool(1)) is False
    assert other_value(3) == 4714
    assert other_value("open", ("open", "closed")) == "closed"
    assert other_value("open") is None
    assert other_value(None) is None


def test_curl_holds_no_secret_and_no_id() -> None:
    operation = Operation(
        "POST",
        "https://h/notes/31/edit?next=x",
        (),
        form=page(
            "<form method=post action=/e><input type=hidden name=csrf value=s3cr3t><input name=t></form>"
        ).forms[0],
    )
    operation = Operation(
        operation.method, operation.url, operation.form.fields if operation.form else (), form=operation.form
    )
    line = curl(Filler().fill(operation, "mark"), "sol", {"31"})
    assert "s3cr3t" not in line
    assert "31" not in line
    assert "$COOKIE_SOL" in line
    assert '"https://h/notes/$ID/edit"' in line


HASH = "$2b$12$" + "a" * 53


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("anything", HASH),
        ("kw", "$argon2id$v=19$m=65536,t=3,p=4$c2FsdA$aGFzaA"),
        ("password", "pbkdf2_sha256$600000$salt$" + "b" * 40),
        ("passwordHash", "5f4dcc3b5aa765d61d8327deb882cf99"),
        ("password", "0a" * 16 + ":" + "5f" * 32),
        ("passwort", "5f4dcc3b5aa765d61d8327deb882cf99"),
        ("totp_secret", "JBSWY3DPEHPK3PXP"),
        ("link", "otpauth://totp/x?secret=JBSWY3DPEHPK3PXP"),
        ("resetToken", "a1b2c3d4e5f6a7b8c9d0"),
        ("x", "sk_live_" + "a1" * 12),
    ],
    ids=["bcrypt", "argon2", "django", "md5", "salted", "german", "totp", "otpauth", "reset", "stripe"],
)
def test_secrets_are_known_by_their_form(name: str, value: str) -> None:
    assert is_secret(name, value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("password", ""),
        ("password", "********"),
        ("password_changed", "2026-01-01T10:00:00Z"),
        ("digest", "5f4dcc3b5aa765d61d8327deb882cf99"),
        ("etag", "5f4dcc3b5aa765d61d8327deb882cf99"),
        ("csrf", "a1b2c3d4e5f6a7b8c9d0"),
        ("id", "0b8f2c6e-92a1-4c11-9d2e-5f6a7b8c9d0e"),
        ("mfa", "enabled"),
        ("price", "$2,500.00"),
        ("secret_santa", "Nora"),
        ("secret_key", "k3y9a8b7c6d5e4f3a2b1"),
    ],
    ids=["empty", "stars", "date", "digest", "etag", "csrf", "uuid", "mfa", "price", "name", "own-key"],
)
def test_what_only_looks_like_a_secret(name: str, value: str) -> None:
    assert not is_secret(name, value)


def test_excess_fields_of_an_answer() -> None:
    body = json.dumps({"items": [{"name": "Nora", "password": HASH, "has_password": True}]})
    assert excess_fields(answer(body, "application/json", "https://h/api/users")) == ("password",)
    assert excess_fields(answer(body)) == ()
    described = json.dumps({"properties": {"password": {"type": "string", "example": HASH}}})
    assert excess_fields(answer(described, "application/json", "https://h/api/users")) == ()
    enrol = '{"secret": "JBSWY3DPEHPK3PXP", "otp_secret": "JBSWY3DPEHPK3PXP"}'
    assert excess_fields(answer(enrol, "application/json", "https://h/api/me/totp/enrol")) == ()


@pytest.mark.parametrize(
    "state",
    [
        f'<script type="application/json">{{"props": {{"user": {{"passwordHash": "{HASH}"}}}}}}</script>',
        '<script>self.__next_f.push([1,"1a:{\\"user\\":{\\"passwordHash\\":\\"$' + HASH + '\\"}}"])</script>',
    ],
)
def test_a_hash_that_a_page_hands_its_scripts(state: str) -> None:
    assert excess_fields(answer(f"<p>Nora</p>{state}")) == ("passwordHash",)
    token = '<script>{"requestVerificationToken": "CfDJ8NrAkS6Zl0a9Qm3vT7yX2bW4cE5d"}</script>'
    assert excess_fields(answer(f"<p>{HASH}</p>{token}")) == ()


def test_hidden_tokens_are_told_from_values() -> None:
    found = operations(
        "<form method=post action=/n><input type=hidden name=authenticity_token value=x><input type=hidden name=tenant value=1>"
        "<input name=title></form>"
    )
    (only,) = found.values()
    assert only.names == ("tenant", "title")
    assert Field("x", "text", "").is_text


LIST = (
    "<form method=post action=/notes/bulk><input type=checkbox name=ids value=7><input type=checkbox name=ids value=8>"
    "<button name=act value=close>Close</button></form>"
)


def canary() -> Canary:
    made = Operation("POST", "https://portal.example/notes/new")
    return Canary("nora", "canary-1", made, ids={"7"}, own={HERE: None}, record={"id": 7})


@pytest.mark.parametrize("other", ["9", "note_hFaYGBDr7qWX", "0f8fad5b-d9cb-469f-a165-70867728950e"])
def test_what_was_recorded_for_another_record_is_left_open(other: str) -> None:
    recorded = Operation("PATCH", f"https://portal.example/notes/{other}", carries="json", source="har")
    assert _opened(recorded, canary()).url == "https://portal.example/notes/{id}"
    elsewhere = replace(recorded, url=f"https://portal.example/orders/{other}")
    assert _opened(elsewhere, canary()) == elsewhere


def test_of_a_list_with_boxes_only_the_box_of_our_record_is_sent() -> None:
    (listed,) = operations(LIST).values()
    assert why_never(listed)
    one = for_record(listed, canary())
    assert one is not None
    assert one.several == "ids"
    assert why_never(one) == ""
    _, body = encoded(Filler().fill(one, "text"), {}, "file")
    assert body == b"ids=7&act=close"
    _, body = encoded(Filler().fill(with_own(one, "9", "7"), "text"), {}, "file")
    assert body == b"ids=9&ids=7&act=close"


def test_a_box_of_another_kind_of_thing_is_none_of_ours() -> None:
    (form,) = operations(
        "<form method=post action=/labels><input type=checkbox name=colour value=7></form>"
    ).values()
    assert for_record(form, canary()) is None


def test_json_may_name_several_records() -> None:
    call = Call(
        "POST",
        "https://portal.example/api/notes/bulk-close",
        (("content-type", "application/json"),),
        json.dumps({"ids": ["{ids}"]}).encode(),
        "openapi",
    )
    operation = of_offer(Offered(call, ""))
    assert operation.several == "ids"
    assert why_never(operation) == ""
    bound = replace(operation, body={"ids": [7]})
    assert with_own(bound, "9", "7").body == {"ids": [9, 7]}


def test_a_link_that_changes_something_is_an_operation() -> None:
    found = operations(
        '<a href="/notes/7/delete">Delete</a><a href="/notes/8">Next</a><a href="/notes?id=7&amp;action=close">x</a>'
    )
    assert set(found) == {
        "GET https://portal.example/notes/{}/delete",
        "GET https://portal.example/notes?action&id (action=close)",
    }


def test_a_token_is_used_again_once_it_was_seen_to_last() -> None:
    def shown(value: str) -> Page:
        token = f"<input type=hidden name=csrf value={value}>"
        return page(f"<form method=post action=/a>{token}</form><form method=post action=/b>{token}</form>")

    tokens = Tokens()
    tokens.note(shown("one"))
    assert tokens.lasting(["csrf"]) == {}
    tokens.sent({"csrf": "one"})
    assert tokens.lasting(["csrf"]) == {}
    tokens.note(shown("one"))
    assert tokens.lasting(["csrf"]) == {"csrf": "one"}
    tokens.note(shown("two"))
    assert tokens.lasting(["csrf"]) == {}


def test_what_was_not_answered_is_not_read_back_as_untaken() -> None:
    assert ReadBack("canary-1", (None,), 1).took(()) is None
    assert ReadBack("canary-1", (page("canary-1"),), 1).took(()) is False
    assert ReadBack("canary-1", (None,), 1).took(("price",)) is True


def test_what_a_script_of_the_page_removes_is_sent_as_its_form_would_be() -> None:
    found = operations(
        "<form method=post action=/notes/search><input type=hidden name=csrf_token value=x1><input name=q></form>"
        "<button id=b>Drop</button><script>on(b, () => ask('/notes/delete/7', 'Sure?')); get('/notes/7/history')</script>"
        '<button data-url="/notes/9/remove">x</button><button onclick="go(\'/notes/list\')">y</button>'
    )
    removals = {each.template(): each for each in found.values() if removes(each) > 1}
    assert set(removals) == {
        "POST https://portal.example/notes/delete/{}",
        "POST https://portal.example/notes/{}/remove",
    }
    assert all([field.name for field in each.fields] == ["csrf_token"] for each in removals.values())


def test_a_verb_may_stand_between_the_word_and_the_number() -> None:
    made = Operation("POST", "https://portal.example/clients/3/notes/add", party="nora")
    shown = {"https://portal.example/notes/show/7": None}
    canary = Canary("nora", "canary-1", made, ids={"7"}, own=shown)
    for path, expected in (
        ("/notes/delete/7", True),
        ("/clients/delete/7", False),
        ("/notes/delete/8", False),
    ):
        assert canary.is_subject_of(Operation("POST", f"https://portal.example{path}")) is expected


@pytest.mark.parametrize(
    ("segment", "alike"),
    [
        ("tck_BofvDa-Lkenq", True),
        ("tck_mWVsabBKtROF", False),  # this very one
        ("doc_BofvDa-Lkenq", False),
        ("tck_Bofv", False),
        ("tickets", False),
    ],
)
def test_an_id_of_letters_is_known_by_one_of_ours(segment: str, *, alike: bool) -> None:
    assert is_made_alike(segment, {"tck_mWVsabBKtROF"}) is alike


def test_what_is_added_to_a_record_is_known_by_the_lists_that_named_it() -> None:
    url = "https://portal.example/api/tickets/tck_BofvDaLkenqx"
    comment = Operation(
        "POST", f"{url}/comments", carries="json", body={"text": "hello"}, source="browser", party="sol"
    )
    ranks = Ranks([Party("sol", "client", "south", test=True), Party("nora", "client", "north", test=True)])
    for records, found in (({}, 1), ({"sol": [{"id": "tck_BofvDaLkenqx", "title": "Gate"}]}, 0)):
        learned = Learned(operations=[comment], records=records)
        assert len(creations(learned, ranks, {}, leave=True)) == found
