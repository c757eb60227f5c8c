"""Services that the portal's source names."""

from pathlib import Path
from typing import Any

from launchready.collect.mail_mentions import mail_mentions
from launchready.evidence.mail_domains import MailMentions, SendingService


async def test_the_source_is_read_and_nothing_of_it_kept(loopback: Any, tmp_path: Path) -> None:
    (tmp_path / "web").mkdir()
    (tmp_path / "web/package.json").write_text('{"dependencies": {"resend": "^4"}}')
    (tmp_path / "settings.py").write_text('EMAIL_HOST = "smtp.postmarkapp.com"\n')
    (tmp_path / "README.md").write_text("We thought of smtp.sendgrid.net once.\n")
    (tmp_path / ".env").write_text("MAILGUN_API_KEY=not-told\n")
    wire = loopback.wire(loopback.site(repo={"path": str(tmp_path)}))
    found = await mail_mentions(wire)
    assert found.services == (
        SendingService("mailgun", (".env",)),
        SendingService("postmark", ("settings.py",)),
        SendingService("resend", ("web/package.json",)),
    )
    assert found.files == 3
    assert "not-told" not in repr(found)


async def test_without_a_source_nothing_is_said(loopback: Any) -> None:
    assert await mail_mentions(loopback.wire()) == MailMentions()
