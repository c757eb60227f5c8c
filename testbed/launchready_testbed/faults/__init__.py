"""What can be switched on that is really wrong? One folder per row of the scorecard, one file per fault."""
