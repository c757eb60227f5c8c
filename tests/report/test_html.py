"""The HTML report as a file: self-contained, inert, complete, and well built."""

import base64
import hashlib
import re
from itertools import pairwise
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from launchready.report import Setting, render, render_in
from launchready.scorecard import Report


def parsed(report: Report, attachments: Path | None = None) -> LexborHTMLParser:
    return LexborHTMLParser(render_in(report, "html", Setting(attachments=attachments)).decode())


def attributes(page: LexborHTMLParser, selector: str, name: str) -> list[str]:
    return [node.attributes.get(name) or "" for node in page.css(selector)]


def test_asks_nothing_of_anybody(any_report: Report) -> None:
    html = render(any_report, "html").decode()
    page = LexborHTMLParser(html)
    assert not page.css("link, iframe, object, embed, base, script[src], audio, video, [style], [srcset]")
    assert not re.search(r"url\(|@import", html)
    assert all(src.startswith("data:image/") for src in attributes(page, "img", "src"))


def test_policy_names_exactly_its_own_style_and_script(any_report: Report) -> None:
    page = parsed(any_report)
    (policy,) = [c for c in attributes(page, "meta[http-equiv]", "content") if "default-src" in c]
    assert policy.startswith("default-src 'none'; ")
    for tag in ("style", "script"):
        (text,) = [node.text(strip=False) for node in page.css(tag)]
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy


def test_hostile_text_stays_text(hostile: Report) -> None:
    page = parsed(hostile)
    assert len(page.css("script")) == len(page.css("style")) == 1
    assert not page.css("img, [onerror]")
    assert "onerror=alert(1)" in page.body.text() if page.body else False
    (title,) = page.css("h1")
    assert "{{7*7}}" in title.text()
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f\u202e]", page.html or "")


def test_every_finding_doubt_and_word_is_there(not_ready: Report) -> None:
    text = " ".join((parsed(not_ready).body or pytest.fail("no body")).text(separator=" ").split())
    for result in not_ready.results:
        assert result.asks in text
        assert result.fix.owner in text
        assert all(finding.subject in text and finding.detail in text for finding in result.findings)
        assert all(doubt.settle_by in text for doubt in result.doubts)
    assert not_ready.red_flags[0].says in text
    assert "Accepted risk by Ada Example until 2027-01-31" in text


def test_headings_follow_each_other_and_ids_are_one_of_a_kind(any_report: Report) -> None:
    page = parsed(any_report)
    levels = [int(node.tag[1]) for node in page.css("h1, h2, h3, h4") if node.tag]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    ids = attributes(page, "[id]", "id")
    assert len(ids) == len(set(ids))


def test_links_and_labels_lead_somewhere(any_report: Report) -> None:
    page = parsed(any_report)
    ids = set(attributes(page, "[id]", "id"))
    for href in attributes(page, "a", "href"):
        assert (
            href.removeprefix("#") in ids
            if href.startswith("#")
            else href.startswith("https://cwe.mitre.org/")
        )
    assert set(attributes(page, "label", "for")) <= ids
    assert set(attributes(page, "[aria-labelledby]", "aria-labelledby")) <= ids
    assert len(page.css("label")) == len(page.css("form input, form select"))


def test_landmarks_language_and_skip_link(ready: Report) -> None:
    page = parsed(ready)
    assert attributes(page, "html", "lang") == ["en"]
    for selector in (
        "header",
        "main#main",
        "footer",
        "a.skip[href='#main']",
        "[role=status][aria-live=polite]",
    ):
        assert len(page.css(selector)) == 1
    assert page.css_first("form[hidden]"), "without scripts the filter would promise what it cannot do"


def test_long_lists_are_folded(not_ready: Report) -> None:
    page = parsed(not_ready)
    article = page.css_first("#check-https-hsts")
    assert article is not None
    assert len(article.css("table.findings tbody tr")) == 140
    assert len(article.css("details details table.findings tbody tr")) == 130


def test_screenshots_are_embedded_and_missing_ones_named(
    not_ready: Report, hostile: Report, attachments: Path
) -> None:
    assert len(parsed(not_ready, attachments).css("figure img[alt]")) == 1
    assert not parsed(not_ready).css("img")
    assert "shot.png is not in the run's folder" in render(not_ready, "html").decode().replace("&#39;", "'")
    (attachments.parent / "secret.png").write_bytes(b"x")
    assert not parsed(hostile, attachments).css("img"), "no path leads out of the folder"


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_contrast_is_at_least_that_of_wcag_aa(ready: Report, scheme: int) -> None:
    style = parsed(ready).css_first("style")
    assert style is not None
    blocks = re.findall(r":root \{(.*?)\}", style.text(strip=False), flags=re.DOTALL)
    colour = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", blocks[scheme]))
    pairs = [(ink, ground) for ink in ("ink", "soft", "link") for ground in ("ground", "panel")]
    pairs += [(name, f"{name}-ground") for name in ("pass", "fail", "unknown", "calm")]
    pairs += [("ink", f"{name}-ground") for name in ("pass", "fail", "unknown", "calm")]
    for ink, ground in pairs:
        light, dark = sorted((_luminance(colour[ink]), _luminance(colour[ground])), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 4.5, (ink, ground)
