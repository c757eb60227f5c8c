"""Faults that the row `https` must notice."""
