"""Ways to stop, or not to stop, somebody who guesses passwords, each a small portal: one file each."""
