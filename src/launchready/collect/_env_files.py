"""Files of settings, `.env` and its like: which file is one, and which of its settings look secret. Pure."""

import re

_NAME = re.compile(r"(?:^|.*/)(?:\.env(?:rc)?(?:[._-][\w.-]+)?|[\w-]+\.env)", re.IGNORECASE)
_SAMPLE = re.compile(r"example|sample|template|dist|default|schema|tpl", re.IGNORECASE)
_SETTING = re.compile(r"^\s*(?:export\s+)?([A-Za-z_][\w.]*)\s*=\s*(.*?)\s*$", re.MULTILINE)
_SECRET_NAME = re.compile(
    r"(?:^|_)(?:pass(?:word|wd|phrase)?|pwd|secret|token|credentials?|private|api_?key|access_?key|auth_?key"
    r"|encryption_?key|signing_?key|app_?key|master_?key|service_?key|dsn|salt)(?:_|$)",
    re.IGNORECASE,
)
_PUBLIC_NAME = re.compile(
    r"^(?:next_public|vite|react_app|public|expo_public|nuxt_public|vue_app|gatsby)_|public_?key|sentry_dsn"
    r"|_(?:url|uri|path|file|name|id|ttl|expiry|expires(?:_in)?|lifetime|length|enabled|timeout|algorithm|header)$",
    re.IGNORECASE,
)
_PLACEHOLDER = re.compile(
    r"^$|^[<\[{(].*|.*\$[{(A-Za-z_].*|^[x*.#_-]+$|^(?:null|none|nil|true|false|yes|no|\d{1,4})$"
    r"|.*(?:change[_-]?(?:me|it|this)|your[_-]|example|placeholder|dummy|replace|todo|insert|fake|sample|redacted).*"
    r"|^(?:test|secret|password|passwd|pass|token|key|dev|development|local|localhost|postgres|root|admin)$",
    re.IGNORECASE | re.DOTALL,
)


def is_env_file(path: str) -> bool:
    """Whether a file by this name holds the settings of a running program, not a sample of them."""
    name = path.rpartition("/")[2]
    return "env" in name.lower() and bool(_NAME.fullmatch(path)) and not _SAMPLE.search(name)


def suspects(text: str, known_lines: frozenset[int]) -> tuple[str, ...]:
    """Names of settings that say "secret" and have a value that is no placeholder, sorted.

    Args:
        text: the file.
        known_lines: lines, counted from 1, in which a secret was found anyway.
    """
    names = set()
    for found in _SETTING.finditer(text):
        name, value = found[1], found[2].partition(" #")[0].strip().strip("'\"")
        line = text.count("\n", 0, found.start(1)) + 1
        if line in known_lines or not _SECRET_NAME.search(name) or _PUBLIC_NAME.search(name):
            continue
        if not _PLACEHOLDER.fullmatch(value):
            names.add(name)
    return tuple(sorted(names))
