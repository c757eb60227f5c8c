"""dkimpy's own suites, asked of what stands around dkimpy here; they come from its source release at test time."""

import importlib.util
import subprocess
import sys
import tarfile
import unittest
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

import dkim
import pytest

from launchready.evidence.dns import Answer
from launchready.mailauth import signatures as ours
from launchready.mailauth.known import Known

pytestmark = [pytest.mark.slow]
SUITES = {"test_dkim": 20, "test_dkim_ed25519": 3, "test_dkim_rsavariants": 4, "test_arc": 2}
"""How many verdicts of ours each suite asks for, at least."""


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dkimpy")
    wanted = f"dkimpy=={version('dkimpy')}"
    command = [sys.executable, "-m", "pip", "download", "--no-deps", "--no-binary", ":all:", wanted]
    done = subprocess.run([*command, "-d", folder], check=False, capture_output=True, timeout=90)
    found = list(folder.glob("*.tar.gz"))
    if done.returncode or not found:
        pytest.skip("the source release of dkimpy cannot be had here")
    with tarfile.open(found[0]) as archive:
        archive.extractall(folder, filter="data")
    return next(folder.glob("dkimpy-*/dkim/tests"))


def at_rest(ask: Callable[..., bytes | None], evaluate: Callable[[Known], Any]) -> Any:
    known = Known()
    while (found := known.tried(evaluate)) is None:
        for name, kind in list(known.open):
            text = ask(f"{name}.".encode(), timeout=5)
            record = (text.decode("latin-1") if isinstance(text, bytes) else text,) if text else ()
            known.add([Answer(name, kind, "present" if record else "absent", record)])
    return found


@pytest.mark.parametrize("suite", SUITES)
def test_a_suite_of_dkimpy(suite: str, release: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("authres")
    asked: list[str] = []

    def verify(
        raw: bytes, logger: object = None, dnsfunc: Any = None, minkey: int = 1024, **_: object
    ) -> bool:
        monkeypatch.setattr(ours, "FEWEST_RSA_BITS", minkey)
        found = at_rest(dnsfunc, lambda known: ours.signatures(raw, known))
        asked.append("dkim")
        return bool(found) and found[0].result == "pass"

    def arc_verify(
        raw: bytes, logger: object = None, dnsfunc: Any = None, minkey: int = 1024, **_: object
    ) -> Any:
        monkeypatch.setattr(ours, "FEWEST_RSA_BITS", minkey)
        asked.append("arc")
        return at_rest(dnsfunc, lambda known: ours.arc(raw, known)).encode(), [], ""

    monkeypatch.setattr(dkim, "verify", verify)
    monkeypatch.setattr(dkim, "arc_verify", arc_verify)
    spec = importlib.util.spec_from_file_location(f"published_{suite}", release / f"{suite}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    result = unittest.TestResult()
    unittest.defaultTestLoader.loadTestsFromModule(module).run(result)
    assert [(str(test), text) for test, text in (*result.failures, *result.errors)] == []
    assert len(asked) >= SUITES[suite]
