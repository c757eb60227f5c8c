"""A check's own words as Markdown: what `launchready explain` prints and what the docs page of the check holds."""

from launchready.check import Check


def explain(check: Check) -> str:
    """The whole page of one check."""
    lines = [
        f"# {check.id}",
        "",
        check.asks,
        "",
        f"Risk when it fails: **{check.risk}**.",
        "",
        "## Why it matters",
        "",
        check.why,
        "",
        "## How to mend it",
        "",
        f"For the owner: {check.fix.owner}",
        "",
        f"For the engineer: {check.fix.engineer}",
        "",
        f"To undo: {check.fix.undo}",
        "",
        f"To verify: {check.fix.verify}",
        "",
        "## Examples",
        "",
        *(f"- {example.expected.__name__.lower()}: {example.says}" for example in check.examples),
        "",
        "## References",
        "",
        *(f"- {reference}" for reference in references(check)),
    ]
    return "\n".join(lines) + "\n"


def references(check: Check) -> list[str]:
    """Where published standards say the same, as text."""
    return [
        *(f"OWASP {name}" for name in check.wstg),
        *(f"OWASP ASVS 5.0.0 {name}" for name in check.asvs),
        *(f"CWE-{number}" for number in check.cwe),
        *(f"OWASP API Security Top 10: {name}" for name in check.owasp_api),
    ]
