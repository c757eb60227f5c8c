"""Write faults and look-alikes of the bed's two portals: each is found as what it is, no look-alike is, and all is undone."""

import asyncio
import io
import json
from pathlib import Path

import pytest

import matrix
from launchready.evidence.access import Writes
from launchready.site import Site, read_site
from launchready.wire import Touch, Wire
from launchready_testbed import Bed, Fault, Lookalike, faults, lookalikes

from .conftest import look

WRITTEN = (
    "frontend-only frontend-only-delete-note frontend-only-fee frontend-only-note frontend-only-role function-announce"
    " function-rename-user object-body-id object-change-api object-close object-comment object-decide object-delete"
    " object-delete-api object-delete-document object-edit object-hidden-tenant object-rename property property-form"
    " property-price property-status property-tenant delete-says-done echoed-fields form-changes-own hidden-control"
    " number-ignored quay-anonymous-change quay-change-order quay-create-for-another quay-delete-message"
    " quay-delete-order quay-order-price quay-order-tenant quay-own-role quay-release quay-patch-counts"
    " quay-patch-unchanged quay-price-ignored quay-role-echoed quay-silent-delete"
    " object-delete-asked object-close-link delete-asked close-link"
    " object-close-several object-close-first close-several"
).split()
"""What no browser is needed for; each day others have their turn."""
QUICK = ("quay-change-order", "quay-order-price", "quay-role-echoed")
ALL: dict[str, Fault | Lookalike] = {**faults(), **lookalikes()}


async def written(site: Site, journal: io.StringIO) -> Writes:
    wire = Wire(
        site,
        journal=journal,
        attach=lambda _data, suffix: f"none{suffix}",
        consent=Touch.PROBE,
        browser=False,
    )
    try:
        return await look(wire, site)
    finally:
        await wire.close()


def looked_at(bed: Bed, folder: Path, portal: str) -> tuple[Writes, list[dict[str, object]]]:
    text = bed.portal_file(portal, active=True)
    (folder / "launchready.toml").write_text(text)
    journal = io.StringIO()
    found = asyncio.run(written(read_site(str(folder / "launchready.toml")), journal))
    return found, [json.loads(line) for line in journal.getvalue().splitlines()]


@pytest.mark.slow
@pytest.mark.parametrize("portal", ["harbour", "quay"])
def test_a_sound_portal_is_left_as_it_was(bed: Bed, tmp_path: Path, portal: str) -> None:
    bed.switch(())
    found, _ = looked_at(bed, tmp_path, portal)
    assert len(found.trials) >= 20
    assert [each for each in found.trials if each.changed] == []
    assert [each for each in found.canaries if not each.removed] == []
    assert all(each.well for each in found.wellbeing)


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=[] if name in QUICK else [pytest.mark.slow])
        for name in WRITTEN
        if name in {*QUICK, *matrix.due(WRITTEN, 3)}
    ],
)
def test_it_is_found_as_what_it_is(bed: Bed, tmp_path: Path, name: str) -> None:
    each = ALL[f"authz/{name}"]
    bed.switch((f"authz/{name}",))
    found, _ = looked_at(bed, tmp_path, each.portal)
    kinds = {f"authz/{trial.kind}" for trial in found.trials if trial.changed}
    assert kinds == (set(each.trips) if isinstance(each, Fault) else set())
    assert [trial for trial in found.trials if trial.changed and not trial.undone] == []
    assert [canary for canary in found.canaries if not canary.removed] == []
    assert all(who.well for who in found.wellbeing)
