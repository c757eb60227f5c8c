"""By what does the content of an answer prove that it is such a file? Pure.

Each proof takes what was answered and gives words for what was recognised, or nothing. It looks for what only the real
thing has: a page that talks about the file, a login page, or a front end that answers every address has none of it.
Words never hold a value, only names of settings and numbers.
"""

import re
import zlib
from collections.abc import Callable

from launchready.collect.exposing.panels import PANELS
from launchready.collect.exposing.reading import is_page, json_object, lines, text

Proof = Callable[[bytes], str]

_ASSIGNMENT = re.compile(r"(?:export[ \t]+)?([A-Za-z_][\w.]*)[ \t]*=(.*)")
_UPPER = re.compile(r"[A-Z][A-Z0-9_]+")
_BUILT_IN = (
    "NEXT_PUBLIC_",
    "VITE_",
    "REACT_APP_",
    "PUBLIC_",
    "GATSBY_",
    "NUXT_PUBLIC_",
    "EXPO_PUBLIC_",
    "VUE_APP_",
)
"""Names whose values are built into scripts for everybody anyway."""
_SHOWN = 4
_SQL = re.compile(
    r"^(?:CREATE TABLE|INSERT INTO|DROP TABLE|COPY [^\n]{1,300} FROM stdin|-- (?:MySQL|MariaDB|PostgreSQL database) dump"
    r"|-- phpMyAdmin SQL Dump|PRAGMA foreign_keys|BEGIN TRANSACTION;)",
    re.IGNORECASE | re.MULTILINE,
)
_ARCHIVES = {
    b"PK\x03\x04": "zip",
    b"\x1f\x8b\x08": "gzip",
    b"7z\xbc\xaf\x27\x1c": "7z",
    b"Rar!\x1a\x07": "rar",
} | {
    b"BZh": "bzip2",
    b"\xfd7zXZ\x00": "xz",
}
_PYTHON = re.compile(r"^(?:import [\w.]+|from [\w.]+ import |def \w+\(|class \w+[(:])", re.MULTILINE)
_SHEBANG = re.compile(r"#!\s*/\S+")
_HASHES = re.compile(
    r"[^:\s]+:(?:\$(?:apr1|2[abxy]|5|6|1|y)\$[^:\s]+|\{S?SHA\}[\w+/=]+|[./0-9A-Za-z]{13})(?::\S*)?"
)
_KEY = re.compile(r"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----\s+[A-Za-z0-9+/=:,\-\s]{40,}")
_LOGGED = re.compile(r"\[?\d{2,4}[-/](?:\d\d|[A-Z][a-z]{2})[-/]\d{2,4}[T :]\d\d:\d\d")
_TYPED = re.compile(
    r"(?:sudo |cd |ls\b|git |vim? |nano |cat |ssh |scp |mysql |psql |docker |systemctl |npm |pip |php |exit$|history$)"
)


def assignments(body: bytes) -> str:
    """Lines of NAME=value, and names other than those that are built into scripts anyway."""
    if is_page(body) or b"\0" in body:
        return ""
    given = [line for line in lines(body) if line.strip() and not line.lstrip().startswith("#")]
    names = [match[1] for line in given if (match := _ASSIGNMENT.fullmatch(line.strip()))]
    own = [name for name in names if _UPPER.fullmatch(name) and not name.startswith(_BUILT_IN)]
    if not own or 2 * len(names) < len(given):
        return ""
    more = f" and {len(own) - _SHOWN} more" if len(own) > _SHOWN else ""
    return f"it sets {', '.join(own[:_SHOWN])}{more}"


def git_head(body: bytes) -> str:
    """Names a branch or a commit."""
    said = text(body).strip()
    if re.fullmatch(r"ref: refs/[\w./\-]+", said):
        return f"it says {said!r}"
    return "it names a commit" if re.fullmatch(r"[0-9a-f]{40}(?:[0-9a-f]{24})?", said) else ""


def git_config(body: bytes) -> str:
    """The section that each repository has."""
    said = text(body)
    return "it has the section [core]" if "[core]" in said and "repositoryformatversion" in said else ""


def svn_entries(body: bytes) -> str:
    """The number of a format, then the folder itself."""
    given = lines(body)
    told = len(given) > 3 and re.fullmatch(r"\d{1,2}", given[0]) and given[2] == "dir"
    return "it begins with the number of a format" if told else ""


def hg_requires(body: bytes) -> str:
    """What a repository needs of those who read it."""
    given = {line.strip() for line in lines(body) if line.strip()}
    known = {"revlogv1", "store", "fncache", "dotencode", "generaldelta", "sparserevlog", "share-safe"}
    return "it lists the features of a repository" if given & known and not is_page(body) else ""


def starts(magic: bytes, words: str) -> Proof:
    """The first bytes that each file of a format has."""
    return lambda body: words if body.startswith(magic) else ""


def archive(body: bytes) -> str:
    """The first bytes of an archive."""
    return next(
        (
            f"it begins as a {name} archive does"
            for magic, name in _ARCHIVES.items()
            if body.startswith(magic)
        ),
        "",
    )


def dump(body: bytes) -> str:
    """Commands that make tables and fill them, also compressed; or PostgreSQL's own format."""
    if body.startswith(b"PGDMP"):
        return "it begins as a dump of PostgreSQL does"
    if body.startswith(b"\x1f\x8b"):
        try:
            body = zlib.decompressobj(16 + zlib.MAX_WBITS).decompress(body, 1 << 16)
        except zlib.error:
            return ""
    return "it holds commands of SQL" if not is_page(body) and _SQL.search(text(body)) else ""


