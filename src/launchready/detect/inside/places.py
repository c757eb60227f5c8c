"""Paths and hosts of the inside, in what a person reads of an error answer."""

import re
from collections.abc import Collection, Iterator
from ipaddress import ip_address

from launchready.detect.inside.betrayal import Betrayal

_CODE = (
    r"(?:py|pyc|rb|erb|php|phtml|inc|java|jar|class|jsp|kt|cs|cshtml|vb|aspx?|js|mjs|cjs|ts|tsx|jsx|go|rs|exs?|eex|heex|"
    r"p[lm]|cgi|lua|sql|ya?ml|toml|ini|conf|env|log|sock|sqlite3?|db|twig|j2|jinja2?|ejs|hbs|vue)"
)
_UNIX = re.compile(
    r"(?<![\w/.:@\-=&?%~])/(?:home|var|srv|usr|opt|root|etc|proc|tmp|mnt|data|app|apps|application|code|workspace|www|"
    r"Users|Applications|private|volume\d?|vercel|builds?|dist|site-packages|node_modules|lib|code_build)"
    r"(?:/[\w.@+\-]{1,100}){1,20}",
)
_SYSTEM = re.compile(
    r"/(?:home/[\w.\-]+/|Users/[\w.\-]+/|root/|etc/|proc/|var/(?:www|lib|task|log|run|app|tmp|opt|cache)/|srv/[\w.\-]+/|"
    r"usr/(?:lib|local|src|share|bin|sbin)/|opt/[\w.\-]+/)"
)
_CODE_FILE = re.compile(rf"\.{_CODE}$")
_WINDOWS = re.compile(r"(?<![\w])[A-Za-z]:\\(?:[\w .()\-@+]{1,100}\\){1,20}[\w.()\-@+]{1,100}")
_PRIVATE = (
    r"(?:10(?:\.\d{1,3}){3}|192\.168(?:\.\d{1,3}){2}|172\.(?:1[6-9]|2\d|3[01])(?:\.\d{1,3}){2}|127(?:\.\d{1,3}){3}|"
    r"169\.254(?:\.\d{1,3}){2})"
)
_INTERNAL = (
    r"(?:[a-z0-9][a-z0-9\-]{0,62}\.){1,6}(?:internal|local|lan|localdomain|intra|intranet|corp|consul|svc)"
    r"(?![\w\-]|\.\w)"
)
_HOST = re.compile(
    rf"(?:(?P<scheme>\b[a-z][a-z0-9+]{{1,20}}://)(?:[^\s/@'\"<>]{{1,200}}@)?|(?P<word>\b(?:at|to|host|server|upstream|address|"
    rf"ECONNREFUSED|ETIMEDOUT|EHOSTUNREACH|ENOTFOUND|tcp|connect)\b[ :=\"'(]{{1,4}})|(?<![\w.\-/@]))"
    rf"(?P<host>{_PRIVATE}|{_INTERNAL}|localhost|(?<=://)[a-z][a-z0-9\-]{{1,62}}(?=:\d))(?P<port>:\d{{2,5}})?(?![\w.\-]*\w@)",
    re.IGNORECASE,
)


def paths(lines: str, known: Collection[str]) -> Iterator[Betrayal]:
    """Paths of files on the server. `known` are addresses' paths of the portal, which no error answer betrays."""
    for match in _UNIX.finditer(lines):
        path = match[0].rstrip(".")
        if path in known or any(path.startswith(each) for each in known if each.count("/") > 1):
            continue
        if _SYSTEM.match(path + "/") or (
            path.count("/") > 1 and _CODE_FILE.search(path) and _is_in_code(lines, match)
        ):
            yield Betrayal("path", f"a path on the server, {_shortened(path)}", path)
            return
    if windows := _WINDOWS.search(lines):
        yield Betrayal("path", f"a path on the server, {_shortened(windows[0])}", windows[0])


def _is_in_code(lines: str, match: re.Match[str]) -> bool:
    """Whether the path is spoken of as a file of code: with a line number, or in quotes behind a word for it."""
    after = lines[match.end() : match.end() + 24]
    before = lines[max(0, match.start() - 24) : match.start()]
    return bool(
        re.match(r"""["'\])]?(?::\d+|\(\d+\)|,? (?:on )?line \d+)""", after)
        or re.search(
            r"""(?:in|file|open|require|import|load|template|module|from)[ :=('"`]{1,4}$""",
            before,
            re.IGNORECASE,
        )
    )


def hosts(lines: str, own: Collection[str]) -> Iterator[Betrayal]:
    """Hosts that only the inside knows, where they stand as a place to connect to. `own` are those that were asked."""
    for match in _HOST.finditer(lines):
        host = match["host"].lower()
        if host in own or not (match["scheme"] or match["port"] or match["word"] or host[0].isalpha()):
            continue
        if host == "localhost" and not match["port"]:
            continue
        if host[0].isdigit() and not _is_address(host):
            continue
        port = match["port"] or ""
        yield Betrayal("host", f"a host of the inside, {host}{port}", f"{host}{port}")
        return


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _shortened(path: str) -> str:
    """The first folders and the file; what is between says no more."""
    mark = "\\" if "\\" in path else "/"
    pieces = path.split(mark)
    return path if len(pieces) <= 5 else mark.join((*pieces[:3], "…", pieces[-1]))
