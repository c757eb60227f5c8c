"""Of what does the portal tell people by mail?"""

import json
from typing import Any

import pytest

from launchready_testbed import Bed

from .test_imap import letter
from .test_imap import signed_in as reading


def interface(visitor: Any, path: str, **sent: object) -> None:
    headers = {"x-csrf-token": visitor.get("/profile").csrf, "content-type": "application/json"}
    assert visitor.ask("POST", f"/api/v1{path}", json.dumps(sent).encode(), headers).status in (201, 204, 200)


def subjects(bed: Bed, name: str) -> list[str]:
    client = reading(bed, name)
    _, (count,) = client.select(readonly=True)
    found = [str(letter(client, place)["subject"]) for place in range(1, int(count or 0) + 1)]
    client.logout()
    return found


EVERYBODY = ("ada", "sam", "nora", "sol")


@pytest.mark.parametrize(
    ("who", "path", "sent", "told", "words"),
    [
        ("sam", "/approvals", {"tenant": 1, "subject": "lr7"}, ("nora", "sam", "ada"), "lr7"),
        ("nora", "/approvals/1/decision", {"decision": "approved"}, ("sam", "ada"), "was decided"),
        ("sam", "/tickets/1/comments", {"body": "Yes"}, ("nora",), "answer to your ticket"),
        ("nora", "/tickets/1/comments", {"body": "No"}, ("sam", "ada"), "A client has written"),
        ("ada", "/announcements", {"title": "lr8", "body": "Fog"}, EVERYBODY, "lr8"),
    ],
)
def test_the_other_side_hears_of_it(
    visitor: Any, *, who: str, path: str, sent: dict[str, object], told: tuple[str, ...], words: str
) -> None:
    visitor.sign_in(visitor.bed.secret_file(who, "username").read_text())
    interface(visitor, path, **sent)
    found = {name: subjects(visitor.bed, name) for name in EVERYBODY}
    assert {name for name, each in found.items() if each} == set(told)
    assert all(words in each for name in told for each in found[name])


def test_the_portal_file_says_how_each_mail_is_caused(bed: Bed) -> None:
    import tomllib

    told = tomllib.loads(bed.portal_file())
    assert told["email"]["from"] == ["portal@lab.test"]
    assert {each["kind"] for each in told["mail"]} == {"invite", "approval", "notification"}
    assert {each["provider"] for each in told["mailbox"]} == {"gmail", "outlook", "imap"}
    names = {each["name"] for each in told["mailbox"]}
    assert {name for each in told["mail"] if each["kind"] == "approval" for name in each["to"]} == names
    assert "mail" not in tomllib.loads(bed.portal_file(identities=False))
