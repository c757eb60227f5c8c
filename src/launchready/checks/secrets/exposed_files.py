"""Are settings, version history, backups, dumps and consoles out of everybody's reach?"""

from collections.abc import Iterator
from urllib.parse import urlsplit

from launchready.check import Check, Fix, Risk
from launchready.checks.secrets._judged import doubts
from launchready.evidence import Missing
from launchready.evidence.redact import subject
from launchready.evidence.secrets import Search
from launchready.evidence.served import Asked, ExposedFile, ExposedFiles, Unasked
from launchready.verdict import Cause, Doubt, Fail, Finding, Pass, Seen, Unknown, Verdict, weigh


def judge(exposed: ExposedFiles) -> Verdict:
    """A file fails that nobody is meant to read, and whose content proves what it is."""
    findings = (Finding(subject(each.url), _told(each)) for each in exposed.files)
    unread = (*_unasked(exposed), *doubts(exposed.search, "the files found"))
    return weigh(_seen(exposed), findings, unread)


def _told(file: ExposedFile) -> str:
    held = f"; it holds {', '.join(file.secrets)}" if file.secrets else ""
    return f"{file.what}, open to everybody: {file.proof}{held}"


def _seen(exposed: ExposedFiles) -> Iterator[Seen]:
    silent = {_host(each.url) for each in exposed.unasked}
    for host in exposed.hosts:
        if not host.files or host.host in silent:
            continue
        yield Seen(host.host, f"{host.files} addresses asked at which such files are often left")
        for url in host.public:
            yield Seen(subject(url), "offered by the portal's own pages, and without secrets")
        for url in host.alike:
            yield Seen(subject(url), "an address made up beside it is answered alike, so it is no such file")


def _unasked(exposed: ExposedFiles) -> Iterator[Doubt]:
    """One doubt for each host and reason."""
    alike: dict[tuple[str, Missing], list[Unasked]] = {}
    for each in exposed.unasked:
        alike.setdefault((_host(each.url), each.why), []).append(each)
    for (host, why), unasked in alike.items():
        more = f" ({len(unasked)} addresses, as {subject(unasked[0].url)})" if len(unasked) > 1 else ""
        yield Doubt(host, why.cause, why.detail + more, why.settle_by)


def _host(url: str) -> str:
    return urlsplit(url).netloc


CHECK = Check(
    asks="Are settings files, version history, backups, dumps and consoles out of everybody's reach?",
    risk=Risk.CRITICAL,
    why=(
        "Programs ask every new host for /.env, /.git/HEAD and /backup.zip within minutes of its first certificate. "
        "One that answers hands over passwords, the source code or all data at once, and nobody notices."
    ),
    fix=Fix(
        owner=(
            "Have the file taken away today, and every password and key in it replaced, as it must be taken for read. "
            "Ask how it came there: mostly the whole project folder was copied to the server."
        ),
        engineer=(
            "Serve only the folder of built, public files: the document root is public/ or dist/, never the project.\n"
            "Refuse what is never public in front of all: `location ~ /\\.(?!well-known) { return 404; }` in "
            "nginx or `RedirectMatch 404 /\\.(?!well-known)` in Apache; turn off autoindex and mod_status for the world.\n"
            "Consoles, profilers and actuators listen on an inner port or behind the login "
            "(`management.endpoints.web.exposure.include=health`, no debug mode, no dev packages in the image).\n"
            "Build images with a .dockerignore; keep backups and dumps in storage of their own, not on the web server. "
            "Then rotate: `launchready secrets rotate-list` says what."
        ),
        undo="Remove the rule that refuses it; a file that has to be public goes into the public folder and is linked.",
        verify=(
            "Run `curl -i` with the address: 404 or 403, and nothing of the file. Then run "
            "`launchready audit --check secrets/exposed-files`."
        ),
    ),
    judge=judge,
    wstg=("WSTG-CONF-04", "WSTG-CONF-05", "WSTG-CONF-03"),
    asvs=("V13.4.1", "V13.4.3", "V13.4.5"),
    cwe=(527, 530, 538, 548, 552),
    owasp_api=("API8:2023",),
    red_flag="Files with passwords, source code or data are open to everybody.",
)

_NONE = Search("Kingfisher 1.5", (("files", 80),))
_ASKED = (Asked("portal.example", 80),)


def _exposed(path: str, what: str, proof: str, *secrets: str) -> ExposedFiles:
    """One file, for the examples."""
    return ExposedFiles((ExposedFile(f"https://portal.example{path}", what, proof, secrets),), _ASKED, _NONE)


CHECK.example("nothing is there", Pass, ExposedFiles((), _ASKED, _NONE))
CHECK.example(
    "settings with a key",
    Fail,
    _exposed("/.env", "settings of the application", "it sets DB_PASSWORD, STRIPE_KEY", "Stripe secret key"),
)
CHECK.example(
    "the version history",
    Fail,
    _exposed("/.git/HEAD", "the version history of the source code (git)", "it says 'ref: refs/heads/main'"),
)
CHECK.example(
    "every address is answered with the same text",
    Pass,
    ExposedFiles((), (Asked("portal.example", 80, alike=("https://portal.example/.env",)),), _NONE),
)
CHECK.example(
    "an archive that a page offers for download",
    Pass,
    ExposedFiles((), (Asked("portal.example", 80, public=("https://portal.example/backup.zip",)),), _NONE),
)
CHECK.example(
    "a limiter answered instead",
    Unknown,
    ExposedFiles(
        (),
        _ASKED,
        _NONE,
        (
            Unasked(
                "https://portal.example/.env",
                Missing(Cause.UNREACHABLE, "the answer was 429: not now", "again"),
            ),
        ),
    ),
)
CHECK.example("no host was asked", Unknown, ExposedFiles((), (), _NONE))
