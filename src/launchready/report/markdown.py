"""The report as Markdown that fits into a pull-request comment: verdict, rows, failing checks by risk."""

import html
import re
from collections.abc import Sequence

from launchready.report import _secrets as secrets
from launchready.report._access import Line, View, distinct, mark, told, view
from launchready.report._reading import (
    LAUNCH,
    RISKS,
    WORDS,
    launch_reason,
    moment,
    one_line,
    plural,
    printable,
    results_of,
    standing,
    unanswered,
)
from launchready.report._setting import Setting
from launchready.scorecard import FindingItem, Report, Result

LIMIT = 64_000
"""Characters; the places where such comments are read take 65,536."""

_FINDINGS = 20
_ROUTES = 100
_SPECIAL = re.compile(r"([\\`*_{}\[\]()|~!])")
_LEADING = re.compile(r"^([#+\-=])")
_REFERENCE = re.compile(r"([@#])(?=\w)")


def render(report: Report, _setting: Setting) -> bytes:
    """The report as Markdown, UTF-8, never longer than LIMIT; what does not fit is counted, not cut."""
    head = "\n".join([*_head(report), *_rows(report)])
    room = LIMIT - len(head) - 400
    kept: list[str] = []
    blocks = [*_failing(report), *_access(view(report)), *_secrets(report), *_unknown(report)]
    for block in blocks:
        if len(block) > room:
            break
        kept.append(block)
        room -= len(block) + 1
    left_out = len(blocks) - len(kept)
    tail = (
        [f"\n*{plural(left_out, 'check')} left out here for length; the whole report has them.*"]
        if left_out
        else []
    )
    foot = f"\n<sub>{one_line(report.tool.name)} {report.tool.version}, run {text(report.run.id)}</sub>\n"
    return "\n".join([head, *kept, *tail, foot]).encode()


def text(untrusted: str) -> str:
    """One line of text with nothing in it that Markdown, HTML or a forge would act on."""
    escaped = _LEADING.sub(r"\\\1", _SPECIAL.sub(r"\\\1", html.escape(one_line(untrusted), quote=False)))
    return _REFERENCE.sub(r"\1<!-- -->", escaped)


