"""Which program knows the shapes of secrets: Kingfisher where it is installed, else our own rules with RE2.

RE2 runs in time linear to the text, whatever the text; Kingfisher does so on all but texts made against it, and is
then stopped.
"""

from functools import cache, cached_property
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import as_file, files
from threading import Lock
from typing import NamedTuple, Protocol

REDUCED = "reduced coverage"
"""What an engine's name says when it knows only our own rules."""


_PATIENCE, _PATIENCE_FOR_EACH_BYTE = 20.0, 2e-6
"""Seconds for a text, and for each of its bytes: a hundred times what the engine needs."""


class Hit(NamedTuple):
    """Where a rule saw the shape of a secret.

    Attributes:
        rule: the rule's id.
        name: the rule's name in its catalogue.
        start, end: the secret's bytes in the text.
    """

    rule: str
    name: str
    start: int
    end: int


class Hits(NamedTuple):
    """What an engine saw in a text, and why that is not all that it could have seen; empty where it is."""

    hits: tuple[Hit, ...]
    cut: str = ""


class Engine(Protocol):
    """Knows the shapes of secrets."""

    name: str

    def hits(self, text: bytes, path: str) -> Hits:
        """Where any rule matches."""
        ...


class Kingfisher:
    """MongoDB's engine with its whole catalogue and our own rules, in one pass over the text."""

    def __init__(self) -> None:
        from kingfisher_sdk import Rules, ScanInput, Scanner  # noqa: PLC0415 -- slow to load

        with as_file(files("launchready.data") / "secret_rules.yaml") as ours:
            self._rules = Rules([ours])
        # Base64 is left to our own views: at any alignment, and with positions that lead back.
        self._scanner = Scanner(self._rules, base64=False)
        self._input = ScanInput
        self.name = f"kingfisher {version('kingfisher-secret-scanner')}"

    @property
    def cache(self) -> str:
        """Whether the compiled rules were at hand: "loaded", "stored" (compiled now) or "bypassed"."""
        return self._rules.cache_status

    @cached_property
    def _ours(self) -> "OurRules":
        return OurRules()

    def hits(self, text: bytes, path: str) -> Hits:
        """Where any rule matches; hidden helpers (ids that go with a secret) are left out.

        A few rules of the catalogue take time by the square of a text that was made to that end. Such a text is looked
        at with our own rules instead.
        """
        allowed = _PATIENCE + len(text) * _PATIENCE_FOR_EACH_BYTE
        try:
            findings = self._scanner.scan_input(self._input(path=path, data=text), timeout=allowed)
        except TimeoutError:
            return self._ours.hits(text, path)._replace(
                cut=f"the engine took more than {allowed:.0f} seconds"
            )
        return Hits(
            tuple(
                Hit(each.rule_id, each.rule_name, each.location["start_offset"], each.location["end_offset"])
                for each in findings
                if each.visible
            )
        )


class OurRules:
    """Our own rules alone, with Google's RE2, where Kingfisher has no build for the machine."""

    def __init__(self) -> None:
        import re2  # noqa: PLC0415 -- only where it is needed
        import yaml  # noqa: PLC0415

        rules = yaml.safe_load((files("launchready.data") / "secret_rules.yaml").read_text("utf-8"))["rules"]
        self._rules = [(rule["id"], rule["name"], re2.compile(rule["pattern"].encode())) for rule in rules]
        self.name = f"re2 {version('google-re2')} with our own rules, {REDUCED}"

    def hits(self, text: bytes, path: str) -> Hits:
        """Where any rule matches; the secret is the group TOKEN, else the first one."""
        del path
        hits = []
        for rule, name, pattern in self._rules:
            group = pattern.groupindex.get(b"TOKEN", 1)
            hits += [Hit(rule, name, *match.span(group)) for match in pattern.finditer(text)]
        return Hits(tuple(hits))


@cache
def kingfisher_version() -> str:
    """The installed version of Kingfisher; empty if there is none for this machine."""
    try:
        return version("kingfisher-secret-scanner")
    except PackageNotFoundError:
        return ""


_loading = Lock()


def best() -> Engine:
    """The best engine that this machine has; loaded once, also where several threads ask for it."""
    with _loading:
        return _best()


@cache
def _best() -> Engine:
    return Kingfisher() if kingfisher_version() else OurRules()
