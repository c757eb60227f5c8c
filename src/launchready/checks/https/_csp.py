"""What a document's Content Security Policies allow, graded as the MDN HTTP Observatory grades them.

One policy is read and graded by that grader's published rules. Where several are in force, a source
counts only where every policy that has a say allows it, each with its own fallback to default-src: that
is what the grader states, and what browsers do.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import unquote

from launchready.thresholds import thresholds

_DATA = thresholds("http")["csp"]
BROAD = frozenset(_DATA["broad"]["value"])
BROAD_OR_INLINE = BROAD | frozenset(_DATA["inline"]["value"])
_HEADER_ONLY = frozenset(_DATA["header_only"]["value"])
_REPEATABLE = frozenset(_DATA["repeatable"]["value"])
_PASSIVE = ("img-src", "media-src")
_KEYED = ("'sha256-", "'sha384-", "'sha512-", "'nonce-")
_INSECURE = ("http:", "ftp:")
_NO_FALLBACK = frozenset(("base-uri", "form-action", "frame-ancestors", "report-uri", "report-to", "sandbox"))

Policy = dict[str, set[str]]
"""Directive to the sources it allows; a source list without sources is {"'none'"}."""


@dataclass(frozen=True, slots=True)
class Graded:
    """How a document's policies come out: what fails, what passes though weak, and if framing is ruled."""

    faults: tuple[str, ...]
    weak: tuple[str, ...] = ()
    frame_ancestors: bool = False


def grade(headers: Iterable[str], metas: Iterable[str] = (), *, report_only: bool = False) -> Graded:
    """Grade the policies that one https document has in headers and in meta elements."""
    problems: list[str] = []
    policies = [_parse(text, problems) for text in _split(headers)]
    framing = any("frame-ancestors" in policy for policy in policies)
    for text in _split(metas):
        parsed = _parse(text, problems)
        policies.append({name: sources for name, sources in parsed.items() if name not in _HEADER_ONLY})
    if problems:
        return Graded(tuple(dict.fromkeys(problems)), frame_ancestors=framing)
    if not any(policies):
        reporting = " (the one that only reports protects nobody)" if report_only else ""
        return Graded((f"no Content-Security-Policy{reporting}",))
    faults, weak = _grade(_combined([policy for policy in policies if policy]))
    return Graded(faults, weak, framing)


def _split(values: Iterable[str]) -> list[str]:
    """Policies apart: a comma separates them, as several headers may have been folded into one."""
    return [text.replace("\r", "").replace("\n", "").strip() for value in values for text in value.split(",")]


def _parse(text: str, problems: list[str]) -> Policy:
    """Read one policy; what makes it invalid goes to `problems`. The first of repeated directives counts."""
    if len(text) < _DATA["shortest"]["value"]:
        problems.append("a Content-Security-Policy that is empty or cut short")
    policy: Policy = {}
    for part in text.split(";"):
        name, *sources = part.lower().split() or [""]
        if not name:
            continue
        if name not in policy:
            policy[name] = set(sources) or ({"'none'"} if name.endswith("-src") else set())
        elif name not in _REPEATABLE:
            problems.append(f"a Content-Security-Policy that names {name[:40]} twice: only the first counts")
    return policy


def _combined(policies: list[Policy]) -> Policy:
    """What all the policies together allow."""
    if len(policies) == 1:
        return policies[0]
    combined: Policy = {}
    for name in dict.fromkeys(name for policy in policies for name in policy):
        fallback = "" if name in _NO_FALLBACK or not name.endswith("-src") else "default-src"
        say = [policy.get(name, policy.get(fallback)) for policy in policies]
        first, *others = [sources for sources in say if sources is not None]
        allowed = set(first)
        for sources in others:
            allowed = _common(allowed, sources)
        combined[name] = allowed or {"'none'"}
    return combined


def _common(one: set[str], other: set[str]) -> set[str]:
    """The narrower of each pair of sources of which one covers the other."""
    return {b for a in one for b in other if _covers(a, b)} | {a for a in one for b in other if _covers(b, a)}


def _covers(wide: str, narrow: str) -> bool:
    wide, narrow = unquote(wide), unquote(narrow)
    return wide == narrow or (wide.endswith("/") and narrow.startswith(wide))


def _grade(policy: Policy) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Faults, and weaknesses that the grader lets pass."""
    everything = {"*"}

    def ruling(name: str) -> str:
        return name if name in policy else "default-src"

    policy = {name: set(sources) for name, sources in policy.items()}
    for name in (ruling("script-src"), ruling("style-src")):
        if _keyed(policy.get(name, ())):
            policy[name].discard("'unsafe-inline'")
    scripts = policy.get(ruling("script-src"), set(everything))
    faults = []
    if "'strict-dynamic'" in scripts:
        if _keyed(scripts):
            scripts -= {s for s in scripts if s.startswith((*BROAD, "'self'", "'unsafe-inline'"))}
        else:
            faults.append("script-src says 'strict-dynamic' without nonce or hash, which trusts no script")
    styles = policy.get(ruling("style-src"), everything)
    objects = policy.get(ruling("object-src"), everything)
    faults += _open("script-src", ruling("script-src"), policy, scripts & BROAD_OR_INLINE)
    faults += _open("object-src", ruling("object-src"), policy, objects & BROAD)
    active = {s for name, sources in policy.items() if name not in (*_PASSIVE, "script-src") for s in sources}
    if insecure := sorted(s for s in active | scripts if s.startswith(_INSECURE)):
        faults.append(f"Content-Security-Policy lets active content come over {_listed(insecure)}")
    if "'unsafe-eval'" in scripts | styles:
        faults.append("Content-Security-Policy allows 'unsafe-eval'")
    weak = []
    if any(s.startswith(_INSECURE) for name in _PASSIVE for s in policy.get(ruling(name), ())):
        weak.append("images or media may come over http")
    if styles & BROAD_OR_INLINE:
        weak.append("inline or arbitrary styles are allowed")
    return tuple(faults), tuple(weak)


def _keyed(sources: Iterable[str]) -> bool:
    """Whether a nonce or a hash is among the sources: browsers then ignore 'unsafe-inline'."""
    return any(source.startswith(_KEYED) for source in sources)


def _open(directive: str, ruling: str, policy: Policy, too_much: set[str]) -> list[str]:
    """The fault of a directive that allows too much, in words."""
    if not too_much:
        return []
    if ruling not in policy:
        return [f"Content-Security-Policy has neither {directive} nor default-src, so any is allowed"]
    via = directive if ruling == directive else f"{directive} (through default-src)"
    return [f"Content-Security-Policy allows {_listed(sorted(too_much))} in {via}"]


def _listed(sources: list[str]) -> str:
    """Up to three sources; they come from the portal, so none may be longer than a name is."""
    shown = " ".join(source[:80] for source in sources[:3])
    return shown if len(sources) <= 3 else f"{shown} and {len(sources) - 3} more"