def code(untrusted: str) -> str:
    """One line as code, in a fence longer than any inside."""
    line = one_line(untrusted)
    longest = max((len(run) for run in re.findall("`+", line)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if longest else ""
    return f"{fence}{pad}{line}{pad}{fence}" if line else ""


def _head(report: Report) -> list[str]:
    lines = [
        f"## {LAUNCH[report.verdict]}: {text(report.portal.name)}",
        "",
        text(launch_reason(report)),
        "",
        f"{code(report.portal.url)}, looked at {moment(report.run.started)}, touch: {text(report.run.touch)}",
    ]
    if report.run.interrupted:
        lines += ["", "**The run was interrupted: this is what it had by then.**"]
    if report.red_flags:
        lines += ["", "**Red flags: a senior engineer is needed**", ""]
        lines += [f"- {text(flag.says)} ({code(flag.check)})" for flag in report.red_flags]
    return lines


def _rows(report: Report) -> list[str]:
    lines = ["", "| Verdict | Row | Checks |", "|---|---|---|"]
    for row in report.rows:
        gate = " (must hold)" if row.gate else ""
        lines.append(
            f"| **{WORDS[row.verdict]}** | {text(row.title)}{gate} | {standing(row, results_of(report, row))} |"
        )
    return lines


def _failing(report: Report) -> list[str]:
    """A block for each failing check, highest risk first."""
    failing = [result for result in report.results if result.verdict == "fail"]
    return [_block(result) for result in sorted(failing, key=lambda result: RISKS.index(result.risk))]


def _block(result: Result) -> str:
    lines = [
        "",
        f"### {code(result.check)}: fail, {result.risk} risk",
        "",
        text(result.asks),
        "",
        *(_finding(finding) for finding in result.findings[:_FINDINGS]),
    ]
    if len(result.findings) > _FINDINGS:
        lines.append(f"- and {len(result.findings) - _FINDINGS:,} more")
    fix = html.escape(printable(result.fix.engineer), quote=False).replace("\n", "\n\n")
    fix = _REFERENCE.sub(r"\1<!-- -->", fix)
    lines += [
        "",
        "<details><summary>Why it matters and how to fix it</summary>",
        "",
        text(result.why),
        "",
        _quoted("Owner", result.fix.owner),
        "",
        f"**Engineer.** {fix}",
        "",
        _quoted("Undo", result.fix.undo),
        "",
        _quoted("Verify", result.fix.verify),
        "",
        "</details>",
    ]
    return "\n".join(lines)


def _access(access: View | None) -> list[str]:
    """Who reaches what: the routes with crossings, then all others, folded."""
    if access is None:
        return []
    rest = [line for group in (*access.shown, *access.folded) for line in group.lines]
    crossings = distinct(access.table)
    lines = ["", "### Who reaches what", "", f"{access.summary}.", ""]
    if access.table.untried:
        lines += [f"Not tried: {text(access.table.untried)}.", ""]
    if access.crossed:
        lines += [*_access_rows(access, access.crossed[:_ROUTES]), ""]
        lines += [f"- {code(each.route)}: {text(told(each))}" for each in crossings[:_FINDINGS]]
    if len(crossings) > _FINDINGS:
        lines.append(f"- and in {plural(len(crossings) - _FINDINGS, 'place')} more")
    blocks = ["\n".join(lines)]
    if rest:
        left = [f"\nand {plural(len(rest) - _ROUTES, 'route')} more"] if len(rest) > _ROUTES else []
        summary = f"<details><summary>{plural(len(rest), 'route')} without a crossing</summary>"
        rows = _access_rows(access, rest[:_ROUTES])
        blocks.append("\n".join(["", summary, "", *rows, *left, "", "</details>"]))
    return blocks


def _access_rows(access: View, lines: Sequence[Line]) -> list[str]:
    """A table with a column for each party."""
    parties = [text(each.name) for each in access.table.parties]
    rows = [f"| Route | {' | '.join(parties)} |", "|---" * (len(parties) + 1) + "|"]
    for line in lines:
        words = (mark(answer).word for answer in line.route.answers)
        told_words = ("**CROSSED**" if word == "crossed" else word for word in words)
        rows.append(f"| {code(line.label).replace('|', chr(92) + '|')} | {' | '.join(told_words)} |")
    return rows


def _secrets(report: Report) -> list[str]:
    """One line for each secret, the most urgent first."""
    table = report.secrets
    if table is None or not table.secrets:
        return []
    lines = ["", "### Secrets to replace", "", f"{secrets.tally(table)}.", ""]
    lines += ["| Secret | Who has it | How to replace it |", "|---|---|---|"]
    for row in table.secrets[:_FINDINGS]:
        has = "; ".join(filter(None, (secrets.who_has_it(row), secrets.since(row))))
        way = secrets.closed(row) or secrets.replaced_where(row)
        lines.append(f"| {text(row.name)} | {text(has)} | {text(way)} |")
    if len(table.secrets) > _FINDINGS:
        lines.append(f"\nand {plural(len(table.secrets) - _FINDINGS, 'secret')} more")
    return ["\n".join(lines)]


def _quoted(what: str, words: str) -> str:
    return f"**{what}.** {html.escape(one_line(words), quote=False)}"


def _finding(finding: FindingItem) -> str:
    waived = finding.waived
    accepted = f" *(accepted by {text(waived.owner)} until {text(waived.until)})*" if waived else ""
    where = f"{code(finding.subject)}: " if finding.subject else ""
    return f"- {where}{text(finding.detail)}{accepted}"


def _unknown(report: Report) -> list[str]:
    groups = unanswered(report)
    if not groups:
        return []
    lines = [
        f"- {', '.join(code(r.check) for r in results)}: {text(summary)}. To settle it: {text(settle_by)}."
        for results, summary, settle_by in groups
    ]
    return ["\n### Not answered yet\n", *lines]
