"""Writes the generated pages of docs/, or with --check says which are out of date (exit 1).

docs/checks/<row>/<check>.md holds each check's own words; docs/reference/portal-file.md the portal file's.
"""

import argparse
import sys
from pathlib import Path

from launchready.checks import all_checks, all_rows
from launchready.report.explain import explain
from launchready.report.json import schema
from launchready.site.reference import markdown

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
REPORT_SCHEMA = ROOT / "src/launchready/report/schemas/report.schema.json"


def pages() -> dict[Path, str]:
    """Every generated file and what must stand in it."""
    generated = {DOCS / "checks" / f"{check.id}.md": explain(check) for check in all_checks()}
    lines = [
        "# The checks",
        "",
        "One page each, in the check's own words; `launchready explain CHECK` prints the same.",
        "",
    ]
    for row in all_rows():
        lines += [f"## {row.name}: {row.title}", "", f"Passes when {row.criterion}.", ""]
        mine = [check for check in all_checks() if check.row == row.name]
        lines += [f"- [{check.id}]({check.id}.md) ({check.risk}): {check.asks}" for check in mine]
        lines += [""] if mine else ["No checks yet: this row is unknown in every report.", ""]
    generated[DOCS / "checks" / "index.md"] = "\n".join(lines)
    generated[DOCS / "reference" / "portal-file.md"] = markdown()
    generated[REPORT_SCHEMA] = schema().decode()
    return generated


def main() -> int:
    """Write or compare."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--check", action="store_true", help="change nothing; exit 1 if a page is out of date"
    )
    check = parser.parse_args().check
    stale = [p for p, text in pages().items() if not p.exists() or p.read_text(encoding="utf-8") != text]
    left_over = set(DOCS.glob("checks/*/*.md")) - set(pages())
    for path in sorted([*stale, *left_over]):
        print(f"{'out of date' if check else 'written'}: {path.relative_to(ROOT)}")
        if not check:
            if path in left_over:
                path.unlink()
                continue
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(pages()[path], encoding="utf-8")
    return 1 if check and (stale or left_over) else 0


if __name__ == "__main__":
    sys.exit(main())
