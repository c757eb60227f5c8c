"""Quay ID: a small OpenID provider on a host of its own, with which people may sign in to the portal."""
