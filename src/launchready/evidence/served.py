"""What the portal hands out without being asked for a secret: in its scripts and pages, and in files left within reach."""

from launchready.evidence import Fact, Missing
from launchready.evidence.secrets import Search


class ServedSecrets(Fact, frozen=True):
    """Secrets in what was served: scripts, their source maps, state within pages, pages themselves, answers in JSON.

    Attributes:
        search: what was read and found.
        others: hosts outside the scope whose scripts the pages load; they are theirs and were not read.
        own: what visitors were given of their own, as (kind, how many).
    """

    search: Search
    others: tuple[str, ...] = ()
    own: tuple[tuple[str, int], ...] = ()


class ExposedFile(Fact, frozen=True):
    """A file or list of files that anybody can read and nobody is meant to.

    Attributes:
        url: redacted.
        what: what it is, in words: "settings of the application (.env)".
        proof: by what its content shows that; never a value.
        secrets: kinds of secrets that stand in it, each once.
    """

    url: str
    what: str
    proof: str
    secrets: tuple[str, ...] = ()


class Asked(Fact, frozen=True):
    """One host at which files were looked for.

    Attributes:
        host: with its port where that is not the usual one.
        files: addresses asked, further ones of the same kind not counted.
        public: addresses that answered with such a file which the portal's own pages offer for download.
        alike: addresses whose answer looked like such a file, as that of an address made up does as well.
    """

    host: str
    files: int
    public: tuple[str, ...] = ()
    alike: tuple[str, ...] = ()


class Unasked(Fact, frozen=True):
    """An address that gave no answer which says anything."""

    url: str
    why: Missing


class ExposedFiles(Fact, frozen=True):
    """Files left within reach, at the root of each host and in the folders that the crawl saw.

    Attributes:
        files: what was found, sorted by address.
        hosts: where was looked.
        unasked: what was not answered.
        search: the secrets in them.
    """

    files: tuple[ExposedFile, ...]
    hosts: tuple[Asked, ...]
    search: Search
    unasked: tuple[Unasked, ...] = ()
