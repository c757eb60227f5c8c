"""Secrets that were found, by fingerprint only: what kind, in which places, and what was searched for them."""

from launchready.evidence import Fact, Missing


class Place(Fact, frozen=True):
    """One place where a secret stands.

    Attributes:
        surface: history, dangling object, tree, untracked file, ignored file, script, inline state, source map, page,
            answer (JSON and the like), exposed file, error page or log.
        where: path in the repository, redacted address, or name of the log file; the same in every run.
        line: counted from 1; 0 where lines say nothing.
        view: how it had to be read: "" as it stands, else "url", "base64, json" and the like.
        who: the identity that was given it; "anonymous" where nobody had to sign in; empty for files and logs.
        commit: the full id of the commit that brought it; empty outside a history, or where no commit names it.
        author: the name of that commit's author, without the mail address.
        at: when it was committed or logged, ISO 8601 in UTC; empty where that is not known.
    """

    surface: str
    where: str
    line: int = 0
    view: str = ""
    who: str = ""
    commit: str = ""
    author: str = ""
    at: str = ""


class Secret(Fact, frozen=True):
    """One secret with all its places on one surface; equal secrets have equal fingerprints within a run.

    Attributes:
        fingerprint: under the run's key.
        kind: what it is, in words.
        rule: the rule that knew it.
        length: characters.
        places: never empty; oldest first in a history, else in the order of where.
        further: how many more places there are that are not listed.
        in_head: whether it stands in the commit that is checked out (or the branch's tip); None where nobody looked.
    """

    fingerprint: str
    kind: str
    rule: str
    length: int
    places: tuple[Place, ...]
    further: int = 0
    in_head: bool | None = None


class Gap(Fact, frozen=True):
    """Something on a surface that could not be read, and why: it may hold a secret or not."""

    where: str
    why: Missing


class Search(Fact, frozen=True):
    """One surface that was searched.

    Attributes:
        engine: its name and version, with "reduced coverage" where it is not the whole engine.
        searched: what was read, as (what, how many): ("commits", 41), ("blobs", 230), ("bytes", 1_200_311).
        secrets: what was found, each once.
        public: strings that look like secrets and are public by design, as (kind, how many).
        gaps: what could not be read.
    """

    engine: str
    searched: tuple[tuple[str, int], ...] = ()
    secrets: tuple[Secret, ...] = ()
    public: tuple[tuple[str, int], ...] = ()
    gaps: tuple[Gap, ...] = ()


class EnvFile(Fact, frozen=True):
    """A file of settings (.env and the like) that some commit brought.

    Attributes:
        path: in the repository.
        commit, author, at: the first commit that brought it, as in a Place.
        in_head: whether it stands in the commit that is checked out; None where nobody looked.
        suspects: names of its settings that say "secret" and have a value that nothing knew for one, sorted.
    """

    path: str
    commit: str
    author: str
    at: str
    in_head: bool | None
    suspects: tuple[str, ...]


class HistorySecrets(Fact, frozen=True):
    """The whole git history: every branch, tag and stash, commit messages, and what no branch leads to any more."""

    search: Search
    env_files: tuple[EnvFile, ...] = ()


class TreeSecrets(Fact, frozen=True):
    """The files as they lie on this machine: kept by git, not yet kept, and ignored."""

    search: Search


class Rotation(Fact, frozen=True):
    """The owner's word that a secret was replaced at its provider, so that what is still lying about is dead.

    Attributes:
        secret: the subject of the finding, "Stripe secret key in config/prod.env".
        on: ISO date; what was brought after it is not closed by it.
        by: who did it.
    """

    secret: str
    on: str
    by: str


class Rotations(Fact, frozen=True):
    """Every secret that the owner declared as replaced."""

    entries: tuple[Rotation, ...] = ()


class KeyState(Fact, frozen=True):
    """What its provider says of a key that was found.

    Attributes:
        fingerprint: under the run's key, as in `Secret`.
        provider: who was asked.
        state: live, dead or unsure.
        on: the ISO date of the answer.
        why: why it is unsure; empty where it is not.
    """

    fingerprint: str
    provider: str
    state: str
    on: str
    why: str = ""


class KeyStates(Fact, frozen=True):
    """Every key that a provider was asked about; none where the owner does not let them be asked."""

    entries: tuple[KeyState, ...] = ()

    def of(self, secret: Secret) -> KeyState | None:
        """What was said of this secret; None where nobody was asked."""
        return next((each for each in self.entries if each.fingerprint == secret.fingerprint), None)
