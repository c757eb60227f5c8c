"""Faults of the row `auth`, one to a file."""
