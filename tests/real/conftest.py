"""The one deployment of a session."""

from collections.abc import Iterator

import pytest

from .deployment import Deployment, deployed
from .running import NotHereError


@pytest.fixture(scope="session")
def deployment() -> Iterator[Deployment]:
    """A running help desk; skips where this machine cannot run one, and says why."""
    try:
        with deployed() as running:
            yield running
    except NotHereError as lacking:
        pytest.skip(f"no real deployment here: {lacking}")
