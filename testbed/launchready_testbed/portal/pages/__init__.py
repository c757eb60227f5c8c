"""Pages for people: one file per area, each with its `ROUTES`."""
