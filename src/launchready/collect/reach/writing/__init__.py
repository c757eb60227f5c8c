"""Writes that should not be possible, tried on records that we make for that, and undone. Consent to probe is needed."""
