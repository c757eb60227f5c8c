"""Searching logs: marked values in every encoding, and what people type and are given. Pure but for reading blocks."""
