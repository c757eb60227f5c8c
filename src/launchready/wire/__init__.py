"""The only doors to the outside. A collector gets a `Wire`, never a client: there is no way around the gate."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from launchready.wire.doors import Touch, Wire

__all__ = ["Touch", "Wire"]


def __getattr__(name: str) -> Any:
    """Load all doors when the whole wire is asked for; who needs a single one, as the guard does, need not wait."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from launchready.wire import doors  # noqa: PLC0415 -- HTTP, DNS and the portal file take long to load

    return getattr(doors, name)
