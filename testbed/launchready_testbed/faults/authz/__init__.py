"""Faults of the row `authz`, one to a file."""
