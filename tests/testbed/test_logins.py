"""Does each login shape let its person in, and each trouble keep them out, as seen with curl?"""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

import launchready_testbed
from launchready_testbed import Bed, find
from launchready_testbed.login_shape import logins

REASONS = {
    "wrong-credentials",
    "locked",
    "captcha",
    "limited",
    "no-form",
    "no-proof",
    "second-factor",
    "secret-missing",
    "password-expired",
    "unreachable",
}


def test_every_file_is_found_under_its_path() -> None:
    here = Path(launchready_testbed.__file__).parent
    paths = [path.relative_to(here) for path in (here / "logins").rglob("*.py")]
    names = {str(path.with_suffix("")).replace("_", "-") for path in paths if path.name != "__init__.py"}
    assert names == set(logins())
    assert all(find(name) is each for name, each in logins().items())


def test_there_are_enough_of_them() -> None:
    shapes = [each for each in logins().values() if not each.reason]
    assert len([each for each in shapes if not each.recipe]) >= 14
    assert len(logins()) - len(shapes) >= 8


@pytest.mark.parametrize("name", sorted(logins()))
def test_words_and_looks_are_written(name: str) -> None:
    shape = logins()[name]
    assert re.fullmatch(r"[A-Z].*\.", shape.says)
    kinds = [line[:2] for line in shape.look.split("\n")]
    assert kinds[0] == "$ "
    assert "< " in kinds
    assert set(kinds) == {"$ ", "< "}
    assert (shape.reason in REASONS) == name.startswith("logins/trouble/")
    assert shape.reason or shape.look.rstrip().endswith(shape.shows)


@pytest.mark.skipif(not all(map(shutil.which, ("bash", "curl"))), reason="needs curl")
@pytest.mark.parametrize("name", sorted(logins()))
def test_it_is_seen_where_it_is_and_not_in_the_sound_world(
    bed: Bed, look: Callable[[str], str], name: str
) -> None:
    bed.switch((name,))
    text = bed.portal_file()
    assert text.count("[[identity]]") == 1
    assert ("[login]" in text) == logins()[name].recipe
    assert look(logins()[name].look) == ""
    bed.switch(())
    assert look(logins()[name].look) != ""
