"""Is a value a word, or an expression, a hash, a pattern, or where something lies: what code puts beside a name?"""

import re

_LETTERS_ONLY = re.compile(r"[^\W\d_]+(?:[-_. /:,'’!?|#@+&\\]{1,3}[^\W\d_]+)*[:.!?…*=@]{0,3}", re.UNICODE)
_CALL = re.compile(
    r"[A-Za-z_$][\w$]*(?:(?:\.|::|->|\?\.|\\{1,2})[A-Za-z_$][\w$]*)+(?:[,;()\[\]=?:&|].*)?|[A-Za-z_$][\w$.:]*[(\[].*"
)
_IDENTIFIER = re.compile(
    r"[a-z_$][a-z_$]*\d{0,2}|[a-z]+(?:[A-Z][a-z]+)+\d{0,2}|(?:[a-z]+[-_.])+[a-z]+\d{0,2}|(?:[A-Z]+_)+[A-Z]+\d?"
)
_HASH = re.compile(
    r"\\?\$(?:2[abxy]?|argon2\w*|5|6|1|apr1|y|s0|pbkdf2[\w-]*|bcrypt\w*|scrypt)\\?\$.*"
    r"|(?:pbkdf2|bcrypt|argon2|scrypt)[\w:$-]*\$.*|\{S?(?:SHA|MD5|CRYPT|SSHA)\d*\}.*|(?:sha(?:256|384|512|1)|md5)[:-].*"
    r"|(?:[0-9a-f]{32}){3,4}",  # as long as only a digest is
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"(?:\.{0,2}|~|[a-z]:)?[/\\]\w[\w.@/\\:?=&-]*|[a-z][a-z0-9+.-]*://.*|[\w-]+(?:\.[\w-]+)*\.[a-z]{2,4}|urn:[\w.:/-]+",
    re.IGNORECASE,
)
_PATTERN = re.compile(
    r"^\^|[\])*+?}]\$$|\\[dwsnrt]|\(\?|\.\*|\{\d|\[[a-z]-|%[sd]|\{[\w.]*\}|</?\w|&\w+;|=>|function|return\b",
    re.IGNORECASE,
)
# `{password` of JSX, `[plainPassword` of Objective-C, `rt_pass)` of a macro: a name, and brackets that are not all here.
_IN_BRACKETS = re.compile(r"[{\[(]+[A-Za-z_$][\w$.-]*[()\[\]{}]*|[A-Za-z_$]+\d?[)\]}]+")
# `"Password:"),e?f("code"`: what stands between two strings ends an expression first, and at last begins one.
_BETWEEN_STRINGS = re.compile(r"[),;\]}.+].*(?:[(\[{,:+=?&|!<>.;]|return)", re.DOTALL)
_REFERENCE = re.compile(r"[@:%#$]{1,2}[A-Za-z_][A-Za-z_.-]*\d?")


def is_word(value: str) -> bool:
    """Whether there are only letters in it: a word, or some with signs between them, as labels and mail addresses are."""
    return bool(_LETTERS_ONLY.fullmatch(value))


def is_name(value: str) -> bool:
    """Whether it is written as names are in code: `user_password`, `userPassword`, `DB_PASSWORD`."""
    return bool(_IDENTIFIER.fullmatch(value))


def is_hash(value: str) -> bool:
    """Whether it is the digest of a password, as a library writes it."""
    return bool(_HASH.fullmatch(value))


def is_pattern(value: str) -> bool:
    """Whether it has what only patterns, templates and pieces of code have."""
    return bool(_PATTERN.search(value))


def is_code(value: str) -> bool:
    """Whether it is an expression, a hash, a pattern, or where something lies."""
    whole = (_CALL, _HASH, _PLACE, _IN_BRACKETS, _BETWEEN_STRINGS, _REFERENCE)
    return is_pattern(value) or any(each.fullmatch(value) for each in whole)
