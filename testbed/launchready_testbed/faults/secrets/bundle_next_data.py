"""The state of a page rendered on the server holds the database's address with its password."""

from __future__ import annotations

import json

from launchready_testbed import secret_shapes
from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    state = json.dumps(
        {
            "props": {"pageProps": {"config": {"databaseUrl": secret_shapes.database_url()}}},
            "page": "/pricing",
        }
    )
    world.insert(f'<script id="__NEXT_DATA__" type="application/json">{state}</script>', on=("/pricing",))


FAULT = Fault(
    says="The state of a page rendered on the server holds the database's address with its password.",
    trips=("secrets/bundle",),
    look="$ curl -s https://portal.lab.test:{https}/pricing | grep -c 'databaseUrl'\n< 1",
    apply=_apply,
)
