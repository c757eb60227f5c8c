"""Sound oddities that the row `email` must not accuse."""
