"""Collects `KeyStates`: whether keys that were found still work, where the owner lets their providers be asked."""

from launchready.collect import disturbing
from launchready.evidence.secrets import KeyStates
from launchready.wire import Wire


@disturbing(6)
async def key_states(wire: Wire) -> KeyStates:
    """Ask about each key that any surface of this run showed, after all of them were searched."""
    return KeyStates(await wire.key_providers.states(f"{wire.now():%Y-%m-%d}"))
