"""Is every fault real, and every look-alike there?"""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet

import launchready_testbed
import matrix
from launchready_testbed import Bed, Fault, Lookalike, faults, find, lookalikes

ALL: dict[str, Fault | Lookalike] = {**faults(), **lookalikes()}
TOOLS = ("bash", "curl", "openssl", "dig", "git")


def test_no_name_means_two_things() -> None:
    assert not faults().keys() & lookalikes().keys()


def test_every_file_is_found_under_its_path() -> None:
    here = Path(launchready_testbed.__file__).parent
    for folder, found in (("faults", faults()), ("lookalikes", lookalikes())):
        paths = [path.relative_to(here / folder) for path in (here / folder).rglob("*.py")]
        names = {str(path.with_suffix("")).replace("_", "-") for path in paths if path.name != "__init__.py"}
        assert names == set(found)
    assert all(find(name) is each for name, each in ALL.items())


def test_a_name_that_does_not_exist_is_told() -> None:
    for name in ("https/nothing", "nothing", "", "nothing/at/all"):
        with pytest.raises(LookupError):
            find(name)


@pytest.mark.parametrize(
    "check", ["redirects", "redirect-map", "certificate", "tls", "hsts", "mixed-content", "headers"]
)
def test_every_check_has_a_fault_of_its_name(check: str) -> None:
    assert faults()[f"https/{check}"].trips == (f"https/{check}",)


@pytest.mark.parametrize("name", sorted(ALL))
def test_words_ids_and_looks_are_written(name: str) -> None:
    each = ALL[name]
    ids = each.trips if isinstance(each, Fault) else each.spares
    assert ids
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"[a-z]+/[a-z][a-z0-9-]+", check) for check in ids)
    assert re.fullmatch(r"[A-Z].*\.", each.says)
    kinds = [line[:2] for line in each.look.split("\n")]
    assert kinds[0] == "$ "
    assert "< " in kinds
    assert set(kinds) <= {"$ ", "< ", "% "}


def looked_at() -> list[ParameterSet]:
    """All names; of the rows `authz` and `email`, which have very many, each day others are in the default suite."""
    many = {name for name in ALL if name.startswith(("authz/", "email/"))}
    later = many - matrix.due(many, 12)
    return [pytest.param(name, marks=pytest.mark.slow if name in later else ()) for name in sorted(ALL)]


@pytest.mark.skipif(not all(map(shutil.which, TOOLS)), reason="needs curl, openssl and dig")
@pytest.mark.parametrize("name", looked_at())
def test_it_is_seen_where_it_is_and_not_in_the_sound_world(
    bed: Bed, look: Callable[[str], str], name: str
) -> None:
    bed.switch((name,))
    assert look(ALL[name].look) == ""
    bed.switch(())
    assert look(ALL[name].look) != ""
