"""How errors are provoked without harm, and what their answers tell."""
