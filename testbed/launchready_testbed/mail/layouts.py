"""Which folders has a mailbox, and where do letters land in it? One layout for each kind of provider."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Layout:
    """The folders that every mailbox of a provider has."""

    folders: dict[str, str]
    """Attributes of each folder (RFC 6154), by its name as IMAP writes it."""
    places: dict[str, str] = field(default_factory=dict)
    """Folder for inbox, junk, archive and updates or promotions where they have one; else letters lie in the inbox."""
    capabilities: str = "SPECIAL-USE"
    """What the server says after the login beyond what it says before."""
    keeps_all: str = ""
    """A folder that shows every letter of the inbox too."""

    def folder(self, place: str) -> str:
        """The folder for `place`."""
        return self.places.get(place, "INBOX")


GENERIC = Layout(
    {
        "INBOX": "",
        "Archive": "\\Archive",
        "Drafts": "\\Drafts",
        "Junk": "\\Junk",
        "Sent": "\\Sent",
        "Trash": "\\Trash",
    },
    {"junk": "Junk", "archive": "Archive"},
)
GMAIL = Layout(
    {
        "INBOX": "",
        "[Gmail]": "\\Noselect",
        "[Gmail]/All Mail": "\\All",
        "[Gmail]/Drafts": "\\Drafts",
        "[Gmail]/Important": "\\Important",
        "[Gmail]/Sent Mail": "\\Sent",
        "[Gmail]/Spam": "\\Junk",
        "[Gmail]/Starred": "\\Flagged",
        "[Gmail]/Trash": "\\Trash",
    },
    {"junk": "[Gmail]/Spam", "archive": "[Gmail]/All Mail"},
    "SPECIAL-USE X-GM-EXT-1",
    "[Gmail]/All Mail",
)
OUTLOOK = Layout(
    {
        "INBOX": "\\Marked",
        "Archive": "",
        "Deleted": "\\Trash",
        "Drafts": "\\Drafts",
        "Junk": "\\Junk",
        "Notes": "",
        "Sent": "\\Sent",
    },
    {"junk": "Junk", "archive": "Archive"},
)
APPLE = Layout(
    {
        "INBOX": "",
        "Archive": "\\Archive",
        "Deleted Messages": "\\Trash",
        "Drafts": "\\Drafts",
        "Junk": "\\Junk",
        "Sent Messages": "\\Sent",
    },
    {"junk": "Junk", "archive": "Archive"},
)
LAYOUTS = {"gmail": GMAIL, "outlook": OUTLOOK, "apple": APPLE, "imap": GENERIC}
