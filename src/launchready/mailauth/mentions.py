"""Which sending services a program names, in its dependencies, its settings and the addresses it uses. Pure."""

import re
from functools import cache

from launchready.mailauth.mail_services import mail_services

_MANIFEST = re.compile(
    r"(?:.*/)?(?:package\.json|requirements[\w.-]*\.(?:txt|in)|pyproject\.toml|pipfile|setup\.(?:py|cfg)|gemfile"
    r"|composer\.json|go\.mod)",
    re.IGNORECASE,
)
_READ = re.compile(
    r".*(?:\.(?:py|rb|php|go|rs|java|kt|cs|js|mjs|cjs|ts|mts|jsx|tsx|vue|svelte|ex|exs|env|ya?ml|toml|json|ini|conf|cfg"
    r"|properties|tf|sh)|(?:^|/)\.env[\w.-]*|(?:^|/)[\w-]+\.env[\w.-]*|dockerfile[\w.-]*|procfile)",
    re.IGNORECASE,
)
_NOT_ITS_OWN = re.compile(
    r"(?:.*/)?(?:package-lock\.json|composer\.lock|.*\.min\.js|.*\.map)|(?:.*/)?(?:tests?|spec|docs?|vendor|fixtures"
    r"|node_modules|__tests__|third_party)/.*|.*[._-](?:test|spec)\.\w+",
    re.IGNORECASE,
)
_SETTING = (
    r"_?(?:API|SMTP|SERVER|ACCESS|WEBHOOK|DOMAIN|REGION|USER|PASS|KEY|TOKEN|SECRET|FROM|SENDER|CONNECTION)"
)
LARGEST = 1_000_000
"""Octets; what is larger is no code that a person wrote."""


def may_mention(path: str) -> bool:
    """Whether this file of the source is code, settings or a list of dependencies that says what the program uses."""
    read = _READ.fullmatch(path) or _MANIFEST.fullmatch(path)
    return read is not None and _NOT_ITS_OWN.fullmatch(path) is None


def services_named(path: str, text: str) -> tuple[str, ...]:
    """Names of the services that a file names, sorted."""
    found = {name for words, name in _words() if words.search(text)}
    if _MANIFEST.fullmatch(path):
        found |= {name for packages, name in _packages() if packages.search(text)}
    return tuple(sorted(found))


@cache
def _words() -> tuple[tuple[re.Pattern[str], str], ...]:
    """For each service the names of settings and the addresses that only its customers use."""
    built = []
    for service in mail_services():
        parts = [rf"\b{each}" if "_" in each else rf"\b{each}{_SETTING}" for each in service.env]
        parts += [rf"\b{re.escape(each)}" for each in service.hosts]
        if parts:
            built.append((re.compile("|".join(parts)), service.name))
    return tuple(built)


@cache
def _packages() -> tuple[tuple[re.Pattern[str], str], ...]:
    """For each service the dependencies, as lists of them write them."""
    built = []
    for service in mail_services():
        if service.packages:
            names = "|".join(map(re.escape, service.packages))
            pattern = rf"(?:^|[\"'\s])(?:{names})(?=$|[\"'\s\[=<>~!;,@/])"
            built.append((re.compile(pattern, re.MULTILINE), service.name))
    return tuple(built)
