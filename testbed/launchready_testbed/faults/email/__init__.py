"""Faults that the row `email` must notice."""
