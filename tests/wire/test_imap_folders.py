"""Where a message lies, whatever the provider calls its folders."""

from typing import Any

import pytest

from launchready.wire.imap_folders import decoded, folders_of, gmail_place


class Saying:
    """A session whose server says what the test wrote down."""

    def __init__(self, *listed: Any, capabilities: tuple[str, ...] = (), **said: Any) -> None:
        self.listed, self.capabilities, self.said = listed, capabilities, said

    def capability(self) -> Any:
        return "OK", [" ".join(self.capabilities).encode()]

    def list(self, _directory: str, pattern: str) -> Any:
        if "RETURN" in pattern:
            return "OK", [
                line.replace(b"(", b"(\\Junk ") if b"Strange" in line else line for line in self.listed
            ]
        return "OK", list(self.listed)

    def uid(self, command: str, uid: str, *keys: str) -> Any:
        if command == "FETCH":
            return "OK", self.said["labels"]
        category = keys[-1].partition(":")[2].strip('"')
        return "OK", [uid.encode() if category == self.said.get("category") else b""]


def places(session: Any) -> dict[str, str]:
    return {folder.name: folder.place for folder in folders_of(session)}


def test_special_use_says_what_a_folder_is_for() -> None:
    said = Saying(
        b'(\\HasNoChildren) "/" INBOX',
        b'(\\HasNoChildren \\Sent) "/" Gesendet',
        b'(\\Noselect) "/" Archive',
        b'(\\Junk) "/" "Werbung"',
        b'(\\HasNoChildren) "/" "Clients/Harbour"',
        (b'(\\HasNoChildren \\Trash) "/" {3}', b"Bin"),
        b"",
    )
    assert places(said) == {
        '"INBOX"': "inbox",
        '"Werbung"': "junk",
        '"Clients/Harbour"': "harbour",
        '"Bin"': "trash",
    }


@pytest.mark.parametrize(
    "name",
    [
        "Junk",
        "Junk Email",
        "Junk E-Mail",
        "INBOX.Spam",
        "Bulk Mail",
        "Courrier ind&AOk-sirable",
        "&V4NXPpCuTvY-",
    ],
)
def test_junk_is_known_by_name_where_nothing_else_tells(name: str) -> None:
    divider = b"." if "." in name else b"/"
    said = Saying(b'() "%s" INBOX' % divider, b'() "%s" "%s"' % (divider, name.encode()))
    assert list(places(said).values()) == ["inbox", "junk"]


def test_servers_that_tell_special_uses_only_when_asked_are_asked() -> None:
    said = Saying(b'() "/" INBOX', b'() "/" Strange', capabilities=("IMAP4REV1", "SPECIAL-USE"))
    assert places(said)['"Strange"'] == "junk"


def test_gmail_is_looked_at_through_its_view_of_everything() -> None:
    listed = (
        b'(\\HasNoChildren) "/" "INBOX"',
        b'(\\All \\HasNoChildren) "/" "[Gmail]/All Mail"',
        b'(\\HasNoChildren \\Junk) "/" "[Gmail]/Spam"',
        b'(\\HasNoChildren) "/" "Clients"',
    )
    gmail = Saying(*listed, capabilities=("IMAP4REV1", "X-GM-EXT-1"))
    assert places(gmail) == {'"[Gmail]/All Mail"': "all", '"[Gmail]/Spam"': "junk"}
    assert places(Saying(*listed)) == {'"INBOX"': "inbox", '"[Gmail]/Spam"': "junk", '"Clients"': "clients"}


@pytest.mark.parametrize(
    ("labels", "category", "place"),
    [
        (b'7 (X-GM-LABELS ("\\\\Inbox" "\\\\Important") UID 7)', "", "inbox"),
        (b'7 (UID 7 X-GM-LABELS ("\\\\Inbox"))', "promotions", "promotions"),
        (b"7 (UID 7 X-GM-LABELS ())", "", "archive"),
        (b'7 (UID 7 X-GM-LABELS ("\\\\Important" "Clients (new)"))', "", "clients (new)"),
        (b'7 (UID 7 X-GM-LABELS ("\\\\Sent"))', "", ""),
    ],
)
def test_gmail_tells_the_place_by_labels_and_categories(labels: bytes, category: str, place: str) -> None:
    session: Any = Saying(labels=[labels], category=category)
    assert gmail_place(session, 7) == place


def test_names_in_utf_7_are_read() -> None:
    assert decoded("Entw&APw-rfe &- mehr") == "Entwürfe & mehr"
    assert decoded("&broken") == "&broken"
    assert decoded("&A-") == "&A-"
