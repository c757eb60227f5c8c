"""Sessions that are used as people use them: what ends them is told, and what only looks odd is not accused."""

import asyncio
from pathlib import Path

import pytest

from launchready.checks.auth.session_stable import judge
from launchready.collect.people import People
from launchready.collect.stability import stability
from launchready.evidence import Missing
from launchready.evidence.stability import SessionTrial, Stability, StablePerson
from launchready.site import read_site
from launchready.verdict import Cause, Fail, Pass, Unknown, Verdict
from launchready.wire import Touch, Wire
from launchready.wire.programs import chromium
from launchready_testbed import Bed

needs_browser = pytest.mark.skipif(chromium() is None, reason="no Chromium here, and only a browser can tell")
PLAIN = ("refresh", "new page", "second tab", "parallel")
BROWSED = ("refresh", "new page", "second tab", "back")


def look(
    bed: Bed, folder: Path, *faults: str, portal: str = "harbour", browser: bool = False
) -> tuple[Stability, Verdict, str]:
    """What the collector sees of the bed with these faults, what is judged of it, and the journal."""
    bed.switch(faults)
    text = bed.portal_file(portal=portal, identities=True).replace("[crawl]", "[crawl]\ntimeout = 15.0")
    (folder / "launchready.toml").write_text(text, encoding="utf-8")
    site = read_site(str(folder / "launchready.toml"))

    async def run() -> Stability:
        with (folder / "journal").open("w") as journal:
            async with Wire(
                site, journal=journal, attach=lambda *_: "", consent=Touch.SIGN_IN, browser=browser
            ) as wire:
                people = People(wire, site)
                return await stability(wire, site, people, await people.everybody())

    seen = asyncio.run(run())
    return seen, judge(seen), (folder / "journal").read_text()


def by_kind(seen: Stability, where: str) -> dict[str, int]:
    """How many answers were lost, by what was done, of all identities together."""
    lost: dict[str, int] = {}
    for person in seen.people:
        for trial in person.trials:
            if trial.where == where:
                lost[trial.kind] = lost.get(trial.kind, 0) + trial.lost
    return lost


@pytest.mark.parametrize("portal", ["harbour", "quay"])
def test_a_sound_session_outlives_everything(bed: Bed, tmp_path: Path, portal: str) -> None:
    seen, verdict, journal = look(bed, tmp_path, portal=portal)
    assert by_kind(seen, "plain") == dict.fromkeys(PLAIN, 0)
    assert [person.why for person in seen.people] == [None] * 4
    assert isinstance(verdict, Unknown)  # nobody has looked with a browser
    assert {doubt.cause for doubt in verdict.doubts} == {Cause.NOT_COLLECTED}
    methods = {line.partition('"method": "')[2].partition('"')[0] for line in journal.splitlines()}
    assert methods <= {"GET", "POST", "CONNECT"}
    assert journal.count('"POST"') <= 16  # those are the sign-ins


def test_the_refresh_that_ends_a_session_is_told(bed: Bed, tmp_path: Path) -> None:
    seen, verdict, _ = look(bed, tmp_path, "auth/session-stable")
    assert isinstance(verdict, Fail)
    assert [finding.subject for finding in verdict.findings] == ["ada", "nora", "sam", "sol"]
    assert all("refreshing the page ended the session" in finding.detail for finding in verdict.findings)
    assert set(by_kind(seen, "plain")) == {"refresh"}  # a session that is gone is not tried further


def test_identifiers_that_are_renewed_without_grace_lose_parallel_requests(bed: Bed, tmp_path: Path) -> None:
    seen, verdict, _ = look(bed, tmp_path, "auth/session-stable-renewal")
    assert isinstance(verdict, Fail)
    lost = by_kind(seen, "plain")
    assert lost.pop("parallel") > 0
    assert lost == dict.fromkeys(PLAIN[:3], 0)


@pytest.mark.parametrize("name", ["grace", "sliding", "home", "news"])
def test_what_only_looks_odd_is_not_accused(bed: Bed, tmp_path: Path, name: str) -> None:
    seen, verdict, _ = look(bed, tmp_path, f"auth/session-stable-{name}")
    assert isinstance(verdict, Unknown)
    assert by_kind(seen, "plain") == dict.fromkeys(PLAIN, 0)


@needs_browser
@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.parametrize("portal", ["harbour", "quay"])
def test_a_browser_finds_sound_sessions_sound(bed: Bed, tmp_path: Path, portal: str) -> None:
    seen, verdict, _ = look(bed, tmp_path, portal=portal, browser=True)
    assert by_kind(seen, "browser") == dict.fromkeys(BROWSED, 0)
    assert isinstance(verdict, Pass), verdict


@needs_browser
@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.parametrize(
    ("name", "portal", "kind"),
    [
        ("second-tab", "harbour", "second tab"),
        ("back", "harbour", "back"),
        ("forgetful", "quay", "second tab"),
    ],
)
def test_what_only_a_browser_sees_is_told(
    bed: Bed, tmp_path: Path, name: str, portal: str, kind: str
) -> None:
    seen, verdict, _ = look(bed, tmp_path, f"auth/session-stable-{name}", portal=portal, browser=True)
    assert isinstance(verdict, Fail), verdict
    lost = by_kind(seen, "browser")
    assert lost.pop(kind) > 0
    assert not any(lost.values())
    assert by_kind(seen, "plain") == dict.fromkeys(PLAIN, 0)


@needs_browser
@pytest.mark.slow
@pytest.mark.browser
def test_pages_that_never_look_the_same_are_not_accused_in_a_browser(bed: Bed, tmp_path: Path) -> None:
    seen, verdict, _ = look(bed, tmp_path, "auth/session-stable-news", browser=True)
    assert isinstance(verdict, Pass), verdict
    assert by_kind(seen, "browser") == dict.fromkeys(BROWSED, 0)


def judged(*trials: SessionTrial) -> Verdict:
    return judge(Stability((StablePerson("nora", "https://portal.example/", trials),)))


def test_one_stray_answer_is_a_doubt_and_two_are_a_fault() -> None:
    assert isinstance(judged(SessionTrial("refresh", "plain", 16, 1)), Unknown)
    assert isinstance(judged(SessionTrial("refresh", "plain", 16, 2)), Fail)
    assert isinstance(judged(SessionTrial("refresh", "plain", 4, 1, held=False)), Fail)
    assert isinstance(judged(SessionTrial("back", "browser", 1, 1)), Fail)


def test_a_busy_portal_is_unknown() -> None:
    busy = Missing(Cause.UNREACHABLE, "the portal answered 503", "run the audit again")
    verdict = judged(SessionTrial("refresh", "plain", 5, why=busy), SessionTrial("parallel", "plain", 4))
    assert isinstance(verdict, Unknown)
    assert verdict.doubts[0].cause == Cause.UNREACHABLE
    assert "several requests at once" in verdict.seen[0].detail