def source(body: bytes) -> str:
    """Code that runs on the server, as it was written."""
    if b"<?php" in body or b"<?=" in body:
        return "it holds PHP as it was written"
    if b"<%@" in body or b"<%=" in body:
        return "it holds server pages as they were written"
    if is_page(body):
        return ""
    said = text(body)
    if _SHEBANG.match(said):
        return "it begins as a program does"
    return "it holds Python as it was written" if len(_PYTHON.findall(said)) >= 2 else ""


def _private_key(body: bytes) -> str:
    return "it holds a private key in PEM" if not is_page(body) and _KEY.search(text(body)) else ""


def _htpasswd(body: bytes) -> str:
    given = [line for line in lines(body) if line.strip() and not line.startswith("#")]
    good = given and not is_page(body) and all(_HASHES.fullmatch(line.strip()) for line in given)
    return f"it holds password hashes of {len(given)} users" if good else ""


def _npmrc(body: bytes) -> str:
    told = re.search(r"^[^#;<\n]*:?_(?:authToken|auth|password)[ \t]*=[ \t]*[^\s$]", text(body), re.MULTILINE)
    return "it holds a token for a registry" if told and not is_page(body) else ""


def _credentials(body: bytes) -> str:
    told = re.search(
        r"^\[[\w\- ]+\][^<]{0,200}aws_(?:access_key_id|secret_access_key)\s*=", text(body), re.MULTILINE
    )
    return "it holds keys by profile" if told else ""


def _address_with_password(body: bytes) -> str:
    told = re.match(r"https?://[^:/@\s<]+:[^@\s<]+@[\w.\-]+", text(body))
    return "it holds an address with a password" if told else ""


def _web_config(body: bytes) -> str:
    told = re.match(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<configuration[\s>]", text(body), re.DOTALL)
    return "it is a <configuration>" if told else ""


def _spring_settings(body: bytes) -> str:
    told = re.search(
        r"^(?:(?:spring|server|management|logging)\.[\w.\-]+[ \t]*[=:]|spring:\s*$)", text(body), re.MULTILINE
    )
    return "it sets properties of Spring" if told and not is_page(body) else ""


def _database_yml(body: bytes) -> str:
    said = text(body)
    told = re.search(r"^(?:production|development|default)\s*:", said, re.MULTILINE) and "adapter:" in said
    return "it names an adapter by environment" if told and not is_page(body) else ""


def _compose(body: bytes) -> str:
    said = text(body)
    told = re.search(r"^services:\s*$", said, re.MULTILINE) and re.search(
        r"^\s+(?:image|build):", said, re.MULTILINE
    )
    return "it lists services" if told and not is_page(body) else ""


def _dockerfile(body: bytes) -> str:
    said = text(body)
    begins = re.search(r"^FROM\s+\S+", said, re.MULTILINE)
    builds = re.search(r"^(?:RUN|COPY|CMD|ENTRYPOINT)\s", said, re.MULTILINE)
    return "it has the steps of a build" if begins and builds and not is_page(body) else ""


def _shell_history(body: bytes) -> str:
    given = [line for line in lines(body) if line.strip()]
    typed = sum(bool(_TYPED.match(line)) for line in given)
    return (
        f"it lists {len(given)} commands"
        if typed >= 3 and 3 * typed > len(given) and not is_page(body)
        else ""
    )


def _log(body: bytes) -> str:
    dated = sum(bool(_LOGGED.match(line)) for line in lines(body))
    return f"{dated} lines begin with a time" if dated >= 2 and not is_page(body) else ""


def _of_json(words: str, *names: str) -> Proof:
    """A JSON object with all of these names, the alternatives of one apart by |."""

    def proof(body: bytes) -> str:
        state = json_object(body)
        return (
            words if state and all(any(each in state for each in name.split("|")) for name in names) else ""
        )

    return proof


PROOFS: dict[str, Proof] = {
    **PANELS,
    "assignments": assignments,
    "git-head": git_head,
    "git-config": git_config,
    "git-index": starts(b"DIRC", "it begins as git's index does"),
    "address-with-password": _address_with_password,
    "sqlite": starts(b"SQLite format 3\0", "it begins as a SQLite database does"),
    "svn-entries": svn_entries,
    "hg-requires": hg_requires,
    "ds-store": starts(b"\0\0\0\1Bud1", "it begins as macOS writes them"),
    "dump": dump,
    "archive": archive,
    "source": source,
    "vim-swap": starts(b"b0VIM ", "it begins as vim's copies do"),
    "web-config": _web_config,
    "appsettings": _of_json(
        "it has the sections of .NET settings", "ConnectionStrings|Logging|AllowedHosts|Kestrel"
    ),
    "spring-settings": _spring_settings,
    "database-yml": _database_yml,
    "compose": _compose,
    "dockerfile": _dockerfile,
    "npmrc": _npmrc,
    "htpasswd": _htpasswd,
    "private-key": _private_key,
    "aws-credentials": _credentials,
    "docker-config": _of_json("it holds sign-ins to registries", "auths"),
    "sftp": _of_json("it names a server and who signs in", "host", "password|username|user|privateKeyPath"),
    "terraform": _of_json("it lists resources", "terraform_version", "resources|modules"),
    "shell-history": _shell_history,
    "log": _log,
}
"""By the names that data/exposed_files.toml uses."""
