"""Sound oddities that the row `https` must not accuse."""
