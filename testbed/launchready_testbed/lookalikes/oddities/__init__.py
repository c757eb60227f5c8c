"""Sound oddities that no crawler may stumble over."""
