"""The report as one HTML file: no request leaves it, and it works without scripts."""

import base64
import hashlib
import re
from functools import cache
from importlib.resources import files
from pathlib import Path, PurePosixPath

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from launchready.report import _secrets
from launchready.report._access import mark, told, view
from launchready.report._reading import (
    LAUNCH,
    MEANINGS,
    RISKS,
    VERDICTS,
    WORDS,
    first_step,
    launch_reason,
    moment,
    one_line,
    plural,
    printable,
    results_of,
    shown,
    standing,
    unanswered,
    urgent,
)
from launchready.report._setting import Setting
from launchready.scorecard import Report

_IMAGES = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".webp": "image/webp"}
_MAX_IMAGE = 5_000_000
_CODE = re.compile(r"`([^`\n]+)`")
_LABEL = re.compile(r"^([A-Z]?[\w.]+(?: [\w.]+)?): ")


def render(report: Report, setting: Setting) -> bytes:
    """The whole report as one file, UTF-8."""
    style, script = _asset("report.css") + _asset("access.css"), _asset("report.js")
    page = (
        _environment()
        .get_template("report.html.j2")
        .render(
            report=report,
            style=Markup(style),  # noqa: S704 -- our own file
            script=Markup(script),  # noqa: S704 -- our own file
            policy=_policy(style, script),
            reason=launch_reason(report),
            first=urgent(report),
            rows=[(row, results_of(report, row)) for row in report.rows],
            unanswered=unanswered(report),
            access=view(report),
            secrets=report.secrets if report.secrets and report.secrets.secrets else None,
            told_secret=_secrets,
            image=lambda name: _image(setting.attachments, name),
        )
    )
    return page.encode()


def page(template: str, attachments: Path | None, *, style: str = "", **facts: object) -> bytes:
    """Another page in the same manner, from a template beside ours: one file, without scripts.

    Args:
        template: its name.
        attachments: folder that holds the screenshots that it shows.
        style: name of a style sheet that is added to ours.
        facts: what the template speaks of.
    """
    sheet = _asset("report.css") + (_asset(style) if style else "")
    return (
        _environment()
        .get_template(template)
        .render(
            style=Markup(sheet),  # noqa: S704 -- our own files
            policy=_policy(sheet, ""),
            image=lambda name: _image(attachments, name),
            **facts,
        )
        .encode()
    )


def _asset(name: str) -> str:
    return files("launchready.report").joinpath("templates", name).read_text(encoding="utf-8")


def _policy(style: str, script: str) -> str:
    """Nothing may be loaded, only this style and script may act: whatever a portal's text says is inert."""
    sources = [
        "default-src 'none'",
        f"style-src {_hash(style)}",
        f"script-src {_hash(script)}",
        "img-src data:",
        "base-uri 'none'",
        "form-action 'none'",
    ]
    return "; ".join(sources)


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _image(attachments: Path | None, name: str) -> str:
    """A screenshot as a data address; empty where it is not there, too big, or no image of ours."""
    media = _IMAGES.get(PurePosixPath(name).suffix.lower())
    if attachments is None or media is None or PurePosixPath(name).name != name:
        return ""
    path = attachments / name
    try:
        if path.is_symlink() or path.stat().st_size > _MAX_IMAGE:
            return ""
        data = path.read_bytes()
    except OSError:
        return ""  # the page says that the screenshot is missing
    return f"data:{media};base64,{base64.b64encode(data).decode()}"


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("launchready.report", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        keep_trailing_newline=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"prose": _prose, "line": one_line, "clean": printable, "plural": plural}
    environment.filters |= {
        "moment": moment,
        "anchor": _anchor,
        "standing": standing,
        "first_step": first_step,
    }
    environment.globals |= {"WORDS": WORDS, "LAUNCH": LAUNCH, "MEANINGS": MEANINGS}
    environment.globals |= {"RISKS": RISKS, "VERDICTS": VERDICTS, "shown": shown}
    environment.globals |= {"mark": mark, "told": told}
    return environment


def _anchor(check: str) -> str:
    return "check-" + re.sub(r"[^a-z0-9]+", "-", check.lower())


def _prose(text: str) -> Markup:
    """Fix text as paragraphs: one for each line, `code` as code, a label in front set off."""
    paragraphs = []
    for line in printable(text).splitlines():
        label = _LABEL.match(line)
        body = line[label.end() :] if label else line
        safe = _CODE.sub(r"<code>\1</code>", str(escape(body)))
        head = Markup("<strong>{}:</strong> ").format(label[1]) if label else Markup("")
        paragraphs.append(Markup("<p>{}{}</p>").format(head, Markup(safe)))  # noqa: S704 -- escaped above
    return Markup("\n").join(paragraphs)
