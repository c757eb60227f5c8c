"""Renders a report for people and machines; decides nothing."""

import os
import sys
from importlib import import_module
from pathlib import Path

from launchready.errors import UsageError
from launchready.report._setting import Setting
from launchready.scorecard import Report

FORMATS = ("terminal", "html", "json", "markdown", "junit", "sarif")
"""Each is a module of this package with `render(report, setting) -> bytes`."""


def render(report: Report, form: str, folder: Path | None = None, *, color: bool = False) -> bytes:
    """The report in one of FORMATS.

    Args:
        report: what to render.
        form: one of FORMATS.
        folder: the run's folder: screenshots are taken from it, and the terminal report says where it is.
        color: whether it goes to a terminal on stdout: of its width, in colour unless NO_COLOR is set.
    """
    return render_in(report, form, _setting(folder, color=color))


def render_in(report: Report, form: str, setting: Setting) -> bytes:
    """The report in one of FORMATS, for these surroundings: the same of both give the same bytes.

    Only the module of that format is imported, so that a terminal report does not wait for a template engine.
    """
    if form not in FORMATS:
        raise UsageError(f"there is no report format {form!r}; there are {', '.join(FORMATS)}")
    rendered: bytes = import_module(f"{__name__}.{form}").render(report, setting)
    return rendered


def render_diff(old: Report, new: Report, form: str = "terminal", *, color: bool = False) -> bytes:
    """What changed between an earlier and a later report, as `terminal` or `json`."""
    if form not in ("terminal", "json"):
        raise UsageError(f"a comparison can be said as terminal or json, not {form!r}")
    diff = import_module(f"{__name__}.diff")
    compared = diff.compare(old, new)
    rendered: bytes = (
        diff.to_json(compared) if form == "json" else diff.to_terminal(compared, _setting(None, color=color))
    )
    return rendered


def _setting(folder: Path | None, *, color: bool) -> Setting:
    attachments = folder / "attachments" if folder else None
    files = (("everything about this run", str(folder)),) if folder else ()
    if color:
        return Setting.of_stream(sys.stdout, os.environ, attachments, files)
    return Setting(attachments=attachments, files=files)


__all__ = ["FORMATS", "Setting", "render", "render_diff", "render_in"]
