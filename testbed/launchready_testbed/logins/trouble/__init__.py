"""Small portals that do not let their person in, each for a reason of its own."""
