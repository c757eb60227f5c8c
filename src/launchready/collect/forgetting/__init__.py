"""How a password is forgotten on purpose: the parts of `collect.password_reset`."""
