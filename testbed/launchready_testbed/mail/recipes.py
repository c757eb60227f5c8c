"""What does the portal file of harbour say of its mail, and how it is made to send each?"""

from __future__ import annotations

from typing import Any

from launchready_testbed.mail.sending import SOURCE

EMAIL: dict[str, Any] = {
    "from": ["portal@lab.test"],
    "senders": [SOURCE],
    "selectors": ["harbour"],
    "wait": 20.0,
}
"""Fields of [email]."""
MAILS: tuple[dict[str, Any], ...] = (
    {
        "kind": "invite",
        "identity": "ada",
        "request": "POST /users/invite",
        "body": "name=Test+{tag}&email={address}&role=client&tenant=1",
    },
    *(
        {
            "kind": "approval",
            "identity": "sam",
            "to": to,
            "request": "POST /api/v1/approvals",
            "body": f'{{"tenant": {tenant}, "subject": "Test {{tag}}"}}',
        }
        for tenant, to in ((1, ["nora", "sam", "ada"]), (2, ["sol"]))
    ),
    {
        "kind": "notification",
        "identity": "ada",
        "request": "POST /api/v1/announcements",
        "body": '{"title": "Test {tag}", "body": "This is a test."}',
    },
)
"""Fields of each [[mail]]."""
