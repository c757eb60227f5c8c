"""Is what stands there shown to somebody who reads, so that it opens nothing: a test, documentation, an example?"""

import re

_FOLDER = (
    r"tests?|specs?|__tests__|__mocks__|mocks?|fixtures?|testing|examples?|samples?|docs?|documentation|manuals?|tutorials?"
    r"|e2e|stories|cypress|locales?|i18n|l10n|lang(?:uages)?|translations?|messages|po|t"
)
_SAMPLE = re.compile(
    rf"(?:\A|[/!])_?(?:[\w-]+[-_](?:tests?|examples?|samples?)|(?:tests?|examples?|samples?)[-_]\w[\w-]*|testdata|{_FOLDER})/"
    r"|(?:\A|[/!])(?:(?:tests?[-_.]|examples?[-_.])[^/]*|conftest\.py|readme[^/]*|changelog[^/]*"
    r"|(?:changes|news|history|install|upgrad(?:e|ing))(?:\.(?:txt|html?))?)\Z"
    r"|[._-](?:test|tests|spec|stories|example|sample|template|dist|tmpl|tpl|mock|fixture)s?(?:\.[\w]+)?\Z"
    r"|(?:strings|messages|labels|resources|bundle)_[a-z]{2}(?:_[A-Z]{2})?\.properties\Z"
    r"|\.(?:md|rst|adoc|po|pot|xlf|xliff|arb|strings|snap|pod|phpt)\Z",
    re.IGNORECASE,
)
_TEST_CLASS = re.compile(r"[a-z0-9](?:Tests?|TestCase|Spec|IT)\.(?:java|kt|scala|groovy|cs|vb|php|swift|m)\Z")

_SEEN_BEFORE = 8000
_COUNTED_BEFORE = 200_000
"""Bytes before a value in which it is looked for what it stands under, and whether a string is still open."""

_COMMENT_LINE = re.compile(r"[ \t]*(?:///|//!|\*(?![\w*]))")
_DOCSTRING = re.compile(r"(?:\A|\n)[ \t]*(?:@\w*doc[ \t]*)?[rRuU~]?[sS]?(\"\"\"|''')")
_POD = re.compile(r"(?:\A|\n)=([a-z]+\d?)")
_POD_TEXT = frozenset(("head1", "head2", "head3", "head4", "item", "over", "back", "pod", "encoding"))
_GOES_ON = re.compile(r"[ \t]+\*")
_EXAMPLE_KEY = re.compile(r"(?:x-)?examples?", re.IGNORECASE)
_OPENED = re.compile(r"([\w-]{1,40})[\"'`]{0,2}\\?[\"'`]?\s{0,4}[:=]\s{0,4}(?:\\?[\"'`])?\Z")
_YAML_KEY = re.compile(r"([ ]*)(?:- )?([\w.$-]+|[\"'][^\"']*[\"']):(?:\s|\Z)")


def is_sample(path: str) -> bool:
    """Whether a file is there to show or to test, so that what it holds opens nothing; an address is no such file."""
    return "://" not in path and bool(_SAMPLE.search(path) or _TEST_CLASS.search(path))


def is_documentation(text: bytes, start: int) -> bool:
    """Whether what begins there stands in what a tool makes a manual from.

    Another comment is no such thing: it may hold what was in use a day ago.
    """
    before = text[max(0, start - _COUNTED_BEFORE) : start].decode("utf-8", "replace")
    near = before[-_SEEN_BEFORE:].replace("\\n", "\n")
    lines = near.split("\n")
    mark = _COMMENT_LINE.match(lines[-1])
    if mark and (
        mark[0].strip() != "*"
        or near.rfind("/**") > near.rfind("*/")
        or all(map(_GOES_ON.match, [*lines[-4:], lines[-1]]))
    ):
        return True
    pod = _POD.findall(near)
    if pod and pod[-1] in _POD_TEXT:
        return True
    strings = _DOCSTRING.findall(before)
    return bool(strings) and before.count(strings[-1]) % 2 == 1


def is_under_example(text: bytes, start: int) -> bool:
    """Whether a key that it stands under, in JSON, YAML or an object of a script, is called "example"."""
    before = text[max(0, start - _SEEN_BEFORE) : start].decode("utf-8", "replace")
    if "xample" not in before and "XAMPLE" not in before:
        return False
    return _named(before) or _in_brackets(before) or _by_indentation(before)


def _named(before: str) -> bool:
    key = _OPENED.search(before[-60:])
    return bool(key and _EXAMPLE_KEY.fullmatch(key[1]))


def _in_brackets(before: str) -> bool:
    inner = 0
    for bracket in reversed(list(re.finditer(r"[{}\[\]]", before))):
        if bracket[0] in "}]":
            inner += 1
        elif inner:
            inner -= 1
        elif _named(before[max(0, bracket.start() - 60) : bracket.start()]):
            return True
    return False


def _by_indentation(before: str) -> bool:
    lines = before.split("\n")
    indent = len(lines[-1]) - len(lines[-1].lstrip(" "))
    for line in reversed(lines[:-1]):
        key = _YAML_KEY.match(line)
        if not key or len(key[1]) >= indent:
            continue
        if _EXAMPLE_KEY.fullmatch(key[2].strip("\"'")):
            return True
        indent = len(key[1])
    return False
