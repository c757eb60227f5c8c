"""Faults that the row `logging` must notice."""
