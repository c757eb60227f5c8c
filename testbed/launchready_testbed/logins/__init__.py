"""Small portals, each with a way of signing in of its own."""
