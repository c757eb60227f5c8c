"""How return addresses and logins elsewhere are tried: the parts of `collect.callbacks`."""
