"""The second portal of the bed, deliberately unlike the first: a JSON interface with tokens, and a single-page front end."""
