"""What the portal's own logs tell, and what they should have kept quiet: counted and placed, never quoted."""

from launchready.evidence import Fact, Missing
from launchready.evidence.secrets import Gap, Search


class LogRead(Fact, frozen=True):
    """One log file that was read.

    Attributes:
        name: as reports call it.
        bytes, lines: that were read, unpacked.
    """

    name: str
    bytes: int
    lines: int


class Leak(Fact, frozen=True):
    """One thing that a log should not hold, however often one log holds it in the same way.

    Attributes:
        kind: "password", "session cookie", "payment card number" and the like.
        log: the log, without what tells a rotated file from the present one.
        field: what it was called there; of a canary, the way that it came. Empty where it has no name.
        view: how it had to be read: "" as it stands, else "base64", "json", "sha256" and the like.
        file: the file that has it first, by name.
        line: the first line there, counted from 1.
        count: how often; bounded.
    """

    kind: str
    log: str
    field: str = ""
    view: str = ""
    file: str = ""
    line: int = 0
    count: int = 1


class LogSecrets(Fact, frozen=True):
    """Keys of services that stand in logs; `named` says whether the portal file names any log."""

    search: Search
    named: bool = True


class LogScan(Fact, frozen=True):
    """People's secrets that stand in logs.

    Attributes:
        named: whether the portal file names any log.
        read: files that were read.
        leaks: sorted by log, kind and field.
        gaps: what could not be read.
    """

    named: bool = True
    read: tuple[LogRead, ...] = ()
    leaks: tuple[Leak, ...] = ()
    gaps: tuple[Gap, ...] = ()


class Sown(Fact, frozen=True):
    """One way on which marked values were sent, or why they were not.

    Attributes:
        way: "login", "password reset", "broken JSON", "headers", "session of nora".
        kinds: what was sent: "password", "bearer token", "e-mail address" and the like.
        status: of the answer; 0 where nothing was sent.
        why: why nothing was sent.
    """

    way: str
    kinds: tuple[str, ...] = ()
    status: int = 0
    why: Missing | None = None


class Entry(Fact, frozen=True):
    """A line of a log that tells of one thing that was done.

    Attributes:
        log: where it stands.
        shows: what of it can be told: time, actor, object, result, address.
    """

    log: str
    shows: tuple[str, ...]


class Deed(Fact, frozen=True):
    """Something that was done on purpose while the logs were watched.

    Attributes:
        what: "sign-in", "refused sign-in", or the operation, as in `Writes`.
        who: the identity; "nobody" for a name that no account has.
        entries: lines that tell of it, the most telling first; at most a few.
        why: why it was not done; None where it was.
    """

    what: str
    who: str
    entries: tuple[Entry, ...] = ()
    why: Missing | None = None


class Written(Fact, frozen=True):
    """What one log got while it was watched.

    Attributes:
        log: its name.
        lines: that were written.
        requests: how many of them tell of a request only, as the log of a web server does.
    """

    log: str
    lines: int
    requests: int


class LogDrill(Fact, frozen=True):
    """What was sent and done on purpose, and what the logs then held of it.

    Attributes:
        named: whether the portal file names any log.
        sown: ways on which marked values went.
        leaks: where these values stand; sorted as in `LogScan`.
        deeds: sign-ins that were made and refused.
        written: logs that got lines in the time.
        searched: bytes that were searched.
        late: the web server's log did not hold the last request yet when it was searched.
        gaps: what could not be read.
    """

    named: bool = True
    sown: tuple[Sown, ...] = ()
    leaks: tuple[Leak, ...] = ()
    deeds: tuple[Deed, ...] = ()
    written: tuple[Written, ...] = ()
    searched: int = 0
    late: bool = False
    gaps: tuple[Gap, ...] = ()


class AuditTrail(Fact, frozen=True):
    """Changes that test identities made in this run, and what the logs tell of them.

    Attributes:
        named: whether the portal file names any log.
        actions: what was done, each operation once; the entries name the kind of thing, or else who did it.
        tells_people: whether any line names one of those who did it: it is a log of what people do.
        written: logs that got lines in the time.
        gaps: what could not be read.
    """

    named: bool = True
    actions: tuple[Deed, ...] = ()
    tells_people: bool = False
    written: tuple[Written, ...] = ()
    gaps: tuple[Gap, ...] = ()


class LogStart(Fact, frozen=True):
    """Where each log ended when the run began, as (inode, bytes)."""

    ends: tuple[tuple[int, int], ...] = ()
