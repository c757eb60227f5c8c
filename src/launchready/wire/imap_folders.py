"""The folders of a mailbox, and what a person would call the place where a message lies. Only the IMAP wire uses it."""

import base64
import re
from dataclasses import dataclass

from launchready.wire.imap_session import Session

MOST_FOLDERS = 60
"""Looked into in one mailbox; those that people make are many, and few mails are sorted into them."""
_LINE = re.compile(rb'\((?P<flags>[^)]*)\) (?:NIL|"(?P<divider>(?:\\.|[^"\\])*)") (?P<name>.*)', re.DOTALL)
_ROLES = {"\\junk": "junk", "\\trash": "trash", "\\archive": "archive", "\\all": "all"}
_OWN_WRITING = frozenset(("\\sent", "\\drafts"))
_VIEWS = frozenset(("\\flagged", "\\important", "\\noselect", "\\nonexistent"))
_JUNK = re.compile(
    r"junk(?:[ -]?e?-?mail)?|spam(?:verdacht)?|bulk(?: mail)?|unerwünscht|courrier indésirable|indésirables|pourriel"
    r"|correo (?:no deseado|basura)|posta indesiderata|lixo eletr[ôó]nico|spamm?ing|ongewenste(?: e-mail)?"
    r"|skräppost|søppelpost|uønsket(?: mail)?|roskaposti|wiadomości-śmieci|nevyžádaná pošta|levélszemét"
    r"|нежелательная почта|спам|迷惑メール|垃圾邮件|垃圾郵件|정크 메일|스팸",
    re.IGNORECASE,
)
_TRASH = re.compile(r"trash|deleted(?: items| messages)?|bin|papierkorb|corbeille", re.IGNORECASE)
_CATEGORIES = ("promotions", "updates", "social", "forums")
"""The tabs of Gmail's inbox besides the first; which one a message is in is told by a search alone."""
_GMAIL = "X-GM-EXT-1"


@dataclass(frozen=True, slots=True)
class Folder:
    """One folder.

    Attributes:
        name: as it is sent to the server, quoted.
        place: inbox, junk, trash, archive, all (a view of everything, as Gmail has it), or its own name in lower case.
    """

    name: str
    place: str

    @property
    def likely(self) -> bool:
        """Whether mail usually lands there: it is looked into at each look."""
        return self.place in ("inbox", "junk", "all")


def folders_of(session: Session) -> tuple[Folder, ...]:
    """The folders in which mail may land, likely ones first."""
    can = _capabilities(session)
    listed = _listed(session, '"*"')
    if "SPECIAL-USE" in can and not any(_ROLES.keys() & flags for flags, _, _ in listed):
        listed = _listed(session, '"*" RETURN (SPECIAL-USE)') or listed
    folders = [Folder(name, _place(flags, shown)) for flags, name, shown in listed if _takes_mail(flags)]
    # Where everything can be seen at once, the rest of it need not be looked at. A view of everything that has no labels
    # does not say where a message is.
    if _GMAIL in can and any(each.place == "all" for each in folders):
        folders = [each for each in folders if each.place in ("all", "junk", "trash")]
    else:
        folders = [each for each in folders if each.place != "all"]
    if not any(each.place in ("inbox", "all") for each in folders):
        folders.append(Folder("INBOX", "inbox"))
    return tuple(sorted(folders, key=lambda each: not each.likely)[:MOST_FOLDERS])


def _capabilities(session: Session) -> frozenset[str]:
    """What the server can do for whoever is signed in, which may be more than it told at the door."""
    status, data = session.capability()
    lines = [line for line in data if isinstance(line, bytes)] if status == "OK" else []
    return frozenset(b" ".join(lines).decode("ascii", "replace").upper().split())


def _listed(session: Session, pattern: str) -> list[tuple[frozenset[str], str, str]]:
    """(flags in lower case, name as sent, name as shown) of each folder."""
    status, data = session.list('""', pattern)
    if status != "OK":
        return []
    found = []
    for line in data:
        head, literal = (line[0], line[1]) if isinstance(line, tuple) else (line, None)
        if not isinstance(head, bytes) or (match := _LINE.match(head)) is None:
            continue
        raw = literal if isinstance(literal, bytes) else _unquoted(match["name"].strip())
        name = raw.decode("ascii", "replace")
        divider = _unquoted(b'"' + (match["divider"] or b"") + b'"').decode("ascii", "replace")
        shown = decoded(name)
        last = shown.rpartition(divider)[2] if divider else shown
        flags = frozenset(match["flags"].decode("ascii", "replace").lower().split())
        found.append((flags, quoted(name), "INBOX" if name.upper() == "INBOX" else last))
    return found


def _takes_mail(flags: frozenset[str]) -> bool:
    return not flags & (_OWN_WRITING | _VIEWS)


def _place(flags: frozenset[str], shown: str) -> str:
    if shown == "INBOX":
        return "inbox"
    for flag, role in _ROLES.items():
        if flag in flags:
            return role
    if _JUNK.fullmatch(shown.strip()):
        return "junk"
    return "trash" if _TRASH.fullmatch(shown.strip()) else shown.lower()[:60]


def gmail_place(session: Session, uid: int) -> str:
    """Where Gmail shows a message that lies in the view of everything; empty for one that was sent from there."""
    known = {label.lower() for label in _labels(session, uid)}
    if known & {"\\sent", "\\draft", "\\drafts"}:
        return ""
    if "\\inbox" not in known:
        own = sorted(label for label in known if not label.startswith("\\"))
        return own[0][:60] if own else "archive"
    for category in _CATEGORIES:
        status, data = session.uid("SEARCH", "UID", str(uid), "X-GM-RAW", f'"category:{category}"')
        if status == "OK" and any(line and line.split() for line in data):
            return category
    return "inbox"


def _labels(session: Session, uid: int) -> list[str]:
    """What Gmail has put on a message of the folder that is open."""
    status, data = session.uid("FETCH", str(uid), "(UID X-GM-LABELS)")
    if status != "OK":
        return []
    said = b" ".join(part for line in data for part in (line if isinstance(line, tuple) else (line or b"",)))
    within = re.search(rb'X-GM-LABELS \(((?:"(?:\\.|[^"\\])*"|[^)"])*)\)', said)
    words = re.findall(rb'"(?:\\.|[^"\\])*"|[^\s"]+', within[1]) if within else []
    return [decoded(_unquoted(word).decode("ascii", "replace")) for word in words]


def quoted(name: str) -> str:
    """A name as IMAP quotes it."""
    return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _unquoted(name: bytes) -> bytes:
    return re.sub(rb"\\(.)", rb"\1", name[1:-1]) if name[:1] == b'"' else name


def decoded(name: str) -> str:
    """A name in IMAP's own UTF-7 (RFC 3501, section 5.1.3), as people read it; as it stands where it is none."""

    def run(found: re.Match[str]) -> str:
        if not found[1]:
            return "&"
        packed = found[1].replace(",", "/")
        return base64.b64decode(packed + "=" * (-len(packed) % 4)).decode("utf-16-be")

    try:
        return re.sub(r"&([^-]*)-", run, name)
    except ValueError:
        return name
