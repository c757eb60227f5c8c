"""The published suite of RFC 7208, evaluated from what a real name server answers."""

from pathlib import Path
from typing import Any

import pytest

from launchready.mailauth.known import Known
from launchready.mailauth.spf import check_sender
from launchready.wire import dns as wire_dns
from launchready_testbed.dns import NameServer

from . import published

LEAST = 202
"""Of 203."""


@pytest.mark.slow
async def test_the_published_suite(loopback: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = published.fetch(tmp_path)
    if file is None:
        pytest.skip("the package index cannot be reached")
    monkeypatch.setattr(wire_dns, "_LIFETIME", 2.0)
    now: list[published.Case] = []
    server = NameServer(lambda: {"": now[-1].zone})
    port = await server.start("127.0.0.1")
    wrong: list[str] = []
    untold: set[str] = set()
    try:
        for case in published.cases(file):
            now.append(case)
            wire = loopback.wire(loopback.site(resolver={"nameservers": [f"127.0.0.1:{port}"]}))
            known = Known()
            evaluate = case.evaluation(check_sender)
            await wire.dns.settle(known, evaluate)
            found = evaluate(known)
            if found.result not in case.results or not case.explains(found.explanation):
                wrong.append(f"{case.name}: {found}")
            if found.result == "temperror":
                untold.add(case.name)
                assert found.untold is not None
                assert found.untold.outcome == "untold"
    finally:
        server.close()
    assert len(now) == 203
    assert len(now) - len(wrong) >= LEAST, "\n".join(wrong)
    assert {case.name for case in now if case.results == ("temperror",)} <= untold
