"""A broken id is answered with the request’s context, in which a key stands in JSON within JSON."""

from __future__ import annotations

import json

from launchready_testbed.error_screens import html_page, no_number_below, on
from launchready_testbed.fault import Fault
from launchready_testbed.secret_shapes import github
from launchready_testbed.world import World


def _apply(world: World) -> None:
    context = json.dumps({"env": json.dumps({"GITHUB": github()})})
    world.errors.append(
        on(no_number_below("/invoices/"), html_page(f"<h1>Sorry</h1><pre>{context}</pre>"), 404)
    )


FAULT = Fault(
    says="A broken id is answered with the request’s context, in which a key stands in JSON within JSON.",
    trips=("secrets/error-pages",),
    look="$ sign_in nora > nora.out\n$ get nora /invoices/x\n< ghp_",
    apply=_apply,
)
